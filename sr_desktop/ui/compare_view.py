"""Before and after, side by side or with a divider between them, at one zoom and one position."""

from enum import Enum
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

from sr_desktop.ui import theme
from sr_desktop.ui.viewport import Viewport

if TYPE_CHECKING:
    from sr_desktop.ui.layers import Layer

GAP = 2
"""Logical pixels between the panes, and the width of the divider."""

GRIP = 8
"""Logical pixels on either side of the divider that take hold of it."""

FAINT = 0.35
"""Opacity of the original in the place of a result that is not there yet."""

REFINE_SECONDS = 0.008
"""How long pieces are made before the event loop gets its turn."""

WHEEL_NOTCH = 120
"""Eighths of a degree in a notch of an ordinary wheel (QWheelEvent)."""

_MOVES = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}


class Comparison(Enum):
    """How before and after share the view."""

    SIDE_BY_SIDE = "side by side"
    DIVIDER = "divider"


class CompareView(QWidget):
    """Shows two layers; wheel, keys and mouse change the viewport, Space shows the original while it is held.

    Signals:
        viewport_changed: The zoom, the position or the pane's size.
    """

    viewport_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.viewport = Viewport()
        self.comparison = Comparison.SIDE_BY_SIDE
        self.divider = 0.5
        self._before: Layer | None = None
        self._after: Layer | None = None
        self._message = ""
        self._is_holding = False
        self._pressed_at: QPointF | None = None
        self._moves_divider = False
        self._refining = QTimer(self)
        self._refining.setSingleShot(True)
        self._refining.timeout.connect(self._refine)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 160)
        self.setAccessibleName(self.tr("Before and after"))

    @property
    def is_holding(self) -> bool:
        """Whether Space is held, so that the original is shown everywhere."""
        return self._is_holding

    @property
    def is_refining(self) -> bool:
        """Whether something drawn roughly is still to be drawn better."""
        return self._refining.isActive()

    def show_layers(self, before: "Layer | None", after: "Layer | None", *, width: int, height: int) -> None:
        """Show these layers of a result of that size; the same part stays in sight."""
        self._before, self._after = before, after
        self._set(self.viewport.of_image(width=width, height=height))
        self.update()

    def show_message(self, text: str) -> None:
        """Say something in the place of a result that is not there."""
        if text != self._message:
            self._message = text
            self.update()

    def compare(self, comparison: Comparison) -> None:
        """Share the view another way."""
        self.comparison = comparison
        self._fit_panes()
        self.update()

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

    def move_divider(self, by: float) -> None:
        """Move the divider by a fraction of the view."""
        self.divider = min(max(self.divider + by, 0.0), 1.0)
        self.update()

    def panes(self) -> tuple[QRect, QRect]:
        """Return where before and after are, in physical pixels."""
        whole = self._physical_size()
        if self.comparison is Comparison.DIVIDER:
            return whole, whole
        gap = round(GAP * self.devicePixelRatioF())
        width = (whole.width() - gap) // 2
        before = QRect(0, 0, width, whole.height())
        return before, before.translated(whole.width() - width, 0)

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

    def _divider_x(self) -> int:
        return round(self.divider * self._physical_size().width())

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw both panes in physical pixels, so that a pixel of the picture can be one of the screen."""
        painter = QPainter(self)
        _use_physical_pixels(painter)
        colours = theme.surroundings(self.palette())
        painter.fillRect(self._physical_size(), colours.around)
        before, after = self.panes()
        if self.comparison is Comparison.SIDE_BY_SIDE:
            self._draw(painter, self._before, before, before)
            self._draw_after(painter, after, after)
            gap = QRect(before.right() + 1, 0, after.left() - before.right() - 1, before.height())
            painter.fillRect(gap, colours.line)
        else:
            self._draw_divided(painter, before, colours.line)
        if self._message and self._after is None:
            self._draw_message(painter)
        if self._before is not None:
            self._refining.start(0)

    def _draw_divided(self, painter: QPainter, pane: QRect, line: QColor) -> None:
        x = self._divider_x()
        left, right = QRect(0, 0, x, pane.height()), QRect(x, 0, pane.width() - x, pane.height())
        self._draw(painter, self._before, pane, left)
        self._draw_after(painter, pane, right)
        if not self._is_holding:
            width = round(GAP * self.devicePixelRatioF())
            painter.fillRect(QRect(x - width // 2, 0, width, pane.height()), line)

    def _draw_after(self, painter: QPainter, pane: QRect, part: QRect) -> None:
        """Draw the result; the original while it is asked for, and faintly as long as there is no result."""
        if self._is_holding or self._after is None:
            painter.setOpacity(1.0 if self._is_holding else FAINT)
            self._draw(painter, self._before, pane, part)
            painter.setOpacity(1.0)
        else:
            self._draw(painter, self._after, pane, part)

    def _draw_message(self, painter: QPainter) -> None:
        painter.resetTransform()
        is_divided = self.comparison is Comparison.DIVIDER
        left = self.divider if is_divided else 0.5
        place = self.rect().adjusted(round(self.width() * left), 0, 0, 0) if self._before is not None else self.rect()
        metrics = painter.fontMetrics()
        chip = metrics.boundingRect(place, Qt.AlignmentFlag.AlignCenter, self._message).adjusted(-14, -8, 14, 8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().window())
        painter.drawRoundedRect(chip, 8, 8)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, self._message)

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

    @Slot()
    def _refine(self) -> None:
        if self._before is not None and self._before.refine(REFINE_SECONDS):
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
        """Take hold of the picture, or of the divider."""
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        self._pressed_at = event.position()
        self._moves_divider = event.button() == Qt.MouseButton.LeftButton and self._is_at_divider(event.position())
        self._show_cursor(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what was taken hold of."""
        if self._pressed_at is None:
            self._show_cursor(event.position())
            return
        if self._moves_divider:
            self.divider = min(max(event.position().x() / max(1, self.width()), 0.0), 1.0)
            self.update()
            return
        step = (event.position() - self._pressed_at) * self.devicePixelRatioF()
        self._pressed_at = event.position()
        self.move_by(step.x(), step.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._pressed_at, self._moves_divider = None, False
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
        elif (way := _MOVES.get(Qt.Key(event.key()))) is not None:
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.comparison is Comparison.DIVIDER:
                self.move_divider(-0.02 * way[0])
            else:
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
        after = self.panes()[1]
        return (x - after.left() if x >= after.left() else x), y

    def _is_at_divider(self, position: QPointF) -> bool:
        distance = abs(position.x() - self.divider * self.width())
        return self.comparison is Comparison.DIVIDER and self._after is not None and distance <= GRIP

    def _show_cursor(self, position: QPointF) -> None:
        if self._moves_divider or (self._pressed_at is None and self._is_at_divider(position)):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        elif self._before is None or not self.viewport.can_move:
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
