"""Decoded pictures as luma on disk, mapped into memory: thousands of photographs fit, and every patch is one slice.

A cache is one file of samples and an index. High-resolution luma is kept in 8 bits, where rounding only adds noise to
the target that averages out; low-resolution luma in 16, since the network would learn to smooth rounding in its input.
"""

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sr_desktop.imaging import colour
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.resampling import crop_to_multiple, matlab_bicubic
from sr_desktop.runs.spec import RunSpec
from sr_desktop.system import atomic_write
from sr_desktop.training.degradation import degrade
from sr_desktop.training.scan import Example

Bytes = NDArray[np.uint8]

BUDGET_PIXELS = 1_500_000_000
"""High-resolution pixels in a cache; 2.3 GB at x2."""

LARGEST_SHARE_PIXELS = 1_000_000
"""Of one picture no more than this is kept: 12,464 weights learn more from many pictures than from much of one."""

RESCALES = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Smaller copies of each picture that are learned from as well, as the FSRCNN paper does."""

CROP_SIDE = 512

WORDS_SCALE, BYTES_SCALE = 65535.0, 255.0
"""Samples of low-resolution and of high-resolution luma that stand for 1."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One low-resolution picture in the cache and the high-resolution one it came from.

    Attributes:
        low_offset: Where its samples begin in the low file, in samples.
        high_offset: Where its samples begin in the high file.
        height: Low-resolution rows.
        width: Low-resolution columns.
        name: Path of the high-resolution picture below the folder; empty in caches of older versions.
    """

    low_offset: int
    high_offset: int
    height: int
    width: int
    name: str = ""


class Cache:
    """Luma of all training pictures, read-only.

    Args:
        folder: Where `CacheWriter` put it.
        scale: The factor.
    """

    def __init__(self, folder: Path, scale: int) -> None:
        self.scale = scale
        rows = json.loads((folder / "index.json").read_text("utf-8"))
        self.entries = [Entry(*row) for row in rows]
        self._low = np.memmap(folder / "low.bin", np.uint16, "r")
        self._high = np.memmap(folder / "high.bin", np.uint8, "r")

    def low(self, entry: Entry) -> NDArray[np.uint16]:
        """Return H×W low-resolution luma; full scale is 65535."""
        return self._low[entry.low_offset : entry.low_offset + entry.height * entry.width].reshape(
            entry.height, entry.width
        )

    def high(self, entry: Entry) -> Bytes:
        """Return (scale·H)×(scale·W) high-resolution luma; full scale is 255."""
        height, width = entry.height * self.scale, entry.width * self.scale
        return self._high[entry.high_offset : entry.high_offset + height * width].reshape(height, width)


class CacheWriter:
    """Adds pictures to a cache; it exists only once `finish` has been called."""

    def __init__(self, folder: Path, spec: RunSpec, expected_pictures: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._spec = spec
        # Smaller copies take their part of the budget, too.
        copies = sum(factor**2 for factor in RESCALES) if spec.rescale and not spec.low else 1.0
        budget = round(BUDGET_PIXELS / copies)
        self._share = min(LARGEST_SHARE_PIXELS, budget // max(1, expected_pictures))
        self._low = (folder / "low.bin").open("wb")
        self._high = (folder / "high.bin").open("wb")
        self._rows: list[tuple[int, int, int, int, str]] = []
        self._offsets = (0, 0)

    def add(self, example: Example) -> None:
        """Add one picture: as it is, or in parts if it is large; and in smaller copies if the spec says so."""
        number = len(self._rows)
        random = np.random.default_rng((self._spec.seed, number))
        for high, low in self._views(example, random):
            if min(low.shape[:2]) >= self._spec.patch:
                self._write(luma_bytes(high), luma_words(low), example.name)

    def _views(self, example: Example, random: np.random.Generator) -> Iterator[tuple[Bytes, Bytes]]:
        scale = self._spec.scale
        high = crop_to_multiple(bytes_of(example.high), scale)
        if example.low is not None:
            yield from _paired_parts(high, bytes_of(example.low), scale, self._share, random)
            return
        for part in parts(high, self._share, random):
            for factor in RESCALES if self._spec.rescale else (1.0,):
                copy = part if factor == 1 else _smaller(part, factor)
                copy = crop_to_multiple(copy, scale)
                yield copy, degrade(copy, scale, self._spec.degradations, random)

    def _write(self, high: Bytes, low: NDArray[np.uint16], name: str) -> None:
        low_offset, high_offset = self._offsets
        self._rows.append((low_offset, high_offset, low.shape[0], low.shape[1], name))
        self._low.write(low.tobytes())
        self._high.write(high.tobytes())
        self._offsets = (low_offset + low.size, high_offset + high.size)

    def finish(self) -> Cache:
        """Write the index and return the cache."""
        self.close()
        atomic_write.write_whole(self._folder / "index.json", json.dumps(self._rows).encode())
        return Cache(self._folder, self._spec.scale)

    def close(self) -> None:
        """Close the files; without `finish`, no cache exists."""
        self._low.close()
        self._high.close()


def is_cached(folder: Path) -> bool:
    """Tell whether a finished cache lies in a folder."""
    return (folder / "index.json").exists()


def parts(picture: Bytes, most_pixels: int, random: np.random.Generator) -> list[Bytes]:
    """Return the picture itself, or squares from random places of it that have about `most_pixels` together."""
    height, width = picture.shape[:2]
    if height * width <= most_pixels:
        return [picture]
    side = min(CROP_SIDE, max(64, math.isqrt(most_pixels)), height, width)
    count = max(1, most_pixels // side**2)
    return [picture[top : top + side, left : left + side] for top, left in _corners(height, width, side, count, random)]


def _corners(height: int, width: int, side: int, count: int, random: np.random.Generator) -> Sequence[tuple[int, int]]:
    tops = random.integers(0, height - side + 1, count)
    lefts = random.integers(0, width - side + 1, count)
    return [(int(top), int(left)) for top, left in zip(tops, lefts, strict=True)]


def _paired_parts(
    high: Bytes, low: Bytes, scale: int, most_pixels: int, random: np.random.Generator
) -> Iterator[tuple[Bytes, Bytes]]:
    height, width = low.shape[:2]
    if height * width * scale**2 <= most_pixels:
        yield high, low
        return
    side = min(CROP_SIDE // scale, max(64, math.isqrt(most_pixels) // scale), height, width)
    count = max(1, most_pixels // (side * scale) ** 2)
    for top, left in _corners(height, width, side, count, random):
        rows, columns = slice(top * scale, (top + side) * scale), slice(left * scale, (left + side) * scale)
        yield high[rows, columns], low[top : top + side, left : left + side]


def _smaller(picture: Bytes, factor: float) -> Bytes:
    height, width = round(picture.shape[0] * factor), round(picture.shape[1] * factor)
    return matlab_bicubic(np.ascontiguousarray(picture), height=height, width=width)


def bytes_of(raster: Raster) -> Bytes:
    """Return a picture as 8-bit H×W×1 or H×W×3 without alpha."""
    colours = raster.samples[:, :, : raster.colours]
    if raster.bits == 8:
        return np.ascontiguousarray(colours, np.uint8)
    floats = colour.to_floats(Raster(colours.copy()))
    return np.asarray(np.floor(floats * 255 + 0.5), np.uint8)


def luma_words(picture: Bytes) -> NDArray[np.uint16]:
    """Return the luma of 8-bit samples in 16 bits."""
    return np.asarray(_luma(picture) * WORDS_SCALE + 0.5, np.uint16)


def luma_bytes(picture: Bytes) -> Bytes:
    """Return the luma of 8-bit samples in 8 bits."""
    return np.asarray(_luma(picture) * BYTES_SCALE + 0.5, np.uint8)


def _luma(picture: Bytes) -> NDArray[np.float32]:
    return colour.luma(colour.to_floats(Raster(np.ascontiguousarray(picture))))
