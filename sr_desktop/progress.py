"""Long work as a generator: it yields wherever it may be stopped, and knows nothing of threads or Qt."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

Result = TypeVar("Result")
Step = TypeVar("Step")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is.

    Attributes:
        done: Units finished, 0 to `total`.
        total: Units in all, at least 1.
    """

    done: int
    total: int

    @property
    def fraction(self) -> float:
        """The finished share, 0 to 1."""
        return self.done / self.total


Task: TypeAlias = Generator[Progress, None, Result]
"""Work that yields `Progress` and returns its result; close it to stop it."""


def run(task: Generator[Step, None, Result], report: Callable[[Step], None] = lambda step: None) -> Result:
    """Drain a task in this thread and return its result; `report` is called with each step: progress, or an event."""
    while True:
        try:
            step = next(task)
        except StopIteration as finished:
            result: Result = finished.value
            return result
        report(step)
