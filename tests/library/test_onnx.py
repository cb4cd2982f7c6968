"""The exported graph is computed by OpenCV's own reader of ONNX, which shares nothing with torch."""

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.cards import Card, NetworkShape, small_shape
from sr_desktop.engine import weights
from sr_desktop.errors import ModelError
from sr_desktop.library import catalogue, onnx
from tests.engine.conftest import busy_network


@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("make", [NetworkShape, small_shape])
def test_another_runtime_computes_the_same_from_the_export(tmp_path, scale, make):
    network = busy_network(make(scale))
    source, target = tmp_path / "model.safetensors", tmp_path / "model.onnx"
    weights.save(source, network.state_dict(), Card(network.shape, name="model"))
    onnx.write(catalogue.find(str(source)), target)
    runtime = cv2.dnn.readNetFromONNX(str(target))
    for height, width in ((21, 34), (40, 17)):
        low = np.random.default_rng(0).random((1, 1, height, width), np.float32)
        runtime.setInput(low)
        with torch.inference_mode():
            expected = network(torch.from_numpy(low)).numpy()
        np.testing.assert_allclose(runtime.forward(), expected, atol=2e-5)


def test_the_card_goes_along(tmp_path):
    network = busy_network(NetworkShape(2, features=4, shrunk=2, mapping=1))
    card = Card(network.shape, name="mine", description="Learned from ten pictures.")
    tensors = {key: value.numpy() for key, value in network.state_dict().items()}
    content = onnx.model(tensors, card)
    assert card.to_json().encode() in content
    assert b"Learned from ten pictures." in content


def test_damaged_weights_and_unwritable_targets_are_said(bundled, tmp_path):
    entry = catalogue.find("fsrcnn-x2")
    with pytest.raises(ModelError, match="can't be written"):
        onnx.write(entry, tmp_path / "no such folder" / "model.onnx")
    entry.path.write_bytes(entry.path.read_bytes()[:-10])
    with pytest.raises(ModelError, match="damaged"):
        onnx.write(entry, tmp_path / "model.onnx")
    assert not (tmp_path / "model.onnx").exists()


@given(st.integers(0, 2**63 - 1))
def test_numbers_read_back_as_protocol_buffers_count(value):
    encoded = onnx._varint(value)
    assert all(byte & 128 for byte in encoded[:-1])
    assert encoded[-1] < 128
    assert sum((byte & 127) << 7 * place for place, byte in enumerate(encoded)) == value
