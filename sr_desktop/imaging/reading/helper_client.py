"""The parent's side of the helper process: starts it, gives it time, starts it again after a crash."""

import contextlib
import mmap
import multiprocessing
import os
import signal
import sys
import threading
import types
from collections.abc import Callable, Iterator
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np

from sr_desktop.errors import DamagedImageError, UnreadableImageError
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.reading import helper_process
from sr_desktop.imaging.reading.helper_process import Outline, Refusal, Request, RoomRequest
from sr_desktop.imaging.reading.in_process import Header
from sr_desktop.system import shared_memory
from sr_desktop.system.file_names import shown

HEADER_SECONDS = 20.0
SECONDS_PER_MEGAPIXEL = 0.5
"""What a decoder may take; ordinary files need a thousandth."""

_START_SECONDS = 60.0
"""Starting Python and importing numpy on a slow disk."""


@contextlib.contextmanager
def _nameless_main() -> Iterator[None]:
    """Keep a new process from importing the program's main module again.

    It needs nothing from there; importing it takes time, and a script without the customary guard would start over.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = types.ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Let a process start with Ctrl+C blocked: until it says that it ignores it, it would die of it with a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # when it has to start it first, Process.start unblocks them again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class Helper:
    """A process that decodes, one picture at a time, for any thread.

    Args:
        prepare: Called in the process when it starts; for tests.
        header_seconds: Time for a header, and for anything else beside the time by size.
    """

    def __init__(self, prepare: Callable[[], None] | None = None, header_seconds: float = HEADER_SECONDS) -> None:
        self._prepare = prepare
        self._header_seconds = header_seconds
        self._lock = threading.RLock()
        self._process: BaseProcess | None = None
        self._connection: Connection | None = None
        self._owner = 0
        self._is_new = True

    def start(self) -> None:
        """Start the process unless it runs; don't wait for it."""
        with self._lock:
            if self._owner != os.getpid():  # a fork must not talk through the original's pipe
                self._process = self._connection = None
            if self._process is not None and self._process.is_alive():
                return
            context = multiprocessing.get_context("spawn")
            self._connection, theirs = context.Pipe()
            self._process = context.Process(target=helper_process.serve, args=(theirs, self._prepare), daemon=True)
            with _nameless_main(), _interrupts_blocked():
                self._process.start()
            theirs.close()
            self._owner, self._is_new = os.getpid(), True

    def stop(self) -> None:
        """End the process, whatever it does."""
        with self._lock:
            if self._process is not None and self._owner == os.getpid():
                self._process.kill()
                self._process.join()
            if self._connection is not None:
                self._connection.close()
            self._process = self._connection = None

    def header(self, path: Path, limit_pixels: int, frame: int | None = None) -> Header:
        """Return what a file's header says.

        Raises:
            UnreadableImageError: It can't be read.
        """
        with self._conversation(path):
            self._send(Request(path.absolute(), limit_pixels, header_only=True, frame=frame))
            return self._header(path)

    def raster(
        self,
        path: Path,
        limit_pixels: int,
        *,
        salvage: bool = False,
        frame: int | None = None,
        strip: int | None = None,
    ) -> Raster:
        """Return the picture in a file, as `reading.read` does, or one strip of it.

        Raises:
            UnreadableImageError: It can't be read.
        """
        with self._conversation(path):
            self._send(
                Request(path.absolute(), limit_pixels, header_only=False, salvage=salvage, frame=frame, strip=strip)
            )
            header = self._header(path)
            seconds = self._header_seconds + SECONDS_PER_MEGAPIXEL * header.width * header.height / 1e6
            outline, memory = self._fetch(path, seconds)
        array = np.frombuffer(memory or outline.content, outline.dtype).reshape(outline.shape)
        return Raster(array, outline.metadata, outline.format, outline.changes)

    def _fetch(self, path: Path, seconds: float) -> tuple[Outline, mmap.mmap | None]:
        """Return the picture, and the memory with its samples if the process asked for some."""
        answer = self._receive(path, seconds)
        if isinstance(answer, Outline):
            return answer, None
        assert isinstance(answer, RoomRequest)  # the process speaks the same protocol
        memory, name = self._room(path, answer.size)
        try:
            self._send(name)
            outline = self._receive(path, seconds)
        finally:
            shared_memory.forget(name)
        assert isinstance(outline, Outline)
        return outline, memory

    def _room(self, path: Path, size: int) -> tuple[mmap.mmap, str]:
        try:
            return shared_memory.create(size)
        except (OSError, MemoryError) as error:
            self._send("")
            raise UnreadableImageError(
                f"There is not enough memory for {shown(path)}.", "Close other programs or choose a smaller picture."
            ) from error

    @contextlib.contextmanager
    def _conversation(self, path: Path) -> Iterator[None]:
        """Have the process to ourselves; end it whenever it may still be about to say something."""
        with self._lock:
            try:
                self._start_and_wait()
                yield
            except UnreadableImageError:
                raise  # said by the process, which waits for the next request, or by us after ending it
            except (EOFError, ConnectionError) as error:
                self.stop()
                raise UnreadableImageError(
                    f"{shown(path)} made its decoder crash.", "It is damaged, or made to do harm."
                ) from error
            except BaseException:
                self.stop()
                raise

    def _start_and_wait(self) -> None:
        self.start()
        if self._is_new:
            connection = self._connection
            try:
                started = connection is not None and connection.poll(_START_SECONDS) and connection.recv()
            except EOFError:
                started = False
            if not started:
                raise RuntimeError("the process that decodes pictures does not start")
            self._is_new = False

    def _send(self, message: Request | str) -> None:
        assert self._connection is not None  # inside a conversation
        self._connection.send(message)

    def _receive(self, path: Path, seconds: float) -> object:
        """Return the process's next answer, or raise its refusal."""
        assert self._connection is not None  # inside a conversation
        if not self._connection.poll(seconds):
            self.stop()
            raise UnreadableImageError(f"{shown(path)} takes too long to decode.", "It is damaged, or made to do harm.")
        answer: object = self._connection.recv()
        if isinstance(answer, Refusal):
            raise (DamagedImageError if answer.is_damaged else UnreadableImageError)(answer.title, answer.hint)
        return answer

    def _header(self, path: Path) -> Header:
        answer = self._receive(path, self._header_seconds)
        assert isinstance(answer, Header)  # the process speaks the same protocol
        return answer


HELPER = Helper()
"""The one that this program uses."""
