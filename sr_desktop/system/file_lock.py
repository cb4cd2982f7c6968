"""A lock on a file that dies with its process, however that ends."""

import errno
import logging
import os
import sys
from pathlib import Path
from typing import BinaryIO

log = logging.getLogger(__name__)

_BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_HELD_BYTE = 1 << 30
"""Windows keeps others from reading what is locked; so one byte far behind the text is."""


class Lock:
    """A lock that one process has at a time.

    Raises:
        BlockingIOError: Another process has it.
        OSError: The file can't be opened.
    """

    def __init__(self, path: Path) -> None:
        self._file: BinaryIO = path.open("a+b")
        try:
            _take(self._file)
        except OSError as error:
            self._file.close()
            if error.errno in _BUSY:
                raise BlockingIOError(error.errno, "another process has it") from error
            # Some shares know no locks. Going on without is better than not at all: there is one person, mostly.
            log.warning("%s can't be locked: %s", path, error)
            return
        self._file.truncate(0)
        self._file.write(str(os.getpid()).encode())
        self._file.flush()

    def release(self) -> None:
        """Let another process have it."""
        self._file.close()


def holder(path: Path) -> str:
    """Return the number of the process that has, or last had, the lock; empty if it doesn't say."""
    try:
        return path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _take(file: BinaryIO) -> None:
    if sys.platform == "win32":
        import msvcrt

        file.seek(_HELD_BYTE)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(0)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
