"""The state of a run between two steps, on disk and back: written whole or not at all."""

import io
import pickle
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from sr_desktop.errors import TrainingError
from sr_desktop.system import atomic_write
from sr_desktop.training.learner import Learner


@dataclass(slots=True)
class State:
    """Where a run stands.

    Attributes:
        step: Steps done.
        spent_s: Seconds of training done, over all sittings.
        best_scores: PSNR in dB per held-out picture at the best check; empty before the first.
        best_step: Step of that check.
        base_scores: The same of the model it started from; empty if there is none.
        bicubic_scores: The same of bicubic.
        next_check: Step of the next check.
        events_bytes: Length of the events file at that time.
    """

    step: int = 0
    spent_s: float = 0.0
    best_scores: list[float] = field(default_factory=list)
    best_step: int = 0
    base_scores: list[float] = field(default_factory=list)
    bicubic_scores: list[float] = field(default_factory=list)
    next_check: int = 0
    events_bytes: int = 0

    def fields(self) -> dict[str, Any]:
        """Return the state as plain values."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def save(path: Path, state: State, learner: Learner) -> None:
    """Write everything that a resumed run needs.

    Raises:
        OSError: The folder is full or gone; the earlier file is still whole.
    """
    content = io.BytesIO()
    everything = {
        "state": state.fields(),
        "trainee": learner.trainee.state_dict(),
        "optimizer": learner.optimizer.state_dict(),
        "average": learner.average.values,
        "updates": learner.average.updates,
    }
    torch.save(everything, content)
    atomic_write.write_whole(path, content.getvalue())


def load(path: Path, learner: Learner) -> State:
    """Bring everything back to where `save` left it.

    Raises:
        TrainingError: The file is damaged or belongs to another run.
    """
    try:
        everything = torch.load(path, map_location=learner.average.values[0].device, weights_only=True)
        state = State(**everything["state"])
        learner.trainee.load_state_dict(everything["trainee"])
        learner.optimizer.load_state_dict(everything["optimizer"])
        values: list[Tensor] = everything["average"]
        for mine, theirs in zip(learner.average.values, values, strict=True):
            mine.copy_(theirs)
        learner.average.updates = everything["updates"]
    except (OSError, RuntimeError, KeyError, TypeError, ValueError, EOFError, pickle.UnpicklingError) as error:
        raise TrainingError(
            f"The checkpoint {path.name} is damaged or belongs to another run.",
            "Delete it to start this run anew, or choose another run folder.",
        ) from error
    return state
