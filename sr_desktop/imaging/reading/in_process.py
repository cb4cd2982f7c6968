"""Pictures read in this process, where a crash of a decoder takes everything along; see `reading` for the guarded way."""

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging.metadata import exif, xmp
from sr_desktop.imaging.raster import Change, Metadata, Raster, Samples
from sr_desktop.imaging.reading import nonfinite, png_strips
from sr_desktop.imaging.reading.decoder_errors import explained, quiet
from sr_desktop.imaging.reading.metadata import gather, orientation
from sr_desktop.imaging.reading.open_file import Picture, opened, with_content
from sr_desktop.imaging.reading.orientation import upright
from sr_desktop.imaging.reading.pixels import decode
from sr_desktop.imaging.reading.resume_cache import Continued

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
            Of a float picture a strip is as stored: what to make of samples that are no number, the whole tells.
        announce: Called with what the header says before anything is decoded.
    """
    going_on = _next_strip(path, strip, announce) if strip else _next_frame(path, frame, announce) if frame else None
    if going_on:
        return going_on
    said = False
    damage: tuple[Change, ...] = ()
    while True:
        try:
            with opened(path, limit_pixels, frame=frame, lenient=bool(damage)) as picture:
                if not said:
                    announce(header_of(picture))
                    said = True
                raster = raster_of(picture, strip)
                if not damage:
                    _hold(picture)
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
    """Return the rows of a strip; what is turned or moves must be read as a whole."""
    if _to_apply(picture) != 1:
        return 0
    if picture.png:
        return png_strips.strip_rows(picture.png) if picture.frames == 1 and not picture.lenient else 0
    return picture.layout.strip_rows if picture.layout else 0


def raster_of(picture: Picture, strip: int | None = None) -> Raster:
    """Return an opened file's picture or a strip of it, upright, with everything that travels beside its samples."""
    samples, changes = _png_strip(picture, strip) if picture.png and strip is not None else decode(picture, strip)
    if strip is None and samples.dtype == np.float32:
        span = nonfinite.span_of([samples])
        samples = nonfinite.made_finite(samples, span)
        changes = changes if span.is_finite else (*changes, nonfinite.CHANGE)
    metadata, more = _of_upright(gather(picture), orientation(picture))
    if any(change.id == "colour-space" for change in changes):
        metadata = replace(metadata, icc=None, colour_chunks=())  # they spoke of the colours before
    return Raster(upright(samples, _to_apply(picture)), metadata, picture.format, (*changes, *more))


_streams: Continued[tuple[Header, png_strips.Stream]] = Continued(64)
"""PNG files that are being read in strips.

They hold no open file and hardly any memory, so nobody has to say that no more is wanted of one.
"""


def _next_strip(path: Path, strip: int, announce: Callable[[Header], None]) -> Raster | None:
    """Return the strip of a PNG file whose strip before was the last one read of it; nothing else is in the raster."""
    with quiet(), explained(path):
        kept = _streams.take(path, strip)
        if kept is None:
            return None
        header, stream = kept
        announce(header)
        return Raster(_taken(header, stream, path), format="PNG")


def _png_strip(picture: Picture, strip: int) -> tuple[Samples, tuple[Change, ...]]:
    """Return any strip of a PNG file, for which all above it are read, too."""
    assert picture.png
    stream = png_strips.Stream(picture.path, picture.png)
    while stream.number < strip:
        stream.next()
    return _taken(header_of(picture), stream, picture.path), ()


def _taken(header: Header, stream: png_strips.Stream, path: Path) -> Samples:
    """Return the next strip, and remember the stream for the one after it."""
    samples = stream.next()
    if stream.number * header.strip_rows < header.height:
        _streams.keep(path, stream.number, (header, stream))
    return samples


_films: Continued[Picture] = Continued(4)
"""Animations of which frames are being read in order."""


def _hold(picture: Picture) -> None:
    """Remember an animation for its next frame, unless there is none."""
    if picture.frame is None or picture.frame + 1 >= picture.frames or picture.format == "TIFF":
        return
    is_held = isinstance(picture.file, io.BytesIO)
    _films.keep(picture.path, picture.frame + 1, picture if is_held else with_content(picture))


def _next_frame(path: Path, frame: int, announce: Callable[[Header], None]) -> Raster | None:
    """Return the frame of an animation whose frame before was the last one read of it."""
    with quiet(), explained(path):
        held = _films.take(path, frame)
        if held is None or held.image is None:
            return None
        held.image.seek(held.skipped + frame)
        if held.image.size != (held.width, held.height):  # opened anew, its size is checked
            return None
        picture = replace(held, frame=frame)
        announce(header_of(picture))
        raster = raster_of(picture)
        _hold(picture)
        return raster


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
