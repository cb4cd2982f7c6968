"""The Train page: the four steps in their order, and what a person does in them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QStandardPaths, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.notices import Notice
from sr_desktop.runs.sources import LOGS
from sr_desktop.runs.spec import RunSpec
from sr_desktop.services.notices import Notices
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.services.training import remedies
from sr_desktop.services.training.draft import Draft
from sr_desktop.services.training.run import Run
from sr_desktop.services.training.runs import Training
from sr_desktop.services.training.survey import Survey
from sr_desktop.services.training.trial import Pace, Trial
from sr_desktop.system import file_names
from sr_desktop.ui.shell.page import PROGRAM, Menu, Page
from sr_desktop.ui.training.check_step import CheckStep
from sr_desktop.ui.training.fields import faint, line
from sr_desktop.ui.training.goal_step import GoalStep
from sr_desktop.ui.training.pictures_step import PicturesStep
from sr_desktop.ui.training.run_actions import RunActions
from sr_desktop.ui.training.run_step import RunStep
from sr_desktop.ui.widgets import drops, file_dialogs
from sr_desktop.ui.widgets.drops import Offer
from sr_desktop.ui.widgets.notice_bar import NoticeBar

PICTURES, GOAL, CHECK, RUN = range(4)


def _is_story(path: Path) -> bool:
    """Tell whether a file or a folder tells of a training."""
    return path.name.lower().endswith(LOGS) or path.name == "run.toml" or RunFolder(path).exists


class TrainPage(Page):
    """A folder becomes a draft, the draft a run, the run a model.

    Signals:
        use_requested: `Run` whose model the person wants to use on pictures.

    Args:
        training: The runs.
        draft: What the wizard's fields change.
        survey: Looks through the draft's folder.
        trial: Tries the draft.
        pace: How long runs take here.
        workspace: Knows the models there are.
        notices: Where what goes wrong beside a run is said.
    """

    use_requested = Signal(object)

    def __init__(
        self,
        training: Training,
        draft: Draft,
        survey: Survey,
        trial: Trial,
        pace: Pace,
        workspace: Workspace,
        notices: Notices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._training, self._draft, self._survey = training, draft, survey
        self._trial, self._pace, self._workspace, self._notices = trial, pace, workspace, notices
        self.notice_bar = NoticeBar()
        self.pictures = PicturesStep(draft, survey, training)
        self.goal = GoalStep(draft, pace)
        self.check = CheckStep(draft, trial, pace)
        self.run = RunStep(training)
        self._actions = RunActions(training, self.run, notices, self)
        self.steps = QButtonGroup(self)
        self.stack = QStackedWidget()
        self.back_button = QPushButton(self.tr("Back"))
        self.next_button = QPushButton()
        self.next_button.setMinimumWidth(130)
        self.hint = faint(QLabel())
        self._footer = QWidget()
        self.choose_action = self._action(
            self.tr("Choose a &Folder…"), QKeySequence.StandardKey.Open, self.ask_for_folder
        )
        self.open_action = self._action(self.tr("Open a &Run or a Log…"), "Ctrl+Shift+O", self._actions.ask_for_log)
        self.next_action = self._action(self.tr("&Next Step"), "Alt+Right", self.go_on)
        self.back_action = self._action(self.tr("Step &Back"), "Alt+Left", self.go_back)
        self._lay_out()
        self._connect()
        self._actions.watch_what_runs()
        self.show_step(RUN if training.runs else PICTURES)

    def _action(self, text: str, keys: QKeySequence.StandardKey | str, do: Callable[[], None]) -> QAction:
        action = QAction(text, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(do)
        return action

    def _lay_out(self) -> None:
        titles = (self.tr("1  Pictures"), self.tr("2  Goal"), self.tr("3  Check"), self.tr("4  Run"))
        row = QHBoxLayout()
        row.setSpacing(2)
        for number, title in enumerate(titles):
            button = QToolButton()
            button.setText(title)
            button.setCheckable(True)
            button.setAutoRaise(True)
            button.setMinimumWidth(96)
            self.steps.addButton(button, number)
            row.addWidget(button)
        row.addStretch()
        for step in (self.pictures, self.goal, self.check, self.run):
            self.stack.addWidget(step)
        foot = QHBoxLayout(self._footer)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.addWidget(self.back_button)
        foot.addWidget(self.hint, 1)
        foot.addWidget(self.next_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 10)
        layout.setSpacing(8)
        layout.addWidget(self.notice_bar)
        layout.addLayout(row)
        layout.addWidget(line())
        layout.addWidget(self.stack, 1)
        layout.addWidget(self._footer)

    def _connect(self) -> None:
        self.steps.idClicked.connect(self.show_step)
        self.back_button.clicked.connect(self.go_back)
        self.next_button.clicked.connect(self.go_on)
        self.dropped.connect(self._take_drop)
        self.pictures.folder_requested.connect(self.ask_for_folder)
        self.pictures.pairs_requested.connect(self._ask_for_pairs)
        self.pictures.resume_requested.connect(self._actions.resume_unfinished)
        self.pictures.discard_requested.connect(self._actions.discard_unfinished)
        self.check.asked.connect(self._amend)
        self.run.use_asked.connect(self.use_requested)
        self._actions.chosen.connect(self._show_run)
        self._actions.pictures_asked.connect(self._take_spec)
        self._draft.changed.connect(self._follow_draft)
        self._survey.changed.connect(self._show_state)
        self._trial.changed.connect(self._follow_trial)
        self._training.changed.connect(self._follow_training)
        self._workspace.ready_changed.connect(self._offer_models)
        self._notices.changed.connect(self._show_notice)
        self.notice_bar.close_button.clicked.connect(self._notices.dismiss)
        self._offer_models()
        self._show_notice()

    # The contract of a page

    @property
    def title(self) -> str:
        """The run that is shown, or the folder."""
        run = self.run.run if self.stack.currentIndex() == RUN else None
        name = run.name if run is not None else Path(self._draft.spec.pictures).name
        return f"{name} – {PROGRAM}" if name else PROGRAM

    @property
    def file_actions(self) -> Sequence[QAction | None]:
        """Choose a folder, or look at what was trained before."""
        return self.choose_action, self.open_action

    @property
    def menus(self) -> Sequence[Menu]:
        """The steps."""
        return (Menu(self.tr("&Training"), (self.back_action, self.next_action)),)

    @property
    def hides_below_drops(self) -> bool:
        """While no folder is chosen the page itself says what to drop."""
        return self.stack.currentIndex() == PICTURES and not self._draft.spec.pictures

    def offer(self, data: QMimeData) -> Offer:
        """Take one folder, or the log of a run."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if len(files) == 1 and _is_story(files[0]):
            return Offer((files[0],))
        found = drops.offer(data)
        folders = tuple(path for path in found.files if path.is_dir())
        if len(folders) == 1 and len(found.files) == 1:
            return Offer(folders)
        if len(folders) > 1:
            return Offer(refusal=self.tr("Drop one folder; pictures in its subfolders are found too."))
        return Offer(refusal=self.tr("Drop a folder of pictures here. Single pictures go to the page “Pictures”."))

    def welcome(self, offer: Offer) -> str:
        """Say what will be done with it."""
        if _is_story(offer.files[0]):
            return self.tr("Drop to look at this training")
        return self.tr("Drop to learn from the pictures in “{}”").format(file_names.shown(offer.files[0]))

    def may_close(self) -> bool:
        """Ask what becomes of a run that is at work."""
        if not self._actions.may_close():
            return False
        self._survey.close()
        self._trial.forget()
        self._pace.close()
        return True

    # Steps

    @Slot(int)
    def show_step(self, number: int) -> None:
        """Show a step, and begin what it needs."""
        self.stack.setCurrentIndex(number)
        self.steps.button(number).setChecked(True)
        if number != CHECK:
            self._trial.stop()
        if number == GOAL:
            self._pace.measure(self._draft.spec)
        elif number == CHECK:
            self._pace.close()  # the trial measures it, too
            self.check.begin()
        elif number == RUN and self.run.run is None and self._training.runs:
            self.run.show_run(self._training.current or self._training.runs[-1])
        self._show_state()
        self.described.emit()

    @Slot()
    def go_on(self) -> None:
        """Take the next step, the last of which starts the training."""
        number = self.stack.currentIndex()
        if number == CHECK:
            self._start()
        elif number < RUN and self.next_button.isEnabled():
            self.show_step(number + 1)

    @Slot()
    def go_back(self) -> None:
        """Go to the step before."""
        if self.stack.currentIndex() > PICTURES:
            self.show_step(self.stack.currentIndex() - 1)

    @Slot()
    def _show_state(self) -> None:
        """Show which way it can go from here."""
        number = self.stack.currentIndex()
        self._footer.setVisible(number != RUN)
        self.back_button.setVisible(number > PICTURES)
        has_folder = bool(self._draft.spec.pictures)
        is_other_at_work = self._training.current is not None
        start = self.tr("Start When It Is Its Turn") if is_other_at_work else self.tr("Start Training")
        self.next_button.setText(start if number == CHECK else self.tr("Next"))
        self.next_button.setVisible(number > PICTURES or has_folder)
        self.next_button.setEnabled(has_folder and (number != CHECK or self.check.is_passed))
        self.next_button.setDefault(True)
        self.hint.setText(self._hint(number))
        for step in (GOAL, CHECK):
            self.steps.button(step).setEnabled(has_folder)

    def _hint(self, number: int) -> str:
        if number == CHECK and self._training.current is not None:
            return self.tr("“{}” is being trained; this one waits for its end.").format(self._training.current.name)
        if number == PICTURES and self._survey.is_busy:
            return self.tr("You can go on while the pictures are looked at.")
        return ""

    @Slot()
    def _follow_draft(self) -> None:
        spec = self._draft.spec
        if spec.pictures:
            self._survey.look(Path(spec.pictures), Path(spec.low) if spec.low else None, spec.scale, spec.exclude)
        if self.stack.currentIndex() == GOAL:
            self._pace.measure(spec)
        self._show_state()
        self.described.emit()

    @Slot()
    def _follow_trial(self) -> None:
        story = self._trial.story
        if story is not None and story.pace and self._trial.spec is not None and not self._trial.is_busy:
            self._pace.learn(self._trial.spec, story.pace)
        self._show_state()

    @Slot()
    def _follow_training(self) -> None:
        self._actions.watch_what_runs()
        if self.run.run is not None and self.run.run not in self._training.runs:
            self.run.show_run(self._training.current or (self._training.runs[-1] if self._training.runs else None))
        self._show_state()
        self.described.emit()

    @Slot()
    def _offer_models(self) -> None:
        ready = self._workspace.ready
        self.goal.offer_models(ready.models if ready is not None else None)

    @Slot()
    def _show_notice(self) -> None:
        self.notice_bar.show_notice(self._notices.latest)

    # What a person does

    def take_folder(self, folder: Path) -> None:
        """Learn from this folder."""
        self.show_step(PICTURES)
        self._draft.change(pictures=str(folder), low="", exclude=())

    @Slot(object)
    def _take_drop(self, data: QMimeData) -> None:
        offer = self.offer(data)
        if offer.refusal:
            self._notices.refuse(self.tr("That can't be learned from."), offer.refusal)
        elif _is_story(offer.files[0]):
            self._training.open(offer.files[0])
        else:
            self.take_folder(offer.files[0])

    @Slot()
    def ask_for_folder(self) -> None:
        """Let the person choose the pictures."""
        file_dialogs.ask_for_folder(self, self.tr("Pictures to Learn from"), self._start_folder(), self.take_folder)

    @Slot()
    def _ask_for_pairs(self) -> None:
        """Let the person choose the small pictures, after the large ones if there are none yet."""

        def ask_for_small(large: Path) -> None:
            title = self.tr("The Small Pictures that Belong to Them")
            others = {} if str(large) == self._draft.spec.pictures else {"exclude": ()}
            take = lambda low: self._draft.change(pictures=str(large), low=str(low), **others)  # noqa: E731
            file_dialogs.ask_for_folder(self, title, str(large.parent), take)

        if self._draft.spec.pictures:
            ask_for_small(Path(self._draft.spec.pictures))
        else:
            file_dialogs.ask_for_folder(self, self.tr("The Large Pictures"), self._start_folder(), ask_for_small)

    def _start_folder(self) -> str:
        if self._draft.spec.pictures:
            return str(Path(self._draft.spec.pictures).parent)
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)

    def _start(self) -> None:
        if not self.check.is_passed:
            return
        self._actions.tried(self._begin)

    def _begin(self) -> Run:
        run = self._training.begin(self._draft.finished())
        self._draft.rename("")  # the next one gets a name of its own
        return run

    @Slot(object)
    def _show_run(self, run: Run) -> None:
        self.run.show_run(run)
        self.show_step(RUN)

    @Slot(object)
    def _take_spec(self, spec: RunSpec) -> None:
        """Begin with the pictures of another run, to be changed."""
        self._draft.take(spec)
        self.show_step(PICTURES)

    @Slot(object)
    def _amend(self, notice: Notice) -> None:
        """Do to the draft what a notice before step 1 says."""
        spec = remedies.restarted(self._draft.spec, notice)
        if spec is None:
            self.show_step(PICTURES)
            return
        changes = {name: after for name, _, after in remedies.difference(self._draft.spec, spec)}
        self._draft.change(**changes)
        self.check.begin()
