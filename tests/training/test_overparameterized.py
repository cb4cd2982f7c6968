import pytest
import torch

from sr_desktop.cards import NetworkShape
from sr_desktop.engine.network import FSRCNN
from sr_desktop.training.overparameterized import Trainee
from tests.engine.conftest import busy_network


@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("expansion", [0, 16])
def test_collapsing_is_exact(scale, expansion):
    network = busy_network(NetworkShape(scale, 8, 4, 2))
    trainee = Trainee(network, expansion, seed=1)
    for expanded in trainee.expansions:
        torch.nn.init.normal_(expanded.outer, std=0.05)
    plain = FSRCNN(network.shape)
    plain.load_state_dict(trainee.collapsed())
    low = torch.rand(2, 1, 9, 11)
    with torch.inference_mode():
        assert (plain(low) - trainee(low)).abs().max() <= 1e-5


def test_an_expansion_changes_nothing_at_the_start():
    network = busy_network(NetworkShape(2, 8, 4, 1))
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    collapsed = Trainee(network, 16, seed=1).collapsed()
    assert all(torch.equal(tensor, collapsed[name]) for name, tensor in before.items())


def test_gradients_reach_every_parameter():
    trainee = Trainee(busy_network(NetworkShape(2, 8, 4, 1)), 4, seed=1)
    for expanded in trainee.expansions:
        torch.nn.init.normal_(expanded.outer)
    trainee(torch.rand(1, 1, 8, 8)).square().mean().backward()
    assert all(p.grad is not None and bool(p.grad.abs().sum() > 0) for p in trainee.parameters())
