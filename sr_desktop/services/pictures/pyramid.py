"""A picture ready for the screen: 8-bit sRGB, and the same again at half, a quarter … of the size.

Made in the job, so that showing 100 megapixels costs no more than showing what fits on the screen.
"""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms

from sr_desktop.imaging import colour
from sr_desktop.imaging.raster import Raster, Samples
from sr_desktop.progress import Progress, Task
from sr_desktop.services.pictures.array_storage import Allocate, allocate

Bytes = NDArray[np.uint8]

SMALLEST_SIDE = 128
"""Halving stops when the longer side is at most this: a thumbnail needs no less."""

_STRIP_PIXELS = 4_000_000
"""Pixels handled between two places where the work may be stopped: some 20 ms."""

_ICC_SPACES = {1: ("GRAY", "L"), 3: ("RGB ", "RGB")}
"""Colour space signature (ICC.1, table 19) and Pillow mode, by number of colour channels."""


@dataclass(frozen=True, slots=True, eq=False)
class Pyramid:
    """What the screen shows of a picture; equal to itself only.

    Attributes:
        levels: H×W×C `uint8` sRGB, the whole picture first, then halved again and again; C is 1 (grey), 3 (RGB) or 4
            (RGBA, colour multiplied by alpha).
        profile: Name of the colour space that the file's samples are in.
    """

    levels: tuple[Bytes, ...]
    profile: str = "sRGB"

    @property
    def height(self) -> int:
        """Rows of the whole picture."""
        return int(self.levels[0].shape[0])

    @property
    def width(self) -> int:
        """Columns of the whole picture."""
        return int(self.levels[0].shape[1])

    @property
    def has_alpha(self) -> bool:
        """Whether something may be seen through it."""
        return int(self.levels[0].shape[2]) == 4

    @property
    def thumbnail(self) -> Bytes:
        """The smallest level whose longer side is still at least `SMALLEST_SIDE`, else the whole picture."""
        large = [level for level in self.levels if max(level.shape[:2]) >= SMALLEST_SIDE]
        return large[-1] if large else self.levels[0]


def build(raster: Raster, room: Allocate = allocate) -> Task[Pyramid]:
    """Return the pyramid of a picture; an ordinary 8-bit one shares its samples.

    Args:
        raster: The picture.
        room: Gives the arrays.
    """
    convert, profile = _conversion(raster)
    first = np.asarray(raster.samples, np.uint8) if convert is None else room(_shape(raster), np.uint8)
    if convert is not None:
        for rows in _strips(raster.height, raster.width):
            first[rows] = convert(rows)
            yield Progress(rows.stop, raster.height)
    levels = [first]
    while max(levels[-1].shape[:2]) > SMALLEST_SIDE:
        levels.append((yield from _halved(levels[-1], room)))
    return Pyramid(tuple(levels), profile)


def _shape(raster: Raster) -> tuple[int, int, int]:
    return raster.height, raster.width, 4 if raster.has_alpha else raster.colours


def _strips(height: int, width: int) -> Iterator[slice]:
    """Yield even numbers of rows, of about `_STRIP_PIXELS`; the last may be odd."""
    step = max(2, _STRIP_PIXELS // width // 2 * 2)
    for top in range(0, height, step):
        yield slice(top, min(top + step, height))


def _halved(level: Bytes, room: Allocate) -> Task[Bytes]:
    height, width, channels = level.shape
    half = room(((height + 1) // 2, (width + 1) // 2, channels), np.uint8)
    for rows in _strips(height, width):
        out = half[rows.start // 2 : (rows.stop + 1) // 2]
        small = cv2.resize(level[rows], (out.shape[1], out.shape[0]), interpolation=cv2.INTER_AREA)
        out[:] = small.reshape(out.shape)
        yield Progress(rows.stop, height)
    return half


def _conversion(raster: Raster) -> tuple[Callable[[slice], Bytes] | None, str]:
    """Return what turns rows of the picture into screen samples, if anything has to, and the profile's name."""
    to_srgb, profile = _colour_conversion(raster)
    if raster.bits == 8 and not raster.has_alpha and to_srgb is None:
        return None, profile
    source = raster if raster.bits < 32 else _floats_as_bytes(raster)

    def convert(rows: slice) -> Bytes:
        samples = _eight_bits(source.samples[rows])
        colours = np.ascontiguousarray(samples[:, :, : raster.colours])
        if to_srgb is not None:
            colours = to_srgb(colours)
        return _with_alpha(colours, samples[:, :, -1]) if raster.has_alpha else colours

    return convert, profile


def _floats_as_bytes(raster: Raster) -> Raster:
    """Return a float picture in 8 bits, whole: its range is that of all its samples."""
    eight = Raster(np.zeros((1, 1, raster.samples.shape[2]), np.uint8))
    return Raster(colour.samples_from(colour.to_floats(raster), like=eight))


def _eight_bits(samples: Samples) -> Bytes:
    if samples.dtype == np.uint8:
        return np.asarray(samples, np.uint8)
    return np.asarray((samples.astype(np.uint32) * 255 + 32767) // 65535, np.uint8)


def _with_alpha(colours: Bytes, alpha: Bytes) -> Bytes:
    """Return RGBA whose colour is multiplied by alpha, which is how it can be averaged and drawn."""
    out = np.empty((*alpha.shape, 4), np.uint8)
    for channel in range(3):
        out[:, :, channel] = cv2.multiply(colours[:, :, channel % colours.shape[2]], alpha, scale=1 / 255)
    out[:, :, 3] = alpha
    return out


def _colour_conversion(raster: Raster) -> tuple[Callable[[Bytes], Bytes] | None, str]:
    """Return what turns colours of the picture's profile into sRGB, if they are anything else, and its name."""
    if raster.metadata.icc is None:
        return None, "sRGB assumed"
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(raster.metadata.icc))
        name = ImageCms.getProfileDescription(profile).strip() or "unnamed profile"
        space, mode = _ICC_SPACES[raster.colours]
        if profile.profile.xcolor_space != space:
            return None, f"{name}, not shown: it is for other samples"
        if "sRGB" in name:
            return None, name
        transform = ImageCms.buildTransform(
            profile, ImageCms.createProfile("sRGB"), mode, "RGB" if mode == "RGB" else "L"
        )
    except (OSError, ImageCms.PyCMSError):
        return None, "profile that can't be read"

    def apply(colours: Bytes) -> Bytes:
        image: Any = Image.fromarray(colours if colours.shape[2] == 3 else colours[:, :, 0])
        done = np.asarray(ImageCms.applyTransform(image, transform))
        return done.reshape(colours.shape)

    return apply, name
