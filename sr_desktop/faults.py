"""What is kept when something breaks: a log of each kind of process, and where Python was when the process crashed."""

import contextlib
import faulthandler
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from sr_desktop import paths

LARGEST_LOG_BYTES, OLDER_LOGS = 500_000, 2
"""A log this large becomes `….log.1` and a new one is begun; with the older ones it still goes into a letter."""

log = logging.getLogger(__name__)


def log_path(role: str) -> Path:
    """Return where the log of a kind of process is: `window`, or `command-line`."""
    return paths.logs() / f"{role}.log"


def crash_path(role: str) -> Path:
    """Return where a process of that kind writes while it crashes; what it wrote is found there at the next start."""
    return paths.logs() / f"{role}-crash.txt"


def last_crash_path(role: str) -> Path:
    """Return where the last crash is kept once a later start has seen it."""
    return paths.logs() / f"{role}-last-crash.txt"


@contextlib.contextmanager
def watched(role: str) -> Iterator[str]:
    """Log warnings and faults of everything in this process during the block, and keep a dump if it crashes.

    Where the folder of logs can't be written to, nothing is kept; `doctor` reports such a folder.

    Yields:
        What an earlier process of that kind left when it crashed; empty if none did.
    """
    with contextlib.ExitStack() as stack:
        crash = _set_crash_aside(role)
        stack.enter_context(_logging(role))
        stack.enter_context(_hooks())
        stack.enter_context(_dumping(role))
        yield crash


@contextlib.contextmanager
def _logging(role: str) -> Iterator[None]:
    root, ours = logging.getLogger(), logging.getLogger("sr_desktop")
    handler, level = _handler(role), ours.level
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    ours.setLevel(logging.INFO)
    try:
        yield
    finally:
        ours.setLevel(level)
        root.removeHandler(handler)
        handler.close()


def _handler(role: str) -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # here: it takes longer to load than the help does to be shown

    class Rotating(RotatingFileHandler):
        def rotate(self, source: str, dest: str) -> None:
            with contextlib.suppress(OSError):  # on Windows another process may have it open; then it grows on
                super().rotate(source, dest)

    try:
        paths.logs().mkdir(parents=True, exist_ok=True)
        return Rotating(log_path(role), maxBytes=LARGEST_LOG_BYTES, backupCount=OLDER_LOGS, encoding="utf-8")
    except OSError:  # a home that can't be written to is no reason not to upscale
        return logging.NullHandler()


@contextlib.contextmanager
def _hooks() -> Iterator[None]:
    """Log what nobody catches in other threads and in destructors; the former hooks are called after that."""
    in_thread, unraisable = threading.excepthook, sys.unraisablehook

    def log_in_thread(found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None and found.exc_type is not SystemExit:
            name = found.thread.name if found.thread is not None else "a thread that is gone"
            log.error("unexpected in %s", name, exc_info=found.exc_value)
        in_thread(found)

    def log_unraisable(found: "sys.UnraisableHookArgs") -> None:
        log.error("unexpected: %s", found.err_msg or "in a destructor", exc_info=found.exc_value)
        unraisable(found)

    threading.excepthook, sys.unraisablehook = log_in_thread, log_unraisable
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = in_thread, unraisable


@contextlib.contextmanager
def _dumping(role: str) -> Iterator[None]:
    """Let the interpreter write all stacks into a file when the process crashes.

    The file is emptied at the end: on Windows the interpreter also dumps for exceptions that the system handles itself.
    """
    if faulthandler.is_enabled():  # whoever runs it with PYTHONFAULTHANDLER wants to see it in the terminal
        yield
        return
    try:
        file = crash_path(role).open("a+b")
    except OSError:
        yield
        return
    with file:
        begin = file.seek(0, 2)
        faulthandler.enable(file)
        try:
            yield
        finally:
            faulthandler.disable()
            file.truncate(begin)


def _set_crash_aside(role: str) -> str:
    try:
        with crash_path(role).open("r+b") as file:
            found = file.read()
            if found.strip():
                last_crash_path(role).write_bytes(found)
                file.truncate(0)  # not removed or renamed: another process may write into it
    except OSError:  # usually it isn't there; if it can't be read, nobody can tell what it says
        return ""
    return found.decode(errors="replace").strip()
