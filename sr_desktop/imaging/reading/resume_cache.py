"""What is kept of a file between two readings, so that the second goes on where the first ended."""

from collections import OrderedDict
from pathlib import Path
from typing import Generic, TypeVar

_Value = TypeVar("_Value")


class Continued(Generic[_Value]):
    """Readings by file and number of what comes next in it; a file that has changed meanwhile is another one.

    Args:
        limit: The latest so many are kept.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[tuple[Path, int, int, int], _Value] = OrderedDict()

    def keep(self, path: Path, number: int, value: _Value) -> None:
        """Keep a reading for the one who asks for this number next."""
        if key := _key(path, number):
            self._kept[key] = value
        if len(self._kept) > self._limit:
            self._kept.popitem(last=False)

    def take(self, path: Path, number: int) -> _Value | None:
        """Return the reading that goes on with this number, which is then no longer kept; None if there is none."""
        key = _key(path, number)
        return self._kept.pop(key, None) if key else None


def _key(path: Path, number: int) -> tuple[Path, int, int, int] | None:
    try:
        status = path.stat()
    except OSError:  # which opening it says better
        return None
    return path, status.st_size, status.st_mtime_ns, number
