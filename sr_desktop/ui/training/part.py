"""The part of the program that trains: its runs, its page, and what other parts of the window hear of them."""

from dataclasses import replace

from PySide6.QtCore import QLocale, QObject, Signal, Slot

from sr_desktop.engine.targets import Factor
from sr_desktop.services import import_torch
from sr_desktop.services.jobs import Job, Runner, Urgency
from sr_desktop.services.notices import Kind, Notice, Notices
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.services.training.run import Run, State
from sr_desktop.services.training.runs import Training
from sr_desktop.ui.shell import language
from sr_desktop.ui.shell.page import Page, Tab
from sr_desktop.ui.shell.window import Window
from sr_desktop.ui.widgets import wording

NAME = "train"


class TrainingPart(QObject):
    """Connects training with the window.

    Signals:
        told: Title and text of what someone may wait for who looks elsewhere.
        progressed: How much of the run at work is done, 0 to 1; None if none is, or nobody knows.

    Args:
        runner: Does what takes long.
        workspace: Uses the models that come of runs.
        notices: Where runs without an end are told of.
        parent: Lives as long as this.
    """

    told = Signal(str, str)
    progressed = Signal(object)

    def __init__(self, runner: Runner, workspace: Workspace, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self.training = Training(runner, self)
        self._runner, self._workspace, self._notices = runner, workspace, notices
        self._window: Window | None = None
        self._told: Notice | None = None
        self._known: dict[Run, set[str]] = {}
        self.training.changed.connect(self._tell)
        self.training.ended.connect(self._tell_end)

    def tab(self) -> Tab:
        """Return the page's place in the window."""
        return Tab(NAME, self.tr("&Train"), NAME, self.tr("Make a model for your own pictures"), self._page)

    def begin(self, window: Window) -> None:
        """Look for runs without an end, and say what is going on on this window's tab."""
        self._window = window
        self.training.look()

    def _page(self) -> Page:
        from sr_desktop.services.training.draft import Draft  # here: nobody waits for this when the window opens
        from sr_desktop.services.training.survey import Survey
        from sr_desktop.services.training.trial import Pace, Trial
        from sr_desktop.ui.training.page import TrainPage

        if self._told is not None and self._notices.latest == self._told:
            self._notices.dismiss()  # the page itself says more
        parts = Draft(self), Survey(self._runner, self), Trial(self), Pace(self)
        page = TrainPage(self.training, *parts, self._workspace, self._notices)
        page.use_requested.connect(self._use)
        imported = Job(import_torch.plots, Urgency.ASKED)  # in the other thread: it takes a second
        imported.settled.connect(lambda _: page.run.make_curves())
        self._runner.start(imported)
        return page

    @Slot(object)
    def _use(self, run: Run) -> None:
        """Show the pictures, with the model that a run has made."""
        self._workspace.choose(replace(self._workspace.options, target=Factor(run.spec.scale), model=run.name))
        if self._window is not None:
            self._window.show_page("pictures")

    @Slot()
    def _tell(self) -> None:
        """Say on the tab how far a run is, and once that others have no end."""
        run = self.training.current
        share = run.fraction if run is not None else None
        mark = "" if run is None else "…" if share is None else wording.percent(int(share * 100) / 100)
        if self._window is not None:
            self._window.mark(NAME, mark and f"· {mark}")
        self.progressed.emit(share)
        if run is not None:
            self._tell_notices(run)
        if self.training.unfinished and self._told is None:
            item = self.training.unfinished[0]
            goes_on = self.tr("The training of “{}” goes on in the background.")
            left = self.tr("The training of “{}” was not finished.")
            where = self.tr("The page “Train” shows it.")
            self._told = Notice(Kind.NOTE, (goes_on if item.is_running else left).format(item.name), where)
            self._notices.add(self._told)

    def _tell_notices(self, run: Run) -> None:
        """Say what the monitor has noticed since the run is followed."""
        if run.story is None:
            return
        notices = {notice.cause: notice for notice in run.story.notices if notice.over_at_step is None}
        if run not in self._known:
            self._known[run] = set(notices)  # of an earlier sitting
        for cause in notices.keys() - self._known[run]:
            self._known[run].add(cause)
            self.told.emit(language.translated(notices[cause].title), self.tr("Training of “{}”").format(run.name))

    @Slot(object)
    def _tell_end(self, run: Run) -> None:
        """Say how a run has ended, unless a person stopped it."""
        from sr_desktop.ui.training import figures

        self._known.pop(run, None)
        failure = run.notice()
        if run.story is not None and run.story.end is not None and run.story.end.get("verdict") == "not_better":
            self.told.emit(run.name, figures.verdict(run))
        elif run.state is State.FINISHED:
            best = run.story.best if run.story is not None else None
            text = (
                self.tr("PSNR {} dB on the held-out pictures").format(QLocale().toString(best.psnr_db, "f", 2))
                if best
                else ""
            )
            self.told.emit(self.tr("The model “{}” is trained.").format(run.name), text)
        elif failure is not None:
            self.told.emit(self.tr("The training of “{}” failed.").format(run.name), language.translated(failure.title))
