"""How a run is told to stop: by Ctrl+C, by a file in its folder, or by the lines that a parent writes to its child."""

import signal
import sys
import threading
from pathlib import Path
from typing import BinaryIO

STOP, DETACH = b"stop", b"detach"

_LOOK_EVERY_S = 0.25


class Control:
    """Whether the run shall stop, for `train` to look at between steps.

    A line `stop` or the end of the input asks for it. After a line `detach` the end of the input is nothing, and
    neither is an output that nobody reads any more.
    """

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._ended = threading.Event()
        self.is_detached = False

    def is_stop_asked(self) -> bool:
        """Tell whether the run shall stop."""
        return self._stop.is_set()

    def ask_to_stop(self) -> None:
        """Ask the run to stop; it saves and ends between two steps."""
        self._stop.set()

    def listen(self, lines: BinaryIO) -> None:
        """Obey the lines of a parent process from now on, in a thread that never keeps the process alive."""
        threading.Thread(target=self._obey, args=(lines,), name="parent", daemon=True).start()

    def _obey(self, lines: BinaryIO) -> None:
        for line in lines:
            if line.strip() == STOP:
                self.ask_to_stop()
            elif line.strip() == DETACH:
                self.is_detached = True
        if not self.is_detached:
            self.ask_to_stop()

    def watch(self, path: Path) -> None:
        """Stop when a file appears, from now on until `end`: so a detached run is stopped, which has no parent."""
        path.unlink(missing_ok=True)  # it was meant for an earlier sitting
        threading.Thread(target=self._look_for, args=(path,), name="stop file", daemon=True).start()

    def _look_for(self, path: Path) -> None:
        while not self._ended.wait(_LOOK_EVERY_S):
            if path.exists():
                self.ask_to_stop()
                return

    def end(self) -> None:
        """Look for no file any more."""
        self._ended.set()

    def take_signals(self) -> None:
        """Let Ctrl+C and a request to terminate ask for a stop, from now on; a second Ctrl+C interrupts at once."""
        if threading.current_thread() is not threading.main_thread():
            return
        for name in ("SIGINT", "SIGTERM"):
            number = getattr(signal, name)
            if signal.getsignal(number) is not signal.SIG_IGN:
                signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, frame: object) -> None:
        if number == signal.SIGINT and self.is_stop_asked():
            raise KeyboardInterrupt
        self.ask_to_stop()


def parent_input() -> BinaryIO:
    """Return where the lines of a parent process come from.

    A buffered reader must not be shared with a daemon thread: the interpreter would wait for its lock at exit.
    """
    return open(sys.stdin.fileno(), "rb", buffering=0, closefd=False)  # a descriptor, for good
