"""What the monitor remembers of a run: settings, pictures, losses, held-out checks and looks inside the network."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sr_desktop.monitor.losses import Losses

Floats = NDArray[np.float64]

CHECKS = 4096
"""Held-out checks kept; when there are more, every second of the older half is dropped."""


@dataclass(frozen=True, slots=True)
class Check:
    """One measurement on held-out pictures.

    Attributes:
        step: When.
        psnr_db: The score.
        best_db: The best score up to here.
        learning_rate: The rate at that step, or `None` if unknown.
    """

    step: int
    psnr_db: float
    best_db: float
    learning_rate: float | None


@dataclass(slots=True)
class Checks:
    """All held-out checks whose score was finite, oldest first; steps never go back.

    Attributes:
        items: The checks.
        bicubic_db: Score of bicubic interpolation on the same pictures, if known.
        base_db: Score of the model that the run started from, if any.
        last_bad: The last score was not finite.
    """

    items: list[Check] = field(default_factory=list)
    bicubic_db: float | None = None
    base_db: float | None = None
    last_bad: bool = False

    def add(self, step: int, psnr_db: float, learning_rate: float | None = None) -> None:
        """Take in one score; a score for a step that is past (a resumed run) replaces what came after it."""
        self.last_bad = not math.isfinite(psnr_db)
        if self.last_bad:
            return
        while self.items and self.items[-1].step >= step:
            self.items.pop()
        best = max(psnr_db, self.items[-1].best_db) if self.items else psnr_db
        self.items.append(Check(step, psnr_db, best, learning_rate))
        if len(self.items) > CHECKS:
            half = CHECKS // 2
            self.items = self.items[:half:2] + self.items[half:]

    @property
    def best_step(self) -> int | None:
        """The step of the best score, the earliest if several are equal."""
        return max(self.items, key=lambda item: (item.psnr_db, -item.step)).step if self.items else None


@dataclass(frozen=True, slots=True)
class LayerProbe:
    """One layer as a batch passes through it and back.

    Attributes:
        name: The layer's name.
        activation_rms: Root mean square of what leaves the layer, after its activation.
        activation_std: The same with each channel's mean taken off: how much of it depends on the picture.
        gradient_rms: Root mean square of the loss's gradient at its weights.
        weight_rms: Root mean square of its weights.
        dead_share: Share of its channels that give one value whatever the picture.
    """

    name: str
    activation_rms: float = math.nan
    activation_std: float = math.nan
    gradient_rms: float = math.nan
    weight_rms: float = math.nan
    dead_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Probe:
    """One look inside the network.

    Attributes:
        step: When; 0 is before the first step.
        layers: From the input to the output.
        output_std: Spread of the network's output over the batch.
        target_std: Spread of what it should be.
        input_min: Smallest value of the input.
        input_max: Largest value of the input.
    """

    step: int
    layers: tuple[LayerProbe, ...]
    output_std: float = math.nan
    target_std: float = math.nan
    input_min: float = math.nan
    input_max: float = math.nan


@dataclass(frozen=True, slots=True)
class DataFacts:
    """What is known about the pictures before the first step; `None` is unknown.

    Attributes:
        pictures: Pictures to learn from.
        pixels: Their pixels at the large size, together.
        flat_share: Share of the pixels that lie in patches without detail, 0 to 1.
        predictable_share: Share of the large pictures' variance that bicubic interpolation of the small ones explains.
        pair_correlation: Correlation between a small picture and its large one made small that nine pairs in ten exceed.
        pair_shift_spread: How far the shift within a pair lies from the usual one, in pixels of the large picture; one
            pair in four exceeds it.
        input_min: Smallest value of the small pictures.
        input_max: Largest value.
        non_finite: Pictures that hold values that are infinite or not numbers.
        held_out: Pictures that are only looked at.
        concerned: By cause, the pictures that it is about, as paths below the folder; not known in every case.
    """

    pictures: int | None = None
    pixels: int | None = None
    flat_share: float | None = None
    predictable_share: float | None = None
    pair_correlation: float | None = None
    pair_shift_spread: float | None = None
    input_min: float | None = None
    input_max: float | None = None
    non_finite: int | None = None
    held_out: int | None = None
    concerned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Setup:
    """What of a run's settings the monitor needs.

    Attributes:
        optimizer: `adam`, `adamw` or `sgd`; empty if unknown.
        learning_rate: The highest rate, if known.
        schedule: `constant` or `cosine`; empty if unknown, which is read as constant.
        from_scratch: The run did not start from a trained model.
        steps: Steps planned, if known.
        averaging: Decay per step of the averaged weights that are scored; 0 if none or unknown.
        loss: What is made small; empty if unknown, as in logs of other programs.
        start_std: Deviation of the random start in all layers, if it has one and the same.
    """

    optimizer: str = ""
    learning_rate: float | None = None
    schedule: str = ""
    from_scratch: bool = True
    steps: int | None = None
    averaging: float = 0.0
    loss: str = ""
    start_std: float | None = None


@dataclass(slots=True)
class History:
    """Everything that rules look at.

    Attributes:
        step: The last step that anything is known of.
        setup: The run's settings.
        data: The pictures.
        losses: The training loss.
        checks: The held-out scores.
        probe: The last look inside.
        first_probe: The first look inside.
    """

    step: int = 0
    setup: Setup = field(default_factory=Setup)
    data: DataFacts = field(default_factory=DataFacts)
    losses: Losses = field(default_factory=Losses)
    checks: Checks = field(default_factory=Checks)
    probe: Probe | None = None
    first_probe: Probe | None = None

    def add_probe(self, probe: Probe) -> None:
        """Take in a look inside the network."""
        self.probe = probe
        self.first_probe = self.first_probe or probe
