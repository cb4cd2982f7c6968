"""Which pictures of a folder can be learned from, which are held out, and which are left out and why."""

import dataclasses
import hashlib
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sr_desktop.errors import TrainingError, UnreadableImageError
from sr_desktop.imaging import colour
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.reading.jpeg import DAMAGE
from sr_desktop.imaging.reading.reader import read
from sr_desktop.inputs import folder_walk
from sr_desktop.inputs.folder_walk import Choice, Opened, Seen

SMALLEST_HELD_OUT_SIDE = 48
"""High-resolution pixels; SSIM and the border need some room."""

NEAR_CONSTANT_STD = 1.5 / 255
"""Deviation of luma below which a picture has nothing to teach: the noise of an 8-bit scan of a blank page."""

MOST_HELD_OUT = 24
"""More pictures make a check slower, not much surer."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A picture found in the folder, and the low-resolution one that belongs to it, if they come in pairs.

    Attributes:
        high: The file.
        low: The file of the low-resolution picture.
        name: The path of `high` below the folder, with slashes.
    """

    high: Path
    low: Path | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A picture that is not used.

    Attributes:
        path: The file.
        reason: One sentence for a person.
        kind: `excluded`, `unreadable`, `not_finite`, `tiny`, `duplicate`, `near_constant` or `unpaired`.
    """

    path: Path
    reason: str
    kind: str


@dataclass(frozen=True, slots=True)
class Example:
    """A usable picture, decoded.

    Attributes:
        high: The high-resolution picture.
        low: The low-resolution one that came with it, if any.
        path: The file of `high`.
        name: Its path below the folder, with slashes.
    """

    high: Raster
    low: Raster | None
    path: Path
    name: str = ""


def find(
    folder: Path, low: Path | None, scale: int, exclude: Sequence[str] = ()
) -> tuple[list[Candidate], list[LeftOut]]:
    """Return the pictures below a folder in the order of their paths, and what is not used of it.

    That is folders that can't be opened, pictures that match one of the patterns in `exclude`, and those that have no
    partner below `low`. A partner has the same path without its suffix; `x2`, `_x2` or `LRx2`-like endings for the scale
    may follow.

    Raises:
        TrainingError: A folder is missing or holds no pictures.
    """
    pictures, left_out = _pictures(folder)
    choice, highs = Choice(exclude=tuple(exclude)), []
    for path in pictures:
        name = path.relative_to(folder).as_posix()
        if choice.holds(name):
            highs.append(Candidate(path, name=name))
        else:
            left_out.append(LeftOut(path, "It was left out on purpose.", "excluded"))
    if low is None:
        return highs, left_out
    partners = {_key(path, low, scale): path for path in _pictures(low)[0]}
    found = []
    for item in highs:
        partner = partners.get(_key(item.high, folder, scale))
        if partner is None:
            left_out.append(LeftOut(item.high, f"There is no picture of this name in {low.name}.", "unpaired"))
        else:
            found.append(dataclasses.replace(item, low=partner))
    if not found:
        raise TrainingError("No picture has a partner of the same name in the other folder.", "Check both folders.")
    return found, left_out


def _pictures(folder: Path) -> tuple[list[Path], list[LeftOut]]:
    """Return the pictures in a folder and below, and the folders that can't be opened."""
    if not folder.is_dir():
        raise TrainingError(f"There is no folder {folder}.", "Check the path.")
    found: list[Path] = []
    closed: list[LeftOut] = []
    for step in folder_walk.walk(folder):
        match step:
            case Seen(path):
                found.append(Path(path))
            case Opened(path, error) if error is not None:
                closed.append(LeftOut(Path(path), error.title, "unreadable"))
    if not found:
        raise TrainingError(f"There are no pictures in {folder}.", "Choose a folder with photographs or scans.")
    # Not in natural order: runs are repeated with the pictures in this one.
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix()), closed


def _key(path: Path, folder: Path, scale: int) -> str:
    stem = path.relative_to(folder).with_suffix("").as_posix()
    return re.sub(rf"[ _.-]?(?:lr|hr)?x?{scale}x?$", "", stem, flags=re.IGNORECASE)


class Sieve:
    """Decodes candidates one by one and says of each why it can't be used, if it can't.

    Args:
        scale: The factor.
        patch: Side of a patch in low-resolution pixels; smaller pictures can't be learned from.

    Attributes:
        low_ranges: By name, the range of the samples of each small picture in floats that leaves 0 to 1.
    """

    def __init__(self, scale: int, patch: int) -> None:
        self._scale = scale
        self._smallest = max(patch * scale, SMALLEST_HELD_OUT_SIDE)
        self._seen: dict[bytes, Path] = {}
        self.low_ranges: dict[str, tuple[float, float]] = {}

    def sift(self, candidate: Candidate) -> Example | LeftOut:
        """Return the decoded picture, or why it is left out."""
        path = candidate.high
        try:
            high = read(path)
            low = read(candidate.low) if candidate.low else None
        except UnreadableImageError as error:
            return LeftOut(path, error.title, "unreadable")
        changes = {change.id for raster in (high, low) if raster is not None for change in raster.changes}
        # A viewer may show what the reader had to guess, but nothing should be learned from guesses.
        if "damage" in changes:
            return LeftOut(path, DAMAGE.text, "unreadable")
        if "samples" in changes:
            return LeftOut(path, "It holds samples that are infinite or not numbers.", "not_finite")
        if min(high.height, high.width) < self._smallest:
            size = f"{high.width} × {high.height}"
            return LeftOut(path, f"It is too small ({size}; {self._smallest} are needed on each side).", "tiny")
        if low is not None and (low.height, low.width) != (high.height // self._scale, high.width // self._scale):
            reason = f"Its partner is {low.width} × {low.height}, not 1/{self._scale} of {high.width} × {high.height}."
            return LeftOut(path, reason, "unpaired")
        if _luma_std(high) < NEAR_CONSTANT_STD:
            return LeftOut(path, "It is nearly of one colour; there is nothing to learn from it.", "near_constant")
        digest = hashlib.blake2b(high.samples.tobytes(), digest_size=16).digest()
        if digest in self._seen:
            return LeftOut(path, f"It is the same picture as {self._seen[digest].name}.", "duplicate")
        self._seen[digest] = path
        if low is not None and low.bits == 32:
            span = colour.SampleRange.of(low)
            if (span.low, span.high) != (0.0, 1.0):
                self.low_ranges[candidate.name] = (span.low, span.high)
        return Example(high, low, path, candidate.name)


def _luma_std(raster: Raster) -> float:
    """Return the deviation of luma, of at most about a megapixel taken regularly."""
    step = max(1, math.isqrt(raster.height * raster.width // 1_000_000))
    thin = Raster(raster.samples[::step, ::step].copy())
    return float(colour.luma(colour.to_floats(thin)).std())


def by_rank(names: Sequence[str], seed: int) -> list[str]:
    """Return the names in an order that depends on each name and the seed only: the first are held out.

    One picture more or less in the folder moves at most one other between the two parts.
    """
    return sorted(names, key=lambda name: hashlib.blake2b(f"{seed}/{name}".encode("utf-8", "surrogateescape")).digest())


def held_out_count(pictures: int, share: float) -> int:
    """Return how many of at least two pictures are held out: one at least, one left at least, not too many."""
    return min(max(1, round(share * pictures)), MOST_HELD_OUT, pictures - 1)
