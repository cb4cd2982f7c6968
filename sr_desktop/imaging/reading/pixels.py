"""A picture's pixels in whatever form a file has them, as the samples of a `Raster`."""

import io
import itertools
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageFile

from sr_desktop.imaging.raster import Change, Samples
from sr_desktop.imaging.reading import jpeg as jpeg_reader
from sr_desktop.imaging.reading import png_chunks, tiff_layout, tiff_samples
from sr_desktop.imaging.reading.open_file import Picture

_PLAIN = {"L", "LA", "RGB", "RGBA"}

_OPENCV_FLAGS = {
    "L": cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION,
    "RGB": cv2.IMREAD_COLOR_RGB | cv2.IMREAD_IGNORE_ORIENTATION,
    "RGBA": cv2.IMREAD_UNCHANGED,
}

_Conversion: TypeAlias = Callable[[Image.Image], Image.Image]

_BAND_PIXELS = 1 << 22
"""Taken from Pillow at a time."""


def decode(picture: Picture, strip: int | None = None) -> tuple[Samples, tuple[Change, ...]]:
    """Return a picture's samples, or one strip of them, as stored, not turned yet, and what had to be changed."""
    if picture.layout:
        stored = tiff_layout.stored_samples(picture.file, picture.layout, lenient=picture.lenient, strip=strip)
        samples, changes = tiff_samples.meant(stored, picture.layout)
        return samples, (*_frame_changes(picture, None), *changes)
    image = picture.image
    assert image is not None  # one of the two is set
    if picture.png and not picture.lenient and not picture.frame:  # once for all frames
        place = picture.file.tell()
        png_chunks.check_samples(picture.file)
        picture.file.seek(place)
    frames = tuple(_frame_changes(picture, image))
    moves = picture.frame is not None and picture.frames > 1
    if picture.png and picture.png.bits == 16 and (picture.lenient or moves):
        frames += (Change("depth", "Of a damaged or moving PNG file only 8 of 16 bits can be read."),)
    if picture.png and picture.png.bits == 16 and not picture.lenient and not moves:
        picture.file.seek(0)
        return png_chunks.decode_16_bits(picture.file.read(), picture.png), frames
    quick, damage = _quick_samples(picture, image)
    frames += damage
    if quick is not None:
        return quick, frames
    ImageFile.LOAD_TRUNCATED_IMAGES = picture.lenient  # the only way to say it; this process reads one at a time
    image.load()
    if moves and image.format == "GIF":  # its frames differ in mode, an animation's may not
        return _samples(image, _to("RGBA")), frames
    if image.mode in _PLAIN and "transparency" not in image.info:
        return _samples(image), frames
    samples, changes = _converted(image)
    return samples, (*frames, *changes)


def _quick_samples(picture: Picture, image: Image.Image) -> tuple[Samples | None, tuple[Change, ...]]:
    """Return the samples of a JPEG or WebP file, or `None` where Pillow has to try; and what is damaged.

    All use the same libraries and give the same samples, but on the way from Pillow to an array they are copied three
    times, which takes as long as decoding, and for WebP 16 bytes per pixel.
    """
    damage: tuple[Change, ...] = ()
    if image.format not in ("JPEG", "MPO", "WEBP") or picture.frames != 1:
        return None, damage
    picture.file.seek(0)
    data = picture.file.read()
    if image.format != "WEBP" and image.mode in jpeg_reader.COLOUR_SPACES:
        samples, is_damaged = jpeg_reader.decode(data, image.mode)
        is_whole = samples is not None and samples.shape[:2] == (picture.height, picture.width)
        if is_whole and image.mode != "CMYK":  # Pillow knows which inks are stored the other way round
            return samples, ()
        damage = (jpeg_reader.DAMAGE,) if is_damaged else ()
    if image.mode in _OPENCV_FLAGS:
        return _opencv_samples(picture, data, image.mode), damage
    return None, damage


def _opencv_samples(picture: Picture, data: bytes, mode: str) -> Samples | None:
    """Return the samples by OpenCV, or `None` if it refuses: then Pillow says why."""
    samples = cv2.imdecode(np.frombuffer(data, np.uint8), _OPENCV_FLAGS[mode])
    if samples is None or samples.shape[:2] != (picture.height, picture.width):
        return None
    if mode == "RGBA":
        if samples.ndim != 3 or samples.shape[2] != 4:
            return None
        cv2.cvtColor(samples, cv2.COLOR_BGRA2RGBA, samples)
    return np.asarray(samples, np.uint8).reshape(picture.height, picture.width, -1)


def _frame_changes(picture: Picture, image: Image.Image | None) -> Iterator[Change]:
    if image and image.format == "MPO":
        yield Change("extra", "The second picture behind the first one is left out.")
    elif picture.frames > 1 and picture.frame is None:
        kind, word = ("pages", "pages") if picture.format == "TIFF" else ("animation", "frames")
        yield Change(kind, f"Only the first of {picture.frames} {word} is used.")
    further: Any = getattr(image, "tag_v2", {}).get(338, ())
    if 0 in further:
        yield Change("extra", "Channels that are neither colour nor transparency are left out.")


def _converted(image: Image.Image) -> tuple[Samples, tuple[Change, ...]]:
    """Return the samples of a form that a `Raster` doesn't have in one that keeps them right."""
    transparent = "transparency" in image.info
    match image.mode:
        case "L" | "LA" | "La":
            return _samples(image, _to("LA")), ()
        case "RGB" | "RGBA" | "RGBa":
            return _samples(image, _to("RGBA")), ()
        case "RGBX":
            return _samples(image, _to("RGB")), ()
        case "1":
            return _samples(image, _to("L")), (Change("palette", "Black and white became grey."),)
        case "P" | "PA":
            return _from_palette(image, _to("RGBA" if transparent or image.mode == "PA" else "RGB"))
        case "CMYK":
            return _from_cmyk(image)
        case "YCbCr" | "LAB":
            return _samples(image, _to("RGB")), (Change("colour-space", f"{image.mode} became RGB."),)
        case "I;16" | "I;16B" | "I;16L" | "I;16N":
            return _sixteen_bits(image)
        case "I":
            note = Change("depth", "Whole numbers of more than 16 bits became floating point.")
            return np.array(image).astype(np.float32)[:, :, None], (note,)
        case "F":
            return np.array(image, np.float32)[:, :, None], ()
    raise ValueError(f"no way from {image.mode}")


def _from_palette(image: Image.Image, shown: _Conversion) -> tuple[Samples, tuple[Change, ...]]:
    """Return grey where every colour used is grey, and leave out transparency where nothing is transparent."""
    grey = all((band[:, :, :3] == band[:, :, :1]).all() for band in _bands(image, shown))
    plain: _Conversion = (lambda band: _grey(shown(band))) if grey else shown
    return _samples(image, plain), (Change("palette", f"The palette became {'grey' if grey else 'full colour'}."),)


def _grey(band: Image.Image) -> Image.Image:
    return band.convert("LA" if band.mode == "RGBA" else "L")


def _from_cmyk(image: Image.Image) -> tuple[Samples, tuple[Change, ...]]:
    """Return sRGB through the picture's own profile, or by the plain formula, (1 - ink) (1 - black)."""
    profile = image.info.get("icc_profile")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
            rgb = _samples(image, lambda band: _through_profile(band, source, target))
        except (ImageCms.PyCMSError, OSError):
            text = "CMYK became RGB by the plain formula, since its colour profile is broken."
        else:
            return rgb, (Change("colour-space", "CMYK became sRGB through its colour profile."),)
    else:
        text = "CMYK became RGB by the plain formula, since it has no colour profile."
    return _samples(image, _to("RGB")), (Change("colour-space", text),)


def _through_profile(
    band: Image.Image, source: ImageCms.ImageCmsProfile, target: ImageCms.ImageCmsProfile
) -> Image.Image:
    rgb = ImageCms.profileToProfile(band, source, target, outputMode="RGB")
    assert rgb is not None  # only in place there is nothing to return
    return rgb


def _sixteen_bits(image: Image.Image) -> tuple[Samples, tuple[Change, ...]]:
    """Return 16-bit grey; 12 bits, the only other depth that Pillow gives in this form, are spread over 16."""
    samples: NDArray[Any] = np.array(image).astype(np.uint16)[:, :, None]
    tags: Any = getattr(image, "tag_v2", {})
    if tags.get(258) != (12,):
        return samples, ()
    spread: NDArray[Any] = (samples << 4) | (samples >> 8)
    return spread, (Change("depth", "12 bits became 16."),)


def _to(mode: str) -> _Conversion:
    return lambda band: band.convert(mode)


def _samples(image: Image.Image, converted: _Conversion = lambda band: band) -> Samples:
    """Return the samples of a picture that gets 8 bits by `converted`, done some rows at a time."""
    bands = _bands(image, converted)
    first = next(bands)
    if len(first) == image.height:
        return first
    out = np.empty((image.height, *first.shape[1:]), np.uint8)
    top = 0
    for band in itertools.chain([first], bands):
        out[top : top + len(band)] = band
        top += len(band)
    return out


def _bands(image: Image.Image, converted: _Conversion) -> Iterator[NDArray[np.uint8]]:
    """Yield H×W×C samples from the top: Pillow converts into a second picture, and copies twice what it gives away."""
    rows = max(1, _BAND_PIXELS // image.width)
    for top in range(0, image.height, rows):
        bottom = min(top + rows, image.height)
        whole = rows >= image.height
        samples = np.asarray(converted(image if whole else image.crop((0, top, image.width, bottom))), np.uint8)
        yield samples[:, :, None] if samples.ndim == 2 else samples
