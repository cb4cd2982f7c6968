import numpy as np
import pytest

from sr_desktop.monitor.history import Setup
from sr_desktop.monitor.losses import WINDOW
from sr_desktop.monitor.plateau import HORIZON_STEPS, PRICE_DB, find_plateau
from sr_desktop.runs.notices import Action, Severity


def scored(history, scores, every=5_000, rates=None):
    for place, value in enumerate(scores):
        history.step += every
        history.checks.add(history.step, float(value), None if rates is None else rates[place])


def risen_and_flat(rise=60, flat=140):
    return [*np.linspace(28, 31, rise), *[31.0] * flat]


def test_a_run_that_stands_still_is_a_plateau_and_only_worth_a_remark(history):
    scored(history, risen_and_flat())
    finding = find_plateau(history)
    assert (finding.severity, finding.action) == (Severity.INFO, Action.STOP_AND_KEEP)
    assert finding.evidence["over_steps"] == HORIZON_STEPS
    assert finding.evidence["expected_gain_db"] <= finding.evidence["at_most_db"] < PRICE_DB
    assert (finding.evidence["best_psnr_db"], finding.evidence["best_step"]) == (31.0, 300_000)


def test_a_run_that_still_rises_is_none(history):
    scored(history, 28 + 0.3 * np.log2(np.arange(1, 100)))
    assert find_plateau(history) is None


def test_the_price_decides(history):
    scored(history, 28 + 0.05 * np.log2(np.arange(1, 100)))
    assert find_plateau(history, price_db=0.05) is None
    assert find_plateau(history, price_db=0.2) is not None


def test_a_plateau_ends_only_when_twice_the_price_may_be_had(history):
    scored(history, 28 + 0.05 * np.log2(np.arange(1, 100)))
    assert find_plateau(history, price_db=0.08) is None
    assert find_plateau(history, price_db=0.08, is_open=True) is not None


@pytest.mark.parametrize("every", [10, 100])
def test_the_first_steps_are_never_a_plateau(history, every):
    scored(history, [31.0] * 40, every=every)
    assert find_plateau(history) is None


def test_a_log_that_starts_late_must_have_tripled_first(history):
    history.step = 100_000
    scored(history, [31.0] * 40)
    assert find_plateau(history) is None
    scored(history, [31.0] * 10)
    assert find_plateau(history) is not None


def test_a_schedule_that_decays_is_not_taken_for_a_plateau(history):
    history.setup = Setup(schedule="cosine")
    scored(history, risen_and_flat())
    assert find_plateau(history) is None


@pytest.mark.parametrize(("last_rate", "is_found"), [(1e-3, True), (1e-4, False)])
def test_a_rate_that_has_come_down_is_not_taken_for_a_plateau(history, last_rate, is_found):
    scored(history, risen_and_flat(), rates=[1e-3] * 150 + [last_rate] * 50)
    assert (find_plateau(history) is not None) == is_found


def test_a_warm_up_long_past_does_not_count(history):
    scored(history, risen_and_flat(), rates=[1e-5] * 10 + [1e-3] * 190)
    assert find_plateau(history) is not None


def test_nothing_known_is_no_plateau(history):
    assert find_plateau(history) is None


def test_a_log_without_scores_is_judged_by_its_loss(history):
    noise = np.random.default_rng(0)
    for record in range(1, 300 * WINDOW):
        history.step = 1_000 * record
        history.losses.add(history.step, 0.02 * (1 + 0.15 * noise.standard_normal()))
    finding = find_plateau(history)
    assert finding.evidence["standard_error_db"] < 0.05
    assert abs(finding.evidence["loss_fall_db_per_doubling"]) < 0.1
