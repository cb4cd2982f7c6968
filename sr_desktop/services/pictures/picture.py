"""A picture as the window has it: what was in the file, and what the screen shows of it."""

from dataclasses import dataclass, replace
from pathlib import Path

from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.reading import reader
from sr_desktop.progress import Progress, Result, Task
from sr_desktop.services.pictures import array_storage, pyramid
from sr_desktop.services.pictures.pyramid import Bytes, Pyramid

STAGE_UNITS = 1000
"""Units in which a task of several stages reports."""


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """A picture and what the screen shows of it; equal to itself only."""

    raster: Raster
    pyramid: Pyramid


def stage(task: Task[Result], first: float, last: float) -> Task[Result]:
    """Run a task as the part of a larger one that takes it from the fraction `first` to `last`."""
    while True:
        try:
            progress = next(task)
        except StopIteration as finished:
            result: Result = finished.value
            return result
        yield Progress(round((first + (last - first) * progress.fraction) * STAGE_UNITS), STAGE_UNITS)


def read(path: Path, *, salvage: bool = False) -> Task[Picture]:
    """Return the picture in a file, or with `salvage` what is left of it.

    Raises:
        UnreadableImageError: One sentence says why.
        UserError: There is no room for it.
    """
    raster = reader.read(path, salvage=salvage)
    yield Progress(0, STAGE_UNITS)
    return (yield from prepared(replace(raster, samples=array_storage.keep(raster.samples))))


def prepared(raster: Raster) -> Task[Picture]:
    """Return a picture made from samples there are already."""
    yield Progress(0, STAGE_UNITS)
    shown = yield from pyramid.build(raster)
    return Picture(raster, shown)


def glance(path: Path) -> Task[Bytes]:
    """Return a thumbnail of the picture in a file.

    Raises:
        UnreadableImageError: One sentence says why.
    """
    picture = yield from read(path)
    return picture.pyramid.thumbnail.copy()
