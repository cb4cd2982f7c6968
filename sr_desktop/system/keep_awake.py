"""The machine kept from falling asleep while something long is at work."""

import contextlib
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence

log = logging.getLogger(__name__)

_ES_CONTINUOUS, _ES_SYSTEM_REQUIRED = 0x80000000, 0x00000001


@contextlib.contextmanager
def kept_awake() -> Iterator[None]:
    """Keep the machine awake during the block; the screen may go dark. Where the system has no way, nothing happens.

    Whatever ends this process ends it, too: Windows counts by thread, and the helpers elsewhere watch for our end.
    """
    if sys.platform == "win32":
        with _by_windows():
            yield
        return
    command = _command()
    if command is None:
        log.info("nothing here keeps the machine awake")
        yield
        return
    with _beside(command):
        yield


def _command() -> Sequence[str] | None:
    """Return a program that keeps the machine awake until its input ends, or we do."""
    if sys.platform == "darwin":
        return ["caffeinate", "-i", "-w", str(os.getpid())]
    if shutil.which("systemd-inhibit"):
        return ["systemd-inhibit", "--what=idle:sleep", "--who=sr_desktop", "--why=Pictures are enlarged", "cat"]
    return None


@contextlib.contextmanager
def _beside(command: Sequence[str]) -> Iterator[None]:
    # A session of its own: Ctrl+C is ours, and ends it through its input.
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet, start_new_session=True
    ) as process:
        try:
            yield
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.terminate()


@contextlib.contextmanager
def _by_windows() -> Iterator[None]:
    import ctypes

    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    kernel.SetThreadExecutionState(_ES_CONTINUOUS | _ES_SYSTEM_REQUIRED)
    try:
        yield
    finally:
        kernel.SetThreadExecutionState(_ES_CONTINUOUS)
