"""What is in a folder of pictures: each is decoded in the background, and what can't be used says why."""

from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from sr_desktop.progress import Progress, Task
from sr_desktop.services import notices
from sr_desktop.services.jobs import Done, Failed, Job, Outcome, Runner, Urgency
from sr_desktop.services.notices import Notice

if TYPE_CHECKING:
    from sr_desktop.imaging.raster import Raster
    from sr_desktop.services.pictures.pyramid import Bytes

MOST_THUMBNAILS = 300
"""Enough to see what is in the folder; of thousands the rest is counted only."""


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One picture of the folder.

    Attributes:
        path: The file.
        width: Columns; 0 if it can't be used.
        height: Rows.
        thumbnail: H×W×C, if it is among those that are shown.
        reason: Why it is left out; empty if it is used.
        kind: As of `training.scan.LeftOut`; empty if it is used.
    """

    path: Path
    width: int = 0
    height: int = 0
    thumbnail: "Bytes | None" = None
    reason: str = ""
    kind: str = ""


class Survey(QObject):
    """Looks through a folder, and keeps what it has seen.

    Signals:
        changed: More was seen, another folder was chosen, or it came to an end.
    """

    changed = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.usable: list[Seen] = []
        self.left_out: list[Seen] = []
        self.progress = Progress(0, 0)
        self.failure: Notice | None = None
        self.folder: Path | None = None
        self._asked: tuple[object, ...] | None = None
        self._runner = runner
        self._job: Job | None = None
        self._new: deque[Seen] = deque()

    @property
    def is_busy(self) -> bool:
        """Whether it is still looking."""
        return self._job is not None

    @property
    def pixels(self) -> int:
        """Pixels of all that can be used."""
        return sum(item.width * item.height for item in self.usable)

    def look(self, folder: Path, low: Path | None, scale: int, exclude: tuple[str, ...] = ()) -> None:
        """Look through a folder, or two with pairs; what another look found is forgotten."""
        asked = (folder, low, scale if low is not None else 0, exclude)  # without pairs the scale makes no difference
        if asked == self._asked and self.failure is None:
            return
        self.close()
        self._asked, self.folder, self.failure = asked, folder, None
        self.usable, self.left_out, self.progress = [], [], Progress(0, 0)
        new: deque[Seen] = deque()
        self._new = new
        self._job = Job(lambda: _look(folder, low, scale, exclude, new), Urgency.IN_LINE)
        self._job.progressed.connect(self._take_progress)
        self._job.settled.connect(self._settle)
        self._runner.start(self._job)
        self.changed.emit()

    def close(self) -> None:
        """Look no further."""
        self._asked = None
        if self._job is not None:
            job, self._job = self._job, None
            job.progressed.disconnect(self._take_progress)
            job.settled.disconnect(self._settle)
            job.stop()

    @Slot(object)
    def _take_progress(self, progress: Progress) -> None:
        self.progress = progress
        self._take_new()
        self.changed.emit()

    def _take_new(self) -> None:
        while self._new:
            seen = self._new.popleft()
            (self.left_out if seen.reason else self.usable).append(seen)

    @Slot(object)
    def _settle(self, outcome: Outcome) -> None:
        self._job = None
        self._take_new()
        match outcome:
            case Failed(error):
                self.failure = notices.about_error(error)
            case Done():
                pass
            case _:
                pass  # stopped because the window closes
        self.changed.emit()


def _look(folder: Path, low: Path | None, scale: int, exclude: tuple[str, ...], seen: "deque[Seen]") -> Task[None]:
    """Put every picture of the folder into `seen`."""
    from sr_desktop.training import scan

    yield Progress(0, 0)
    candidates, alone = scan.find(folder, low, scale, exclude)
    seen.extend(Seen(item.path, reason=item.reason, kind=item.kind) for item in alone)
    sieve = scan.Sieve(scale, patch=1)  # only what is too small for any goal; the rest depends on the scale
    shown = 0
    for number, candidate in enumerate(candidates, start=1):
        found = sieve.sift(candidate)
        if isinstance(found, scan.LeftOut):
            seen.append(Seen(found.path, reason=found.reason, kind=found.kind))
        else:
            shown += 1
            thumbnail = (yield from _thumbnail(found.high)) if shown <= MOST_THUMBNAILS else None
            seen.append(Seen(found.path, found.high.width, found.high.height, thumbnail))
        yield Progress(number, len(candidates))


def _thumbnail(raster: "Raster") -> "Task[Bytes]":
    from sr_desktop.services.pictures import pyramid

    picture = yield from pyramid.build(raster)
    return picture.thumbnail.copy()
