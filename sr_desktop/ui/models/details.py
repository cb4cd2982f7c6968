"""Everything that is known of one model; or why it can't be used."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from sr_desktop.library.catalogue import Broken, Entry
from sr_desktop.services.models.speed import Speed
from sr_desktop.ui.models import words as models_words
from sr_desktop.ui.shell import language

LEAST_WIDTH = 280


class ModelsDetails(QScrollArea):
    """Shows one model; all of it can be selected and copied."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("About this model"))
        self.title = QLabel()
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        font.setBold(True)
        self.title.setFont(font)
        self.summary = QLabel()
        for label in (self.title, self.summary):
            _prepare(label)
        self._said: list[tuple[str, str]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(8)
        layout.addWidget(self.title)
        layout.addWidget(self.summary)
        layout.addLayout(self._rows)
        layout.addStretch()
        self.setWidget(inside)

    @property
    def text(self) -> str:
        """Everything that is said, line by line."""
        return "\n".join([self.title.text(), self.summary.text(), *(f"{name}: {value}" for name, value in self._said)])

    def show_model(self, model: Entry | Broken | None, speed: Speed | None) -> None:
        """Show one model, with the speed that was measured here."""
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            assert row is not None
            row.hide()  # now: it goes when the event loop is back
            row.deleteLater()
        self._said.clear()
        self.title.setText("" if model is None else model.path.stem)
        self.summary.setText("")
        if isinstance(model, Broken):
            self.summary.setText(language.translated(str(model.error)))
            self._add(self.tr("File"), str(model.path))
        elif model is not None:
            self._show_entry(model, speed)
        self.verticalScrollBar().setValue(0)

    def _show_entry(self, entry: Entry, speed: Speed | None) -> None:
        card = entry.card
        self.summary.setText(language.translated(card.description))
        self._add(self.tr("Makes pictures"), self.tr("{}× larger").format(entry.scale))
        self._add(self.tr("Learned from"), ", ".join(card.training_data) or self.tr("not said"))
        self._add(self.tr("Terms of these pictures"), card.terms or self.tr("not said"))
        self._add(self.tr("Scores"), "\n".join(models_words.scores(entry)) or self.tr("none measured"))
        if speed is None:
            measured = self.tr("not measured")
        else:
            measured = self.tr("{} on {}").format(models_words.speed(speed), speed.device)
        self._add(self.tr("Speed here"), measured)
        self._add(self.tr("Network"), models_words.network(entry))
        if card.command:
            self._add(self.tr("Made by"), card.command)
        self._add(self.tr("Checksum (SHA-256)"), _breakable(entry.sha256))
        self._add(self.tr("File"), str(entry.path))

    def _add(self, name: str, value: str) -> None:
        label, text = QLabel(name), QLabel(value)
        label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        _prepare(text)
        row = QWidget()
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(1)
        lines.addWidget(label)
        lines.addWidget(text)
        self._rows.addWidget(row)
        self._said.append((name, value))


def _prepare(label: QLabel) -> None:
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)


def _breakable(digits: str) -> str:
    """Return digits in groups, so that a line can end between two."""
    return " ".join(digits[start : start + 8] for start in range(0, len(digits), 8))
