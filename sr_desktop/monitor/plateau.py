"""When going on is hardly worth it: a verdict on the forecast, at a price that the person may set."""

from sr_desktop.monitor.forecast import LONG_FACTOR, Rates, rates
from sr_desktop.monitor.history import History
from sr_desktop.monitor.schedule import is_constant
from sr_desktop.runs.notices import Action, Cause, Finding, Severity

PRICE_DB = 0.10
"""Default price of going on for the stretch below. On 19 public logs it stops at 375,000 of 1.6 million steps with 0.04 dB
still to come (medians), 0.07 dB at worst; a tenth of a decibel is less than an eye sees."""

HORIZON_FACTOR, HORIZON_STEPS = 3, 800_000
"""The stretch: three times as many steps again, but at most this many."""

LEAST_STEPS = 5_000
"""Averaged weights lag about a thousand steps behind; before this, standing still means nothing."""

LEAST_FACTOR = LONG_FACTOR
"""A log that starts late must hold the whole stretch that the forecast rests on."""

HYSTERESIS = 2.0
"""A plateau is over when twice the price may be had again."""


def find_plateau(history: History, price_db: float = PRICE_DB, *, is_open: bool = False) -> Finding | None:
    """Return a plateau if the upper end of the forecast lies below `price_db`.

    A rate that is decaying, or has decayed, is neither taken for a plateau nor its end for one: what a constant rate
    would still bring can't be told from such a run.

    Args:
        history: The run so far.
        price_db: What going on must be able to bring, in dB.
        is_open: The plateau was reported before and has not ended.
    """
    growth = rates(history.checks, history.losses)
    if growth is None or growth.step < LEAST_STEPS or growth.factor < LEAST_FACTOR or not is_constant(history):
        return None
    outlook = growth.over(min(HORIZON_FACTOR * growth.step, HORIZON_STEPS))
    if outlook.high_db >= price_db * (HYSTERESIS if is_open else 1.0):
        return None
    evidence = {
        "expected_gain_db": outlook.expected_gain_db,
        "at_most_db": outlook.high_db,
        "over_steps": outlook.over_steps,
        **_standing(history, growth),
    }
    return Finding(Cause.PLATEAU, Severity.INFO, Action.STOP_AND_KEEP, evidence)


def _standing(history: History, growth: Rates) -> dict[str, float]:
    best_step = history.checks.best_step
    if best_step is None:
        return {"loss_fall_db_per_doubling": growth.long, "standard_error_db": growth.noise_db}
    return {"best_psnr_db": history.checks.items[-1].best_db, "best_step": best_step, "noise_db": growth.noise_db}
