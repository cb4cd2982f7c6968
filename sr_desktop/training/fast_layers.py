"""The network's layers in the forms whose gradients a CPU finds quickest.

Between the layers the features are a matrix: a row for each pixel of each patch, a column for each channel. Then a 1×1
convolution is a product of matrices, and so are the first convolution and the deconvolution, which see or give one
channel; torch's convolutions are made for more channels and larger pictures than a batch of patches has. The 3×3
layers stay convolutions: nine times the memory traffic eats what a product would gain.
"""

from typing import Any

import torch
from torch import Tensor
from torch.nn import functional


class QuickPReLU(torch.autograd.Function):
    """PReLU by operations that a CPU vectorises; torch's own gradient is a third of a training step."""

    @staticmethod
    def forward(ctx: Any, features: Tensor, slopes: Tensor) -> Tensor:  # noqa: ANN401  # torch's own signature
        """Return max(x, 0) + slope · min(x, 0) for pixels×C features and C slopes."""
        slopes = slopes.to(features.dtype)
        ctx.save_for_backward(features, slopes)
        return functional.prelu(features, slopes)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor]:  # noqa: ANN401
        """Return the gradients of features and slopes."""
        (gradient,) = gradients
        features, slopes = ctx.saved_tensors
        above = torch.ops.aten.threshold_backward(gradient, features, 0)
        below = gradient - above
        for_features = above.addcmul_(below, slopes)
        return for_features, below.mul_(features).sum(0)


def prelu(features: Tensor, slopes: Tensor) -> Tensor:
    """Return pixels×C features after a PReLU with C slopes."""
    activated: Tensor = QuickPReLU.apply(features, slopes)  # type: ignore[no-untyped-call]  # torch's own
    return activated


def first(low: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """Return the pixels×C features of N×1×H×W luma under a C×1×K×K convolution that keeps the size."""
    size = weight.shape[-1]
    around = functional.pad(low, (size // 2,) * 4)
    windows = around.unfold(2, size, 1).unfold(3, size, 1)
    return functional.linear(windows.reshape(-1, size * size), weight.flatten(1), bias)


def mixing(features: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """Return pixels×C features under a 1×1 convolution."""
    return functional.linear(features, weight.flatten(1), bias)


def mapping(features: Tensor, weight: Tensor, bias: Tensor | None, pictures: tuple[int, int, int]) -> Tensor:
    """Return pixels×C features under a convolution that keeps the size; `pictures` are number, height and width."""
    number, height, width = pictures
    maps = features.view(number, height, width, -1).permute(0, 3, 1, 2)
    mapped = functional.conv2d(maps, weight, bias, padding=weight.shape[-1] // 2)
    return mapped.permute(0, 2, 3, 1).reshape(-1, weight.shape[0])


def deconvolution(features: Tensor, layer: torch.nn.ConvTranspose2d, pictures: tuple[int, int, int]) -> Tensor:
    """Return the N×1×(scale·H)×(scale·W) luma that `layer` makes of pixels×C features.

    Each pixel gives a K×K stamp, one product of matrices for all, and the stamps are added where they overlap.
    """
    number, height, width = pictures
    scale, padding = int(layer.stride[0]), int(layer.padding[0])
    kernel = layer.weight.flatten(1)
    pixels = features.view(number, height * width, -1)
    stamps = torch.bmm(kernel.t().expand(number, -1, -1), pixels.transpose(1, 2))
    size = (height * scale, width * scale)
    assert layer.bias is not None
    return functional.fold(stamps, size, layer.kernel_size, padding=padding, stride=scale) + layer.bias
