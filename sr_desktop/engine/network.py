"""FSRCNN as the paper defines it: the reference that every faster form is tested against."""

from collections.abc import Mapping
from typing import assert_never

import torch
from torch import Tensor, nn

from sr_desktop.cards import DECONVOLUTION_SIZE, FIRST_SIZE, NetworkShape
from sr_desktop.choices import Initialization

PRELU_START = 0.25
"""Slope of every PReLU before training; the value of the PReLU paper (He et al. 2015, arXiv 1502.01852)."""

DECONVOLUTION_START = 0.001
"""Deviation of the deconvolution's start, as the FSRCNN paper has it; it keeps the first outputs near zero."""


class FSRCNN(nn.Module):
    """Low-resolution luma in, high-resolution luma out (Dong, Loy, Tang, ECCV 2016, arXiv 1608.00367).

    5×5 convolution to `features` channels, 1×1 to `shrunk`, `mapping` 3×3 layers, 1×1 back to `features`, each with a
    bias and a PReLU per channel, then a 9×9 transposed convolution whose stride is the scale.
    """

    def __init__(self, shape: NetworkShape) -> None:
        super().__init__()
        self.shape = shape
        d, s = shape.features, shape.shrunk
        widths = [(1, d, FIRST_SIZE), (d, s, 1), *[(s, s, 3)] * shape.mapping, (s, d, 1)]
        self.convolutions = nn.ModuleList(nn.Conv2d(i, o, k, padding=k // 2) for i, o, k in widths)
        self.activations = nn.ModuleList(nn.PReLU(o, PRELU_START) for _, o, _ in widths)
        self.deconvolution = nn.ConvTranspose2d(
            d, 1, DECONVOLUTION_SIZE, shape.scale, shape.padding, shape.output_padding
        )
        initialise(self)

    def layers(self) -> list[tuple[nn.Conv2d, nn.PReLU]]:
        """Return each convolution with its activation, in order."""
        return list(zip(self.convolutions, self.activations, strict=True))  # type: ignore[arg-type]  # ModuleList forgets

    def body(self, low: Tensor) -> Tensor:
        """Return the features (N×features×H×W) that the deconvolution turns into luma."""
        features = low
        for convolution, activation in self.layers():
            features = activation(convolution(features))
        return features

    def forward(self, low: Tensor) -> Tensor:
        """Return N×1×(scale·H)×(scale·W) luma for N×1×H×W luma, both in about [0, 1]."""
        high: Tensor = self.deconvolution(self.body(low))
        return high


@torch.no_grad()
def initialise(
    network: FSRCNN, kind: Initialization = "he", *, std: float = 0.001, generator: torch.Generator | None = None
) -> None:
    """Give every weight its start; biases become zero and PReLU slopes 0.25.

    `he` draws the convolutions from N(0, 2 / ((1 + a²) · fan-in)) with the PReLU slope a, which keeps the signal's size
    from layer to layer (He et al. 2015, equation 15), and the deconvolution from N(0, 0.001). `normal` draws every
    layer, the deconvolution included, from N(0, std): with 0.001 the signal shrinks about a hundredfold per layer.
    """
    for convolution, activation in network.layers():
        match kind:
            case "he":
                nn.init.kaiming_normal_(convolution.weight, a=PRELU_START, generator=generator)
            case "normal":
                nn.init.normal_(convolution.weight, std=std, generator=generator)
            case _:
                assert_never(kind)
        assert convolution.bias is not None
        nn.init.zeros_(convolution.bias)
        nn.init.constant_(activation.weight, PRELU_START)
    last_std = DECONVOLUTION_START if kind == "he" else std
    nn.init.normal_(network.deconvolution.weight, std=last_std, generator=generator)
    assert network.deconvolution.bias is not None
    nn.init.zeros_(network.deconvolution.bias)


def deduce_shape(tensors: Mapping[str, Tensor], scale: int, padding: int = 0) -> NetworkShape:
    """Return the shape that a state dict of `FSRCNN` has; the scale and the padding leave no trace in it.

    Raises:
        ValueError: The tensors are not those of an FSRCNN.
    """
    first = tensors.get("convolutions.0.weight")
    second = tensors.get("convolutions.1.weight")
    if first is None or second is None or first.ndim != 4 or second.ndim != 4:
        raise ValueError("the first two convolutions are missing")
    layers = sum(name.startswith("convolutions.") and name.endswith(".weight") for name in tensors)
    shape = NetworkShape(scale, int(first.shape[0]), int(second.shape[0]), layers - 3, padding)
    # Not on the meta device: drawing its start there imports torch's compiler, which takes two seconds.
    expected = {name: tensor.shape for name, tensor in FSRCNN(shape).state_dict().items()}
    found = {name: tensor.shape for name, tensor in tensors.items()}
    if expected != found:
        wrong = sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))
        raise ValueError(f"unexpected tensors: {', '.join(wrong[:4])}")
    return shape
