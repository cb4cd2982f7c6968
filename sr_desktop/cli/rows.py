"""What is said about each file: one JSON object, or a line for a person."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, assert_never

from sr_desktop.batch.events import Outcome
from sr_desktop.batch.file_errors import FaultError
from sr_desktop.batch.plan import PlanItem
from sr_desktop.cli import log
from sr_desktop.cli.bar import Bar
from sr_desktop.errors import UserError

Status = Literal["done", "failed", "skipped", "planned"]


@dataclass(frozen=True, slots=True)
class Row:
    """How one file went.

    Attributes:
        given: The input as given.
        output: The path of the result, whether it is there or not.
        status: `done`, `failed` or `skipped`; `planned` when nothing was to be done.
        width: Columns of the result; None unless done.
        height: Rows of the result; None unless done.
        seconds: From opening the input to the finished file.
        kept: Ids of what the input had and the result has too.
        changed: Ids and sentences of what differs.
        error: Why it failed.
        size_bytes: Of the result's file; 0 unless done.
        passes: Through the network, 1 or 8; None unless done.
    """

    given: str
    output: str
    status: Status
    width: int | None = None
    height: int | None = None
    seconds: float = 0.0
    kept: Sequence[str] = ()
    changed: Sequence[tuple[str, str]] = ()
    error: UserError | None = None
    size_bytes: int = 0
    passes: int | None = None

    @classmethod
    def of(cls, item: PlanItem, outcome: Outcome) -> "Row":
        """Return the row of a file with its outcome."""
        error = outcome.error
        if isinstance(error, FaultError):
            error = UserError(error.title, f"Please report it with {log.path()}.")
        return cls(
            item.given, item.output, outcome.state, outcome.width, outcome.height, outcome.seconds, outcome.kept,
            outcome.changed, error, outcome.size_bytes, outcome.passes,
        )  # fmt: skip

    @classmethod
    def planned(cls, item: PlanItem) -> "Row":
        """Return the row of a file that is only planned."""
        status: Status = "planned" if item.is_open else "failed" if item.refusal else "skipped"
        return cls(item.given, item.output, status, error=item.refusal)

    def to_json(self) -> str:
        """Return the row as one line of JSON, in ASCII: names with any bytes come out again."""
        error = None if self.error is None else {"title": self.error.title, "hint": self.error.hint}
        fields = {
            "input": self.given,
            "output": self.output,
            "status": self.status,
            "width": self.width,
            "height": self.height,
            "passes": self.passes,
            "seconds": round(self.seconds, 3),
            "kept": list(self.kept),
            "changed": [{"id": name, "text": text} for name, text in self.changed],
            "error": error,
        }
        return json.dumps(fields)

    def to_text(self) -> str:
        """Return the row as lines for a person."""
        match self.status:
            case "failed":
                return printable(f"{self.given}: {self.error}")
            case "skipped":
                return printable(f"{self.given}: {self.output} is there already")
            case "planned":
                return printable(f"{self.given} -> {self.output}")
            case "done":
                size = f"{self.width} × {self.height}"
                line = printable(f"{self.given} -> {self.output}  {size}  {self.seconds:.1f} s")
                return "".join((line, *(f"\n  {text}" for _, text in self.changed)))
            case _:  # pragma: no cover
                assert_never(self.status)


def printable(text: str) -> str:
    """Return one line that a terminal only shows: no escape sequences, no half characters, whatever a name holds."""
    return "".join(character if character.isprintable() else "�" for character in text)


@dataclass(frozen=True, slots=True)
class Reporter:
    """Says rows as they come: JSON and results on stdout, failures for a person on stderr.

    Attributes:
        as_json: Whether stdout gets JSON.
        bar: What has to make room.
    """

    as_json: bool
    bar: Bar

    def say(self, row: Row) -> None:
        """Say one row at once."""
        self.bar.clear()
        if self.as_json:
            print(row.to_json(), flush=True)
        else:
            print(row.to_text(), file=sys.stderr if row.status == "failed" else sys.stdout, flush=True)
