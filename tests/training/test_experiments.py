"""Network or pictures: what tells them apart."""

import dataclasses
import math

import pytest
import torch

from sr_desktop.engine.network import FSRCNN
from sr_desktop.runs.notices import Action, Cause, Finding, Severity
from sr_desktop.runs.spec import RunSpec, completed
from sr_desktop.training import experiments
from sr_desktop.training.trainer import start_network, train


class Made:
    """Batches of smooth patches, or of large patches that small ones say nothing about."""

    def __init__(self, is_learnable=True):
        self._is_learnable = is_learnable

    def make(self, step):
        random = torch.Generator().manual_seed(step)
        offsets, slopes = torch.rand(4, 1, 1, 1, generator=random), torch.rand(4, 1, 1, 1, generator=random)
        high = offsets / 2 + slopes / 2 * torch.linspace(0, 1, 20).expand(1, 1, 20, 20)
        if not self._is_learnable:
            return high[..., ::2, ::2], torch.rand(4, 1, 20, 20, generator=random)
        return high[..., ::2, ::2], high


def result_of(batches, **options):
    spec = completed(RunSpec("", 2, "", **{"optimizer": "sgd", "learning_rate": 0.03, "loss": "mse", **options}))
    start, now = start_network(spec)[0], start_network(spec)[0]
    return experiments.experiment(start, now, spec, batches, 0, lambda: False)


def test_of_the_questions_start_the_bypass_learns_and_the_network_does_not():
    found = result_of(Made(), initialization="normal")
    assert found["bypass_loss_ratio"] < 0.6
    assert found["overfit_loss_ratio"] == pytest.approx(1, abs=0.02)


def test_of_a_healthy_start_both_learn():
    found = result_of(Made())
    assert max(found.values()) < 0.3


def test_of_a_loss_that_is_a_logarithm_errors_are_compared():
    assert max(result_of(Made(), loss="psnr").values()) < 0.3


def test_of_pictures_that_can_not_be_learned_the_bypass_learns_nothing():
    assert result_of(Made(is_learnable=False))["bypass_loss_ratio"] > 0.9


def test_a_network_that_is_no_number_is_as_bad_as_can_be_said():
    spec = completed(RunSpec("", 2, ""))
    start, broken = start_network(spec)[0], FSRCNN(start_network(spec)[0].shape)
    torch.nn.init.constant_(broken.deconvolution.bias, math.nan)
    found = experiments.experiment(start, broken, spec, Made(), 0, lambda: False)
    assert found["overfit_loss_ratio"] == experiments.WORST


def test_stopping_ends_it_without_a_result():
    spec = completed(RunSpec("", 2, ""))
    network = start_network(spec)[0]
    assert experiments.experiment(network, network, spec, Made(), 0, lambda: True) is None


def notice(cause, severity=Severity.WARNING, **evidence):
    return Finding(cause, severity, Action.NONE, evidence).at(0)


@pytest.mark.parametrize(
    ("notices", "is_due"),
    [
        ([], False),
        ([notice(Cause.VANISHING_GRADIENT)], True),
        ([notice(Cause.VANISHING_GRADIENT, Severity.INFO)], False),
        ([dataclasses.replace(notice(Cause.VANISHING_GRADIENT), over_at_step=100)], False),
        ([notice(Cause.TOO_LITTLE_DATA)], False),
        ([notice(Cause.NO_DETAIL, overfit_loss_ratio=0.5), notice(Cause.CONSTANT_OUTPUT)], False),
    ],
)
def test_experiments_are_made_once_for_trouble_that_they_explain(notices, is_due):
    assert experiments.is_due(notices) is is_due


def test_a_run_that_is_stuck_makes_them_once_and_its_notice_has_the_result(new_run):
    run = new_run(initialization="normal", optimizer="sgd", small=False, steps=105)
    asked = iter(range(10**6))
    stopped = list(train(run, lambda: next(asked) > 460))[-1]
    assert 0 < stopped["step"] < 105
    list(train(run))
    events = list(run.events())
    (experiment,) = [event for event in events if event["event"] == "experiment"]
    assert experiment["step"] == 0
    last = [event for event in events if event["event"] == "notice" and event["cause"] == "vanishing_gradient"][-1]
    assert last["evidence"]["bypass_loss_ratio"] == experiment["bypass_loss_ratio"]
    assert [event["step"] for event in events if event["event"] == "probe"] == [0, 100]


def test_a_healthy_run_makes_none(new_run):
    assert "experiment" not in {event["event"] for event in train(new_run())}
