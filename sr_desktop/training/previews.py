"""Crops of held-out pictures for a person to look at while a run goes, and of the worst of them in the end.

Each is a small `.npz` file of 8-bit H×W×C arrays, named for what they show and numbered: `before0` (bicubic), `base0` (the
model the run started from, if it refines one), `original0`, and `now0`; `names` holds the pictures' names.
"""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from sr_desktop.engine.model import Model
from sr_desktop.engine.scoring import Pair
from sr_desktop.engine.targets import Plan
from sr_desktop.engine.upscale import upscale
from sr_desktop.imaging import resampling
from sr_desktop.imaging.raster import Raster
from sr_desktop.progress import run
from sr_desktop.system import atomic_write
from sr_desktop.training.validation import HeldOut

Bytes = NDArray[np.uint8]

VIEWS = 3
WORST = 5

SIDE = 160
"""Of a crop, in high-resolution pixels: what fits three times beside the curves."""

MARGIN = 8
"""Low-resolution pixels around a crop that go through the network as well: its halo (`cards.NetworkShape`)."""


def write_before(path: Path, held_out: HeldOut, numbers: Sequence[int], base: Model | None) -> None:
    """Write what the pictures of these numbers were before the run, and how they should be."""
    arrays: dict[str, Any] = {"names": np.array([held_out.names[number] for number in numbers])}
    for place, number in enumerate(numbers):
        pair = held_out.pairs[number]
        high, low = _places(pair)
        height, width = pair.high.shape[:2]
        arrays[f"before{place}"] = resampling.matlab_bicubic(pair.low, height=height, width=width)[high]
        arrays[f"original{place}"] = pair.high[high]
        if base is not None:
            arrays[f"base{place}"] = _enlarged(pair, low, base)
    _write(path, arrays)


def write_now(path: Path, held_out: HeldOut, numbers: Sequence[int], model: Model, step: int) -> None:
    """Write how a model enlarges the pictures of these numbers."""
    crops = (_enlarged(held_out.pairs[number], _places(held_out.pairs[number])[1], model) for number in numbers)
    _write(path, {"step": np.array(step), **{f"now{place}": crop for place, crop in enumerate(crops)}})


def write_worst(path: Path, held_out: HeldOut, numbers: Sequence[int], base: Model | None, model: Model) -> None:
    """Write the pictures of these numbers before and after the run."""
    write_before(path, held_out, numbers, base)
    with np.load(path, allow_pickle=False) as before:
        arrays = dict(before)
    for place, number in enumerate(numbers):
        pair = held_out.pairs[number]
        arrays[f"now{place}"] = _enlarged(pair, _places(pair)[1], model)
    _write(path, arrays)


def worst(scores: Sequence[float], reference: Sequence[float]) -> list[int]:
    """Return the numbers of the pictures that gained least over the reference, the worst first."""
    gains = [score - other for score, other in zip(scores, reference, strict=True)]
    return sorted(range(len(gains)), key=lambda number: gains[number])[:WORST]


Place = tuple[slice, slice]


def _places(pair: Pair) -> tuple[Place, Place]:
    """Return rows and columns of the crop with most contrast, in the high-resolution picture and in the low one."""
    height, width = pair.low.shape[:2]
    side = min(max(1, SIDE // pair.scale), height, width)
    luma = pair.low.mean(axis=2, dtype=np.float32)
    detail = (luma - cv2.blur(luma, (5, 5))) ** 2
    contrast = cv2.boxFilter(detail, -1, (side, side), anchor=(0, 0))[: height - side + 1, : width - side + 1]
    top, left = divmod(int(contrast.argmax()), contrast.shape[1])
    low = slice(top, top + side), slice(left, left + side)
    rows, columns = (slice(part.start * pair.scale, part.stop * pair.scale) for part in low)
    return (rows, columns), low


def _enlarged(pair: Pair, low: Place, model: Model) -> Bytes:
    """Return the crop as a model enlarges it, with what is around it taken into account."""
    rows, columns = (slice(max(0, part.start - MARGIN), part.stop + MARGIN) for part in low)
    around = np.ascontiguousarray(pair.low[rows, columns])
    scale = pair.scale
    plan = Plan((scale,), around.shape[0] * scale, around.shape[1] * scale)
    samples = np.asarray(run(upscale(Raster(around), plan, lambda _: model)).samples, np.uint8)
    top, left = (low[0].start - rows.start) * scale, (low[1].start - columns.start) * scale
    height, width = ((part.stop - part.start) * scale for part in low)
    return samples[top : top + height, left : left + width]


def _write(path: Path, arrays: Mapping[str, Any]) -> None:
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, **arrays)
    atomic_write.write_whole(path, content.getvalue())
