"""The list of files: rows of one height, a bar for those at work, and what a person does to rows."""

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from sr_desktop.services.folder.rows import Row
from sr_desktop.ui.folder.model import SHARE_ROLE, THUMBNAIL, Column, FolderModel, Index
from sr_desktop.ui.widgets import icons

ROW_HEIGHT = THUMBNAIL.height() + 6

WIDTHS = {Column.NAME: 240, Column.SIZE: 76, Column.STATE: 104, Column.PROGRESS: 96, Column.TIME: 76}

_BAR_HEIGHT = 6

_EN_SPACE = "\u2002"


class _Bar(QStyledItemDelegate):
    """Draws how far a file at work is."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the ground of a cell, and a bar if there is something to tell."""
        super().paint(painter, option, index)
        share = index.data(SHARE_ROLE)
        if share is None:
            return
        palette: QPalette = option.palette
        rect: QRect = option.rect.adjusted(8, 0, -8, 0)
        bar = QRectF(rect.left(), rect.center().y() - _BAR_HEIGHT / 2 + 0.5, rect.width(), _BAR_HEIGHT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.mid())
        painter.drawRoundedRect(bar, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        bar.setWidth(max(_BAR_HEIGHT, bar.width() * share))
        painter.setBrush(palette.color(QPalette.ColorRole.Accent))
        painter.drawRoundedRect(bar, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        painter.restore()


class _State(QStyledItemDelegate):
    """Draws a sign no larger than its word; the thumbnails have more room."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802  (Qt's name)
        """Give the sign its size."""
        super().initStyleOption(option, index)
        option.decorationSize = icons.SMALL


class _Number(QStyledItemDelegate):
    """Draws a number on the right, with some room before the next column."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802  (Qt's name)
        """Put the room there."""
        super().initStyleOption(option, index)
        option.text += _EN_SPACE


class _Story(QStyledItemDelegate):
    """Draws a sentence, whose beginning says most."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802  (Qt's name)
        """Leave out the end where there is too little room."""
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideRight


class FolderTable(QTableView):
    """Shows a `FolderModel`.

    Signals:
        opened: A `Row` that the person wants to see.
        removal_requested: `Row`s that the person wants out of the batch.

    Args:
        model: The rows.
        remove: The same wish as a menu entry.
    """

    opened = Signal(object)
    removal_requested = Signal(object)

    def __init__(self, model: FolderModel, remove: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = model
        self._remove = remove
        self.setModel(model)
        self.setAccessibleName(self.tr("Files of the batch"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setIconSize(THUMBNAIL)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        for column, delegate in (
            (Column.SIZE, _Number(self)),
            (Column.TIME, _Number(self)),
            (Column.STATE, _State(self)),
            (Column.PROGRESS, _Bar(self)),
            (Column.STORY, _Story(self)),
        ):
            self.setItemDelegateForColumn(column, delegate)
        self._set_up_headers()
        self.doubleClicked.connect(self._open)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._show_menu)

    def _set_up_headers(self) -> None:
        rows = self.verticalHeader()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)  # nobody asks ten thousand rows for their height
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.hide()
        columns = self.horizontalHeader()
        columns.setStretchLastSection(True)
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSortIndicatorClearable(True)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self.setSortingEnabled(True)

    @property
    def chosen(self) -> list[Row]:
        """The rows that are selected."""
        return [self._files.row(index) for index in self.selectionModel().selectedRows()]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return opens, Delete takes out."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_chosen()
        else:
            super().keyPressEvent(event)

    @Slot()
    def remove_chosen(self) -> None:
        """Ask that the selected rows go."""
        if self.chosen:
            self.removal_requested.emit(self.chosen)

    def _open(self, index: Index) -> None:
        self.opened.emit(self._files.row(index))

    @Slot(QPoint)
    def _show_menu(self, place: QPoint) -> None:
        index = self.indexAt(place)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Show Before and After"), lambda: self._open(index))
        menu.addAction(self._remove)
        menu.popup(self.viewport().mapToGlobal(place))
