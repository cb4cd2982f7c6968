"""The table of all models: what they are, where they come from, how good and how fast; those that can't be used at the end."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from sr_desktop.library.catalogue import Broken, Entry
from sr_desktop.services.models.comparison import MOST
from sr_desktop.services.models.models import Inventory
from sr_desktop.ui.models import words as models_words
from sr_desktop.ui.shell import language
from sr_desktop.ui.widgets import icons

PADDING = 10
"""Logical pixels by which a row is higher than its text."""

_MODEL = Qt.ItemDataRole.UserRole

_NUMBERS = (1, 3, 4, 5)
"""Columns that are read as numbers."""

_LAST = 5


class ModelsList(QTreeWidget):
    """Shows the inventory; one model is current, and up to four of one scale can be marked.

    Signals:
        marked: Other models are marked now.
    """

    marked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderLabels(
            [
                self.tr("Model"),
                self.tr("Scale"),
                self.tr("Origin"),
                self.tr("Size"),
                self.tr("Score"),
                self.tr("Speed here"),
            ]
        )
        tips = {
            0: self.tr("Mark up to {} models of one scale to compare them on a picture").format(MOST),
            4: self.tr("Peak signal-to-noise ratio on pictures that it did not learn from"),
            5: self.tr("Megapixels of the result per second, measured on this computer"),
        }
        for column, tip in tips.items():
            self.headerItem().setToolTip(column, tip)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(self.tr("Models"))
        self.setIconSize(icons.SMALL)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.header().setStretchLastSection(True)
        for column in _NUMBERS:
            self.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
        self.itemChanged.connect(self._follow_mark)
        self._show_boxes()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of theme."""
        if event.type() is QEvent.Type.ApplicationPaletteChange:
            self._show_boxes()
        super().changeEvent(event)

    def _show_boxes(self) -> None:
        """Let the boxes for marks be seen: Qt's style outlines them in a shade of the ground, lost on a dark one."""
        palette = QGuiApplication.palette()
        self.header().setPalette(palette)
        palette.setColor(QPalette.ColorRole.Window, palette.color(QPalette.ColorRole.PlaceholderText))
        self.setPalette(palette)

    @property
    def current(self) -> Entry | Broken | None:
        """The model that is chosen."""
        item = self.currentItem()
        return None if item is None else _model_of(item)

    @property
    def marked_models(self) -> list[Entry]:
        """The models that are to be compared."""
        found = [_model_of(item) for item in self._items() if item.checkState(0) is Qt.CheckState.Checked]
        return [model for model in found if isinstance(model, Entry)]

    def show_inventory(self, inventory: Inventory) -> None:
        """Show these models; what was chosen and marked stays so."""
        chosen = self.current
        marked = {model.name for model in self.marked_models}
        with QSignalBlocker(self):
            self.clear()
            for entry in inventory.models.entries:
                found = inventory.speeds.get(entry.sha256)
                item = self._row(entry, models_words.speed(found) if found else "")
                item.setCheckState(0, Qt.CheckState.Checked if entry.name in marked else Qt.CheckState.Unchecked)
            for broken in inventory.models.broken:
                self._broken_row(broken)
        self.choose((chosen.path if chosen is not None else Path()).stem)
        self.marked.emit()

    def choose(self, name: str) -> None:
        """Make the model of this name the current one, or the first if there is none."""
        items = self._items()
        if items:
            self.setCurrentItem(next((item for item in items if _model_of(item).path.stem == name), items[0]))
            self.currentItemChanged.emit(self.currentItem(), None)  # also where the same row shows something else now

    def _row(self, entry: Entry, speed: str) -> QTreeWidgetItem:
        item = self._item(entry)
        scale = self.tr("{}×").format(entry.scale)
        size = models_words.file_size(entry.size_bytes)
        texts = entry.name, scale, models_words.origin(entry), size, models_words.first_score(entry), speed
        for column, text in enumerate(texts):
            item.setText(column, text)
        item.setToolTip(0, entry.card.description)
        return item

    def _broken_row(self, broken: Broken) -> None:
        item = self._item(broken)
        item.setText(0, broken.path.stem)
        item.setText(2, self.tr("Can't be used"))
        item.setIcon(0, icons.icon("warning"))
        for column in range(self.columnCount()):
            item.setToolTip(column, language.translated(str(broken.error)))

    def _item(self, model: Entry | Broken) -> QTreeWidgetItem:
        item = QTreeWidgetItem(self)
        item.setData(0, _MODEL, model)
        # Of the last column, since it takes what is left: a hint is for both directions.
        item.setSizeHint(_LAST, QSize(0, self.fontMetrics().height() + PADDING))
        for column in _NUMBERS:
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return item

    def _items(self) -> list[QTreeWidgetItem]:
        return [item for number in range(self.topLevelItemCount()) if (item := self.topLevelItem(number)) is not None]

    @Slot(QTreeWidgetItem, int)
    def _follow_mark(self, item: QTreeWidgetItem, column: int) -> None:
        """Keep to one scale, that of the last mark, and to as many as can be looked at together."""
        model = _model_of(item)
        if column != 0 or not isinstance(model, Entry):
            return
        with QSignalBlocker(self):
            if item.checkState(0) is Qt.CheckState.Checked:
                self._unmark_other_scales(model.scale)
            if len(self.marked_models) > MOST:
                item.setCheckState(0, Qt.CheckState.Unchecked)
        self.viewport().update()
        self.marked.emit()

    def _unmark_other_scales(self, scale: int) -> None:
        for item in self._items():
            model = _model_of(item)
            if isinstance(model, Entry) and model.scale != scale:
                item.setCheckState(0, Qt.CheckState.Unchecked)


def _model_of(item: QTreeWidgetItem) -> Entry | Broken:
    model = item.data(0, _MODEL)
    assert isinstance(model, Entry | Broken)
    return model
