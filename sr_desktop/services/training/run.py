"""One training run as the window has it: what its folder tells, read on as it grows, and the process that is at it."""

import shutil
import time
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sr_desktop.errors import UserError
from sr_desktop.progress import Progress, Task
from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.run_lock import is_claimed
from sr_desktop.runs.spec import RunSpec, completed
from sr_desktop.services import notices
from sr_desktop.services.jobs import Done, Failed, Job, Outcome, Runner, Urgency
from sr_desktop.services.notices import Kind, Notice, Notices
from sr_desktop.services.training.process import RunProcess

if TYPE_CHECKING:
    from sr_desktop.services.training.curves import Story

LOOK_EVERY_MS = 250
"""How often the folder is looked at, and so how often anything is drawn anew at most."""

CLAIM_EVERY_S = 1.0


class State(Enum):
    """Where a run is."""

    WAITING = auto()
    """In line."""
    STARTING = auto()
    READING = auto()
    """Pictures are being decoded."""
    TRAINING = auto()
    STOPPING = auto()
    FINISHED = auto()
    STOPPED = auto()
    """Stopped in good order: what was learned is kept, and it can go on."""
    FAILED = auto()
    LEFT = auto()
    """Nobody is at it, and it did not end."""
    LOGGED = auto()
    """Known from a log only."""


AT_WORK = frozenset({State.STARTING, State.READING, State.TRAINING, State.STOPPING})


class Run(QObject):
    """A run and what is known of it; make it for any folder of a run, then `open` it.

    Signals:
        changed: Anything that is shown is different, at most four times a second.
        ended: Nobody is at it any more.

    Args:
        folder: The run.
        runner: Reads its story so far.
        spec: What it was asked, if that is known already.

    Raises:
        UserError: What it was asked can't be read.
    """

    changed = Signal()
    ended = Signal()

    def __init__(
        self, folder: RunFolder, runner: Runner, parent: QObject | None = None, *, spec: RunSpec | None = None
    ) -> None:
        super().__init__(parent)
        self.folder = folder
        self.spec: RunSpec = completed(spec if spec is not None else folder.spec())
        self.story: Story | None = None
        self.failure: Notice | None = None
        self.ignored: set[str] = set()
        self._runner = runner
        self._process = RunProcess(folder, self)
        self._process.ended.connect(self._end)
        self._position = 0
        self._reading: Job | None = None
        self._is_waiting = False
        self._is_stopping = False
        self._is_claimed = False
        self._claim_looked_at = 0.0
        self._sittings_before = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    @property
    def name(self) -> str:
        """What the model of the run is called."""
        return Path(self.spec.output).stem

    @property
    def state(self) -> State:
        """Where it is now."""
        if self.is_at_work:
            if self._is_stopping:
                return State.STOPPING
            if self.story is None or self.story.sittings <= self._sittings_before:
                return State.READING if self.story is not None and self.story.is_reading else State.STARTING
            return State.TRAINING
        if self._is_waiting:
            return State.WAITING
        reason = self.story.end.get("reason") if self.story is not None and self.story.end is not None else ""
        if self.failure is not None or reason == "failed":
            return State.FAILED
        return {"finished": State.FINISHED, "stopped": State.STOPPED}.get(str(reason), State.LEFT)

    @property
    def fraction(self) -> float | None:
        """How much of what is going on is done; None if that can't be told."""
        story = self.story
        if story is None:
            return None
        if self.state is State.READING and story.prepared.total:
            return story.prepared.fraction
        if self.state is not State.TRAINING:
            return None
        done, whole = (story.step, self.spec.steps) if self.spec.steps else (story.time_s, self.spec.minutes * 60)
        return min(1.0, done / whole)

    @property
    def is_at_work(self) -> bool:
        """Whether a process is at it, ours or another."""
        return self._process.is_alive or self._is_claimed

    @property
    def is_ours(self) -> bool:
        """Whether the process ends with this program unless it is let go."""
        return self._process.is_alive

    @property
    def pid(self) -> int:
        """The number of our process; 0 if there is none."""
        return self._process.pid

    def open(self) -> None:
        """Read what happened so far; from then on whatever is new, while someone is at it."""
        self._is_claimed = is_claimed(self.folder)
        self._read()

    def wait(self) -> None:
        """Stand in line."""
        self._is_waiting = True
        self.changed.emit()

    def start(self) -> None:
        """Start it, or go on from its last checkpoint."""
        self._is_waiting = self._is_stopping = False
        self.failure = None
        self._process.start()
        self._sittings_before = self.story.sittings if self.story is not None else 0
        self._read()  # anew: what came after the last checkpoint will happen again
        self.changed.emit()

    def stop(self) -> None:
        """Ask for an end; what was learned is kept. `ended` follows."""
        self._is_waiting = False
        if not self.is_at_work:
            self.changed.emit()
            return
        self._is_stopping = True
        if self._process.is_alive:
            self._process.stop()
        else:
            self.folder.stop_file.touch()
        self.changed.emit()

    def discard(self) -> None:
        """End it and remove its folder; nothing is kept."""
        self.kill()
        shutil.rmtree(self.folder.path, ignore_errors=True)

    def kill(self) -> None:
        """End it at once, without a word to whoever listens."""
        self.close()
        self._process.blockSignals(True)
        self._process.kill()
        self._process.wait()

    def detach(self) -> None:
        """Let it go on without this program."""
        self._process.detach()

    def close(self) -> None:
        """Look at it no more."""
        self._timer.stop()
        self._drop_reading()

    def notice(self) -> Notice | None:
        """Return what went wrong, if anything did."""
        if self.failure is not None:
            return self.failure
        end = self.story.end if self.story is not None else None
        error = end.get("error") if end is not None and end.get("reason") == "failed" else None
        return Notice(Kind.ERROR, str(error["title"]), str(error["hint"])) if error else None

    def write_table(self, path: Path, say: Notices) -> None:
        """Write the loss of every step and all checks as CSV, in the background; what goes wrong is said."""
        job = Job(lambda: _table(self.folder, path), Urgency.ASKED)
        job.settled.connect(lambda outcome: say.report(outcome.error) if isinstance(outcome, Failed) else None)
        self._runner.start(job)

    def _read(self) -> None:
        self._drop_reading()
        folder = self.folder
        self._reading = Job(lambda: _story(folder), Urgency.ASKED)
        self._reading.settled.connect(self._take_story)
        self._runner.start(self._reading)

    def _drop_reading(self) -> None:
        if self._reading is not None:
            job, self._reading = self._reading, None
            job.settled.disconnect(self._take_story)
            job.stop()

    @Slot(object)
    def _take_story(self, outcome: Outcome) -> None:
        self._reading = None
        match outcome:
            case Done((story, position)):
                self.story, self._position = story, position
            case Failed(error):
                self.failure = notices.about_error(error)
            case _:
                pass
        if self.is_at_work:
            self._timer.start()
        self.changed.emit()

    @Slot()
    def _look(self) -> None:
        """Read what is new, and see whether someone is still at it."""
        if not self._process.is_alive and time.monotonic() - self._claim_looked_at > CLAIM_EVERY_S:
            self._claim_looked_at = time.monotonic()
            was, self._is_claimed = self._is_claimed, is_claimed(self.folder)
            if was and not self._is_claimed:
                self._end()
                return
        if self._read_on():
            self.changed.emit()

    def _read_on(self) -> bool:
        """Take in the events that are new and tell whether there were any; a file that was cut is read anew."""
        from sr_desktop.services.training import curves as run_curves

        if self.story is None or self._reading is not None:
            return False
        try:
            length = self.folder.events_file.stat().st_size
        except OSError:
            return False
        if length < self._position:
            self._read()
            return False
        before = self._position
        for event, position in run_curves.events_after(self.folder.events_file, self._position):
            if event["event"] != "notice" and event["step"] < self.story.step:  # cut and grown again meanwhile
                self._read()
                return False
            self.story.feed(event)
            self._position = position
        return self._position > before

    @Slot()
    def _end(self) -> None:
        """Take in the last events; nobody is at it any more."""
        self._timer.stop()
        self._read_on()
        self._is_stopping = self._is_claimed = False
        self.failure = self._process.failure
        self.changed.emit()
        self.ended.emit()


def _story(folder: RunFolder) -> "Task[tuple[Story, int]]":
    from sr_desktop.services.training import curves as run_curves  # here: numpy is not loaded with the window

    return run_curves.read(folder)


def _table(folder: RunFolder, path: Path) -> Task[None]:
    from sr_desktop.runs.csv_export import write_csv
    from sr_desktop.runs.sources import events_of

    yield Progress(0, 1)
    events = events_of(folder.path)
    try:
        write_csv(events, path)
    except OSError as error:
        raise UserError(f"{path} can't be written: {error.strerror}.", "Choose another place.") from error


def opened(folder: RunFolder, runner: Runner, parent: QObject | None = None) -> Run | None:
    """Return the run in a folder, being read; None if what it was asked can't be read."""
    try:
        run = Run(folder, runner, parent)
    except UserError:
        return None
    run.open()
    return run
