"""Pictures read in this process, where a crash of a decoder takes everything along; see `reading` for the guarded way."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging import exif, xmp
from sr_desktop.imaging.decoding import decode
from sr_desktop.imaging.gathering import gather, orientation
from sr_desktop.imaging.opening import Picture, opened
from sr_desktop.imaging.orienting import upright
from sr_desktop.imaging.raster import Change, Metadata, Raster, Samples

DEFAULT_LIMIT_PIXELS = 300_000_000
"""Above this a declared size is more likely an attack or a mistake than a picture."""


@dataclass(frozen=True, slots=True)
class Header:
    """What a file's header says, without decoding.

    Attributes:
        width: Columns, as the picture is to be seen.
        height: Rows, as the picture is to be seen.
        format: Name of the format.
        frames: How many frames an animation or pages a document has; 1 for a single picture.
        moves: Whether they are an animation.
        loops: How often it is shown, 0 for ever.
        strip_rows: Rows of one strip, if the picture can be read in strips; otherwise 0.
    """

    width: int
    height: int
    format: str
    frames: int = 1
    moves: bool = False
    loops: int = 0
    strip_rows: int = 0


def size_here(path: Path, *, limit_pixels: int = DEFAULT_LIMIT_PIXELS, frame: int | None = None) -> Header:
    """Return what a file's header says, as `reading.read_size` does, without its protection."""
    with opened(path, limit_pixels, frame=frame) as picture:
        return header_of(picture)


def read_here(
    path: Path,
    *,
    limit_pixels: int = DEFAULT_LIMIT_PIXELS,
    salvage: bool = False,
    frame: int | None = None,
    strip: int | None = None,
    announce: Callable[[Header], None] = lambda header: None,
) -> Raster:
    """Return the picture in a file, as `reading.read` does, without its protection.

    Args:
        path: The file.
        limit_pixels: As there.
        salvage: As there.
        frame: As there.
        strip: Which strip is wanted, from 0, if not the whole; only of a picture whose header says that it has some.
        announce: Called with what the header says before anything is decoded.
    """
    said = False
    damage: tuple[Change, ...] = ()
    while True:
        try:
            with opened(path, limit_pixels, frame=frame, lenient=bool(damage)) as picture:
                if not said:
                    announce(header_of(picture))
                    said = True
                raster = raster_of(picture, strip)
                return replace(raster, changes=(*damage, *raster.changes))
        except UnreadableImageError as error:
            if damage or not salvage:
                raise
            damage = (Change("damage", f"{error.title} What could be read is there."),)


def header_of(picture: Picture) -> Header:
    """Return what an opened file's header says."""
    turned = _to_apply(picture) >= 5
    width, height = (picture.height, picture.width) if turned else (picture.width, picture.height)
    moves = picture.frames > 1 and picture.format != "TIFF"
    return Header(width, height, picture.format, picture.frames, moves, picture.loops, _strip_rows(picture))


def _strip_rows(picture: Picture) -> int:
    """Return the rows of a strip; what is turned, or has its range from all its samples, must be read as a whole."""
    layout = picture.layout
    fits = layout and layout.dtype.kind == "u" and layout.dtype.itemsize <= 2 and _to_apply(picture) == 1
    return layout.strip_rows if layout and fits else 0


def raster_of(picture: Picture, strip: int | None = None) -> Raster:
    """Return an opened file's picture or a strip of it, upright, with everything that travels beside its samples."""
    samples, changes = decode(picture, strip)
    if samples.dtype == np.float32 and not np.isfinite(samples).all():
        samples = _finite(samples)
        changes = (*changes, Change("samples", "Samples that are no number became 0, infinite ones the largest other."))
    metadata, more = _of_upright(gather(picture), orientation(picture))
    if any(change.id == "colour-space" for change in changes):
        metadata = replace(metadata, icc=None, colour_chunks=())  # they spoke of the colours before
    return Raster(upright(samples, _to_apply(picture)), metadata, picture.format, (*changes, *more))


def _finite(samples: Samples) -> Samples:
    known = samples[np.isfinite(samples)]
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    return np.nan_to_num(np.asarray(samples, np.float32), nan=0.0, posinf=high, neginf=low)


def _to_apply(picture: Picture) -> int:
    """Return the orientation that the samples still need; Pillow turns those of TIFF files itself."""
    return 1 if picture.tags and picture.image else orientation(picture)


def _of_upright(metadata: Metadata, turned: int) -> tuple[Metadata, tuple[Change, ...]]:
    """Return metadata for samples that have been turned upright."""
    changes = []
    block = exif.upright(metadata.exif) if metadata.exif else None
    packet = metadata.xmp
    if packet:
        changes += [Change("extra", text) for text in xmp.extras(packet)]
        if xmp.has_extension(packet):
            changes.append(Change("xmp", "The second part of the XMP data is left out."))
        packet = xmp.without_extras(xmp.upright(packet) if turned > 1 else packet)
    x, y = metadata.density or (0.0, 0.0)
    density = ((y, x) if turned >= 5 else (x, y)) if metadata.density else None
    return replace(metadata, exif=block, xmp=packet, density=density), tuple(changes)
