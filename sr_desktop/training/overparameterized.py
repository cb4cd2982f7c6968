"""The network while it learns: each layer wider than it needs to be, and a quicker way through it than the paper's.

Every convolution's weight is W + W2·W1, where W1 has `expansion` output channels and W2 mixes them back. The product
is formed from the weights, not from the pictures, so it costs next to nothing; it makes training converge faster (Arora,
Cohen, Hazan, ICML 2018, arXiv 1802.06509) and is multiplied out in the end: the result is plain FSRCNN.
W2 starts at zero, so that the start is exactly the initialization that was asked for.
"""

import torch
from torch import Tensor, nn

from sr_desktop.engine.network import FSRCNN
from sr_desktop.training import fast_layers


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
        generator = torch.Generator().manual_seed(seed)
        convolutions = network.layers() if expansion else []
        self.expansions = nn.ModuleList(Expansion(layer.weight, expansion, generator) for layer, _ in convolutions)

    def weights(self) -> list[Tensor]:
        """Return the weight that each convolution really has, in order."""
        plain: list[Tensor] = [layer.weight for layer, _ in self.network.layers()]
        if not self.expansions:
            return plain
        return [expand(weight) for expand, weight in zip(self.expansions, plain, strict=True)]

    def forward(self, low: Tensor) -> Tensor:
        """Return N×1×(scale·H)×(scale·W) luma for N×1×H×W luma."""
        pictures = (low.shape[0], low.shape[2], low.shape[3])
        features = low
        for number, (weight, (layer, activation)) in enumerate(zip(self.weights(), self.network.layers(), strict=True)):
            if number == 0:
                features = fast_layers.first(low, weight, layer.bias)
            elif weight.shape[-1] == 1:
                features = fast_layers.mixing(features, weight, layer.bias)
            else:
                features = fast_layers.mapping(features, weight, layer.bias, pictures)
            features = fast_layers.prelu(features, activation.weight)
        return fast_layers.deconvolution(features, self.network.deconvolution, pictures)

    @torch.no_grad()
    def collapsed(self) -> dict[str, Tensor]:
        """Return the weights of the plain network that this one is, as copies."""
        state = {name: tensor.detach().clone() for name, tensor in self.network.state_dict().items()}
        for number, weight in enumerate(self.weights()):
            state[f"convolutions.{number}.weight"] = weight.detach().clone()
        return state
