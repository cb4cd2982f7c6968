"""How close enlarged pictures come to their originals, by the protocol of published tables.

The original is cropped at the top left to a multiple of the scale; the input is that, made smaller as MATLAB's bicubic
does; what is scored is the 8-bit picture that `upscale` gives, on BT.601 studio-range luma that is not rounded (a single
channel is luma itself), with a border as wide as the scale left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from sr_desktop.engine.model import Model
from sr_desktop.engine.targets import Plan
from sr_desktop.engine.upscale import upscale
from sr_desktop.errors import UserError
from sr_desktop.imaging import colour, metrics, resampling
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.writing.compatibility import with_depth
from sr_desktop.progress import Task

Bytes = NDArray[np.uint8]

_SMALLEST_INNER_SIDE = 11
"""One window of SSIM."""


@dataclass(frozen=True, slots=True)
class Score:
    """How close one picture, or the mean of several, comes to its original.

    Attributes:
        psnr_y_db: Peak signal-to-noise ratio; infinite for equal pictures.
        ssim_y: Structural similarity; 1 for equal pictures.
    """

    psnr_y_db: float
    ssim_y: float


@dataclass(frozen=True, slots=True)
class Pair:
    """An original and the input made from it, both 8-bit H×W×C without alpha.

    Attributes:
        high: The original, cropped to a multiple of the scale.
        low: The input, 1/scale of that size.
        scale: The factor between them.
    """

    high: Bytes
    low: Bytes
    scale: int


def pair(high: Raster, scale: int, low: Raster | None = None) -> Pair:
    """Return what is scored for an original; its input is made here unless `low` is given.

    Raises:
        UserError: The two don't belong together, or leave too little to score.
    """
    original = resampling.crop_to_multiple(_bytes(high), scale)
    height, width = original.shape[0] // scale, original.shape[1] // scale
    if min(original.shape[:2]) < _SMALLEST_INNER_SIDE + 2 * scale:
        raise UserError(f"{high.width} × {high.height} pixels are too few to score at {scale}x.")
    if low is None:
        return Pair(original, resampling.shrink_like_matlab(original, scale), scale)
    given = _bytes(low)
    if given.shape[:2] != (height, width):
        raise UserError(
            f"The input has {low.width} × {low.height} pixels, but its original needs {width} × {height}.",
            f"Check that both belong to one picture and to {scale}x.",
        )
    if given.shape[2] != original.shape[2]:
        raise UserError("Of the input and its original one is grey and the other in colour.")
    return Pair(original, given, scale)


def _bytes(raster: Raster) -> Bytes:
    return np.asarray(with_depth(raster.samples[:, :, : raster.colours], 8), np.uint8)


def score(image: Bytes, original: Bytes, scale: int) -> Score:
    """Return how close an 8-bit H×W×C picture comes to an original of its size."""
    luma, expected = colour.studio_luma(image), colour.studio_luma(original)
    return Score(metrics.psnr(luma, expected, border=scale), metrics.ssim(luma, expected, border=scale))


def score_bicubic(pictures: Pair) -> Score:
    """Return the score of MATLAB's bicubic, the usual line to compare with."""
    height, width = pictures.high.shape[:2]
    return score(resampling.matlab_bicubic(pictures.low, height=height, width=width), pictures.high, pictures.scale)


def score_model(pictures: Pair, model: Model) -> Task[Score]:
    """Return the score of the picture that `upscale` makes with a model of the pair's scale."""
    plan = Plan((pictures.scale,), *pictures.high.shape[:2])
    raster = yield from upscale(Raster(pictures.low), plan, lambda scale: model)
    return score(np.asarray(raster.samples, np.uint8), pictures.high, pictures.scale)


def mean(scores: Sequence[Score]) -> Score:
    """Return the mean over pictures, as published tables have it."""
    return Score(fmean(item.psnr_y_db for item in scores), fmean(item.ssim_y for item in scores))
