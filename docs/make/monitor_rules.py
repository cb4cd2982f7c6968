"""Logs of healthy runs, and rules that say when going on is not worth it: the monitor's, and those it is compared with."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sr_desktop.monitor.history import Floats
from sr_desktop.monitor.monitor import Monitor
from sr_desktop.monitor.plateau import PRICE_DB
from sr_desktop.runs.csv_logs import read_log
from sr_desktop.runs.notices import Cause, Notice


@dataclass(frozen=True)
class Log:
    """One run: its held-out scores and its losses, each with their steps."""

    name: str
    steps: Floats
    scores: Floats
    loss_steps: Floats
    losses: Floats

    @property
    def architecture(self) -> str:
        """The network's name, which the file's name begins with."""
        return self.name.split("_")[0]

    @property
    def best(self) -> Floats:
        """The best score up to each check."""
        return np.maximum.accumulate(self.scores)

    def left_after(self, step: float) -> float:
        """Return what the best score still gained after `step`, in dB."""
        return float(self.scores.max() - self.scores[self.steps <= step].max(initial=self.scores[0]))


Rule = Callable[[Log], float | None]
"""Returns the step at which it says that going on is not worth it, or `None`."""


def load(folder: Path) -> list[Log]:
    """Return the logs in a folder, by name."""
    return [_log(path) for path in sorted(folder.glob("*.csv*"))]


def _log(path: Path) -> Log:
    events = read_log(path)
    checks = [(event["step"], event["psnr_db"]) for event in events if event["event"] == "check"]
    losses = [(event["step"], event["values"][0]) for event in events if event["event"] == "step"]
    steps, scores = np.array(checks, dtype=np.float64).T
    loss_steps, values = np.array(losses, dtype=np.float64).T
    return Log(path.name.split(".")[0], steps, scores, loss_steps, values)


def watch(log: Log, price_db: float = PRICE_DB, *, with_scores: bool = True) -> list[Notice]:
    """Return what the monitor says of a run."""
    events: list[dict[str, object]] = [
        {"event": "step", "step": int(step), "step_from": int(step), "values": [loss]}
        for step, loss in zip(log.loss_steps, log.losses, strict=True)
    ]
    if with_scores:
        scored = zip(log.steps, log.scores, strict=True)
        events += [{"event": "check", "step": int(step), "psnr_db": score} for step, score in scored]
    return Monitor(price_db).feed_all(sorted(events, key=lambda event: int(str(event["step"]))))


def monitor_rule(price_db: float = PRICE_DB, *, with_scores: bool = True) -> Rule:
    """Return the monitor's first plateau notice as a rule."""

    def first(log: Log) -> float | None:
        notices = watch(log, price_db, with_scores=with_scores)
        return next((float(notice.step) for notice in notices if notice.cause is Cause.PLATEAU), None)

    return first


def patience(checks: int, gain_db: float = 0.01) -> Rule:
    """Return the usual rule: so many checks in a row without a gain of `gain_db` over the best."""

    def first(log: Log) -> float | None:
        best, waited = -math.inf, 0
        for step, score in zip(log.steps, log.scores, strict=True):
            best, waited = (score, 0) if score > best + gain_db else (best, waited + 1)
            if waited >= checks:
                return float(step)
        return None

    return first


def reduce_on_plateau(log: Log) -> float | None:
    """`torch.optim.lr_scheduler.ReduceLROnPlateau` with its defaults, fed with every logged loss."""
    best, waited = math.inf, 0
    for step, loss in zip(log.loss_steps, log.losses, strict=True):
        best, waited = (loss, 0) if loss < best * (1 - 1e-4) else (best, waited + 1)
        if waited > 10:
            return float(step)
    return None


def slope(factor: float = 1.5, limit_db: float = 0.04) -> Rule:
    """Return the rule: least-squares slope of score over log2(step) in the last `factor`, plus its error, < `limit_db`."""

    def first(log: Log) -> float | None:
        for place, step in enumerate(log.steps):
            inside = log.steps[: place + 1] >= step / factor
            if inside.sum() < 5 or log.steps[0] > step / factor:
                continue
            doublings, scores = np.log2(log.steps[: place + 1][inside]), log.scores[: place + 1][inside]
            away = doublings - doublings.mean()
            rise = float((away * (scores - scores.mean())).sum() / (away**2).sum())
            rest = scores - scores.mean() - rise * away
            error = math.sqrt(float((rest**2).sum()) / (len(away) - 2) / float((away**2).sum()))
            if rise + error < limit_db:
                return float(step)
        return None

    return first


def standstill(log: Log) -> float | None:
    """Gain of the best below 0.10 dB per doubling over the last factor 3, and no new best for 10 checks."""
    for place, step in enumerate(log.steps):
        then = np.flatnonzero(log.steps <= step / 3)
        waited = place - int(log.scores[: place + 1].argmax())
        if then.size and waited >= 10:
            start = then[-1]
            gain = (log.best[place] - log.best[start]) / math.log2(step / log.steps[start])
            if gain < 0.10:
                return float(step)
    return None


def judge(rule: Rule, logs: Sequence[Log]) -> str:
    """Return a rule's row: on how many logs it stops, at which step, with how much still to come."""
    stops = [(step, log.left_after(step)) for log in logs if (step := rule(log)) is not None]
    if not stops:
        return f"0 of {len(logs)} | | |"
    steps, left = np.array(stops).T
    return f"{len(stops)} of {len(logs)} | {np.median(steps) / 1000:.0f} | {np.median(left):.3f} | {left.max():.3f} |"
