"""The story of each file as a table for a spreadsheet."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from sr_desktop.errors import UserError
from sr_desktop.system import atomic_write

_COLUMNS = ("input", "output", "status", "width", "height", "bytes", "seconds", "changed", "error", "hint")


class Line(Protocol):
    """What the table says of one file; None where there is nothing to say."""

    @property
    def given(self) -> str:
        """The input as given."""

    @property
    def output(self) -> str:
        """The path of the result, whether it is there or not."""

    @property
    def status(self) -> str:
        """How it went, in a word."""

    @property
    def width(self) -> int | None:
        """Columns of the result."""

    @property
    def height(self) -> int | None:
        """Rows of the result."""

    @property
    def size_bytes(self) -> int:
        """Of the result."""

    @property
    def seconds(self) -> float:
        """How long it took."""

    @property
    def changed(self) -> Sequence[tuple[str, str]]:
        """Ids and sentences of what differs."""

    @property
    def error(self) -> UserError | None:
        """Why it failed."""


def write(path: Path, rows: Sequence[Line]) -> None:
    """Write a CSV file with a line for each file, whole or not at all; an existing one is replaced.

    Raises:
        UserError: It can't be written.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_COLUMNS)
    table.writerows(map(_fields, rows))
    try:
        # With a mark in front, as spreadsheets want it; bytes that are no characters are escaped.
        atomic_write.write_whole(path, text.getvalue().encode("utf-8-sig", "backslashreplace"))
    except OSError as error:
        raise UserError(f"The report {path} can't be written: {error.strerror}.", "Choose another path.") from error


def _fields(row: Line) -> list[object]:
    error = (row.error.title, row.error.hint) if row.error else ("", "")
    changed = " ".join(text for _, text in row.changed)
    seconds = round(row.seconds, 3)
    return [row.given, row.output, row.status, row.width, row.height, row.size_bytes or None, seconds, changed, *error]
