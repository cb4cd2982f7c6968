"""`sr-desktop upscale`: pictures in, larger ones out."""

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sr_desktop.cli import options
from sr_desktop.cli.bar import Bar
from sr_desktop.cli.commands import DONE, FAILED
from sr_desktop.cli.planning import Naming, naming, plan, without_results
from sr_desktop.engine.targets import LONGEST_SIDE, Factor, Height, LongSide, Target, Width, mark
from sr_desktop.imaging.finding import Found, find
from sr_desktop.imaging.folders import Choice
from sr_desktop.imaging.formats import WRITABLE
from sr_desktop.progress import run as drain

if TYPE_CHECKING:
    from sr_desktop.cli.commands import Subparsers
    from sr_desktop.cli.making import Options

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
    options.add_device(parser)
    parser.add_argument("--format", metavar="F", help=f"{', '.join(WRITABLE)}; an ending in --output beats it")
    parser.add_argument("--quality", type=_quality, metavar="N", help="1 to 100, for JPEG, WebP and AVIF")
    parser.add_argument("--recursive", action="store_true", help="open folders in folders, too")
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
    parser.add_argument("--json", action="store_true", help="say one JSON object per file, and nothing else")


def run(arguments: argparse.Namespace) -> int:
    """Do the command and return its exit status.

    Raises:
        UsageError: The options don't go together, or the model or the device can't be used.
    """
    target: Target = arguments.size or Factor(arguments.scale or options.DEFAULT_SCALE)
    files = options.model_files(arguments.model, _scale(arguments))
    named = naming(arguments.inputs, arguments.output, mark(target), arguments.format)
    found = _found(arguments.inputs, named, recursive=arguments.recursive)
    jobs = plan(found, named, overwrite=arguments.overwrite, skip_existing=arguments.skip_existing)

    if any(job.is_open for job in jobs):
        _get_ready()

    from sr_desktop.cli import log
    from sr_desktop.cli.conversion import convert
    from sr_desktop.cli.opening import Models

    models = Models(files, arguments.device, arguments.precision)
    with log.recorded():
        if any(job.is_open for job in jobs):
            models.open_one()
        done = convert(jobs, models, _options(target, arguments), as_json=arguments.json)
    return DONE if done else FAILED


def _get_ready() -> None:
    """Load torch, and meanwhile start the process that decodes."""
    bar = Bar(1)
    bar.show(0, "getting ready")
    from sr_desktop.imaging import reading

    reading.warm_up()
    importlib.import_module("sr_desktop.engine.upscale")
    bar.clear()


def _options(target: Target, arguments: argparse.Namespace) -> "Options":
    from sr_desktop.cli.making import Options
    from sr_desktop.imaging.reading import DEFAULT_LIMIT_PIXELS

    return Options(
        target=target,
        quality=arguments.quality,
        overwrite=arguments.overwrite,
        limit_pixels=(arguments.limit_megapixels or 0) * 1_000_000 or DEFAULT_LIMIT_PIXELS,
        salvage=arguments.salvage,
        strip_metadata=arguments.strip_metadata,
        provenance=arguments.provenance,
        keep_times=arguments.keep_times,
    )


def _scale(arguments: argparse.Namespace) -> int | None:
    """Return the scale that the model must have; None when a size leaves the choice to us."""
    scale: int | None = arguments.scale
    return options.DEFAULT_SCALE if scale is None and arguments.size is None else scale


def _found(inputs: Sequence[str], named: Naming, *, recursive: bool) -> list[Found]:
    """Return the inputs, and say what is left out of folders."""
    everything = drain(find(inputs, Choice(recursive)))
    found = without_results(everything, named)
    if len(found) < len(everything):
        print(f"Left out: {len(everything) - len(found)} results of an earlier run.", file=sys.stderr)
    if not found:
        print("There are no pictures here.", file=sys.stderr)
    return found


def _not_empty(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("a path is empty")
    return text


def _pixels(kind: Callable[[int], Target]) -> Callable[[str], Target]:
    """Return a reader of a size in pixels."""

    def read(text: str) -> Target:
        return kind(options.number(text, 1, LONGEST_SIDE))

    return read


def _quality(text: str) -> int:
    return options.number(text, 1, 100)


def _megapixels(text: str) -> int:
    return options.number(text, 1, 1_000_000)
