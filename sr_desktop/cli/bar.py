"""A progress bar on a terminal, and nothing anywhere else."""

import shutil
import sys
import time
from typing import TextIO

_INTERVAL_S = 0.05
"""More than 20 a second tell nobody anything."""

_FIRST_ESTIMATE_S = 1.0
"""Before this, a guess at the time left would jump."""

_BAR_COLUMNS = 24


class Bar:
    """One line at the bottom of the terminal: what is at work, how far it is, how long it will take.

    Args:
        total: Units in all, such as files.
        stream: Where to; only a terminal gets a bar.
    """

    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stderr
        self._is_on = self._stream is not None and self._stream.isatty()
        self._total = total
        self._done = 0
        self._started_at = time.monotonic()
        self._shown_at = 0.0
        self._is_shown = False

    def advance(self) -> None:
        """Count one more unit as finished."""
        self._done += 1

    def grow(self, units: int) -> None:
        """Count more units in all."""
        self._total += units

    def show(self, part: float, text: str) -> None:
        """Show that `part` (0 to 1) of the next unit is done and that `text` is at work; at most 20 times a second."""
        now = time.monotonic()
        if not self._is_on or now - self._shown_at < _INTERVAL_S:
            return
        self._shown_at = now
        fraction = min((self._done + part) / max(self._total, 1), 1.0)
        self._write(self._line(fraction, text, now - self._started_at))

    def clear(self) -> None:
        """Take the line away, to make room for something else."""
        if self._is_shown:
            self._stream.write("\r" + " " * (_columns() - 1) + "\r")
            self._stream.flush()
            self._is_shown = False

    def _write(self, line: str) -> None:
        # One column stays free: writing into the last one would start a new line on some terminals.
        columns = _columns() - 1
        self._stream.write("\r" + line[:columns].ljust(columns))
        self._stream.flush()
        self._is_shown = True

    def _line(self, fraction: float, text: str, elapsed_s: float) -> str:
        full, empty = self._characters()
        filled = round(fraction * _BAR_COLUMNS)
        bar = full * filled + empty * (_BAR_COLUMNS - filled)
        left = ""
        if fraction > 0 and elapsed_s > _FIRST_ESTIMATE_S:
            left = f"  {duration(elapsed_s * (1 - fraction) / fraction)} left"
        return f"{bar} {fraction:4.0%}{left}  {text}"

    def _characters(self) -> tuple[str, str]:
        try:
            "█░".encode(self._stream.encoding or "ascii")
        except UnicodeEncodeError:
            return "#", "."
        return "█", "░"


def _columns() -> int:
    return shutil.get_terminal_size().columns


def duration(seconds: float) -> str:
    """Return a time as a person says it: `8 s`, `3 min 20 s`, `2 h 5 min`."""
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"
