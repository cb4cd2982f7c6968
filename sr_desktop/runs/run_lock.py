"""Who is at a run: a lock on its folder, held for as long as the process that trains it lives, however it ends."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sr_desktop.errors import UsageError
from sr_desktop.runs.folder import RunFolder

_PATIENCE_S = 2.0
"""Someone who only looks whether the lock is held has it for a moment."""


@contextmanager
def claimed(run: RunFolder) -> Iterator[None]:
    """Hold the lock of a run.

    Raises:
        UsageError: Another process trains it.
    """
    handle = os.open(run.lock_file, os.O_RDWR | os.O_CREAT)
    try:
        end = time.monotonic() + _PATIENCE_S
        while not _lock(handle):
            if time.monotonic() > end:
                raise UsageError(f"The run in {run.path} goes on in another process.", "Wait for it, or stop it there.")
            time.sleep(0.02)
        yield
    finally:
        os.close(handle)  # and with it the lock


def is_claimed(run: RunFolder) -> bool:
    """Tell whether a process trains the run now."""
    if not Path(run.lock_file).exists():
        return False
    handle = os.open(run.lock_file, os.O_RDWR)
    try:
        return not _lock(handle)
    finally:
        os.close(handle)


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> bool:
        """Take the lock of an open file, if it is free."""
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(handle: int) -> bool:
        """Take the lock of an open file, if it is free."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
