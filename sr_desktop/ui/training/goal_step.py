"""The wizard's second step: what the model shall do, and how long that may take."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sr_desktop.library.catalogue import Catalogue, default_name
from sr_desktop.runs.spec import SCRATCH
from sr_desktop.services.training.draft import CAMERA, LENGTHS, NAME, Draft, bundled_path
from sr_desktop.services.training.trial import Pace
from sr_desktop.ui.training import words
from sr_desktop.ui.training.expert import Expert
from sr_desktop.ui.training.fields import FIELD_WIDTH, Choice, Form
from sr_desktop.ui.widgets import theme, wording

FORM_WIDTH = 620


class GoalStep(QScrollArea):
    """Shows the draft's goal and reports what a person makes of it.

    Args:
        draft: What is shown and changed.
        pace: How long runs take here.
    """

    def __init__(self, draft: Draft, pace: Pace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._pace = draft, pace
        self._models: Catalogue | None = None
        self.refusals: dict[str, str] = {}
        self.form = Form()
        self.scale = Choice([(self.tr("{}× larger").format(scale), scale) for scale in (2, 3, 4)])
        self.start = Choice()
        self.kinds = _Radios()
        self.lengths = _Radios()
        self.name = QLineEdit()
        self.name.setFixedWidth(theme.with_text(FIELD_WIDTH))
        self.name.setAcceptDrops(False)
        self.expert_button = QToolButton()
        self.expert_button.setText(self.tr("Expert"))
        self.expert_button.setToolTip(self.tr("Everything else that can be decided"))
        self.expert_button.setCheckable(True)
        self.expert_button.setAutoRaise(True)
        self.expert_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.expert = Expert(draft)
        self._lay_out()
        self._connect()
        self._show_expert(False)
        self.show_draft()

    def _lay_out(self) -> None:
        self.kinds.add("clean", self.tr("Clean pictures: sharp, without traces of JPEG"))
        self.kinds.add("camera", self.tr("Like my camera's JPEGs: a little blurred, noisy, compressed"))
        self.kinds.add("custom", self.tr("As set under Expert"))
        for name in LENGTHS:
            self.lengths.add(name, "")
        self.lengths.add("custom", self.tr("As set under Expert"))
        form = self.form
        form.add("scale", self.tr("Pictures become"), self.scale)
        form.add(
            "start", words.field("start"), self.start, self.tr("Refining a model is quicker, and never makes it worse.")
        )
        form.add("degrade", self.tr("What is made larger"), self.kinds)
        form.add("steps", self.tr("Take"), self.lengths)
        form.add(NAME, words.field(NAME), self.name, self.tr("What the model will be called in the list of models."))
        inside = QWidget()
        inside.setMaximumWidth(theme.with_text(FORM_WIDTH))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 12)
        column.setSpacing(14)
        column.addWidget(form)
        column.addWidget(self.expert_button)
        column.addWidget(self.expert)
        column.addStretch()
        outside = QWidget()
        row = QHBoxLayout(outside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(inside, 20)
        row.addStretch(1)
        self.setWidget(outside)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _connect(self) -> None:
        draft = self._draft
        self.scale.chosen.connect(lambda scale: draft.change(scale=scale))
        self.start.chosen.connect(lambda start: draft.change(start=start))
        self.kinds.group.idClicked.connect(self._choose_kind)
        self.lengths.group.idClicked.connect(self._choose_length)
        self.name.editingFinished.connect(self._rename)
        self.expert_button.toggled.connect(self._show_expert)
        self.expert.refused.connect(self._refuse)
        draft.changed.connect(self._take_change)
        self._pace.changed.connect(self.show_draft)

    def offer_models(self, models: Catalogue | None) -> None:
        """Offer these models to begin with."""
        self._models = models
        self.show_draft()

    @Slot()
    def show_draft(self) -> None:
        """Show the draft, and how long it takes."""
        draft, spec = self._draft, self._draft.spec
        self.scale.show_value(spec.scale)
        self.start.offer(self._starts())
        self.start.show_value(spec.start)
        kind = {(): "clean", CAMERA: "camera"}.get(spec.degrade, "custom")
        self.kinds.show_choice(kind, is_enabled=not spec.low)
        self.kinds.buttons["custom"].setVisible(kind == "custom")
        self._show_lengths()
        self.lengths.show_choice(draft.length or "custom")
        self.lengths.buttons["custom"].setVisible(not draft.length)
        if not self.name.isModified():
            self.name.setText(draft.name)
        found = {problem.field: problem.text for problem in reversed(draft.problems())} | self.refusals
        self.show_problems(found)

    def show_problems(self, found: Mapping[str, str]) -> None:
        """Show the problem of each field that has one; where Expert has them it is opened."""
        self.form.show_problems({name: text for name, text in found.items() if name not in self.expert.fields})
        self.expert.form.show_problems(found)
        if any(name in self.expert.fields for name in found):
            self.expert_button.setChecked(True)

    def _starts(self) -> list[tuple[str, object]]:
        spec = self._draft.spec
        standard = self.tr("{} (comes with the program)").format(default_name(spec.scale))
        items: list[tuple[str, object]] = [(standard, bundled_path(spec.scale))]
        entries = self._models.entries if self._models is not None else ()
        fitting = (entry for entry in entries if entry.scale == spec.scale)
        items += [(entry.name, str(entry.path)) for entry in fitting if str(entry.path) != bundled_path(spec.scale)]
        items.append((self.tr("Nothing: learn from scratch"), SCRATCH))
        if spec.start not in [path for _, path in items]:
            items.append((words.value("start", spec.start), spec.start))
        return items

    def _show_lengths(self) -> None:
        titles = {"quick": self.tr("Quick"), "normal": self.tr("Normal"), "thorough": self.tr("Thorough")}
        for name, steps in LENGTHS.items():
            seconds = self._pace.seconds(self._draft.spec, steps)
            time = (
                self.tr("measuring this computer…")
                if seconds is None
                else self.tr("about {} here").format(wording.estimate(seconds))
            )
            text = self.tr("{}: {} steps, {}").format(titles[name], words.count(steps), time)
            self.lengths.buttons[name].setText(text)

    @Slot(int)
    def _choose_kind(self, number: int) -> None:
        kind = self.kinds.name(number)
        if kind != "custom":
            self._draft.change(degrade=CAMERA if kind == "camera" else ())

    @Slot(int)
    def _choose_length(self, number: int) -> None:
        name = self.lengths.name(number)
        if name in LENGTHS:
            self._draft.change(steps=LENGTHS[name], minutes=0.0)

    @Slot()
    def _rename(self) -> None:
        if self.name.isModified():
            self.name.setModified(False)
            self._draft.rename(self.name.text().strip())

    @Slot()
    def _take_change(self) -> None:
        self.refusals.clear()
        self.show_draft()

    @Slot(str, str)
    def _refuse(self, name: str, text: str) -> None:
        self.refusals[name] = self.tr("“{}” is not a number.").format(text)
        self.show_draft()

    @Slot(bool)
    def _show_expert(self, shows: bool) -> None:
        self.expert_button.setArrowType(Qt.ArrowType.DownArrow if shows else Qt.ArrowType.RightArrow)
        self.expert.setVisible(shows)


class _Radios(QWidget):
    """One of a few, all of them seen."""

    def __init__(self) -> None:
        super().__init__()
        self.group = QButtonGroup(self)
        self.buttons: dict[str, QRadioButton] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(3)

    def add(self, name: str, text: str) -> None:
        """Offer another one."""
        button = QRadioButton(text)
        self.group.addButton(button, len(self.buttons))
        self.buttons[name] = button
        self._layout.addWidget(button)

    def name(self, number: int) -> str:
        """Return the name of a button by its number."""
        return list(self.buttons)[number]

    def show_choice(self, name: str, *, is_enabled: bool = True) -> None:
        """Show which is chosen, and whether another can be."""
        self.buttons[name].setChecked(True)
        self.setEnabled(is_enabled)
