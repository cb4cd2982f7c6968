import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.cards import NetworkShape
from sr_desktop.engine.folding import FoldedFSRCNN

from .conftest import busy_network

SHAPES = [
    NetworkShape(2, 8, 4, 1),
    NetworkShape(3, 8, 4, 1),
    NetworkShape(4, 8, 4, 1),
    NetworkShape(3, 8, 4, 1, padding=4),
    NetworkShape(4, 8, 4, 1, padding=4),
]


@given(st.sampled_from(SHAPES), st.integers(1, 12), st.integers(1, 12))
def test_folded_equals_the_transposed_convolution(shape, height, width):
    network = busy_network(shape)
    low = torch.rand(1, 1, height, width)
    with torch.inference_mode():
        difference = (FoldedFSRCNN(network).eval()(low) - network(low)).abs().max()
    assert difference <= 1e-5


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_the_full_network_folds_exactly_too(scale):
    network = busy_network(NetworkShape(scale))
    low = torch.rand(1, 1, 33, 40)
    with torch.inference_mode():
        assert (FoldedFSRCNN(network).eval()(low) - network(low)).abs().max() <= 1e-5
