"""What a format can hold of a picture, said before anything is written, and the picture brought to what it holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from sr_desktop.imaging.formats import Format
from sr_desktop.imaging.metadata import exif, xmp
from sr_desktop.imaging.raster import Change, Metadata, Raster, Samples
from sr_desktop.imaging.strips import outlined
from sr_desktop.imaging.writing import tiff

_FIELDS = {
    "exif": ("exif", "{format} can't hold EXIF data: camera, dates and place are gone."),
    "icc": ("icc", "{format} can't hold a colour profile."),
    "xmp": ("xmp", "{format} can't hold XMP data."),
    "iptc": ("iptc", "{format} can't hold IPTC data."),
    "text": ("text", "{format} can't hold PNG text."),
    "density": ("density", "{format} doesn't say how many pixels make an inch."),
    "colour": ("colour_chunks", "{format} can't hold what the PNG file says about its colours."),
}
"""Field of `Metadata` and what is said when a format can't hold it, by id."""

_SEGMENT_ROOM = {"exif": 65_527, "xmp": 65_504, "iptc": 65_505}
"""Bytes that fit into one segment of a JPEG file, by id; only profiles may be spread over several."""

COMMENT = "Comment"
"""The only text that a JPEG file holds."""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a picture in its file.

    Attributes:
        kept: Ids of what the source had and the file has too; see `ids.KEPT`.
        changed: What differs, from reading on.
    """

    kept: tuple[str, ...]
    changed: tuple[Change, ...]


def foresee(raster: Raster, target: Format) -> Written:
    """Return what writing `raster` in the format `target` keeps and changes, without writing it."""
    had = [name for name, (field, _) in _FIELDS.items() if getattr(raster.metadata, field)]
    lost = list(_lost(raster, target))
    changes = (*raster.changes, *_sample_changes(raster, target), *_previews(raster), *lost)
    gone = {change.id for change in changes}
    own = {"depth": raster.bits > 8, "alpha": raster.has_alpha, "grey": raster.is_grey}
    kept = [name for name in had if name not in {change.id for change in lost}]
    return Written((*kept, *(name for name, has in own.items() if has and name not in gone)), changes)


def together(each: Iterable[Written], also_kept: str) -> Written:
    """Return what became of several pictures in one file: kept is what all kept, changed what any changed."""
    outcomes = list(each)
    kept = [name for name in outcomes[0].kept if all(name in outcome.kept for outcome in outcomes)]
    changes = dict.fromkeys(change for outcome in outcomes for change in outcome.changed)
    return Written((*kept, also_kept), tuple(changes))


def _lost(raster: Raster, target: Format) -> Iterator[Change]:
    """Yield what travels beside the samples and can't go into the target."""
    metadata = raster.metadata
    for name, (field, text) in _FIELDS.items():
        content = getattr(metadata, field)
        if not content or _is_said_anyway(name, metadata):
            continue
        if name not in target.metadata:
            yield Change(name, text.format(format=target.name))
        elif target.name == "JPEG" and len(content) > _SEGMENT_ROOM.get(name, len(content)):
            yield Change(name, f"The {name.upper()} data is too long for a JPEG file.")
        elif target.name == "JPEG" and name == "text" and any(keyword != COMMENT for keyword, _ in content):
            yield Change(name, "JPEG can't hold PNG text, except for a comment.")
        elif target.name == "TIFF" and name == "exif" and tiff.needs_64_bits(raster.samples):
            yield Change(name, "So large a TIFF file can't hold EXIF data: camera, dates and place are gone.")


def _is_said_anyway(name: str, metadata: Metadata) -> bool:
    """Tell whether nothing is lost when a format can't hold this: sRGB is what everybody assumes."""
    return name == "colour" and (bool(metadata.icc) or {kind for kind, _ in metadata.colour_chunks} >= {b"sRGB"})


def _sample_changes(raster: Raster, target: Format) -> Iterator[Change]:
    depth = _depth_for(raster.bits, target)
    if depth != raster.bits:
        yield Change("depth", f"{target.name} can't hold {_depth_name(raster.bits)}; it has {_depth_name(depth)} now.")
    if raster.has_alpha and not target.alpha:
        yield Change("alpha", f"{target.name} can't hold transparency; white is behind the picture now.")
    if raster.is_grey and not target.grey:
        yield Change("grey", f"{target.name} can't hold plain grey; it has three equal channels now.")


def _previews(raster: Raster) -> Iterator[Change]:
    if raster.metadata.exif and exif.has_thumbnail(raster.metadata.exif):
        yield Change("thumbnail", "The small preview in the EXIF data is left out, since it showed the old picture.")


def _depth_name(bits: int) -> str:
    return "floating point" if bits == 32 else f"{bits} bits"


def _depth_for(bits: int, target: Format) -> int:
    """Return the bits per sample that `target` will hold: the picture's own, or the most it can."""
    return bits if bits in target.depths else max(target.depths)


def fitted(raster: Raster, target: Format) -> Raster:
    """Return the picture as `target` can hold it, metadata made true for its size; `foresee` says what that changes."""
    samples = fitted_samples(raster.samples, target)
    return replace(raster, samples=samples, metadata=_fitted_metadata(raster, target))


def fitted_outline(outline: Raster, target: Format) -> Raster:
    """Return the outline of a picture as `target` can hold it; see `strips.outlined`."""
    pixel = Raster(fitted_samples(outline.samples[:1, :1], target), _fitted_metadata(outline, target), outline.format)
    return outlined(replace(pixel, changes=outline.changes), height=outline.height, width=outline.width)


def fitted_samples(samples: Samples, target: Format) -> Samples:
    """Return samples, or some rows of them, as `target` can hold them."""
    channels, bits = samples.shape[2], samples.dtype.itemsize * 8
    samples = with_depth(samples, _depth_for(bits, target))
    if channels in (2, 4) and not target.alpha:
        samples = _over_white(samples)
    if channels <= 2 and not target.grey:
        grey, alpha = samples[:, :, :1], samples[:, :, 1:]
        samples = np.concatenate([grey, grey, grey, alpha], axis=2, dtype=np.uint8)
    return samples


def _fitted_metadata(raster: Raster, target: Format) -> Metadata:
    metadata = raster.metadata
    gone = {change.id for change in _lost(raster, target)} | (_FIELDS.keys() - target.metadata)
    held = {field: getattr(metadata, field) for name, (field, _) in _FIELDS.items() if name not in gone}
    if metadata.text and target.name == "JPEG":
        held["text"] = tuple(item for item in metadata.text if item[0] == COMMENT)
    if held.get("exif"):
        held["exif"] = exif.for_size(held["exif"], width=raster.width, height=raster.height)
    if held.get("xmp"):
        held["xmp"] = xmp.for_size(held["xmp"], width=raster.width, height=raster.height)
    return Metadata(**held, jpeg=metadata.jpeg, duration_ms=metadata.duration_ms)


def with_depth(samples: Samples, bits: int) -> Samples:
    """Return samples with other bits per sample, 8 or 16 or 32, rounding half up; floats are clipped to [0, 1]."""
    before = samples.dtype.itemsize * 8
    if before == bits:
        return samples
    if before == 16 and bits == 8:
        return ((samples.astype(np.uint32) + 128) // 257).astype(np.uint8)
    if before == 8 and bits == 16:
        return samples.astype(np.uint16) * np.uint16(257)
    if before == 32:
        full = 2**bits - 1
        scaled = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=0.0).clip(0, 1) * np.float32(full) + np.float32(0.5)
        return scaled.astype(np.uint8) if bits == 8 else scaled.astype(np.uint16)
    return samples.astype(np.float32) * np.float32(1 / (2**before - 1))


def _over_white(samples: Samples) -> Samples:
    """Return 8-bit colour over white, without its alpha."""
    colour, alpha = samples[:, :, :-1].astype(np.uint16), samples[:, :, -1:].astype(np.uint16)
    mixed = colour * alpha + 255 * (255 - alpha)
    return ((mixed + 127) // 255).astype(np.uint8)
