import numpy as np
import pytest
import torch

from sr_desktop.cards import Card, NetworkShape
from sr_desktop.engine import devices, weights
from sr_desktop.engine.devices import Device
from sr_desktop.engine.model import TURNS, Model, open_model
from sr_desktop.errors import DeviceError, UsageError

from .conftest import busy_network


def test_a_model_computes_what_the_reference_network_does(tiny_model):
    model = tiny_model(2)
    luma = np.random.default_rng(0).random((9, 14), np.float32)
    with torch.inference_mode():
        expected = model._network(torch.from_numpy(luma)[None, None])[0, 0].numpy()
    assert np.abs(model(luma) - expected).max() <= 1e-5


def test_bf16_loses_little(tiny_model):
    model = tiny_model(2)
    luma = np.random.default_rng(0).random((16, 16), np.float32)
    half = Model(model._network, model.card, Device("cpu", "bf16"))
    assert np.abs(half(luma) - model(luma)).max() < 0.05


def test_a_failing_accelerator_is_replaced_by_the_cpu_and_said_once(tiny_model, monkeypatch):
    said = []
    source = tiny_model(2)
    model = Model(source._network, source.card, Device("cpu", "fp32"), said.append)
    model.device = Device("cuda", "fp16")  # as if it had been prepared there
    compute = Model._compute

    def failing(self, luma):
        if self.device.is_accelerator:
            raise RuntimeError("CUDA error: device lost\nmore lines")
        return compute(self, luma)

    monkeypatch.setattr(Model, "_compute", failing)
    luma = np.zeros((4, 4), np.float32)
    assert model(luma).shape == (8, 8)
    assert model(luma).shape == (8, 8)
    assert model.device == Device("cpu", "fp32")
    assert said == ["The cuda device failed, so the CPU goes on: CUDA error: device lost"]


def test_a_failure_on_the_cpu_is_not_hidden(tiny_model, monkeypatch):
    def failing(self, luma):
        raise RuntimeError("a bug")

    monkeypatch.setattr(Model, "_compute", failing)
    with pytest.raises(RuntimeError, match="a bug"):
        tiny_model(2)(np.zeros((4, 4), np.float32))


def test_opening_a_model_asks_for_the_device(tmp_path, monkeypatch):
    path = tmp_path / "m.safetensors"
    shape = NetworkShape(3, 6, 3, 1)
    weights.save(path, busy_network(shape).state_dict(), Card(shape))
    monkeypatch.setattr(devices, "accelerator", lambda: None)
    assert open_model(path).device == Device("cpu", "fp32")
    assert open_model(path).scale == 3
    with pytest.raises(DeviceError, match="no cuda device"):
        open_model(path, "cuda")
    with pytest.raises(UsageError):
        open_model(path, "gpu")
    with pytest.raises(UsageError):
        open_model(path, "cpu", "fp8")


def test_an_accelerator_that_cannot_take_the_network_gives_way_only_when_chosen_by_auto(tmp_path, monkeypatch):
    path = tmp_path / "m.safetensors"
    shape = NetworkShape(2, 6, 3, 1)
    weights.save(path, busy_network(shape).state_dict(), Card(shape))
    monkeypatch.setattr(devices, "accelerator", lambda: "cuda")
    prepare = Model._prepare

    def failing(self):
        if self.device.is_accelerator:
            raise RuntimeError("no kernel image")
        return prepare(self)

    monkeypatch.setattr(Model, "_prepare", failing)
    said = []
    assert open_model(path, on_fallback=said.append).device.kind == "cpu"
    assert said == ["The cuda device can't be used, so the CPU computes: no kernel image"]
    with pytest.raises(DeviceError, match="no kernel image"):
        open_model(path, "cuda")


def test_auto_uses_half_precision_on_cuda_only(monkeypatch):
    for found, expected in [("cuda", "fp16"), ("mps", "fp32"), (None, "fp32")]:
        monkeypatch.setattr(devices, "accelerator", lambda found=found: found)
        assert devices.choose().precision == expected
        assert devices.choose().kind == (found or "cpu")


def test_best_quality_is_the_mean_over_turns_and_flips(tiny_model):
    once = tiny_model(2)
    best = Model(once._network, once.card, once.device, passes=8)
    luma = np.random.default_rng(0).random((9, 14), np.float32)
    planes = [once(np.ascontiguousarray(turn.of(luma))) for turn in TURNS]
    expected = np.mean([turn.undo(plane) for turn, plane in zip(TURNS, planes, strict=True)], axis=0)
    assert np.abs(best(luma) - expected).max() <= 1e-6
    assert len({turn.of(np.arange(6.0).reshape(2, 3)).tobytes() for turn in TURNS}) == 8


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_at_best_quality_a_turned_picture_becomes_the_turned_result(tiny_model, scale):
    once = tiny_model(scale)
    best = Model(once._network, once.card, once.device, passes=8)
    luma = np.random.default_rng(0).random((12, 7), np.float32)
    for turn in TURNS:
        assert np.abs(turn.undo(best(turn.of(luma))) - best(luma)).max() <= 1e-6
