"""One file after the other; a file that fails is a row, not the end."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from sr_desktop.cli import interrupt
from sr_desktop.cli import log as log_file
from sr_desktop.cli.bar import Bar
from sr_desktop.cli.making import Making, Options
from sr_desktop.cli.opening import Models
from sr_desktop.cli.planning import Job
from sr_desktop.cli.rows import Reporter, Row, printable
from sr_desktop.errors import UserError

log = logging.getLogger(__name__)


def convert(jobs: Sequence[Job], models: Models, options: Options, *, as_json: bool) -> bool:
    """Do all jobs, say a row for each, and return whether none failed."""
    bar = Bar(len(jobs))
    reporter = Reporter(as_json, bar)
    failed = False
    try:
        for number, job in enumerate(jobs, start=1):
            label = printable(f"{number} of {len(jobs)}: {job.source.name}" if len(jobs) > 1 else job.source.name)

            def show(share: float, label: str = label) -> None:
                bar.show(share, label)

            with interrupt.Gate() as gate:
                row = _row(job, models, options, show, gate)
                reporter.say(row)
            bar.advance()
            failed |= row.status == "failed"
    finally:
        bar.clear()
    return not failed


def _row(job: Job, models: Models, options: Options, show: Callable[[float], None], gate: interrupt.Gate) -> Row:
    """Do one job and return how it went."""
    if job.exists:
        return Row(job.given, job.output, "skipped")
    started_at = time.perf_counter()
    try:
        if job.refusal is not None:
            raise job.refusal
        made = Making(job, models, options, show, gate).make()
        row = Row(job.given, job.output, "done", made.width, made.height, kept=made.kept, changed=made.changed)
    except Exception as error:  # noqa: BLE001  (whatever is wrong with this file, the others are still to come)
        row = Row(job.given, job.output, "failed", error=_explained(error, job))
    return replace(row, seconds=time.perf_counter() - started_at)


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
