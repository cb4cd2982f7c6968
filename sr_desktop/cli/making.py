"""One file from input to result: a single picture, or every frame of an animation or page of a document."""

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace

import sr_desktop
from sr_desktop.cli.interrupt import Gate
from sr_desktop.cli.opening import Models
from sr_desktop.cli.planning import Job
from sr_desktop.engine.targets import Plan, Target, plan
from sr_desktop.engine.upscale import upscale_strips
from sr_desktop.imaging import marking, reading, writing
from sr_desktop.imaging.keeping import Written
from sr_desktop.imaging.raster import Raster, Samples
from sr_desktop.imaging.reading import Header
from sr_desktop.imaging.strips import Strips, outlined, whole
from sr_desktop.progress import Progress


@dataclass(frozen=True, slots=True)
class Options:
    """What is the same for all files.

    Attributes:
        target: How large results shall be.
        quality: For formats that have one.
        overwrite: Whether existing results are replaced.
        limit_pixels: Pictures that say they have more are refused.
        salvage: Whether what is left of a damaged picture is enough.
        strip_metadata: Whether results go without what tells about their maker.
        provenance: Whether results say how they were made.
        keep_times: Whether results get the times of their input.
    """

    target: Target
    quality: int | None = None
    overwrite: bool = False
    limit_pixels: int = reading.DEFAULT_LIMIT_PIXELS
    salvage: bool = False
    strip_metadata: bool = False
    provenance: bool = False
    keep_times: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one file.

    Attributes:
        width: Columns of the result, or of its first page.
        height: Rows of it.
        kept: Ids of what the input had and the result has too.
        changed: Ids and sentences of what differs.
    """

    width: int
    height: int
    kept: Sequence[str]
    changed: Sequence[tuple[str, str]]


class Making:
    """The making of one file's result.

    Args:
        job: The file.
        models: Gives the model of a scale.
        options: What is the same for all files.
        show: Called with the share that is done, 0 to 1.
        gate: Closed while something is written, open while something is computed.
    """

    def __init__(
        self,
        job: Job,
        models: Models,
        options: Options,
        show: Callable[[float], None],
        gate: Gate,
    ) -> None:
        self._job = job
        self._models = models
        self._options = options
        self._show = show
        self._gate = gate
        self._first: tuple[Raster, Raster] | None = None

    def make(self) -> Made:
        """Read, upscale and write the file.

        Raises:
            UserError: One sentence says why not; nothing is left behind.
        """
        header = self._header()
        written = self._single() if header is None else self._all(header)
        if self._options.keep_times:
            marking.keep_times(self._job.source, self._job.target)
        assert self._first is not None
        source, result = self._first
        # With --provenance the result has EXIF of its own, which was not kept from anything.
        kept = [name for name in written.kept if name != "exif" or source.metadata.exif is not None]
        changed = [(change.id, change.text) for change in written.changed]
        return Made(result.width, result.height, kept, changed)

    def _header(self) -> Header | None:
        """Return the header if the file has several frames or pages and the result can hold them."""
        if self._options.salvage:  # what is left is looked for in the first frame only
            return None
        header = reading.read_size(self._job.source, limit_pixels=self._options.limit_pixels)
        target = writing.check_can_write(self._job.target, width=1, height=1, format=self._job.format)
        kind = "animation" if header.moves else "pages"
        return header if header.frames > 1 and target.frames == kind else None

    def _single(self) -> Written:
        options = self._options
        source = reading.read_strips(self._job.source, limit_pixels=options.limit_pixels, salvage=options.salvage)
        outline, strips = self._enlarged(source, self._show)
        return writing.write_strips(
            outline,
            strips,
            self._job.target,
            format=self._job.format,
            quality=options.quality,
            overwrite=options.overwrite,
        )

    def _all(self, header: Header) -> Written:
        return writing.write_all(
            self._frames(header.frames),
            self._job.target,
            count=header.frames,
            loops=header.loops,
            format=self._job.format,
            quality=self._options.quality,
            overwrite=self._options.overwrite,
        )

    def _frames(self, count: int) -> Iterator[Raster]:
        for number in range(count):

            def show(share: float, number: int = number) -> None:
                self._show((number + share) / count)

            self._gate.open()
            source = reading.read_strips(self._job.source, limit_pixels=self._options.limit_pixels, frame=number)
            outline, strips = self._enlarged(source, show)
            yield replace(outline, samples=whole(strips, outline))

    def _make_folder(self) -> None:
        with contextlib.suppress(FileExistsError):  # a file in the folder's place: writing says so
            self._job.target.parent.mkdir(parents=True, exist_ok=True)

    def _enlarged(self, source: Strips, show: Callable[[float], None]) -> tuple[Raster, Iterator[Samples]]:
        """Return the outline of the result, and its rows, which are computed when they are asked for."""
        outline = source.outline
        planned = plan(self._options.target, self._models.files, height=outline.height, width=outline.width)
        writing.check_can_write(self._job.target, width=planned.width, height=planned.height, format=self._job.format)
        result = self._marked(outlined(outline, height=planned.height, width=planned.width), outline, planned)
        self._first = self._first or (outline, result)
        return result, self._strips(source, planned, show)

    def _strips(self, source: Strips, planned: Plan, show: Callable[[float], None]) -> Generator[Samples, None, None]:
        """Compute the result's rows, with the gate closed while others do something with them."""
        for item in upscale_strips(source, planned, self._models):
            if isinstance(item, Progress):
                show(item.fraction)
                continue
            self._gate.close()
            self._make_folder()
            yield item
            self._gate.open()
        self._gate.close()

    def _marked(self, result: Raster, source: Raster, planned: Plan) -> Raster:
        """Return the result without, or with, what was asked for in its metadata."""
        if self._options.strip_metadata:
            result = marking.without_metadata(result)
        if self._options.provenance:
            names = " then ".join(self._models.files[scale].stem for scale in planned.passes) or "bicubic"
            factor = f"{result.width / source.width:.3g}x"
            result = marking.with_provenance(result, f"sr_desktop {sr_desktop.__version__}, {names}, {factor}")
        return result
