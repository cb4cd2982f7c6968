"""Room for large arrays: in memory up to a limit, beyond it on disk, where the system keeps what is looked at."""

import errno
import math
import mmap
import os
import tempfile
from collections.abc import Callable
from typing import Any, BinaryIO, TypeAlias

import numpy as np
from numpy.typing import DTypeLike, NDArray

from sr_desktop import paths
from sr_desktop.errors import UserError

PIXELS_IN_MEMORY = 64_000_000
"""Larger pictures we make live on disk: 64 megapixels of RGB are 192 MB, and there may be several."""

_CHUNK = bytes(1 << 22)

Allocate: TypeAlias = Callable[[tuple[int, ...], DTypeLike], NDArray[Any]]
"""Gives an H×W×C array of a type, its content undefined."""


def allocate(shape: tuple[int, ...], dtype: DTypeLike) -> NDArray[Any]:
    """Return an array for a picture of H×W×C samples: in memory if it is small enough, else in a file.

    The file has no name: it is gone with the last array that looks at it, also after a crash.

    Raises:
        UserError: The disk has no room for it.
    """
    if shape[0] * shape[1] <= PIXELS_IN_MEMORY:
        return np.empty(shape, dtype)
    return _on_disk(shape, np.dtype(dtype))


def _on_disk(shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
    folder = paths.cache()
    size = math.prod(shape) * dtype.itemsize
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            _reserve(file, size)
            mapped = mmap.mmap(file.fileno(), size)
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise
        raise UserError(
            f"The disk has no room for the {size / 1e9:.1f} GB that this result takes.",
            f"Free some space on the disk that holds {folder}, or choose a smaller size.",
        ) from error
    return np.frombuffer(mapped, dtype).reshape(shape)


def _reserve(file: BinaryIO, size: int) -> None:
    """Take the space now: a mapped file that finds the disk full later ends the program."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file.fileno(), 0, size)
        return
    for start in range(0, size, len(_CHUNK)):
        file.write(_CHUNK[: size - start])
    file.flush()
