"""Which pictures a person means by files and folders."""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sr_desktop.errors import UserError
from sr_desktop.inputs.folder_walk import EVERYTHING, Choice, Opened, Seen, walk
from sr_desktop.progress import Progress, Task

_RESULT = re.compile(r"(?P<stem>.+)_(?:\d+x|\d+w|\d+h|\d+px)", re.DOTALL)
"""A result's name without its ending, unless a person chose it: see `engine.targets.mark`."""


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


def find(inputs: Sequence[str], choice: Choice = EVERYTHING) -> Task[list[Found]]:
    """Return all inputs in the order given, folders opened in natural order.

    Files given by themselves are taken whatever they are called. What is missing, and a folder that can't be opened,
    is found all the same, with its error.
    """
    found: list[Found] = []
    for given in inputs:
        if not os.path.isdir(given):  # noqa: PTH112  (a Path would lose how it was given)
            found.append(_alone(given))
            continue
        for step in walk(given, choice):
            match step:
                case Seen(path):
                    found.append(Found(path, given))
                case Opened(path, error) if error is not None:
                    found.append(Found(path, given, error))
            yield Progress(0, 1)
    return found


def _alone(given: str) -> Found:
    missing = None if os.path.lexists(given) else UserError(f"{given} does not exist.", "Check the path.")
    return Found(given, error=missing)


def without_results(found: Sequence[Found]) -> Iterator[Found]:
    """Yield the inputs but for results of an earlier run beside them, so that a folder can be opened again.

    Of what was found in folders those are pictures named like a result (`photo_2x.png`) beside the picture it would
    come from (`photo` with any ending). Files given by themselves stay.
    """
    stems = {(item.path.parent, item.path.stem) for item in found}
    for item in found:
        match = _RESULT.fullmatch(item.path.stem) if item.folder else None
        if match is None or (item.path.parent, match["stem"]) not in stems:
            yield item
