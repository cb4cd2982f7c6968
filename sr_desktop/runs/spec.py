"""What a training run was asked to do: one frozen value, also a TOML file, checked in words before anything starts."""

import dataclasses
import json
import math
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast, get_args, get_origin

from sr_desktop.choices import (
    DEVICES,
    INITIALIZATIONS,
    LOSSES,
    OPTIMIZERS,
    SCHEDULES,
    TRAINING_PRECISIONS,
    DegradationKind,
    DeviceName,
    Initialization,
    Loss,
    Optimizer,
    Schedule,
    TrainingPrecision,
)
from sr_desktop.errors import UsageError

VERSION = 1

SCRATCH = "scratch"
"""The start of a run that learns everything from pictures."""

SCRATCH_RATE, FINE_TUNING_RATE = 1e-3, 2e-4
"""Learning rates of Adam when none is given; SGD takes a hundred times as much."""

SGD_FACTOR = 100

DEFAULT_MINUTES = 20.0

_DEGRADATION = re.compile(r"(blur|noise|jpeg)(?::(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?)?$")

DEGRADATION_RANGES = {"blur": (0.2, 1.2), "noise": (0.0, 6.0), "jpeg": (30.0, 95.0)}
"""What each degradation draws from when no range is given: blur's deviation in low-resolution pixels, noise's in
levels of 255, JPEG's quality."""


@dataclass(frozen=True, slots=True)
class Degradation:
    """Something that happens to the low-resolution pictures, drawn anew for each of them.

    Attributes:
        kind: `blur`, `noise` or `jpeg`.
        low: Smallest strength, in the unit of `DEGRADATION_RANGES`.
        high: Largest strength.
    """

    kind: DegradationKind
    low: float
    high: float


def parse_degradation(text: str) -> Degradation:
    """Return the degradation that `jpeg`, `jpeg:40` or `jpeg:30-95` (blur and noise likewise) names.

    Raises:
        ValueError: It names none.
    """
    match = _DEGRADATION.match(text)
    if match is None:
        raise ValueError(f"“{text}” is not a degradation; write for example jpeg:40, jpeg:30-95, noise:3 or blur:0.5-1")
    kind, low, high = match.groups()
    kind = cast(DegradationKind, kind)  # the pattern matches no other
    if low is None:
        return Degradation(kind, *DEGRADATION_RANGES[kind])
    strongest = float(high) if high is not None else float(low)
    if strongest < float(low) or (kind == "jpeg" and not 1 <= float(low) <= strongest <= 100):
        raise ValueError(f"“{text}” is not a range that {kind} can take")
    return Degradation(kind, float(low), strongest)


@dataclass(frozen=True, slots=True)
class RunSpec:
    """Everything that decides how a run goes; the same spec and pictures give the same run on a CPU.

    Attributes:
        pictures: Folder of high-resolution pictures, searched with its subfolders.
        scale: 2, 3 or 4.
        output: Weights file to write in the end.
        low: Folder of matching low-resolution pictures; empty to make them here.
        exclude: Patterns of pictures in `pictures` to leave out, as `inputs.folder_walk.Choice` reads them.
        start: Path of the weights to start from, or `scratch`.
        small: FSRCNN-s instead of FSRCNN, from scratch.
        initialization: `he`, or `normal` for the same deviation in every layer.
        initialization_std: That deviation.
        optimizer: `adam`, `adamw` or `sgd`.
        momentum: Of SGD.
        weight_decay: Of AdamW, and of SGD.
        learning_rate: Highest rate; 0 chooses by optimiser and start.
        schedule: `cosine` down to nearly nothing, or `constant`.
        warm_up_steps: Steps over which the rate rises from nothing.
        loss: `charbonnier`, `l1` or `mse`; or `psnr`, where each patch counts nearly as its PSNR does.
        clip: Largest norm of the gradient; 0 leaves it alone.
        steps: Length of the run in steps; 0 if it is given in minutes.
        minutes: Length of the run in minutes of training.
        batch: Patches per step.
        patch: Side of a patch in low-resolution pixels.
        held_out: Share of the pictures that are only looked at, never learned from.
        degrade: Degradations of the low-resolution pictures, as `parse_degradation` reads them.
        rescale: Whether smaller copies of the pictures are learned from, too.
        expansion: Width of the matrices added to each layer while training, and multiplied out in the end; 0 for none.
        ema: Decay per step of the average of the weights that is judged and kept; 0 for none.
        seed: Of everything random.
        device: `auto`, `cpu`, `cuda`, `mps` or `xpu`.
        precision: `auto`, `fp32` or `bf16`.
    """

    pictures: str
    scale: int
    output: str
    low: str = ""
    exclude: tuple[str, ...] = ()
    start: str = SCRATCH
    small: bool = False
    initialization: Initialization = "he"
    initialization_std: float = 0.001
    optimizer: Optimizer = "adam"
    momentum: float = 0.9
    weight_decay: float = 0.0
    learning_rate: float = 0.0
    schedule: Schedule = "cosine"
    warm_up_steps: int = 200
    loss: Loss = "charbonnier"
    clip: float = 0.0
    steps: int = 0
    minutes: float = 0.0
    batch: int = 16
    patch: int = 20
    held_out: float = 0.1
    degrade: tuple[str, ...] = ()
    rescale: bool = True
    expansion: int = 64
    ema: float = 0.999
    seed: int = 0
    device: DeviceName = "auto"
    precision: TrainingPrecision = "auto"

    @property
    def from_scratch(self) -> bool:
        """Whether the run starts from random weights."""
        return self.start == SCRATCH

    @property
    def degradations(self) -> tuple[Degradation, ...]:
        """The degradations, parsed."""
        return tuple(parse_degradation(text) for text in self.degrade)


def completed(spec: RunSpec) -> RunSpec:
    """Return the spec with its length and its learning rate decided."""
    rate = spec.learning_rate
    if rate == 0:
        rate = SCRATCH_RATE if spec.from_scratch else FINE_TUNING_RATE
        rate *= SGD_FACTOR if spec.optimizer == "sgd" else 1
    minutes = spec.minutes if spec.minutes or spec.steps else DEFAULT_MINUTES
    return dataclasses.replace(spec, learning_rate=rate, minutes=minutes)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a spec that can't work.

    Attributes:
        field: The field of `RunSpec`.
        text: One sentence for a person.
    """

    field: str
    text: str


_CHOICES = {
    "scale": (2, 3, 4),
    "initialization": INITIALIZATIONS,
    "optimizer": OPTIMIZERS,
    "schedule": SCHEDULES,
    "loss": LOSSES,
    "device": DEVICES,
    "precision": TRAINING_PRECISIONS,
}

_RANGES: dict[str, tuple[float, float]] = {
    "initialization_std": (0.0, 100.0),
    "momentum": (0.0, 0.9999),
    "weight_decay": (0.0, 1.0),
    "learning_rate": (0.0, 100.0),
    "warm_up_steps": (0, 1_000_000),
    "clip": (0.0, 1e9),
    "steps": (0, 100_000_000),
    "minutes": (0.0, 60 * 24 * 30),
    "batch": (1, 1024),
    "patch": (4, 256),
    "held_out": (0.0, 0.9),
    "expansion": (0, 1024),
    "ema": (0.0, 0.99999),
    "seed": (0, 2**31 - 1),
}


def problems(spec: RunSpec) -> list[Problem]:
    """Return everything about a spec that can't work, in the order of its fields."""
    found: list[Problem] = []
    for name, choices in _CHOICES.items():
        if getattr(spec, name) not in choices:
            found.append(Problem(name, f"{_spoken(name)} must be one of {', '.join(map(str, choices))}."))
    for name, (low, high) in _RANGES.items():
        value = getattr(spec, name)
        if not math.isfinite(value) or not low <= value <= high:
            found.append(Problem(name, f"{_spoken(name)} must be between {low:g} and {high:g}."))
    for text in spec.degrade:
        try:
            parse_degradation(text)
        except ValueError as error:
            found.append(Problem("degrade", f"{error}."))
    if spec.steps and spec.minutes:
        found.append(Problem("minutes", "Give the length in steps or in minutes, not both."))
    if spec.small and not spec.from_scratch:
        found.append(Problem("small", "A small network can only be chosen for a run from scratch."))
    if spec.low and (spec.degrade or spec.low == spec.pictures):
        found.append(Problem("low", "Pictures that come in pairs are taken as they are, from two different folders."))
    order = [field.name for field in dataclasses.fields(RunSpec)]
    return sorted(found, key=lambda problem: order.index(problem.field))


def _spoken(name: str) -> str:
    return "The " + name.replace("_", " ")


def to_toml(spec: RunSpec) -> str:
    """Return the spec as the text of `run.toml`."""
    lines = [f"version = {VERSION}"]
    for field in dataclasses.fields(spec):
        value = getattr(spec, field.name)
        # JSON's numbers, booleans, lists and strings are TOML's as well, but for the DEL that TOML wants escaped.
        text = json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
        lines.append(f"{field.name} = {text}".replace("\x7f", "\\u007f"))
    return "\n".join(lines) + "\n"


def from_toml(text: str, name: str = "The spec") -> RunSpec:
    """Return the spec in a TOML text; fields it does not give have their defaults, unknown ones are refused.

    Raises:
        UsageError: The text is not a spec.
    """
    try:
        fields = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is not a TOML file: {error}.", "Correct it or make it anew.") from error
    return from_fields(fields, name)


def from_fields(fields: dict[str, Any], name: str = "The spec") -> RunSpec:
    """Return the spec that a dictionary of its fields describes.

    Raises:
        UsageError: A field is unknown, missing or of the wrong type, or not one of its choices.
    """
    values = {key: value for key, value in fields.items() if key != "version"}
    if fields.get("version", VERSION) != VERSION:
        raise UsageError(f"{name} was written by a newer version of this program.", "Use that version.")
    kinds = {field.name: field.type for field in dataclasses.fields(RunSpec)}
    for key, value in values.items():
        if key not in kinds:
            raise UsageError(f"{name} has a field “{key}” that this program does not know.", "Remove it.")
        values[key] = _of_kind(kinds[key], value, f"{name}: “{key}”")
    missing = [key for key in ("pictures", "scale", "output") if key not in values]
    if missing:
        raise UsageError(f"{name} does not say “{missing[0]}”.", "Add it.")
    spec: RunSpec = RunSpec(**values)
    return spec


def _of_kind(kind: object, value: object, what: str) -> object:
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        if value in choices:
            return value
        raise UsageError(f"{what} can't be {value!r}.", f"It must be one of {', '.join(choices)}.")
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if kind in (str, int, float, bool) and type(value) is kind:
        return value
    if isinstance(value, list) and kind not in (str, int, float, bool) and all(isinstance(v, str) for v in value):
        return tuple(value)
    raise UsageError(f"{what} is {value!r}, which is not the kind of value it needs.", "Correct it.")


def read_spec(path: Path) -> RunSpec:
    """Return the spec in a TOML file.

    Raises:
        UsageError: The file can't be read or is not a spec.
    """
    try:
        return from_toml(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The spec {path.name} can't be read.", "Check the path.") from error
