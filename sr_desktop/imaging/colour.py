"""Between a picture's samples and the floats that the network and the resampling work on, and its luma.

`SampleRange` is the only place where samples change their range. The network sees full-range BT.601 luma of the encoded
values, whatever the profile: grey then passes exactly. What is resampled are the differences of red and blue from luma,
which are Cb and Cr but for a factor: `bicubic(RGB) + network(luma) - bicubic(luma)` in every channel, since resampling is
linear.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from sr_desktop.imaging.raster import Floats, Raster, Samples

LUMA = np.array([[0.299, 0.587, 0.114]], np.float32)
"""ITU-R BT.601-7, 2.5.1, as JFIF uses it."""

_RED, _GREEN, _BLUE = LUMA[0].tolist()

_STUDIO_LUMA = np.array([[65.481, 128.553, 24.966]]) / 255
"""MATLAB's `rgb2ycbcr`: BT.601 in 16..235 for samples 0..255; published scores are taken on it."""

_BLOCK_SAMPLES = 1 << 18
"""Samples converted at a time, so that temporaries stay in the cache and no second picture is ever in memory."""

_REACHES = (1, 3, 9)
"""Pixels around a transparent one that are asked for their colour, nearest first; together past the network's halo."""

EXTENSION_REACH = max(_REACHES)
"""How far around itself `extend_colour_under_alpha` looks for a pixel's colour."""


@dataclass(frozen=True, slots=True)
class SampleRange:
    """How a picture's samples stand for [0, 1].

    Attributes:
        dtype: Type of the samples.
        low: Sample that means 0.
        high: Sample that means 1.
    """

    dtype: "np.dtype[Any]"
    low: float
    high: float

    @classmethod
    def of(cls, raster: Raster) -> "SampleRange":
        """Return the range of a picture; a float picture that leaves [0, 1] has it from its smallest to its largest."""
        low, high = _span(raster.samples) if raster.bits == 32 else (0.0, raster.full_scale)
        return cls(raster.samples.dtype, low, high)

    def floats(self, samples: Samples) -> Floats:
        """Return H×W×C samples in [0, 1]; those that are no number count as 0, before they are brought there."""
        if samples.dtype != np.float32:
            return np.multiply(samples, np.float32(1 / self.high), dtype=np.float32)
        floats: Floats = np.nan_to_num(np.asarray(samples, np.float32), nan=0.0, posinf=self.high, neginf=self.low)
        if (self.low, self.high) != (0.0, 1.0):
            floats -= np.float32(self.low)
            floats *= np.float32(1 / (self.high - self.low))
        return floats

    def samples(self, floats: Floats) -> Samples:
        """Return H×W×C floats as samples, clipped, rounding half up."""
        out = np.empty(floats.shape, self.dtype)
        gain, offset = np.float32(self.high - self.low), np.float32(self.low)
        rows = max(1, _BLOCK_SAMPLES // max(1, floats[0].size))
        for start in range(0, len(floats), rows):
            block = np.clip(floats[start : start + rows], 0, 1)
            block *= gain
            block += offset if self.dtype == np.float32 else np.float32(0.5)
            out[start : start + rows] = block
        return out

    def samples_of_sum(self, first: Floats, second: Floats) -> Samples:
        """Return what two H×W planes of floats add up to as samples, clipped and rounded, in one go over memory."""
        if self.dtype == np.float32:
            return self.samples(first + second)
        depth = cv2.CV_8U if self.dtype == np.uint8 else cv2.CV_16U
        return np.asarray(cv2.addWeighted(first, self.high, second, self.high, 0, dtype=depth), self.dtype)


UNIT = SampleRange(np.dtype(np.float32), 0.0, 1.0)
"""The range of floats between two steps."""


def to_floats(raster: Raster, rows: slice = slice(None)) -> Floats:
    """Return H×W×C samples in [0, 1], of all rows or some; `from_floats` takes the result back."""
    return SampleRange.of(raster).floats(raster.samples[rows])


def samples_from(floats: Floats, like: Raster) -> Samples:
    """Return H×W×C floats as samples in the depth and range of `like`, clipped, rounding half up."""
    return SampleRange.of(like).samples(floats)


def from_floats(floats: Floats, like: Raster) -> Raster:
    """Return the picture that `floats` (H×W×C, as many channels as `like`) is, with everything else from `like`."""
    return Raster(samples_from(floats, like), like.metadata, like.format, like.changes)


def _span(samples: Samples) -> tuple[float, float]:
    """Return the range that becomes [0, 1]: that range itself, widened where finite samples leave it."""
    low, high = 0.0, 1.0
    rows = max(1, _BLOCK_SAMPLES // max(1, samples[0].size))
    for start in range(0, len(samples), rows):
        block = samples[start : start + rows]
        finite = block[np.isfinite(block)]
        if finite.size:
            low, high = min(low, float(finite.min())), max(high, float(finite.max()))
    return low, high


def luma(floats: Floats) -> Floats:
    """Return the full-range BT.601 luma, H×W in [0, 1], of H×W×C floats; grey is its own luma, alpha is left out."""
    channels = floats.shape[2]
    if channels <= 2:
        return np.ascontiguousarray(floats[:, :, 0])
    matrix = LUMA if channels == 3 else np.hstack([LUMA, np.zeros((1, 1), np.float32)])
    return np.asarray(cv2.transform(floats, matrix), np.float32).reshape(floats.shape[:2])


def parted(samples: Samples, sample_range: SampleRange) -> tuple[Floats, list[Floats]]:
    """Return the luma of H×W×C samples, and the H×W planes that make it a picture again by `join`.

    Those are red less luma and blue less luma, unless the picture is grey, and then alpha, if it has any. Colours under
    alpha are those of `extend_colour_under_alpha`.
    """
    channels = samples.shape[2]
    if channels == 3 and samples.dtype != np.float32:
        gain = 1 / sample_range.high  # applied with the weights: floats of all channels would be one more picture
    else:
        gain, samples = 1.0, sample_range.floats(samples)
        samples = extend_colour_under_alpha(samples) if channels in (2, 4) else samples
    planes = _split(samples)
    if channels <= 2:
        return np.asarray(planes[0], np.float32), [np.asarray(plane, np.float32) for plane in planes[1:]]
    red, green, blue = planes[:3]
    own = _weighted(red, gain * _RED, _weighted(green, gain * _GREEN, blue, gain * _BLUE), 1)
    differences = [_weighted(plane, gain, own, -1) for plane in (red, blue)]
    return own, [*differences, *(np.asarray(plane, np.float32) for plane in planes[3:])]


def join(luma: Floats, others: Sequence[Floats], sample_range: SampleRange, out: Samples) -> None:
    """Fill H×W×C samples, clipped and rounded, from a luma and the planes that `parted` gave with it."""
    if len(others) < 2:
        planes = [sample_range.samples(plane) for plane in (luma, *others)]
    else:
        red, blue, *alpha = others
        green = _weighted(red, -_RED / _GREEN, blue, -_BLUE / _GREEN)  # so that luma stays what it is
        planes = [sample_range.samples_of_sum(luma, difference) for difference in (red, green, blue)]
        planes += [sample_range.samples(plane) for plane in alpha]
    cv2.merge(planes, dst=out)


def _split(samples: Samples) -> list[Samples]:
    """Return the channels of H×W×C samples as H×W planes; OpenCV alone would copy each of them once more."""
    planes = list(np.empty((samples.shape[2], *samples.shape[:2]), samples.dtype))
    cv2.split(samples, planes)
    return planes


def _weighted(first: MatLike, weight: float, second: MatLike, second_weight: float) -> Floats:
    return np.asarray(cv2.addWeighted(first, weight, second, second_weight, 0, dtype=cv2.CV_32F), np.float32)


def studio_luma(samples: NDArray[np.uint8] | NDArray[np.float32] | NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the luma, 16 to 235 and not rounded, on which published tables score pictures.

    Args:
        samples: 0 to 255; H×W×3, or H×W or H×W×1, which is taken as luma itself.
    """
    if samples.ndim == 2 or samples.shape[2] == 1:
        return samples.reshape(samples.shape[:2]).astype(np.float64)
    return np.asarray(samples @ _STUDIO_LUMA[0] + 16, np.float64)


def extend_colour_under_alpha(floats: Floats) -> Floats:
    """Return floats whose fully transparent pixels take the colour of visible ones nearby.

    What a file holds under transparency is arbitrary, often black, and would bleed into the edge when it is
    resampled. Visible pixels and alpha are unchanged; so are transparent ones far from anything visible, since
    nothing that can be seen depends on them. A pixel depends on its surroundings up to `max(_REACHES)` pixels away.

    Args:
        floats: H×W×2 or H×W×4, alpha last.
    """
    alpha = floats[:, :, -1]
    hidden = alpha <= 0
    if not hidden.any() or hidden.all():
        return floats
    out = floats.copy()
    weighted = floats * alpha[:, :, None]
    weighted[:, :, -1] = alpha
    for reach in _REACHES:
        size = (2 * reach + 1, 2 * reach + 1)
        sums = cv2.boxFilter(weighted, -1, size, normalize=True, borderType=cv2.BORDER_ISOLATED | cv2.BORDER_CONSTANT)
        found = hidden & (sums[:, :, -1] > _SEEN)
        out[found, :-1] = sums[found, :-1] / sums[found, -1:]
        hidden &= ~found
    return out


_SEEN = 1e-6
"""Mean alpha above which something visible is within reach; below are the rounding errors of running sums."""
