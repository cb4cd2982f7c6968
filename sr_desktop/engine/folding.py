"""The transposed convolution as an ordinary one and a pixel shuffle: the same numbers, several times faster.

A transposed convolution with stride s and padding p writes, at high-resolution row o, the sum over low-resolution
rows i of x[i] · w[o + p − s·i], where 0 ≤ o + p − s·i < 9. Let a block be B low-resolution rows starting at row B·j.
Its s·B output rows are o = s·B·j + r with 0 ≤ r < s·B, and with i = B·j + t the weight is w[r + p − s·t], which no
longer depends on j: an ordinary convolution of stride B over rows t = −reach … B − 1 + reach, with one output channel
for each r. Columns are alike, so (s·B)² channels come out, and a pixel shuffle by s·B puts them in their places.
"""

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional

from sr_desktop.cards import DECONVOLUTION_SIZE, NetworkShape
from sr_desktop.engine.network import FSRCNN

BLOCK = {2: 2, 3: 1, 4: 1}
"""Low-resolution pixels per side of a block, by scale.

CPUs compute convolutions 8 or 16 output channels at a time; x2 has only 4, and a block of 2×2 makes them 16: the last
layer took 11.2 ms instead of 18.2 on a tile of 196×256 (one AVX2 core), though it multiplies more zeros.
"""


def fold_kernel(weight: Tensor, shape: NetworkShape, block: int) -> Tensor:
    """Return (scale·block)²×features×K×K convolution weights for a features×1×9×9 deconvolution's.

    K is `block + 2 · reach`; weights the deconvolution does not have are zero.
    """
    reach = max(shape.kernel_reach)
    outputs, size = shape.scale * block, block + 2 * reach
    row = torch.arange(outputs).unsqueeze(1)
    offset = torch.arange(size).unsqueeze(0) - reach
    tap = row + shape.padding - shape.scale * offset  # outputs×size: which of the 9 taps, if any
    inside = (tap >= 0) & (tap < DECONVOLUTION_SIZE)
    tap = tap.clamp(0, DECONVOLUTION_SIZE - 1)
    picked = weight[:, 0][:, tap][..., tap]  # features×outputs×size×outputs×size
    picked = picked * inside[:, :, None, None] * inside
    return picked.permute(1, 3, 0, 2, 4).reshape(outputs**2, weight.shape[0], size, size)


class FoldedFSRCNN(nn.Module):
    """An `FSRCNN` for inference: equal to it within rounding, without the transposed convolution."""

    def __init__(self, network: FSRCNN) -> None:
        super().__init__()
        shape = network.shape
        self._block = BLOCK[shape.scale]
        self._factor = shape.scale * self._block
        reach = max(shape.kernel_reach)
        modules = [module for layer in network.layers() for module in layer]
        self.body = nn.Sequential(*copy.deepcopy(modules))  # moving the copy must not move the original
        kernel = fold_kernel(network.deconvolution.weight.detach(), shape, self._block)
        self.last = nn.Conv2d(
            shape.features, len(kernel), kernel.shape[-1], stride=self._block, padding=reach, device=kernel.device
        )
        self.last.weight = nn.Parameter(kernel)
        assert network.deconvolution.bias is not None
        assert self.last.bias is not None
        self.last.bias = nn.Parameter(network.deconvolution.bias.detach().expand(len(kernel)).clone())

    def forward(self, low: Tensor) -> Tensor:
        """Return N×1×(scale·H)×(scale·W) luma for N×1×H×W luma."""
        features = self.body(low)
        height, width = features.shape[-2:]
        # A picture's own odd edge is filled up to a whole block with zeros, as the convolution's padding would be.
        missing = (-width % self._block, -height % self._block)
        if any(missing):
            features = functional.pad(features, (0, missing[0], 0, missing[1]))
        high = functional.pixel_shuffle(self.last(features), self._factor)
        scale = self._factor // self._block
        return high[..., : scale * height, : scale * width]
