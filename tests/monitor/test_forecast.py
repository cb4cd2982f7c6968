import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.monitor.forecast import Outlook, loss_rates, noise_db, rates, score_rates
from sr_desktop.monitor.history import Checks
from sr_desktop.monitor.losses import WINDOW, Losses


def checks_of(steps, scores):
    checks = Checks()
    for step, score in zip(steps, scores, strict=True):
        checks.add(int(step), float(score))
    return checks


def steady_growth(db_per_doubling, last=400_000):
    steps = np.arange(5_000, last + 1, 5_000)
    return checks_of(steps, 30 + db_per_doubling * np.log2(steps))


def test_rates_of_a_steady_growth_are_that_growth():
    growth = score_rates(steady_growth(0.2))
    assert growth.short == pytest.approx(0.2, rel=1e-6)
    assert growth.long == pytest.approx(0.2, rel=1e-6)
    assert growth.noise_db < 1e-3


def test_the_range_lies_around_the_expected_gain():
    outlook = score_rates(steady_growth(0.2)).over(400_000)
    assert outlook.low_db <= outlook.expected_gain_db <= outlook.high_db
    assert outlook.range_db == (outlook.low_db, outlook.high_db)
    assert 0.05 < outlook.expected_gain_db < 0.2, "growth slows down, so less than the last doubling"


def test_a_run_that_stands_still_is_expected_to_stand_still():
    outlook = score_rates(steady_growth(0.0)).over(400_000)
    assert outlook.expected_gain_db == 0
    assert outlook.low_db == 0
    assert 0 < outlook.high_db < 0.01


def test_noisy_scores_make_the_range_wider():
    steps = np.arange(5_000, 400_001, 5_000)
    noise = np.random.default_rng(0).normal(0, 0.05, len(steps))
    noisy = score_rates(checks_of(steps, 30 + noise))
    assert noisy.noise_db == pytest.approx(0.05, rel=0.5)
    assert noisy.over(400_000).high_db > score_rates(steady_growth(0.0)).over(400_000).high_db + 0.05


@given(st.integers(1, 10**7), st.floats(0, 5))
def test_looking_further_never_promises_less(over, rate):
    growth = score_rates(steady_growth(rate))
    near, far = growth.over(over), growth.over(2 * over)
    assert near.expected_gain_db <= far.expected_gain_db
    assert near.high_db <= far.high_db
    assert 0 <= near.low_db <= far.low_db


@given(st.lists(st.floats(-100, 100), min_size=6, max_size=60), st.integers(1, 10**6))
def test_any_scores_give_a_finite_ordered_range(scores, over):
    growth = score_rates(checks_of(range(100, 100 + 50 * len(scores), 50), scores))
    outlook = growth.over(over)
    assert 0 <= outlook.low_db <= outlook.high_db < math.inf
    assert 0 <= outlook.expected_gain_db <= outlook.high_db


def test_a_few_checks_or_a_short_stretch_say_nothing():
    assert score_rates(checks_of([5_000, 10_000, 15_000], [30, 31, 32])) is None
    late = range(500_000, 540_000, 5_000)
    assert score_rates(checks_of(late, [30.0] * len(late))) is None


def test_the_check_before_the_first_step_is_left_out():
    with_start = checks_of([0, *range(5_000, 40_001, 5_000)], [5.0, *[30.0] * 8])
    assert score_rates(with_start).long == 0


def test_a_log_that_starts_late_uses_what_there_is():
    steps = np.arange(485_000, 900_001, 5_000)
    growth = score_rates(checks_of(steps, 30 + 0.1 * np.log2(steps)))
    assert growth.long == pytest.approx(0.1, rel=1e-6)
    assert growth.factor == pytest.approx(900 / 485)


def test_noise_is_measured_about_the_curve_not_about_its_mean():
    assert noise_db(np.linspace(20, 30, 50)) < 1e-9
    assert noise_db(np.array([1.0, 2.0])) == 0


def log_of(fall_db_per_doubling, windows=400, spread=0.0):
    losses, noise = Losses(), np.random.default_rng(1)
    for step in range(1, windows * WINDOW + 1):
        level = 10 ** (-fall_db_per_doubling * math.log2(step) / 20)
        losses.add(100 * step, level * (1 + spread * noise.standard_normal()))
    return losses


def test_without_scores_the_loss_tells_and_says_how_surely():
    clean, noisy = loss_rates(log_of(0.3)), loss_rates(log_of(0.3, spread=0.15))
    assert clean.short == pytest.approx(0.3, rel=0.02)
    assert noisy.long == pytest.approx(0.3, abs=4 * noisy.noise_db)
    assert noisy.noise_db > 10 * clean.noise_db
    assert rates(Checks(), log_of(0.3)) == clean


def test_scores_are_believed_before_the_loss():
    assert rates(steady_growth(0.2), log_of(0.3)) == score_rates(steady_growth(0.2))


@pytest.mark.parametrize("windows", [0, 3])
def test_a_short_or_empty_loss_says_nothing(windows):
    assert loss_rates(log_of(0.3, windows)) is None


def test_a_loss_that_was_never_finite_says_nothing():
    losses = Losses()
    for step in range(1, 20 * WINDOW):
        losses.add(step, math.nan)
    assert loss_rates(losses) is None


def test_a_loss_log_that_starts_late_and_is_short_says_nothing():
    losses = Losses()
    for step in range(20 * WINDOW):
        losses.add(1_000_000 + step, 1.0)
    assert loss_rates(losses) is None


def test_the_forecast_reads_as_a_sentence():
    text = score_rates(steady_growth(0.2)).over(400_000).sentence()
    assert text.startswith("The next 400,000 steps should bring +0.110 dB")


def test_the_forecast_as_json():
    fields = Outlook(400_000, 100_000, 0.123456, 0.05, 0.25).to_fields()
    assert fields == {"over_steps": 100_000, "expected_gain_db": 0.1235, "range_db": [0.05, 0.25]}
