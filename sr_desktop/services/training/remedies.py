"""What a notice's action makes of a run's spec, and how two specs differ."""

import dataclasses

from sr_desktop.inputs.folder_walk import exactly
from sr_desktop.runs.notices import Action, Notice
from sr_desktop.runs.spec import SCRATCH, RunSpec, completed

FACTOR = 10.0
"""How much lower or higher the learning rate becomes."""

FROM_BEST = "best"
"""Stands for the best weights of a run, which its successor gets a copy of."""

PICTURES = frozenset({Action.LEAVE_OUT_FILES, Action.ADD_PICTURES, Action.CHECK_PAIRS, Action.CORRECT_RANGE})
"""Actions that are about the pictures: where no spec follows from one of them, a person has to choose others."""


def restarted(spec: RunSpec, notice: Notice) -> RunSpec | None:
    """Return the spec of the run that takes this one's place; None where a restart is not what helps."""
    rate = completed(spec).learning_rate
    match notice.action:
        case Action.USE_HE_INITIALIZATION:
            return dataclasses.replace(spec, start=SCRATCH, initialization="he", initialization_std=0.001)
        case Action.LOWER_LEARNING_RATE:
            return dataclasses.replace(spec, learning_rate=rate / FACTOR)
        case Action.RAISE_LEARNING_RATE:
            return dataclasses.replace(spec, learning_rate=rate * FACTOR)
        case Action.RESTART_FROM_BEST:
            return dataclasses.replace(spec, start=FROM_BEST, small=False, learning_rate=rate / FACTOR)
        case Action.LEAVE_OUT_FILES if notice.files:
            return dataclasses.replace(spec, exclude=(*spec.exclude, *map(exactly, notice.files)))
        case _:
            return None


def difference(before: RunSpec, after: RunSpec) -> list[tuple[str, object, object]]:
    """Return each field that is different, with its two values."""
    names = [field.name for field in dataclasses.fields(RunSpec)]
    pairs = [(name, getattr(before, name), getattr(after, name)) for name in names]
    return [(name, old, new) for name, old, new in pairs if old != new]
