"""The network while it learns: each layer wider than it needs to be, and a quicker way through it than the paper's.

Every convolution's weight is W + W2·W1, where W1 has `expansion` output channels and W2 mixes them back. The product
is formed from the weights, not from the pictures, so it costs next to nothing; it makes training converge faster (Arora,
Cohen, Hazan, ICML 2018, arXiv 1802.06509) and is multiplied out in the end: the result is plain FSRCNN.
W2 starts at zero, so that the start is exactly the initialisation that was asked for.
"""

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from sr_desktop.engine.folding import fold_kernel
from sr_desktop.engine.network import FSRCNN


class QuickPReLU(torch.autograd.Function):
    """PReLU whose gradient takes half as long on a CPU as torch's own, which was a fifth of a training step."""

    @staticmethod
    def forward(ctx: Any, features: Tensor, slopes: Tensor) -> Tensor:  # noqa: ANN401  # torch's own signature
        """Return max(x, 0) + slope · min(x, 0) for N×C×H×W features and C slopes."""
        ctx.save_for_backward(features, slopes)
        return functional.prelu(features, slopes)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor]:  # noqa: ANN401
        """Return the gradients of features and slopes."""
        (gradient,) = gradients
        features, slopes = ctx.saved_tensors
        for_slopes = (gradient * features.clamp(max=0)).sum((0, 2, 3))
        for_features = torch.where(features > 0, gradient, gradient * slopes[:, None, None])
        return for_features, for_slopes


class Expansion(nn.Module):
    """What is added to the weight of one convolution.

    Args:
        weight: The convolution's weight, out×in×K×K; only its shape is used.
        width: Output channels of W1.
        generator: For W1's start.
    """

    def __init__(self, weight: Tensor, width: int, generator: torch.Generator) -> None:
        super().__init__()
        outputs, inputs, height, across = weight.shape
        fan_in = inputs * height * across
        self.inner = nn.Parameter(torch.randn(width, fan_in, generator=generator) / fan_in**0.5)
        self.outer = nn.Parameter(torch.zeros(outputs, width))

    def forward(self, weight: Tensor) -> Tensor:
        """Return the weight that the layer really has."""
        return weight + (self.outer @ self.inner).view_as(weight)


class Trainee(nn.Module):
    """A network that learns: computes what `FSRCNN` with the collapsed weights does.

    Args:
        network: Start; it is trained in place.
        expansion: Width of W1; 0 trains the layers as they are.
        seed: For the start of the expansions.
    """

    def __init__(self, network: FSRCNN, expansion: int, seed: int) -> None:
        super().__init__()
        self.network = network
        for parameter in network.parameters():
            if parameter.ndim == 4:
                parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)
        generator = torch.Generator().manual_seed(seed)
        layers = network.layers() if expansion else []
        self.expansions = nn.ModuleList(Expansion(layer.weight, expansion, generator) for layer, _ in layers)

    def weights(self) -> list[Tensor]:
        """Return the weight that each convolution really has, in order."""
        plain: list[Tensor] = [layer.weight for layer, _ in self.network.layers()]
        if not self.expansions:
            return plain
        return [expand(weight) for expand, weight in zip(self.expansions, plain, strict=True)]

    def forward(self, low: Tensor) -> Tensor:
        """Return N×1×(scale·H)×(scale·W) luma for N×1×H×W luma."""
        network = self.network
        features = low.contiguous(memory_format=torch.channels_last)
        for weight, (layer, activation) in zip(self.weights(), network.layers(), strict=True):
            features = functional.conv2d(features, weight, layer.bias, padding=layer.padding)
            features = QuickPReLU.apply(features, activation.weight)  # type: ignore[no-untyped-call]  # torch's own
        kernel = fold_kernel(network.deconvolution.weight, network.shape, block=1)
        assert network.deconvolution.bias is not None
        bias = network.deconvolution.bias.expand(len(kernel))
        phases = functional.conv2d(features, kernel, bias, padding=kernel.shape[-1] // 2)
        return functional.pixel_shuffle(phases, network.shape.scale)

    @torch.no_grad()
    def collapsed(self) -> dict[str, Tensor]:
        """Return the weights of the plain network that this one is, as copies."""
        state = {name: tensor.detach().clone() for name, tensor in self.network.state_dict().items()}
        for number, weight in enumerate(self.weights()):
            state[f"convolutions.{number}.weight"] = weight.detach().clone()
        return state
