"""Samples of floating point that are no number, and what is put in their place."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from sr_desktop.imaging.raster import Change, Samples

CHANGE = Change("samples", "Samples that are no number became 0, infinite ones the largest other.")

_BLOCK_SAMPLES = 1 << 20
"""Looked at together, so that no second picture is ever in memory."""


@dataclass(frozen=True, slots=True)
class Span:
    """What is known of all samples of a picture.

    Attributes:
        low: The smallest finite one, 0 if there is none.
        high: The largest finite one, 1 if there is none.
        is_finite: Whether all are.
    """

    low: float
    high: float
    is_finite: bool


def span_of(strips: Iterable[Samples]) -> Span:
    """Return the span of a picture's rows, however many come at a time."""
    lows, highs, is_finite = [], [], True
    for strip in strips:
        rows = max(1, _BLOCK_SAMPLES // strip[0].size)
        for top in range(0, len(strip), rows):
            block = strip[top : top + rows]
            finite = block[np.isfinite(block)]
            is_finite = is_finite and finite.size == block.size
            if finite.size:
                lows.append(float(finite.min()))
                highs.append(float(finite.max()))
    return Span(min(lows, default=0.0), max(highs, default=1.0), is_finite)


def made_finite(samples: Samples, span: Span) -> Samples:
    """Return samples with numbers in the place of those that are none; not copied if all are finite."""
    if span.is_finite:
        return samples
    return np.nan_to_num(np.asarray(samples, np.float32), nan=0.0, posinf=span.high, neginf=span.low)
