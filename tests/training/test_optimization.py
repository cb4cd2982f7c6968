import dataclasses

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.runs.spec import RunSpec
from sr_desktop.training.optimization import Average, learning_rate, loss_of, make_optimizer

SPEC = RunSpec("p", 2, "o", learning_rate=1e-3, steps=1000, warm_up_steps=100)


@given(st.integers(1, 5000), st.floats(0, 2))
def test_the_rate_never_exceeds_the_highest_and_never_is_zero(step, fraction):
    assert 0 < learning_rate(SPEC, step, fraction) <= SPEC.learning_rate


def test_the_rate_rises_stays_or_falls_as_asked():
    constant = dataclasses.replace(SPEC, schedule="constant")
    assert learning_rate(constant, 50, 0.05) == pytest.approx(5e-4)
    assert learning_rate(constant, 900, 0.9) == pytest.approx(1e-3)
    assert learning_rate(SPEC, 500, 0.5) == pytest.approx(5e-4, rel=0.01)
    assert learning_rate(SPEC, 1000, 1.0) == pytest.approx(1e-6)
    assert learning_rate(dataclasses.replace(SPEC, warm_up_steps=0), 1, 0.0) == pytest.approx(1e-3)


def test_losses_are_what_they_are_called():
    difference = torch.tensor([[0.3, -0.4]])
    assert loss_of("l1", difference).item() == pytest.approx(0.35)
    assert loss_of("mse", difference).item() == pytest.approx(0.125)
    assert loss_of("charbonnier", difference).item() == pytest.approx(0.35, abs=1e-5)
    assert loss_of("charbonnier", torch.zeros(1, 3)).item() == pytest.approx(1e-3)
    assert loss_of("psnr", difference / 1000).item() == pytest.approx(0.125e-6, rel=1e-3)


def test_to_the_loss_named_after_psnr_a_decibel_counts_the_same_in_each_patch():
    patches = torch.tensor([0.1, 0.3]).reshape(2, 1, 1, 1).expand(2, 1, 4, 4)
    better = [patches * torch.tensor(shares).reshape(2, 1, 1, 1) for shares in ([0.9, 1.0], [1.0, 0.9])]
    gains = [(loss_of("psnr", patches) - loss_of("psnr", each)).item() for each in better]
    assert gains[1] == pytest.approx(gains[0], rel=0.05)
    squared = [(loss_of("mse", patches) - loss_of("mse", each)).item() for each in better]
    assert squared[1] == pytest.approx(9 * squared[0], rel=0.01)


@pytest.mark.parametrize(("name", "kind"), [("adam", "Adam"), ("adamw", "AdamW"), ("sgd", "SGD")])
def test_the_optimizer_is_the_one_asked_for(name, kind):
    spec = dataclasses.replace(SPEC, optimizer=name, momentum=0.5)
    optimizer = make_optimizer(spec, [torch.nn.Parameter(torch.zeros(2))])
    assert type(optimizer).__name__ == kind
    if name == "sgd":
        assert optimizer.param_groups[0]["momentum"] == 0.5


def test_the_average_follows_and_swapping_twice_changes_nothing():
    parameter = torch.nn.Parameter(torch.zeros(3))
    average = Average([parameter], 0.999)
    with torch.no_grad():
        parameter.fill_(1.0)
    for _ in range(2000):
        average.update()
    assert torch.allclose(average.values[0], torch.ones(3), atol=1e-3)
    with torch.no_grad():
        parameter.fill_(5.0)
    average.swap()
    assert torch.allclose(parameter, torch.ones(3), atol=1e-3)
    average.swap()
    assert torch.equal(parameter, torch.full((3,), 5.0))
