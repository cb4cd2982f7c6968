import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.monitor.losses import LONG_WINDOWS, RECENT_WINDOWS, WINDOW, Losses


def filled(values, first_step=1):
    losses = Losses()
    for step, value in enumerate(values, start=first_step):
        losses.add(step, float(value))
    return losses


def test_a_full_window_asks_for_a_look_and_holds_mean_and_spread():
    losses = Losses()
    looks = [losses.add(step, float(step % 2)) for step in range(1, WINDOW + 1)]
    assert looks == [False] * (WINDOW - 1) + [True]
    window = losses.recent[-1]
    assert (window.step, window.count, window.mean, window.deviation) == (WINDOW, WINDOW, 0.5, 0.5)


def test_a_loss_that_is_not_finite_asks_for_a_look_at_once_and_leaves_the_mean_alone():
    losses = Losses()
    assert not losses.add(1, 2.0)
    assert losses.add(2, math.nan)
    assert losses.add(3, math.inf)
    assert (losses.bad_steps, losses.first_bad_step, losses.last_bad_step) == (2, 2, 3)
    for step in range(4, WINDOW + 1):
        losses.add(step, 2.0)
    assert losses.recent[-1].mean == 2.0


def test_a_window_without_a_finite_loss_has_an_infinite_mean():
    assert filled([math.nan] * WINDOW).recent[-1].mean == math.inf


def test_memory_stays_bounded_and_nothing_is_lost_in_a_long_run():
    steps = (LONG_WINDOWS * 4 + 3) * WINDOW
    values = np.linspace(3.0, 1.0, steps)
    losses = filled(values)
    assert len(losses.recent) == RECENT_WINDOWS
    assert len(losses.whole) < LONG_WINDOWS
    kept = sum(window.count for window in losses.whole)
    assert steps - kept < losses.width * WINDOW
    mean = sum(window.mean * window.count for window in losses.whole) / kept
    assert mean == pytest.approx(values[:kept].mean())
    assert losses.best is not None
    assert losses.best.step == steps


@given(st.lists(st.floats(1e-6, 1e6), min_size=2, max_size=8))
def test_merged_windows_equal_one_window_over_all(means):
    values = np.repeat(means, WINDOW) * np.tile(np.linspace(0.9, 1.1, WINDOW), len(means))
    losses = filled(values)
    merged = losses.whole[0]
    for window in losses.whole[1:]:
        merged = merged.merged(window)
    assert merged.mean == pytest.approx(values.mean())
    assert merged.deviation == pytest.approx(values.std(), rel=1e-6)


def test_merging_with_an_infinite_window_is_infinite_not_wrong():
    losses = filled([1.0] * WINDOW + [math.nan] * WINDOW)
    merged = losses.whole[0].merged(losses.whole[1])
    assert merged.mean == math.inf


def test_losses_near_the_largest_float_do_not_overflow():
    losses = filled([1e200, 3e200] * (WINDOW // 2))
    assert losses.recent[-1].deviation == pytest.approx(1e200)
