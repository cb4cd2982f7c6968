"""Which quality setting a JPEG file's quantisation amounts to."""

from collections.abc import Sequence

_LUMA = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip
_CHROMA = (
    17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99,
    24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
    *[99] * 32,
)  # fmt: skip
"""Steps at quality 50, row by row (ITU-T T.81, annex K.1)."""


def quality_of(tables: Sequence[Sequence[int]]) -> int:
    """Return the least quality, 1 to 100 as libjpeg counts, whose steps are nowhere coarser than these.

    Args:
        tables: 64 steps each, row by row; the first for luma, any others for chroma.
    """
    standards = [_LUMA, *[_CHROMA] * (len(tables) - 1)]
    return next(quality for quality in range(1, 101) if quality == 100 or _fits(quality, standards, tables))


def _fits(quality: int, standards: Sequence[Sequence[int]], tables: Sequence[Sequence[int]]) -> bool:
    factor = 5000 // quality if quality < 50 else 200 - 2 * quality  # jpeg_quality_scaling in libjpeg
    return all(
        min(max((step * factor + 50) // 100, 1), 255) <= limit
        for standard, table in zip(standards, tables, strict=True)
        for step, limit in zip(standard, table, strict=False)
    )
