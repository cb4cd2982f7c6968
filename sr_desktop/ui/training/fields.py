"""Rows of a form: a label, a field, what it is for, and what is wrong with it, in words beside it."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from sr_desktop.ui.widgets import icons, theme

FIELD_WIDTH = 230
LABEL_WIDTH = 130


class ProblemLabel(QWidget):
    """A sentence that says what is wrong, with a sign before it; nothing while nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel()
        self._label.setWordWrap(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(22, 0, 0, 2)
        layout.addWidget(self._label, 1)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.text()

    def say(self, text: str) -> None:
        """Say it, or nothing."""
        self._label.setText(text)
        colours = theme.notice_colours(self.palette(), is_error=True)
        palette = self._label.palette()
        palette.setColor(palette.ColorRole.WindowText, colours.line)
        self._label.setPalette(palette)
        self.setVisible(bool(text))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign: a problem is not told by colour alone."""
        painter = QPainter(self)
        square = self.rect()
        square.setSize(icons.SMALL * 0.8)
        icons.draw(painter, "warning", square, theme.notice_colours(self.palette(), is_error=True).line)


class Form(QWidget):
    """Rows of labelled fields, each with room for its problem."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.problems: dict[str, ProblemLabel] = {}
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(16)
        self._form.setVerticalSpacing(8)
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def add(self, name: str, label: str, field: QWidget, hint: str = "") -> None:
        """Add a row; `name` is the field's in the spec, for its problems."""
        cell = QWidget()
        inside = QVBoxLayout(cell)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        inside.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft)
        if hint:
            said = faint(QLabel(hint))
            said.setWordWrap(True)
            inside.addWidget(said)
        self.problems[name] = problem = ProblemLabel()
        inside.addWidget(problem)
        words = QLabel(label)
        words.setMinimumWidth(theme.with_text(LABEL_WIDTH))  # so that forms below each other are one
        words.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        words.setContentsMargins(0, 3, 0, 0)  # on one line with what the field says
        words.setBuddy(field)
        field.setAccessibleName(label)
        self._form.addRow(words, cell)

    def show_problems(self, found: Mapping[str, str]) -> None:
        """Show the problem of each field that has one."""
        for name, label in self.problems.items():
            label.say(found.get(name, ""))


def faint(label: QLabel) -> QLabel:
    """Return the label in the quieter colour of text that need not be read."""
    label.setForegroundRole(label.palette().ColorRole.PlaceholderText)
    return label


def heading(text: str, factor: float = 1.25) -> QLabel:
    """Return a line in a larger size."""
    label = QLabel(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    label.setFont(font)
    label.setWordWrap(True)
    return label


class Choice(QComboBox):
    """One of a few values.

    Signals:
        chosen: The value a person took.
    """

    chosen = Signal(object)

    def __init__(self, items: Sequence[tuple[str, object]] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumWidth(theme.with_text(FIELD_WIDTH))
        self._items: list[tuple[str, object]] = []
        self.offer(items)
        self.activated.connect(self._report)

    def offer(self, items: Sequence[tuple[str, object]]) -> None:
        """Offer other values; what is shown stays if it is among them."""
        if list(items) == self._items:
            return  # a list that is open stays so
        self._items = list(items)
        value = self.currentData()
        self.clear()
        for text, data in items:
            self.addItem(text, data)
        self.show_value(value)

    def show_value(self, value: object) -> None:
        """Show a value."""
        self.setCurrentIndex(self.findData(value))

    @Slot()
    def _report(self) -> None:
        self.chosen.emit(self.currentData())


class Switch(QCheckBox):
    """Yes or no.

    Signals:
        chosen: Which of them a person took.
    """

    chosen = Signal(object)

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.clicked.connect(lambda checked: self.chosen.emit(checked))

    def show_value(self, value: object) -> None:
        """Show a value."""
        self.setChecked(bool(value))


class Entry(QLineEdit):
    """A value that is typed.

    Signals:
        chosen: The value, once the person has left the field.
        refused: What was typed is no such value.
    """

    chosen = Signal(object)
    refused = Signal(str)

    def __init__(
        self, read: Callable[[str], object], write: Callable[[object], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._read, self._write = read, write
        self.setFixedWidth(theme.with_text(FIELD_WIDTH))
        self.setAcceptDrops(False)  # a folder dropped here is meant for the page
        self.editingFinished.connect(self._report)

    def show_value(self, value: object) -> None:
        """Show a value, unless it is what is being typed."""
        text = self._write(value)
        if not (self.hasFocus() and self.isModified()):
            blocker = QSignalBlocker(self)
            self.setText(text)
            blocker.unblock()

    @Slot()
    def _report(self) -> None:
        try:
            value = self._read(self.text().strip())
        except ValueError:
            self.refused.emit(self.text())
            return
        self.setModified(False)
        self.chosen.emit(value)


def line() -> QFrame:
    """Return a quiet line across."""
    drawn = QFrame()
    drawn.setFixedHeight(1)
    drawn.setAutoFillBackground(True)
    drawn.setBackgroundRole(QPalette.ColorRole.Mid)
    return drawn


def number(value: object) -> str:
    """Return a number as short as it can be written."""
    return f"{value:g}" if isinstance(value, float) else str(value)


class Table(QWidget):
    """Names and values in two columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(1, 1)
        self.values: dict[str, QLabel] = {}

    def show_value(self, name: str, value: str, tip: str = "") -> None:
        """Show a value in the row of this name, which is added if it is new."""
        if name not in self.values:
            row = len(self.values)
            self.values[name] = label = QLabel()
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._grid.addWidget(faint(QLabel(name)), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label, row, 1)
        self.values[name].setText(value)
        self.values[name].setToolTip(tip)
