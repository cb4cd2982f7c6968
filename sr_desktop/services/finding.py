"""The pictures that a person means by files and folders."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sr_desktop.imaging.formats import READABLE_SUFFIXES
from sr_desktop.progress import Progress, Task

MOST = 200
"""Pictures taken from a folder: more than that is work for a batch, not for a strip of thumbnails."""

_RESULT = re.compile(r"(?P<stem>.+)_(?:\d+x|\d+w|\d+h|\d+px)", re.DOTALL)
"""A name that `saving` gives, without its ending."""

_STOP_EVERY = 500
"""Directory entries looked at between two places where the search may be stopped."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave.

    Attributes:
        files: Files named by the person, and the pictures in folders, in the order a person counts.
        left_out: How many more pictures there are.
    """

    files: tuple[Path, ...]
    left_out: int


def find(chosen: Sequence[Path]) -> Task[Found]:
    """Return the chosen files as they are, and the pictures in chosen folders and below.

    Hidden ones are left out, and results of ours that lie beside what they were made from.
    """
    files: list[Path] = []
    for path in chosen:
        if path.is_dir():
            pictures = yield from _pictures_in(path)
            files += sorted(_without_results(pictures), key=natural_key)
        else:
            files.append(path)
    unique = tuple(dict.fromkeys(files))
    return Found(unique[:MOST], max(0, len(unique) - MOST))


def _pictures_in(folder: Path) -> Task[list[Path]]:
    found = []
    for number, path in enumerate(_walk(folder), start=1):
        if path.suffix.lower() in READABLE_SUFFIXES:
            found.append(path)
        if number % _STOP_EVERY == 0:
            yield Progress(0, 1)
    return found


def _walk(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            if not name.startswith("."):
                yield Path(parent, name)


def _without_results(files: Sequence[Path]) -> Iterator[Path]:
    sources = {(path.parent, path.stem) for path in files}
    for path in files:
        match = _RESULT.fullmatch(path.stem)
        if match is None or (path.parent, match["stem"]) not in sources:
            yield path


def natural_key(path: Path) -> list[tuple[int, int, str]]:
    """Return a key that sorts `page 9` before `page 10`, whatever the case."""
    parts = re.split(r"(\d+)", str(path).casefold())
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts]
