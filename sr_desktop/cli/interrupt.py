"""Ctrl+C held back while a file gets its name, so that nothing half is left and what was done is said."""

import signal
import threading
from types import TracebackType
from typing import Any


class Gate:
    """Within it, Ctrl+C raises `KeyboardInterrupt` at once while the gate is open; otherwise when it opens or ends."""

    def __init__(self) -> None:
        self._is_open = True
        self._was_pressed = False
        self._before: Any = None
        self._is_set = False

    def __enter__(self) -> "Gate":
        if self._can_be_interrupted():
            self._before = signal.signal(signal.SIGINT, self._on_interrupt)
            self._is_set = True
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_set:
            signal.signal(signal.SIGINT, self._before)
        if self._was_pressed and error is None:
            raise KeyboardInterrupt

    def close(self) -> None:
        """From now on let nothing interrupt."""
        self._is_open = False

    def open(self) -> None:
        """Let interrupts through again; one that waits comes now."""
        if self._was_pressed:
            raise KeyboardInterrupt
        self._is_open = True

    def _on_interrupt(self, *_: object) -> None:
        self._was_pressed = True
        if self._is_open:
            self._is_open = False  # what is cleaned up now is not interrupted by a second press
            raise KeyboardInterrupt

    @staticmethod
    def _can_be_interrupted() -> bool:
        """Only the main thread gets signals, and not in a process that was started to ignore this one."""
        is_main = threading.current_thread() is threading.main_thread()
        return is_main and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
