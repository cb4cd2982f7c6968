"""The wizard's last step: a run watched live, and what came of it."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sr_desktop.runs.notices import Action
from sr_desktop.services.training.run import AT_WORK, Run, State
from sr_desktop.services.training.runs import Training
from sr_desktop.ui.training import figures, words
from sr_desktop.ui.training.crops import Crops, live_rows, worst_rows
from sr_desktop.ui.training.fields import Choice, Table, faint, heading, line
from sr_desktop.ui.training.notice_cards import NoticeCards, key
from sr_desktop.ui.training.past_menu import PastMenu
from sr_desktop.ui.widgets import theme
from sr_desktop.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from sr_desktop.ui.training.curves import Curves

SIDE_WIDTH = 350


class RunStep(QWidget):
    """Shows one run of the session: curves, figures, notices, pictures.

    Signals:
        action_asked: `Run` and the `Notice` whose action the person wants.
        discard_asked, resume_asked, use_asked: `Run`.
        picture_asked, table_asked: `Run` whose curves shall be written to a file.
        open_asked: Path of a run to look at.
        other_asked: The person looks for a run or a log that is not listed.
    """

    action_asked = Signal(object, object)
    discard_asked = Signal(object)
    resume_asked = Signal(object)
    use_asked = Signal(object)
    picture_asked = Signal(object)
    table_asked = Signal(object)
    open_asked = Signal(object)
    other_asked = Signal()

    def __init__(self, training: Training, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.run: Run | None = None
        self._pictures_of: tuple[object, ...] = ()
        self.choice = Choice()
        self.past = PastMenu(training, self)
        self.open_button = QToolButton()
        self.open_button.setText(self.tr("Open"))
        self.open_button.setToolTip(self.tr("Look at an earlier run, or at another program's log"))
        self.open_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.open_button.setMenu(self.past)
        self.state = heading("")
        self.state.setWordWrap(False)
        self.doing = faint(QLabel())
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.progress.setRange(0, 1000)
        self.notice_bar = NoticeBar()
        self.notice_bar.close_button.hide()
        self.verdict = QLabel()
        self.verdict.setWordWrap(True)
        self.use_button = QPushButton(self.tr("Use It on Pictures"))
        self.resume_button = QPushButton(self.tr("Resume"))
        self.stop_button = QPushButton(self.tr("Stop and Keep"))
        self.stop_button.setToolTip(self.tr("End the training now and keep what was learned"))
        self.discard_button = QPushButton(self.tr("Discard…"))
        self.discard_button.setToolTip(self.tr("End the training and throw away what was learned"))
        self.curves: Curves | None = None
        self._room = QVBoxLayout()
        self.figures = Table()
        self.cards = NoticeCards()
        self.quiet = faint(QLabel(self.tr("The monitor has nothing to say.")))
        self.pictures_title = heading("", 1.1)
        self.crops = Crops()
        self._side = QScrollArea()
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.show_run(None)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.state)
        top.addWidget(self.doing, 1)
        top.addStretch()  # without a run there are no words before the buttons
        buttons = (self.use_button, self.resume_button, self.stop_button, self.discard_button)
        for widget in (self.choice, self.open_button, *buttons):
            top.addWidget(widget)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._room, 1)
        column.addLayout(self._tools())
        inside = QWidget()
        side = QVBoxLayout(inside)
        side.setContentsMargins(8, 0, 8, 8)
        side.setSpacing(10)
        for part in (self.figures, line(), self.quiet, self.cards, self.pictures_title, self.crops):
            side.addWidget(part)
        side.addStretch()
        self._side.setWidget(inside)
        self._side.setWidgetResizable(True)
        self._side.setFrameShape(QFrame.Shape.NoFrame)
        self._side.setMinimumWidth(theme.with_text(SIDE_WIDTH))
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: the crops are as high as they are wide, so a bar that comes when they are too high would make them
        # lower, go for that reason, and so on without end.
        self._side.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(left)
        both.addWidget(self._side)
        both.setStretchFactor(0, 1)
        both.setChildrenCollapsible(False)
        both.setSizes([10 * SIDE_WIDTH, theme.with_text(SIDE_WIDTH)])  # the curves get whatever there is
        self._stack.addWidget(self._nothing())
        self._stack.addWidget(both)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.notice_bar)
        layout.addLayout(top)
        layout.addWidget(self.verdict)
        layout.addWidget(self.progress)
        layout.addWidget(self._stack, 1)

    def _tools(self) -> QHBoxLayout:
        row = QHBoxLayout()
        hint = faint(QLabel(self.tr("Wheel zooms, dragging moves.")))
        self.all_button = _tool(self.tr("Show All"), self.tr("Show the whole run again (double-click)"))
        self.picture_button = _tool(self.tr("Save as PNG…"), self.tr("Write the curves as they are seen"))
        self.table_button = _tool(self.tr("Save as CSV…"), self.tr("Write the loss of every step and all checks"))
        row.addWidget(hint, 1)
        for button in (self.all_button, self.picture_button, self.table_button):
            row.addWidget(button)
        return row

    def _nothing(self) -> QWidget:
        page = QWidget()
        title = heading(self.tr("Nothing is being trained"), 1.4)
        hint = QLabel(
            self.tr(
                "Choose pictures and a goal, check them, and start; here you will see how it goes. "
                "Earlier runs, and logs of other programs, can be opened above or dropped here."
            )
        )
        hint.setWordWrap(True)
        layout = QVBoxLayout(page)
        layout.addStretch()
        for label in (title, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addStretch()
        return page

    def _connect(self) -> None:
        self.choice.chosen.connect(self._choose)
        self.past.chosen.connect(self.open_asked)
        self.past.other_asked.connect(self.other_asked)
        self.stop_button.clicked.connect(self._stop)
        self.discard_button.clicked.connect(lambda: self.discard_asked.emit(self.run))
        self.resume_button.clicked.connect(lambda: self.resume_asked.emit(self.run))
        self.use_button.clicked.connect(lambda: self.use_asked.emit(self.run))
        self.picture_button.clicked.connect(lambda: self.picture_asked.emit(self.run))
        self.table_button.clicked.connect(lambda: self.table_asked.emit(self.run))
        self.all_button.clicked.connect(self._show_all)
        self.cards.asked.connect(lambda notice: self.action_asked.emit(self.run, notice))
        self.cards.ignored.connect(self._ignore)
        self._training.changed.connect(self._show_choice)

    def make_curves(self) -> None:
        """Draw curves from now on; before that, what draws them should have been imported (`loading.plots`)."""
        from sr_desktop.ui.training.curves import Curves

        if self.curves is None:
            self.curves = Curves()
            self.curves.marked.connect(self._show_card)
            self._room.addWidget(self.curves)
            self.show_state()

    @Slot()
    def _show_all(self) -> None:
        if self.curves is not None:
            self.curves.show_all()

    def show_run(self, run: Run | None) -> None:
        """Show a run from now on."""
        if self.run is not None and self.run in self._training.runs:
            self.run.changed.disconnect(self.show_state)
        self.run = run
        self._pictures_of = ()
        if run is not None:
            run.changed.connect(self.show_state)
        self._show_choice()
        self.show_state()

    @Slot()
    def show_state(self) -> None:
        """Show the run as it is now; called at most four times a second."""
        run = self.run
        self._stack.setCurrentIndex(0 if run is None else 1)
        for widget in (self.state, self.doing, self.progress, self.verdict):
            widget.setVisible(run is not None)
        self._show_buttons()
        if run is None:
            self.notice_bar.show_notice(None)
            return
        self.notice_bar.show_notice(run.notice())
        self.state.setText(f"{run.name} · {words.state(run.state)}")
        self.doing.setText(figures.doing(run))
        share = run.fraction
        self.progress.setVisible(run.state in AT_WORK)
        self.progress.setRange(0, 0 if share is None else 1000)
        self.progress.setValue(round((share or 0) * 1000))
        verdict = figures.verdict(run)
        self.verdict.setText(verdict)
        self.verdict.setVisible(bool(verdict))
        if run.story is not None:
            if self.curves is not None:
                self.curves.show_story(run.story)
            for name, value, tip in figures.table(run):
                self.figures.show_value(name, value, tip)
            self.cards.show_notices(run.story.notices, acts=_acts(run.state), ignored=run.ignored)
            self.quiet.setVisible(not self.cards.cards)
            self._show_pictures(run)

    def _show_buttons(self) -> None:
        run = self.run
        state = run.state if run is not None else None
        at_work = state in AT_WORK
        has_model = run is not None and state in (State.FINISHED, State.STOPPED) and figures.is_kept(run)
        self.picture_button.setEnabled(self.curves is not None)
        self.stop_button.setVisible(at_work)
        self.stop_button.setEnabled(state is not State.STOPPING)
        self.discard_button.setVisible(run is not None and state not in (State.FINISHED, State.LOGGED))
        self.resume_button.setVisible(state in (State.STOPPED, State.FAILED, State.LEFT))
        self.use_button.setVisible(has_model)

    def _show_pictures(self, run: Run) -> None:
        """Read the crops anew when there was another check."""
        assert run.story is not None
        end = run.story.end
        content = (run, len(run.story.scores), end is not None and end.get("reason"))
        if content == self._pictures_of:
            return
        self._pictures_of = content
        names = self.tr("before (bicubic)"), self.tr("base"), self.tr("now")
        rows = live_rows(run.folder, names)
        title = self.tr("Held-out pictures")
        if end is not None and end.get("worst"):
            rows = worst_rows(run.folder, end["worst"], (self.tr("before"), self.tr("after")))
            title = self.tr("The {} that gained least").format(len(rows))
        self.pictures_title.setText(title if rows else "")
        self.crops.setToolTip(self.tr("Double-click or Ctrl+wheel zooms all of them, dragging moves all of them"))
        self.crops.show_rows(rows)

    @Slot()
    def _show_choice(self) -> None:
        runs = self._training.runs
        self.choice.setVisible(len(runs) > 1)
        self.choice.offer([(f"{run.name} · {words.state(run.state)}", number) for number, run in enumerate(runs)])
        self.choice.show_value(runs.index(self.run) if self.run in runs else None)

    @Slot(object)
    def _choose(self, number: int) -> None:
        self.show_run(self._training.runs[number])

    @Slot()
    def _stop(self) -> None:
        if self.run is not None:
            self.run.stop()

    @Slot(object)
    def _ignore(self, notice: object) -> None:
        if self.run is not None:
            self.run.ignored.add(key(notice))  # type: ignore[arg-type]  # the signal carries a Notice
            self.show_state()

    @Slot(object)
    def _show_card(self, notice: object) -> None:
        card = self.cards.card(notice)  # type: ignore[arg-type]  # the signal carries a Notice
        if card is not None:
            self._side.ensureWidgetVisible(card)
            card.setFocus()

    def save_picture(self, path: Path) -> bool:
        """Write the curves into a PNG file and tell whether that worked."""
        return self.curves is not None and self.curves.save_picture(path)


def _tool(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAutoRaise(True)
    return button


def _acts(state: State) -> frozenset[Action]:
    """Return what can be done about a run in a state: what has ended can begin anew, but not be stopped."""
    if state is State.LOGGED:
        return frozenset()
    return frozenset(Action) if state in AT_WORK else frozenset(Action) - {Action.STOP_AND_KEEP}
