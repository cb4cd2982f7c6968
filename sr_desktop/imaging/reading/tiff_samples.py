"""What the stored samples of a TIFF file that is read here mean, as the samples of a `Raster`."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sr_desktop.imaging.raster import Change, Samples
from sr_desktop.imaging.reading.cielab import to_srgb
from sr_desktop.imaging.reading.tiff_layout import Layout

_WHITE_IS_ZERO, _CMYK, _LAB = 0, 5, 8
_ASSOCIATED, _UNASSOCIATED = 1, 2


def meant(stored: NDArray[Any], layout: Layout) -> tuple[Samples, tuple[Change, ...]]:
    """Return stored H×W×C samples as grey or RGB with straight alpha, and what that changed."""
    if layout.photometric == _LAB:
        return _from_lab(stored, layout.dtype), tuple(_changes(layout))
    has_alpha = _has_alpha(layout)
    samples = _known_depth(stored[:, :, : layout.colours + has_alpha])
    if layout.photometric == _CMYK:
        samples = _from_cmyk(samples)
    elif layout.photometric == _WHITE_IS_ZERO:
        samples = samples.copy()
        samples[:, :, 0] = _full(samples) - samples[:, :, 0]
    if has_alpha and layout.extra[0] == _ASSOCIATED:
        samples = _straight(samples)
    return samples, tuple(_changes(layout))


def _has_alpha(layout: Layout) -> bool:
    """Tell whether the first channel after the colours is alpha, of a kind that grey and RGB can keep."""
    declared = layout.channels > layout.colours and layout.extra[:1] in ((_ASSOCIATED,), (_UNASSOCIATED,))
    return declared and layout.photometric not in (_CMYK, _LAB)


def _changes(layout: Layout) -> Iterator[Change]:
    if layout.photometric in (_CMYK, _LAB):
        name = "CMYK" if layout.photometric == _CMYK else "Lab"
        yield Change("colour-space", f"{name} became RGB.")
    if layout.dtype.kind == "u" and layout.dtype.itemsize == 4:
        yield Change("depth", "32-bit whole numbers became floating point.")
    if layout.dtype.kind == "f" and layout.dtype.itemsize != 4:
        yield Change("depth", f"{layout.dtype.itemsize * 8}-bit floating point became 32-bit.")
    if layout.channels > layout.colours + _has_alpha(layout):
        yield Change("extra", "Channels that are neither colour nor transparency are left out.")


def _known_depth(stored: NDArray[Any]) -> NDArray[Any]:
    if stored.dtype in (np.uint8, np.uint16):
        return np.ascontiguousarray(stored)
    if stored.dtype == np.uint32:
        return np.asarray(stored * np.float64(1 / (2**32 - 1)), np.float32)
    return np.ascontiguousarray(stored, np.float32)


def _full(samples: NDArray[Any]) -> float:
    return {1: 255.0, 2: 65535.0, 4: 1.0}[samples.dtype.itemsize]


def _from_cmyk(samples: NDArray[Any]) -> NDArray[Any]:
    """Return RGB by the plain formula, (1 - ink) (1 - black)."""
    scale = np.float32(1 / _full(samples))
    light = 1 - samples * scale
    rgb = light[:, :, :3] * light[:, :, 3:4]
    return np.asarray(rgb / scale + (0.5 if samples.dtype.kind == "u" else 0), samples.dtype)


def _from_lab(stored: NDArray[Any], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Return RGB of CIELAB as TIFF stores it: L* over the whole range, a* and b* as signed numbers."""
    lab = np.empty((*stored.shape[:2], 3), np.float32)
    if dtype.kind == "f":
        lab[...] = stored[:, :, :3]
        return to_srgb(lab)
    signed: NDArray[Any] = stored[:, :, 1:3].view(np.int8 if dtype.itemsize == 1 else np.int16)
    lab[:, :, 0] = stored[:, :, 0] * np.float32(100 / (2 ** (8 * dtype.itemsize) - 1))
    lab[:, :, 1:] = signed * np.float32(1 if dtype.itemsize == 1 else 1 / 256)
    rgb = to_srgb(lab)
    if dtype.itemsize == 1:
        return (rgb * 255 + np.float32(0.5)).astype(np.uint8)
    return (rgb * 65535 + np.float32(0.5)).astype(np.uint16)


def _straight(samples: NDArray[Any]) -> NDArray[Any]:
    """Return colours that had been multiplied with alpha divided by it again."""
    alpha = samples[:, :, -1:].astype(np.float32) / np.float32(_full(samples))
    colour = samples[:, :, :-1] / np.maximum(alpha, np.float32(1e-6))
    if samples.dtype.kind == "u":
        colour = np.minimum(colour + np.float32(0.5), _full(samples))
    return np.concatenate([colour.astype(samples.dtype), samples[:, :, -1:]], axis=2, dtype=samples.dtype)
