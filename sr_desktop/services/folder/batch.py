"""A batch as the window has it: asked for, planned, run, and tried again, with a row for each file."""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from enum import Enum, auto
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from sr_desktop.batch import report
from sr_desktop.batch.events import Event, Noted, Paused, Removed
from sr_desktop.batch.plan import Plan, PlanItem
from sr_desktop.errors import UsageError
from sr_desktop.progress import Progress, Task
from sr_desktop.services.folder import planning as folder_planning
from sr_desktop.services.folder import request as folder_request
from sr_desktop.services.folder.forecast import Outlook
from sr_desktop.services.folder.planning import Planned
from sr_desktop.services.folder.request import LastBatch, Preset, Wishes
from sr_desktop.services.folder.rows import Row, Rows, Tally, tally
from sr_desktop.services.folder.run import BatchRun
from sr_desktop.services.jobs import Done, Failed, Job, Outcome, Runner, Urgency
from sr_desktop.services.notices import Notices

log = logging.getLogger(__name__)

LOOK_AGAIN_MS = 300
"""After a change of the wishes; someone who types is not done with each key."""


class Phase(Enum):
    """Where a batch is."""

    EMPTY = auto()
    LOOKING = auto()
    """Files are looked for and planned."""
    READY = auto()
    """Planned; perhaps run already."""
    RUNNING = auto()


class Conversion(QObject):
    """One batch at a time.

    Whoever hears of rows that came or went (`listed`) hears of a change (`changed`) next.

    Signals:
        changed: The phase, the wishes, a pause, or anything else but rows.
        listed: Rows came or went.
        updated: A list of `Row`s to which something happened.
        halted: The storage failed, and the run waits for it.
        ended: The whole batch came to its end by itself: the `Tally` of all rows.

    Args:
        runner: Plans.
        notices: Gets what goes wrong.
    """

    changed = Signal()
    listed = Signal()
    updated = Signal(object)
    halted = Signal()
    ended = Signal(object)

    def __init__(self, runner: Runner, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        last = folder_request.load()
        self.phase = Phase.EMPTY
        self.wishes = Wishes(preset=last.wishes.preset)
        self.unfinished = None if last.is_finished else last.wishes
        self.rows = Rows()
        self.planned: Planned | None = None
        self.problem: UsageError | None = None
        self.run: BatchRun | None = None
        self.outlook = Outlook(runner, notices, self)
        self.outlook.changed.connect(self.changed)
        self.outlook.planned.connect(self._take_plan)
        self._notices = notices
        self._runner = runner
        # A batch waits, for its own threads, a person or a disk. In the shared thread that would hold up pictures.
        self._own = Runner(self)
        self._beside: set[Job] = set()
        self._has_own_output = False
        self._has_begun = False
        self._when_planned: Callable[[], None] | None = None
        self._looking_again = QTimer(self)
        self._looking_again.setInterval(LOOK_AGAIN_MS)
        self._looking_again.setSingleShot(True)
        self._looking_again.timeout.connect(self._look_again)

    @property
    def tally(self) -> Tally:
        """What the rows come to: those of the run that is under way, else all."""
        return tally(self.rows.all) if self.run is None else self.run.tally

    # What is asked

    def open(self, inputs: Sequence[Path]) -> None:
        """Begin anew with these files and folders; those of a batch without an end go on as they were asked for."""
        given = tuple(map(str, inputs))
        if self.unfinished is not None and set(given) <= set(self.unfinished.inputs):
            self._take_up(self.unfinished)
            return
        self._has_own_output = False
        output = folder_request.suggested_output(given, self.wishes.preset.options.target)
        self._begin_with(Wishes(given, output, self.wishes.preset))

    def go_on(self) -> None:
        """Go on with the batch without an end."""
        if self.unfinished is not None:
            self._take_up(self.unfinished)
            self._when_planned = self.start

    def forget(self) -> None:
        """Don't go on with it."""
        if self.unfinished is not None:
            _remember(LastBatch(self.unfinished, is_finished=True))
            self.unfinished = None
            self.changed.emit()

    def _take_up(self, wishes: Wishes) -> None:
        self._has_own_output = True
        self._begin_with(wishes)

    def _begin_with(self, wishes: Wishes) -> None:
        self.unfinished = None
        self.wishes = wishes
        self._look(is_new=True)

    def clear(self) -> None:
        """Have no batch any more; what has been converted stays."""
        if self.run is None:
            self._drop_outlook()
            self.wishes = Wishes(preset=self.wishes.preset)
            self.planned, self.problem, self.rows = None, None, Rows()
            self.listed.emit()
            self._become(Phase.EMPTY)

    def choose(self, preset: Preset) -> None:
        """Use these options; the batch is planned anew."""
        output = self.wishes.output
        if not self._has_own_output and output:
            output = folder_request.suggested_output(self.wishes.inputs, preset.options.target)
        self._wish(replace(self.wishes, preset=preset, output=output))

    def choose_output(self, folder: str) -> None:
        """Put results there; empty for beside the inputs."""
        self._has_own_output = True
        self._wish(replace(self.wishes, output=folder))

    def _wish(self, wishes: Wishes) -> None:
        if self.run is not None or wishes == self.wishes:
            return
        self.wishes, self._when_planned = wishes, None
        if self.phase is not Phase.EMPTY:
            self._looking_again.start()
        self.changed.emit()

    # Planning

    @Slot()
    def _look_again(self) -> None:
        self._look(is_new=False)

    def _look(self, *, is_new: bool) -> None:
        self._looking_again.stop()
        self.planned, self.problem, self._has_begun = None, None, False
        self.outlook.look(self.wishes, is_new=is_new)
        self._become(Phase.LOOKING)

    def _drop_outlook(self) -> None:
        self._looking_again.stop()
        self.outlook.drop()

    @Slot(object)
    def _take_plan(self, outcome: Outcome) -> None:
        match outcome:
            case Done(Planned() as planned):
                self.planned, self.rows = planned, Rows(planned.rows)
            case Failed(UsageError() as error):
                self.problem = error
            case Failed(error):
                self._notices.report(error)
        self.listed.emit()
        self._become(Phase.READY)
        then, self._when_planned = self._when_planned, None
        if then is not None and self.planned is not None:
            then()
        else:
            self._foresee()

    def _foresee(self) -> None:
        """Find out what is left to do will take, unless it is under way."""
        if self.planned is not None and self.run is None:
            self.outlook.foresee(_items(self.rows.waiting()), self.planned)

    # Running

    def start(self) -> None:
        """Convert what waits."""
        if not self._is_put_off(self.start):
            self._run(self.rows.waiting(), is_trial=False)

    def _is_put_off(self, do: Callable[[], None]) -> bool:
        """Tell whether something waits for a plan of the wishes of now, which have just been changed."""
        if not self._looking_again.isActive():
            return False
        self._look(is_new=False)
        self._when_planned = do
        return True

    def try_three(self) -> None:
        """Convert a few files, the smallest and the largest among them."""
        if self._is_put_off(self.try_three):
            return
        chosen = {item.number for item in Plan(_items(self.rows.waiting())).trial().items}
        self._run([row for row in self.rows.all if row.item.number in chosen], is_trial=True)

    def retry_failed(self) -> None:
        """Try again what failed, beside what is under way or now."""
        if self._is_put_off(self.start):  # the new plan lets wait what failed
            return
        rows = self.rows.retryable()
        for row in rows:
            row.wait_again()
        self.updated.emit(rows)
        if self.run is not None:
            self._join(self.run, rows)
        else:
            self._run(rows, is_trial=False)

    def _run(self, rows: Sequence[Row], *, is_trial: bool) -> None:
        if self.planned is None or not rows or self.run is not None:
            return
        self._drop_outlook()
        self.run = BatchRun(self.planned, rows, is_trial=is_trial, parent=self)
        self.run.happened.connect(self._hear)
        self.run.changed.connect(self._show_pause)
        self.run.settled.connect(self._settle)
        self._has_begun = self._has_begun or not is_trial
        self._keep()
        self.run.begin(self._own)
        self._become(Phase.RUNNING)

    def hold(self) -> None:
        """Pause the run: finish what is at work, then let go of memory and graphics card."""
        if self.run is not None:
            self.run.hold()

    def resume(self) -> None:
        """Go on after a pause; after storage failed, look at it now."""
        if self.run is not None:
            self.run.resume()

    def stop_after_this(self) -> None:
        """Finish what is at work and end the run."""
        if self.run is not None:
            self.run.stop_after_this()

    def stop_now(self) -> None:
        """End the run; nothing half-written is left, and what was at work waits again."""
        if self.run is not None:
            self.run.stop_now()

    def add(self, inputs: Sequence[Path]) -> None:
        """Put further files and folders behind the others."""
        planned = self.planned
        if planned is None:
            self.open([*map(Path, self.wishes.inputs), *inputs])
            return
        given, known = tuple(map(str, inputs)), {row.item.given for row in self.rows.all}
        self.wishes = replace(self.wishes, inputs=(*self.wishes.inputs, *given))
        job = Job(lambda: folder_planning.plan_more(planned, given, known), Urgency.ASKED)
        self._begin_beside(job, self._take_more)

    @Slot(object)
    def _take_more(self, outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            back = {row.item.given for row in outcome.result}
            self.wishes = replace(self.wishes, without=tuple(set(self.wishes.without) - back))
            self.rows.add(outcome.result)
            self.listed.emit()
            self.changed.emit()
            if self.run is not None:
                self._join(self.run, outcome.result)
            else:
                self._foresee()
        else:
            self._report_failure(outcome)

    def _join(self, run: BatchRun, rows: Sequence[Row]) -> None:
        """Let rows take part in the run that is under way."""
        self._keep()
        self._begin_beside(run.joining(rows), self._report_failure)

    @Slot(object)
    def _report_failure(self, outcome: Outcome) -> None:
        if isinstance(outcome, Failed):
            self._notices.report(outcome.error)

    def _begin_beside(self, job: Job, take: Callable[[Outcome], None]) -> None:
        self._beside.add(job)
        job.settled.connect(lambda: self._beside.discard(job))
        job.settled.connect(take)
        self._runner.start(job)

    def save_list(self, path: Path) -> None:
        """Write what became of each file as a table (CSV)."""
        lines = [row.line for row in self.rows.all]

        def written() -> Task[None]:
            yield Progress(0, 1)
            report.write(path, lines)

        self._begin_beside(Job(written, Urgency.ASKED), self._report_failure)

    def remove(self, rows: Sequence[Row]) -> None:
        """Take files out; what is converted stays where it is."""
        numbers = {row.item.number for row in rows}
        given = (row.item.given for row in rows)
        self.wishes = replace(self.wishes, without=(*self.wishes.without, *given))
        if self.run is not None:
            unfinished = numbers & self.run.unfinished
            self.run.remove(sorted(unfinished))
            numbers -= unfinished  # they go when the run says so: one of them may just have been finished
        self._take_out(numbers)
        self._keep()
        self._foresee()

    def _take_out(self, numbers: Collection[int]) -> None:
        gone = [row for row in map(self.rows.numbered, numbers) if row is not None]
        for row in gone:
            if self.run is not None:
                self.run.forget(row)
        if gone:
            self.rows.remove(numbers)
            self.listed.emit()
            self.changed.emit()

    # What happens

    @Slot(object)
    def _hear(self, events: Iterable[Event]) -> None:
        touched: dict[int, Row] = {}
        gone: set[int] = set()
        for event in events:
            number = getattr(event, "number", None)  # pauses are about none, and so is `Added`: those rows are here
            row = self.rows.numbered(number) if number is not None else None
            if isinstance(event, Noted):
                self._notices.note(event.sentence)
            elif isinstance(event, Removed):
                gone.add(event.number)
            elif row is not None:
                row.hear(event)
                touched[row.item.number] = row
        if touched:
            self.updated.emit(list(touched.values()))
        self._take_out(gone)

    @Slot()
    def _show_pause(self) -> None:
        self.changed.emit()
        match self.run:
            case BatchRun(pause=Paused(reason)) if reason is not None:
                self.halted.emit()

    @Slot(object)
    def _settle(self, outcome: Outcome) -> None:
        """The run is over: by itself, stopped, or because something is wrong."""
        run, self.run = self.run, None
        assert run is not None
        run.deleteLater()
        left = [row for row in run.rows if row.state in ("waiting", "running")]
        for row in left:
            row.wait_again()
        if isinstance(outcome, Done) and left and not run.is_ending:
            self._run(left, is_trial=run.is_trial)  # they came when the last of the others had just been finished
            return
        self._become(Phase.READY)
        self.updated.emit(left)
        self._report_failure(outcome)
        self._keep()
        if self.rows.waiting():
            self._foresee()
        elif isinstance(outcome, Done) and not run.is_ending:
            self.ended.emit(self.tally)

    def _keep(self) -> None:
        """Keep what is asked and whether anything of it is left, once more than a trial was started."""
        if self._has_begun:
            _remember(LastBatch(self.wishes, is_finished=self.run is None and not self.rows.waiting()))

    def close(self) -> None:
        """Stop everything and wait for the batch's thread; the shared runner is closed by whoever made it."""
        self._drop_outlook()
        for job in list(self._beside):
            job.stop()
        if self.run is not None:
            self.run.close()
        self._own.close()

    def _become(self, phase: Phase) -> None:
        self.phase = phase
        self.changed.emit()


def _remember(last: LastBatch) -> None:
    try:
        folder_request.save(last)
    except OSError:
        log.exception("the batch can't be remembered")


def _items(rows: Iterable[Row]) -> tuple[PlanItem, ...]:
    return tuple(row.item for row in rows)
