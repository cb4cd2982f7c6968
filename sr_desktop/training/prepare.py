"""From a folder to what a run learns from and is judged by: the cache, the held-out pictures, and what was left out."""

import dataclasses
import json
import shutil
from collections import Counter
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sr_desktop.cards import NetworkShape
from sr_desktop.errors import TrainingError
from sr_desktop.monitor import rules_data
from sr_desktop.monitor.history import Floats
from sr_desktop.monitor.picture_statistics import measure_picture
from sr_desktop.runs.events import Event
from sr_desktop.runs.notices import Cause
from sr_desktop.runs.spec import RunSpec
from sr_desktop.system import atomic_write
from sr_desktop.training import probe, scan
from sr_desktop.training.dataset import (
    BYTES_SCALE,
    LARGEST_SHARE_PIXELS,
    WORDS_SCALE,
    Cache,
    CacheWriter,
    Entry,
    is_cached,
    luma_bytes,
    luma_words,
)
from sr_desktop.training.scan import Candidate, LeftOut, Sieve
from sr_desktop.training.validation import HeldOut

PROGRESS_EVENTS = 20
"""How many events tell of the preparation, whatever the number of pictures."""


@dataclass(frozen=True, slots=True)
class Material:
    """What a run works with.

    Attributes:
        cache: Pictures to learn from.
        held_out: Pictures to be judged by.
        facts: Figures about the pictures, for the `start` event.
    """

    cache: Cache
    held_out: HeldOut
    facts: dict[str, Any]


Preparation = Generator[Event, None, Material]


def prepare(spec: RunSpec, shape: NetworkShape, folder: Path) -> Preparation:
    """Yield events while the pictures are decoded into `folder`, and return the material; quick if it is there.

    Raises:
        TrainingError: A folder is missing, or fewer than two pictures can be used.
        OSError: The cache can't be written.
    """
    held_out = HeldOut(spec, shape)
    if is_cached(folder):
        held_out.load(folder / "held-out.npz")
        facts = json.loads((folder / "facts.json").read_text("utf-8"))
        return _material(Cache(folder, spec.scale), held_out, facts)
    low = Path(spec.low) if spec.low else None
    candidates, left_out = scan.find(Path(spec.pictures), low, spec.scale, spec.exclude)
    yield from (_left_out(item) for item in left_out)
    ranked = _ranked(candidates, spec)
    count = scan.held_out_count(len(ranked), spec.held_out) if len(ranked) > 1 else 0
    writer = CacheWriter(folder, spec, len(ranked))
    sieve = Sieve(spec.scale, spec.patch)
    reasons = Counter(item.kind for item in left_out)
    not_finite: list[str] = []
    learned = pixels = 0
    try:
        for number, candidate in enumerate(ranked, start=1):
            example = sieve.sift(candidate)
            if isinstance(example, LeftOut):
                reasons[example.kind] += 1
                not_finite += [candidate.name] if example.kind == "not_finite" else []
                yield _left_out(example)
            elif len(held_out) < count:
                held_out.add(example)
            else:
                learned += 1
                pixels += min(example.high.height * example.high.width, LARGEST_SHARE_PIXELS)
                writer.add(example)
            yield from _progress(number, len(ranked))
        _check_numbers(learned, len(held_out), reasons)
        facts = {"pixels": pixels, **_facts(learned, len(held_out), reasons), **_trouble(sieve, not_finite)}
        held_out.save(folder / "held-out.npz")
        _write_facts(folder, facts)
        cache = writer.finish()
        if suspects := (yield from _suspects(cache, held_out)):
            facts["concerned"] |= suspects
            _write_facts(folder, facts)
        return _material(cache, held_out, facts)
    finally:
        writer.close()
        if not is_cached(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _write_facts(folder: Path, facts: dict[str, Any]) -> None:
    atomic_write.write_whole(folder / "facts.json", json.dumps(facts).encode())


def _progress(number: int, total: int) -> Iterator[Event]:
    """Tell how many pictures are done, at most `PROGRESS_EVENTS` times."""
    if number * PROGRESS_EVENTS // total != (number - 1) * PROGRESS_EVENTS // total:
        yield {"event": "prepare", "done": number, "total": total}


def _suspects(cache: Cache, held_out: HeldOut) -> Generator[Event, None, dict[str, list[str]]]:
    """Name the pictures that are at fault, if a sample of them shows trouble: only then each of them is looked at."""
    trouble = probe.measured(cache)
    if not rules_data.is_suspicious(trouble):
        return {}
    first = {entry.name: entry for entry in reversed(cache.entries)}  # parts and smaller copies show the same
    facts = {}
    for number, (name, low, high) in enumerate(_lumas(cache, held_out, first.values()), start=1):
        facts[name] = measure_picture(low, high, cache.scale)
        yield from _progress(number, len(first) + len(held_out))
    return rules_data.suspects(facts, trouble)


def _lumas(cache: Cache, held_out: HeldOut, entries: Iterable[Entry]) -> Iterator[tuple[str, Floats, Floats]]:
    """Yield name and luma of each picture, learned from or held out."""
    for entry in entries:
        yield entry.name, cache.low(entry) / WORDS_SCALE, cache.high(entry) / BYTES_SCALE
    for name, pair in zip(held_out.names, held_out.pairs, strict=True):
        yield name, luma_words(pair.low) / WORDS_SCALE, luma_bytes(pair.high) / BYTES_SCALE


def _material(cache: Cache, held_out: HeldOut, facts: dict[str, Any]) -> Material:
    """Return the material with what a sample of the pictures shows; what counts all of them stands."""
    return Material(cache, held_out, {**dataclasses.asdict(probe.measured(cache)), **facts})


def _ranked(candidates: list[Candidate], spec: RunSpec) -> list[Candidate]:
    by_name = {item.name: item for item in candidates}
    return [by_name[name] for name in scan.by_rank(list(by_name), spec.seed)]


def _left_out(item: LeftOut) -> Event:
    return {"event": "left_out", "path": str(item.path), "reason": item.reason, "why": item.kind}


def _check_numbers(learned: int, held_out: int, reasons: Counter[str]) -> None:
    if learned and held_out:
        return
    why = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in sorted(reasons.items()))
    left = f" Left out: {why}." if why else ""
    raise TrainingError(
        f"Only {learned + held_out} usable picture{'s were' if learned + held_out > 1 else ' was'} found, too few.{left}",
        "At least two different pictures are needed: some to learn from and some to check on.",
    )


def _facts(learned: int, held_out: int, reasons: Counter[str]) -> dict[str, float]:
    every = learned + held_out + sum(reasons.values())
    return {
        "pictures": learned,
        "held_out": held_out,
        "near_constant_share": reasons["near_constant"] / every,
        **{f"left_out_{kind}": count for kind, count in sorted(reasons.items())},
    }


def _trouble(sieve: Sieve, not_finite: list[str]) -> dict[str, Any]:
    """Return what was wrong with files and can no longer be seen in the cache: the reader brings every range to 0 to 1."""
    found: dict[str, Any] = {"concerned": {}}
    if not_finite:
        found["non_finite"] = len(not_finite)
        found["concerned"][Cause.NON_FINITE] = not_finite
    ranges = sieve.low_ranges
    if ranges:
        found["input_min"] = min(0.0, *(low for low, _ in ranges.values()))
        found["input_max"] = max(1.0, *(high for _, high in ranges.values()))
        found["concerned"][Cause.BAD_RANGE] = [name for name, span in ranges.items() if rules_data.is_bad_range(*span)]
    return found
