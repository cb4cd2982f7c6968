"""What a pane shows of one picture, drawn in physical pixels.

Every layer covers the same area, that of the result: one zoom and one position fit all of them. Only what is in sight
is touched, so drawing costs what the pane costs, whatever the picture's size.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Iterator
from typing import Protocol

import cv2
import numpy as np
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter

from sr_desktop.imaging import resampling
from sr_desktop.services.pictures.pyramid import Bytes, Pyramid
from sr_desktop.ui.pictures.viewport import Viewport

TILE = 256
"""Pixels on the side of a piece of the enlarged original: some 3 to 7 ms of work."""

TILES_KEPT = 256
"""Pieces remembered: 64 MB, four times what a pane of 2000 × 2000 needs."""

_TO_SCREEN = {1: cv2.COLOR_GRAY2BGRA, 3: cv2.COLOR_RGB2BGRA, 4: cv2.COLOR_RGBA2BGRA}


class Layer(Protocol):
    """One picture as a pane shows it."""

    @property
    def has_alpha(self) -> bool:
        """Whether something may be seen through it."""

    def draw(self, painter: QPainter, view: Viewport, pane: QRect) -> None:
        """Draw what of the picture is inside a pane, whose corners are in physical pixels."""

    def refine(self, seconds: float) -> bool:
        """Work for about so long on what was drawn roughly; tell whether it would look better now."""


def image_from(samples: Bytes) -> QImage:
    """Return a copy of H×W×C sRGB samples as an image in the format that draws fastest."""
    bgra = cv2.cvtColor(np.ascontiguousarray(samples), _TO_SCREEN[samples.shape[2]])
    height, width = bgra.shape[:2]
    kind = QImage.Format.Format_ARGB32_Premultiplied if samples.shape[2] == 4 else QImage.Format.Format_RGB32
    return QImage(bgra.data, width, height, bgra.strides[0], kind).copy()


class PyramidLayer:
    """A picture as it is: its own pixels above 100 %, averaged ones below.

    Args:
        pyramid: The picture.
        width: Columns of the result, which the picture is stretched to.
        height: Rows of the result.
    """

    def __init__(self, pyramid: Pyramid, *, width: int, height: int) -> None:
        self.pyramid = pyramid
        self.width = width
        self.height = height

    @property
    def has_alpha(self) -> bool:
        """Whether something may be seen through it."""
        return self.pyramid.has_alpha

    def draw(self, painter: QPainter, view: Viewport, pane: QRect) -> None:
        """Draw the level whose pixels are nearest to, and not larger than, those of the screen."""
        self.draw_with(painter, view, pane, smooth=view.zoom * self.width / self.pyramid.width < 1)

    def draw_with(self, painter: QPainter, view: Viewport, pane: QRect, *, smooth: bool) -> None:
        """Draw with or without averaging between pixels."""
        level = self._level(view)
        across = view.zoom * self.width / level.shape[1]
        down = view.zoom * self.height / level.shape[0]
        columns = _in_sight(level.shape[1], across, view.left, pane.width())
        rows = _in_sight(level.shape[0], down, view.top, pane.height())
        if not columns or not rows:
            return
        image = image_from(level[rows.start : rows.stop, columns.start : columns.stop])
        target = QRectF(
            pane.left() + view.left + columns.start * across,
            pane.top() + view.top + rows.start * down,
            len(columns) * across,
            len(rows) * down,
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(target, image)

    def refine(self, seconds: float) -> bool:
        """There is nothing to refine."""
        return False

    def _level(self, view: Viewport) -> Bytes:
        on_screen = view.zoom * self.width / self.pyramid.width
        number = max(0, math.floor(-math.log2(on_screen) + 1e-9))
        return self.pyramid.levels[min(number, len(self.pyramid.levels) - 1)]


class BicubicLayer(PyramidLayer):
    """The original brought to the size of the result as published tables do it, in pieces made when they come in sight.

    Below 100 % the pieces are made as large as they appear. What is not made yet is drawn roughly first.
    """

    def __init__(self, pyramid: Pyramid, *, width: int, height: int) -> None:
        super().__init__(pyramid, width=width, height=height)
        self._tiles: OrderedDict[tuple[float, int, int], QImage] = OrderedDict()
        self._missing: list[tuple[float, int, int]] = []

    def draw(self, painter: QPainter, view: Viewport, pane: QRect) -> None:
        """Draw the pieces in sight."""
        self._missing = []
        size = min(view.zoom, 1.0)
        if size * self.width <= self.pyramid.width or size * self.height <= self.pyramid.height:
            super().draw(painter, view, pane)
            return
        keys = [(size, row, column) for row, column in self._places(view, pane, size)]
        self._missing = [key for key in keys if key not in self._tiles]
        if self._missing:
            self.draw_with(painter, view, pane, smooth=True)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        for key in keys:
            if key in self._tiles:
                self._tiles.move_to_end(key)
                painter.drawImage(self._target(key, view, pane), self._tiles[key])

    def refine(self, seconds: float) -> bool:
        """Make missing pieces until the time is up."""
        until = time.perf_counter() + seconds
        made = False
        while self._missing and time.perf_counter() < until:
            key = self._missing.pop()
            self._tiles[key] = self._made(*key)
            made = True
        while len(self._tiles) > TILES_KEPT:
            self._tiles.popitem(last=False)
        return made

    def _places(self, view: Viewport, pane: QRect, size: float) -> Iterator[tuple[int, int]]:
        """Yield row and column of every piece in sight."""
        enlarged = TILE * view.zoom / size
        columns = _in_sight(math.ceil(self.width * size / TILE), enlarged, view.left, pane.width())
        rows = _in_sight(math.ceil(self.height * size / TILE), enlarged, view.top, pane.height())
        return ((row, column) for row in rows for column in columns)

    def _target(self, key: tuple[float, int, int], view: Viewport, pane: QRect) -> QRectF:
        size, row, column = key
        enlarged = view.zoom / size
        image = self._tiles[key]
        return QRectF(
            pane.left() + view.left + column * TILE * enlarged,
            pane.top() + view.top + row * TILE * enlarged,
            image.width() * enlarged,
            image.height() * enlarged,
        )

    def _made(self, size: float, row: int, column: int) -> QImage:
        height, width = math.ceil(self.height * size), math.ceil(self.width * size)
        part = resampling.resize_part(
            self.pyramid.levels[0],
            vertical=self.height * size / self.pyramid.height,
            horizontal=self.width * size / self.pyramid.width,
            rows=range(row * TILE, min((row + 1) * TILE, height)),
            columns=range(column * TILE, min((column + 1) * TILE, width)),
        )
        return image_from(part)


def _in_sight(count: int, size: float, start: int, pane: int) -> range:
    """Return which of `count` things in a row, each `size` long and the first at `start`, are within 0 to `pane`."""
    first = max(0, math.floor(-start / size))
    last = min(count, math.ceil((pane - start) / size))
    return range(first, max(first, last))
