"""Where the monitor finds the story of a run: a run's folder, its events file, or another program's log."""

import zlib
from collections.abc import Iterator
from pathlib import Path

from sr_desktop.runs import csv_logs, events
from sr_desktop.runs.csv_logs import LogError
from sr_desktop.runs.events import Event
from sr_desktop.runs.folder import RunFolder

LOGS = (".csv", ".csv.gz", ".jsonl", ".jsonl.gz")
"""How the names of logs end, as a rule; any other file is read as CSV if it is named."""


def events_of(path: Path) -> list[Event]:
    """Return the events in a run's folder, an `events.jsonl`, or a CSV log, oldest first; files may be gzipped.

    Raises:
        LogError: There is nothing that can be read.
    """
    if path.is_dir():
        return _told(path, RunFolder(path).events())
    if path.name.removesuffix(".gz").endswith(".jsonl"):
        return _told(path, events.read(path))
    return csv_logs.read_log(path)


def _told(path: Path, found: Iterator[Event]) -> list[Event]:
    try:
        told = list(found)
    except FileNotFoundError as error:
        raise LogError(f"There is no file {path}.", "Check the path.") from error
    except OSError as error:
        raise LogError(f"{path.name} can't be read: {error.strerror or error}.", "Check the file.") from error
    except (EOFError, zlib.error) as error:
        raise LogError(f"{path.name} is broken: {error}.", "Get it again.") from error
    if not told:
        raise LogError(
            f"{path.name} holds no events of a training run.", "Name a run's folder, its events or a CSV log."
        )
    return told
