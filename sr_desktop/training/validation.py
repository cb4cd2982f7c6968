"""How good the weights are on pictures they never learned from, by the protocol of `evaluate`."""

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, stdev

import numpy as np
from torch import Tensor

from sr_desktop.cards import Card, NetworkShape
from sr_desktop.engine import scoring
from sr_desktop.engine.devices import Device
from sr_desktop.engine.model import Model
from sr_desktop.engine.weights import network_from
from sr_desktop.imaging.resampling import crop_to_multiple
from sr_desktop.progress import Progress, Task, run
from sr_desktop.runs.spec import RunSpec
from sr_desktop.system import atomic_write
from sr_desktop.training.dataset import bytes_of
from sr_desktop.training.degradation import degrade
from sr_desktop.training.scan import Example

HELD_OUT_SIDE = 384
"""High-resolution pixels of each side that are scored, from the middle of a picture; more makes checks slower only."""

STANDARD_ERRORS = 2.0
"""A gain must exceed this many standard errors of its mean over pictures: about one chance in forty."""

SMALLEST_MARGIN_DB = 0.01
"""Below this nobody sees or measures a difference, however sure it is."""

SINGLE_MARGIN_DB = 0.1
"""The margin when one picture is all there is to compare on."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a fine-tuned model is worth keeping.

    Attributes:
        gain_db: Mean gain over the base on the held-out pictures.
        margin_db: What the gain has to exceed.
    """

    gain_db: float
    margin_db: float

    @property
    def is_better(self) -> bool:
        """Whether the gain is more than the noise of the comparison."""
        return self.gain_db > self.margin_db


def compare(scores: Sequence[float], base: Sequence[float]) -> Verdict:
    """Return the verdict on two sets of scores of the same pictures, in dB."""
    gains = [one - other for one, other in zip(scores, base, strict=True)]
    if len(gains) == 1:
        return Verdict(gains[0], SINGLE_MARGIN_DB)
    noise = STANDARD_ERRORS * stdev(gains) / math.sqrt(len(gains))
    return Verdict(fmean(gains), max(noise, SMALLEST_MARGIN_DB))


class HeldOut:
    """The held-out pictures, ready to be scored again and again.

    Args:
        spec: For scale, degradation and seed.
        shape: Of the networks that are scored.
    """

    def __init__(self, spec: RunSpec, shape: NetworkShape) -> None:
        self._spec, self._shape = spec, shape
        self.pairs: list[scoring.Pair] = []
        self.names: list[str] = []

    def __len__(self) -> int:
        """Return the number of pictures."""
        return len(self.pairs)

    def add(self, example: Example) -> None:
        """Add the middle of a picture and the low-resolution picture that belongs to it."""
        scale = self._spec.scale
        high = crop_to_multiple(bytes_of(example.high), scale)
        top, height = _middle(high.shape[0], scale)
        left, width = _middle(high.shape[1], scale)
        part = np.ascontiguousarray(high[top : top + height, left : left + width])
        if example.low is None:
            random = np.random.default_rng((self._spec.seed, len(self.pairs)))
            low = degrade(part, scale, self._spec.degradations, random)
        else:
            rows = slice(top // scale, (top + height) // scale)
            columns = slice(left // scale, (left + width) // scale)
            low = np.ascontiguousarray(bytes_of(example.low)[rows, columns])
        self.pairs.append(scoring.Pair(part, low, scale))
        self.names.append(example.name)

    def score(self, weights: Mapping[str, Tensor]) -> Task[list[float]]:
        """Return the PSNR in dB of each picture, enlarged with these weights on the CPU; NaN if they are not finite."""
        if not all(bool(tensor.isfinite().all()) for tensor in weights.values()):
            return [math.nan] * len(self.pairs)
        model = self.model(weights)
        scores = []
        for number, pair in enumerate(self.pairs, start=1):
            scores.append(run(scoring.score_model(pair, model)).psnr_y_db)
            yield Progress(number, len(self.pairs))
        return scores

    def model(self, weights: Mapping[str, Tensor]) -> Model:
        """Return the model that these weights make, on the CPU, where scores are the same on every machine."""
        return Model(network_from(weights, self._shape, "The network"), Card(self._shape), Device("cpu", "fp32"))

    def score_bicubic(self) -> list[float]:
        """Return the PSNR in dB of each picture, enlarged with bicubic."""
        return [scoring.score_bicubic(pair).psnr_y_db for pair in self.pairs]

    def save(self, path: Path) -> None:
        """Write the pictures to a file, so that a resumed run needs their folder no more."""
        arrays = {f"{name}{n}": getattr(pair, name) for n, pair in enumerate(self.pairs) for name in ("high", "low")}
        content = io.BytesIO()
        np.savez(content, allow_pickle=False, names=np.array(self.names), **arrays)
        atomic_write.write_whole(path, content.getvalue())

    def load(self, path: Path) -> None:
        """Add the pictures that `save` wrote."""
        with np.load(path, allow_pickle=False) as arrays:
            count = len(arrays.files) // 2
            self.names += arrays["names"].tolist() if "names" in arrays.files else [""] * count  # older runs have none
            self.pairs += [scoring.Pair(arrays[f"high{n}"], arrays[f"low{n}"], self._spec.scale) for n in range(count)]


def _middle(length: int, scale: int) -> tuple[int, int]:
    """Return where the middle part of a side begins and how long it is, both multiples of the scale."""
    size = min(length, HELD_OUT_SIDE // scale * scale)
    return (length - size) // 2 // scale * scale, size
