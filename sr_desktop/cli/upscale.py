"""`sr-desktop upscale`: pictures in, larger ones out."""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from sr_desktop.batch.template import FIELDS
from sr_desktop.cli import options
from sr_desktop.cli.bar import Bar
from sr_desktop.cli.commands import DONE, FAILED
from sr_desktop.engine.targets import LONGEST_SIDE, Factor, Height, LongSide, Target, Width
from sr_desktop.errors import UsageError
from sr_desktop.imaging.formats import WRITABLE
from sr_desktop.progress import run as drain
from sr_desktop.system import malloc

if TYPE_CHECKING:
    from sr_desktop.batch.models import Models
    from sr_desktop.batch.options import Options
    from sr_desktop.batch.plan import Plan, Planner
    from sr_desktop.cli.commands import Subparsers
    from sr_desktop.inputs.folder_walk import Choice

FILES_ANYWHERE = True
"""For the parser: inputs may stand between options."""


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command's options."""
    parser = subparsers.add_parser(
        "upscale",
        allow_abbrev=False,
        description="Makes pictures larger. Results go beside their pictures as NAME_2x, unless --output is given.",
    )
    parser.add_argument("inputs", nargs="+", metavar="IN", type=_not_empty, help="a picture, or a folder of pictures")
    parser.add_argument(
        "--output",
        metavar="PATH",
        help="the result, or a folder for results if it is one, ends in a separator, or there are several inputs",
    )
    parser.add_argument(
        "--scale", type=int, choices=(2, 3, 4), help=f"how many times larger; {options.DEFAULT_SCALE} if not said"
    )
    options.add_model(parser, "the bundled one of the scale")
    size = parser.add_mutually_exclusive_group()
    size.add_argument(
        "--width", type=_pixels(Width), dest="size", metavar="N", help="pixels across; the height follows"
    )
    size.add_argument("--height", type=_pixels(Height), dest="size", metavar="N", help="pixels down; the width follows")
    size.add_argument(
        "--long-side", type=_pixels(LongSide), dest="size", metavar="N", help="pixels along the longer side"
    )
    options.add_ensemble(parser)
    options.add_device(parser)
    parser.add_argument("--format", metavar="F", help=f"{', '.join(WRITABLE)}; an ending in --output beats it")
    parser.add_argument("--quality", type=_quality, metavar="N", help="1 to 100, for JPEG, WebP and AVIF")
    _add_batch(parser)
    existing = parser.add_mutually_exclusive_group()
    existing.add_argument("--skip-existing", action="store_true", help="leave results alone that are there already")
    existing.add_argument("--overwrite", action="store_true", help="replace results that are there already")
    parser.add_argument("--strip-metadata", action="store_true", help="leave out camera, dates, place and texts")
    parser.add_argument("--provenance", action="store_true", help="note program, model and factor in the EXIF data")
    parser.add_argument("--keep-times", action="store_true", help="give results the dates of their input files")
    parser.add_argument("--salvage", action="store_true", help="take what is left of a damaged picture")
    parser.add_argument(
        "--limit-megapixels",
        type=_megapixels,
        metavar="N",
        help="refuse pictures that say they have more; 300 if not said",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, with room and time; do nothing")
    parser.add_argument("--report", metavar="FILE.csv", type=_not_empty, help="write what became of each file")
    parser.add_argument("--summary", action="store_true", help="say a JSON object about all files at the end")
    parser.add_argument("--json", action="store_true", help="say one JSON object per file, and nothing else")


def _add_batch(parser: argparse.ArgumentParser) -> None:
    """Add the options for folders."""
    parser.add_argument("--recursive", action="store_true", help="open folders in folders, too")
    for name, purpose in (
        ("--include", "of folders, take only names like *.tif or paths like scans/*"),
        ("--exclude", "of folders, leave out files and folders like these"),
    ):
        parser.add_argument(name, metavar="PATTERN", action="append", default=[], help=purpose)
    fields = ", ".join(f"{{{field}}}" for field in FIELDS)
    parser.add_argument("--template", metavar="T", type=_not_empty, help=f"name results by this, of {fields}")
    parser.add_argument("--flatten", action="store_true", help="put all results into the output folder itself")
    parser.add_argument(
        "--jobs", type=_jobs, default=0, metavar="N", help="files at once; if not said, one per core and one more"
    )
    parser.add_argument("--low-priority", action="store_true", help="let other programs go first")
    parser.add_argument("--retry-failed", action="store_true", help="take only what failed in the last run")
    parser.add_argument("--watch", action="store_true", help="go on with pictures that come into the folders later")


def run(arguments: argparse.Namespace) -> int:
    """Do the command and return its exit status.

    Raises:
        UsageError: The options don't go together, or the model or the device can't be used.
    """
    from sr_desktop.batch.naming import naming
    from sr_desktop.batch.options import made_with
    from sr_desktop.batch.plan import Plan, Planner

    malloc.share_freed()
    _check(arguments)
    target: Target = arguments.size or Factor(arguments.scale or options.DEFAULT_SCALE)
    files = options.model_files(arguments.model, _scale(arguments))
    named = naming(
        arguments.inputs,
        arguments.output,
        target,
        format_name=arguments.format,
        template_text=arguments.template,
        flatten=arguments.flatten,
        model=" and ".join(sorted(path.stem for path in files.values())),
    )
    wishes = _options(target, arguments)
    made = made_with(wishes, files, arguments.precision)
    planner = Planner(
        named,
        made,
        tuple(files),
        overwrite=arguments.overwrite,
        skip_existing=arguments.skip_existing,
        limit_pixels=wishes.limit_pixels,
    )
    plan = Plan() if arguments.watch else _plan(arguments, planner)
    is_needed = bool(plan.open) or arguments.watch
    if is_needed:
        _get_ready()

    from sr_desktop.batch.models import Models

    models = Models(
        files,
        arguments.device,
        arguments.precision,
        lambda sentence: print(sentence, file=sys.stderr),
        options.passes(arguments),
    )
    if is_needed:
        models.open_one()
    if arguments.dry_run:
        return _dry_run(plan, target, models, arguments)
    return _convert(plan, wishes, models, made, planner, arguments)


def _check(arguments: argparse.Namespace) -> None:
    """Refuse what doesn't go together."""
    if arguments.watch and (arguments.dry_run or arguments.retry_failed):
        raise UsageError("--watch goes with neither --dry-run nor --retry-failed.", "Leave one of them out.")
    if arguments.watch and not all(os.path.isdir(given) for given in arguments.inputs):  # noqa: PTH112
        raise UsageError("Only folders can be watched.", "Give folders that are there.")


def _plan(arguments: argparse.Namespace, planner: "Planner") -> "Plan":
    """Return the plan for all inputs, and say what is left out of folders."""
    from sr_desktop.inputs.inputs import find

    found = drain(find(arguments.inputs, _choice(arguments)))
    plan = drain(planner.plan(found))
    if plan.left_out:
        print(f"Left out: {plan.left_out} results of an earlier run.", file=sys.stderr)
    if not plan.items:
        print("There are no pictures here.", file=sys.stderr)
    elif arguments.retry_failed:
        plan = plan.only_failed()
        if not plan.items:
            print("Nothing failed in the last run.", file=sys.stderr)
    return plan


def _choice(arguments: argparse.Namespace) -> "Choice":
    from sr_desktop.inputs.folder_walk import Choice

    return Choice(arguments.recursive, tuple(arguments.include), tuple(arguments.exclude))


def _get_ready() -> None:
    """Load torch, and meanwhile start the process that decodes."""
    from sr_desktop.imaging.reading import reader as raster_reader

    bar = Bar(1)
    bar.show(0, "getting ready")
    raster_reader.warm_up()
    importlib.import_module("sr_desktop.engine.upscale")
    bar.clear()


def _dry_run(plan: "Plan", target: Target, models: "Models", arguments: argparse.Namespace) -> int:
    from sr_desktop.cli import dry_run

    summary = dry_run.say(plan, target, models, as_json=arguments.json)
    if arguments.summary:
        print(json.dumps({"summary": summary}))
    return FAILED if plan.refused else DONE


def _convert(
    plan: "Plan", wishes: "Options", models: "Models", made: str, planner: "Planner", arguments: argparse.Namespace
) -> int:
    from sr_desktop.batch import report
    from sr_desktop.batch.batch import Batch, Manner
    from sr_desktop.cli.conversion import Conversation, watched

    manner = Manner(arguments.jobs, arguments.low_priority, arguments.watch)
    batch = Batch(plan, wishes, models, made, manner)
    conversation = Conversation(plan, as_json=arguments.json)
    joining = watched(batch, planner, arguments.inputs, _choice(arguments)) if arguments.watch else nullcontext()
    try:
        with joining:
            conversation.drive(batch)
    finally:
        tally = conversation.tally
        if arguments.report is not None:
            report.write(Path(arguments.report), tally.rows)
        if arguments.summary:
            print(json.dumps({"summary": tally.fields()}), flush=True)
    failed = tally.count("failed")
    if failed and len(tally.rows) > 1:
        print(f"{failed} of {len(tally.rows)} failed.", file=sys.stderr)
    return FAILED if failed else DONE


def _options(target: Target, arguments: argparse.Namespace) -> "Options":
    from sr_desktop.batch.options import Options
    from sr_desktop.imaging.reading import reader as raster_reader

    return Options(
        target=target,
        passes=options.passes(arguments),
        quality=arguments.quality,
        overwrite=arguments.overwrite,
        limit_pixels=(arguments.limit_megapixels or 0) * 1_000_000 or raster_reader.DEFAULT_LIMIT_PIXELS,
        salvage=arguments.salvage,
        strip_metadata=arguments.strip_metadata,
        provenance=arguments.provenance,
        keep_times=arguments.keep_times,
    )


def _scale(arguments: argparse.Namespace) -> int | None:
    """Return the scale that the model must have; None when a size leaves the choice to us."""
    scale: int | None = arguments.scale
    return options.DEFAULT_SCALE if scale is None and arguments.size is None else scale


def _not_empty(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("a path is empty")
    return text


def _pixels(kind: Callable[[int], Target]) -> Callable[[str], Target]:
    """Return a reader of a size in pixels."""

    def read(text: str) -> Target:
        return kind(options.number(text, 1, LONGEST_SIDE))

    return read


def _jobs(text: str) -> int:
    return options.number(text, 1, 64)


def _quality(text: str) -> int:
    return options.number(text, 1, 100)


def _megapixels(text: str) -> int:
    return options.number(text, 1, 1_000_000)
