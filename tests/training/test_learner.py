import dataclasses

import pytest
import torch

from sr_desktop.cards import NetworkShape
from sr_desktop.engine import devices
from sr_desktop.engine.network import FSRCNN
from sr_desktop.runs.spec import RunSpec, completed
from sr_desktop.training.learner import Learner

SPEC = completed(RunSpec("p", 2, "o", optimizer="sgd", learning_rate=0.1, momentum=0.0, batch=25, patch=8, ema=0.0))


def start(spec):
    """Return a network and a batch."""
    generator = torch.Generator().manual_seed(0)
    network = FSRCNN(NetworkShape(2, 8, 4, 1))
    for parameter in network.parameters():
        torch.nn.init.normal_(parameter, std=0.2, generator=generator)
    low, high = (torch.rand(spec.batch, 1, side, side, generator=generator) for side in (spec.patch, 2 * spec.patch))
    return network, low, high


def learned(spec):
    """Return the loss of one step and the weights after it."""
    network, low, high = start(spec)
    learner = Learner(network, spec, devices.choose("cpu", "fp32"))
    loss = learner.learn(low, high, step=1, rate=spec.learning_rate)
    return loss, learner.averaged()


@pytest.mark.parametrize("spec", [SPEC, dataclasses.replace(SPEC, clip=0.01)], ids=["free", "clipped"])
@pytest.mark.parametrize("cores", [2, 3, 64])
def test_cores_that_share_a_batch_learn_what_one_alone_does(spec, cores, monkeypatch):
    monkeypatch.setattr(torch, "get_num_threads", lambda: 1)
    alone_loss, alone = learned(spec)
    monkeypatch.setattr(torch, "get_num_threads", lambda: cores)
    loss, shared = learned(spec)
    assert loss.item() == pytest.approx(alone_loss.item(), rel=1e-5)
    assert all(torch.allclose(shared[name], tensor, atol=1e-6) for name, tensor in alone.items())


@pytest.mark.parametrize("optimizer", ["sgd", "adam", "adamw"])
def test_a_step_is_that_of_the_plain_network_and_optimiser(optimizer):
    # torch's fused optimisers read weights and gradients in the order of memory, which was not the same for both.
    spec = dataclasses.replace(SPEC, optimizer=optimizer, learning_rate=0.01, expansion=0, loss="mse")
    _, found = learned(spec)
    network, low, high = start(spec)
    plain = {"sgd": torch.optim.SGD, "adam": torch.optim.Adam, "adamw": torch.optim.AdamW}[optimizer]
    optimiser = plain(network.parameters(), spec.learning_rate, weight_decay=0.0, fused=False)
    (network(low) - high).square().mean().backward()
    optimiser.step()
    assert all(torch.allclose(found[name], tensor, atol=1e-5) for name, tensor in network.state_dict().items())
