import pytest
import torch
from torch import nn
from torch.nn import functional

from sr_desktop.cards import NetworkShape
from sr_desktop.engine.network import FSRCNN
from sr_desktop.training import fast_layers

PICTURES = (2, 7, 5)
"""Number, height and width: none of them equal, so that a mixed-up axis shows."""


def maps_of(rows):
    number, height, width = PICTURES
    return rows.view(number, height, width, -1).permute(0, 3, 1, 2)


def doubles(*shape):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(0)).requires_grad_()


def test_prelu_is_prelu_with_its_gradients():
    features, slopes = doubles(8, 3), torch.tensor([0.25, -0.1, 0.0], dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradcheck(fast_layers.prelu, (features, slopes))
    assert torch.equal(fast_layers.prelu(features, slopes), functional.prelu(features, slopes))


def test_the_first_convolution_is_a_convolution():
    low, weight, bias = doubles(2, 1, 7, 5), doubles(4, 1, 5, 5), doubles(4)
    expected = functional.conv2d(low, weight, bias, padding=2)
    assert torch.allclose(maps_of(fast_layers.first(low, weight, bias)), expected)


def test_mixing_is_a_convolution_of_1x1():
    features, weight, bias = doubles(70, 3), doubles(4, 3, 1, 1), doubles(4)
    expected = functional.conv2d(maps_of(features), weight, bias)
    assert torch.allclose(maps_of(fast_layers.mixing(features, weight, bias)), expected)


def test_mapping_is_a_convolution_of_3x3():
    features, weight, bias = doubles(70, 3), doubles(3, 3, 3, 3), doubles(3)
    expected = functional.conv2d(maps_of(features), weight, bias, padding=1)
    assert torch.allclose(maps_of(fast_layers.mapping(features, weight, bias, PICTURES)), expected)


@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("padding", [0, 4])
def test_the_deconvolution_is_that_of_the_network_with_its_gradients(scale, padding):
    layer = FSRCNN(NetworkShape(scale, 4, 3, 1, padding)).deconvolution.double()
    nn.init.normal_(layer.weight)
    nn.init.normal_(layer.bias)
    features = doubles(70, 4)
    expected = layer(maps_of(features))
    found = fast_layers.deconvolution(features, layer, PICTURES)
    assert torch.allclose(found, expected)
    toward = torch.randn_like(expected)
    inputs = [features, layer.weight, layer.bias]
    for ours, theirs in zip(
        torch.autograd.grad(found, inputs, toward), torch.autograd.grad(expected, inputs, toward), strict=True
    ):
        assert torch.allclose(ours, theirs)


def test_layers_work_in_half_precision():
    network = FSRCNN(NetworkShape(2, 8, 4, 1))
    low = torch.rand(2, 1, 8, 8)
    with torch.autocast("cpu", torch.bfloat16):
        features = fast_layers.first(low, network.convolutions[0].weight, network.convolutions[0].bias)
        features = fast_layers.prelu(features, network.activations[0].weight)
        high = fast_layers.deconvolution(features, network.deconvolution, (2, 8, 8))
    high.float().mean().backward()
    assert high.shape == (2, 1, 16, 16)
    assert network.activations[0].weight.grad.dtype == torch.float32
