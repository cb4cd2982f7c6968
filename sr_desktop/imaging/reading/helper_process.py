"""The helper process in which pictures are decoded: what a hostile file breaks, breaks there.

One request at a time: path and limit come in; first the header goes out; then, unless the picture is small, a wish for
shared memory; when its samples are there, the rest of the picture.
"""

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from sr_desktop.errors import DamagedImageError, UnreadableImageError
from sr_desktop.imaging.raster import Change, Metadata, Raster
from sr_desktop.imaging.reading.in_process import Header, read_here, size_here
from sr_desktop.system import shared_memory

_BYTES_PER_PIXEL = 32
"""Room for 16-bit RGBA as stored, as decoded and as turned upright, and for what a decoder needs."""

_ROOM_BYTES = 1 << 30
"""Room beside the pixels: the compressed file, profiles, blocks on their way through threads."""


_FEW_BYTES = 1 << 20
"""Up to here a pipe is quicker than making shared memory and waiting twice more for the other process."""


@dataclass(frozen=True, slots=True)
class Request:
    """What the parent asks for.

    Attributes:
        path: The file.
        limit_pixels: As for `reading.read`.
        header_only: Whether the size is enough.
        salvage: As for `reading.read`.
        frame: As for `reading.read`.
        strip: As for `unguarded.read_here`.
    """

    path: Path
    limit_pixels: int
    header_only: bool
    salvage: bool = False
    frame: int | None = None
    strip: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the file can't be read."""

    title: str
    hint: str
    is_damaged: bool


@dataclass(frozen=True, slots=True)
class RoomRequest:
    """Bytes of shared memory that the process needs for samples; it is answered with a name, empty for no."""

    size: int


@dataclass(frozen=True, slots=True)
class Outline:
    """A decoded picture whose samples are in the room it asked for, unless they are few and come along.

    Attributes:
        shape: H×W×C.
        dtype: Name of the samples' type.
        metadata: As in `Raster`.
        format: As in `Raster`.
        changes: As in `Raster`.
        content: The samples, if they are few.
    """

    shape: tuple[int, ...]
    dtype: str
    metadata: Metadata
    format: str
    changes: tuple[Change, ...]
    content: bytes


def serve(connection: Connection, prepare: Callable[[], None] | None = None) -> None:
    """Answer requests until the parent is gone; runs in a process of its own.

    Args:
        connection: To the parent.
        prepare: Called once before; tests break something with it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the parent's business, which then ends us
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # what decoders print about broken files is of no use to anybody
    if prepare is not None:
        prepare()
    with contextlib.suppress(EOFError, ConnectionError):
        connection.send("ready")
        while True:
            _answer(connection, connection.recv())


def _answer(connection: Connection, request: Request) -> None:
    """Send what the parent asked for, or why not."""

    def announce(header: Header) -> None:
        connection.send(header)
        _limit_memory(header.width * (header.height if request.strip is None else header.strip_rows))

    _limit_memory(0)
    limit_pixels = request.limit_pixels
    try:
        if request.header_only:
            connection.send(size_here(request.path, limit_pixels=limit_pixels, frame=request.frame))
            return
        raster = read_here(
            request.path,
            limit_pixels=limit_pixels,
            salvage=request.salvage,
            frame=request.frame,
            strip=request.strip,
            announce=announce,
        )
    except UnreadableImageError as error:
        connection.send(Refusal(error.title, error.hint, isinstance(error, DamagedImageError)))
    else:
        _hand_over(connection, raster)


def _hand_over(connection: Connection, raster: Raster) -> None:
    """Put the samples where the parent sees them and send the rest."""
    samples = raster.samples
    content = samples.tobytes() if samples.nbytes <= _FEW_BYTES else b""
    if not content:
        connection.send(RoomRequest(samples.nbytes))
        name = connection.recv()
        if not name:  # which the parent knows
            return
        shared = np.frombuffer(shared_memory.attach(name, samples.nbytes), samples.dtype)
        shared.reshape(samples.shape)[...] = samples
    connection.send(Outline(samples.shape, samples.dtype.name, raster.metadata, raster.format, raster.changes, content))


def _limit_memory(pixels: int) -> None:
    """Bound what a picture of so many pixels may take, where the system can: a decoder then fails, and only it."""
    if sys.platform != "linux":
        return
    import resource

    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + _ROOM_BYTES + pixels * _BYTES_PER_PIXEL
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
