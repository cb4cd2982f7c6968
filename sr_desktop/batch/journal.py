r"""What is known of each result in an output folder, kept so that a killed run costs nothing.

A file of JSON lines in a hidden folder, only ever appended to. Whatever is killed when, at most its last line is half;
it is cut off by the next run. A line is on the disk before what it announces happens, or after what it reports has.

    {"session": "4f1d2c3a"}
    {"result": "a/b.png", "state": "running", "made_with": "…", "source": [size, mtime_ns, digest], "fresh": true}
    {"result": "a/b.png", "state": "done", …, "written": [size, mtime_ns]}
"""

import errno
import json
import os
import sys
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sr_desktop.batch.fingerprints import Glance
from sr_desktop.errors import UserError
from sr_desktop.imaging.writing import writer
from sr_desktop.system import atomic_write
from sr_desktop.system.file_lock import Lock, holder

FOLDER = ".sr_desktop"
NAME = "journal.jsonl"
LOCK_NAME = "lock"

_LINES_PER_RESULT = 6
"""With more than that, and a thousand, the journal is written anew when it is opened."""

_FILE_ATTRIBUTE_HIDDEN = 2

State = Literal["running", "done", "failed"]


class JournalBusyError(UserError):
    """Another process converts into the same folder."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is known of one result.

    Attributes:
        state: `running` is also what a killed run leaves behind.
        made_with: As from `options.made_with`.
        source: The input at a glance.
        digest: The input's content.
        fresh: Whether no such file was there when it was begun, so that one that is there now is of our making.
        written: The finished result at a glance.
        error: Why it failed, as title and hint.
    """

    state: State
    made_with: str = ""
    source: Glance | None = None
    digest: str = ""
    fresh: bool = False
    written: Glance | None = None
    error: tuple[str, str] | None = None

    def fields(self) -> dict[str, Any]:
        """Return the record for JSON."""
        source = [self.source.size, self.source.mtime_ns, self.digest] if self.source else None
        written = [self.written.size, self.written.mtime_ns] if self.written else None
        named = {"made_with": self.made_with, "source": source, "fresh": self.fresh, "written": written}
        return {"state": self.state} | {key: value for key, value in (named | {"error": self.error}).items() if value}


def is_there(home: Path) -> bool:
    """Tell whether an output folder with a journal can be seen; it can't while its disk or share is away."""
    return (home / FOLDER / NAME).is_file()


def read(home: Path) -> Mapping[str, Record]:
    """Return what is known of the results in an output folder, by their path below it; nothing if there is no journal.

    Raises:
        UserError: The journal can't be read.
    """
    try:
        content = (home / FOLDER / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise UserError(f"The journal of {home} can't be read: {error.strerror}.", "Check the disk.") from error
    return _parsed(content)[0]


class Journal:
    """The journal of one output folder, which nobody else has while this is open; any thread may note.

    Args:
        home: The output folder; it is made if it isn't there.

    Raises:
        JournalBusyError: Another process has it.
        UserError: It can't be written.
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._path = home / FOLDER / NAME
        self._turn = threading.Lock()
        self._was_away = self._is_torn = False
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._open()
        except OSError as error:
            reason = error.strerror or str(error)
            raise UserError(f"{home} can't be converted into: {reason}.", "Choose another output folder.") from error

    def _open(self) -> None:
        _hide(self._path.parent)
        self._lock = self._locked()
        content = self._path.read_bytes() if self._path.exists() else b""
        self.records, sessions = _parsed(content)
        self._remove_leftovers(sessions - {writer.SESSION})
        lines = content.count(b"\n")
        if not content.endswith(b"\n") or lines > max(1000, _LINES_PER_RESULT * len(self.records)):
            atomic_write.write_whole(self._path, b"".join(_line(key, record) for key, record in self.records.items()))
        self._file = self._path.open("ab", buffering=0)
        self._is_torn = False
        self._append(json.dumps({"session": writer.SESSION}).encode() + b"\n")

    def _locked(self) -> Lock:
        path = self._path.with_name(LOCK_NAME)
        try:
            return Lock(path)
        except BlockingIOError as error:
            number = holder(path)
            who = f" (process {number})" if number else ""
            raise JournalBusyError(
                f"Another sr_desktop{who} is converting into {self.home}.", "Wait until it has finished, or stop it."
            ) from error

    def _remove_leftovers(self, sessions: set[str]) -> None:
        """Remove the unfinished files of runs that were killed."""
        folders = {(self.home / key).parent for key, record in self.records.items() if record.state == "running"}
        folders = {folder for folder in folders if ".." not in folder.parts}  # whatever the file says, only below it
        for folder in folders:
            for session in sessions:
                for path in folder.glob(writer.unfinished(session)):
                    path.unlink(missing_ok=True)

    def key(self, result: Path) -> str:
        """Return what a result is called in the journal."""
        return key(self.home, result)

    def note(self, result: str, record: Record) -> None:
        """Keep what is known of a result; it is on the disk when this returns.

        Raises:
            OSError: The disk is full, or gone.
        """
        with self._turn:
            self._append(_line(result, record))
            self.records[result] = record

    def _append(self, line: bytes) -> None:
        """Write a line; behind one that a full disk has cut short it begins anew."""
        content = (b"\n" if self._is_torn else b"") + line
        self._is_torn = True
        if self._file.write(content) != len(content):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))
        self._is_torn = False
        os.fsync(self._file.fileno())

    def reopen(self) -> None:
        """Open it once more, after its disk or share was away; what was noted in vain is noted again.

        Raises:
            JournalBusyError: Another process has it now.
            OSError: It is still away.
        """
        with self._turn:
            known = self.records
            self._close()
            self._open()
            self._was_away = True
            missing = {result: record for result, record in known.items() if self.records.get(result) != record}
            for result, record in missing.items():
                self._append(_line(result, record))
            self.records = {**self.records, **missing}

    def close(self) -> None:
        """Let another process have it; nothing may be at work any more."""
        with self._turn:
            if self._was_away:  # unfinished files that could not be removed then
                self._remove_leftovers({writer.SESSION})
            self._close()

    def _close(self) -> None:
        self._file.close()
        self._lock.release()


def key(home: Path, result: Path) -> str:
    """Return what a result is called in the journal of its output folder."""
    return os.path.relpath(result, home).replace(os.sep, "/")


def _line(result: str, record: Record) -> bytes:
    return json.dumps({"result": result} | record.fields()).encode("ascii") + b"\n"


def _parsed(content: bytes) -> tuple[dict[str, Record], set[str]]:
    """Return the last record of each result, and the names of all sessions; lines that make no sense are skipped."""
    records: dict[str, Record] = {}
    sessions: set[str] = set()
    for fields in _objects(content):
        session = fields.get("session")
        if isinstance(session, str) and session.isalnum():  # it becomes part of a pattern for names
            sessions.add(session)
        record = _record(fields)
        if record is not None and isinstance(fields.get("result"), str):
            records[fields["result"]] = record
    return records, sessions


def _objects(content: bytes) -> Iterator[dict[str, Any]]:
    for line in content.split(b"\n"):
        try:
            fields = json.loads(line)
        except ValueError:  # half a line, the last thing that a killed run wrote
            continue
        if isinstance(fields, dict):
            yield fields


def _record(fields: dict[str, Any]) -> Record | None:
    if fields.get("state") not in ("running", "done", "failed"):
        return None
    try:
        source, written, error = fields.get("source"), fields.get("written"), fields.get("error")
        return Record(
            fields["state"],
            str(fields.get("made_with", "")),
            Glance(int(source[0]), int(source[1])) if source else None,
            str(source[2]) if source else "",
            bool(fields.get("fresh")),
            Glance(int(written[0]), int(written[1])) if written else None,
            (str(error[0]), str(error[1])) if error else None,
        )
    except (TypeError, ValueError, IndexError, KeyError):
        return None


def _hide(folder: Path) -> None:
    """Hide a folder where a dot does not."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetFileAttributesW(str(folder), _FILE_ATTRIBUTE_HIDDEN)
