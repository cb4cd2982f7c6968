"""One file after the other: read, upscale, write; a file that fails is a row, not the end."""

import contextlib
import logging
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import sr_desktop
from sr_desktop.cli import interrupt
from sr_desktop.cli import log as log_file
from sr_desktop.cli.bar import Bar
from sr_desktop.cli.planning import Job
from sr_desktop.cli.rows import Reporter, Row, printable
from sr_desktop.engine.model import Model, open_model
from sr_desktop.engine.targets import Plan, Target, plan
from sr_desktop.engine.upscale import upscale
from sr_desktop.errors import DeviceError, ModelError, UsageError, UserError
from sr_desktop.imaging import marking, reading, writing
from sr_desktop.imaging.raster import Raster
from sr_desktop.progress import Progress, run

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Models:
    """The models of one run, each opened when it is first needed.

    Attributes:
        files: Weights file by scale.
        device: As on the command line.
        precision: As on the command line.
    """

    files: Mapping[int, Path]
    device: str
    precision: str
    _opened: dict[int, Model] = field(default_factory=dict)

    def __call__(self, scale: int) -> Model:
        """Return the model for a scale.

        Raises:
            ModelError: Its file can't be used.
            DeviceError: The device can't.
        """
        if scale not in self._opened:
            self._opened[scale] = open_model(self.files[scale], self.device, self.precision, _say_fallback)
        return self._opened[scale]

    def open_one(self) -> None:
        """Open one of them, so that a device that can't be used is noticed before the first picture.

        Raises:
            UsageError: The model or the device can't be used.
        """
        try:
            self(min(self.files))
        except (ModelError, DeviceError) as error:
            raise UsageError(error.title, error.hint) from error


def _say_fallback(sentence: str) -> None:
    print(sentence, file=sys.stderr)


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


def convert(jobs: Sequence[Job], models: Models, options: Options, *, as_json: bool) -> bool:
    """Do all jobs, say a row for each, and return whether none failed."""
    bar = Bar(len(jobs))
    reporter = Reporter(as_json, bar)
    failed = False
    try:
        for number, job in enumerate(jobs, start=1):
            label = printable(f"{number} of {len(jobs)}: {job.source.name}" if len(jobs) > 1 else job.source.name)

            def show(progress: Progress, label: str = label) -> None:
                bar.show(progress.fraction, label)

            with interrupt.Gate() as gate:
                row = _row(job, models, options, show, gate)
                reporter.say(row)
            bar.advance()
            failed |= row.status == "failed"
    finally:
        bar.clear()
    return not failed


def _row(job: Job, models: Models, options: Options, show: Callable[[Progress], None], gate: interrupt.Gate) -> Row:
    """Do one job and return how it went."""
    if job.exists:
        return Row(job.given, job.output, "skipped")
    started_at = time.perf_counter()
    try:
        if job.refusal is not None:
            raise job.refusal
        source = reading.read(job.source, limit_pixels=options.limit_pixels, salvage=options.salvage)
        planned = plan(options.target, models.files, height=source.height, width=source.width)
        writing.check_can_write(job.target, width=planned.width, height=planned.height, format=job.format)
        result = _marked(run(upscale(source, planned, models), show), planned, source, models, options)
        gate.close()
        row = _written(result, source, job, options)
    except Exception as error:  # noqa: BLE001  (whatever is wrong with this file, the others are still to come)
        row = Row(job.given, job.output, "failed", error=_explained(error, job))
    return replace(row, seconds=time.perf_counter() - started_at)


def _marked(result: Raster, planned: Plan, source: Raster, models: Models, options: Options) -> Raster:
    """Return the result without, or with, what was asked for in its metadata."""
    if options.strip_metadata:
        result = marking.without_metadata(result)
    if options.provenance:
        names = " then ".join(models.files[scale].stem for scale in planned.passes) or "bicubic"
        factor = f"{result.width / source.width:.3g}x"
        result = marking.with_provenance(result, f"sr_desktop {sr_desktop.__version__}, {names}, {factor}")
    return result


def _written(result: Raster, source: Raster, job: Job, options: Options) -> Row:
    with contextlib.suppress(FileExistsError):  # a file in the folder's place: writing says so
        job.target.parent.mkdir(parents=True, exist_ok=True)
    written = writing.write(result, job.target, format=job.format, quality=options.quality, overwrite=options.overwrite)
    if options.keep_times:
        marking.keep_times(job.source, job.target)
    changed = [(change.id, change.text) for change in written.changed]
    # With --provenance the result has EXIF of its own, which was not kept from anything.
    kept = [name for name in written.kept if name != "exif" or source.metadata.exif is not None]
    return Row(job.given, job.output, "done", result.width, result.height, kept=kept, changed=changed)


def _explained(error: Exception, job: Job) -> UserError:
    """Return an error in words; a fault of ours goes to the log in full."""
    match error:
        case UserError():
            return error
        case MemoryError():
            return UserError("There is not enough memory for the result.", "Choose a smaller scale or size.")
        case OSError():
            return UserError(f"{job.output} can't be written: {error.strerror}.", "Choose another output.")
    log.error("%s", job.given, exc_info=error)
    return UserError(f"A fault in this program stopped it: {error}", f"Please report it with {log_file.path()}.")
