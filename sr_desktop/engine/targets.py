"""How large the result shall be, and which passes of the network get there."""

import itertools
import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from sr_desktop.errors import UsageError

LONGEST_SIDE = 1_000_000
"""A larger request is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Factor:
    """As many times larger as one model makes it."""

    scale: int


@dataclass(frozen=True, slots=True)
class Width:
    """This many columns; the height follows."""

    pixels: int


@dataclass(frozen=True, slots=True)
class Height:
    """This many rows; the width follows."""

    pixels: int


@dataclass(frozen=True, slots=True)
class LongSide:
    """This many pixels along the longer side; the other follows."""

    pixels: int


Target: TypeAlias = Factor | Width | Height | LongSide


def mark(target: Target) -> str:
    """Return what is put behind the stem of a result's name: the factor, or the size that was asked for."""
    match target:
        case Factor(scale):
            return f"_{scale}x"
        case Width(pixels):
            return f"_{pixels}w"
        case Height(pixels):
            return f"_{pixels}h"
        case LongSide(pixels):
            return f"_{pixels}px"
        case _:  # pragma: no cover
            assert_never(target)


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do with one picture.

    Attributes:
        passes: Scale of each pass of the network, in order; empty when the picture only gets smaller.
        height: Rows of the result; less than the passes give means antialiased bicubic down at the end.
        width: Columns of the result.
    """

    passes: tuple[int, ...]
    height: int
    width: int


def plan(target: Target, scales: Collection[int], *, height: int, width: int) -> Plan:
    """Return the passes for a picture: the next larger factor that `scales` can make, in as few passes as possible.

    Args:
        target: How large the result shall be.
        scales: Scales there are models for.
        height: Rows of the picture.
        width: Columns of the picture.

    Raises:
        UsageError: The size is not a sensible one, or no model makes that factor.
    """
    match target:
        case Factor(scale):
            if scale not in scales:
                raise UsageError(f"There is no model for {scale}x here.", f"Choose {_listed(scales)}.")
            return Plan((scale,), height * scale, width * scale)
        case Width(pixels):
            factor = pixels / width
        case Height(pixels):
            factor = pixels / height
        case LongSide(pixels):
            factor = pixels / max(height, width)
        case _:  # pragma: no cover
            assert_never(target)
    if not 1 <= pixels <= LONGEST_SIDE:
        raise UsageError(f"A side of {pixels} pixels is not possible.", f"Choose 1 to {LONGEST_SIDE}.")
    new_height, new_width = max(1, _round(height * factor)), max(1, _round(width * factor))
    return Plan(_passes(factor, scales), new_height, new_width)


def _passes(factor: float, scales: Collection[int]) -> tuple[int, ...]:
    """Return the scales whose product is the smallest that reaches the factor; of equal ones, the fewest."""
    if factor <= 1:
        return ()
    most = math.ceil(math.log(factor, min(scales)) - 1e-9)
    choices = itertools.chain.from_iterable(
        itertools.combinations_with_replacement(sorted(scales, reverse=True), count) for count in range(1, most + 1)
    )
    return min((c for c in choices if math.prod(c) >= factor - 1e-9), key=lambda c: (math.prod(c), len(c)))


def _round(value: float) -> int:
    return math.floor(value + 0.5)


def _listed(scales: Collection[int]) -> str:
    return " or ".join(str(scale) for scale in sorted(scales))
