"""A picture as the bytes of one format: what the target can't hold has been taken off before."""

import io
import itertools
import struct
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sr_desktop.imaging.metadata import exif
from sr_desktop.imaging.raster import JpegEncoding, Metadata, Raster, Samples
from sr_desktop.imaging.strips import whole
from sr_desktop.imaging.writing import png, tiff

DEFAULT_QUALITY = {"JPEG": 95, "WebP": 95, "AVIF": 90}
"""High enough that no artefact is seen at 100 %, where the source doesn't say more."""

_WEBP_EFFORT = 2
"""Half the time of Pillow's 4 for 1 % more bytes (1920×1080 photograph: 140 and 264 ms)."""

_AVIF_SPEED = 9
"""A sixth of the time of 7 for 4 % more bytes (the same: 0.26 and 1.7 s)."""

_SUBSAMPLING = (
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_422,
    cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
)
"""OpenCV's numbers in the order of `JpegEncoding.subsampling`."""

_INCHES_PER_METRE = 100 / 2.54
_PER_INCH = 1
"""JFIF's unit of density."""

_JPEG_MARKER_ROOM = 65_533
_XMP_KEYWORD = b"XML:com.adobe.xmp"


def encode(file: BinaryIO, outline: Raster, strips: Iterable[Samples], format_name: str, quality: int | None) -> None:
    """Write a picture whose samples and metadata the format can hold.

    PNG and TIFF are written strip by strip, each when it comes; the other encoders want the whole picture.

    Args:
        file: Where to; can seek.
        outline: The picture without its rows, already `keeping.fitted` to the format.
        strips: All rows in order, any number at a time, fitted as well.
        format_name: One of `formats.WRITABLE`.
        quality: 1 to 100 for a lossy format; `None` for the default.
    """
    if format_name == "PNG":
        png.write(file, outline.samples, strips, _png_chunks(outline.metadata))
    elif format_name == "TIFF":
        page = tiff.Page(outline.samples, strips, outline.metadata)
        tiff.write(file, [page], big=tiff.needs_64_bits(outline.samples))
    else:
        if quality is None:
            source = outline.metadata.jpeg.quality if outline.metadata.jpeg and format_name == "JPEG" else 0
            quality = max(DEFAULT_QUALITY.get(format_name, 0), source)
        _WHOLE_ENCODERS[format_name](file, replace(outline, samples=whole(strips, outline)), quality)


def encode_all(
    file: BinaryIO, frames: Iterable[Raster], animation: png.Animation, format_name: str, quality: int | None
) -> None:
    """Write the frames of an animation, or the pages of a document, each when it comes.

    Args:
        file: Where to; can seek.
        frames: All already fitted to the format; those of an animation are alike.
        animation: How many there are, and how often they are shown.
        format_name: A format that holds them, as its `frames` says.
        quality: As for `encode`.
    """
    following = iter(frames)
    first = next(following)
    every = itertools.chain([first], following)
    if format_name == "PNG":
        timed = ((frame.samples, frame.metadata.duration_ms or 0.0) for frame in every)
        png.write_animation(file, timed, animation, _png_chunks(first.metadata))
    elif format_name == "TIFF":
        big = tiff.needs_64_bits(first.samples, animation.frames)
        pages = (tiff.Page(frame.samples, [frame.samples], frame.metadata) for frame in every)
        tiff.write(file, pages, big=big)
    else:
        _save_moving(file, list(every), animation, format_name, quality or DEFAULT_QUALITY[format_name])


def _save_moving(
    file: BinaryIO, frames: list[Raster], animation: png.Animation, format_name: str, quality: int
) -> None:
    """Let Pillow write an animation; it wants all frames at once."""
    images = [_pillow(frame) for frame in frames]
    durations = [round(frame.metadata.duration_ms or 0) for frame in frames]
    options = _OPTIONS[format_name](quality)
    metadata = replace(frames[0], metadata=_without_orientation(frames[0].metadata))
    _save_with_blocks(
        file, metadata, format_name.upper(), save_all=True, append_images=images[1:], duration=durations,
        loop=animation.loops, **options,
    )  # fmt: skip


def _png_chunks(metadata: Metadata) -> list[png.Chunk]:
    """Return the chunks for what travels beside the samples."""
    chunks: list[png.Chunk] = list(metadata.colour_chunks)
    if metadata.icc:
        chunks.append((b"iCCP", b"ICC profile\0\0" + zlib.compress(metadata.icc)))
    if metadata.density:
        x, y = (round(value * _INCHES_PER_METRE) for value in metadata.density)
        chunks.append((b"pHYs", struct.pack(">IIB", x, y, 1)))
    if metadata.exif:
        chunks.append((b"eXIf", metadata.exif))
    if metadata.xmp:
        chunks.append((b"iTXt", _XMP_KEYWORD + bytes(5) + metadata.xmp))
    if metadata.iptc:
        chunks.append((b"zTXt", _raw_profile(b"iptc", metadata.iptc)))
    return chunks + [_text_chunk(keyword, text) for keyword, text in metadata.text]


def _text_chunk(keyword: str, text: str) -> png.Chunk:
    """Return a text chunk, Latin-1 where that holds it."""
    name = keyword.encode("latin-1", "replace")[:79]
    try:
        return b"tEXt", name + b"\0" + text.encode("latin-1")
    except UnicodeEncodeError:
        return b"iTXt", name + bytes(5) + text.encode("utf-8", "replace")


def _raw_profile(name: bytes, content: bytes) -> bytes:
    """Return ImageMagick's text form of a profile, which is how PNG carries IPTC by custom."""
    digits = content.hex().encode()
    lines = [digits[start : start + 72] for start in range(0, len(digits), 72)]
    text = b"\n%s\n%8d\n%s\n" % (name, len(content), b"\n".join(lines))
    return b"Raw profile type " + name + b"\0\0" + zlib.compress(text)


def _encode_jpeg(file: BinaryIO, raster: Raster, quality: int) -> None:
    """Let OpenCV write JPEG data: the same bytes as Pillow's, which keeps every other thread waiting meanwhile."""
    source = raster.metadata.jpeg or JpegEncoding(quality, subsampling=0, progressive=False)
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_PROGRESSIVE, int(source.progressive)]
    samples = raster.samples
    if samples.shape[2] == 3:
        samples = np.asarray(cv2.cvtColor(samples, cv2.COLOR_RGB2BGR), np.uint8)
        options += [cv2.IMWRITE_JPEG_SAMPLING_FACTOR, _SUBSAMPLING[source.subsampling]]
    encoded = _by_opencv(".jpg", samples, options)
    if raster.metadata.density:
        dots = (min(65_535, max(1, round(value))) for value in raster.metadata.density)
        struct.pack_into(">BHH", memoryview(encoded.data), 13, _PER_INCH, *dots)
    head = 2 + 2 + struct.unpack_from(">H", encoded.data, 4)[0]  # it starts with JFIF, which has to stay first
    file.write(encoded.data[:head])
    for segment in _jpeg_segments(raster.metadata):
        file.write(segment)
    file.write(encoded.data[head:])


def _jpeg_segments(metadata: Metadata) -> list[bytes]:
    """Return the application segments for what travels beside the samples."""
    segments = []
    if metadata.exif:
        segments.append(_segment(1, b"Exif\0\0" + metadata.exif))
    if metadata.xmp:
        segments.append(_segment(1, b"http://ns.adobe.com/xap/1.0/\0" + metadata.xmp))
    if metadata.iptc:
        size = struct.pack(">I", len(metadata.iptc))
        resource = b"8BIM\x04\x04\0\0" + size + metadata.iptc + bytes(len(metadata.iptc) % 2)
        segments.append(_segment(13, b"Photoshop 3.0\0" + resource))
    if metadata.icc:
        room = _JPEG_MARKER_ROOM - 14
        parts = [metadata.icc[start : start + room] for start in range(0, len(metadata.icc), room)]
        for number, part in enumerate(parts, start=1):
            segments.append(_segment(2, b"ICC_PROFILE\0" + bytes([number, len(parts)]) + part))
    for _, comment in metadata.text:
        content = comment.encode("utf-8", "replace")[:_JPEG_MARKER_ROOM]
        segments.append(b"\xff\xfe" + struct.pack(">H", len(content) + 2) + content)
    return segments


def _segment(number: int, content: bytes) -> bytes:
    return bytes([0xFF, 0xE0 + number]) + struct.pack(">H", len(content) + 2) + content


def _encode_webp(file: BinaryIO, raster: Raster, quality: int) -> None:
    _save_with_blocks(file, raster, "WEBP", **_webp_options(quality))


def _webp_options(quality: int) -> dict[str, Any]:
    return {"quality": quality, "lossless": quality == 100, "method": _WEBP_EFFORT, "exact": True}


def _encode_avif(file: BinaryIO, raster: Raster, quality: int) -> None:
    bare = replace(raster, metadata=_without_orientation(raster.metadata))
    _save_with_blocks(file, bare, "AVIF", **_avif_options(quality))


def _avif_options(quality: int) -> dict[str, Any]:
    return {"quality": quality, "subsampling": "4:4:4", "speed": _AVIF_SPEED}


_OPTIONS = {"WebP": _webp_options, "AVIF": _avif_options}


def _without_orientation(metadata: Metadata) -> Metadata:
    """Return metadata that Pillow leaves alone: for AVIF it writes a block with an orientation anew."""
    return replace(metadata, exif=exif.without_orientation(metadata.exif)) if metadata.exif else metadata


def _save_with_blocks(file: BinaryIO, raster: Raster, name: str, **options: object) -> None:
    """Let Pillow write a format that takes its metadata as plain blocks."""
    metadata = raster.metadata
    blocks = {"icc_profile": metadata.icc, "exif": metadata.exif, "xmp": metadata.xmp}
    buffer = io.BytesIO()
    _pillow(raster).save(buffer, name, **{key: block for key, block in blocks.items() if block}, **options)
    file.write(buffer.getbuffer())


def _encode_bmp(file: BinaryIO, raster: Raster, quality: int) -> None:
    order = {1: [0], 2: [0, 0, 0, 1], 3: [2, 1, 0], 4: [2, 1, 0, 3]}[raster.samples.shape[2]]
    encoded = _by_opencv(".bmp", np.ascontiguousarray(raster.samples[:, :, order]), [])
    if raster.metadata.density:
        per_metre = [round(value * _INCHES_PER_METRE) for value in raster.metadata.density]
        struct.pack_into("<ii", memoryview(encoded.data), 38, *per_metre)
    file.write(encoded.data)


def _by_opencv(suffix: str, samples: NDArray[Any], options: list[int]) -> NDArray[np.uint8]:
    """Return a file's bytes.

    Raises:
        OSError: OpenCV refuses; it says why on stderr.
    """
    is_done, encoded = cv2.imencode(suffix, samples, options)
    if not is_done:
        raise OSError(f"OpenCV does not encode {samples.shape} as {suffix}")
    return np.asarray(encoded, np.uint8)


def _pillow(raster: Raster) -> Image.Image:
    """Return the samples, 8 bits, as Pillow's picture."""
    samples = raster.samples[:, :, 0] if raster.samples.shape[2] == 1 else raster.samples
    return Image.fromarray(np.ascontiguousarray(samples))


_WHOLE_ENCODERS: dict[str, Callable[[BinaryIO, Raster, int], None]] = {
    "JPEG": _encode_jpeg,
    "WebP": _encode_webp,
    "BMP": _encode_bmp,
    "AVIF": _encode_avif,
}
