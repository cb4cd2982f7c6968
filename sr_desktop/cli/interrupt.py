"""Ctrl+C as a request to end in good order, so that nothing half is left and what was done is said."""

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator


@contextlib.contextmanager
def heard(stop: Callable[[], None]) -> Iterator[None]:
    """During the block let Ctrl+C call `stop` instead of breaking in anywhere; behind it `KeyboardInterrupt` follows."""
    if not _can_be_interrupted():
        yield
        return
    was_pressed = False

    def press(*_: object) -> None:
        nonlocal was_pressed
        was_pressed = True
        stop()

    before = signal.signal(signal.SIGINT, press)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if was_pressed:
        raise KeyboardInterrupt


def _can_be_interrupted() -> bool:
    """Only the main thread gets signals, and not in a process that was started to ignore this one."""
    is_main = threading.current_thread() is threading.main_thread()
    return is_main and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
