"""What a format can hold of a picture, said before anything is written, and the picture brought to what it holds."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from sr_desktop.imaging.formats import Format
from sr_desktop.imaging.raster import Change, Metadata, Raster, Samples

_LOST = {
    "exif": "{format} can't hold EXIF data: camera, dates and place are gone.",
    "icc": "{format} can't hold a colour profile.",
    "xmp": "{format} can't hold XMP data.",
    "iptc": "{format} can't hold IPTC data.",
    "text": "{format} can't hold PNG text.",
    "density": "{format} doesn't say how many pixels make an inch.",
}


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
    had = [name for name in _LOST if getattr(raster.metadata, name)]
    lost = [Change(name, _LOST[name].format(format=target.name)) for name in had if name not in target.metadata]
    changes = [*raster.changes, *_sample_changes(raster, target), *lost]
    gone = {change.id for change in changes}
    own = {"depth": raster.bits > 8, "alpha": raster.has_alpha, "grey": raster.is_grey}
    kept = [name for name in had if name not in gone] + [name for name, has in own.items() if has and name not in gone]
    return Written(tuple(kept), tuple(changes))


def _sample_changes(raster: Raster, target: Format) -> Iterator[Change]:
    depth = depth_for(raster, target)
    if depth != raster.bits:
        yield Change("depth", f"{target.name} can't hold {_depth_name(raster.bits)}; it has {_depth_name(depth)} now.")
    if raster.has_alpha and not target.alpha:
        yield Change("alpha", f"{target.name} can't hold transparency; white is behind the picture now.")
    if raster.is_grey and not target.grey:
        yield Change("grey", f"{target.name} can't hold plain grey; it has three equal channels now.")


def _depth_name(bits: int) -> str:
    return "floating point" if bits == 32 else f"{bits} bits"


def depth_for(raster: Raster, target: Format) -> int:
    """Return the bits per sample that `target` will hold: the picture's own, or the most it can."""
    return raster.bits if raster.bits in target.depths else max(target.depths)


def fitted(raster: Raster, target: Format) -> Raster:
    """Return the picture as `target` can hold it: `foresee` says what that changes."""
    samples = with_depth(raster.samples, depth_for(raster, target))
    if raster.has_alpha and not target.alpha:
        samples = _over_white(samples)
    if samples.shape[2] <= 2 and not target.grey:
        grey, alpha = samples[:, :, :1], samples[:, :, 1:]
        samples = np.concatenate([grey, grey, grey, alpha], axis=2, dtype=np.uint8)
    held = {name: getattr(raster.metadata, name) for name in target.metadata}
    return replace(raster, samples=samples, metadata=Metadata(**held))


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
