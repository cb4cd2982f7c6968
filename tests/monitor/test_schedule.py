import math

import pytest

from sr_desktop.monitor.history import Setup
from sr_desktop.monitor.schedule import is_constant, steps_ahead

PEAK = 1e-3


def scored(history, steps, rate_of):
    for step in steps:
        history.checks.add(step, 30.0, rate_of(step))


def cosine(total):
    return lambda step: PEAK * 0.5 * (1 + math.cos(math.pi * step / total))


def setup(**fields):
    return Setup(**{"schedule": "cosine", "learning_rate": PEAK, "averaging": 0.999, **fields})


def test_a_constant_rate_may_be_looked_along_as_far_as_asked_or_as_many_steps_again(history):
    scored(history, range(100, 1_000, 100), lambda step: PEAK)
    assert is_constant(history)
    assert steps_ahead(history, 900) == 900
    assert steps_ahead(history, 900, 5_000) == 5_000


def test_a_planned_cosine_is_looked_along_to_its_end_and_no_further(history):
    history.setup = setup(steps=1_000)
    scored(history, range(100, 1_000, 100), cosine(1_000))
    assert not is_constant(history)
    assert steps_ahead(history, 900) == 100
    assert steps_ahead(history, 900, 50) == 50
    assert steps_ahead(history, 900, 5_000) == 100
    assert steps_ahead(history, 1_000) is None


@pytest.mark.parametrize("last", [200, 500, 900])
def test_the_end_of_a_cosine_over_so_many_minutes_follows_from_the_rate_so_far(history, last):
    history.setup = setup(steps=None)
    scored(history, range(100, last + 1, 100), cosine(1_000))
    assert steps_ahead(history, last) == pytest.approx(1_000 - last, abs=3)


@pytest.mark.parametrize("share", [1.0, 1e-3, None])
def test_a_rate_that_has_not_fallen_yet_or_is_nothing_or_unknown_tells_no_end(history, share):
    history.setup = setup(steps=None)
    scored(history, [100, 200], lambda step: None if share is None else share * PEAK)
    assert steps_ahead(history, 200) is None


@pytest.mark.parametrize(
    "fields", [{"averaging": 0.0}, {"schedule": "steps"}], ids=["not averaged", "another schedule"]
)
def test_other_falling_rates_tell_nothing(history, fields):
    history.setup = setup(steps=1_000, **fields)
    scored(history, range(100, 1_000, 100), cosine(1_000))
    assert steps_ahead(history, 900) is None


def test_a_loss_alone_knows_nothing_of_what_averaging_brings(history):
    history.setup = setup(steps=1_000)
    assert steps_ahead(history, 900) is None
