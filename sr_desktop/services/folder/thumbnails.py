"""Thumbnails of those files that someone looks at now, made one by one in the background."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from sr_desktop.progress import Task
from sr_desktop.services.jobs import Done, Job, Outcome, Runner, Urgency

if TYPE_CHECKING:
    from sr_desktop.services.pictures.pyramid import Bytes

MOST_WANTED = 60
"""About what is on the screen at once: who has scrolled on does not wait for what has gone by."""


class Thumbnails(QObject):
    """What was wanted last comes first; what was wanted too long ago is forgotten.

    Signals:
        made: Number of a file, and its thumbnail as H×W×C, or None if the file can't be read.
    """

    made = Signal(int, object)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._wanted: dict[int, Path] = {}
        self._number = -1
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether one is being made."""
        return self._job is not None

    def want(self, number: int, path: Path) -> None:
        """Ask for one; asking again does no harm."""
        if number == self._number:
            return
        self._wanted.pop(number, None)
        self._wanted[number] = path
        while len(self._wanted) > MOST_WANTED:
            del self._wanted[next(iter(self._wanted))]
        self._advance()

    def close(self) -> None:
        """Make none any more."""
        self._wanted.clear()
        if self._job is not None:
            self._job.stop()

    def _advance(self) -> None:
        if self._job is not None or not self._wanted:
            return
        self._number, path = self._wanted.popitem()
        self._job = Job(lambda: _glance(path), Urgency.GLANCE)
        self._job.settled.connect(self._take)
        self._runner.start(self._job)

    @Slot(object)
    def _take(self, outcome: Outcome) -> None:
        number, self._number, self._job = self._number, -1, None
        self.made.emit(number, outcome.result if isinstance(outcome, Done) else None)
        self._advance()


def _glance(path: Path) -> "Task[Bytes]":
    from sr_desktop.services.pictures import picture as picture_values

    return picture_values.glance(path)
