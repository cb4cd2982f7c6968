"""One file from input to result: a single picture, or every frame of an animation or page of a document."""

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

import sr_desktop
from sr_desktop.batch.models import Models
from sr_desktop.batch.options import Options
from sr_desktop.batch.plan import PlanItem
from sr_desktop.engine.targets import Plan, plan
from sr_desktop.engine.upscale import upscale_strips
from sr_desktop.imaging.formats import Format
from sr_desktop.imaging.metadata import edit
from sr_desktop.imaging.raster import Raster, Samples
from sr_desktop.imaging.reading import reader
from sr_desktop.imaging.reading.reader import Header
from sr_desktop.imaging.strips import Strips, outlined, whole
from sr_desktop.imaging.writing import writer
from sr_desktop.imaging.writing.compatibility import Written
from sr_desktop.progress import Progress


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one file.

    Attributes:
        width: Columns of the result, or of its first page.
        height: Rows of it.
        kept: Ids of what the input had and the result has too.
        changed: Ids and sentences of what differs.
        passes: Through the network, 1 or 8.
    """

    width: int
    height: int
    kept: Sequence[str]
    changed: Sequence[tuple[str, str]]
    passes: int


class Making:
    """The making of one file's result.

    Args:
        item: The file.
        models: Gives the model of a scale.
        options: What is the same for all files.
        show: Called at each tile with the share that is done, 0 to 1; what it raises ends the making, and leaves
            nothing.
        admit: Called with the pixels of the result before it is computed, and if the header can be trusted before the
            picture is decoded; may wait until there is room.
        turn: Entered, perhaps after a wait, while a picture is computed, and left when only writing remains.
    """

    def __init__(
        self,
        item: PlanItem,
        models: Models,
        options: Options,
        show: Callable[[float], None] = lambda share: None,
        admit: Callable[[int], None] = lambda pixels: None,
        turn: Callable[[], AbstractContextManager[None]] = contextlib.nullcontext,
    ) -> None:
        self._item = item
        self._models = models
        self._options = options
        self._show = show
        self._admit = admit
        self._turn = turn
        self._is_admitted = False
        self._first: tuple[Raster, Raster] | None = None

    def make(self) -> Made:
        """Read, upscale and write the file.

        Raises:
            UserError: One sentence says why not; nothing is left behind.
            OSError: The system refuses a folder for the result, or its times.
        """
        header = self._header()
        written = self._single() if header is None else self._all(header)
        if self._options.keep_times:
            edit.keep_times(self._item.source, self._item.target)
        assert self._first is not None
        source, result = self._first
        # With --provenance the result has EXIF of its own, which was not kept from anything.
        kept = [name for name in written.kept if name != "exif" or source.metadata.exif is not None]
        changed = [(change.id, change.text) for change in written.changed]
        return Made(result.width, result.height, kept, changed, self._options.passes)

    def _header(self) -> Header | None:
        """Return the header if the file has several frames or pages and the result can hold them."""
        if self._options.salvage:  # what is left is looked for in the first frame only
            return None
        header = reader.read_size(self._item.source, limit_pixels=self._options.limit_pixels)
        self._planned(height=header.height, width=header.width)
        target = writer.check_can_write(self._item.target, width=1, height=1, format=self._item.format)
        kind = "animation" if header.moves else "pages"
        return header if header.frames > 1 and target.frames == kind else None

    def _planned(self, *, height: int, width: int) -> Plan:
        """Return the passes and the size, once there is room for the result."""
        planned = plan(self._options.target, self._models.files, height=height, width=width)
        if not self._is_admitted:
            self._admit(planned.height * planned.width)
            self._is_admitted = True
        return planned

    def _single(self) -> Written:
        options = self._options
        source = reader.read_strips(self._item.source, limit_pixels=options.limit_pixels, salvage=options.salvage)
        outline, strips = self._enlarged(source, self._show)
        return writer.write_strips(
            outline,
            strips,
            self._item.target,
            format=self._item.format,
            quality=options.quality,
            overwrite=self._may_overwrite,
        )

    @property
    def _may_overwrite(self) -> bool:
        return self._options.overwrite or self._item.replaces

    def _all(self, header: Header) -> Written:
        return writer.write_all(
            self._frames(header.frames),
            self._item.target,
            count=header.frames,
            loops=header.loops,
            format=self._item.format,
            quality=self._options.quality,
            overwrite=self._may_overwrite,
        )

    def _frames(self, count: int) -> Iterator[Raster]:
        for number in range(count):

            def show(share: float, number: int = number) -> None:
                self._show((number + share) / count)

            source = reader.read_strips(self._item.source, limit_pixels=self._options.limit_pixels, frame=number)
            outline, strips = self._enlarged(source, show)
            yield replace(outline, samples=whole(strips, outline))

    def _enlarged(self, source: Strips, show: Callable[[float], None]) -> tuple[Raster, Iterator[Samples]]:
        """Return the outline of the result, and its rows, which are computed when they are asked for."""
        outline = source.outline
        planned = self._planned(height=outline.height, width=outline.width)
        height, width = planned.height, planned.width
        target = writer.check_can_write(self._item.target, width=width, height=height, format=self._item.format)
        result = self._marked(outlined(outline, height=height, width=width), outline, planned)
        self._first = self._first or (outline, result)
        return result, self._strips(source, planned, show, result, target)

    def _strips(
        self, source: Strips, planned: Plan, show: Callable[[float], None], result: Raster, target: Format
    ) -> Generator[Samples, None, None]:
        """Compute the result's rows; its folder is made when the first ones are there."""
        top = 0
        with contextlib.ExitStack() as turn:
            turn.enter_context(self._turn())
            for item in upscale_strips(source, planned, self._models, writer.array_for(result, target)):
                if isinstance(item, Progress):
                    show(item.fraction)
                    continue
                if not top:
                    make_folder(self._item.target.parent, self._item.home)
                top += len(item)
                if top == planned.height:
                    turn.close()  # before the last rows are given: nobody may ask for more
                yield item

    def _marked(self, result: Raster, source: Raster, planned: Plan) -> Raster:
        """Return the result without, or with, what was asked for in its metadata."""
        if self._options.strip_metadata:
            result = edit.without_metadata(result)
        if self._options.provenance:
            names = " then ".join(self._models.files[scale].stem for scale in planned.passes) or "bicubic"
            factor = f"{result.width / source.width:.3g}x"
            result = edit.with_provenance(result, f"sr_desktop {sr_desktop.__version__}, {names}, {factor}")
        return result


def make_folder(folder: Path, home: Path | None) -> None:
    """Make the folder of a result; below an output folder with a journal only, since one that is away must not be made.

    Raises:
        OSError: The system refuses, or the output folder is away.
    """
    if home is None:
        with contextlib.suppress(FileExistsError):  # a file or a link in its place: writing says so
            folder.mkdir(parents=True, exist_ok=True)
        return
    made = home
    for part in folder.relative_to(home).parts:
        made /= part
        made.mkdir(exist_ok=True)
