"""Reads the training logs of other programs as events: CSV or gzipped CSV, whatever their columns are called.

Known: our own `iteration,train_loss,validation_psnr_db`; Lightning's `metrics.csv`
(https://lightning.ai/docs/pytorch/stable/extensions/generated/lightning.pytorch.loggers.CSVLogger.html), whose columns are
`epoch`, `step` and whatever was logged; and the CSV that TensorBoard offers for download, `Wall time,Step,Value`
for one tag, which only the file's name tells. Lines may come in any order, with cells missing; cells may be parted by
semicolons or tabs.
"""

import csv
import gzip
import math
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from sr_desktop.errors import UserError
from sr_desktop.runs.events import Event

STEP_NAMES = ("iteration", "step", "global_step", "iter", "iterations", "steps", "train_step", "epoch")
LOSS_NAMES = (
    "train_loss",
    "train_loss_step",
    "training_loss",
    "loss_train",
    "loss",
    "loss_step",
    "l_pix",
    "l_total",
    "train_loss_epoch",
    "loss_epoch",
)
HELD_OUT = re.compile(r"(^|_)(val|valid|validation|eval|test|held_out)(_|$)")
"""Marks a column of held-out figures."""

MISSING = frozenset({"", "-", "none", "null", "n/a", "na", "<na>"})
"""What programs write where they have no figure; `nan` is one: a loss that is no number."""


class LogError(UserError):
    """A training log can't be read."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a log keeps what the monitor needs, as column numbers; `None` is not there."""

    step: int
    loss: int | None
    psnr: int | None
    rate: int | None


@dataclass(frozen=True, slots=True)
class LogRow:
    """One line of a log; `None` where it says nothing."""

    step: int
    loss: float | None
    psnr_db: float | None
    learning_rate: float | None


def read_log(path: Path) -> list[Event]:
    """Return the events in a CSV log in the order of their steps: `step` and `check` events, then `end`.

    Raises:
        LogError: The file can't be opened, is broken, or holds neither a loss nor a PSNR.
    """
    rows = read_rows(path)
    events: list[Event] = []
    for row in rows:
        if row.loss is not None:
            events.append({"event": "step", "step": row.step, "step_from": row.step, "values": [row.loss]})
        if row.psnr_db is not None:
            rate = {} if row.learning_rate is None else {"learning_rate": row.learning_rate}
            events.append({"event": "check", "step": row.step, "psnr_db": row.psnr_db, **rate})
    if not events:
        raise LogError(f"{path.name} holds no training loss and no PSNR.", "It needs at least one line of figures.")
    return [*events, {"event": "end", "step": rows[-1].step}]


def read_rows(path: Path) -> list[LogRow]:
    """Return the lines of a CSV log that hold a step, in the order of their steps.

    Raises:
        LogError: As for `read_log`.
    """
    try:
        with _open(path) as lines:
            return sorted(_rows(path, lines), key=lambda row: row.step)
    except FileNotFoundError as error:
        raise LogError(f"There is no file {path}.", "Check the path.") from error
    except OSError as error:  # gzip.BadGzipFile is one
        raise LogError(f"{path.name} can't be read: {error.strerror or error}.", "Check the file.") from error
    except (EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise LogError(f"{path.name} is broken or not a CSV file: {error}.", "Export it again.") from error


def find_columns(names: Sequence[str], path: Path) -> Columns:
    """Return where step, loss, PSNR and learning rate stand among the column `names`.

    Raises:
        LogError: There is no step, or neither loss nor PSNR.
    """
    plain = [re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_") for name in names]
    step = _first(plain, STEP_NAMES)
    if step is None:
        raise LogError(f"{path.name} has no column for the step.", f"Call it one of: {', '.join(STEP_NAMES)}.")
    if "value" in plain and "wall_time" in plain:
        value, is_psnr = plain.index("value"), "psnr" in path.name.lower()
        return Columns(step, None if is_psnr else value, value if is_psnr else None, None)
    psnr = _psnr(plain)
    loss = _loss(plain)
    if loss is None and psnr is None:
        raise LogError(f"{path.name} has no column for a training loss or a PSNR.", "Expected train_loss or psnr.")
    rate = next((place for place, name in enumerate(plain) if re.match(r"(lr|learning_rate)(_|$)", name)), None)
    return Columns(step, loss, psnr, rate)


def _first(plain: Sequence[str], wanted: Sequence[str]) -> int | None:
    return next((plain.index(name) for name in wanted if name in plain), None)


def _loss(plain: Sequence[str]) -> int | None:
    named = _first(plain, LOSS_NAMES)
    if named is not None:
        return named
    places = [place for place, name in enumerate(plain) if "loss" in name]
    of_training = [place for place in places if not HELD_OUT.search(plain[place])]
    return next(iter(of_training or places), None)


def _psnr(plain: Sequence[str]) -> int | None:
    places = [
        place for place, name in enumerate(plain) if "psnr" in name and "train" not in name and "best" not in name
    ]
    held_out = [place for place in places if HELD_OUT.search(plain[place])]
    return next(iter(held_out or places), None)


def _open(path: Path) -> TextIO:
    with path.open("rb") as file:
        zipped = file.read(2) == b"\x1f\x8b"
    if zipped:
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _rows(path: Path, lines: TextIO) -> Iterator[LogRow]:
    head = lines.readline()
    if not head.strip():
        raise LogError(f"{path.name} is empty.", "Export it again.")
    delimiter = max(",;\t", key=head.count)
    columns = find_columns(next(csv.reader([head], delimiter=delimiter, strict=True)), path)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    for cells in reader:
        step = _cell(cells, columns.step, path, reader.line_num + 1)
        if step is None:
            continue
        if not math.isfinite(step) or step < 0:
            raise _odd(path, reader.line_num + 1, cells[columns.step])
        figures = (
            _cell(cells, place, path, reader.line_num + 1) for place in (columns.loss, columns.psnr, columns.rate)
        )
        yield LogRow(int(step), *figures)


def _cell(cells: Sequence[str], place: int | None, path: Path, line: int) -> float | None:
    text = cells[place].strip() if place is not None and place < len(cells) else ""
    if text.lower() in MISSING:
        return None
    try:
        return float(text)
    except ValueError as error:
        raise _odd(path, line, text) from error


def _odd(path: Path, line: int, text: str) -> LogError:
    return LogError(f"{path.name}, line {line}: {text[:40]!r} is not a number.", "Correct or remove that line.")
