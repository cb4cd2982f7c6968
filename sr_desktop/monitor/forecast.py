"""What going on would bring: a forecast of the best held-out score from how it has grown so far.

Nothing here knows when a run "converges": gain per doubling of the steps shrinks but never quite stops, and it comes
in sudden steps as well as slowly. The forecast therefore rests on two rates only, dB per doubling: that of the last fifth of
the run and that of its last two thirds. The constants are rounded quantile regressions (10, 50 and 90 %) on 19 public
logs of super-resolution networks; `docs/monitor-curves.md` shows how well they do.
"""

import math
from dataclasses import dataclass

import numpy as np

from sr_desktop.monitor.history import Checks, Floats
from sr_desktop.monitor.losses import Losses

SHORT_FACTOR = 1.25
LONG_FACTOR = 3.0
"""The two stretches: from step/1.25 and from step/3 to now."""

LEAST_FACTOR = 1.1
"""A log that starts late must at least have grown by this factor."""

LEAST_CHECKS = 6
"""Fewer held-out scores say nothing about their noise."""

LOW, EXPECTED, HIGH = (0.10, 0.25), (0.20, 0.35), (0.75, 0.50)
"""Weights of the short and the long rate at the 10 %, 50 % and 90 % quantile of the next doubling's gain."""

FLOOR_DB, FLOOR_NOISE = 0.003, 1.5
"""The best creeps up by luck too: by about this much, plus this many standard deviations of one score."""

LOW_FLOORS = 1.5
"""How many floors the lower end lies below what the rates say."""

LOSS_DB = 20 / math.log(10)
"""A relative change of the loss in dB if it is an absolute error; twice the truth for a squared one, so cautious."""

LOSS_CAUTION = 1.5
"""The error of a loss's slope is larger than it seems: neighbouring windows share what the order of the batches brings."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the best held-out score should gain.

    Attributes:
        step: Where the forecast starts.
        over_steps: How many steps further it looks.
        expected_gain_db: The gain in the middle case.
        low_db: The gain is above this in about nine cases of ten.
        high_db: The gain is below this in about nine cases of ten.
    """

    step: int
    over_steps: int
    expected_gain_db: float
    low_db: float
    high_db: float

    @property
    def range_db(self) -> tuple[float, float]:
        """The range that holds the gain in about four cases of five."""
        return self.low_db, self.high_db

    def to_fields(self) -> dict[str, object]:
        """Return the forecast as JSON has it."""
        return {
            "over_steps": self.over_steps,
            "expected_gain_db": round(self.expected_gain_db, 4),
            "range_db": [round(self.low_db, 4), round(self.high_db, 4)],
        }

    def sentence(self) -> str:
        """Return the forecast as a person reads it."""
        return (
            f"The next {self.over_steps:,} steps should bring {self.expected_gain_db:+.3f} dB "
            f"({self.low_db:.3f} to {self.high_db:.3f})."
        )


@dataclass(frozen=True, slots=True)
class Rates:
    """How fast the score grows, in dB per doubling of the steps.

    Attributes:
        step: Where they were measured.
        short: Over the last fifth of the run.
        long: Over its last two thirds, or over what there is.
        noise_db: Standard deviation of one score, or what stands for it where only the loss is known.
        factor: Last step over first step: how much of the run was seen.
    """

    step: int
    short: float
    long: float
    noise_db: float
    factor: float

    def over(self, steps: int) -> Outlook:
        """Return what the next `steps` steps should bring."""
        doublings = math.log2(1 + steps / self.step)
        floor = FLOOR_DB + FLOOR_NOISE * self.noise_db
        low, expected, high = (doublings * (a * self.short + b * self.long) for a, b in (LOW, EXPECTED, HIGH))
        low = max(0.0, low - LOW_FLOORS * floor)
        expected = max(0.0, expected)
        return Outlook(self.step, steps, expected, low, max(expected, high + floor))


def score_rates(checks: Checks) -> Rates | None:
    """Return how fast the best held-out score grows, or `None` while too little is known."""
    items = [item for item in checks.items if item.step > 0]  # step 0 has no place on a logarithmic axis
    if len(items) < LEAST_CHECKS or items[-1].step / items[0].step < LEAST_FACTOR:
        return None
    steps = np.array([item.step for item in items], dtype=np.float64)
    best = np.array([item.best_db for item in items])
    now = float(steps[-1])
    rates = []
    for factor in (SHORT_FACTOR, LONG_FACTOR):
        then = max(0, int(np.searchsorted(steps, now / factor, side="right")) - 1)
        rates.append(float((best[-1] - best[then]) / math.log2(now / steps[then])))
    scores = np.array([item.psnr_db for item in items if item.step >= now / LONG_FACTOR])
    return Rates(int(now), rates[0], rates[1], noise_db(scores), now / float(steps[0]))


def noise_db(scores: Floats) -> float:
    """Return the standard deviation of one score about a smooth curve, from second differences, robustly."""
    if len(scores) < 3:
        return 0.0
    return float(np.median(np.abs(np.diff(scores, 2)))) * 1.4826 / math.sqrt(6)


def loss_rates(losses: Losses) -> Rates | None:
    """Return how fast the training loss falls, in dB per doubling, for logs that hold no scores.

    The slope over the last two thirds stands for both rates; a loss that seems to rise says nothing against a gain. The
    noise is the slope's standard error with `LOSS_CAUTION`.
    """
    windows = [window for window in losses.whole if window.step > 0 and 0 < window.mean < math.inf]
    if len(windows) < LEAST_CHECKS:
        return None
    now = windows[-1].step
    used = [window for window in windows if window.step >= now / LONG_FACTOR]
    steps, means = np.array([item.step for item in used], dtype=np.float64), np.array([item.mean for item in used])
    if len(used) < LEAST_CHECKS or steps[-1] / steps[0] < LEAST_FACTOR:
        return None
    doublings = np.log2(steps) - np.log2(steps).mean()
    level_db = -LOSS_DB * means / means.mean()
    spread = float((doublings**2).sum())
    slope = float((doublings * level_db).sum()) / spread
    rest = level_db - level_db.mean() - slope * doublings
    error = math.sqrt(float((rest**2).sum()) / (len(used) - 2) / spread)
    slope = max(0.0, slope)
    return Rates(now, slope, slope, LOSS_CAUTION * error, now / windows[0].step)


def rates(checks: Checks, losses: Losses) -> Rates | None:
    """Return the best measure of growth that there is: of held-out scores, else of the training loss."""
    return score_rates(checks) if checks.items else loss_rates(losses)
