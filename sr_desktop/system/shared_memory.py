"""Memory that two processes see, for samples too large to go through a pipe.

Not `multiprocessing.shared_memory`: its objects must be closed by hand, while an array keeps a mapping alive by itself
for exactly as long as it needs it.
"""

import contextlib
import errno
import mmap
import os
import secrets
import sys
import tempfile
from pathlib import Path

_LINUX_MEMORY = Path("/dev/shm")
_NAME = "sr-desktop-"


def create(size: int) -> tuple[mmap.mmap, str]:
    """Return new shared memory and the name by which another process opens it; `forget` the name when it has.

    Raises:
        OSError: There is no room.
    """
    name = f"{_NAME}{os.getpid()}-{secrets.token_hex(8)}"
    if sys.platform == "win32":
        return mmap.mmap(-1, size, tagname=name), name
    for folder in (_LINUX_MEMORY, Path(tempfile.gettempdir())):
        path = folder / name
        try:
            return _mapped_file(path, size), str(path)
        except OSError:  # no such folder, or too small: containers often have 64 MB there
            path.unlink(missing_ok=True)
            if folder != _LINUX_MEMORY:
                raise
    raise AssertionError("the last folder raises")


def _mapped_file(path: Path, size: int) -> mmap.mmap:
    """Return a new file of `size` bytes in memory.

    Its room is looked at and not reserved, which would take as long as filling it: should it vanish meanwhile, that
    kills the process that fills it, which is not the one that called.
    """
    if hasattr(os, "statvfs"):
        disk = os.statvfs(path.parent)
        if disk.f_bavail * disk.f_frsize < size:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        os.ftruncate(descriptor, size)
        return mmap.mmap(descriptor, size)
    finally:
        os.close(descriptor)


def attach(name: str, size: int) -> mmap.mmap:
    """Return the shared memory that another process created.

    Raises:
        OSError: It is gone.
    """
    if sys.platform == "win32":
        return mmap.mmap(-1, size, tagname=name)
    descriptor = os.open(name, os.O_RDWR)
    try:
        return mmap.mmap(descriptor, size)
    finally:
        os.close(descriptor)


def forget(name: str) -> None:
    """Let the memory vanish with its last user; to be called once the other process has it, or is dead."""
    if sys.platform != "win32":
        Path(name).unlink(missing_ok=True)


def remove_orphans() -> None:
    """Let memory vanish whose process was killed before it could forget its name."""
    for folder in (_LINUX_MEMORY, Path(tempfile.gettempdir())):
        for path in folder.glob(f"{_NAME}*-*"):
            number = path.name.removeprefix(_NAME).partition("-")[0]
            if number.isdecimal() and not _is_alive(int(number)):
                with contextlib.suppress(OSError):  # another user's
                    path.unlink()


def _is_alive(process: int) -> bool:
    if sys.platform == "win32":  # there, memory has no file, and asking would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
