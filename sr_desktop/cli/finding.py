"""Which files a person means: files as given, folders opened, in the order a person would count them."""

import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sr_desktop.errors import UserError
from sr_desktop.imaging.formats import READABLE_SUFFIXES

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Found:
    """One input.

    Attributes:
        given: The path as it was given; below a folder, the folder as given joined with the rest.
        folder: The folder in which it was found, as given; empty for a file given by itself.
        error: Why it can't be opened, if that is known already.
    """

    given: str
    folder: str = ""
    error: UserError | None = None

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self.given)

    @property
    def below(self) -> Path:
        """The path below the given folder; the name alone for a file given by itself."""
        return self.path.relative_to(self.folder) if self.folder else Path(self.path.name)


def find(inputs: Sequence[str], *, recursive: bool) -> list[Found]:
    """Return all inputs in the order given, folders opened in natural order.

    In folders only files with the ending of a picture count, and no hidden ones. What is missing is found all the same,
    with its error.
    """
    return [found for given in inputs for found in _one(given, recursive)]


def _one(given: str, recursive: bool) -> Iterator[Found]:
    if os.path.isdir(given):  # noqa: PTH112  (a Path would lose how it was given)
        yield from _in_folder(given, recursive)
    elif os.path.lexists(given):
        yield Found(given)
    else:
        yield Found(given, error=UserError(f"{given} does not exist.", "Check the path."))


def _in_folder(folder: str, recursive: bool) -> Iterator[Found]:
    failed: list[OSError] = []
    below: list[str] = []
    for parent, folders, names in os.walk(folder, onerror=failed.append):
        folders[:] = [name for name in folders if recursive and not is_hidden(Path(parent, name))]
        pictures = [name for name in names if Path(name).suffix.lower() in READABLE_SUFFIXES]
        visible = [Path(parent, name) for name in pictures if not is_hidden(Path(parent, name))]
        below += [os.path.relpath(path, folder) for path in visible]
    for error in failed:
        yield Found(str(error.filename), error=UserError(f"{error.filename} can't be opened: {error.strerror}."))
    for path in sorted(below, key=natural_key):
        yield Found(os.path.join(folder, path), folder)  # noqa: PTH118  (as above)


def is_hidden(path: Path) -> bool:
    """Tell whether a file or folder is hidden, as its system has it."""
    if path.name.startswith("."):
        return True
    if os.name != "nt":
        return False
    attributes: int = getattr(path.lstat(), "st_file_attributes", 0)
    return bool(attributes & (stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM))


def natural_key(path: str) -> tuple[list[list[tuple[bool, int, str]]], str]:
    """Return a sorting key by which `2.png` comes before `10.png`, and a folder's files stay together."""
    names = [[part for part in _DIGITS.split(name) if part] for name in Path(path).parts]
    return [[_part_key(part) for part in parts] for parts in names], path


def _part_key(part: str) -> tuple[bool, int, str]:
    return (False, int(part), "") if part.isdecimal() else (True, 0, part.casefold())
