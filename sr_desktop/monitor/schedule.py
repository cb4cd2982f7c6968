"""The learning rate over a run: whether it stays the same, and how far a forecast may look where it falls."""

import math

from sr_desktop.monitor.forecast import LONG_FACTOR
from sr_desktop.monitor.history import History

STEADY = 1.5
"""A learning rate that changed by more than this factor within the stretch that is looked at is not constant."""

AVERAGED = 0.99
"""Decay of the averaged weights from which scores know in advance what a falling rate brings: less noise in the weights."""

ENDED = 0.01
"""Share of the highest rate below which nothing is learned any more."""


def is_constant(history: History) -> bool:
    """Say whether the learning rate was, and will be, the same throughout the stretch that the forecast rests on."""
    if history.setup.schedule not in ("", "constant"):
        return False
    start = history.checks.items[-1].step / LONG_FACTOR if history.checks.items else math.inf
    seen = [item.learning_rate for item in history.checks.items if item.step >= start and item.learning_rate]
    return not seen or max(seen) <= STEADY * min(seen)


def steps_ahead(history: History, step: int, asked: int | None = None) -> int | None:
    """Return how many steps a forecast from `step` may look ahead, `None` if what comes can't be told.

    With a constant rate as many as `asked`, or as many again. Along a cosine at most to its end: there the rate is nothing,
    and standing still is no plateau. Only scores of averaged weights say on the way what its end will bring; of other
    falling rates nobody knows where they end.
    """
    if is_constant(history):
        return step if asked is None else asked
    end = _end_of_cosine(history)
    if end is None or end <= step or not history.checks.items or history.setup.averaging < AVERAGED:
        return None
    return end - step if asked is None else min(asked, end - step)


def _end_of_cosine(history: History) -> int | None:
    """Return the step at which the cosine has come down: as planned, or for a run of so many minutes by the rate so far."""
    setup, items = history.setup, history.checks.items
    if setup.schedule != "cosine":
        return None
    if setup.steps:
        return setup.steps
    if not items or not items[-1].learning_rate or not setup.learning_rate:
        return None
    share = items[-1].learning_rate / setup.learning_rate
    if not ENDED < share < 1:
        return None
    return round(items[-1].step * math.pi / math.acos(2 * share - 1))
