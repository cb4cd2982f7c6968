"""Parts of held-out pictures beside each other, before, base and now: at one zoom and one position."""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from sr_desktop.runs.folder import RunFolder
from sr_desktop.ui.pictures.layers import image_from
from sr_desktop.ui.training import words
from sr_desktop.ui.widgets import theme

Bytes = NDArray[np.uint8]

GAP = 6
LARGEST_ZOOM = 8
CAPTION = 18


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One picture in several versions.

    Attributes:
        caption: What is said of it.
        cells: The versions, each with its name.
    """

    caption: str
    cells: tuple[tuple[str, Bytes], ...]


class Crops(QWidget):
    """Rows of crops of one size; the wheel zooms all of them, dragging moves all of them.

    Signals:
        viewed: The zoom or the position is another one.
    """

    viewed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self.zoom = 1
        self.offset = QPoint()
        self._images: list[list[QImage]] = []
        self._dragged: QPoint | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_rows(self, rows: list[Row]) -> None:
        """Show these rows; zoom and position stay."""
        self.rows = rows
        self._images = [[image_from(samples) for _, samples in row.cells] for row in rows]
        self.setAccessibleName(", ".join(row.caption for row in rows))
        self.updateGeometry()
        self.setFixedHeight(self._height())
        self.update()

    def sizeHint(self) -> QSize:
        """As high as square cells make it."""
        return QSize(300, self._height())

    def _side(self) -> int:
        columns = max((len(row.cells) for row in self.rows), default=3)
        return max(24, (self.width() - GAP * (columns - 1)) // columns)

    def _height(self) -> int:
        return len(self.rows) * (self._side() + CAPTION + GAP) + (CAPTION if self.rows else 0)

    def cells(self) -> list[list[QRect]]:
        """Return where each crop is."""
        side, step = self._side(), self._side() + CAPTION + GAP
        return [
            [QRect(place * (side + GAP), CAPTION + number * step, side, side) for place in range(len(row.cells))]
            for number, row in enumerate(self.rows)
        ]

    def resizeEvent(self, event: object) -> None:
        """Keep the cells square."""
        self.setFixedHeight(self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the crops, the names of the columns above, and a caption below each row."""
        painter = QPainter(self)
        colours = theme.surroundings(self.palette())
        text = self.palette().windowText().color()
        metrics = painter.fontMetrics()
        for number, (row, places) in enumerate(zip(self.rows, self.cells(), strict=True)):
            for (name, _), image, rect in zip(row.cells, self._images[number], places, strict=True):
                painter.setPen(text)
                if number == 0:
                    painter.drawText(rect.adjusted(0, -CAPTION, 0, 0), Qt.AlignmentFlag.AlignTop, name)
                painter.fillRect(rect, colours.around)
                painter.setClipRect(rect)
                painter.drawImage(self._target(image, rect), image)
                painter.setClipping(False)
            below = QRect(0, places[0].bottom() + 2, self.width(), CAPTION)
            shown = metrics.elidedText(row.caption, Qt.TextElideMode.ElideMiddle, self.width())
            painter.drawText(below, Qt.AlignmentFlag.AlignTop, shown)

    def _target(self, image: QImage, rect: QRect) -> QRect:
        """Return where an image lies: in the middle of its cell, enlarged by whole numbers and moved."""
        fit = rect.width() / max(image.width(), image.height(), 1)
        size = QSize(round(image.width() * fit * self.zoom), round(image.height() * fit * self.zoom))
        target = QRect(QPoint(), size)
        target.moveCenter(rect.center() + self.offset)
        return target

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom all crops, if Ctrl is held; otherwise the wheel scrolls what they are in."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
            return
        self.show_zoom(self.zoom + (1 if event.angleDelta().y() > 0 else -1))
        event.accept()

    def show_zoom(self, zoom: int) -> None:
        """Show all crops at a zoom."""
        before, self.zoom = self.zoom, min(max(1, zoom), LARGEST_ZOOM)
        self.offset = self._held(self.offset * (self.zoom / before))
        self.viewed.emit()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zoom in, or back to the whole."""
        self.show_zoom(1 if self.zoom > 1 else 3)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        self._dragged = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move all crops."""
        if self._dragged is not None:
            here = event.position().toPoint()
            self.offset, self._dragged = self._held(self.offset + here - self._dragged), here
            self.viewed.emit()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._dragged = None

    def _held(self, offset: QPoint) -> QPoint:
        most = self._side() * (self.zoom - 1) // 2
        return QPoint(min(max(offset.x(), -most), most), min(max(offset.y(), -most), most))


def read(path: Path) -> dict[str, Bytes]:
    """Return the arrays of a file of crops; none if it is not there yet."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            return dict(arrays)
    except (FileNotFoundError, NotADirectoryError, zipfile.BadZipFile):  # of a run that is a log there are none
        return {}


def live_rows(run: RunFolder, names: tuple[str, str, str]) -> list[Row]:
    """Return the crops of a run as they are now; `names` are the words for before, base and now."""
    arrays = read(run.before_file)
    now = read(run.now_file)
    titles = arrays.get("names")
    rows = []
    for place in range(len(titles) if titles is not None else 0):
        kinds = ((names[0], f"before{place}"), (names[1], f"base{place}"), (names[2], f"now{place}"))
        cells = tuple((name, {**arrays, **now}[key]) for name, key in kinds if key in arrays or key in now)
        rows.append(Row(str(titles[place]), cells))  # type: ignore[index]  # not None, or there would be no place
    return rows


def worst_rows(run: RunFolder, worst: Sequence[Mapping[str, Any]], names: tuple[str, str]) -> list[Row]:
    """Return the pictures that gained least, before and after, with their scores."""
    arrays = read(run.worst_file)
    rows = []
    for place, item in enumerate(worst):
        if f"now{place}" not in arrays:
            break
        gain = words.gain(item["psnr_db"] - item["before_db"])
        caption = f"{item['name']} · {words.db(item['psnr_db'])} ({gain})"
        before = arrays.get(f"base{place}", arrays[f"before{place}"])
        rows.append(Row(caption, ((names[0], before), (names[1], arrays[f"now{place}"]))))
    return rows
