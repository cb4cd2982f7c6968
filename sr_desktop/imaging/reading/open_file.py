"""Files opened as pictures: what is not one, or too large a one, is refused from its first bytes in one sentence."""

import contextlib
import errno
import io
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from PIL import (
    AvifImagePlugin,
    BmpImagePlugin,
    GifImagePlugin,
    Image,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging.reading import png_chunks
from sr_desktop.imaging.reading.decoder_errors import explained, quiet
from sr_desktop.imaging.reading.signatures import HEAD_BYTES, RAW_SUFFIXES, kind_of
from sr_desktop.imaging.reading.tiff_layout import Layout, layout_of
from sr_desktop.imaging.reading.tiff_tags import Tags
from sr_desktop.system.file_names import shown

_PLUGINS = tuple(
    plugin.format
    for plugin in (
        PngImagePlugin.PngImageFile,
        JpegImagePlugin.JpegImageFile,
        WebPImagePlugin.WebPImageFile,
        TiffImagePlugin.TiffImageFile,
        BmpImagePlugin.BmpImageFile,
        BmpImagePlugin.DibImageFile,
        AvifImagePlugin.AvifImageFile,
        GifImagePlugin.GifImageFile,
    )
)
"""Pillow's readers that may look at a file; the fewer there are, the less a hostile file can reach."""

PngImagePlugin.MAX_TEXT_CHUNK = png_chunks.TEXT_BYTES

_TIFF_HEADS = (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")

_REASONS = {
    errno.ENOENT: ("there is no such file", "Check the path."),
    errno.ENOTDIR: ("there is no such file", "Check the path."),
    errno.EACCES: ("you may not read it", "Change its permissions or copy it elsewhere."),
    errno.EPERM: ("you may not read it", "Change its permissions or copy it elsewhere."),
    errno.ELOOP: ("links in its path lead in a circle", "Check the path."),
    errno.ENAMETOOLONG: ("there can be no file with so long a name", "Check the path."),
    errno.EIO: ("the disk reports an error", "Copy it from another place."),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A file recognised as a picture, nothing decoded yet.

    Attributes:
        path: Where it is.
        file: The open file.
        width: Columns as stored.
        height: Rows as stored.
        image: Pillow's view of it; `None` where `layout` is not.
        tags: Its tags, if it is a TIFF file.
        layout: How to read it here, if Pillow can't without loss.
        png: What its header says, if it is a PNG file.
        lenient: Whether missing and damaged parts are to be left blank.
        frame: Which frame or page is meant, from 0; `None` for the first one as a picture of its own.
        frames: How many there are.
        skipped: How many of Pillow's frames come before the first one that counts.
        loops: How often an animation is shown, 0 for ever.
    """

    path: Path
    file: BinaryIO
    width: int
    height: int
    image: Image.Image | None = None
    tags: Tags | None = None
    layout: Layout | None = None
    png: png_chunks.Header | None = None
    lenient: bool = False
    frame: int | None = None
    frames: int = 1
    skipped: int = 0
    loops: int = 0

    @property
    def format(self) -> str:
        """Name of the format."""
        name = (self.image.format or "") if self.image else "TIFF"
        return _NAMES.get(name, name)


_NAMES = {"MPO": "JPEG", "WEBP": "WebP", "DIB": "BMP"}


@contextlib.contextmanager
def opened(path: Path, limit_pixels: int, *, frame: int | None = None, lenient: bool = False) -> Iterator[Picture]:
    """Give the file's picture, not decoded yet; whatever goes wrong inside becomes an `UnreadableImageError`."""
    with _file(path) as file, quiet(), explained(path):
        head = file.read(HEAD_BYTES)
        _refuse_known(path, head)
        _check_size(path, *_webp_size(head), limit_pixels)
        tags = Tags(file, frame or 0) if head[:4] in _TIFF_HEADS else None
        layout = layout_of(tags.first, tags.order) if tags else None
        if tags and layout:
            _check_size(path, layout.width, layout.height, limit_pixels)
            size = layout.width, layout.height
            pages = tags.pages
            yield Picture(path, file, *size, tags=tags, layout=layout, lenient=lenient, frame=frame, frames=pages)
            return
        file.seek(0)
        Image.MAX_IMAGE_PIXELS = None  # the limit is checked below, in our words
        try:
            image = Image.open(file, formats=_PLUGINS)
        except UnidentifiedImageError as error:
            raise _unknown(path, head) from error
        _check_size(path, *image.size, limit_pixels)
        Image.MAX_IMAGE_PIXELS = limit_pixels  # a later frame may say that it is larger; twice as large is an error
        with image:
            header = _png_header(file, lenient) if image.format == "PNG" else None
            count, first, loops = _frames(image)
            if frame is not None and count > 1:
                image.seek(first + frame)
            _check_size(path, *image.size, limit_pixels)
            yield Picture(
                path, file, *image.size, image=image, tags=tags, png=header, lenient=lenient,
                frame=frame, frames=count, skipped=first, loops=loops,
            )  # fmt: skip


def with_content(picture: Picture) -> Picture:
    """Return an animation of its own, opened from memory: it stays when the file is closed, and goes on from frame to frame.

    A file that is opened for each frame goes through all frames before it each time.
    """
    picture.file.seek(0)
    file = io.BytesIO(picture.file.read())
    return replace(picture, file=file, image=Image.open(file, formats=_PLUGINS))


def _frames(image: Image.Image) -> tuple[int, int, int]:
    """Return how many frames or pages there are, which comes first, and how often an animation is shown."""
    count = getattr(image, "n_frames", 1) if image.format != "MPO" else 1
    has_still = bool(image.info.get("default_image"))  # a picture before the animation, for programs that know none
    loops = image.info.get("loop", 0 if image.format != "GIF" else 1)
    return count - has_still, int(has_still), loops if isinstance(loops, int) else 0


def _png_header(file: BinaryIO, lenient: bool) -> png_chunks.Header:
    """Check a PNG file and return its header, leaving the file where Pillow expects it."""
    place = file.tell()
    header = png_chunks.checked_header(file, lenient=lenient)
    file.seek(place)
    return header


@contextlib.contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    """Open an ordinary, not empty file."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise UnreadableImageError(f"{shown(path)} is a folder.", "Choose a picture in it.")
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableImageError(f"{shown(path)} is not an ordinary file.", "Choose a picture.")
        if status.st_size == 0:
            raise UnreadableImageError(f"{shown(path)} is empty.", "Copy or download it again.")
        file = path.open("rb")
    except OSError as error:
        reason, hint = _REASONS.get(error.errno or 0, (os.strerror(error.errno or errno.EIO), ""))
        raise UnreadableImageError(f"{shown(path)} can't be opened: {reason}.", hint) from error
    with file:
        yield file


def _refuse_known(path: Path, head: bytes) -> None:
    """Refuse what a reader would take for something else: raw files are TIFF files with a small preview."""
    if path.suffix.lower() in RAW_SUFFIXES or head[8:11] == b"CR\x02":
        raise _unknown(path, head)


def _unknown(path: Path, head: bytes) -> UnreadableImageError:
    kind = kind_of(path, head)
    if kind is None:
        return UnreadableImageError(
            f"{shown(path)} is damaged or not a picture that can be read here.",
            "PNG, JPEG, WebP, TIFF, BMP, AVIF and GIF can be read.",
        )
    return UnreadableImageError(f"{shown(path)} is {kind[0]}, which can't be read here.", kind[1])


def _webp_size(head: bytes) -> tuple[int, int]:
    """Return the canvas of an extended WebP file, whose decoder would take memory for it at once; (1, 1) for others."""
    if head[:4] == b"RIFF" and head[8:16] == b"WEBPVP8X" and len(head) >= 30:
        return 1 + int.from_bytes(head[24:27], "little"), 1 + int.from_bytes(head[27:30], "little")
    return 1, 1


def _check_size(path: Path, width: int, height: int, limit_pixels: int) -> None:
    if width < 1 or height < 1:
        raise UnreadableImageError(f"{shown(path)} is damaged: it has no pixels.", "Copy or download it again.")
    if width * height > limit_pixels:
        raise UnreadableImageError(
            f"{shown(path)} says that it has {width} × {height} pixels, more than the limit of "
            f"{limit_pixels / 1e6:g} megapixels.",
            "Raise the limit if the file is to be trusted.",
        )
