"""Up to six pictures of one size in a grid, each with a caption; while Space is held, the first in place of all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from sr_desktop.ui.pictures.panes_view import FAINT, GAP, PanesView

if TYPE_CHECKING:
    from sr_desktop.ui.pictures.layers import Layer


@dataclass(frozen=True, slots=True)
class Pane:
    """What one pane shows.

    Attributes:
        caption: What it is.
        layer: The picture; while there is none, the first pane's is shown faintly.
        message: What is said in its place.
    """

    caption: str
    layer: "Layer | None" = None
    message: str = ""


class GridView(PanesView):
    """Shows panes; the first is what the others are compared with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: tuple[Pane, ...] = ()
        self.setAccessibleName(self.tr("Models on one picture"))

    def show_panes(self, panes: Sequence[Pane], *, width: int, height: int) -> None:
        """Show these pictures of that size; the same part stays in sight."""
        self._set(self.viewport.of_image(width=width, height=height))
        self._show(panes)

    def say(self, text: str) -> None:
        """Say something while there are no pictures; what comes then is seen as what was there before."""
        self._show([Pane("", message=text)])

    def _show(self, panes: Sequence[Pane]) -> None:
        self.shown = tuple(panes)
        self.setAccessibleDescription("; ".join(pane.caption for pane in panes))
        self._fit_panes()
        self.update()

    def panes(self) -> list[QRect]:
        """Return where the panes are, in physical pixels; at least one."""
        count = max(1, len(self.shown))
        columns = math.ceil(math.sqrt(count)) if count != 3 else 3
        rows = math.ceil(count / columns)
        whole, gap = self._physical_size(), round(GAP * self.devicePixelRatioF())
        width = (whole.width() - gap * (columns - 1)) // columns
        height = (whole.height() - gap * (rows - 1)) // rows
        places = [divmod(number, columns) for number in range(count)]
        return [QRect(column * (width + gap), row * (height + gap), width, height) for row, column in places]

    def layers(self) -> list["Layer"]:
        """Return the pictures that are there."""
        return [pane.layer for pane in self.shown if pane.layer is not None]

    def paint_panes(self, painter: QPainter, line: QColor) -> None:
        """Draw pictures, lines between them, and captions over them."""
        places = self.panes()
        for pane, place in zip(self.shown, places, strict=False):
            self._draw_pane(painter, pane, place)
        for place in places:
            gap = round(GAP * self.devicePixelRatioF())
            painter.fillRect(place.right() + 1, place.top(), gap, place.height() + gap, line)
            painter.fillRect(place.left(), place.bottom() + 1, place.width() + gap, gap, line)
        for number, pane in enumerate(self.shown):
            place = self._logical(places[number])
            caption = self.shown[0].caption if self._is_holding else pane.caption
            if caption:
                top = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter
                self._draw_chip(painter, place, caption, top)
            if pane.message and not self._is_holding:
                self._draw_chip(painter, place, pane.message, Qt.AlignmentFlag.AlignCenter)

    def _draw_pane(self, painter: QPainter, pane: Pane, place: QRect) -> None:
        first = self.shown[0].layer
        if self._is_holding or pane.layer is None:
            painter.setOpacity(1.0 if self._is_holding else FAINT)
            self._draw(painter, first, place, place)
            painter.setOpacity(1.0)
        else:
            self._draw(painter, pane.layer, place, place)

    def _logical(self, place: QRect) -> QRect:
        ratio = self.devicePixelRatioF()
        return QRect(
            round(place.left() / ratio),
            round(place.top() / ratio),
            round(place.width() / ratio),
            round(place.height() / ratio),
        )
