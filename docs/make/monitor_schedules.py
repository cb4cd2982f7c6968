"""Measures the outlook on complete runs along a cosine and writes the table of `docs/monitor-schedules.md`.

    .venv/bin/python docs/make/monitor_schedules.py RUN_FOLDER...

Any finished runs of `sr-desktop train` will do; those that were stopped early, or whose length was given in minutes, are left out.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sr_desktop.monitor.monitor import Monitor
from sr_desktop.runs.events import Event
from sr_desktop.runs.notices import Cause
from sr_desktop.runs.sources import events_of

CUTS = (0.1, 0.25, 0.5, 0.75, 0.9)
TARGET = Path("docs/monitor-schedules.md")


@dataclass(frozen=True)
class Forecast:
    """What was expected at one place of a run, and what came, in dB."""

    run: int
    cut: float
    expected: float
    low: float
    high: float
    real: float

    @property
    def is_held(self) -> bool:
        """Whether the range held what came; scores have no more digits than this."""
        return self.low - 5e-4 <= self.real <= self.high + 5e-4


def forecasts(number: int, told: Sequence[Event]) -> list[Forecast]:
    """Return what the monitor expected of a run to its end, at each of the cuts where it could tell."""
    total = int(told[-1]["step"])
    scores = [(int(event["step"]), float(event["psnr_db"])) for event in told if event["event"] == "check"]
    found = []
    for cut in CUTS:
        monitor = Monitor()
        notices = monitor.feed_all(event for event in told if event["step"] <= cut * total)
        assert Cause.PLATEAU not in [notice.cause for notice in notices]
        outlook = monitor.outlook()
        if outlook is not None:
            now = max(score for step, score in scores if step <= outlook.step)
            gain = max(score for _, score in scores) - now
            found.append(Forecast(number, cut, outlook.expected_gain_db, outlook.low_db, outlook.high_db, gain))
    return found


def _is_complete(told: Sequence[Event]) -> bool:
    spec = next(event["spec"] for event in told if event["event"] == "start")
    return bool(spec["schedule"] == "cosine" and told[-1]["event"] == "end" and told[-1]["step"] == spec["steps"])


def _about(told: Sequence[Event]) -> str:
    spec = next(event["spec"] for event in told if event["event"] == "start")
    start = "scratch" if spec["start"] == "scratch" else "a trained model"
    return f"×{spec['scale']}, from {start}, {spec['steps']:,} steps, rate {spec['learning_rate']:g}"


def report(runs: Sequence[Sequence[Event]]) -> str:
    """Return the page."""
    every = [forecast for number, told in enumerate(runs, start=1) for forecast in forecasts(number, told)]
    rows = [
        f"| {item.run} | {item.cut:.0%} | {item.expected:.3f} | {item.low:.3f} to {item.high:.3f} | {item.real:.3f} "
        f"| {'yes' if item.is_held else 'no'} |"
        for item in every
    ]
    error = np.median([abs(item.expected - item.real) for item in every])
    held = sum(item.is_held for item in every)
    return (
        "# The outlook along a cosine\n\n"
        "Made by `docs/make/monitor_schedules.py`; do not edit.\n\n"
        f"{len(runs)} complete runs of `sr-desktop train` with its own cosine and averaged weights, some of those the shipped "
        "models came from. The forecast is the one made for constant rates, over the steps that are left. "
        f"Its median error is {error:.3f} dB; its range held {held} of {len(every)}. None of these runs was fitted to. "
        "No plateau was spoken of anywhere.\n\n"
        + "\n".join(f"{number}. {_about(told)}" for number, told in enumerate(runs, start=1))
        + "\n\n| run | cut at | expected, dB | range, dB | came, dB | held |\n|--:|--:|--:|--:|--:|---|\n"
        + "\n".join(rows)
        + "\n"
    )


def main(arguments: Sequence[str]) -> None:
    """Write the page for some folders of runs."""
    told = [events_of(Path(argument)) for argument in arguments]
    TARGET.write_text(report([events for events in told if _is_complete(events)]), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
