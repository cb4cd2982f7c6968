"""A batch driven from a terminal: a bar while it runs, a row for each file in the order of the plan, a sum at the end."""

import contextlib
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sr_desktop.batch.batch import Batch
from sr_desktop.batch.events import (
    Added,
    Advanced,
    Event,
    Finished,
    Noted,
    Outcome,
    Paused,
    PutBack,
    Removed,
    Resumed,
    Started,
)
from sr_desktop.batch.plan import Plan, PlanItem, Planner
from sr_desktop.batch.watching import Watch, watch
from sr_desktop.cli import interrupt
from sr_desktop.cli.bar import Bar
from sr_desktop.cli.rows import Reporter, Row, printable
from sr_desktop.errors import UserError
from sr_desktop.inputs.folder_walk import Choice
from sr_desktop.progress import run as drain


@dataclass(slots=True)
class Tally:
    """What became of all files.

    Attributes:
        rows: All of them that have an outcome.
        seconds: From the start to the end.
    """

    rows: list[Row] = field(default_factory=list)
    seconds: float = 0.0

    def count(self, status: str) -> int:
        """Return how many files went so."""
        return sum(row.status == status for row in self.rows)

    def fields(self) -> dict[str, Any]:
        """Return the sums for JSON."""
        pixels = sum((row.width or 0) * (row.height or 0) for row in self.rows)
        return {
            "files": len(self.rows),
            **{status: self.count(status) for status in ("done", "failed", "skipped")},
            "output_bytes": sum(row.size_bytes for row in self.rows),
            "megapixels": round(pixels / 1e6, 3),
            "seconds": round(self.seconds, 3),
        }


class Conversation:
    """Says what a batch does.

    Args:
        plan: The batch's plan.
        as_json: Whether stdout gets JSON.
    """

    def __init__(self, plan: Plan, *, as_json: bool) -> None:
        self.tally = Tally()
        self._bar = Bar(len(plan.items))
        self._reporter = Reporter(as_json, self._bar)
        self._items = {item.number: item for item in plan.items}
        self._order = [item.number for item in plan.items]
        self._said = 0
        self._outcomes: dict[int, Outcome] = {}
        self._shares: dict[int, float] = {}
        self._label = ""

    def drive(self, batch: Batch) -> Tally:
        """Drive a batch to its end and return what became of the files.

        Raises:
            UserError: A journal can't be had.
            KeyboardInterrupt: A person stopped it; what was finished has been said.
        """
        started_at = time.monotonic()
        try:
            with interrupt.heard(batch.stop_now), contextlib.closing(batch.run()) as events:
                for event in events:
                    self._hear(event)
        finally:
            self._say_rest()
            self._bar.clear()
            self.tally.seconds = time.monotonic() - started_at
        return self.tally

    def _hear(self, event: Event) -> None:
        match event:
            case Started(number):
                self._shares[number] = 0.0
                self._label = self._labelled(self._items[number])
            case Advanced(number, share):
                self._shares[number] = share
            case Finished(number, outcome):
                self._finish(number, outcome)
            case PutBack(number) | Removed(number):
                self._shares.pop(number, None)
            case Added(items):
                self._items |= {item.number: item for item in items}
                self._order += [item.number for item in items]
                self._bar.grow(len(items))
            case Paused(reason):
                self._tell(f"Paused: {reason}" if reason else "Paused.")
            case Resumed():
                self._tell("It goes on.")
            case Noted(sentence):
                self._tell(sentence)
        self._bar.show(sum(self._shares.values()), self._label)

    def _labelled(self, item: PlanItem) -> str:
        name = item.source.name
        total = len(self._order)
        return printable(f"{len(self._outcomes) + 1} of {total}: {name}" if total > 1 else name)

    def _finish(self, number: int, outcome: Outcome) -> None:
        self._shares.pop(number, None)
        self._outcomes[number] = outcome
        self._bar.advance()
        while self._said < len(self._order) and self._order[self._said] in self._outcomes:
            self._say(self._order[self._said])
            self._said += 1

    def _say_rest(self) -> None:
        """Say what was finished before others that were not."""
        for number in self._order[self._said :]:
            if number in self._outcomes:
                self._say(number)
        self._said = len(self._order)

    def _say(self, number: int) -> None:
        row = Row.of(self._items[number], self._outcomes[number])
        self.tally.rows.append(row)
        self._reporter.say(row)

    def _tell(self, sentence: str) -> None:
        self._bar.clear()
        print(printable(sentence), file=sys.stderr, flush=True)


@contextlib.contextmanager
def watched(batch: Batch, planner: Planner, inputs: Sequence[str], choice: Choice) -> Iterator[None]:
    """Let pictures that become ready join a batch during the block.

    Raises:
        UserError: They can't join, as when a journal can't be written.
    """
    stop = threading.Event()
    failed: list[UserError] = []
    thread = threading.Thread(
        target=_watch,
        args=(Watch(inputs, choice), lambda found: batch.add(drain(planner.plan(found))), stop, batch, failed),
    )
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
    if failed:
        raise failed[0]


def _watch(
    inputs: Watch, join: Callable[..., None], stop: threading.Event, batch: Batch, failed: list[UserError]
) -> None:
    try:
        watch(inputs, join, stop)
    except UserError as error:
        failed.append(error)
        batch.stop_now()
