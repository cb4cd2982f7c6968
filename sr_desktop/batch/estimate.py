"""How much room and time a plan will take, from the headers of some of its files."""

import itertools
import shutil
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sr_desktop.batch.models import Models
from sr_desktop.batch.plan import Plan, PlanItem, sizes
from sr_desktop.engine import targets, tiles
from sr_desktop.engine.targets import Target
from sr_desktop.errors import UserError
from sr_desktop.imaging.formats import format_named, format_of
from sr_desktop.imaging.reading import reader
from sr_desktop.progress import Progress, Task

_SAMPLE = 60
"""Files that are looked at; 60 headers take a tenth of a second."""

_BYTES_PER_PIXEL = {"JPEG": 0.46, "PNG": 1.56, "WebP": 0.29, "TIFF": 1.69, "BMP": 3.0, "AVIF": 0.28}
"""Of the colour pictures of Set5 and Set14 at x2 and the default quality."""

_TILES_TIMED = 3


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a plan will take, roughly.

    Attributes:
        megapixels: Of all results together.
        network_megapixels: That go through the network, in all passes together.
        size_bytes: Of all results together.
        free_bytes: On the disk that they go to.
    """

    megapixels: float
    network_megapixels: float
    size_bytes: int
    free_bytes: int

    @property
    def fits(self) -> bool:
        """Whether there is room for the results."""
        return self.size_bytes < self.free_bytes

    def seconds(self, seconds_per_megapixel: float) -> float:
        """Return how long it takes; see `pace`."""
        return self.network_megapixels * seconds_per_megapixel


def estimate(plan: Plan, target: Target, scales: Collection[int]) -> Task[Estimate]:
    """Return what the open files of a plan will take, after a look at some of them.

    Args:
        plan: The plan.
        target: How large results shall be.
        scales: Scales there are models for.

    Raises:
        OSError: The disk doesn't say how much is free.
    """
    items = plan.open
    sample = _spread(items, _SAMPLE)
    results = networks = room = 0.0
    seen_bytes = 0
    for number, item in enumerate(sample, start=1):
        try:
            header = reader.read_size(item.source)
            planned = targets.plan(target, scales, height=header.height, width=header.width)
        except UserError:  # its row will say so; it takes no room
            continue
        finally:
            yield Progress(number, len(sample))
        seen_bytes += item.size_bytes
        pixels = planned.height * planned.width * header.frames
        results += pixels
        networks += _through_network(planned, header.height * header.width * header.frames)
        room += pixels * _BYTES_PER_PIXEL[_format_name(item)]
    factor = sizes(items) / seen_bytes if seen_bytes else 0.0
    free = shutil.disk_usage(_existing(items[0].target)).free if items else 0
    return Estimate(results * factor / 1e6, networks * factor / 1e6, round(room * factor), free)


def pace(models: Models, scale: int) -> float:
    """Return the seconds that a megapixel takes through the network here and now; takes about a second itself."""
    model = models(scale)
    luma = np.zeros((tiles.CPU_TILE.height, tiles.CPU_TILE.width), np.float32)
    model(luma)
    started_at = time.perf_counter()
    for _ in range(_TILES_TIMED):
        model(luma)
    return (time.perf_counter() - started_at) / (_TILES_TIMED * luma.size / 1e6)


def _spread(items: Sequence[PlanItem], count: int) -> Sequence[PlanItem]:
    """Return at most so many items, evenly from all of them."""
    if len(items) <= count:
        return items
    return [items[number * len(items) // count] for number in range(count)]


def _through_network(planned: targets.Plan, pixels: int) -> int:
    """Return the pixels that enter the network in all passes together."""
    grown = itertools.accumulate((scale**2 for scale in planned.passes[:-1]), lambda a, b: a * b, initial=1)
    return sum(pixels * factor for factor in grown) if planned.passes else 0


def _format_name(item: PlanItem) -> str:
    return (format_named(item.format) if item.format else format_of(item.target)).name


def _existing(path: Path) -> Path:
    """Return the nearest folder above that is there."""
    return next(folder for folder in path.absolute().parents if folder.is_dir())
