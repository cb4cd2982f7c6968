import math

import numpy as np
import pytest

from sr_desktop.monitor.history import DataFacts, Setup
from sr_desktop.monitor.losses import WINDOW
from sr_desktop.monitor.rules import (
    LASTING_WINDOWS,
    RULES,
    SILENCES_PLATEAU,
    find_diverging,
    find_learning_rate_too_low,
    find_non_finite,
    find_oscillating,
    find_overfitting,
)
from sr_desktop.runs.notices import Action, Cause, Severity
from tests.monitor.conftest import HE, STUCK, learn, probe_of, score

HEALTHY = [0.03, 0.007, 0.005, 0.004, 0.003, *np.geomspace(0.003, 0.001, 60)]
"""Window means of a healthy run, from scratch."""


def test_a_healthy_run_is_quiet_at_every_window(history):
    history.add_probe(probe_of(HE))
    for mean in HEALTHY:
        learn(history, [mean])
        score(history, [30 - 1000 * mean], every=0)
        assert [rule.cause for rule in RULES if rule.find(history, False)] == []


def test_every_cause_has_one_rule_and_only_plateau_is_elsewhere():
    assert sorted([*(rule.cause for rule in RULES), Cause.PLATEAU]) == sorted(Cause)


def test_causes_that_silence_a_rule_are_judged_before_it():
    order = [rule.cause for rule in RULES]
    for place, rule in enumerate(RULES):
        later = set(order[place:])
        mutual = {Cause.VANISHING_GRADIENT} if rule.cause is Cause.DEAD_ACTIVATIONS else set()
        assert not (rule.silenced_by & later) - mutual
    assert set(order) >= SILENCES_PLATEAU


# -- not finite


def test_a_loss_that_is_not_finite_is_found_at_once(history):
    learn(history, [0.01, 0.01])
    history.losses.add(101, math.nan)
    finding = find_non_finite(history, False)
    assert finding.severity is Severity.ERROR
    assert finding.evidence["first_at_step"] == 101
    assert finding.action is Action.LEAVE_OUT_FILES, "all was calm before, so it came from outside"


def test_a_loss_that_grew_until_it_was_not_finite_is_the_rates_fault(history):
    learn(history, [0.01, 10.0, 1e9])
    history.losses.add(151, math.inf)
    assert find_non_finite(history, False).action is Action.LOWER_LEARNING_RATE


def test_a_loss_that_was_never_finite_is_the_rates_fault(history):
    history.losses.add(1, math.nan)
    assert find_non_finite(history, False).action is Action.LOWER_LEARNING_RATE


def test_one_bad_batch_is_over_after_a_clean_window(history):
    learn(history, [0.01, 0.01])
    history.losses.add(101, math.nan)
    learn(history, [0.01])
    assert find_non_finite(history, True) is not None
    learn(history, [0.01])
    assert find_non_finite(history, True) is None


def test_a_score_that_is_not_finite_is_found_and_over_with_the_next(history):
    score(history, [30.0, math.nan])
    assert find_non_finite(history, False) is not None
    score(history, [30.0])
    assert find_non_finite(history, True) is None


def test_pictures_that_hold_such_values_are_found_before_the_first_step(history):
    history.data = DataFacts(non_finite=2)
    finding = find_non_finite(history, False)
    assert finding.action is Action.LEAVE_OUT_FILES
    assert finding.evidence["pictures_not_finite"] == 2
    assert finding.severity is Severity.WARNING
    history.losses.add(1, math.nan)
    assert find_non_finite(history, True).severity is Severity.ERROR


# -- diverging


def test_a_start_whose_output_is_a_million_times_too_large_is_hopeless(history):
    history.add_probe(probe_of(HE, output_std=1.1e6))
    finding = find_diverging(history, False)
    assert (finding.severity, finding.action) == (Severity.ERROR, Action.USE_HE_INITIALIZATION)


@pytest.mark.parametrize(("ratio", "severity"), [(1.0, None), (6.0, Severity.WARNING), (200.0, Severity.ERROR)])
def test_an_output_that_begins_too_large_has_to_be_unlearned_first(history, ratio, severity):
    history.add_probe(probe_of(HE, output_std=0.3 * ratio))
    finding = find_diverging(history, False)
    assert (finding.severity if finding else None) == severity


def test_an_output_that_explodes_later_is_the_rates_fault(history):
    history.add_probe(probe_of(HE, step=100, output_std=1.1e6))
    assert find_diverging(history, False).action is Action.LOWER_LEARNING_RATE


def test_an_exploded_output_must_come_down_far_to_be_over(history):
    history.add_probe(probe_of(HE, step=400, output_std=0.3 * 50))
    assert find_diverging(history, False) is None
    assert find_diverging(history, True) is not None


@pytest.mark.parametrize(
    ("factor", "windows", "severity"),
    [
        (2.5, 1, None),
        (6, 1, Severity.INFO),
        (6, LASTING_WINDOWS - 1, Severity.INFO),
        (6, LASTING_WINDOWS, Severity.WARNING),
        (math.inf, 1, Severity.ERROR),
    ],
)
def test_a_loss_far_above_its_lowest_is_trouble_if_it_lasts(history, factor, windows, severity):
    learn(history, [0.3, 0.01, 0.005, *[0.005 * factor] * windows])
    finding = find_diverging(history, False)
    assert (finding.severity if finding else None) == severity
    assert finding is None or finding.evidence["loss_over_lowest"] == pytest.approx(factor)


def test_a_blow_up_after_a_check_is_answered_by_going_back_to_the_best(history):
    learn(history, [0.3, 0.01])
    score(history, [30.0])
    learn(history, [0.1])
    assert find_diverging(history, False).action is Action.RESTART_FROM_BEST


def test_a_blow_up_is_over_when_the_loss_is_nearly_back(history):
    learn(history, [0.3, 0.01, 0.1, 0.03])
    assert find_diverging(history, False) is None
    assert find_diverging(history, True) is not None
    learn(history, [0.015])
    assert find_diverging(history, True) is None


@pytest.mark.parametrize(
    ("from_scratch", "factor", "is_found"), [(True, 3, False), (True, 10, True), (False, 10, False), (False, 100, True)]
)
def test_a_network_that_became_far_worse_than_it_began_is_an_error_at_once(history, from_scratch, factor, is_found):
    history.setup = Setup(from_scratch=from_scratch)
    history.losses.add(1, 0.3)
    for step in range(2, 2 * WINDOW + 1):
        history.losses.add(step, 0.3 * factor)
    finding = find_diverging(history, False)
    assert (finding.severity if finding else None) == (Severity.ERROR if is_found else None)


def test_without_any_loss_no_loss_stays_high(history):
    history.add_probe(probe_of(HE, output_std=1e6))
    assert find_diverging(history, False).evidence["output_over_target_spread"] > 1e6


@pytest.mark.parametrize(("loss", "is_found"), [("mse", True), ("", False)], ids=["our own run", "another's log"])
def test_a_loss_that_no_picture_costs_is_an_error_where_pictures_lie_in_0_to_1(history, loss, is_found):
    history.setup = Setup(loss=loss)
    learn(history, [2000.0, 1500.0, 1300.0])
    finding = find_diverging(history, False)
    assert (finding.severity if finding else None) == (Severity.ERROR if is_found else None)


@pytest.mark.parametrize("means", [[], [math.inf], [0.0, 0.0]], ids=["no loss", "none finite", "zero"])
def test_without_a_lowest_loss_nothing_has_blown_up(history, means):
    learn(history, means)
    assert find_diverging(history, False) is None


def test_a_first_loss_of_zero_is_no_measure(history):
    history.losses.add(1, 0.0)
    learn(history, [0.3, 0.3])
    assert find_diverging(history, False) is None


def test_a_loss_that_never_came_down_has_stayed_high_all_the_time(history):
    learn(history, [0.01, *[1.0] * 100])
    assert find_diverging(history, False).severity is Severity.ERROR


# -- oscillating


def test_a_loss_that_leaps_up_again_and_again_oscillates(history):
    learn(history, [0.01, 0.03] * 10)
    finding = find_oscillating(history, False)
    assert finding.action is Action.LOWER_LEARNING_RATE
    assert finding.evidence == {"leaps": 10, "windows": 20}


@pytest.mark.parametrize("means", [np.geomspace(1e6, 1e-3, 30), [0.01] * 10 + [5.0] * 2 + [0.01] * 10])
def test_a_loss_that_falls_or_blew_up_once_does_not_oscillate(history, means):
    learn(history, means)
    assert find_oscillating(history, False) is None


def test_an_oscillation_is_over_only_when_the_loss_is_calm(history):
    learn(history, [0.01] * 12 + [0.01, 0.03] * 4)
    assert find_oscillating(history, False) is None
    assert find_oscillating(history, True) is not None


@pytest.mark.parametrize("means", [[0.01] * 19, [0.01] * 10 + [math.inf] * 10, [0.0] * 20])
def test_too_few_or_odd_windows_do_not_oscillate(history, means):
    learn(history, means)
    assert find_oscillating(history, False) is None


# -- overfitting


def overfitted(history, sunk_db, losses_after):
    learn(history, [0.3, 0.01, 0.011, 0.0105])
    score(history, [30.0], every=0)
    learn(history, losses_after)
    score(history, [30.0 - sunk_db] * 10)


def test_sinking_scores_while_the_loss_falls_are_overfitting(history):
    overfitted(history, 0.4, [0.008, 0.005, 0.004, 0.0045])
    finding = find_overfitting(history, False)
    assert finding.action is Action.ADD_PICTURES
    assert finding.evidence["below_best_db"] == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("sunk_db", "losses_after"),
    [(0.06, [0.008, 0.005, 0.004]), (0.4, [0.3, 0.31, 0.3]), (0.4, [0.005])],
    ids=["as healthy runs do", "the loss rose too", "too few losses"],
)
def test_sinking_scores_are_otherwise_no_overfitting(history, sunk_db, losses_after):
    overfitted(history, sunk_db, losses_after)
    assert find_overfitting(history, False) is None


def test_scores_that_rise_fast_are_no_overfitting_though_the_last_ones_lie_below_the_best(history):
    learn(history, [0.3, 0.01, 0.008])
    score(history, np.linspace(28, 29, 10), every=0)
    learn(history, [0.006, 0.005, 0.004])
    history.checks.add(history.step, 29.2)
    assert find_overfitting(history, False) is None


def test_overfitting_is_over_only_when_the_score_is_nearly_back(history):
    overfitted(history, 0.2, [0.008, 0.005, 0.004])
    assert find_overfitting(history, False) is None
    assert find_overfitting(history, True) is not None


def test_few_scores_or_none_are_no_overfitting(history):
    assert find_overfitting(history, False) is None
    score(history, [30.0, 20.0])
    assert find_overfitting(history, False) is None


# -- learning rate too low


def test_a_loss_that_stays_while_the_output_shows_nothing_means_too_low_a_rate(history):
    learn(history, [0.304] * 10)
    score(history, [5.6])
    finding = find_learning_rate_too_low(history, False)
    assert finding.action is Action.RAISE_LEARNING_RATE


def test_the_look_inside_tells_it_too(history):
    learn(history, [0.304] * 10)
    history.add_probe(probe_of(HE, step=500))
    assert find_learning_rate_too_low(history, False) is not None


def test_a_loss_that_stays_on_a_log_that_shows_nothing_else_means_nothing(history):
    learn(history, [0.304] * 10)
    assert find_learning_rate_too_low(history, False) is None


@pytest.mark.parametrize("means", [[], [0.304] * 9, [0.3] + [0.01] * 12, [0.01] + [0.3] * 12])
def test_no_loss_a_young_a_falling_and_a_risen_one_are_something_else(history, means):
    learn(history, means)
    history.checks.add(history.step, 5.6)
    assert find_learning_rate_too_low(history, False) is None


@pytest.mark.parametrize(("psnr_db", "is_found"), [(30.0, False), (5.6, True)])
def test_a_trained_model_need_not_move_if_it_shows_pictures(history, psnr_db, is_found):
    history.setup = Setup(from_scratch=False)
    learn(history, [0.304] * 10)
    score(history, [psnr_db])
    assert (find_learning_rate_too_low(history, False) is not None) == is_found


@pytest.mark.parametrize(
    ("fields", "is_found"),
    [
        ({"learning_rate": 1e-7}, True),
        ({"learning_rate": 1e-7, "steps": 100_000}, False),
        ({"learning_rate": 1e-7, "steps": None}, False),
        ({"learning_rate": 1e-7, "optimizer": "sgd"}, False),
        ({"learning_rate": 1e-7, "from_scratch": False}, False),
        ({"learning_rate": 1e-5}, False),
        ({"learning_rate": 1e-6, "steps": 400}, True),
        ({"learning_rate": 1e-6, "steps": 600}, False),
        ({"learning_rate": 1e-6, "steps": 600, "schedule": "cosine"}, True),
        ({"learning_rate": 1e-6, "steps": 99}, False),
    ],
)
def test_a_rate_at_which_no_weight_gets_anywhere_is_found_before_the_first_step(history, fields, is_found):
    history.setup = Setup(**{"optimizer": "adam", "schedule": "constant", "steps": 1_000, **fields})
    finding = find_learning_rate_too_low(history, False)
    assert (finding is not None) == is_found
    assert finding is None or finding.evidence["largest_change_of_a_weight"] < 5e-4


def test_the_stuck_run_is_not_taken_for_a_low_rate(history):
    history.add_probe(probe_of(STUCK))
    learn(history, [0.106, *[0.07] * 12])
    score(history, [12.0])
    assert find_learning_rate_too_low(history, False) is None
