"""Long work on one other thread: jobs, how they end, and the runner that takes the most urgent one further.

A job is a generator (see `sr_desktop.progress`). The runner's thread advances one job by one step, then looks again which
is the most urgent: saving need not wait for the picture behind it, and there is never more than one at the processor.
Only values cross the threads; every signal is emitted, and every job settles, in the thread that made it.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, TypeAlias

from PySide6.QtCore import QObject, Signal, Slot

from sr_desktop.progress import Progress, Task

log = logging.getLogger(__name__)

REPORT_INTERVAL_S = 0.05
"""More than 20 reports a second tell nobody anything and cost the event loop time."""


@dataclass(frozen=True, slots=True)
class Done:
    """The job returned."""

    result: Any


@dataclass(frozen=True, slots=True)
class Failed:
    """The job raised."""

    error: Exception


@dataclass(frozen=True, slots=True)
class Stopped:
    """Someone stopped the job; whatever it still does is dropped."""


Outcome: TypeAlias = Done | Failed | Stopped


class Urgency(IntEnum):
    """Who goes first; of equals, whoever came first."""

    ASKED = 0
    """A person waits for just this: save, copy."""
    SHOWN = 1
    """The picture on screen."""
    GLANCE = 2
    """Thumbnails, and loading what will be needed."""
    IN_LINE = 3
    """Pictures that nobody looks at yet."""


class Job(QObject):
    """One piece of long work; connect first, start second.

    Signals:
        progressed: A `Progress`, at most 20 times a second; the last one always comes.
        settled: An `Outcome`, exactly once.

    Args:
        begin: Makes the task; called in the runner's thread.
        urgency: Who goes first.
    """

    progressed = Signal(object)
    settled = Signal(object)

    def __init__(self, begin: Callable[[], Task[Any]], urgency: Urgency = Urgency.SHOWN) -> None:
        super().__init__()
        self.work = Work(begin, urgency)
        self.outcome: Outcome | None = None

    def stop(self) -> None:
        """Settle as stopped, now; the thread lets go of the work at its next step, or at the end of a codec call."""
        self.work.stopped = True
        self.settle(Stopped())

    def settle(self, outcome: Outcome) -> None:
        """Take the first outcome; later ones come too late."""
        if self.outcome is None:
            self.outcome = outcome
            self.settled.emit(outcome)

    def report(self, progress: Progress) -> None:
        """Pass a progress on, unless the job has settled."""
        if self.outcome is None:
            self.progressed.emit(progress)


@dataclass(slots=True, eq=False)
class Work:
    """The part of a job that the runner's thread touches: no QObject, so that none is ever destroyed there.

    Attributes:
        begin: Makes the task.
        urgency: Who goes first; may be changed at any time.
        stopped: Set from outside; looked at before every step.
        number: The runner's number for it, from 1 on.
        task: The task once it has begun.
        unsent: The latest progress, if it was not sent.
        sent_at: When a progress was last sent.
    """

    begin: Callable[[], Task[Any]]
    urgency: Urgency
    stopped: bool = False
    number: int = 0
    task: Task[Any] | None = None
    unsent: Progress | None = None
    sent_at: float = field(default=0.0)


class _Worker(QObject):
    """Takes works further, step by step, in a thread of its own; belongs to the thread that made it.

    Signals:
        reported: Number of a work, `Progress`.
        ended: Number of a work, `Outcome`.
    """

    reported = Signal(int, object)
    ended = Signal(int, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._works: list[Work] = []
        self._changed = threading.Condition()
        self._closing = False
        # Should the program end without closing the runner, the thread must not keep it from ending.
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def add(self, work: Work) -> None:
        with self._changed:
            self._works.append(work)
            self._changed.notify()
        if self._thread.ident is None:
            self._thread.start()

    def close(self) -> None:
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join()

    def _run(self) -> None:
        while self._go_on():
            pass

    def _go_on(self) -> bool:
        """Take the most urgent work a step further; nothing of it is held on to while the thread waits for the next."""
        work = self._most_urgent()
        if work is None:
            return False
        outcome = self._step(work)
        if outcome is not None:
            self._works_without(work)
            if work.unsent is not None:
                self.reported.emit(work.number, work.unsent)
            self.ended.emit(work.number, outcome)
        return True

    def _most_urgent(self) -> Work | None:
        """Wait for a work; None once closed and everything has ended."""
        with self._changed:
            while not self._works and not self._closing:
                self._changed.wait()
            return min(self._works, key=_turn, default=None)

    def _works_without(self, work: Work) -> None:
        with self._changed:
            self._works.remove(work)

    def _step(self, work: Work) -> Outcome | None:
        """Take a work one step further, or let go of it if it was stopped."""
        try:
            if work.stopped:
                if work.task is not None:
                    work.task.close()
                return Stopped()
            if work.task is None:
                work.task = work.begin()
            self._report(work, next(work.task))
        except StopIteration as finished:
            return Done(finished.value)
        except Exception as error:  # noqa: BLE001  (the top of the thread: whatever happened, the job settles)
            return Failed(error)
        return None

    def _report(self, work: Work, progress: Progress) -> None:
        now = time.monotonic()
        if now - work.sent_at < REPORT_INTERVAL_S:
            work.unsent = progress
            return
        work.unsent, work.sent_at = None, now
        self.reported.emit(work.number, progress)


def _turn(work: Work) -> tuple[bool, int, int]:
    """Sort what only has to be let go of first, then by urgency, then by age."""
    return not work.stopped, work.urgency, work.number


class Runner(QObject):
    """One thread for all jobs."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: dict[int, Job] = {}
        self._last = 0
        self._worker = _Worker(self)
        # Emitted in the worker's thread, received in this one: queued.
        self._worker.reported.connect(self._pass_on)
        self._worker.ended.connect(self._settle)

    @property
    def is_busy(self) -> bool:
        """Whether any job has not ended yet, stopped ones included."""
        return bool(self._jobs)

    def start(self, job: Job) -> None:
        """Put a job in line; it is kept alive until it has ended."""
        self._last += 1
        job.work.number = self._last
        self._jobs[self._last] = job
        self._worker.add(job.work)

    def close(self) -> None:
        """Stop every job and wait for the thread; a codec call under way is waited for."""
        for job in list(self._jobs.values()):
            job.stop()
        self._worker.close()

    @Slot(int, object)
    def _pass_on(self, number: int, progress: Progress) -> None:
        self._jobs[number].report(progress)

    @Slot(int, object)
    def _settle(self, number: int, outcome: Outcome) -> None:
        self._jobs.pop(number).settle(outcome)
