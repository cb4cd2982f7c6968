"""Everything that travels beside a picture's samples, from wherever its file keeps it."""

import binascii
import math
from typing import Any

from PIL import JpegImagePlugin

from sr_desktop.imaging.metadata import exif
from sr_desktop.imaging.raster import JpegEncoding, Metadata
from sr_desktop.imaging.reading import png_chunks
from sr_desktop.imaging.reading.jpeg_quality import quality_of
from sr_desktop.imaging.reading.open_file import Picture
from sr_desktop.imaging.reading.tiff_tags import Tags, exif_block
from sr_desktop.imaging.writing.tiff import ICC, IPTC, XMP

_XMP_KEYWORD = "XML:com.adobe.xmp"
_RAW_PROFILE = "Raw profile type "
_PHOTOSHOP_IPTC = 0x0404
_COMMENT = "Comment"


def gather(picture: Picture) -> Metadata:
    """Return what travels beside the samples, as stored: the EXIF orientation is not applied yet."""
    if picture.tags:
        return _from_tiff(picture.tags)
    image = picture.image
    assert image is not None  # only a TIFF file is read without Pillow
    info: dict[Any, Any] = image.info
    texts = png_chunks.texts(picture.png) if picture.png else {}
    block = _bytes(info.get("exif")) or _raw_profile(texts, "exif") or _raw_profile(texts, "APP1")
    block = block.removeprefix(b"Exif\0\0") if block else None
    photoshop = info.get("photoshop")
    resources: dict[Any, Any] = photoshop if isinstance(photoshop, dict) else {}
    return Metadata(
        icc=_bytes(info.get("icc_profile")),
        exif=block,
        xmp=_bytes(info.get("xmp")) or _bytes(texts.get(_XMP_KEYWORD)) or _raw_profile(texts, "xmp"),
        iptc=_bytes(resources.get(_PHOTOSHOP_IPTC)) or _raw_profile(texts, "iptc"),
        text=_own_texts(texts, info.get("comment")),
        density=_density(info.get("dpi")) or exif.density(block or b""),
        colour_chunks=tuple(item for item in picture.png.chunks if item[0] in png_chunks.COLOUR_CHUNKS)
        if picture.png
        else (),
        duration_ms=_duration(picture, info.get("duration")),
        jpeg=_jpeg_encoding(image) if isinstance(image, JpegImagePlugin.JpegImageFile) else None,
    )


def _duration(picture: Picture, found: Any) -> float | None:  # noqa: ANN401  (Pillow promises nothing)
    """Return how long a frame is shown; a decoded frame knows it."""
    return float(found or 0) if picture.frames > 1 and picture.format != "TIFF" else None


def orientation(picture: Picture) -> int:
    """Return how the samples have to be turned, 1 to 8, from the header alone."""
    if picture.tags:
        tag = picture.tags.first.get(exif.ORIENTATION)
        value = tag.whole[0] if tag is not None and tag.count == 1 and tag.kind in (1, 3, 4) else 1
        return value if 1 <= value <= 8 else 1
    block = _bytes(picture.image.info.get("exif")) if picture.image else None
    return exif.orientation((block or b"").removeprefix(b"Exif\0\0"))


def _from_tiff(tags: Tags) -> Metadata:
    first = tags.first
    icc, xmp, iptc = (first[number].data if number in first else None for number in (ICC, XMP, IPTC))
    return Metadata(icc=icc, exif=exif_block(tags), xmp=xmp, iptc=iptc, density=_tiff_density(tags))


def _tiff_density(tags: Tags) -> tuple[float, float] | None:
    found = [tags.first.get(number) for number in (282, 283)]
    unit = tags.first.get(296)
    inches = {2: 1.0, 3: 2.54}.get(unit.whole[0] if unit is not None and unit.count else 2)
    if inches is None or not all(tag is not None and tag.kind == 5 and tag.count == 1 for tag in found):
        return None
    ratios = [tag.values for tag in found if tag is not None]
    return _density([top / bottom * inches if bottom else 0.0 for top, bottom in ratios])


def _density(found: Any) -> tuple[float, float] | None:  # noqa: ANN401  (Pillow promises nothing)
    if not isinstance(found, tuple | list) or len(found) != 2:
        return None
    x, y = float(found[0]), float(found[1])
    return (x, y) if math.isfinite(x) and math.isfinite(y) and min(x, y) > 0 else None


def _bytes(found: Any) -> bytes | None:  # noqa: ANN401
    if isinstance(found, str):
        return found.encode("utf-8", "replace") or None
    return found if isinstance(found, bytes) and found else None


def _own_texts(texts: dict[str, str], comment: Any) -> tuple[tuple[str, str], ...]:  # noqa: ANN401
    own = [item for item in texts.items() if item[0] != _XMP_KEYWORD and not item[0].startswith(_RAW_PROFILE)]
    if isinstance(comment, bytes) and comment.strip(b"\0 "):
        own.append((_COMMENT, comment.decode("utf-8", "replace").rstrip("\0")))
    return tuple(own)


def _raw_profile(texts: dict[str, str], name: str) -> bytes | None:
    """Return a profile that ImageMagick or ExifTool has put into a text chunk as hexadecimal digits."""
    lines = texts.get(_RAW_PROFILE + name, "").strip().split("\n")
    try:
        content = binascii.unhexlify("".join(lines[2:])) if len(lines) > 2 else b""
    except binascii.Error:
        return None
    if name == "iptc" and content.startswith(b"8BIM\x04\x04\0\0"):
        content = content[12 : 12 + int.from_bytes(content[8:12], "big")]
    return content or None


def _jpeg_encoding(image: JpegImagePlugin.JpegImageFile) -> JpegEncoding:
    sampling = JpegImagePlugin.get_sampling(image)
    tables = list(image.quantization.values())
    return JpegEncoding(quality_of(tables), max(sampling, 0), bool(image.info.get("progressive")))
