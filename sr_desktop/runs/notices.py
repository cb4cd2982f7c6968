"""What the monitor can say: the closed lists of causes, severities and actions, and the words for each of them."""

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How much a notice matters; `WARNING` and `ERROR` mean that the run will not become what it could be."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for info, 1 for a warning, 2 for an error."""
        return list(Severity).index(self)


class Cause(StrEnum):
    """What the monitor knows how to recognise."""

    VANISHING_GRADIENT = "vanishing_gradient"
    DIVERGING = "diverging"
    NON_FINITE = "non_finite"
    OSCILLATING = "oscillating"
    LEARNING_RATE_TOO_LOW = "learning_rate_too_low"
    CONSTANT_OUTPUT = "constant_output"
    DEAD_ACTIVATIONS = "dead_activations"
    PLATEAU = "plateau"
    OVERFITTING = "overfitting"
    NO_DETAIL = "no_detail"
    TOO_LITTLE_DATA = "too_little_data"
    MISALIGNED_PAIRS = "misaligned_pairs"
    BAD_RANGE = "bad_range"


class Action(StrEnum):
    """The one thing to do about a notice."""

    USE_HE_INITIALIZATION = "use_he_initialization"
    LOWER_LEARNING_RATE = "lower_learning_rate"
    RAISE_LEARNING_RATE = "raise_learning_rate"
    LEAVE_OUT_FILES = "leave_out_files"
    ADD_PICTURES = "add_pictures"
    CHECK_PAIRS = "check_pairs"
    CORRECT_RANGE = "correct_range"
    STOP_AND_KEEP = "stop_and_keep"
    RESTART_FROM_BEST = "restart_from_best"
    NONE = "none"


TITLES: Mapping[Cause, str] = {
    Cause.VANISHING_GRADIENT: "The first layers receive no gradient, so they do not learn.",
    Cause.DIVERGING: "The loss or the output has blown up.",
    Cause.NON_FINITE: "A value is infinite or not a number.",
    Cause.OSCILLATING: "The steps are too large: the quality jumps up and down instead of settling.",
    Cause.LEARNING_RATE_TOO_LOW: "The learning rate is so low that almost nothing is learned.",
    Cause.CONSTANT_OUTPUT: "The output is an even grey whatever the picture.",
    Cause.DEAD_ACTIVATIONS: "Channels of the network are dead: they give the same value whatever the picture.",
    Cause.PLATEAU: "Going on is hardly worth it.",
    Cause.OVERFITTING: "The network learns the training pictures by heart and gets worse on others.",
    Cause.NO_DETAIL: "The pictures hold no detail that could be learned.",
    Cause.TOO_LITTLE_DATA: "There are too few pixels to learn from.",
    Cause.MISALIGNED_PAIRS: "Small and large pictures do not show the same thing at the same place.",
    Cause.BAD_RANGE: "The values of the pictures lie outside 0 to 1.",
}
"""One sentence for each cause: what was seen."""

ACTIONS: Mapping[Action, str] = {
    Action.USE_HE_INITIALIZATION: "Start again with He initialization.",
    Action.LOWER_LEARNING_RATE: "Use a learning rate ten times lower.",
    Action.RAISE_LEARNING_RATE: "Use a learning rate ten times higher.",
    Action.LEAVE_OUT_FILES: "Leave out the pictures that are broken, without detail or not in their place.",
    Action.ADD_PICTURES: "Add more and larger pictures with fine detail.",
    Action.CHECK_PAIRS: "Check that each small picture belongs to the large one of the same name, pixel on pixel.",
    Action.CORRECT_RANGE: "Bring all values into 0 to 1 before training.",
    Action.STOP_AND_KEEP: "Stop when you like and keep the best weights so far.",
    Action.RESTART_FROM_BEST: "Go on from the best weights so far, with a learning rate ten times lower.",
    Action.NONE: "Nothing needs doing.",
}
"""One sentence for each action: what to do."""

MOST_NAMED = 3
"""Files that a line names."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that the monitor has seen.

    Attributes:
        step: The step at which it could be known; nothing after it was used.
        cause: What it is.
        severity: How much it matters.
        title: What was seen, in words.
        evidence: The numbers it rests on, by name, units in the names; all finite.
        action: The one thing to do.
        over_at_step: The step at which the trouble had passed, or `None` while it lasts.
        files: Pictures that it is about, as paths below the folder, if they are known; the others would do without them.
    """

    step: int
    cause: Cause
    severity: Severity
    title: str
    evidence: Mapping[str, float]
    action: Action
    over_at_step: int | None = None
    files: tuple[str, ...] = ()

    @classmethod
    def from_event(cls, event: Mapping[str, Any]) -> "Notice":
        """Return the notice that a `notice` event of this version holds."""
        values = {field.name: event[field.name] for field in dataclasses.fields(cls) if field.name != "files"}
        values["files"] = event.get("files", ())  # older runs have none
        kinds = {"cause": Cause, "severity": Severity, "action": Action, "files": tuple}
        return cls(**{**values, **{name: kind(values[name]) for name, kind in kinds.items()}})

    def to_event(self) -> dict[str, object]:
        """Return the notice as a `notice` event, ready for JSON."""
        return {
            "event": "notice",
            "step": self.step,
            "cause": str(self.cause),
            "severity": str(self.severity),
            "title": self.title,
            "evidence": dict(self.evidence),
            "action": str(self.action),
            "over_at_step": self.over_at_step,
            "files": list(self.files),
        }

    def sentence(self) -> str:
        """Return the notice as a person reads it, on one line; trouble that has passed needs nothing done."""
        passed = self.over_at_step is not None
        then = f"Over since step {self.over_at_step:,}." if passed else ACTIONS[self.action]
        numbers = ", ".join(f"{_spoken(name)} {_number(value)}" for name, value in self.evidence.items())
        shown = f" ({numbers})" if numbers else ""
        named = f" {listed(self.files)}." if self.files else ""
        return f"{self.severity.capitalize()} at step {self.step:,}: {self.title}{shown} {then}{named}"


def listed(files: Sequence[str]) -> str:
    """Return the first few names, and how many there are besides."""
    more = f" and {len(files) - MOST_NAMED:,} more" if len(files) > MOST_NAMED else ""
    return ", ".join(files[:MOST_NAMED]) + more


def _spoken(name: str) -> str:
    return name.replace("_db", " in dB").replace("_", " ")


def _number(value: float) -> str:
    return f"{int(value):,}" if value.is_integer() and abs(value) < 1e15 else f"{value:.3g}"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has found at one moment; the monitor makes a notice of it.

    Attributes:
        cause: What it is.
        severity: How much it matters now.
        action: The one thing to do.
        evidence: The numbers it rests on; numbers that are not finite are left out of the notice.
        files: Pictures that it is about, if they are known.
    """

    cause: Cause
    severity: Severity
    action: Action
    evidence: Mapping[str, float]
    files: tuple[str, ...] = ()

    def at(self, step: int) -> Notice:
        """Return the notice that says this at `step`."""
        finite = {name: float(value) for name, value in self.evidence.items() if math.isfinite(value)}
        return Notice(step, self.cause, self.severity, TITLES[self.cause], finite, self.action, files=self.files)
