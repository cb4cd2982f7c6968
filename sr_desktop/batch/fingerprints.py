"""How a file is known again: by its size and time at a glance, by its content when in doubt."""

import errno
import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Glance:
    """What the system says about a file."""

    size: int
    mtime_ns: int


def glance(path: Path) -> Glance:
    """Return what the system says about a file.

    Raises:
        OSError: It is gone.
    """
    status = path.stat()
    return Glance(status.st_size, status.st_mtime_ns)


def digest(path: Path) -> str:
    """Return a text that is the same for the same content, and only then.

    Raises:
        OSError: The file can't be read, or is none: a device or a pipe may never end.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
    hashed = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            hashed.update(block)
    return hashed.hexdigest()
