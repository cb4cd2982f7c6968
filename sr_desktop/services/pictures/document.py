"""One picture on its way: from the file over the network to the result and its copies.

What reads, shows and writes pictures takes long to import, so the jobs do that.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from PySide6.QtCore import QObject, Signal, Slot

from sr_desktop.engine.targets import Plan
from sr_desktop.errors import DamagedImageError, UserError
from sr_desktop.progress import Progress, Task
from sr_desktop.services import notices
from sr_desktop.services.jobs import Done, Failed, Job, Outcome, Runner, Stopped, Urgency
from sr_desktop.services.notices import Kind, Notice
from sr_desktop.services.pictures import result_names
from sr_desktop.services.pictures import upscaler as picture_upscaler
from sr_desktop.services.pictures.upscaler import Options, Upscaled, Upscaler
from sr_desktop.system import file_names

if TYPE_CHECKING:
    from sr_desktop.imaging.raster import Raster
    from sr_desktop.imaging.writing.compatibility import Written
    from sr_desktop.services.pictures.picture import Picture
    from sr_desktop.services.pictures.pyramid import Bytes


PACE_SECONDS = 0.4
"""How long a job must have been under way before its pace says anything."""


class State(Enum):
    """Where a picture is on its way."""

    EMPTY = auto()
    """Not read, and nobody waits for it: new, or stopped while it was read."""
    WAITING = auto()
    """In line."""
    OPENING = auto()
    READY = auto()
    """Read; not upscaled, or stopped."""
    UPSCALING = auto()
    DONE = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class Result:
    """A result that was made before.

    Attributes:
        path: Its file.
        options: What it was made with.
        seconds: How long that took; 0 if nobody knows.
    """

    path: Path
    options: Options
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """Where a picture comes from; equal to itself only.

    Attributes:
        name: What to call it.
        path: Its file, if it has one.
        raster: Its samples, if it has no file.
        is_ours: Whether the file came with the program, so that nothing is to be saved beside it.
        result: Is shown for the options it was made with, rather than made again.
    """

    name: str
    path: Path | None = None
    raster: "Raster | None" = None
    is_ours: bool = False
    result: Result | None = None

    @classmethod
    def file(cls, path: Path) -> "Source":
        """Return a file as a source."""
        return cls(file_names.shown(path), path)


class Document(QObject):
    """A picture, its result, and the job that is at it.

    At most one job reads or upscales; starting another one stops it first. Saving goes beside it.

    Signals:
        changed: The state or anything shown with it.
        progressed: `Progress` of the job that reads or upscales.
        saved: Path of a file that was written for the person, and what became of the picture in it (`Written`).
        noticed: `Notice` about something beside the way to the result: a save that failed, a device that did.
    """

    changed = Signal()
    progressed = Signal(object)
    saved = Signal(object, object)
    noticed = Signal(object)

    def __init__(self, source: Source, runner: Runner, upscaler: Upscaler, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.source = source
        self.state = State.EMPTY
        self.before: Picture | None = None
        self.after: Upscaled | None = None
        self.thumbnail: Bytes | None = None
        self.failure: Notice | None = None
        self.options: Options | None = None
        self.plan: Plan | None = None
        self.saved_as: Path | None = None
        self.written: Written | None = None
        self.progress = Progress(0, 1)
        self.can_be_salvaged = False
        self._salvages = False
        self._first_progress: tuple[float, float] | None = None
        self._runner = runner
        self._upscaler = upscaler
        self._job: Job | None = None
        self._beside: set[Job] = set()
        self._urgency = Urgency.IN_LINE

    @property
    def is_busy(self) -> bool:
        """Whether it is read or upscaled now."""
        return self.state in (State.OPENING, State.UPSCALING)

    @property
    def is_saving(self) -> bool:
        """Whether a copy is being written."""
        return bool(self._beside)

    @property
    def has_unsaved_result(self) -> bool:
        """Whether there is a result that no file of the person's holds."""
        return self.after is not None and self.saved_as is None

    @property
    def suggested_name(self) -> str:
        """A file name for the result; empty while there is none."""
        if self.after is None or self.plan is None:
            return ""
        source = self.source.path or Path(self.source.name)
        return result_names.suggested_name(source.stem, source.suffix, self.after.options.target, self.plan)

    def is_current(self, options: Options) -> bool:
        """Tell whether the result is what these options ask for."""
        return self.after is not None and self.after.options == options

    def time_left(self) -> float | None:
        """Return the seconds that the job still takes at its pace so far, once there is a pace."""
        if self._first_progress is None:
            return None
        started, fraction = self._first_progress
        passed, done = time.monotonic() - started, self.progress.fraction - fraction
        if passed < PACE_SECONDS or done <= 0:
            return None
        return passed / done * (1 - self.progress.fraction)

    def wait(self, options: Options) -> None:
        """Stand in line, to be upscaled with these options."""
        self.stop()
        self.options = options
        self._become(State.WAITING)

    def glance(self, urgency: Urgency = Urgency.GLANCE) -> None:
        """Fetch a thumbnail while the picture waits."""
        path = self.source.path
        if path is not None and self.thumbnail is None:
            self._start_beside(Job(lambda: _glance(path), urgency), self._take_thumbnail)

    def upscale(self, options: Options, urgency: Urgency = Urgency.SHOWN) -> None:
        """Upscale, and read first if that has not been done; what was under way is dropped."""
        self._drop_job()
        self.options, self.failure, self._urgency = options, None, urgency
        if self.before is None:
            source, salvages = self.source, self._salvages
            self._start(State.OPENING, lambda: _read(source, salvage=salvages), self._take_picture)
            return
        self.after, self.saved_as, self.written = None, None, None
        raster = self.before.raster
        try:
            self.plan = picture_upscaler.plan(options, height=raster.height, width=raster.width)
        except UserError as error:
            self._fail(error)
            return
        known = self.source.result
        if known is not None and known.options == options:
            self._start(State.UPSCALING, lambda: _reread(known), self._take_known)
            return
        self._start(State.UPSCALING, lambda: self._upscaler.upscale(raster, options), self._take_result)

    def salvage(self) -> None:
        """Read what is left of a damaged file, and upscale that."""
        assert self.options is not None  # it has failed, so it was asked for
        self._salvages = True
        self.upscale(self.options)

    def hurry(self, urgency: Urgency) -> None:
        """Change who goes first."""
        self._urgency = urgency
        if self._job is not None:
            self._job.work.urgency = urgency

    def stop(self) -> None:
        """Stop reading or upscaling, or leave the line."""
        self._drop_job()
        if self.state in (State.OPENING, State.UPSCALING, State.WAITING):
            self._become(State.EMPTY if self.before is None else State.READY)

    def close(self) -> None:
        """Stop everything, copies under way included."""
        self._drop_job()
        for job in list(self._beside):
            job.stop()

    def save(self, path: Path, *, overwrite: bool) -> None:
        """Write the result to a file; `saved` or `noticed` follows."""
        if self.after is None:
            return
        result, raster = self.after, self.after.picture.raster

        def finish(outcome: Outcome) -> None:
            if isinstance(outcome, Done) and self.after is result:
                self.saved_as, self.written = path, outcome.result
            self._tell(outcome, path)

        self._start_beside(Job(lambda: _written(raster, path, overwrite), Urgency.ASKED), finish)
        self.changed.emit()

    def copy_to(self, path: Path, finish: Callable[[bool], None]) -> None:
        """Write a copy of the result for another program; `finish` is told whether that worked."""
        if self.after is None:
            return
        raster = self.after.picture.raster

        def report(outcome: Outcome) -> None:
            if isinstance(outcome, Failed):
                self.noticed.emit(notices.about_error(outcome.error))
            finish(isinstance(outcome, Done))

        self._start_beside(Job(lambda: _written(raster, path, True), Urgency.ASKED), report)

    def _become(self, state: State) -> None:
        self.state = state
        self.changed.emit()

    def _start(self, state: State, begin: Callable[[], Task[Any]], take: Callable[[Any], None]) -> None:
        self._job = Job(begin, self._urgency)
        self._take = take
        self.progress, self._first_progress = Progress(0, 1), None
        self._job.progressed.connect(self._show_progress)
        self._job.settled.connect(self._settle)
        self._runner.start(self._job)
        self._become(state)  # last: whoever hears of it may stop the job at once

    def _drop_job(self) -> None:
        if self._job is not None:
            job, self._job = self._job, None
            job.progressed.disconnect(self._show_progress)
            job.settled.disconnect(self._settle)
            job.stop()

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        self.progress = progress
        if self._first_progress is None and progress.done:
            self._first_progress = time.monotonic(), progress.fraction
        self.progressed.emit(progress)

    @Slot(object)
    def _settle(self, outcome: Outcome) -> None:
        self._job = None
        match outcome:
            case Done(result):
                self._take(result)
            case Failed(error):
                self._fail(error)
            case Stopped():
                self._become(State.EMPTY if self.before is None else State.READY)
            case _:
                assert_never(outcome)

    def _fail(self, error: Exception) -> None:
        self.failure = notices.about_error(error)
        self.can_be_salvaged = isinstance(error, DamagedImageError) and not self._salvages
        self._become(State.FAILED)

    def _take_picture(self, picture: "Picture") -> None:
        self.before = picture
        self.thumbnail = picture.pyramid.thumbnail
        self.state = State.READY
        assert self.options is not None
        self.upscale(self.options, self._urgency)

    def _take_result(self, result: Upscaled) -> None:
        self.after = result
        self._become(State.DONE)
        if result.notes:
            self.noticed.emit(Notice(Kind.NOTE, self.source.name, " ".join(result.notes)))

    def _take_known(self, result: Upscaled) -> None:
        assert self.source.result is not None
        self.saved_as = self.source.result.path
        self._take_result(result)

    def _start_beside(self, job: Job, finish: Callable[[Outcome], None]) -> None:
        self._beside.add(job)

        def settle(outcome: Outcome) -> None:
            self._beside.discard(job)
            finish(outcome)
            self.changed.emit()

        job.settled.connect(settle)
        self._runner.start(job)

    def _take_thumbnail(self, outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            self.thumbnail = outcome.result
        elif isinstance(outcome, Failed) and self.state is State.WAITING:
            self._fail(outcome.error)

    def _tell(self, outcome: Outcome, path: Path) -> None:
        match outcome:
            case Done(written):
                self.saved.emit(path, written)
            case Failed(error):
                self.noticed.emit(notices.about_error(error))
            case Stopped():
                pass  # whoever stopped it knows
            case _:
                assert_never(outcome)


def _read(source: Source, *, salvage: bool) -> "Task[Picture]":
    from sr_desktop.services.pictures import picture as picture_values

    if source.raster is not None:
        return picture_values.prepared(source.raster)
    assert source.path is not None
    return picture_values.read(source.path, salvage=salvage)


def _reread(known: Result) -> Task[Upscaled]:
    from sr_desktop.services.pictures import picture as picture_values

    picture = yield from picture_values.read(known.path)
    return Upscaled(picture, known.options, known.path.name, "", known.seconds)


def _glance(path: Path) -> "Task[Bytes]":
    from sr_desktop.services.pictures import picture as picture_values

    return picture_values.glance(path)


def _written(raster: "Raster", path: Path, overwrite: bool) -> "Task[Written]":
    """Write a picture in one step: a codec can't be stopped in the middle."""
    from sr_desktop.imaging.writing import writer

    yield Progress(0, 1)
    return writer.write(raster, path, overwrite=overwrite)
