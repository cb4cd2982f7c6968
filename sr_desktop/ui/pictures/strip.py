"""The open pictures as a strip of thumbnails, each with its state."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QPointF, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from sr_desktop.services.pictures.document import Document, State
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.ui.pictures.strip_model import Index, StripModel
from sr_desktop.ui.widgets import icons, theme, wording

THUMBNAIL = QSize(112, 74)
PADDING = 6

_BADGES = {State.WAITING: "clock", State.FAILED: "warning", State.DONE: "check"}
"""Icons beside the words; the other states need none."""


class _Delegate(QStyledItemDelegate):
    """Draws a thumbnail with its name and its state."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One thumbnail and two lines of text."""
        height = QFontMetrics(option.font).height()
        return QSize(THUMBNAIL.width() + 2 * PADDING, THUMBNAIL.height() + 2 * height + 3 * PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw it."""
        model = index.model()
        assert isinstance(model, StripModel)
        document = model.document(index)
        rect = QRect(option.rect.topLeft(), self.sizeHint(option, index))
        palette: QPalette = option.palette
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.setBrush(palette.highlight())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
        place = QRect(rect.topLeft() + QPoint(PADDING, PADDING), THUMBNAIL)
        self._draw_picture(painter, model, document, place, palette)
        role = QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.WindowText
        painter.setPen(palette.color(role))
        words = QRect(place.left(), place.bottom() + PADDING, place.width(), rect.bottom() - place.bottom() - PADDING)
        self._draw_words(painter, document, words)
        painter.restore()

    @staticmethod
    def _draw_picture(
        painter: QPainter, model: StripModel, document: Document, place: QRect, palette: QPalette
    ) -> None:
        pixmap = model.pixmap(document, place.size(), painter.device().devicePixelRatio())
        if pixmap is not None:
            size = pixmap.deviceIndependentSize()
            middle = QRect(place).center() + QPoint(1, 1)
            painter.drawPixmap(QPointF(middle) - QPointF(size.width() / 2, size.height() / 2), pixmap)
            return
        colours = theme.surroundings(palette)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.around)
        painter.drawRoundedRect(place, 4, 4)
        square = QRect(QPoint(), icons.LARGE)
        square.moveCenter(place.center())
        icons.draw(painter, "picture", square, colours.line)

    @staticmethod
    def _draw_words(painter: QPainter, document: Document, place: QRect) -> None:
        metrics = painter.fontMetrics()
        line = QRect(place.left(), place.top(), place.width(), metrics.height())
        name = metrics.elidedText(document.source.name, Qt.TextElideMode.ElideMiddle, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignHCenter, name)
        line.translate(0, metrics.height())
        badge, symbol = wording.badge(document), _BADGES.get(document.state)
        side = metrics.height() + 2 if symbol else 0
        left = line.left() + (line.width() - side - metrics.horizontalAdvance(badge)) // 2
        if symbol:
            icons.draw(painter, symbol, QRect(left, line.top(), side - 2, side - 2), painter.pen().color())
        painter.drawText(line.adjusted(left + side - line.left(), 0, 0, 0), Qt.AlignmentFlag.AlignLeft, badge)


class Strip(QListView):
    """One row of thumbnails; hidden while there are fewer than two.

    Signals:
        chosen: A `Document` that the person wants to see.
        removal_requested: A `Document` that the person wants to close.
        drag_requested: A `Document` that the person pulls out of the window.
        menu_requested: The global position of a right click on a thumbnail, whose picture has been chosen before.
    """

    chosen = Signal(object)
    removal_requested = Signal(object)
    drag_requested = Signal(object)
    menu_requested = Signal(QPoint)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pressed_at: QPoint | None = None
        self.setAccessibleName(self.tr("Open pictures"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSpacing(2)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setBackgroundRole(QPalette.ColorRole.Window)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_Delegate(self))
        self.documents = StripModel(workspace, self)
        self.setModel(self.documents)
        self.clicked.connect(self._choose)
        workspace.listed.connect(self._show_or_hide)
        workspace.shown_changed.connect(self._select_shown)
        self._show_or_hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the scroll bar when there is one."""
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """Be as high as one row, and the scroll bar if not all thumbnails fit."""
        item = self.itemDelegate().sizeHint(self._option(), QModelIndex())
        width = self.documents.rowCount() * (item.width() + 2 * self.spacing())
        bar = self.horizontalScrollBar().sizeHint().height() if width > self.width() else 0
        self.setFixedHeight(item.height() + 2 * self.spacing() + bar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete closes a picture; arrows choose the one they come to."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Delete and index.isValid():
            self.removal_requested.emit(self.documents.document(index))
            return
        super().keyPressEvent(event)
        if self.currentIndex() != index and self.currentIndex().isValid():
            self._choose(self.currentIndex())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a pull may begin."""
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Choose the picture under the pointer, or with the menu key the current one, and ask for its menu."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid():
            self._choose(index)
            self.menu_requested.emit(event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull a result out of the window."""
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        if (event.position().toPoint() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            index, self._pressed_at = self.indexAt(self._pressed_at), None
            if index.isValid():
                self.drag_requested.emit(self.documents.document(index))

    def _option(self) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        return option

    @Slot(QModelIndex)
    def _choose(self, index: QModelIndex) -> None:
        self.chosen.emit(self.documents.document(index))

    @Slot()
    def _show_or_hide(self) -> None:
        self._fit_height()
        self.setVisible(len(self._workspace.documents) > 1)
        self._select_shown()

    @Slot()
    def _select_shown(self) -> None:
        index = self.documents.row_of(self._workspace.shown)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)
