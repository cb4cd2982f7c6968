"""The models there are, and what a person does with them; everything long happens in the runner's thread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, assert_never

from PySide6.QtCore import QFile, QObject, Signal

from sr_desktop.cards import read_card
from sr_desktop.errors import ModelError
from sr_desktop.library import catalogue, index, own
from sr_desktop.library.catalogue import Catalogue, Entry
from sr_desktop.progress import Progress, Task
from sr_desktop.services import import_torch
from sr_desktop.services.jobs import Done, Failed, Job, Outcome, Runner, Stopped, Urgency
from sr_desktop.services.models import speed as model_speed
from sr_desktop.services.models.speed import Speed
from sr_desktop.services.notices import Notices

FOREIGN_SUFFIXES = (".pth", ".pt")
"""Of files that usual FSRCNN code writes; they don't say their scale."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """All models at one moment.

    Attributes:
        models: Those whose tensors have been looked at, and those that can't be used or are missing.
        speeds: What was measured on this computer, by checksum.
    """

    models: Catalogue = field(default_factory=lambda: Catalogue((), ()))
    speeds: dict[str, Speed] = field(default_factory=dict)


class Models(QObject):
    """The models of this computer.

    Signals:
        changed: The inventory, or whether something is under way.
        listed: The `Catalogue`, when it was looked through.
        added: Name of a model that was taken in.
        renamed: Old and new name of a model.

    Args:
        runner: Does what takes long.
        notices: Takes what failed, and what can't be seen from the list.
    """

    changed = Signal()
    listed = Signal(object)
    added = Signal(str)
    renamed = Signal(str, str)

    def __init__(self, runner: Runner, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.inventory: Inventory | None = None
        self.notices = notices
        self._runner = runner
        self._jobs: set[Job] = set()

    @property
    def is_busy(self) -> bool:
        """Whether something is under way."""
        return bool(self._jobs)

    def refresh(self) -> None:
        """Look through the models again."""
        self._start(_inventory, self._take_inventory)

    def verify(self) -> None:
        """Look through the models again, and tell the outcome."""

        def tell(inventory: Inventory) -> None:
            self._take_inventory(inventory)
            self._tell_verdict(inventory.models)

        self._start(_inventory, tell)

    def take_in(self, source: Path, scale: int | None = None) -> None:
        """Take a file in under a name that is free; `added` follows.

        Args:
            source: A weights file of this program, or of another one.
            scale: For one of another program.
        """

        def tell(entry: Entry) -> None:
            if entry.name != source.stem:
                self.notices.note(self.tr("{} is in the list as {}.").format(source.name, entry.name))
            self.added.emit(entry.name)
            self.refresh()

        self._start(lambda: _taken_in(source, scale), tell)

    def give_out(self, entry: Entry, target: Path) -> None:
        """Write a model to a file, as ONNX if that is its ending, replacing what is there."""

        def tell(_: None) -> None:
            self.notices.note(self.tr("{} is exported.").format(entry.name), str(target))

        self._start(lambda: _given_out(entry, target), tell)

    def rename(self, path: Path, name: str) -> None:
        """Give one of the person's models another name; `renamed` follows."""

        def tell(_: Path) -> None:
            self.renamed.emit(path.stem, name)
            self.refresh()

        self._start(lambda: _renamed(path, name), tell)

    def delete(self, path: Path) -> None:
        """Move one of the person's models to the recycle bin."""
        self._start(lambda: _trashed(path), lambda _: self.refresh())

    def measure(self, entries: Sequence[Entry], device: str) -> None:
        """Measure how fast these models are, one after the other."""
        for entry in entries:
            self._start(partial(model_speed.measure, entry, device), self._keeper(entry))

    def _start(self, begin: Callable[[], Task[Any]], take: Callable[[Any], None]) -> None:
        job = Job(begin, Urgency.ASKED)
        self._jobs.add(job)

        def settle(outcome: Outcome) -> None:
            self._jobs.discard(job)
            match outcome:
                case Done(result):
                    take(result)
                case Failed(error):
                    self.notices.report(error)
                case Stopped():
                    pass  # the window closes
                case _:
                    assert_never(outcome)
            self.changed.emit()

        job.settled.connect(settle)
        self._runner.start(job)
        self.changed.emit()

    def _take_inventory(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.listed.emit(inventory.models)

    def _tell_verdict(self, models: Catalogue) -> None:
        if models.broken:
            self.notices.refuse(
                self.tr("{} of {} models can't be used.").format(
                    len(models.broken), len(models.broken) + len(models.entries)
                ),
                self.tr("The list says why."),
            )
        else:
            self.notices.note(self.tr("All {} models are sound.").format(len(models.entries)))

    def _keeper(self, entry: Entry) -> Callable[[Speed], None]:
        def keep(speed: Speed) -> None:
            if self.inventory is not None:
                speeds = {**self.inventory.speeds, entry.sha256: speed}
                self.inventory = replace(self.inventory, speeds=speeds)

        return keep


def _inventory() -> Task[Inventory]:
    import_torch.import_torch()
    yield Progress(0, 2)
    from sr_desktop.services.models import files as model_files

    found = model_files.proven(catalogue.catalogue())
    yield Progress(1, 2)
    models = replace(found, broken=(*found.broken, *model_files.missing()))
    return Inventory(models, model_speed.known())


def _taken_in(source: Path, scale: int | None) -> Task[Entry]:
    import_torch.import_torch()
    yield Progress(0, 1)
    from sr_desktop.services.models import files as model_files

    name = own.free_name(source.stem)
    if scale is not None:
        return model_files.convert(source, scale, name)
    read_card(source)  # first: what has no card may be anything, of any size
    printed = index.fingerprint(source)
    for entry in catalogue.catalogue().entries:
        if entry.sha256 == printed.sha256:
            raise ModelError(f"{source.name} is in the list already: it is {entry.name}.")
    return model_files.take_in(source, name)


def _given_out(entry: Entry, target: Path) -> Task[None]:
    import_torch.import_torch()
    yield Progress(0, 1)
    from sr_desktop.services.models import files as model_files

    model_files.give_out(entry, target)


def _renamed(path: Path, name: str) -> Task[Path]:
    yield Progress(0, 1)
    return own.rename(path, name)


def _trashed(path: Path) -> Task[None]:
    yield Progress(0, 1)
    own.check_own(path)
    if not QFile(str(path)).moveToTrash():
        raise ModelError(f"{path.stem} can't be moved to the recycle bin.", f"Delete the file yourself: {path}")
