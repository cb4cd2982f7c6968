"""Pictures read from files: everything that can be kept, and one sentence when a file can't be read."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from sr_desktop.imaging import exif
from sr_desktop.imaging.decoding import decode
from sr_desktop.imaging.opening import opened
from sr_desktop.imaging.orienting import upright
from sr_desktop.imaging.raster import Metadata, Raster

DEFAULT_LIMIT_PIXELS = 300_000_000
"""Above this a declared size is more likely an attack or a mistake than a picture."""

_NAMES = {"MPO": "JPEG", "WEBP": "WebP", "DIB": "BMP"}


@dataclass(frozen=True, slots=True)
class Header:
    """What a file's header says, without decoding.

    Attributes:
        width: Columns, as the picture is to be seen.
        height: Rows, as the picture is to be seen.
        format: Name of the format.
    """

    width: int
    height: int
    format: str


def read_size(path: Path, *, limit_pixels: int = DEFAULT_LIMIT_PIXELS) -> Header:
    """Return the size and format of a picture from its header alone.

    Raises:
        UnreadableImageError: As from `read`, as far as the header shows it.
    """
    with opened(path, limit_pixels) as image:
        width, height = image.size
        if exif.orientation(_exif(image) or b"") >= 5:
            width, height = height, width
        return Header(width, height, _format(image))


def read(path: Path, *, limit_pixels: int = DEFAULT_LIMIT_PIXELS) -> Raster:
    """Return the picture in a file, upright, with everything that travels beside its samples.

    Args:
        path: The file.
        limit_pixels: A picture that says it has more is refused before anything is decoded.

    Raises:
        UnreadableImageError: The title says in one sentence what is wrong with the file.
    """
    with opened(path, limit_pixels) as image:
        samples, changes = decode(image)
        block = _exif(image)
        turned = exif.orientation(block or b"")
        metadata = Metadata(
            icc=image.info.get("icc_profile") or None,
            exif=exif.upright(block) if block else None,
            density=_density(image, block, turned),
        )
        return Raster(upright(samples, turned), metadata, _format(image), changes)


def _format(image: Image.Image) -> str:
    return _NAMES.get(image.format or "", image.format or "")


def _exif(image: Image.Image) -> bytes | None:
    """Return the picture's EXIF block, starting with its byte order."""
    block: Any = image.info.get("exif")
    return block.removeprefix(b"Exif\0\0") if isinstance(block, bytes) and block else None


def _density(image: Image.Image, block: bytes | None, turned: int) -> tuple[float, float] | None:
    """Return pixels per inch of the upright picture, from wherever the file says it."""
    found: Any = image.info.get("dpi") or exif.density(block or b"")
    if not found:
        return None
    x, y = float(found[0]), float(found[1])
    if not (np.isfinite([x, y]).all() and min(x, y) > 0):
        return None
    return (y, x) if turned >= 5 else (x, y)
