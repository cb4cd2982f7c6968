"""Room for large arrays: in memory up to a limit, beyond it on disk, where the system keeps what is looked at."""

import errno
import math
import mmap
import os
import shutil
import tempfile
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TypeAlias

import numpy as np
from numpy.typing import DTypeLike, NDArray

from sr_desktop import paths
from sr_desktop.errors import UserError

PIXELS_IN_MEMORY = 64_000_000
"""Larger pictures live on disk: 64 megapixels of RGB are 192 MB."""

BYTES_IN_MEMORY = 1_000_000_000
"""What all open pictures together may take before further ones live on disk, however small."""

FREE_BYTES_LEFT = 1_000_000_000
"""A disk is not filled further than this: other programs want to save something too."""

_CHUNK = bytes(1 << 22)

Allocate: TypeAlias = Callable[[tuple[int, ...], DTypeLike], NDArray[Any]]
"""Gives an H×W×C array of a type, its content undefined."""

_lock = threading.RLock()  # an array may be freed, and counted, while another one is being counted
_used_bytes = 0


def allocate(shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """Return an array for a picture of H×W×C samples, in memory if there is room for it, else in a file.

    The file has no name: it is gone with the last array that looks at it, also after a crash.

    Raises:
        UserError: The disk has no room for it.
    """
    size = math.prod(shape) * np.dtype(dtype).itemsize
    if shape[0] * shape[1] <= PIXELS_IN_MEMORY and _reserve_memory(size):
        return _counted(np.empty(shape, dtype))
    return _on_disk(shape, np.dtype(dtype))


def keep(samples: NDArray[Any]) -> NDArray[Any]:
    """Return samples that were made in memory, moved to disk if all pictures together take too much already.

    Raises:
        UserError: The disk has no room for them.
    """
    if _reserve_memory(samples.nbytes):
        return _counted(samples)
    moved = _on_disk(samples.shape, samples.dtype)
    moved[:] = samples
    return moved


def used_bytes() -> int:
    """Return how much memory all arrays from here take that still live."""
    return _used_bytes


def _reserve_memory(size: int) -> bool:
    global _used_bytes
    with _lock:
        if _used_bytes + size > BYTES_IN_MEMORY:
            return False
        _used_bytes += size
        return True


def _counted(array: NDArray[Any]) -> NDArray[Any]:
    """Give back what was reserved for an array when it is freed."""
    weakref.finalize(array, _free_memory, array.nbytes).atexit = False
    return array


def _free_memory(size: int) -> None:
    global _used_bytes
    with _lock:
        _used_bytes -= size


def _on_disk(shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
    folder = paths.cache()
    size = math.prod(shape) * dtype.itemsize
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(folder).free - size < FREE_BYTES_LEFT:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        with tempfile.TemporaryFile(dir=folder) as file:
            _reserve_disk(file, size)
            mapped = mmap.mmap(file.fileno(), size)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise _no_room(folder, size) from error
    return np.frombuffer(mapped, dtype).reshape(shape)


def _reserve_disk(file: BinaryIO, size: int) -> None:
    """Take the space now: a mapped file that finds the disk full later ends the program."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file.fileno(), 0, size)
        return
    for start in range(0, size, len(_CHUNK)):
        file.write(_CHUNK[: size - start])
    file.flush()


def _no_room(folder: Path, size: int) -> UserError:
    return UserError(
        f"The disk has no room for the {size / 1e9:.1f} GB that this picture takes.",
        f"Free some space on the disk that holds {folder}, close pictures, or choose a smaller size.",
    )
