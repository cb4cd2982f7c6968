"""Says what is wrong with a run: one rule for each cause, each a pure function of what is known so far.

A rule returns what it finds at this moment, or nothing; the monitor makes notices of it and marks them over. A rule is told
whether its trouble is already reported, so that it can ask for a clear recovery before it calls it over.
"""

import math
import statistics
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from sr_desktop.monitor.history import History
from sr_desktop.monitor.losses import Losses, Window
from sr_desktop.monitor.rules_data import (
    concerned,
    find_bad_range,
    find_misaligned_pairs,
    find_no_detail,
    find_too_little_data,
)
from sr_desktop.monitor.rules_network import (
    find_constant_output,
    find_dead_activations,
    find_vanishing_gradient,
    output_ratio,
)
from sr_desktop.runs.notices import Action, Cause, Finding, Severity

Find = Callable[[History, bool], Finding | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """How one cause is recognised.

    Attributes:
        cause: The cause.
        find: The rule.
        silenced_by: Causes that explain its finding; while one of them is reported as serious, this rule is quiet.
    """

    cause: Cause
    find: Find
    silenced_by: frozenset[Cause] = frozenset()


_DATA = frozenset({Cause.BAD_RANGE, Cause.MISALIGNED_PAIRS, Cause.NO_DETAIL})
_BROKEN = frozenset({Cause.NON_FINITE, Cause.VANISHING_GRADIENT, Cause.DIVERGING, Cause.DEAD_ACTIVATIONS})
SILENCES_PLATEAU = _DATA | _BROKEN | {Cause.LEARNING_RATE_TOO_LOW, Cause.CONSTANT_OUTPUT, Cause.OSCILLATING}

EXPLODED, LARGE_START = 100.0, 5.0
"""Output spread over target spread that is hopeless; and before step 1 one that has to be unlearned first. With He
initialization it is 0.02, in a trained network 1, with N(0, 1) up to 1e6, with N(0, 0.5) from 50 on."""

CALM_OUTPUT = 3.0

BLOWN_UP, COLLAPSED = 5.0, 50.0
"""Mean loss of a window over the best window's; healthy runs stay below 2.5. Or over the first loss: a random start is not
made five times worse by learning; a trained one may be, for a while."""

CALM_LOSS = 2.0

ABSURD_LOSS = 10.0
"""Pictures lie in 0 to 1, so not even black for white costs more than 1. Of our own runs only: others may count in 0 to 255."""

LASTING_WINDOWS = 20
"""A thousand steps. With Adam at 2e-3 and above, a healthy run may blow up now and then and come back sooner."""

LEAP, SWING_WINDOWS = 0.4, 20
SWINGS, CALM_SWINGS = 5, 3
"""Windows whose mean loss is half as much again as the one before (0.4 in logarithms), among so many; healthy runs have
two at most, even with a high rate."""

SUNK_DB, SUNK_CHECKS = 0.25, 10
"""How far the median of so many scores lies below the best. In 37 healthy logs it was never more than 0.06 dB."""

LEAST_TRAVEL = 5e-4
"""Half the deviation from which the last layer starts: if no weight can get farther than this, nothing can be learned."""

LEAST_TRAVEL_STEPS = 100
"""Shorter runs are made to see that everything works, not to learn."""

UNCHANGED, UNCHANGED_STEP, UNCHANGED_WINDOWS = 0.8, 500, 4
"""A network that learns has left its first loss far behind at this step; the mean of this many windows decides."""

PALE = 0.5
"""Output spread over target spread below which the output is not a picture yet."""

UNSEEN_DB = 15.0
"""Even grey scores about 11 dB, the smoothest picture that shows anything more than this."""


def find_non_finite(history: History, is_open: bool) -> Finding | None:
    """Return `non_finite` while losses or scores are not finite, or if pictures hold such values, which harms only those."""
    losses, broken_files = history.losses, history.data.non_finite or 0
    recent = losses.recent
    clean = losses.last_bad_step is None or (len(recent) > 1 and recent[-2].step >= losses.last_bad_step)
    if clean and not history.checks.last_bad and not broken_files:
        return None
    calm = losses.best is not None and len(recent) > 1 and recent[-2].mean < BLOWN_UP * losses.best.mean
    action = Action.LEAVE_OUT_FILES if calm or broken_files else Action.LOWER_LEARNING_RATE
    evidence = {
        "losses_not_finite": losses.bad_steps,
        "first_at_step": math.nan if losses.first_bad_step is None else losses.first_bad_step,
        "pictures_not_finite": broken_files,
    }
    severity = Severity.WARNING if clean and not history.checks.last_bad else Severity.ERROR
    files = concerned(history, Cause.NON_FINITE) if action is Action.LEAVE_OUT_FILES else ()
    return Finding(Cause.NON_FINITE, severity, action, evidence, files)


def find_diverging(history: History, is_open: bool) -> Finding | None:
    """Return `diverging` if the output is absurdly large, or the loss far above what it was.

    A loss that leaps up often comes back by itself, so that is a remark until it has lasted; a network that has become far
    worse than it began, or gives huge values, is an error at once.
    """
    losses, ratio = history.losses, output_ratio(history.probe)
    above_best, above_start = _rises(losses)
    patience = BLOWN_UP if history.setup.from_scratch else COLLAPSED
    hopeless = ratio > EXPLODED or above_start > patience or _is_absurd(history)
    large = history.probe is not None and history.probe.step == 0 and ratio > LARGE_START
    standing = is_open and (ratio > CALM_OUTPUT or above_best > CALM_LOSS or above_start > CALM_LOSS)
    if not (hopeless or large or standing or above_best > BLOWN_UP):
        return None
    lasted = _windows_above(losses, CALM_LOSS)
    is_serious = large or lasted >= LASTING_WINDOWS
    severity = Severity.ERROR if hopeless else Severity.WARNING if is_serious else Severity.INFO
    evidence = {"output_over_target_spread": ratio, "loss_over_lowest": above_best, "loss_over_first": above_start}
    usual = Action.RESTART_FROM_BEST if history.checks.best_step else Action.LOWER_LEARNING_RATE
    return Finding(Cause.DIVERGING, severity, Action.USE_HE_INITIALIZATION if large else usual, evidence)


def _is_absurd(history: History) -> bool:
    return bool(history.setup.loss and history.losses.recent) and history.losses.recent[-1].mean > ABSURD_LOSS


def _rises(losses: Losses) -> tuple[float, float]:
    """Return the last window's mean loss over the best window's, and over the very first loss; NaN if unknown."""
    if not losses.recent or losses.best is None or not 0 < losses.best.mean < math.inf:
        return math.nan, math.nan
    now = losses.recent[-1].mean
    return now / losses.best.mean, now / losses.start if losses.start > 0 else math.nan


def _windows_above(losses: Losses, factor: float) -> int:
    """Return for how many windows the mean loss has stayed above `factor` times the best one's."""
    limit = math.inf if losses.best is None else factor * losses.best.mean
    below = [place for place, window in enumerate(reversed(losses.recent)) if not window.mean > limit]
    return below[0] if below else len(losses.recent)


def find_oscillating(history: History, is_open: bool) -> Finding | None:
    """Return `oscillating` if the loss, from window to window, has leapt up again and again.

    Only leaps up count: neither a loss that falls fast, nor one that blew up once, swings.
    """
    means = np.array([window.mean for window in history.losses.recent])[-SWING_WINDOWS:]
    if len(means) < SWING_WINDOWS or not (np.isfinite(means) & (means > 0)).all():
        return None
    leaps = int((np.diff(np.log(means)) > LEAP).sum())
    if leaps < (CALM_SWINGS if is_open else SWINGS):
        return None
    evidence = {"leaps": leaps, "windows": SWING_WINDOWS}
    return Finding(Cause.OSCILLATING, Severity.WARNING, Action.LOWER_LEARNING_RATE, evidence)


def find_overfitting(history: History, is_open: bool) -> Finding | None:
    """Return `overfitting` if held-out scores have sunk below the best while the training loss went on falling."""
    items = history.checks.items
    best_step = history.checks.best_step
    if best_step is None or len(items) < SUNK_CHECKS or items[-SUNK_CHECKS].step <= best_step:
        return None  # a score that rises fast also leaves its last ones far below it
    sunk = items[-1].best_db - statistics.median([item.psnr_db for item in items[-SUNK_CHECKS:]])
    if sunk < (SUNK_DB / 2 if is_open else SUNK_DB):
        return None
    windows = history.losses.whole
    at_best = [window for window in windows if best_step / 1.5 < window.step <= best_step][-SUNK_CHECKS:]
    since = [window for window in windows if window.step > best_step][-SUNK_CHECKS:]
    fall, error = _fall(at_best, since)
    if not fall > 2 * error:
        return None
    evidence = {"below_best_db": sunk, "best_step": best_step, "loss_fell_since_by": fall, "standard_error": error}
    return Finding(Cause.OVERFITTING, Severity.WARNING, Action.ADD_PICTURES, evidence)


def _fall(before: list[Window], after: list[Window]) -> tuple[float, float]:
    """Return by which share the loss fell, and the standard error of that share; zeros if it can't be told."""
    if len(before) < 2 or len(after) < 2:
        return 0.0, 0.0
    earlier, later = np.array([item.mean for item in before]), np.array([item.mean for item in after])
    error = math.sqrt(earlier.var(ddof=1) / len(earlier) + later.var(ddof=1) / len(later))
    return float((earlier.mean() - later.mean()) / earlier.mean()), float(error / earlier.mean())


def find_learning_rate_too_low(history: History, is_open: bool) -> Finding | None:
    """Return `learning_rate_too_low` if nothing can be learned in the steps planned, or nothing has been."""
    evidence = _no_travel(history) or _no_change(history)
    if not evidence:
        return None
    return Finding(Cause.LEARNING_RATE_TOO_LOW, Severity.WARNING, Action.RAISE_LEARNING_RATE, evidence)


def _no_travel(history: History) -> dict[str, float]:
    """Return how far a weight can get in the whole run if that is too little: Adam moves none by more than the rate a step."""
    setup = history.setup
    if not (setup.from_scratch and setup.optimizer.startswith("adam") and setup.learning_rate and setup.steps):
        return {}
    travel = setup.learning_rate * setup.steps * (0.5 if setup.schedule == "cosine" else 1.0)
    if setup.steps < LEAST_TRAVEL_STEPS or travel >= LEAST_TRAVEL:
        return {}
    return {"largest_change_of_a_weight": travel, "learning_rate": setup.learning_rate}


def _no_change(history: History) -> dict[str, float]:
    """Return the loss if it still is what it was at first while the output shows no picture.

    An unchanged loss alone proves nothing: a log that holds every hundredth loss has learned most before its first window.
    """
    first, recent = history.losses.first, list(history.losses.recent)[-UNCHANGED_WINDOWS:]
    if first is None or history.step < UNCHANGED_STEP:
        return {}
    now = sum(window.mean for window in recent) / len(recent)
    if not UNCHANGED * first.mean < now < BLOWN_UP * first.mean or not _shows_nothing(history):
        return {}
    return {"loss": now, "loss_at_first": first.mean}


def _shows_nothing(history: History) -> bool:
    """Say whether the output is known to be far from a picture, by the last look inside or the last score."""
    checks = history.checks.items
    unseen = bool(checks) and checks[-1].psnr_db < UNSEEN_DB
    return unseen or output_ratio(history.probe) < PALE


RULES: tuple[Rule, ...] = (
    Rule(Cause.BAD_RANGE, find_bad_range),
    Rule(Cause.MISALIGNED_PAIRS, find_misaligned_pairs, frozenset({Cause.BAD_RANGE})),
    Rule(Cause.NO_DETAIL, find_no_detail, frozenset({Cause.BAD_RANGE})),
    Rule(Cause.TOO_LITTLE_DATA, find_too_little_data),
    Rule(Cause.NON_FINITE, find_non_finite),
    Rule(Cause.DEAD_ACTIVATIONS, find_dead_activations, frozenset({Cause.NON_FINITE, Cause.VANISHING_GRADIENT})),
    Rule(Cause.VANISHING_GRADIENT, find_vanishing_gradient, frozenset({Cause.NON_FINITE, Cause.DEAD_ACTIVATIONS})),
    Rule(Cause.DIVERGING, find_diverging, _DATA | {Cause.NON_FINITE}),
    Rule(Cause.LEARNING_RATE_TOO_LOW, find_learning_rate_too_low, _DATA | _BROKEN),
    Rule(Cause.CONSTANT_OUTPUT, find_constant_output, _DATA | _BROKEN | {Cause.LEARNING_RATE_TOO_LOW}),
    Rule(Cause.OSCILLATING, find_oscillating, _DATA | _BROKEN),
    Rule(Cause.OVERFITTING, find_overfitting, _DATA | _BROKEN),
)
"""All rules but the plateau's, which needs a price; those that explain others come first."""
