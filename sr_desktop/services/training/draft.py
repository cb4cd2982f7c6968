"""A training run that is being thought about: a spec, what it is to be called, and everything that can't work yet."""

import dataclasses
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from sr_desktop import paths
from sr_desktop.errors import ModelError
from sr_desktop.library import own
from sr_desktop.library.catalogue import SUFFIX, default_name
from sr_desktop.runs.spec import Problem, RunSpec, problems

LENGTHS = {"quick": 8_000, "normal": 40_000, "thorough": 200_000}
"""Steps. The gain per doubling shrinks: most of what refining brings comes in the first thousands."""

CAMERA = ("blur:0.2-1", "noise:0-3", "jpeg:40-95")
"""What a small picture from a camera has suffered: a lens, a sensor, and JPEG as phones, cameras and web sites set it."""

NAME = "name"
"""The field of a problem with what the model is called; it is no field of the spec."""

SMALLEST_SIDE = 48
"""High-resolution pixels that `training.scan` needs of a picture at least."""


def smallest_side(spec: RunSpec) -> int:
    """Return how many pixels a picture must have on each side to be used."""
    return max(spec.patch * spec.scale, SMALLEST_SIDE)


def bundled_path(scale: int) -> str:
    """Return the path of the model that comes with the program."""
    return str(paths.bundled_weights() / f"{default_name(scale)}{SUFFIX}")


class Draft(QObject):
    """What the wizard's fields show and change.

    Signals:
        changed: The spec or the name.

    Attributes:
        spec: What was chosen so far; without pictures `pictures` is empty.
        name: What the model shall be called.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spec = RunSpec("", 2, "", start=bundled_path(2), steps=LENGTHS["normal"])
        self.name = self._suggestion()
        self._name_is_chosen = False

    def change(self, **fields: object) -> None:
        """Change fields of the spec; what depends on them follows."""
        spec = dataclasses.replace(self.spec, **fields)  # type: ignore[arg-type]  # fields of RunSpec, by name
        if spec.scale != self.spec.scale and spec.start == self.spec.start and not spec.from_scratch:
            spec = dataclasses.replace(spec, start=bundled_path(spec.scale))
        if not spec.from_scratch and spec.small:
            spec = dataclasses.replace(spec, small=False)
        if spec.low:
            spec = dataclasses.replace(spec, degrade=())  # pairs are taken as they are
        if spec == self.spec:
            return
        self.spec = spec
        if not self._name_is_chosen:
            self.name = self._suggestion()
        self.changed.emit()

    def rename(self, name: str) -> None:
        """Call the model something; an empty name asks for a suggestion again."""
        self._name_is_chosen = bool(name)
        self.name = name or self._suggestion()
        self.changed.emit()

    def take(self, spec: RunSpec) -> None:
        """Show what another run was asked, to be changed and started again under a name of its own."""
        self.spec, self._name_is_chosen = dataclasses.replace(spec, output=""), False
        self.name = own.free_name(Path(spec.output).stem)
        self.changed.emit()

    def _suggestion(self) -> str:
        folder = Path(self.spec.pictures).name if self.spec.pictures else ""
        words = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in folder).strip("-")
        return own.free_name(f"{words[:40] or 'mine'}-x{self.spec.scale}")

    @property
    def length(self) -> str:
        """Which of `LENGTHS` it has; empty for another one."""
        names = [name for name, steps in LENGTHS.items() if steps == self.spec.steps and not self.spec.minutes]
        return names[0] if names else ""

    def problems(self) -> list[Problem]:
        """Return everything that can't work, with the field it is about."""
        found = [] if self.spec.pictures else [Problem("pictures", self.tr("Choose a folder of pictures first."))]
        found += problems(self.spec)
        if not (self.spec.steps or self.spec.minutes):
            found.append(Problem("steps", self.tr("Say how long the training shall take, in steps or in minutes.")))
        if not self.spec.from_scratch and not Path(self.spec.start).is_file():
            found.append(Problem("start", self.tr("The model to start from is not there any more.")))
        try:
            own.path_for(self.name)
        except ModelError as error:
            found.append(Problem(NAME, str(error)))
        return found

    def finished(self) -> RunSpec:
        """Return the spec to train by; its model goes into the library.

        Raises:
            ModelError: The name can't be used.
        """
        return dataclasses.replace(self.spec, output=str(own.path_for(self.name)))
