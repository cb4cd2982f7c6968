"""A batch looked at in the background before it runs: what is in it, and what it will take."""

import logging
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from sr_desktop.batch.plan import PlanItem
from sr_desktop.inputs.inputs import Found
from sr_desktop.progress import Progress
from sr_desktop.services.folder import planning as folder_planning
from sr_desktop.services.folder.planning import Forecast, Planned
from sr_desktop.services.folder.request import Wishes
from sr_desktop.services.jobs import Done, Failed, Job, Outcome, Runner, Stopped, Urgency
from sr_desktop.services.notices import Notices

log = logging.getLogger(__name__)


class Outlook(QObject):
    """Plans wishes, the latest only, and tells how much room and time a plan takes.

    Signals:
        changed: `looked` or `forecast` is another now.
        planned: The `Outcome` of a look, `Done` or `Failed`; none for one whose place another has taken.

    Args:
        runner: Does it.
        notices: Gets why there is no forecast, if that is of interest.
    """

    changed = Signal()
    planned = Signal(object)

    def __init__(self, runner: Runner, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self.looked = Progress(0, 1)
        self.forecast: Forecast | None = None
        self._runner = runner
        self._notices = notices
        self._found: tuple[Wishes, Sequence[Found]] | None = None
        self._job: Job | None = None

    def look(self, wishes: Wishes, *, is_new: bool) -> None:
        """Plan these wishes; files are looked for again if it is a new batch, or others are meant."""
        known = None if is_new else self._found
        found = known[1] if known is not None and _has_same_inputs(known[0], wishes) else None
        self.drop()
        self.looked = Progress(0, 1)
        job = Job(lambda: folder_planning.plan(wishes, found), Urgency.ASKED)
        job.progressed.connect(self._show)
        self._begin(job, self._take_plan)

    def foresee(self, items: Sequence[PlanItem], planned: Planned) -> None:
        """Find out what these files of a batch will take."""
        self.drop()
        self._begin(Job(lambda: folder_planning.forecast(items, planned), Urgency.GLANCE), self._take_forecast)

    def drop(self) -> None:
        """Stop looking, and have no forecast any more."""
        job, self._job, self.forecast = self._job, None, None
        if job is not None:
            job.stop()

    def _begin(self, job: Job, take: Callable[[Outcome], None]) -> None:
        self._job = job
        job.settled.connect(take)
        self._runner.start(job)

    @Slot(object)
    def _show(self, progress: Progress) -> None:
        self.looked = progress
        self.changed.emit()

    @Slot(object)
    def _take_plan(self, outcome: Outcome) -> None:
        if isinstance(outcome, Stopped):
            return
        self._job = None
        match outcome:
            case Done(Planned() as planned):
                self._found = planned.wishes, planned.found
        self.planned.emit(outcome)

    @Slot(object)
    def _take_forecast(self, outcome: Outcome) -> None:
        if isinstance(outcome, Stopped):
            return
        self._job = None
        match outcome:
            case Done(forecast):
                self.forecast = forecast
                self.changed.emit()
            case Failed(OSError() as error):  # a guess less; whether the disk can be used the run will tell
                log.warning("nothing is known of what the batch will take: %s", error)
            case Failed(error):
                self._notices.report(error)


def _has_same_inputs(before: Wishes, after: Wishes) -> bool:
    return before.inputs == after.inputs and before.preset.choice == after.preset.choice
