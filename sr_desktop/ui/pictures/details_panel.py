"""The panel beside a picture that lists what its file keeps and what changes, before it is saved and after."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from sr_desktop.services.pictures.document import Document, State
from sr_desktop.services.pictures.save_preview import Fate, fate
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.system import file_names
from sr_desktop.ui.pictures import details_words
from sr_desktop.ui.shell import language
from sr_desktop.ui.widgets import icons, theme, wording

if TYPE_CHECKING:
    from sr_desktop.services.pictures.picture import Picture

LEAST_WIDTH, FIRST_WIDTH = 220, 280


class DetailsPanel(QScrollArea):
    """Shows the picture that is shown; all of it can be selected and copied.

    Args:
        workspace: Has the picture.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._said: list[tuple[str, str]] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setMinimumWidth(LEAST_WIDTH)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What is kept and what is changed"))
        inside = QWidget()
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(14, 10, 14, 10)
        self._rows.setSpacing(5)
        self.setWidget(inside)

    @property
    def text(self) -> str:
        """Everything that is said, line by line; what is kept begins with +, what is changed with !."""
        return "\n".join(f"{mark} {text}".strip() for mark, text in self._said)

    @Slot()
    def refresh(self) -> None:
        """Show the picture as it is now, if the panel is to be seen."""
        if self.isHidden():
            return
        lines = list(self._lines(self._workspace.shown))
        if lines == self._said:
            return
        self._clear()
        self._said = lines
        for mark, text in lines:
            self._rows.addWidget(_Line(mark, text))
        self._rows.addStretch()

    def _clear(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()  # now: it goes when the event loop is back
                row.deleteLater()

    def _lines(self, document: Document | None) -> Iterable[tuple[str, str]]:
        """Yield what is said: a mark (# and ## for headings, + for kept, ! for changed) and a text."""
        if document is None:
            return
        yield "#", document.source.name
        if document.before is None:
            yield "", self._standing(document)
            return
        raster = document.before.raster
        size = wording.size(raster.width, raster.height)
        facts = raster.format, size, wording.depth(raster), language.translated(document.before.pyramid.profile)
        yield "", wording.SEPARATOR.join(fact for fact in facts if fact)
        found = fate(document, self._workspace.options)
        if found is None:
            yield "", self.tr("A result of this size is not possible.")
        else:
            yield from self._fate(found, document.before)

    def _standing(self, document: Document) -> str:
        if document.state is State.FAILED:
            return self.tr("It could not be read.")
        return self.tr("It has not been read yet.")

    def _fate(self, found: Fate, source: "Picture") -> Iterable[tuple[str, str]]:
        if found.path is None:
            yield "#", self.tr("When saved as {}").format(found.format)
        else:
            yield "#", self.tr("Saved as {}").format(file_names.shown(found.path))
        if found.written is None:
            yield "", self.tr("This result was made before; what it kept was not noted.")
            return
        yield "##", self.tr("Kept")
        for name in found.written.kept:
            yield "+", details_words.kept(name, source)
        if not found.written.kept:
            yield "", self.tr("Beside the picture itself there is nothing to keep.")
        yield "##", self.tr("Changed")
        for change in found.written.changed:
            yield "!", language.translated(change.text)
        if not found.written.changed:
            yield "", self.tr("Nothing but the size.")


class LossLine(QFrame):
    """One line that says what saving will change, from when the picture is read until the result is saved.

    Args:
        workspace: Has the picture.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.text = QLabel()
        _prepare(self.text)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(10)
        row.addWidget(_Sign("note"))
        row.addWidget(self.text, 1)
        self.hide()

    @Slot()
    def refresh(self, *, is_listed: bool) -> None:
        """Say what will change, or nothing if that is listed beside the picture anyway."""
        shown = self._workspace.shown
        found = fate(shown, self._workspace.options) if shown is not None else None
        losses = found.losses if found is not None and found.path is None else ()
        if found is not None and losses:
            # What the file lacks is so whatever becomes of the picture.
            parts = [language.translated(change.text) for change in losses if change.id == "damage"]
            if rest := " ".join(change.text for change in losses if change.id != "damage"):
                parts += [self.tr("When saved as {}:").format(found.format), language.translated(rest)]
            self.text.setText(" ".join(parts))
        self.setVisible(bool(losses) and not is_listed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground that notices have."""
        colours = theme.notice_colours(self.palette(), is_error=False)
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.ground)
        painter.fillRect(0, 0, self.width(), 1, colours.line)


class _Sign(QWidget):
    """An icon in front of a text."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setFixedSize(icons.SMALL * _SIGN_SCALE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colour that tells kept from changed, beside its shape."""
        is_kept = self._name == "check"
        colour = (
            self.palette().windowText().color()
            if is_kept
            else theme.notice_colours(self.palette(), is_error=False).line
        )
        icons.draw(QPainter(self), self._name, self.rect(), colour)


_SIGN_SCALE = 0.8
_SIGNS = {"+": "check", "!": "note"}


class _Line(QWidget):
    """One line of the panel."""

    def __init__(self, mark: str, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8 if mark.startswith("#") else 0, 0, 0)
        row.setSpacing(6)
        label = QLabel(text)
        _prepare(label)
        if mark in _SIGNS:
            row.addWidget(_Sign(_SIGNS[mark]), 0, Qt.AlignmentFlag.AlignTop)
        if mark == "#":
            font = label.font()
            font.setBold(True)
            label.setFont(font)
        elif mark not in _SIGNS:
            label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        row.addWidget(label, 1)


def _prepare(label: QLabel) -> None:
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
