"""Pictures read from files: everything that can be kept, and one sentence when a file can't be read.

Decoding runs in a helper process, so that a file that crashes a decoder, or makes it take all memory or time, costs
that process only.
"""

from collections.abc import Iterator
from pathlib import Path

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging.colour import SampleRange
from sr_desktop.imaging.raster import Raster, Samples
from sr_desktop.imaging.reading.helper_client import HELPER
from sr_desktop.imaging.reading.in_process import DEFAULT_LIMIT_PIXELS, Header
from sr_desktop.imaging.reading.tiff_layout import STRIPS_FROM_PIXELS
from sr_desktop.imaging.strips import Strips, of_floats, outlined
from sr_desktop.system.file_names import shown

__all__ = ["DEFAULT_LIMIT_PIXELS", "Header", "read", "read_size", "read_strips", "warm_up"]


def read_size(path: Path, *, limit_pixels: int = DEFAULT_LIMIT_PIXELS) -> Header:
    """Return the size and format of a picture from its header alone.

    Raises:
        UnreadableImageError: As from `read`, as far as the header shows it.
    """
    return HELPER.header(path, limit_pixels)


def read(
    path: Path, *, limit_pixels: int = DEFAULT_LIMIT_PIXELS, salvage: bool = False, frame: int | None = None
) -> Raster:
    """Return the picture in a file, upright, with everything that travels beside its samples.

    Args:
        path: The file.
        limit_pixels: A picture that says it has more is refused before anything is decoded.
        salvage: Whether what is left of a damaged file is better than nothing; `Raster.changes` then says so.
        frame: Which frame or page, from 0 to `Header.frames` less 1. By default the first, and if there are others,
            `Raster.changes` says that they are left out.

    Raises:
        UnreadableImageError: The title says in one sentence what is wrong with the file.
    """
    return HELPER.raster(path, limit_pixels, salvage=salvage, frame=frame)


def read_strips(
    path: Path, *, limit_pixels: int = DEFAULT_LIMIT_PIXELS, salvage: bool = False, frame: int | None = None
) -> Strips:
    """Return the picture in a file as `read` does, but in strips where its format and its size speak for it.

    Those are TIFF files whose strips or tiles can be decoded one by one, and PNG files that are not interlaced. Strips
    come from the helper process when they are asked for, and an `UnreadableImageError` may come as late. A float
    picture is read twice, since its range is that of all its samples.
    """
    header = HELPER.header(path, limit_pixels, frame)
    if salvage or not header.strip_rows or header.width * header.height < STRIPS_FROM_PIXELS:
        return Strips.of(read(path, limit_pixels=limit_pixels, salvage=salvage, frame=frame))
    first = HELPER.raster(path, limit_pixels, frame=frame, strip=0)

    def strips() -> Iterator[Samples]:
        yield first.samples
        for number in range(1, -(-header.height // header.strip_rows)):
            rows = min(header.strip_rows, header.height - number * header.strip_rows)
            samples = HELPER.raster(path, limit_pixels, frame=frame, strip=number).samples
            if samples.shape != (rows, *first.samples.shape[1:]) or samples.dtype != first.samples.dtype:
                raise UnreadableImageError(f"{shown(path)} became another file while it was read.", "Try it again.")
            yield samples

    outline = outlined(first, height=header.height, width=header.width)
    if first.bits < 32:
        return Strips(outline, SampleRange.of(first), strips())
    return of_floats(outline, strips)


def warm_up() -> None:
    """Start the helper process, if it isn't there, without waiting for it: the first picture then comes sooner."""
    HELPER.start()
