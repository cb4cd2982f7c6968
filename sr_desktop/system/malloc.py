"""What the C library does with memory that is free again; on Linux with glibc, and nothing elsewhere.

By itself glibc gives free memory back to the system when it is twice the largest piece that was ever mapped. For the
buffers of a network that is after every layer, and the system clears each page anew: 2,000 times a tile with one thread,
7,700 times with two, which then took half as much processor time again (28 to 39 ms a tile instead of 19 to 24). Pictures
of 600×400 took a seventh more time, and of 3000×2000 a tenth.
"""

import ctypes
import os
import sys
from typing import Any

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Parameters of glibc's `mallopt`."""

_MAPPED_BYTES = 1 << 25
"""From here on memory is mapped, and given back at once; the most that glibc allows."""

_KEPT_BYTES = 1 << 25
"""So much for each core: three of a network's buffers. With four times as much, pictures took 100 MB more at their peak."""

_MOST = 1 << 30
"""`mallopt` takes 31 bits."""


def keep_freed() -> None:
    """Keep free memory for what comes next."""
    if found := _glibc():
        found.mallopt(_MMAP_THRESHOLD, _MAPPED_BYTES)
        found.mallopt(_TRIM_THRESHOLD, min(_KEPT_BYTES * (os.cpu_count() or 1), _MOST))


def share_freed() -> None:
    """Let all threads use the same free memory; only before a second thread begins, and where pictures are enlarged.

    Otherwise threads after the first have memory of their own, in parts of 64 MB that come and go: a batch took 650 MB
    instead of 450. In training two threads ask for small pieces all the time and would wait for each other: steps of 16
    patches took a quarter more time.
    """
    if found := _glibc():
        found.mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Give free memory back to the system."""
    if found := _glibc():
        found.malloc_trim(0)


def _glibc() -> Any:  # noqa: ANN401  (a library has the functions that it has)
    library = ctypes.CDLL(None) if sys.platform.startswith("linux") else None
    return library if hasattr(library, "malloc_trim") else None  # musl has none
