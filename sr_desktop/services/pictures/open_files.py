"""The pictures that a person means by files and folders, as many as fit into the strip."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sr_desktop.inputs import inputs
from sr_desktop.progress import Task

MOST = 200
"""Pictures taken from a folder: more than that is work for a batch, not for a strip of thumbnails."""


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
    everything = yield from inputs.find([str(path) for path in chosen])
    # A folder that can't be opened has no picture to show; a file that is missing says so in its own place.
    pictures = [item for item in everything if item.error is None or not item.folder]
    unique = tuple(dict.fromkeys(item.path for item in inputs.without_results(pictures)))
    return Found(unique[:MOST], max(0, len(unique) - MOST))
