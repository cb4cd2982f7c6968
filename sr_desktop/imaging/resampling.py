"""Bicubic resampling that equals MATLAB's `imresize`, for scores; and a fast float one of the same kernel, for pictures.

Both follow `imresize`'s contributions: output sample x (from 1) looks at u = x / scale + (1 - 1 / scale) / 2 with
Keys' cubic kernel, a = -0.5, widened by 1 / scale when shrinking (antialiasing), weights normalised, indices clamped
at the border. OpenCV's INTER_CUBIC has a = -0.75 and no antialiasing, so its pictures are not comparable.
"""

import functools
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from sr_desktop.imaging.raster import Floats

_BLOCK = 32
"""Output rows computed by one matrix product: large enough for BLAS, small enough that few products are with zeros."""

REACH = 2
"""Pixels around one that the enlarged ones in its place depend on: the cubic kernel's half-width."""

_STRIP = 4
"""Blocks of output rows that pass through both directions before the next: bounds the memory besides the result."""

_Wide: TypeAlias = NDArray[np.float32] | NDArray[np.float64]


def _cubic(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """Keys' kernel with a = -0.5 (IEEE Trans. ASSP 29, 1981)."""
    x = np.abs(x)
    near = (1.5 * x - 2.5) * x * x + 1
    far = ((-0.5 * x + 2.5) * x - 4) * x + 2
    return np.where(x <= 1, near, np.where(x <= 2, far, 0.0))


def _contributions(scale: float, outputs: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return indices (unclamped) and weights, both outputs×taps, that make these output samples."""
    width = 4.0 * max(1.0, 1 / scale)
    centre = (outputs + 0.5) / scale - 0.5
    taps = int(np.ceil(width)) + 1
    first = np.floor(centre - width / 2).astype(np.int64) + 1
    indices = first[:, None] + np.arange(taps)
    weights = _cubic((centre[:, None] - indices) * min(1.0, scale))
    return indices, weights / weights.sum(axis=1, keepdims=True)


class _Axis:
    """Makes blocks of output samples along one axis as products with small matrices."""

    def __init__(self, before: int, after: int, dtype: type[np.float32] | type[np.float64]) -> None:
        indices, weights = _contributions(after / before, np.arange(after))
        indices = np.clip(indices, 0, before - 1)
        self._blocks = [
            self._block(indices[start : start + _BLOCK], weights[start : start + _BLOCK], start, dtype)
            for start in range(0, after, _BLOCK)
        ]

    @staticmethod
    def _block(
        indices: NDArray[np.int64], weights: NDArray[np.float64], start: int, dtype: type[np.float32] | type[np.float64]
    ) -> tuple[slice, slice, Any]:
        """Return which output samples these are, which input samples they need, and the matrix between them."""
        low, high = int(indices.min()), int(indices.max()) + 1
        matrix = np.zeros((len(indices), high - low))
        np.add.at(matrix, (np.arange(len(indices))[:, None], indices - low), weights)
        return slice(start, start + len(indices)), slice(low, high), matrix.astype(dtype)

    @property
    def count(self) -> int:
        """Number of blocks."""
        return len(self._blocks)

    def needed(self, first: int, count: int) -> slice:
        """Return which input samples `count` blocks from block `first` on need."""
        blocks = self._blocks[first : first + count]
        return slice(min(needed.start for _, needed, _ in blocks), max(needed.stop for _, needed, _ in blocks))

    def rows(self, source: NDArray[Any], first: int, count: int, top: int = 0) -> _Wide:
        """Return `count` blocks of output rows from block `first` on, of H×N samples that begin with input row `top`."""
        parts = [
            matrix @ source[needed.start - top : needed.stop - top].astype(matrix.dtype, copy=False)
            for _, needed, matrix in self._blocks[first : first + count]
        ]
        return np.concatenate(parts)

    def columns(self, source: NDArray[Any], width: int) -> _Wide:
        """Return all output columns of H×W samples."""
        out = np.empty((source.shape[0], width), source.dtype)
        for made, needed, matrix in self._blocks:
            out[:, made] = source[:, needed] @ matrix.T
        return out


class Resizing:
    """A resampling of float samples to another size, antialiased when shrinking, one strip of the result at a time.

    Args:
        before: Rows and columns of the picture.
        after: Rows and columns of the result.
        dtype: Type to compute in.
        finish: Applied after each of the two passes.
    """

    def __init__(
        self,
        before: tuple[int, int],
        after: tuple[int, int],
        dtype: type[np.float32] | type[np.float64] = np.float32,
        finish: Callable[[_Wide], _Wide] = lambda values: values,
    ) -> None:
        self._width, self._finish = after[1], finish
        self._vertical, self._horizontal = _Axis(before[0], after[0], dtype), _Axis(before[1], after[1], dtype)

    def strips(self) -> Iterator[tuple[int, slice]]:
        """Yield number and needed rows of the picture for each strip of the result, from the top."""
        for first in range(0, self._vertical.count, _STRIP):
            yield first, self._vertical.needed(first, _STRIP)

    def strip(self, number: int, source: NDArray[Any]) -> _Wide:
        """Return a strip of the result, not clipped, from H×W×C samples that are exactly the rows that it needs."""
        top = self._vertical.needed(number, _STRIP).start
        rows = self._finish(self._vertical.rows(source.reshape(len(source), -1), number, _STRIP, top))
        planes = cv2.split(rows.reshape(len(rows), source.shape[1], -1))
        done = [self._finish(self._horizontal.columns(plane, self._width)) for plane in planes]
        merged: NDArray[Any] = np.asarray(cv2.merge(done), rows.dtype)
        return merged.reshape(len(rows), self._width, -1)


def _resize_into(out: NDArray[Any], image: NDArray[Any], resizing: Resizing) -> None:
    """Fill H×W or H×W×C `out` with the strips of a resampling."""
    top = 0
    for number, needed in resizing.strips():
        strip = resizing.strip(number, image[needed].reshape(needed.stop - needed.start, image.shape[1], -1))
        out[top : top + len(strip)] = strip.reshape(len(strip), *out.shape[1:])
        top += len(strip)


def _round_to_bytes(values: _Wide) -> _Wide:
    """Round half up and clip to what 8 bits hold, as MATLAB does."""
    return np.clip(np.floor(values + 0.5), 0, 255)


def matlab_bicubic(image: NDArray[np.uint8], *, height: int, width: int) -> NDArray[np.uint8]:
    """Resample 8-bit samples exactly as MATLAB's `imresize(image, [height width], 'bicubic')`.

    The result of the vertical pass is rounded to 8 bits before the horizontal one.

    Args:
        image: H×W or H×W×C.
        height: Rows of the result.
        width: Columns of the result.
    """
    out = np.empty((height, width, *image.shape[2:]), np.uint8)
    _resize_into(out, image, Resizing(image.shape[:2], (height, width), np.float64, _round_to_bytes))
    return out


def crop_to_multiple(image: NDArray[np.uint8], scale: int) -> NDArray[np.uint8]:
    """Return a view of the top left part whose sides are multiples of `scale`."""
    height, width = image.shape[:2]
    return image[: height - height % scale, : width - width % scale]


def shrink_like_matlab(image: NDArray[np.uint8], scale: int) -> NDArray[np.uint8]:
    """Return the low-resolution input that published tables use for `image`.

    Args:
        image: H×W or H×W×C whose sides are multiples of `scale`.
        scale: The factor.

    Raises:
        ValueError: A side is not a multiple of `scale`; see `crop_to_multiple`.
    """
    height, width = image.shape[:2]
    if height % scale or width % scale:
        raise ValueError(f"{width} × {height} is not a multiple of {scale}")
    return matlab_bicubic(image, height=height // scale, width=width // scale)


def resize(image: Floats, *, height: int, width: int) -> Floats:
    """Resample float samples to any size, antialiased when shrinking; not clipped.

    Takes the memory of the result and a strip.

    Args:
        image: H×W or H×W×C.
        height: Rows of the result.
        width: Columns of the result.
    """
    out = np.empty((height, width, *image.shape[2:]), np.float32)
    _resize_into(out, image, Resizing(image.shape[:2], (height, width)))
    return out


def enlarge(plane: Floats, factor: int) -> Floats:
    """Resample H×W float samples to so many times the rows and columns; not clipped.

    A part of a picture with `REACH` pixels around it gives the same samples as the whole picture does there.
    """
    kernels = _phases(factor)
    across = [_correlated(plane, kernel.reshape(1, 4), (first, 0)) for kernel, first in kernels]
    wide = np.asarray(cv2.merge(across), np.float32).reshape(len(plane), -1)  # quicker than writing every other one
    out = np.empty((len(plane) * factor, wide.shape[1]), np.float32)
    for phase, (kernel, first) in enumerate(kernels):
        _correlated(wide, kernel.reshape(4, 1), (0, first), out[phase::factor])
    return out


def resize_part(
    image: NDArray[np.uint8], *, vertical: float, horizontal: float, rows: range, columns: range
) -> NDArray[np.uint8]:
    """Return some rows and columns of a picture resampled by two factors, as the whole would have them; rounded.

    For the screen: it takes the time of the part alone, in this thread alone.

    Args:
        image: H×W×C.
        vertical: How many times more rows.
        horizontal: How many times more columns.
        rows: Which rows of the result, in steps of 1.
        columns: Which columns of the result, in steps of 1.
    """
    y, down = _contributions(vertical, np.arange(rows.start, rows.stop))
    x, along = _contributions(horizontal, np.arange(columns.start, columns.stop))
    y, x = np.clip(y, 0, image.shape[0] - 1), np.clip(x, 0, image.shape[1] - 1)
    top, left = y.min(), x.min()
    source = image[top : y.max() + 1, left : x.max() + 1].astype(np.float32)
    tall = _weighted_rows(source, y - top, down)
    turned = np.asarray(cv2.transpose(tall), np.float32).reshape(source.shape[1], len(rows), -1)
    done = _weighted_rows(turned, x - left, along)
    done += np.float32(0.5)
    np.clip(done, 0, 255, out=done)
    return np.asarray(cv2.transpose(done.astype(np.uint8)), np.uint8).reshape(len(rows), len(columns), -1)


def _weighted_rows(source: Floats, indices: NDArray[np.int64], weights: NDArray[np.float64]) -> Floats:
    """Return rows that are weighted sums of rows of H×W×C `source`; a matrix product would wait for busy cores."""
    out = np.zeros((len(indices), *source.shape[1:]), np.float32)
    picked = np.empty_like(out)
    for row, weight in zip(indices.T, weights.T.astype(np.float32), strict=True):
        if weight.any():
            np.take(source, row, axis=0, out=picked, mode="clip")
            picked *= weight[:, None, None]
            out += picked
    return out


def _correlated(plane: Floats, kernel: Floats, anchor: tuple[int, int], out: Floats | None = None) -> Floats:
    """Return weighted sums of neighbours; `sepFilter2D` would take twice as long for its other direction."""
    done = cv2.filter2D(plane, cv2.CV_32F, kernel, dst=out, anchor=anchor, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(done, np.float32)


@functools.cache
def _phases(factor: int) -> list[tuple[Floats, int]]:
    """Return for each phase the kernel of output samples `factor * i + phase`, and where in it input sample i is."""
    positions = [(phase + 0.5) / factor - 0.5 for phase in range(factor)]
    firsts = [int(np.floor(position)) - 1 for position in positions]
    taps = np.arange(4, dtype=np.float64)
    return [
        (_cubic(position - first - taps).astype(np.float32), -first)
        for position, first in zip(positions, firsts, strict=True)
    ]
