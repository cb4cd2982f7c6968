"""The person's own models: taken in, given out, removed."""

import re
from pathlib import Path

from sr_desktop import paths
from sr_desktop.cards import read_card
from sr_desktop.errors import ModelError
from sr_desktop.library.catalogue import SUFFIX, Entry, catalogue
from sr_desktop.system import atomic_write

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._ -]{0,62}[A-Za-z0-9_-])?")
"""Names that every file system can hold and nobody has to quote."""


def path_for(name: str, *, instead_of: str = "") -> Path:
    """Return where a new model of the person's is to be saved; the folder exists then.

    Args:
        name: What it will be called.
        instead_of: A name that will be free.

    Raises:
        ModelError: The name can't be used, or a model has it.
    """
    if not _NAME.fullmatch(name):
        raise ModelError(f"A model can't be called “{name}”.", "Use letters, digits, dots, dashes and underscores.")
    if name.casefold() in _taken() - {instead_of.casefold()}:
        raise ModelError(f"There is a model called “{name}” already.", f"Another name is free: {free_name(name)}.")
    folder = paths.user_weights()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(f"The folder for models can't be made: {error.strerror}.", str(folder)) from error
    return folder / f"{name}{SUFFIX}"


def free_name(name: str) -> str:
    """Return `name`, or with the first number behind it that makes it a new one."""
    taken, number, free = _taken(), 1, name
    while free.casefold() in taken:
        number += 1
        free = f"{name}-{number}"
    return free


def _taken() -> set[str]:
    """Return the names of all models, in small letters: some file systems don't tell them apart."""
    found = catalogue()
    return {entry.name.casefold() for entry in found.entries} | {item.path.stem.casefold() for item in found.broken}


def add(source: Path, name: str = "") -> Path:
    """Copy a weights file into the person's folder and return where it is now.

    Only its header is looked at: whether its tensors are sound is for the engine to say.

    Args:
        source: A weights file with a card.
        name: What it will be called; by default what its file is called.

    Raises:
        ModelError: It is no such file, or the name can't be used.
    """
    read_card(source)
    target = path_for(name or source.stem)
    _copy(source, target)
    return target


def export(entry: Entry, target: Path) -> None:
    """Copy a model's file to `target`, replacing what is there.

    Raises:
        ModelError: It can't be read or written.
    """
    _copy(entry.path, target)


def rename(path: Path, name: str) -> Path:
    """Give one of the person's models another name and return where it is now.

    Raises:
        ModelError: It is not the person's, or the name can't be used.
    """
    check_own(path)
    target = path_for(name, instead_of=path.stem)
    try:
        return path.rename(target)
    except OSError as error:
        raise ModelError(f"{path.stem} can't be renamed: {error.strerror}.") from error


def delete(entry: Entry) -> None:
    """Remove one of the person's models.

    Raises:
        ModelError: It is not the person's, or can't be removed.
    """
    check_own(entry.path)
    try:
        entry.path.unlink()
    except OSError as error:
        raise ModelError(f"{entry.name} can't be deleted: {error.strerror}.") from error


def is_own(path: Path) -> bool:
    """Tell whether a weights file is in the person's folder, and so can be renamed and deleted here."""
    return path.parent == paths.user_weights()


def check_own(path: Path) -> None:
    """Refuse to touch a model that is not the person's.

    Raises:
        ModelError: It came with the program, or is not in the person's folder.
    """
    if path.parent == paths.bundled_weights():
        raise ModelError(f"{path.stem} came with the program and can't be renamed or deleted.")
    if not is_own(path):
        raise ModelError(f"{path} is not in the folder for models.", "Rename or delete the file yourself.")


def _copy(source: Path, target: Path) -> None:
    try:
        atomic_write.write_whole(target, source.read_bytes())
    except OSError as error:
        raise ModelError(f"{target} can't be written: {error.strerror}.", "Choose another folder.") from error
