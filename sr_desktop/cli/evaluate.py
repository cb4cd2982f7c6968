"""`sr-desktop evaluate`: how close a model comes to pictures whose originals are known, by the published protocol."""

import argparse
import os
from typing import TYPE_CHECKING

from sr_desktop.cli import options
from sr_desktop.cli.commands import DONE
from sr_desktop.errors import UsageError

if TYPE_CHECKING:
    from sr_desktop.cli.commands import Subparsers

FILES_ANYWHERE = True
"""For the parser: folders may stand between options."""


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command's options."""
    parser = subparsers.add_parser(
        "evaluate",
        allow_abbrev=False,
        description="Scores a model: PSNR and SSIM on luma of the 8-bit pictures that upscale would write, mean of each "
        "folder, beside those of bicubic.",
    )
    parser.add_argument("folders", nargs="+", metavar="FOLDER", help="high-resolution pictures")
    parser.add_argument("--scale", type=int, choices=(2, 3, 4), required=True, help="how many times larger")
    options.add_model(parser, "the bundled one of the scale")
    parser.add_argument(
        "--low",
        metavar="FOLDER",
        help="the matching small pictures, by name; made here by MATLAB's bicubic if not given",
    )
    parser.add_argument("--per-image", action="store_true", help="also a row for each picture")
    options.add_ensemble(parser)
    options.add_device(parser)
    parser.add_argument("--json", action="store_true", help="say one JSON object and nothing else")


def run(arguments: argparse.Namespace) -> int:
    """Do the command and return its exit status.

    Raises:
        UsageError: The options don't go together, or the model or the device can't be used.
        UserError: A picture can't be scored.
    """
    for folder in (*arguments.folders, *([arguments.low] if arguments.low else [])):
        if not os.path.isdir(folder):  # noqa: PTH112
            raise UsageError(f"{folder} is not a folder.", "Give a folder of pictures.")
    if arguments.low and len(arguments.folders) > 1:
        raise UsageError("--low goes with one folder of originals only.", "Evaluate them one after the other.")
    entry = options.model_entry(arguments.model, arguments.scale)

    from sr_desktop.imaging.reading import reader

    reader.warm_up()  # its process starts while torch loads here

    from sr_desktop.cli import evaluation

    sets = evaluation.evaluate(entry, arguments)
    report = evaluation.Report(arguments.scale, entry.name, sets, options.passes(arguments))
    print(report.to_json(per_image=arguments.per_image) if arguments.json else report.to_text(arguments.per_image))
    return DONE
