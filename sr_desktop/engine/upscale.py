"""A picture in, a larger one out: luma through the network, colour and alpha resampled, tile by tile.

In every colour channel the result is `bicubic(channel) + network(luma) - bicubic(luma)`. That is the same as
exchanging the luma of YCbCr and resampling its chroma, without going there and back.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
import torch
from numpy.typing import DTypeLike, NDArray

from sr_desktop.engine import tiles
from sr_desktop.engine.model import Model
from sr_desktop.engine.targets import Plan
from sr_desktop.engine.tiles import Box, Tile
from sr_desktop.errors import DeviceError
from sr_desktop.imaging import colour, resampling
from sr_desktop.imaging.raster import Floats, Raster, Samples
from sr_desktop.progress import Progress, Task

Room: TypeAlias = Callable[[tuple[int, ...], DTypeLike], NDArray[Any]]
"""Gives an H×W×C array of a type, its content undefined; numpy's `empty` does, and so may a file on disk."""


def upscale(raster: Raster, plan: Plan, model_for: Callable[[int], Model], room: Room = np.empty) -> Task[Raster]:
    """Return the picture at the planned size, in its own depth and with its metadata.

    Between passes, and before a final reduction, samples stay float32, so that they are rounded once only.

    Args:
        raster: The picture.
        plan: Passes and size, from `targets.plan`.
        model_for: Gives the model for a scale of the plan.
        room: Gives the arrays for the result of each pass.

    Raises:
        DeviceError: Not even a small tile fits into memory.
    """
    work = raster if raster.bits < 32 else Raster(colour.to_floats(raster))
    done, total = 0, _work_units(work, plan)
    for number, scale in enumerate(plan.passes, start=1):
        ends_here = (
            number == len(plan.passes) and work.height * scale == plan.height and work.width * scale == plan.width
        )
        dtype = work.samples.dtype if ends_here else np.float32
        samples = yield from _enlarge(work, model_for(scale), room, dtype, done, total)
        done += work.height * work.width
        work = Raster(samples)
    if (work.height, work.width) != (plan.height, plan.width):
        work = Raster(resampling.resize(colour.to_floats(work), height=plan.height, width=plan.width))
    if work.bits == raster.bits < 32:
        return replace(raster, samples=work.samples)
    return colour.from_floats(work.samples.astype(np.float32, copy=False), like=raster)


def _work_units(raster: Raster, plan: Plan) -> int:
    """Return the pixels that go through the network in all passes together."""
    grown = [math.prod(plan.passes[:number]) for number in range(len(plan.passes))]
    return max(1, sum(raster.height * raster.width * factor**2 for factor in grown))


def _enlarge(raster: Raster, model: Model, room: Room, dtype: DTypeLike, done: int, total: int) -> Task[Samples]:
    """Run one pass over a picture and return its samples in `dtype`; memory grows with them only."""
    # Colour under transparency comes from beyond the network's halo.
    halo = model.shape.halo + (colour.EXTENSION_REACH if raster.has_alpha else 0)
    grid = tiles.Grid(raster.height, raster.width, halo)
    pending = deque(grid.tiles(tiles.ACCELERATOR_TILE if model.device.is_accelerator else tiles.CPU_TILE))
    output = room((raster.height * model.scale, raster.width * model.scale, raster.samples.shape[2]), dtype)
    target = Raster(np.zeros((1, 1, output.shape[2]), dtype))
    while pending:
        tile = pending.popleft()
        try:
            floats = _enlarge_tile(raster, tile, model)
        except torch.OutOfMemoryError as error:
            if not (smaller := grid.quarters(tile)):
                raise DeviceError(
                    f"The memory of the {model.device.kind} device does not suffice for even a small piece.",
                    "Close other programs or choose the device “cpu”.",
                ) from error
            pending.extendleft(reversed(smaller))
            continue
        core = tile.core.scaled(model.scale)
        output[core.rows, core.columns] = colour.samples_from(floats, like=target)
        done += tile.core.height * tile.core.width
        yield Progress(done, total)
    return output


def _enlarge_tile(raster: Raster, tile: Tile, model: Model) -> Floats:
    """Return the larger samples (scale·H×scale·W×C) of a tile's core; not clipped."""
    floats = colour.to_floats(Raster(raster.samples[tile.padded.rows, tile.padded.columns]))
    if raster.has_alpha:
        floats = colour.extend_colour_under_alpha(floats)
    high = resampling.enlarge(floats, height=tile.padded.height * model.scale, width=tile.padded.width * model.scale)
    inner: Box = tile.core.within(tile.padded).scaled(model.scale)
    high = high[inner.rows, inner.columns]
    detail = model(colour.luma(floats))[inner.rows, inner.columns] - colour.luma(high)
    high[:, :, : raster.colours] += detail[:, :, np.newaxis]
    return high
