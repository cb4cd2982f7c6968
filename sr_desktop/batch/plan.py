"""What a batch will do, decided and shown before the first picture is opened."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from sr_desktop.batch import fingerprints, journal
from sr_desktop.batch.journal import Record
from sr_desktop.batch.naming import Naming
from sr_desktop.batch.template import Values
from sr_desktop.engine import targets
from sr_desktop.errors import UserError
from sr_desktop.imaging.reading import reader
from sr_desktop.inputs import inputs as input_files
from sr_desktop.inputs.inputs import Found
from sr_desktop.progress import Progress, Task

State = Literal["waiting", "running", "done", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One input and where its result goes.

    Attributes:
        number: Its place in the batch, from 0 on; also its name in events.
        given: The input as given.
        output: The path of the result, as a person would write it.
        folder: The folder in which the input was found, as given; empty for a file given by itself.
        home: The folder with the journal that keeps its state, if any does.
        format: The format, if the ending does not say it.
        size_bytes: Of the input's file.
        refusal: Why it can't be done, if that is known already.
        exists: Whether the result is there and shall be left as it is.
        replaces: Whether the result may replace what a killed run has begun.
        failed_before: Why it failed in the last run, if it did.
    """

    number: int
    given: str
    output: str
    folder: str = ""
    home: Path | None = None
    format: str | None = None
    size_bytes: int = 0
    refusal: UserError | None = None
    exists: bool = False
    replaces: bool = False
    failed_before: UserError | None = None

    @property
    def source(self) -> Path:
        """The input."""
        return Path(self.given)

    @property
    def target(self) -> Path:
        """The result."""
        return Path(self.output)

    @property
    def is_open(self) -> bool:
        """Whether there is something to do."""
        return self.refusal is None and not self.exists

    @property
    def state(self) -> State:
        """Its state before the start."""
        if self.refusal is not None:
            return "failed"
        return "skipped" if self.exists else "waiting"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a batch will do.

    Attributes:
        items: All inputs, in order.
        left_out: How many results of an earlier run lie among the inputs and are not taken for some.
    """

    items: tuple[PlanItem, ...] = ()
    left_out: int = 0

    @property
    def open(self) -> tuple[PlanItem, ...]:
        """What there is to do."""
        return tuple(item for item in self.items if item.is_open)

    @property
    def refused(self) -> tuple[PlanItem, ...]:
        """What can't be done, with reasons."""
        return tuple(item for item in self.items if item.refusal is not None)

    def only_failed(self) -> "Plan":
        """Return the part that failed in the last run."""
        return replace(self, items=tuple(item for item in self.items if item.failed_before is not None))

    def trial(self, count: int = 3) -> "Plan":
        """Return a few files to try: the smallest and the largest that are to be done, and some between."""
        by_size = sorted(self.open, key=lambda item: (item.size_bytes, item.number))
        if len(by_size) > count:
            last = len(by_size) - 1
            by_size = [by_size[round(number * last / (count - 1))] for number in range(count)]
        return Plan(tuple(sorted(by_size, key=lambda item: item.number)))


class AlreadyThereError(UserError):
    """The result is there already, and nobody said that it may be replaced."""


class Planner:
    """Plans the files of one batch, those that come later included.

    Args:
        naming: How results are named.
        made_with: As from `options.made_with`: which results of an earlier run are still right.
        scales: Scales there are models for.
        overwrite: Whether existing results may be replaced.
        skip_existing: Whether existing results count as done.
        limit_pixels: As for `reading.read`.
    """

    def __init__(
        self,
        naming: Naming,
        made_with: str,
        scales: Sequence[int] = (),
        *,
        overwrite: bool = False,
        skip_existing: bool = False,
        limit_pixels: int = reader.DEFAULT_LIMIT_PIXELS,
    ) -> None:
        self._naming = naming
        self._made_with = made_with
        self._scales = tuple(scales)
        self._overwrite = overwrite
        self._skip_existing = skip_existing
        self._limit_pixels = limit_pixels
        self._count = 0
        self._sources: set[str] = set()
        self._first: dict[str, str] = {}
        self._journals: dict[Path, Mapping[str, Record]] = {}
        self._real_folders: dict[str, str] = {}

    def plan(self, found: Sequence[Found]) -> Task[Plan]:
        """Return a plan for these inputs; of several with one result the first goes ahead, and the others are refused.

        Raises:
            UserError: A journal can't be read.
        """
        inputs = list(self._without_results(found))
        self._sources |= {self._identity(item.given) for item in inputs}
        digits = len(str(self._count + len(inputs)))
        items = []
        for number, item in enumerate(inputs, start=1):
            items.append(self._item(item, digits))
            yield Progress(number, len(inputs))
        return Plan(tuple(items), len(found) - len(inputs))

    def _without_results(self, found: Sequence[Found]) -> Iterator[Found]:
        """Yield the inputs without what an earlier run made of them."""
        if self._naming.output:
            yield from (item for item in found if not self._lies_in_output(item))
            return
        for item in input_files.without_results(found):
            if item.folder and self._identity(item.given) in self._first:  # made by this batch
                continue
            home = self._naming.home_of(item)
            record = self._records(home).get(journal.key(home, item.path)) if home else None
            if record is None or not (record.state == "done" or record.fresh):
                yield item

    def _lies_in_output(self, item: Found) -> bool:
        if not (self._naming.into_folder and item.folder):
            return False
        folder, output = self._real(item.folder), self._real(self._naming.output)
        inside = output.startswith(os.path.join(folder, ""))  # noqa: PTH118
        return inside and os.path.join(self._real(os.path.dirname(item.given)), "").startswith(os.path.join(output, ""))  # noqa: PTH118, PTH120

    def _item(self, found: Found, digits: int) -> PlanItem:
        self._count += 1
        number = self._count - 1
        item = PlanItem(number, found.given, found.given, found.folder, refusal=found.error)
        try:
            item = replace(item, size_bytes=found.path.stat().st_size)
            values = self._values(found, digits)
        except OSError:  # reading it will say why
            values = Values(found.path, self._count, digits, width=0, height=0)
        except UserError as error:
            return replace(item, refusal=error)
        output = self._naming.output_for(found, values)
        item = replace(item, output=output, home=self._naming.home_of(found), format=self._naming.format_for(output))
        return item if item.refusal else self._judged(item)

    def _values(self, found: Found, digits: int) -> Values:
        values = Values(found.path, self._count, digits)
        if not self._naming.template.needs_size or found.error:
            return values
        header = reader.read_size(found.path, limit_pixels=self._limit_pixels)
        planned = targets.plan(self._naming.target, self._scales, height=header.height, width=header.width)
        return replace(values, width=planned.width, height=planned.height)

    def _judged(self, item: PlanItem) -> PlanItem:
        """Return the item with what stands in its way, or what is known of it."""
        place = self._identity(item.output)
        if place in self._first:
            return replace(item, refusal=_collision(item.output, self._first[place]))
        self._first[place] = item.given
        record = self._records(item.home).get(journal.key(item.home, item.target)) if item.home else None
        if record is not None:
            item = self._remembered(item, record)
        if item.exists:
            return item
        refusal = self._in_the_way(item, place)
        if isinstance(refusal, AlreadyThereError) and self._skip_existing:
            return replace(item, exists=True)
        return replace(item, refusal=refusal)

    def _remembered(self, item: PlanItem, record: Record) -> PlanItem:
        """Return the item with what the journal says of it."""
        match record.state:
            case "done":
                return replace(item, exists=self._is_still_right(item, record))
            case "failed":
                return replace(item, failed_before=UserError(*record.error) if record.error else None)
            case "running":
                return replace(item, replaces=record.fresh)

    def _is_still_right(self, item: PlanItem, record: Record) -> bool:
        """Tell whether a result is there as it was made, of the same content, with the same model and options."""
        if record.made_with != self._made_with or record.source is None:
            return False
        try:
            if fingerprints.glance(item.target) != record.written:
                return False
            source = fingerprints.glance(item.source)
            if source == record.source:
                return True
            return source.size == record.source.size and fingerprints.digest(item.source) == record.digest
        except OSError:
            return False

    def _in_the_way(self, item: PlanItem, place: str) -> UserError | None:
        """Return what on the disk stands in the way, if anything."""
        if not os.path.lexists(item.output):
            return None
        if _is_same_file(item.source, item.target):
            return UserError(f"The result {item.output} would be the input itself.", "Choose another output.")
        if item.target.is_dir():
            return UserError(f"{item.output} is a folder.", "Choose another output.")
        if not self._overwrite and not item.replaces:
            hint = "Use --skip-existing or --overwrite, or choose another output."
            return AlreadyThereError(f"{item.output} exists already.", hint)
        if place in self._sources:
            return UserError(f"The result {item.output} would replace another input.", "Choose another output.")
        return None

    def _records(self, home: Path | None) -> Mapping[str, Record]:
        if home is None:
            return {}
        if home not in self._journals:
            self._journals[home] = journal.read(home)
        return self._journals[home]

    def _identity(self, path: str) -> str:
        """Return one text for all ways to write a path; most people's disks on Windows and macOS ignore case."""
        folder, name = os.path.split(path)
        full = os.path.join(self._real(folder), name)  # noqa: PTH118
        return full.casefold() if sys.platform in ("win32", "darwin") else full

    def _real(self, folder: str) -> str:
        if folder not in self._real_folders:
            self._real_folders[folder] = os.path.realpath(folder)
        return self._real_folders[folder]


def sizes(items: Iterable[PlanItem]) -> int:
    """Return the bytes of all inputs together."""
    return sum(item.size_bytes for item in items)


def _collision(output: str, before: str) -> UserError:
    return UserError(f"{before} has the same result, {output}.", "Convert them one after the other, with two outputs.")


def _is_same_file(source: Path, target: Path) -> bool:
    """Tell whether two names, as through a link, are one file."""
    try:
        return source.samefile(target)
    except OSError:  # one of them is a broken link, so they are not
        return False
