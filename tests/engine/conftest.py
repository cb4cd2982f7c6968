"""Networks for tests: small, seeded, and with every part doing something."""

import pytest
import torch
from torch import nn

from sr_desktop.cards import Card, NetworkShape
from sr_desktop.engine.devices import Device
from sr_desktop.engine.model import Model
from sr_desktop.engine.network import FSRCNN


def busy_network(shape: NetworkShape, seed: int = 0) -> FSRCNN:
    """Return a network whose biases, slopes and deconvolution are far from their quiet start."""
    network = FSRCNN(shape)
    generator = torch.Generator().manual_seed(seed)
    for name, tensor in network.state_dict().items():
        if tensor.ndim == 1:
            nn.init.uniform_(tensor, -0.1, 0.3, generator=generator)
        elif name.startswith("deconvolution"):
            nn.init.normal_(tensor, std=0.02, generator=generator)
        else:
            nn.init.kaiming_normal_(tensor, generator=generator)
    return network.eval()


@pytest.fixture
def tiny_model():
    """Makes small seeded models for a scale, on the CPU."""

    def make(scale: int = 2) -> Model:
        shape = NetworkShape(scale, features=8, shrunk=4, mapping=2)
        return Model(busy_network(shape), Card(shape, f"tiny-x{scale}"), Device("cpu", "fp32"))

    return make
