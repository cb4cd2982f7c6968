"""Copies of results that other programs read after a drag: kept for a day, then removed."""

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

from sr_desktop import paths
from sr_desktop.progress import Progress, Task

KEPT_SECONDS = 24 * 3600
"""Some programs read a file that was dropped on them only when it is used."""


def new_path(name: str) -> Path:
    """Return a path with this name in a folder of its own."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    return Path(mkdtemp(dir=folder)) / name


def remove_old() -> Task[None]:
    """Remove copies that nobody will ask for any more; one that can't be removed waits for the next time."""
    for folder in list(_old()):
        shutil.rmtree(folder, ignore_errors=True)
        yield Progress(0, 1)


def _old() -> Iterator[Path]:
    if _folder().is_dir():
        for folder in _folder().iterdir():
            if time.time() - folder.stat().st_mtime > KEPT_SECONDS:
                yield folder


def _folder() -> Path:
    return paths.cache() / "outgoing"
