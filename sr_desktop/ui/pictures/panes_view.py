"""Panes beside each other that show pictures of one size at one zoom and one position."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from sr_desktop.ui.pictures.viewport import Viewport
from sr_desktop.ui.widgets import theme

if TYPE_CHECKING:
    from sr_desktop.ui.pictures.layers import Layer

GAP = 2
"""Logical pixels between the panes."""

CHIP_MARGIN = 20
"""Logical pixels between words in a pane and its edges."""

FAINT = 0.35
"""Opacity of the original in the place of a result that is not there yet."""

REFINE_SECONDS = 0.008
"""How long pieces are made before the event loop gets its turn."""

WHEEL_NOTCH = 120
"""Eighths of a degree in a notch of an ordinary wheel (QWheelEvent)."""

MOVES = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class PanesView(QWidget):
    """Wheel, keys and mouse change the viewport of all panes; what they show is for subclasses to say.

    Signals:
        viewport_changed: The zoom, the position or the pane's size; or Space was pressed or let go.
    """

    viewport_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport = Viewport()
        self._is_holding = False
        self._pressed_at: QPointF | None = None
        self._refining = QTimer(self)
        self._refining.setSingleShot(True)
        self._refining.timeout.connect(self._refine)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 160)

    @abstractmethod
    def panes(self) -> Sequence[QRect]:
        """Return where the panes are, in physical pixels, row by row; all are of one size."""

    @abstractmethod
    def layers(self) -> Sequence["Layer"]:
        """Return what is shown."""

    @abstractmethod
    def paint_panes(self, painter: QPainter, line: QColor) -> None:
        """Draw the panes in physical pixels, with lines of this colour between them."""

    @property
    def is_holding(self) -> bool:
        """Whether Space is held, so that the original is shown everywhere."""
        return self._is_holding

    @property
    def is_refining(self) -> bool:
        """Whether something drawn roughly is still to be drawn better."""
        return self._refining.isActive()

    def fit(self) -> None:
        """Show the whole picture."""
        self._set(self.viewport.fitted())

    def zoom_to(self, zoom: float) -> None:
        """Show each pixel of the result as that many physical ones."""
        self._set(self.viewport.zoomed(zoom))

    def step_zoom(self, notches: float) -> None:
        """Zoom as that many notches of the wheel would."""
        self._set(self.viewport.stepped(notches))

    def move_by(self, across: float, down: float) -> None:
        """Move the picture by physical pixels."""
        self._set(self.viewport.moved(across, down))

    def _physical_size(self) -> QRect:
        ratio = self.devicePixelRatioF()
        return QRect(0, 0, round(self.width() * ratio), round(self.height() * ratio))

    def _set(self, viewport: Viewport) -> None:
        if viewport != self.viewport:
            self.viewport = viewport
            self.update()
            self.viewport_changed.emit()

    def _fit_panes(self) -> None:
        pane = self.panes()[0]
        self._set(self.viewport.in_pane(width=pane.width(), height=pane.height()))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw in physical pixels, so that a pixel of the picture can be one of the screen."""
        painter = QPainter(self)
        _use_physical_pixels(painter)
        colours = theme.surroundings(self.palette())
        painter.fillRect(self._physical_size(), colours.around)
        self.paint_panes(painter, colours.line)
        if self.layers():
            self._refining.start(0)

    def _draw(self, painter: QPainter, layer: "Layer | None", pane: QRect, part: QRect) -> None:
        if layer is None or part.isEmpty():
            return
        view = self.viewport
        picture = QRect(
            pane.left() + view.left,
            pane.top() + view.top,
            round(view.image_width * view.zoom),
            round(view.image_height * view.zoom),
        )
        painter.setClipRect(part & picture)
        if layer.has_alpha:
            painter.drawTiledPixmap(part & picture, _checkers(self.devicePixelRatioF()), QPoint())
        layer.draw(painter, view, pane)
        painter.setClipping(False)

    def _draw_chip(self, painter: QPainter, place: QRect, text: str, alignment: Qt.AlignmentFlag) -> None:
        """Draw words on a ground of their own, in logical pixels; long ones in several lines."""
        painter.resetTransform()
        wrapped = alignment.value | Qt.TextFlag.TextWordWrap.value
        inside = place.adjusted(CHIP_MARGIN, CHIP_MARGIN, -CHIP_MARGIN, -CHIP_MARGIN)
        chip = painter.fontMetrics().boundingRect(inside, wrapped, text).adjusted(-14, -8, 14, 8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().window())
        painter.drawRoundedRect(chip, 8, 8)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter.value | Qt.TextFlag.TextWordWrap.value, text)

    @Slot()
    def _refine(self) -> None:
        if any(layer.refine(REFINE_SECONDS) for layer in self.layers()):
            self.update()

    # Gestures

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the same part in sight."""
        self._fit_panes()

    def event(self, event: QEvent) -> bool:
        """Follow a change of the screen's resolution."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._fit_panes()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the cursor."""
        delta = event.angleDelta().y() or event.angleDelta().x()
        if delta:
            self._set(self.viewport.stepped(delta / WHEEL_NOTCH, at=self._in_pane(event.position())))
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._pressed_at = event.position()
            self._show_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture if it is held."""
        if self._pressed_at is None:
            self._show_cursor(event.position())
            return
        step = (event.position() - self._pressed_at) * self.devicePixelRatioF()
        self._pressed_at = event.position()
        self.move_by(step.x(), step.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._pressed_at = None
        self._show_cursor(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between the whole picture and its real pixels, at the cursor."""
        if self.viewport.fits:
            self._set(self.viewport.zoomed(1.0, at=self._in_pane(event.position())))
        else:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows; show the original while Space is held."""
        if event.key() == Qt.Key.Key_Space:
            self._hold(True)
        elif (way := MOVES.get(Qt.Key(event.key()))) is not None:
            step = self.viewport.pane_width / 10
            self.move_by(way[0] * step, way[1] * step)
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show the result again when Space is let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._hold(False)
        else:
            super().keyReleaseEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Let go of Space: its release goes elsewhere."""
        self._hold(False)
        super().focusOutEvent(event)

    def _hold(self, holds: bool) -> None:
        if holds != self._is_holding:
            self._is_holding = holds
            self.update()
            self.viewport_changed.emit()

    def _in_pane(self, position: QPointF) -> tuple[float, float]:
        """Return a point of the widget as physical pixels from the corner of the pane it is in."""
        ratio = self.devicePixelRatioF()
        x, y = position.x() * ratio, position.y() * ratio
        pane = next((pane for pane in reversed(self.panes()) if x >= pane.left() and y >= pane.top()), QRect())
        return x - pane.left(), y - pane.top()

    def _show_cursor(self, position: QPointF) -> None:
        if not self.layers() or not self.viewport.can_move:
            self.unsetCursor()
        elif self._pressed_at is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor)


def _use_physical_pixels(painter: QPainter) -> None:
    """Let the painter's unit be a pixel of the device, counted from the widget's corner, rounded to a whole one."""
    to_device = painter.deviceTransform()
    inverse, _ = to_device.inverted()
    corner = QTransform.fromTranslate(round(to_device.dx()), round(to_device.dy()))
    painter.setWorldTransform(corner * inverse)


def _checkers(ratio: float) -> QPixmap:
    """Return the squares that are seen through a transparent picture: neutral, and the same in both themes."""
    side = round(8 * ratio)
    squares = QPixmap(2 * side, 2 * side)
    squares.fill(QColor(theme.CHECKER_LIGHT))
    painter = QPainter(squares)
    painter.fillRect(side, 0, side, side, QColor(theme.CHECKER_DARK))
    painter.fillRect(0, side, side, side, QColor(theme.CHECKER_DARK))
    painter.end()
    return squares
