"""One run of a batch, seen from the event loop: what happens in its thread, its pauses, its pace and its end."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sr_desktop.batch.events import Event, Paused, Resumed
from sr_desktop.services.folder.driver import Driver
from sr_desktop.services.folder.pace import Pace
from sr_desktop.services.folder.planning import Planned
from sr_desktop.services.folder.rows import Row, Tally, tally
from sr_desktop.services.jobs import Job, Outcome, Runner

LISTEN_MS = 50
"""How often what happened is taken from the batch's thread."""

MOST_AT_ONCE = 1000
"""Of these happenings, so that ten thousand files that are done already don't hold up the event loop."""


class BatchRun(QObject):
    """A run; connect first, begin second.

    Signals:
        happened: A list of `Event`s about files, in order.
        changed: It is paused, goes on, or will end.
        settled: The `Outcome`, exactly once, after all that happened.

    Args:
        planned: The batch.
        rows: What of it this run is to do.
        is_trial: Whether it is to try a few files only.
    """

    happened = Signal(object)
    changed = Signal()
    settled = Signal(object)

    def __init__(self, planned: Planned, rows: Sequence[Row], *, is_trial: bool, parent: QObject) -> None:
        super().__init__(parent)
        self.rows = list(rows)
        self.is_trial = is_trial
        self.is_pausing = False
        self.is_ending = False
        self.pause: Paused | None = None
        self._driver = Driver(planned, [row.item for row in rows])
        self._job = Job(self._driver.drive)
        self._job.settled.connect(self._settle)
        self._pace = Pace()
        self._listening = QTimer(self)
        self._listening.setInterval(LISTEN_MS)
        self._listening.timeout.connect(self._listen)

    def begin(self, runner: Runner) -> None:
        """Begin, in a thread that has nothing else to do."""
        self._pace.begin(time.monotonic())
        self._listening.start()
        runner.start(self._job)

    @property
    def tally(self) -> Tally:
        """What its rows come to."""
        return tally(self.rows)

    @property
    def seconds(self) -> float:
        """How long it has been at work, pauses left out."""
        return self._pace.seconds(time.monotonic())

    def time_left(self, share: float) -> float | None:
        """Return the seconds it still takes at its pace so far when this share is done; None while nobody knows."""
        return self._pace.time_left(share, time.monotonic())

    @property
    def unfinished(self) -> set[int]:
        """Numbers of its files that wait or are at work."""
        return {row.item.number for row in self.rows if row.state in ("waiting", "running")}

    def hold(self) -> None:
        """Pause: finish what is at work, then let go of memory and graphics card."""
        self.is_pausing = True
        self._driver.pause()
        self.changed.emit()

    def resume(self) -> None:
        """Go on after a pause; after storage failed, look at it now."""
        self.is_pausing = False
        self._driver.resume()
        self.changed.emit()

    def stop_after_this(self) -> None:
        """Finish what is at work and end."""
        self.is_ending = True
        self._driver.stop_after_this()
        self.changed.emit()

    def stop_now(self) -> None:
        """End at the next tile; nothing half-written is left, and what was at work waits again."""
        self.is_ending = True
        self._driver.stop_now()
        self.changed.emit()

    def joining(self, rows: Sequence[Row]) -> Job:
        """Return a job that lets more rows take part."""
        items = [row.item for row in rows if row.state == "waiting"]
        self.rows += [row for row in rows if row not in self.rows]
        return Job(lambda: self._driver.add(items))

    def remove(self, numbers: Sequence[int]) -> None:
        """Take files out that are not finished; `Removed` events tell when they are."""
        self._driver.remove(numbers)

    def forget(self, row: Row) -> None:
        """Count a row no more."""
        if row in self.rows:
            self.rows.remove(row)

    def close(self) -> None:
        """Stop and say nothing more; whoever closes the runner waits for the thread."""
        self._driver.stop_now()
        self._listening.stop()
        self._job.settled.disconnect(self._settle)

    @Slot()
    def _listen(self) -> None:
        """Take in what happened since the last time."""
        events = self._driver.happened(MOST_AT_ONCE)
        if events:
            self.happened.emit(events)
        for event in events:  # after what happened to files: whoever looks when it is paused sees all of it
            if isinstance(event, Paused | Resumed):
                self._hear_pause(event)

    def _hear_pause(self, event: Event) -> None:
        if isinstance(event, Paused):
            self.pause = event
            self._pace.hold(time.monotonic())
        else:
            self.pause = None
            self._pace.go_on(time.monotonic())
        self.changed.emit()

    @Slot(object)
    def _settle(self, outcome: Outcome) -> None:
        self._listening.stop()
        while self._driver.has_more:
            self._listen()
        self._pace.hold(time.monotonic())
        self.settled.emit(outcome)
