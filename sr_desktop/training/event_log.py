"""Writes a run's events down as they happen, with the monitor's notices among them."""

import time
from collections.abc import Iterator
from typing import Any, BinaryIO

from sr_desktop.monitor.monitor import Monitor
from sr_desktop.runs import events
from sr_desktop.runs.events import Event
from sr_desktop.runs.folder import RunFolder


class Journal:
    """The events of a run, on disk and to whoever listens.

    Args:
        run: The folder.
        keep_bytes: Length up to which the file is still true; what came after the last checkpoint will happen again.
        spent_s: Seconds of training before this sitting.
    """

    def __init__(self, run: RunFolder, keep_bytes: int, spent_s: float) -> None:
        self._began = time.monotonic() - spent_s
        self._file: BinaryIO = run.events_file.open("ab")
        self._file.truncate(keep_bytes)
        self.monitor = Monitor()
        self.monitor.feed_all(run.events())

    @property
    def bytes(self) -> int:
        """Length of the file so far."""
        return self._file.tell()

    @property
    def spent_s(self) -> float:
        """Seconds of training so far, over all sittings."""
        return time.monotonic() - self._began

    def tell(self, kind: str, step: int, **fields: Any) -> Iterator[Event]:  # noqa: ANN401  # the fields of any kind
        """Write an event and what the monitor says to it, and yield both; numbers are written as JSON has them."""
        event = {"event": kind, "step": step, "time_s": round(self.spent_s, 3), **fields}
        kept = self._write(event)
        yield kept
        for notice in self.monitor.feed(kept):
            yield self._write({**notice.to_event(), "time_s": event["time_s"]})

    def _write(self, event: Event) -> Event:
        """Write an event and return it as it can be read back, where numbers that are not finite are null."""
        line = events.to_line(event)
        self._file.write(line.encode("utf-8", "surrogateescape") + b"\n")
        self._file.flush()
        kept = events.from_line(line)
        assert kept is not None
        return kept

    def close(self) -> None:
        """Close the file."""
        self._file.close()
