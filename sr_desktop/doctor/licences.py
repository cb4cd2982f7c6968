"""Under which terms the program and each library it needs may be used, with the texts that came along."""

import importlib.metadata
import re
from dataclasses import dataclass, replace
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path

import sr_desktop
from sr_desktop import paths

PROGRAM = "sr-desktop"

_QT = ("PySide6_Essentials", "shiboken6")

_LICENCE_FILE = re.compile(r"(?i)\.dist-info/(.*/)?(licen[cs]e|copying|notice|authors)[^/]*$|\.dist-info/licenses/")
_REQUIREMENT = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?P<rest>.*)")


@dataclass(frozen=True, slots=True)
class Work:
    """A program or library.

    Attributes:
        name: As it calls itself.
        version: As it was installed.
        terms: The name of its licence; may be empty.
        files: The texts, in the order in which they should be read.
    """

    name: str
    version: str
    terms: str
    files: tuple[Path, ...]


def works() -> list[Work]:
    """Return the program itself and then what it needs, by name."""
    ours = paths.licence()
    program = Work("sr_desktop", sr_desktop.__version__, "MIT", (ours,) if ours is not None else ())
    folder = paths.shipped_licences()
    found = _shipped(folder) if folder is not None else map(_work, _distributions())
    return [program, *map(_with_qt_terms, found)]


def _with_qt_terms(work: Work) -> Work:
    """Return Qt's libraries with the texts of their terms, which their packages name but don't hold."""
    if work.files or work.name not in _QT:
        return work
    texts = tuple(paths.resources() / "licences" / name for name in ("LGPL-3.0.txt", "GPL-3.0.txt"))
    return replace(work, terms=work.terms or "LGPL-3.0-only", files=texts)


def _shipped(folder: Path) -> list[Work]:
    """Return the libraries of the packaged program: it has the metadata of each, and their texts in a folder of each."""
    found = sorted(importlib.metadata.distributions(), key=lambda each: str(each.metadata["Name"]).lower())
    return [
        Work(name, each.version, _terms(each), _texts(folder / name))
        for each in found
        if (name := each.metadata["Name"])
    ]


def _texts(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def _distributions() -> list[Distribution]:
    found: dict[str, Distribution] = {}
    waiting = _requirements(PROGRAM)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        try:
            found[name] = importlib.metadata.distribution(name)
        except PackageNotFoundError:  # needed on another system only
            continue
        waiting += _requirements(name)
    return [found[name] for name in sorted(found)]


def _requirements(name: str) -> list[str]:
    """Return the names of what a distribution needs; what only its extras or other systems need may be among them."""
    try:
        lines = importlib.metadata.requires(name) or []
    except PackageNotFoundError:
        return []
    matches = [_REQUIREMENT.match(line) for line in lines if "extra ==" not in line]
    return [match["name"] for match in matches if match is not None]


def _work(distribution: Distribution) -> Work:
    entries = [entry for entry in distribution.files or [] if _LICENCE_FILE.search(entry.as_posix())]
    located = (Path(str(distribution.locate_file(entry))) for entry in entries)
    files = sorted({path for path in located if path.is_file()}, key=lambda path: (len(path.parts), path.name))
    return Work(distribution.metadata["Name"], distribution.version, _terms(distribution), tuple(files))


def _terms(distribution: Distribution) -> str:
    data = distribution.metadata
    if "License-Expression" in data:
        return str(data["License-Expression"])
    named = [each for each in data.get_all("Classifier") or [] if each.startswith("License ::")]
    if named:
        return ", ".join(each.rsplit(" :: ", 1)[1] for each in named)
    return str(data["License"]).splitlines()[0] if "License" in data else ""
