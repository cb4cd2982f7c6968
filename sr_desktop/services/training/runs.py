"""The runs of this window: one trains at a time, others wait their turn, and those left without an end are found again."""

import dataclasses
import datetime
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from sr_desktop import paths
from sr_desktop.errors import TrainingError, UserError
from sr_desktop.library import own
from sr_desktop.progress import Progress, Task
from sr_desktop.runs import events
from sr_desktop.runs.folder import RunFolder, find_runs
from sr_desktop.runs.run_lock import is_claimed
from sr_desktop.runs.spec import RunSpec
from sr_desktop.services.jobs import Done, Failed, Job, Outcome, Runner, Urgency
from sr_desktop.services.training.remedies import FROM_BEST
from sr_desktop.services.training.run import Run, State
from sr_desktop.system import atomic_write

if TYPE_CHECKING:
    from sr_desktop.services.training.curves import Story

DRAFT = ".draft"
"""Folder among the runs in which the pictures of a draft are prepared; it becomes a run by being renamed."""

PREPARED_FROM = ("pictures", "low", "exclude", "scale", "patch", "degrade", "rescale", "seed", "held_out")
"""Fields of a spec that decide what the prepared pictures are."""

_TAIL_BYTES = 65536
"""What is read of the end of a run's events to see whether it has one."""


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run as it lies in the usual place.

    Attributes:
        folder: The run.
        name: What its model is called.
        step: How far it came.
        is_running: Whether a process is at it now.
        reason: Why it ended: `finished`, `stopped` or `failed`; empty if it has no end.
        asked_at: When it was asked for, as a time stamp.
    """

    folder: RunFolder
    name: str
    step: int
    is_running: bool
    reason: str
    asked_at: float


class Training(QObject):
    """All runs that this window has to do with.

    Signals:
        changed: The runs, their order, or what is unfinished.
        learned: A model was written: `Run`.
        opened: A log has been read: `Run`.
        refused: A log can't be read: the `UserError`, or what else went wrong.
        ended: A run is over, whatever came of it: `Run`.

    Args:
        runner: Looks for unfinished runs, and reads stories.
    """

    changed = Signal()
    learned = Signal(object)
    opened = Signal(object)
    refused = Signal(object)
    ended = Signal(object)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.runs: list[Run] = []
        self.past: tuple[PastRun, ...] = ()
        self.unfinished: tuple[PastRun, ...] = ()
        self._runner = runner
        self._looking: Job | None = None

    @property
    def current(self) -> Run | None:
        """The run that is at work."""
        return next((run for run in self.runs if run.is_at_work), None)

    @property
    def ours(self) -> Run | None:
        """The run that would end with this program."""
        return next((run for run in self.runs if run.is_ours), None)

    @property
    def waiting(self) -> list[Run]:
        """Runs in line, the next first."""
        return [run for run in self.runs if run.state is State.WAITING]

    def look(self) -> None:
        """Look for the runs there are, in the background."""
        self._looking = Job(_find_past, Urgency.IN_LINE)
        self._looking.settled.connect(self._take_past)
        self._runner.start(self._looking)

    def begin(self, spec: RunSpec) -> Run:
        """Make a run, and start it or let it wait for its turn; a draft's prepared pictures go into it.

        Raises:
            TrainingError: Its folder can't be made.
        """
        folder = RunFolder(_new_path(spec))
        draft = RunFolder(paths.runs() / DRAFT)
        try:
            paths.runs().mkdir(parents=True, exist_ok=True)
            if serves(draft, spec):
                draft.path.rename(folder.path)
                folder.events_file.unlink(missing_ok=True)  # they tell of the trial
            folder.create(spec)
        except OSError as error:
            raise TrainingError(f"The run can't be kept in {folder.path}: {error.strerror}.") from error
        return self._enter(folder)

    def restart(self, run: Run, spec: RunSpec) -> Run:
        """Let a new run take the place of one, whose folder goes; prepared pictures and, if asked for, weights go over.

        A run that is finished stays, and so does its model: the new one gets a name of its own.

        Args:
            run: What is ended and removed.
            spec: Of the new run; a start of `FROM_BEST` stands for the best weights so far.

        Raises:
            TrainingError: The new run's folder can't be made.
            ModelError: The new model can't have a name like the old one's.
        """
        stays = run.state is State.FINISHED
        if stays:
            spec = dataclasses.replace(spec, output=str(own.path_for(own.free_name(run.name))))
        folder = RunFolder(_new_path(spec))
        run.kill()
        try:
            folder.path.mkdir(parents=True)
            if spec.start == FROM_BEST:
                start = folder.path / "start.safetensors"
                atomic_write.write_whole(start, run.folder.best_file.read_bytes())
                spec = dataclasses.replace(spec, start=str(start))
            if serves(run.folder, spec):
                run.folder.cache.rename(folder.cache)
            folder.create(spec)
        except OSError as error:
            raise TrainingError(f"The run can't be kept in {folder.path}: {error.strerror}.") from error
        if not stays:
            self._remove(run)
        return self._enter(folder)

    def resume(self, folder: RunFolder) -> Run:
        """Go on with a run that was left, stopped or has failed, now or when it is its turn.

        Raises:
            UserError: What it was asked can't be read.
        """
        self.unfinished = tuple(item for item in self.unfinished if item.folder != folder)
        known = next((run for run in self.runs if run.folder == folder), None)
        if known is None:
            return self._enter(folder)
        self._take_turn(known)
        return known

    def watch(self, folder: RunFolder) -> Run:
        """Look on at a run that another process is at, or that is over.

        Raises:
            UserError: What it was asked can't be read.
        """
        known = next((run for run in self.runs if run.folder == folder), None)
        if known is not None:
            return known
        run = self._added(folder)
        run.open()
        self.changed.emit()
        return run

    def open(self, path: Path) -> None:
        """Look at a run by its folder or a file in it, or at a log; `opened` or `refused` follows, perhaps at once."""
        folder = path if path.is_dir() else path.parent
        if RunFolder(folder).exists and path.name in (folder.name, "run.toml", "events.jsonl"):
            try:
                self.opened.emit(self.watch(RunFolder(folder)))
            except UserError as error:
                self.refused.emit(error)
            return
        job = Job(lambda: _read_log(path), Urgency.ASKED)
        job.settled.connect(lambda outcome: self._take_log(path, outcome))
        self._runner.start(job)

    def _take_log(self, path: Path, outcome: Outcome) -> None:
        match outcome:
            case Done(story):
                from sr_desktop.services.training.logged_run import LoggedRun

                before = [run for run in self.runs if run.folder.path == path]  # it may have grown meanwhile
                run = LoggedRun(path, story, self._runner, self)
                run.changed.connect(self.changed)
                self.runs.append(run)
                for old in before:
                    self._remove(old)
                self.changed.emit()
                self.opened.emit(run)
            case Failed(error):
                self.refused.emit(error)
            case _:
                pass  # stopped because the window closes

    def discard(self, run: Run) -> None:
        """End a run and remove all it learned."""
        self._remove(run)
        self._advance()
        self.changed.emit()

    def _remove(self, run: Run) -> None:
        self.runs.remove(run)
        run.changed.disconnect(self.changed)
        run.discard()
        run.deleteLater()

    def forget(self, item: PastRun) -> None:
        """Remove an unfinished run's folder."""
        self.unfinished = tuple(other for other in self.unfinished if other != item)
        shutil.rmtree(item.folder.path, ignore_errors=True)
        self.changed.emit()

    def detach(self) -> None:
        """Let the run that is at work go on without this program."""
        if self.ours is not None:
            self.ours.detach()

    def close(self) -> None:
        """Look at nothing any more; a child that was not let go stops by itself when its input ends."""
        if self._looking is not None:
            self._looking.stop()
        for run in self.runs:
            run.close()

    def _enter(self, folder: RunFolder) -> Run:
        run = self._added(folder)
        self._take_turn(run)
        return run

    def _added(self, folder: RunFolder) -> Run:
        run = Run(folder, self._runner, self)
        run.changed.connect(self.changed)
        run.ended.connect(self._follow)
        self.runs.append(run)
        return run

    def _take_turn(self, run: Run) -> None:
        if self.current is None:
            run.start()
        else:
            run.wait()
        self.changed.emit()

    @Slot()
    def _follow(self) -> None:
        run = self.sender()
        assert isinstance(run, Run)
        end = run.story.end if run.story is not None else None
        if end is not None and end.get("output"):
            self.learned.emit(run)
        self.ended.emit(run)
        self._advance()

    def _advance(self) -> None:
        """Start the next in line when nothing is at work."""
        if self.current is None and self.waiting:
            self.waiting[0].start()
            self.changed.emit()

    @Slot(object)
    def _take_past(self, outcome: Outcome) -> None:
        self._looking = None
        if not isinstance(outcome, Done):
            return
        self.past = outcome.result
        known = {run.folder for run in self.runs}
        open_runs = (item for item in self.past if item.is_running or not item.reason)
        self.unfinished = tuple(item for item in open_runs if item.folder not in known)
        self.changed.emit()


def serves(draft: RunFolder, spec: RunSpec) -> bool:
    """Tell whether the pictures that a draft has prepared are those that a spec needs."""
    if not (draft.exists and (draft.cache / "index.json").exists()):
        return False
    try:
        before = draft.spec()
    except UserError:
        return False  # made by another version
    return all(getattr(before, name) == getattr(spec, name) for name in PREPARED_FROM)


def _new_path(spec: RunSpec) -> Path:
    stamp = datetime.datetime.now().strftime("%Y-%m-%d %H.%M.%S")
    path = paths.runs() / f"{stamp} {Path(spec.output).stem}"
    number = 1
    while path.exists():
        number += 1
        path = path.with_name(f"{stamp} {Path(spec.output).stem} {number}")
    return path


def _read_log(path: Path) -> "Task[Story]":
    from sr_desktop.services.training import curves as run_curves  # here: numpy is not loaded with the window

    return run_curves.read_log(path)


def _find_past() -> Task[tuple[PastRun, ...]]:
    """Return the runs in the usual place, newest first."""
    found = []
    for folder in find_runs(paths.runs()):
        yield Progress(0, 1)
        try:
            spec = folder.spec()
        except UserError:
            continue  # `sr-desktop runs list` names it; there is nothing to offer here
        last = _last_event(folder)
        step = int(last["step"]) if last is not None else 0
        reason = str(last.get("reason", "")) if last is not None and last["event"] == "end" else ""
        asked_at = folder.spec_file.stat().st_mtime
        found.append(PastRun(folder, Path(spec.output).stem, step, is_claimed(folder), reason, asked_at))
    return tuple(found)


def _last_event(folder: RunFolder) -> events.Event | None:
    """Return the last whole event of a run, from the end of its file."""
    try:
        with folder.events_file.open("rb") as file:
            file.seek(0, 2)
            file.seek(max(0, file.tell() - _TAIL_BYTES))
            lines = file.read().decode("utf-8", "replace").splitlines()
    except OSError:
        return None
    return next(_events(reversed(lines)), None)


def _events(lines: Iterator[str]) -> Iterator[events.Event]:
    return (event for line in lines if (event := events.from_line(line)) is not None)
