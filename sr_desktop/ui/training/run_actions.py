"""What a person asks of a run: to go on, to begin anew in another way, to go away, to be written to a file, to be left alone."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QWidget

from sr_desktop import paths
from sr_desktop.errors import UserError
from sr_desktop.runs.notices import Action, Notice
from sr_desktop.runs.sources import LOGS
from sr_desktop.services.notices import Notices
from sr_desktop.services.training import remedies
from sr_desktop.services.training.run import Run, State
from sr_desktop.services.training.runs import PastRun, Training
from sr_desktop.ui.training import questions
from sr_desktop.ui.training.run_step import RunStep
from sr_desktop.ui.widgets import file_dialogs


class RunActions(QObject):
    """Does what is asked of runs; where something would be lost, it asks first.

    Signals:
        chosen: `Run` to show from now on.
        pictures_asked: `RunSpec` of a run that needs other pictures, which only the person can choose.

    Args:
        training: The runs.
        step: Shows one of them, and reports what is asked.
        notices: Where what goes wrong is said.
        parent: What questions and dialogs belong to.
    """

    chosen = Signal(object)
    pictures_asked = Signal(object)

    def __init__(self, training: Training, step: RunStep, notices: Notices, parent: QWidget) -> None:
        super().__init__(parent)
        self._training, self._step, self._notices, self._page = training, step, notices, parent
        self._is_closing = False
        step.action_asked.connect(self._act)
        step.discard_asked.connect(self._ask_to_discard)
        step.resume_asked.connect(self._resume)
        step.picture_asked.connect(self._ask_for_picture)
        step.table_asked.connect(self._ask_for_table)
        step.open_asked.connect(training.open)
        step.other_asked.connect(self.ask_for_log)
        training.opened.connect(self.chosen)
        training.refused.connect(self._notices.report)

    def tried(self, do: Callable[[], Run]) -> None:
        """Do it and show the run that comes of it, or say why it can't be done."""
        try:
            run = do()
        except UserError as error:
            self._notices.report(error)
        else:
            self.chosen.emit(run)

    def watch_what_runs(self) -> None:
        """Look on at runs that other processes are at, such as those of an earlier window."""
        for item in self._training.unfinished:
            if item.is_running:
                self._training.watch(item.folder)

    # What notices advise

    @Slot(object, object)
    def _act(self, run: Run, notice: Notice) -> None:
        """Do the one thing that a notice of a run says."""
        spec = run.folder.spec()
        if notice.action is Action.STOP_AND_KEEP:
            run.stop()
        elif (new := remedies.restarted(spec, notice)) is not None:
            restart = lambda: self.tried(lambda: self._training.restart(run, new))  # noqa: E731  # named for the button
            questions.ask_to_restart(self._page, notice, spec, new, restart, stays=run.state is State.FINISHED)
        elif notice.action in remedies.PICTURES:
            self.pictures_asked.emit(spec)

    # Going on, and going away

    @Slot(object)
    def _resume(self, run: Run) -> None:
        self.tried(lambda: self._training.resume(run.folder))

    @Slot(object)
    def resume_unfinished(self, item: PastRun) -> None:
        """Go on with a run without an end, or look on at it."""
        self.tried(lambda: (self._training.watch if item.is_running else self._training.resume)(item.folder))

    @Slot(object)
    def discard_unfinished(self, item: PastRun) -> None:
        """Remove a run without an end, if the person means it."""
        questions.ask_to_discard(self._page, item.name, lambda: self._training.forget(item))

    @Slot(object)
    def _ask_to_discard(self, run: Run) -> None:
        questions.ask_to_discard(self._page, run.name, lambda: self._training.discard(run))

    def may_close(self) -> bool:
        """Tell whether the window may close; while a run is at work, ask what becomes of it and say no."""
        run = self._training.ours
        if run is None or self._is_closing:
            return True
        questions.ask_how_to_close(self._page, run.name, self._close_in_background, self._close_after_stop)
        return False

    @Slot()
    def _close_in_background(self) -> None:
        self._training.detach()
        self._is_closing = True
        self._page.window().close()

    @Slot()
    def _close_after_stop(self) -> None:
        run, window = self._training.ours, self._page.window()
        if run is None:  # it ended while the question was open
            window.close()
            return
        for waiting in self._training.waiting:
            waiting.stop()  # it stays among the unfinished ones
        run.ended.connect(window.close)
        run.stop()

    # Files

    @Slot()
    def ask_for_log(self) -> None:
        """Let the person choose a run or a log to look at."""
        start = str(paths.runs() if paths.runs().is_dir() else Path.home())
        kinds = self.tr("Runs and logs ({})").format(" ".join(f"*{suffix}" for suffix in ("run.toml", *LOGS)))
        file_dialogs.ask_for_file(self._page, self.tr("Open a Run or a Log"), start, kinds, self._training.open)

    @Slot(object)
    def _ask_for_picture(self, run: Run) -> None:
        def write(path: Path) -> None:
            if not self._step.save_picture(path):
                self._notices.refuse(self.tr("{} can't be written.").format(path), self.tr("Choose another place."))

        file_dialogs.ask_for_new_file(self._page, self.tr("Save the Curves"), _beside(run, ".png"), write)

    @Slot(object)
    def _ask_for_table(self, run: Run) -> None:
        take = lambda path: run.write_table(path, self._notices)  # noqa: E731  # named for what the dialog does with it
        file_dialogs.ask_for_new_file(self._page, self.tr("Save the Table"), _beside(run, ".csv"), take)


def _beside(run: Run, suffix: str) -> Path:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents) / f"{run.name}{suffix}"
