"""Pictures that come in strips of rows, from the top, so that a large one never is in memory as a whole."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sr_desktop.imaging.colour import SampleRange
from sr_desktop.imaging.raster import Raster, Samples
from sr_desktop.imaging.reading import nonfinite


@dataclass(frozen=True, slots=True)
class Strips:
    """A picture in strips; they can be gone through once.

    Attributes:
        outline: All there is to know but the samples; see `outlined`.
        range: How the samples stand for [0, 1].
        strips: All rows in order, any number at a time.
    """

    outline: Raster
    range: SampleRange
    strips: Iterator[Samples]

    @classmethod
    def of(cls, raster: Raster) -> "Strips":
        """Return a picture that is in memory as a single strip, not copied."""
        return cls(raster, SampleRange.of(raster), iter([raster.samples]))


def outlined(raster: Raster, *, height: int, width: int) -> Raster:
    """Return what a picture of another size has in common with `raster`; all its samples are one zero in memory."""
    zero = np.zeros((1, 1, raster.samples.shape[2]), raster.samples.dtype)
    return replace(raster, samples=np.broadcast_to(zero, (height, width, raster.samples.shape[2])))


def of_floats(outline: Raster, strips: Callable[[], Iterator[Samples]]) -> Strips:
    """Return a picture of floating point, whose range and whose samples that are no number all rows tell together.

    Args:
        outline: The picture without its rows.
        strips: Begins with its rows whenever it is called: once for their range, and once for what is made of them.
    """
    span = nonfinite.span_of(strips())
    if not span.is_finite:
        outline = replace(outline, changes=(*outline.changes, nonfinite.CHANGE))
    span_range = SampleRange(outline.samples.dtype, min(0.0, span.low), max(1.0, span.high))
    return Strips(outline, span_range, (nonfinite.made_finite(strip, span) for strip in strips()))


def whole(strips: Iterable[Samples], outline: Raster) -> Samples:
    """Return all rows of a picture of the outline's shape as one array; what is one array already is not copied."""
    out: Samples | None = None
    is_lent = True
    top = 0
    for strip in strips:
        if out is None:
            out = _array_of(strip, outline)
        place = out[top : top + len(strip)]
        if place.__array_interface__ != strip.__array_interface__:
            if is_lent:
                lent, out, is_lent = out[:top], np.empty(outline.samples.shape, strip.dtype), False
                out[:top] = lent
            out[top : top + len(strip)] = strip
        top += len(strip)
    assert out is not None  # a picture has rows
    assert top == outline.height
    return out


def _array_of(strip: Samples, outline: Raster) -> Samples:
    """Return the array of the outline's shape of which the strip is a part, or else the strip."""
    base = strip.base
    return base if isinstance(base, np.ndarray) and base.shape == outline.samples.shape else strip


def recut(strips: Iterable[Samples], rows: int) -> Iterator[Samples]:
    """Yield the same rows, exactly so many at a time, fewer in the end; what lies in one strip is not copied."""
    left: NDArray[Any] | None = None
    for strip in strips:
        start = 0
        if left is not None:
            start = rows - len(left)
            left = np.concatenate([left, strip[:start]], dtype=strip.dtype)
            if len(left) < rows:
                continue
            yield left
            left = None
        stop = start + (len(strip) - start) // rows * rows
        for top in range(start, stop, rows):
            yield strip[top : top + rows]
        if stop < len(strip):
            left = strip[stop:].copy()  # the strip itself may go
    if left is not None:
        yield left
