"""What becomes of an open picture in its file: foreseen before it is saved, known after."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sr_desktop.errors import UserError
from sr_desktop.imaging import formats
from sr_desktop.services.pictures import result_names, upscaler
from sr_desktop.services.pictures.document import Document
from sr_desktop.services.pictures.upscaler import Options

if TYPE_CHECKING:
    from sr_desktop.engine.targets import Plan
    from sr_desktop.imaging.formats import Format
    from sr_desktop.imaging.raster import Change, Raster
    from sr_desktop.imaging.writing.compatibility import Written

UNIMPORTANT = frozenset({"thumbnail"})
"""Ids of changes that nobody has to decide about: the preview is made anew by whatever shows the result."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a picture in its file.

    Attributes:
        format: Name of the file's format.
        written: What is kept and changed; None for a result that was made before, of which nobody noted it.
        path: The file, once there is one.
    """

    format: str
    written: "Written | None"
    path: Path | None = None

    @property
    def losses(self) -> "tuple[Change, ...]":
        """What a person should know before it is saved."""
        changes = self.written.changed if self.written is not None else ()
        return tuple(change for change in changes if change.id not in UNIMPORTANT)


def fate(document: Document, options: Options) -> Fate | None:
    """Return what became of the result in its file, or what would if it were saved where results go.

    Args:
        document: The picture; None is returned for one that is not read yet.
        options: What it would be made with, if there is no result yet; None is returned for a size that is not possible.
    """
    if document.before is None:
        return None
    if document.saved_as is not None:
        name = formats.format_of(document.saved_as).name
        return Fate(name, document.written, document.saved_as)
    plan = _plan(document, options)
    if plan is None:
        return None
    target = _usual(document, plan)
    return Fate(target.name, _foreseen(document.before.raster, plan, target))


def further_losses(document: Document, path: Path) -> "tuple[Change, ...]":
    """Return what saving the result as `path` changes beyond what saving it where results go would.

    Args:
        document: A picture with a result.
        path: A file; one whose ending says no format that can be written changes nothing, since it is refused.
    """
    assert document.before is not None  # a result was made from it
    assert document.plan is not None
    raster, plan = document.before.raster, document.plan
    try:
        chosen = formats.format_of(path)
    except UserError:
        return ()
    if not chosen.can_write:
        return ()
    expected = _foreseen(raster, plan, _usual(document, plan)).changed
    foreseen = Fate(chosen.name, _foreseen(raster, plan, chosen)).losses
    return tuple(change for change in foreseen if change not in expected)


def _plan(document: Document, options: Options) -> "Plan | None":
    if document.after is not None:
        return document.plan
    assert document.before is not None
    raster = document.before.raster
    try:
        return upscaler.plan(options, height=raster.height, width=raster.width)
    except UserError:
        return None  # is said where the size is chosen, once the person starts it


def _usual(document: Document, plan: "Plan") -> "Format":
    """Return the format that results of this picture are saved in."""
    suffix = (document.source.path or Path(document.source.name)).suffix
    return formats.format_of(Path("x" + result_names.writable_suffix(suffix, plan)))


def _foreseen(raster: "Raster", plan: "Plan", target: "Format") -> "Written":
    from sr_desktop.imaging import strips  # late: they load numpy
    from sr_desktop.imaging.writing import compatibility

    return compatibility.foresee(strips.outlined(raster, height=plan.height, width=plan.width), target)
