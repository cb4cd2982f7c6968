"""What pictures show before training: range, flatness, how much of the large ones is predictable, and alignment."""

import dataclasses
import math
from collections.abc import Iterable

import numpy as np

from sr_desktop.imaging.resampling import resize
from sr_desktop.monitor.history import DataFacts, Floats

SIDE = 512
"""Side of the middle part that is looked at, in pixels of the large picture."""

PATCH = 16
FLAT_STD = 0.01
"""A patch of 16×16 whose luma varies by less than 2.5 of 255 levels holds no detail."""

SHIFTED_SHARE = 0.75
"""The distance from the usual shift that one pair in four exceeds counts: smooth pictures may mislead a few."""


def measure_pictures(pairs: Iterable[tuple[Floats, Floats]], scale: int) -> DataFacts:
    """Return what a sample of training pairs shows; a few dozen pairs are enough.

    `pictures` and `pixels` count the sample: replace them by those of the whole folder.

    Args:
        pairs: Luma H×W of the small and of the large picture, exactly `scale` times its size; [0, 1] if all is well.
        scale: The factor.
    """
    facts = [measure_picture(low, high, scale) for low, high in pairs]
    whole = [fact for fact in facts if fact.finite]
    uneven = [fact for fact in whole if fact.variance > FLAT_STD**2]
    total = sum(fact.variance for fact in uneven)
    correlations = [fact.correlation for fact in whole if math.isfinite(fact.correlation)]
    usual = usual_shift(whole)
    shifts = [away for fact in whole if math.isfinite(away := fact.shift_from(usual))]
    return DataFacts(
        pictures=len(facts),
        pixels=sum(fact.pixels for fact in facts),
        flat_share=float(np.mean([fact.flat_share for fact in whole])) if whole else None,
        predictable_share=1 - sum(fact.error for fact in uneven) / total if total > 0 else None,
        pair_correlation=float(np.quantile(correlations, 0.1)) if correlations else None,
        pair_shift_spread=float(np.quantile(shifts, SHIFTED_SHARE)) if len(shifts) > 1 else None,
        input_min=min((fact.low_min for fact in whole), default=None),
        input_max=max((fact.low_max for fact in whole), default=None),
        non_finite=len(facts) - len(whole),
    )


def usual_shift(facts: Iterable["PictureFacts"]) -> tuple[float, float]:
    """Return the shift that most pairs have, (rows, columns) in pixels of the large picture; NaN if none has any."""
    shifts = [fact.shift for fact in facts if math.isfinite(fact.shift[0])]
    if not shifts:
        return math.nan, math.nan
    rows, columns = np.median(np.array(shifts), axis=0)
    return float(rows), float(columns)


@dataclasses.dataclass(frozen=True, slots=True)
class PictureFacts:
    """What one picture shows, or one pair; NaN is unknown.

    Attributes:
        pixels: Of the large picture.
        finite: Whether all its values are numbers; if not, nothing else is known.
        low_min: Smallest value of the small picture.
        low_max: Its largest value.
        flat_share: Share of the large picture that holds no detail.
        variance: Of the large picture's luma.
        error: Mean squared error of bicubic interpolation of the small one.
        correlation: Of the small picture with the large one made small.
        shift: How far the two are shifted, (rows, columns) in pixels of the large one.
    """

    pixels: int
    finite: bool
    low_min: float = math.nan
    low_max: float = math.nan
    flat_share: float = math.nan
    variance: float = math.nan
    error: float = math.nan
    correlation: float = math.nan
    shift: tuple[float, float] = (math.nan, math.nan)

    @property
    def predictable_share(self) -> float:
        """Share of the large picture's variance that bicubic interpolation explains; NaN where there is hardly any."""
        return 1 - self.error / self.variance if self.variance > FLAT_STD**2 else math.nan

    def shift_from(self, usual: tuple[float, float]) -> float:
        """Return how far the shift is from the usual one, in pixels along the worse axis."""
        return max(abs(mine - others) for mine, others in zip(self.shift, usual, strict=True))


def measure_picture(low: Floats, high: Floats, scale: int) -> PictureFacts:
    """Return what one pair shows; arguments as for `measure_pictures`."""
    if not (np.isfinite(low).all() and np.isfinite(high).all()):
        return PictureFacts(high.size, finite=False)
    pixels, low_range = high.size, (float(low.min()), float(low.max()))
    low, high = _middle(low, high, scale)
    enlarged = resize(low.astype(np.float32), height=high.shape[0], width=high.shape[1]).astype(np.float64)
    return PictureFacts(
        pixels,
        True,
        *low_range,
        flat_share=_flat_share(high),
        variance=float(high.var()),
        error=float(np.square(enlarged - high).mean()),
        correlation=_correlation(low, high, scale),
        shift=_shift(enlarged, high, scale),
    )


def _middle(low: Floats, high: Floats, scale: int) -> tuple[Floats, Floats]:
    """Return the middle of both pictures, the same part of the scene."""
    side = SIDE // scale
    rows, columns = (slice(start := max(0, (extent - side) // 2), start + side) for extent in low.shape)
    large = (slice(part.start * scale, part.stop * scale) for part in (rows, columns))
    return low[rows, columns], high[*large]


def _flat_share(high: Floats) -> float:
    rows, columns = high.shape[0] // PATCH, high.shape[1] // PATCH
    if not rows or not columns:
        return float(high.std() < FLAT_STD)
    patches = high[: rows * PATCH, : columns * PATCH].reshape(rows, PATCH, columns, PATCH)
    return float((patches.std(axis=(1, 3)) < FLAT_STD).mean())


def _correlation(low: Floats, high: Floats, scale: int) -> float:
    """Return the correlation of the small picture with the means of the large one's `scale`×`scale` blocks."""
    height, width = low.shape
    blocks = high[: height * scale, : width * scale].reshape(height, scale, width, scale).mean(axis=(1, 3))
    if low.std() < FLAT_STD or blocks.std() < FLAT_STD:
        return math.nan
    return float(np.corrcoef(low.ravel(), blocks.ravel())[0, 1])


def _shift(enlarged: Floats, high: Floats, scale: int) -> tuple[float, float]:
    """Return how far `high` is shifted against `enlarged`, (rows, columns) in pixels.

    Phase correlation (Kuglin and Hines 1975), but weighted by the root of the spectrum, for noise has phases too, and
    limited to what the small picture can know; the peak is refined by a parabola.
    """
    if enlarged.std() < FLAT_STD or high.std() < FLAT_STD:
        return math.nan, math.nan
    window = np.outer(np.hanning(high.shape[0]), np.hanning(high.shape[1]))
    cross = np.fft.fft2((high - high.mean()) * window) * np.conj(np.fft.fft2((enlarged - enlarged.mean()) * window))
    rows, columns = np.fft.fftfreq(high.shape[0])[:, None], np.fft.fftfreq(high.shape[1])[None, :]
    known = np.exp(-(rows**2 + columns**2) / (2 * (0.25 / scale) ** 2))
    peaks = np.fft.ifft2(known * cross / np.sqrt(np.maximum(np.abs(cross), 1e-12))).real
    row, column = np.unravel_index(int(peaks.argmax()), peaks.shape)
    return _refined(peaks[:, column], int(row)), _refined(peaks[row], int(column))


def _refined(line: Floats, place: int) -> float:
    before, peak, after = (float(line[(place + step) % len(line)]) for step in (-1, 0, 1))
    bend = before - 2 * peak + after
    refined = place + (0.5 * (before - after) / bend if bend < 0 else 0.0)
    return refined - len(line) if refined > len(line) / 2 else refined
