import pytest
import torch

from sr_desktop.cards import NetworkShape, small_shape
from sr_desktop.engine.network import FSRCNN, deduce_shape, initialise


def counted(shape):
    return sum(p.numel() for p in FSRCNN(shape).parameters() if p.ndim == 4)


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_the_networks_have_the_papers_number_of_weights(scale):
    assert counted(NetworkShape(scale)) == NetworkShape(scale).weights == 12_464
    assert counted(small_shape(scale)) == small_shape(scale).weights == 3_937


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_output_is_exactly_scale_times_as_large(scale):
    with torch.inference_mode():
        assert FSRCNN(NetworkShape(scale))(torch.rand(2, 1, 7, 5)).shape == (2, 1, 7 * scale, 5 * scale)


def test_he_keeps_the_signals_size_and_the_questions_start_loses_it():
    torch.manual_seed(0)
    low = torch.randn(4, 1, 32, 32)
    healthy, stuck = FSRCNN(NetworkShape(2)), FSRCNN(NetworkShape(2))
    initialise(healthy, "he")
    initialise(stuck, "normal", std=0.001)
    with torch.inference_mode():
        assert 0.3 < healthy.body(low).std() < 3
        assert stuck.body(low).std() < 1e-12


def test_biases_start_at_zero_and_slopes_at_a_quarter():
    network = FSRCNN(NetworkShape(2))
    biases = [p for name, p in network.named_parameters() if name.endswith("bias")]
    slopes = [p for name, p in network.named_parameters() if name.startswith("activations")]
    assert len(biases) == 8
    assert len(slopes) == 7
    assert all(bool((p == 0).all()) for p in biases)
    assert all(bool((p == 0.25).all()) for p in slopes)


def test_the_same_generator_gives_the_same_start():
    networks = [FSRCNN(NetworkShape(2)), FSRCNN(NetworkShape(2))]
    for network in networks:
        initialise(network, generator=torch.Generator().manual_seed(5))
    first, second = (network.state_dict() for network in networks)
    assert all(torch.equal(first[name], second[name]) for name in first)


@pytest.mark.parametrize("shape", [NetworkShape(3), small_shape(2), NetworkShape(4, mapping=0, padding=4)])
def test_the_shape_is_deduced_from_the_tensors(shape):
    assert deduce_shape(FSRCNN(shape).state_dict(), shape.scale, shape.padding) == shape


def test_tensors_of_something_else_are_refused():
    tensors = FSRCNN(NetworkShape(2)).state_dict()
    with pytest.raises(ValueError, match="missing"):
        deduce_shape({}, 2)
    del tensors["deconvolution.bias"]
    with pytest.raises(ValueError, match=r"deconvolution\.bias"):
        deduce_shape(tensors, 2)
