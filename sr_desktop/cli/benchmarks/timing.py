"""Subjects that take turns, so that a noisy machine is equally unkind to all, and the rows that come of it."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

REFERENCE = "ours"
"""The subject that the others are compared with."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds for all tasks of a run.

    Attributes:
        rounds: How often each subject runs.
        device: As on the command line.
        precision: As on the command line.
        report: Called with the name of the task at work and the finished share of it.
        files: How many files a batch has.
    """

    rounds: int
    device: str
    precision: str
    report: Callable[[str, float], None]
    files: int = 200


@dataclass(frozen=True, slots=True)
class Subject:
    """One way to do a task.

    Attributes:
        name: What it is called in the rows.
        call: Does the task once, to the end: a device must have finished, a file must be there.
    """

    name: str
    call: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured of one subject of one task.

    Attributes:
        task: What was done, such as `x2 960x540 fp32`.
        subject: Who did it.
        times_ms: Time of each round.
        more: Anything else that belongs to it, as JSON has it.
    """

    task: str
    subject: str
    times_ms: Sequence[float]
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def median_ms(self) -> float:
        """The middle of all rounds."""
        return statistics.median(self.times_ms)

    def having(self, **more: object) -> "Row":
        """Return the same row with more that belongs to it."""
        return replace(self, more={**self.more, **more})

    def fields(self) -> dict[str, Any]:
        """Return the row for JSON."""
        return {
            "task": self.task,
            "subject": self.subject,
            "median_ms": round(self.median_ms, 2),
            "min_ms": round(min(self.times_ms), 2),
            "max_ms": round(max(self.times_ms), 2),
            "rounds": len(self.times_ms),
            **self.more,
        }


def alternate(task: str, subjects: Sequence[Subject], settings: Settings) -> list[Row]:
    """Let all subjects do a task in turns, and return a row for each, with how many times longer than ours it took.

    Each runs once before anything is timed. Every round starts with another subject: whoever follows a large one finds
    the caches as that one left them.
    """
    for subject in subjects:
        subject.call()
    times: dict[str, list[float]] = {subject.name: [] for subject in subjects}
    for number in range(settings.rounds):
        settings.report(task, number / settings.rounds)
        first = number % len(subjects)
        for subject in (*subjects[first:], *subjects[:first]):
            times[subject.name].append(_milliseconds(subject.call))
    return [Row(task, name, values, _compared(values, times.get(REFERENCE))) for name, values in times.items()]


def _milliseconds(call: Callable[[], object]) -> float:
    started_at = time.perf_counter()
    call()
    return (time.perf_counter() - started_at) * 1000


def _compared(values: Sequence[float], reference: Sequence[float] | None) -> dict[str, float]:
    """Return the median of the ratios round by round, which noise that lasts longer than a round leaves alone."""
    if reference is None:
        return {}
    ratios = [value / other for value, other in zip(values, reference, strict=True)]
    return {"times_ours": round(statistics.median(ratios), 3)}
