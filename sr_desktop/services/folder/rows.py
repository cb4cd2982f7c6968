"""The files of a batch, each with its story so far, and what they come to together."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sr_desktop.batch.events import Advanced, Event, Finished, Outcome, PutBack, Started
from sr_desktop.batch.plan import PlanItem, State
from sr_desktop.errors import UserError
from sr_desktop.inputs.folder_walk import natural_key
from sr_desktop.inputs.inputs import Found
from sr_desktop.system.file_names import shown


@dataclass(slots=True, eq=False)
class Row:
    """One file.

    Attributes:
        item: What is to be done.
        name: What to call it: its path below the folder that was given.
        key: Sorts by name.
        state: Where it is.
        share: How much of it is done, 0 to 1, while it is at work.
        outcome: How it went, if it has been tried.
    """

    item: PlanItem
    name: str
    key: object
    state: State
    share: float = 0.0
    outcome: Outcome | None = None

    @property
    def error(self) -> UserError | None:
        """Why it failed, can't be done, or failed in the last run."""
        if self.outcome is not None and self.outcome.error is not None:
            return self.outcome.error
        return self.item.refusal or (self.item.failed_before if self.state == "waiting" else None)

    @property
    def line(self) -> "Line":
        """What a table says of it."""
        item, outcome = self.item, self.outcome or Outcome("skipped")
        return Line(
            item.given, item.output, self.state, outcome.width, outcome.height, outcome.size_bytes, outcome.seconds,
            outcome.changed, self.error,
        )  # fmt: skip

    @property
    def can_be_retried(self) -> bool:
        """Whether it failed, and another try may go better."""
        return self.state == "failed" and self.item.is_open

    @property
    def weight(self) -> int:
        """Its part of all the work: large files take longer."""
        return self.item.size_bytes + 1

    def hear(self, event: Event) -> None:
        """Take in what happened to it."""
        match event:
            case Started():
                self.state, self.share = "running", 0.0
            case Advanced(_, share):
                self.share = share
            case PutBack():
                self.state, self.share = "waiting", 0.0
            case Finished(_, outcome):
                self.state, self.share = outcome.state, 0.0
                self.outcome = outcome if self.item.is_open else None  # what was known before is no outcome of a try

    def wait_again(self) -> None:
        """Wait for another try."""
        self.state, self.share, self.outcome = "waiting", 0.0, None


@dataclass(frozen=True, slots=True)
class Line:
    """A row as a line of a table; see `batch.report.Line`."""

    given: str
    output: str
    status: str
    width: int | None
    height: int | None
    size_bytes: int
    seconds: float
    changed: Sequence[tuple[str, str]]
    error: UserError | None


def rows_of(items: Iterable[PlanItem]) -> list[Row]:
    """Return rows for planned files."""
    return [_row(item) for item in items]


def _row(item: PlanItem) -> Row:
    below = Found(item.given, item.folder).below
    name = "/".join(shown(Path(part)) for part in below.parts)
    return Row(item, name, natural_key(name), item.state)


@dataclass(frozen=True, slots=True)
class Tally:
    """What some rows come to.

    Attributes:
        counts: How many there are of each state.
        refused: How many of those that failed can't be converted at all, as was known before.
        share: How much of their work is done, 0 to 1.
        size_bytes: Of the results that were made.
        pixels: Of these.
    """

    counts: Counter[str]
    refused: int
    share: float
    size_bytes: int
    pixels: int

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self.counts.total()

    @property
    def retryable(self) -> int:
        """How many failed and may go better another time."""
        return self.counts["failed"] - self.refused

    @property
    def ended(self) -> int:
        """How many have an outcome."""
        return self.counts["done"] + self.counts["failed"] + self.counts["skipped"]


def tally(rows: Sequence[Row]) -> Tally:
    """Return what rows come to."""
    counts: Counter[str] = Counter()
    weight = refused = size_bytes = pixels = 0
    left = 0.0
    for row in rows:  # once, and no more than that is done for each: ten thousand are counted twice a second
        state, outcome = row.state, row.outcome
        counts[state] += 1
        weight += row.weight
        if state == "waiting" or state == "running":
            left += row.weight * (1 - row.share)
        elif outcome is None:
            refused += state == "failed"
        elif state == "done":
            size_bytes += outcome.size_bytes
            pixels += (outcome.width or 0) * (outcome.height or 0)
    return Tally(counts, refused, 1 - left / weight if weight else 1.0, size_bytes, pixels)


class Rows:
    """All rows, in the order of the plan."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.all: list[Row] = []
        self._by_number: dict[int, Row] = {}
        self.add(rows)

    def add(self, rows: Iterable[Row]) -> None:
        """Put rows behind the others."""
        added = list(rows)
        self.all += added
        self._by_number |= {row.item.number: row for row in added}

    def remove(self, numbers: Collection[int]) -> None:
        """Take rows out."""
        gone = set(numbers)
        self.all = [row for row in self.all if row.item.number not in gone]
        for number in gone:
            self._by_number.pop(number, None)

    def numbered(self, number: int) -> Row | None:
        """Return a row, unless it was taken out."""
        return self._by_number.get(number)

    def waiting(self) -> list[Row]:
        """Return what is still to be done."""
        return [row for row in self.all if row.state == "waiting"]

    def retryable(self) -> list[Row]:
        """Return what failed and may go better another time."""
        return [row for row in self.all if row.can_be_retried]
