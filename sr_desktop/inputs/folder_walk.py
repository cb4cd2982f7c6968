"""The pictures in a folder, in the order a person counts; what is hidden is left out, and no link leads in a circle."""

import fnmatch
import glob
import os
import re
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from sr_desktop.errors import UserError
from sr_desktop.imaging.formats import READABLE_SUFFIXES

_DIGITS = re.compile(r"(\d+)")

_UNSURE = re.compile("[\ud800-\udfff\ufffd]+")
"""What stands for bytes of a name that are no characters: such a name can't be written into every file."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which pictures of a folder are meant.

    A pattern holds `*`, `?` and `[…]`, and doesn't tell capitals. Without a slash it is matched with a name; with one,
    with the path below the folder.

    Attributes:
        recursive: Whether folders in the folder are opened.
        include: If there are any, a picture must match one of them.
        exclude: Pictures that match one of them are left out, and so are whole folders.
    """

    recursive: bool = True
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    _include: re.Pattern[str] | None = field(init=False, repr=False, compare=False, default=None)
    _exclude: re.Pattern[str] | None = field(init=False, repr=False, compare=False, default=None)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_include", _compiled(self.include))
        object.__setattr__(self, "_exclude", _compiled(self.exclude))

    def takes(self, below: str) -> bool:
        """Tell whether a picture is meant; `below` is its path below the folder, with slashes."""
        return (self._include is None or bool(self._include.match(below))) and not self._leaves_out(below)

    def opens(self, below: str) -> bool:
        """Tell whether a folder in the folder is opened."""
        return self.recursive and not self._leaves_out(below)

    def holds(self, below: str) -> bool:
        """Tell whether a path is meant with all the folders it lies in."""
        return self.takes(below) and all(self.opens(str(folder)) for folder in PurePosixPath(below).parents[:-1])

    def _leaves_out(self, below: str) -> bool:
        return self._exclude is not None and bool(self._exclude.match(below))


def _compiled(patterns: Sequence[str]) -> re.Pattern[str] | None:
    """Return one expression for paths with slashes; a pattern without a slash may begin behind any of them."""
    if not patterns:
        return None
    each = [("" if "/" in pattern else "(?:.*/)?") + fnmatch.translate(pattern.strip("/")) for pattern in patterns]
    return re.compile("|".join(each), re.IGNORECASE | re.DOTALL)


EVERYTHING = Choice()


def exactly(below: str) -> str:
    """Return the pattern of one path below the folder, and of no other."""
    return "/" + _UNSURE.sub("*", glob.escape(below))


def named(pattern: str) -> str:
    """Return the path of the one file that a pattern of `exactly` stands for; another pattern as it is."""
    return re.sub(r"\[([*?[])\]", r"\1", pattern.removeprefix("/"))


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture, by its name's ending; `path` starts with the folder as it was given."""

    path: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A folder that was looked into, or could not be: then `error` says why."""

    path: str
    error: UserError | None = None


Step: TypeAlias = Seen | Opened


def walk(folder: str | Path, choice: Choice = EVERYTHING) -> Iterator[Step]:
    """Yield what there is in a folder, step by step, in natural order: a folder's content comes where its name would.

    Links to folders are not followed: what they lead to is elsewhere, or would come twice. A folder that vanishes
    meanwhile, or that may not be read, is one error; the rest goes on.
    """
    root = os.fspath(folder)
    pending: list[Step] = [Opened(root)]
    while pending:
        step = pending.pop()
        if isinstance(step, Seen):
            yield step
            continue
        try:
            content = _content(root, step.path, choice)
        except OSError as error:
            yield Opened(step.path, UserError(f"{step.path} can't be opened: {error.strerror}.", "Check the path."))
        else:
            yield step
            pending += reversed(content)


def _content(root: str, folder: str, choice: Choice) -> list[Step]:
    with os.scandir(folder) as entries:
        visible = [entry for entry in entries if not _is_hidden(entry)]
    steps: list[Step] = []
    for entry in sorted(visible, key=lambda entry: natural_key(entry.name)):
        below = os.path.relpath(entry.path, root).replace(os.sep, "/")
        if _is_folder(entry):
            if choice.opens(below):
                steps.append(Opened(entry.path))
        elif os.path.splitext(entry.name)[1].lower() in READABLE_SUFFIXES and choice.takes(below):  # noqa: PTH122
            steps.append(Seen(entry.path))
    return steps


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry is a folder itself, not a link to one."""
    return entry.is_dir(follow_symlinks=False) and not _is_junction(entry)


def _is_junction(entry: os.DirEntry[str]) -> bool:
    """Tell whether Windows would lead elsewhere from here; its own folders have junctions that lead in circles."""
    if sys.platform != "win32":
        return False
    return entry.stat(follow_symlinks=False).st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT


def _is_hidden(entry: os.DirEntry[str]) -> bool:
    """Tell whether a file or folder is hidden, or the system's own, as its system has it."""
    if entry.name.startswith("."):
        return True
    if sys.platform == "win32":
        attributes = entry.stat(follow_symlinks=False).st_file_attributes
        return bool(attributes & (stat.FILE_ATTRIBUTE_HIDDEN | stat.FILE_ATTRIBUTE_SYSTEM))
    if sys.platform == "darwin":
        return bool(entry.stat(follow_symlinks=False).st_flags & stat.UF_HIDDEN)
    return False


def natural_key(name: str) -> tuple[list[tuple[bool, int, str]], str]:
    """Return a sorting key by which `2.png` comes before `10.png`, whatever the case."""
    return [_part_key(part) for part in _DIGITS.split(name) if part], name


def _part_key(part: str) -> tuple[bool, int, str]:
    return (False, int(part), "") if part.isdecimal() else (True, 0, part.casefold())
