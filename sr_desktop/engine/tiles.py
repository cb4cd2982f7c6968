"""Which piece of a picture is computed when: pure integers, exact at the seams."""

import itertools
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TileSize:
    """The largest core of a tile, in low-resolution pixels."""

    height: int
    width: int


CPU_TILE = TileSize(180, 240)
"""The fastest of nine sizes tried with AVX2 and 32 MB of cache.

Smaller ones compute too much halo, larger ones leave the cache; every buffer (11 MB at 56 channels) stays below the
32 MB from which the C library would map, and the kernel clear, fresh pages each time.
"""

ACCELERATOR_TILE = TileSize(1024, 1024)
"""Enough to fill a GPU; 56 channels of it take 235 MB in float32."""

SMALLEST_SIDE = 32
"""Below this a tile is nearly all halo: if memory does not suffice for it, tiles are not the remedy."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of pixels: rows `top` to `bottom`, columns `left` to `right`, ends excluded."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left

    @property
    def rows(self) -> slice:
        """The rows as a slice."""
        return slice(self.top, self.bottom)

    @property
    def columns(self) -> slice:
        """The columns as a slice."""
        return slice(self.left, self.right)

    def scaled(self, scale: int) -> "Box":
        """Return the same rectangle in a picture `scale` times as large."""
        return Box(self.top * scale, self.left * scale, self.bottom * scale, self.right * scale)

    def grown(self, margin: int, limits: "Box") -> "Box":
        """Return this rectangle with so many pixels more on each side, cut at the edges of `limits`."""
        return Box(
            max(self.top - margin, limits.top),
            max(self.left - margin, limits.left),
            min(self.bottom + margin, limits.bottom),
            min(self.right + margin, limits.right),
        )

    def within(self, other: "Box") -> "Box":
        """Return this rectangle counted from the corner of `other`."""
        return Box(self.top - other.top, self.left - other.left, self.bottom - other.top, self.right - other.left)


@dataclass(frozen=True, slots=True)
class Tile:
    """A piece of the picture and what has to be read to compute it.

    Attributes:
        core: What this tile is responsible for.
        padded: `core` and its halo, cut at the picture's edge, where the network's own zero padding takes over.
    """

    core: Box
    padded: Box


@dataclass(frozen=True, slots=True)
class Grid:
    """How one picture is cut.

    Attributes:
        height: Rows of the picture.
        width: Columns of the picture.
        halo: Pixels around a core that its result depends on.
    """

    height: int
    width: int
    halo: int

    def tiles(self, size: TileSize) -> list[Tile]:
        """Return tiles whose cores cover the picture exactly once, row by row, as equal as whole pixels allow."""
        return self._cut(Box(0, 0, self.height, self.width), size)

    def quarters(self, tile: Tile) -> list[Tile]:
        """Return the quarters of a tile, or none when they would be smaller than is useful."""
        core = tile.core
        half = TileSize(-(-core.height // 2), -(-core.width // 2))
        return self._cut(core, half) if min(half.height, half.width) >= SMALLEST_SIDE else []

    def _cut(self, box: Box, size: TileSize) -> list[Tile]:
        rows, columns = _parts(box.top, box.bottom, size.height), _parts(box.left, box.right, size.width)
        cores = [Box(top, left, bottom, right) for top, bottom in rows for left, right in columns]
        picture = Box(0, 0, self.height, self.width)
        return [Tile(core, core.grown(self.halo, picture)) for core in cores]


def _parts(start: int, stop: int, step: int) -> list[tuple[int, int]]:
    """Cut a range into about equal parts of at most `step`, even where they can be: odd ones cost x2 a copy."""
    count = -(-(stop - start) // step)
    size = -(-(stop - start) // count)
    size += size % 2 if size < step else 0
    edges = [*range(start, stop, size), stop]
    return list(itertools.pairwise(edges))
