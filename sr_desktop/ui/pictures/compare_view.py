"""Before and after, side by side or with a divider between them, at one zoom and one position."""

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from sr_desktop.ui.pictures.panes_view import FAINT, GAP, MOVES, PanesView

if TYPE_CHECKING:
    from sr_desktop.ui.pictures.layers import Layer

GRIP = 8
"""Logical pixels on either side of the divider that take hold of it."""


class Comparison(Enum):
    """How before and after share the view."""

    SIDE_BY_SIDE = "side by side"
    DIVIDER = "divider"


class CompareView(PanesView):
    """Shows two layers, the original in place of both while Space is held."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.comparison = Comparison.SIDE_BY_SIDE
        self.divider = 0.5
        self._before: Layer | None = None
        self._after: Layer | None = None
        self._message = ""
        self._moves_divider = False
        self.setAccessibleName(self.tr("Before and after"))

    def show_layers(
        self, before: "Layer | None", after: "Layer | None", *, width: int, height: int, is_another: bool = False
    ) -> None:
        """Show these layers of a result of that size.

        Args:
            before: The original.
            after: The result, if it is there.
            width: Columns of the result.
            height: Rows of the result.
            is_another: Whether it is of another picture than before: then the zoom stays; otherwise the part in sight.
        """
        self._before, self._after = before, after
        of_image = self.viewport.of_another_image if is_another else self.viewport.of_image
        self._set(of_image(width=width, height=height))
        self.update()

    def clear_layers(self) -> None:
        """Show no picture, as while one is read; zoom and position stay for the next."""
        self._before = self._after = None
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

    def layers(self) -> Sequence["Layer"]:
        """Return before and after, as far as they are there."""
        return [layer for layer in (self._before, self._after) if layer is not None]

    def _divider_x(self) -> int:
        return round(self.divider * self._physical_size().width())

    # Painting

    def paint_panes(self, painter: QPainter, line: QColor) -> None:
        """Draw both panes, and words where a result is missing."""
        before, after = self.panes()
        if self.comparison is Comparison.SIDE_BY_SIDE:
            self._draw(painter, self._before, before, before)
            self._draw_after(painter, after, after)
            gap = QRect(before.right() + 1, 0, after.left() - before.right() - 1, before.height())
            painter.fillRect(gap, line)
        else:
            self._draw_divided(painter, before, line)
        if self._message and self._after is None:
            self._draw_message(painter)

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
        left = self.divider if self.comparison is Comparison.DIVIDER else 0.5
        place = self.rect().adjusted(round(self.width() * left), 0, 0, 0) if self._before is not None else self.rect()
        self._draw_chip(painter, place, self._message, Qt.AlignmentFlag.AlignCenter)

    # Gestures

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the picture, or of the divider."""
        self._moves_divider = event.button() == Qt.MouseButton.LeftButton and self._is_at_divider(event.position())
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what was taken hold of."""
        if self._pressed_at is not None and self._moves_divider:
            self.divider = min(max(event.position().x() / max(1, self.width()), 0.0), 1.0)
            self.update()
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._moves_divider = False
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the divider with Shift and an arrow."""
        way = MOVES.get(Qt.Key(event.key()))
        has_shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if way is not None and has_shift and self.comparison is Comparison.DIVIDER:
            self.move_divider(-0.02 * way[0])
        else:
            super().keyPressEvent(event)

    def _is_at_divider(self, position: QPointF) -> bool:
        distance = abs(position.x() - self.divider * self.width())
        return self.comparison is Comparison.DIVIDER and self._after is not None and distance <= GRIP

    def _show_cursor(self, position: QPointF) -> None:
        if self._moves_divider or (self._pressed_at is None and self._is_at_divider(position)):
            self.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            super()._show_cursor(position)
