"""Looks inside the network: what they say of good and bad starts, and that they change nothing."""

import dataclasses

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.cards import NetworkShape, small_shape
from sr_desktop.engine.network import FSRCNN, initialise
from sr_desktop.monitor.monitor import Monitor
from sr_desktop.monitor.picture_statistics import measure_pictures
from sr_desktop.runs.notices import Notice
from sr_desktop.training import probe, trainer
from sr_desktop.training.overparameterized import Trainee
from sr_desktop.training.trainer import before_step_1, train

from .conftest import write_picture


def of_kind(events, kind):
    return [event for event in events if event["event"] == kind]


def batch(shape, seed=0):
    random = np.random.default_rng(seed)
    high = random.random((4, 1, 10 * shape.scale, 10 * shape.scale), np.float32)
    return torch.from_numpy(high[..., :: shape.scale, :: shape.scale].copy()), torch.from_numpy(high)


def network_of(kind="he", shape=None, **options):
    network = FSRCNN(shape or NetworkShape(2))
    initialise(network, kind, generator=torch.Generator().manual_seed(0), **options)
    return network


def look(network, loss="mse"):
    return probe.look(network.state_dict(), network.shape, *batch(network.shape), loss)


@given(st.integers(0, 10**7))
def test_looks_come_often_at_first_and_then_every_5000_steps(step):
    following = probe.next_look(step)
    assert step < following <= max(2 * step + 100, 0) or following - step <= 5_000
    assert following in probe.FIRST_LOOKS or following % 5_000 == 0


def test_looks_come_at_the_steps_that_were_promised():
    steps = [0]
    while steps[-1] < 15_000:
        steps.append(probe.next_look(steps[-1]))
    assert steps == [0, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000]


def test_the_figures_are_what_their_names_say():
    network = network_of(shape=small_shape(3))
    low, high = batch(network.shape)
    seen = look(network)
    signal = low
    for row, (convolution, activation) in zip(seen["layers"], network.layers(), strict=False):
        signal = activation(convolution(signal))
        spread = (signal - signal.mean((0, 2, 3), keepdim=True)).square().mean().sqrt()
        assert row["activation_rms"] == pytest.approx(signal.square().mean().sqrt().item(), rel=1e-4)
        assert row["activation_std"] == pytest.approx(spread.item(), rel=1e-4)
    output = network.deconvolution(signal)
    (output - high).square().mean().backward()
    layers = [*network.convolutions, network.deconvolution]
    assert [row["gradient_rms"] for row in seen["layers"]] == pytest.approx(
        [layer.weight.grad.square().mean().sqrt().item() for layer in layers], rel=1e-3
    )
    assert [row["weight_rms"] for row in seen["layers"]] == pytest.approx(
        [layer.weight.square().mean().sqrt().item() for layer in layers], rel=1e-4
    )
    assert [row["name"] for row in seen["layers"]] == [
        *(f"convolution {number}" for number in range(1, 5)),
        "deconvolution",
    ]
    assert seen["output_std"] == pytest.approx(output.std(correction=0).item(), rel=1e-4)
    assert seen["target_std"] == pytest.approx(high.std(correction=0).item(), rel=1e-4)
    assert (seen["input_min"], seen["input_max"]) == (low.min().item(), low.max().item())


def test_dead_channels_are_counted_and_living_ones_not():
    network = network_of()
    assert {row["dead_share"] for row in look(network)["layers"]} == {0.0}
    with torch.no_grad():
        network.convolutions[2].bias[:9] = -50
        network.activations[2].weight[:9] = 0
    assert [row["dead_share"] for row in look(network)["layers"]] == [0, 0, 0.75, 0, 0, 0, 0, 0]


def test_a_vanished_signal_is_still_a_number():
    layers = look(network_of("normal", std=0.001))["layers"]
    assert all(0 < row["activation_std"] < 1e-2 and row["gradient_rms"] > 0 for row in layers)
    assert layers[-1]["activation_std"] < 1e-15


def test_a_look_leaves_weights_gradients_and_random_numbers_alone():
    trainee = Trainee(network_of(), 8, seed=1)
    before = {name: tensor.clone() for name, tensor in trainee.state_dict().items()}
    state = torch.random.get_rng_state()
    probe.look(trainee.collapsed(), trainee.network.shape, *batch(trainee.network.shape), "mse")
    assert torch.equal(torch.random.get_rng_state(), state)
    assert all(torch.equal(tensor, before[name]) for name, tensor in trainee.state_dict().items())
    assert all(parameter.grad is None for parameter in trainee.parameters())


def test_weights_that_are_no_numbers_can_be_looked_at(new_run):
    told = list(train(new_run(learning_rate=1e5, optimizer="sgd", loss="mse", steps=110)))
    probes = of_kind(told, "probe")
    assert [event["step"] for event in probes] == [0, 100]
    assert probes[1]["output_std"] is None
    assert "non_finite" in {event["cause"] for event in of_kind(told, "notice")}


def test_a_run_with_looks_and_one_without_are_the_same_run(new_run, monkeypatch):
    with_looks = list(train(new_run("with", steps=105)))
    monkeypatch.setattr(trainer.probe, "next_look", lambda step: 10**9)
    without = list(train(new_run("without", steps=105)))
    assert len(of_kind(with_looks, "probe")) == 2
    assert len(of_kind(without, "probe")) == 1

    def learned(events):
        return [value for event in of_kind(events, "step") for value in event["values"]]

    assert learned(with_looks) == learned(without)
    scores = [[event["psnr_db"] for event in of_kind(events, "check")] for events in (with_looks, without)]
    assert scores[0] == scores[1]


def test_the_first_look_comes_after_the_start_and_before_any_step_or_score(new_run):
    kinds = [event["event"] for event in train(new_run()) if event["event"] not in ("prepare", "notice")]
    assert kinds[:3] == ["start", "probe", "check"]


def test_a_resumed_run_looks_no_second_time_at_the_same_step(new_run):
    run = new_run(steps=120)
    asked = iter(range(10**6))
    list(train(run, lambda: next(asked) > 105))
    list(train(run))
    assert [event["step"] for event in of_kind(run.events(), "probe")] == [0, 100]


@pytest.fixture
def enough(pictures):
    """A folder with more than a megapixel of pictures to learn from."""
    for number in range(4):
        write_picture(pictures / f"{number}.png", width=800, height=640, seed=number)
    return pictures


def told_before_step_1(run):
    return [(event["cause"], event["severity"]) for event in of_kind(before_step_1(run), "notice")]


def test_the_questions_start_is_named_before_step_1_and_its_healthy_twin_is_not(enough, new_run):
    options = {"small": False, "expansion": 64, "rescale": True}
    stuck = {**options, "initialization": "normal", "initialization_std": 0.001}
    assert told_before_step_1(new_run("he", **options)) == []
    assert told_before_step_1(new_run("sgd", optimizer="sgd", **stuck)) == [("vanishing_gradient", "warning")]
    assert told_before_step_1(new_run("adam", **stuck)) == [("vanishing_gradient", "info")]


def test_a_start_that_is_far_too_large_is_named_before_step_1(enough, new_run):
    assert told_before_step_1(new_run(initialization="normal", initialization_std=1.0)) == [("diverging", "error")]


def test_looking_before_step_1_learns_nothing(new_run):
    run = new_run()
    events = list(before_step_1(run))
    assert {event["event"] for event in events} == {"prepare", "start", "notice", "probe"}
    assert not run.best_file.exists()
    assert not run.checkpoint_file.exists()


def test_the_start_tells_what_the_pictures_show(new_run):
    (start,) = of_kind(before_step_1(new_run()), "start")
    data = start["data"]
    assert (data["pictures"], data["held_out"], data["pixels"]) == (5, 1, 5 * 96 * 80)
    assert {field.name for field in dataclasses.fields(measure_pictures([], 2))} <= data.keys()
    assert data["predictable_share"] > 0.9
    assert data["pair_correlation"] > 0.95
    assert 0 <= data["input_min"] < data["input_max"] <= 1


def test_small_pictures_of_something_else_are_named_before_step_1(enough, new_run, tmp_path):
    for number in range(6):
        size = (400, 320) if number < 4 else (48, 40)
        write_picture(tmp_path / "low" / f"{number}.png", width=size[0], height=size[1], seed=number + 10)
    assert told_before_step_1(new_run(low=str(tmp_path / "low"))) == [("misaligned_pairs", "error")]


@pytest.mark.parametrize(
    "options",
    [
        {"steps": 110},
        {"steps": 110, "initialization": "normal", "learning_rate": 2e-3},
        {"steps": 110, "optimizer": "sgd", "learning_rate": 1e5, "loss": "mse"},
    ],
    ids=["healthy", "escapes", "explodes"],
)
def test_the_story_of_a_run_read_again_gives_the_notices_that_the_run_told(new_run, options):
    run = new_run(**options)
    told = {}
    for event in of_kind(train(run), "notice"):
        notice = Notice.from_event(event)
        told[notice.step, notice.cause, notice.severity] = notice  # one that is over comes a second time
    assert told
    assert Monitor().feed_all(run.events()) == list(told.values())


def test_the_pace_is_measured_with_steps_that_are_thrown_away(new_run):
    run = new_run(steps=5)
    told = list(trainer.before_step_1(run, measures_pace=True))
    assert told[-1]["event"] == "pace"
    assert told[-1]["patches_per_s"] > 0
    assert not run.checkpoint_file.exists()
    assert next(iter(trainer.train(run)))["step"] == 0
