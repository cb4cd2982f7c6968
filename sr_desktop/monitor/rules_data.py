"""Trouble that the pictures themselves show: before step 1 from what is known of them, else from the first figures."""

import math
from collections.abc import Mapping

from sr_desktop.monitor.history import DataFacts, History
from sr_desktop.monitor.picture_statistics import PictureFacts, usual_shift
from sr_desktop.runs.notices import Action, Cause, Finding, Severity

RANGE_SLACK = 0.5
"""Sharpened inputs may overshoot 0..1 a little; 0..255, 16 bit and -1..1 lie far outside."""

FLAT_SHARE = 0.95
"""With more than this share of pixels in patches without detail, a batch of 16 hardly holds anything to learn."""

PREDICTABLE_LEAST = 0.5
"""Bicubic interpolation explains 0.9 to 0.99 of the variance of photographs, 0.2 of that of white noise."""

UNRELATED_MOST = -0.3
"""Two unrelated pictures differ by twice the variance of one: a predictable share of -1."""

BICUBIC_LEAST_DB = 15.0
"""Bicubic interpolation of any photograph scores more than this, even at scale 4."""

CORRELATION_LEAST = 0.6
"""A small picture and its large one made small correlate above 0.95, also when blurred, noisy or compressed."""

SHIFT_SPREAD_MOST = 0.4
"""In pixels of the large picture; pairs that belong together stay below 0.1, also when blurred, noisy or compressed."""

PIXELS_LEAST, PIXELS_LEAST_OF_FEW, FEW_PICTURES = 500_000, 1_000_000, 6
"""A megapixel in all, half of it if it comes from several pictures. The usual 91-picture set holds about five."""

PICTURES_LEAST = 2
"""One to learn from and one to check on."""


def find_bad_range(history: History, is_open: bool) -> Finding | None:
    """Return `bad_range` if inputs lie far outside 0 to 1."""
    low, high = _input_range(history)
    if not is_bad_range(low, high):
        return None
    evidence = {"smallest_value": low, "largest_value": high}
    files, action = _with_action(history, Cause.BAD_RANGE, Action.CORRECT_RANGE)
    return Finding(Cause.BAD_RANGE, Severity.ERROR, action, evidence, files)


def is_bad_range(low: float, high: float) -> bool:
    """Tell whether values reach so far outside 0 to 1 that they mean something else."""
    return low < -RANGE_SLACK or high > 1 + RANGE_SLACK


def find_misaligned_pairs(history: History, is_open: bool) -> Finding | None:
    """Return `misaligned_pairs` if pictures of a pair show different things, or are shifted each by its own amount."""
    data = history.data
    share, correlation = _predictable_share(history), _known(data.pair_correlation, 1.0)
    flat, shift = _known(data.flat_share, 0.0), _known(data.pair_shift_spread, 0.0)
    if not (_is_misaligned(flat, share, correlation, shift) or data.concerned.get(Cause.MISALIGNED_PAIRS)):
        return None
    evidence = {
        "share_explained_by_bicubic": share,
        "smallest_correlation": _known(data.pair_correlation, math.nan),
        "spread_of_shifts_pixels": _known(data.pair_shift_spread, math.nan),
    }
    files, action = _with_action(history, Cause.MISALIGNED_PAIRS, Action.CHECK_PAIRS)
    return Finding(Cause.MISALIGNED_PAIRS, Severity.ERROR, action, evidence, files)


def find_no_detail(history: History, is_open: bool) -> Finding | None:
    """Return `no_detail` if the pictures are flat, or noise that no smaller picture can tell anything about."""
    share = _predictable_share(history)
    flat = _known(history.data.flat_share, 0.0)
    names = history.data.concerned
    others_are_at_fault = names.get(Cause.MISALIGNED_PAIRS) and not names.get(Cause.NO_DETAIL)
    if not _has_no_detail(flat, share) or others_are_at_fault:
        return None
    evidence = {"share_without_detail": flat, "share_explained_by_bicubic": share}
    files = concerned(history, Cause.NO_DETAIL)
    return Finding(Cause.NO_DETAIL, Severity.WARNING, Action.LEAVE_OUT_FILES, evidence, files)


def find_too_little_data(history: History, is_open: bool) -> Finding | None:
    """Return `too_little_data` if all pictures together have too few pixels."""
    data = history.data
    few = data.pictures is None or data.pictures < FEW_PICTURES
    if data.pixels is None or data.pixels >= (PIXELS_LEAST_OF_FEW if few else PIXELS_LEAST):
        return None
    evidence = {"pictures": _known(data.pictures, math.nan), "pixels": float(data.pixels)}
    return Finding(Cause.TOO_LITTLE_DATA, Severity.WARNING, Action.ADD_PICTURES, evidence)


def concerned(history: History, cause: Cause) -> tuple[str, ...]:
    """Return the pictures that a cause is about, if they are known and the others would do without them."""
    data = history.data
    names = data.concerned.get(cause, ())
    used = (data.pictures or 0) + (data.held_out or 0)
    if cause is not Cause.NON_FINITE:  # those are left out already
        used -= len(names)
    return names if used >= PICTURES_LEAST else ()


def _with_action(history: History, cause: Cause, otherwise: Action) -> tuple[tuple[str, ...], Action]:
    """Return the pictures concerned, and to leave them out if they are a few among many: else all have to be seen to."""
    names = concerned(history, cause)
    used = (history.data.pictures or 0) + (history.data.held_out or 0)
    return names, Action.LEAVE_OUT_FILES if names and 2 * len(names) <= used else otherwise


def suspects(facts: Mapping[str, PictureFacts], trouble: DataFacts) -> dict[str, list[str]]:
    """Return by cause which pictures show the trouble that a sample of them shows; nothing if it shows none.

    One pair of two different pictures among a few good ones makes all of them together look as if they held no detail:
    so whatever the sample shows, pairs are looked for that can't belong together.

    Args:
        facts: What each picture shows, by name.
        trouble: What the sample shows.
    """
    if not is_suspicious(trouble):
        return {}
    is_shifted = find_misaligned_pairs(History(data=trouble), False) is not None
    whole = {name: fact for name, fact in facts.items() if fact.finite}
    usual = usual_shift(whole.values())
    found: dict[str, list[str]] = {}
    for name, fact in whole.items():
        shift = fact.shift_from(usual) if is_shifted else 0.0  # by itself it may mislead
        if _is_misaligned(fact.flat_share, fact.predictable_share, fact.correlation, shift):
            found.setdefault(Cause.MISALIGNED_PAIRS, []).append(name)
        elif _has_no_detail(fact.flat_share, fact.predictable_share):
            found.setdefault(Cause.NO_DETAIL, []).append(name)
    return found


def is_suspicious(sample: DataFacts) -> bool:
    """Tell whether a sample of the pictures shows trouble, so that it is worth to look at each of them."""
    history = History(data=sample)
    return bool(find_misaligned_pairs(history, False) or find_no_detail(history, False))


def _is_misaligned(flat_share: float, predictable_share: float, correlation: float, shift: float) -> bool:
    """Tell whether pairs, or the one pair, can't be pixel on pixel; NaN is unknown."""
    if predictable_share < UNRELATED_MOST or correlation < CORRELATION_LEAST:
        return True
    return flat_share <= FLAT_SHARE and shift > SHIFT_SPREAD_MOST  # where a soft ramp lies nobody can tell


def _has_no_detail(flat_share: float, predictable_share: float) -> bool:
    """Tell whether pictures, or the one picture, hold nothing to be learned; NaN is unknown."""
    return flat_share > FLAT_SHARE or UNRELATED_MOST <= predictable_share < PREDICTABLE_LEAST


def _input_range(history: History) -> tuple[float, float]:
    """Return the smallest and largest input value known of, 0 and 1 if nothing is."""
    data, probe = history.data, history.first_probe
    lows = [_known(data.input_min, 0.0)]
    highs = [_known(data.input_max, 1.0)]
    if probe is not None and math.isfinite(probe.input_min) and math.isfinite(probe.input_max):
        lows.append(probe.input_min)
        highs.append(probe.input_max)
    return min(lows), max(highs)


def _predictable_share(history: History) -> float:
    """Return the share of the large pictures' variance that bicubic explains; NaN if unknown.

    Without facts about the pictures, it follows from bicubic's held-out PSNR and the spread of one batch's targets; since
    that batch may happen to be pale, only if bicubic is far worse than on any photograph.
    """
    if history.data.predictable_share is not None:
        return history.data.predictable_share
    bicubic, probe = history.checks.bicubic_db, history.first_probe
    if bicubic is None or bicubic >= BICUBIC_LEAST_DB or probe is None or not probe.target_std > 0:
        return math.nan
    return 1 - 10 ** (-bicubic / 10) / probe.target_std**2


def _known(value: float | None, otherwise: float) -> float:
    return otherwise if value is None else value
