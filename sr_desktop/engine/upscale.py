"""A picture in, a larger one out: luma through the network, colour and alpha resampled, tile by tile.

In every colour channel the result is `bicubic(channel) + network(luma) - bicubic(luma)`. That is the same as
exchanging the luma of YCbCr and resampling its chroma, without going there and back.

Everything happens in strips of rows, one row of tiles high. Each pass takes the rows that it needs from the pass
before, so that memory holds some strips of each, however large the picture.
"""

import itertools
import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
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
from sr_desktop.imaging.colour import UNIT, SampleRange
from sr_desktop.imaging.raster import Floats, Raster, Samples
from sr_desktop.imaging.strips import Strips
from sr_desktop.progress import Progress, Task

Room: TypeAlias = Callable[[tuple[int, ...], DTypeLike], NDArray[Any]]
"""Gives an H×W×C array of a type, its content undefined; numpy's `empty` does, and so may a file on disk."""

Stream: TypeAlias = Iterator[Progress | Samples]
"""The rows of a picture in order, a strip at a time, and in between how far the work is."""


def upscale(raster: Raster, plan: Plan, model_for: Callable[[int], Model], room: Room = np.empty) -> Task[Raster]:
    """Return the picture at the planned size, in its own depth and with its metadata.

    Args:
        raster: The picture.
        plan: Passes and size, from `targets.plan`.
        model_for: Gives the model for a scale of the plan.
        room: Gives the array for the result.

    Raises:
        DeviceError: Not even a small tile fits into memory.
    """
    samples = room((plan.height, plan.width, raster.samples.shape[2]), raster.samples.dtype)
    for item in upscale_strips(Strips.of(raster), plan, model_for, samples):
        if isinstance(item, Progress):
            yield item
    return replace(raster, samples=samples)


def upscale_strips(source: Strips, plan: Plan, model_for: Callable[[int], Model], out: Samples | None = None) -> Stream:
    """Yield the rows of the picture at the planned size, in its own depth, as soon as they are done; and progress.

    Between passes, and before a final reduction, samples stay float32, so that they are rounded once only.

    Args:
        source: The picture; it is read as far as the next rows need it.
        plan: As for `upscale`.
        model_for: As for `upscale`.
        out: Filled with all rows, if given, and the strips are its parts; otherwise each has memory of its own.

    Raises:
        DeviceError: As from `upscale`.
    """
    outline = source.outline
    stage = _Stage(outline.height, outline.width, outline.samples.shape[2], source.range)
    stream: Stream = iter(source.strips)
    counter = _Counter(_work_units(outline, plan))
    unfilled = out
    for number, scale in enumerate(plan.passes, start=1):
        larger = replace(stage, height=stage.height * scale, width=stage.width * scale, range=UNIT)
        room = None
        if number == len(plan.passes) and (larger.height, larger.width) == (plan.height, plan.width):
            larger = replace(larger, range=source.range)
            room, unfilled = out, None
        stream = _enlarged(_Window(stream), stage, larger, model_for(scale), counter, room)
        stage = larger
    if (stage.height, stage.width) != (plan.height, plan.width):
        stream = _resized(_Window(stream), stage, plan, source.range)
    yield from stream if unfilled is None else _copied(stream, unfilled)


def _work_units(outline: Raster, plan: Plan) -> int:
    """Return the pixels that go through the network in all passes together."""
    grown = [math.prod(plan.passes[:number]) for number in range(len(plan.passes))]
    return max(1, sum(outline.height * outline.width * factor**2 for factor in grown))


@dataclass(frozen=True, slots=True)
class _Stage:
    """What the picture is between two steps."""

    height: int
    width: int
    channels: int
    range: SampleRange


class _Counter:
    """Adds up the pixels done in all passes."""

    def __init__(self, total: int) -> None:
        self._done, self._total = 0, total

    def add(self, tile: Tile) -> Progress:
        """Return how far the work is with one more tile."""
        self._done += tile.core.height * tile.core.width
        return Progress(self._done, self._total)


class _Window:
    """The rows of a stream that are still needed; what lies above the last rows asked for is forgotten."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._held: deque[Samples] = deque()
        self._top = self._bottom = 0

    def rows(self, start: int, stop: int) -> Task[Samples]:
        """Return rows `start` to `stop`; neither may be less than in a call before."""
        while self._held and self._top + len(self._held[0]) <= start:
            self._top += len(self._held.popleft())
        while self._bottom < stop:
            item = next(self._stream)
            if isinstance(item, Progress):
                yield item
            else:
                self._bottom += len(item)
                self._held.append(item)
        if len(self._held) == 1:
            return self._held[0][start - self._top : stop - self._top]
        held: NDArray[Any] = np.concatenate(self._held)
        return held[start - self._top : stop - self._top]


def _copied(stream: Stream, out: Samples) -> Stream:
    """Copy the strips into `out` and yield its parts instead."""
    top = 0
    for item in stream:
        if isinstance(item, Progress):
            yield item
            continue
        place = out[top : top + len(item)]
        place[...] = item
        top += len(item)
        yield place


def _enlarged(
    source: _Window, before: _Stage, after: _Stage, model: Model, counter: _Counter, out: Samples | None
) -> Stream:
    """Run one pass; its strips are parts of `out`, if there is one."""
    has_alpha = before.channels in (2, 4)
    # Colour under transparency comes from beyond the network's halo.
    halo = model.shape.halo + (colour.EXTENSION_REACH if has_alpha else 0)
    grid = tiles.Grid(before.height, before.width, halo)
    size = tiles.ACCELERATOR_TILE if model.device.is_accelerator else tiles.CPU_TILE
    for _, row in itertools.groupby(grid.tiles(size), key=lambda tile: tile.core.top):
        yield from _enlarged_row(source, list(row), grid, before, after, model, counter, out)


def _enlarged_row(
    source: _Window, row: Sequence[Tile], grid: tiles.Grid, before: _Stage, after: _Stage, model: Model,
    counter: _Counter, out: Samples | None,
) -> Stream:  # fmt: skip
    """Run one pass over a row of tiles, and yield the strip that they are together."""
    first = row[0]
    rows = yield from source.rows(first.padded.top, first.padded.bottom)
    whole = Box(first.core.top, 0, first.core.bottom, grid.width).scaled(model.scale)
    shape = (whole.height, after.width, after.channels)
    strip = np.empty(shape, after.range.dtype) if out is None else out[whole.rows]
    pending = deque(row)
    while pending:
        tile = pending.popleft()
        padded = rows[tile.padded.top - first.padded.top : tile.padded.bottom - first.padded.top, tile.padded.columns]
        place = tile.core.scaled(model.scale).within(whole)
        try:
            _enlarge_tile(padded, tile, before.range, after.range, model, strip[place.rows, place.columns])
        except torch.OutOfMemoryError as error:
            if not (smaller := grid.quarters(tile)):
                raise DeviceError(
                    f"The memory of the {model.device.kind} device does not suffice for even a small piece.",
                    "Close other programs or choose the device “cpu”.",
                ) from error
            pending.extendleft(reversed(smaller))
            continue
        yield counter.add(tile)
    yield strip


def _enlarge_tile(
    padded: Samples, tile: Tile, before: SampleRange, after: SampleRange, model: Model, out: Samples
) -> None:
    """Fill the larger samples (scale·H×scale·W×C) of a tile's core from the samples of its padded part."""
    luma, others = colour.parted(padded, before)
    inner = tile.core.within(tile.padded).scaled(model.scale)
    larger = model(luma)[inner.rows, inner.columns]
    colour.join(larger, [_enlarge_core(plane, tile, model.scale) for plane in others], after, out)


def _enlarge_core(plane: Floats, tile: Tile, scale: int) -> Floats:
    """Return a tile's core resampled, from a plane of its padded part; the network's halo is wider than this needs."""
    needed = tile.core.grown(resampling.REACH, tile.padded)
    read, core = needed.within(tile.padded), tile.core.within(needed).scaled(scale)
    return resampling.enlarge(plane[read.rows, read.columns], scale)[core.rows, core.columns]


def _resized(source: _Window, before: _Stage, plan: Plan, after: SampleRange) -> Stream:
    """Resample to the planned size."""
    resizing = resampling.Resizing((before.height, before.width), (plan.height, plan.width))
    for number, needed in resizing.strips():
        rows = yield from source.rows(needed.start, needed.stop)
        yield after.samples(np.asarray(resizing.strip(number, before.range.floats(rows)), np.float32))
