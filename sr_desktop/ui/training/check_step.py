"""The wizard's third step: the draft read out, what can't work, and what a look before step 1 shows."""

import dataclasses

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QProgressBar,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sr_desktop.errors import ModelError
from sr_desktop.runs.notices import Action
from sr_desktop.runs.spec import RunSpec, completed
from sr_desktop.services.training.draft import NAME, Draft
from sr_desktop.services.training.trial import Pace, Trial
from sr_desktop.ui.training import words
from sr_desktop.ui.training.fields import ProblemLabel, faint, heading
from sr_desktop.ui.training.notice_cards import NoticeCards
from sr_desktop.ui.widgets import theme, wording
from sr_desktop.ui.widgets.notice_bar import NoticeBar

ALWAYS = ("pictures", "low", "scale", "start", "degrade", "steps", "minutes")
"""Fields that are read out whatever they are; of the others only those that are not as usual."""

COLUMN_WIDTH = 760


class CheckStep(QScrollArea):
    """Shows what would be trained, and how it looks before the first step.

    Signals:
        asked: A `Notice` whose action the person wants.
    """

    asked = Signal(object)

    def __init__(self, draft: Draft, trial: Trial, pace: Pace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._trial, self._pace = draft, trial, pace
        self.title = heading("")
        self.notice_bar = NoticeBar()
        self.notice_bar.close_button.hide()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.doing = faint(QLabel())
        self.cards = NoticeCards(is_draft=True)
        self.found = QLabel()
        self.found.setWordWrap(True)
        self.rows = _Rows()
        self.layers_button = QToolButton()
        self.layers_button.setText(self.tr("Inside the network"))
        self.layers_button.setCheckable(True)
        self.layers_button.setAutoRaise(True)
        self.layers_button.setArrowType(Qt.ArrowType.RightArrow)
        self.layers_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.layers = QLabel()
        self.layers.setTextFormat(Qt.TextFormat.RichText)
        self.layers.setVisible(False)
        self._lay_out()
        self.layers_button.toggled.connect(self._show_layers)
        self.cards.asked.connect(self.asked)
        draft.changed.connect(self.show_state)
        trial.changed.connect(self.show_state)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setMaximumWidth(theme.with_text(COLUMN_WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 12)
        column.setSpacing(10)
        for widget in (self.title, self.notice_bar, self.progress, self.doing, self.found, self.cards):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.rows)
        column.addWidget(self.layers_button)
        column.addWidget(self.layers)
        column.addStretch()
        outside = QWidget()
        row = QGridLayout(outside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setColumnStretch(0, 1)
        row.setColumnStretch(1, 20)
        row.setColumnStretch(2, 1)
        row.addWidget(inside, 0, 1)
        self.setWidget(outside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def begin(self) -> None:
        """Try the draft, if it can be tried."""
        if not self._draft.problems():
            self._trial.start(self._draft.finished())
        self.show_state()

    @property
    def is_passed(self) -> bool:
        """Whether the draft as it is now was tried, so that it can be started."""
        if self._draft.problems():
            return False
        try:
            return self._trial.passed(self._draft.finished())
        except ModelError:
            return False  # a file of that name came while the draft was looked at

    @Slot()
    def show_state(self) -> None:
        """Show the draft, its problems, and how far the trial is."""
        found = {problem.field: problem.text for problem in reversed(self._draft.problems())}
        self.rows.show_rows(_read_out(self._draft), found)
        story, failure = self._trial.story, self._trial.failure
        self.notice_bar.show_notice(failure)
        is_busy = self._trial.is_busy and not found
        self.progress.setVisible(is_busy)
        self.doing.setVisible(is_busy)
        if story is not None:
            self.progress.setRange(0, story.prepared.total if story.sittings == 0 else 0)
            self.progress.setValue(story.prepared.done)
        self.doing.setText(self._doing())
        has_story = story is not None and not found
        self.found.setVisible(has_story and bool(story and story.data))
        self.found.setText(self._found())
        self.cards.setVisible(has_story)
        self.cards.show_notices(story.notices if story is not None else [], acts=frozenset(Action))
        self.layers_button.setVisible(has_story and story is not None and story.probe is not None)
        self._show_layers(self.layers_button.isChecked())
        self.title.setText(self._title(bool(found)))

    def _title(self, has_problems: bool) -> str:
        story = self._trial.story
        if has_problems:
            return self.tr("Something has to be changed first.")
        if self._trial.failure is not None:
            return self.tr("This can't be trained yet.")
        if self._trial.is_busy or story is None:
            return self.tr("Looking at it before the first step…")
        if any(notice.severity.rank for notice in story.notices):
            return self.tr("It can be started, but there is something to think about.")
        if story.notices:
            return self.tr("It can be started. There is a remark.")
        return self.tr("Nothing is wrong with this start.")

    def _doing(self) -> str:
        story = self._trial.story
        if story is None or (story.sittings == 0 and not story.prepared.total):
            return self.tr("Loading the trainer")
        if story.sittings == 0:
            done, total = words.count(story.prepared.done), words.count(story.prepared.total)
            return self.tr("Reading the pictures: {} of {}").format(done, total)
        return self.tr("Sending a first batch through the network, and measuring the pace")

    def _found(self) -> str:
        story = self._trial.story
        if story is None or not story.data:
            return ""
        data, spec = story.data, self._trial.spec
        learned, held_out = words.count(int(data["pictures"])), words.count(int(data["held_out"]))
        parts = [self.tr("{} pictures to learn from, {} to check on").format(learned, held_out)]
        if story.left_out:
            parts.append(self.tr("{} left out").format(words.count(len(story.left_out))))
        parts.append(story.device)
        if story.pace and spec is not None:
            seconds = spec.steps * spec.batch / story.pace if spec.steps else spec.minutes * 60
            parts.append(self.tr("about {} of training").format(wording.estimate(seconds)))
        return " · ".join(parts)

    @Slot(bool)
    def _show_layers(self, shows: bool) -> None:
        story = self._trial.story
        probe = story.probe if story is not None else None
        self.layers_button.setArrowType(Qt.ArrowType.DownArrow if shows else Qt.ArrowType.RightArrow)
        self.layers.setVisible(shows and probe is not None and self.layers_button.isVisible())
        if probe is None:
            return
        titles = (self.tr("Layer"), self.tr("Signal"), self.tr("Depends on the picture"), self.tr("Gradient"))
        cells = [titles]
        for layer in probe.get("layers", []):
            figures = (layer.get(name) for name in ("activation_rms", "activation_std", "gradient_rms"))
            cells.append((str(layer["name"]), *("–" if value is None else f"{value:.2g}" for value in figures)))  # type: ignore[arg-type]  # four
        lines = ("".join(f"<td style='padding-right: 24px'>{cell}</td>" for cell in row) for row in cells)
        self.layers.setText("<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>")


class _Rows(QWidget):
    """Fields and values in two columns, each with its problem below."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        self._shown: tuple[object, ...] = ()
        self.problems: dict[str, ProblemLabel] = {}

    def show_rows(self, rows: list[tuple[str, str]], problems: dict[str, str]) -> None:
        """Show these values by field, and every problem, also of fields without a row."""
        names = [name for name, _ in rows]
        rows = rows + [(name, "") for name in problems if name not in names]
        content = (*rows, *problems.items())
        if content == self._shown:
            return
        self._shown = content
        for label in self.findChildren(QWidget):
            label.hide()
            label.deleteLater()
        self.problems = {}
        for row, (name, value) in enumerate(rows):
            self._grid.addWidget(faint(QLabel(words.field(name))), 2 * row, 0)
            shown = QLabel(value)
            shown.setWordWrap(True)
            self._grid.addWidget(shown, 2 * row, 1)
            if name in problems:
                self.problems[name] = label = ProblemLabel()
                self._grid.addWidget(label, 2 * row + 1, 1)
                label.say(problems[name])


def _read_out(draft: Draft) -> list[tuple[str, str]]:
    """Return the draft's fields and values: those a person always wants to see, and those that are not as usual."""
    spec, usual = draft.spec, RunSpec("", draft.spec.scale, "")
    full = completed(spec)
    rows = [(NAME, draft.name)]
    for field in dataclasses.fields(RunSpec):
        name, value = field.name, getattr(spec, field.name)
        if name == "output" or (not value and name in ("low", "steps", "minutes")):
            continue
        if name == "learning_rate":
            rows.append((name, words.value(name, full.learning_rate)))
        elif name in ALWAYS or value != getattr(usual, name):
            rows.append((name, str(value) if name in ("pictures", "low") else words.value(name, value)))
    return rows
