"""`sr-desktop doctor`: what there is to work with, and what is wrong with it; on request as one file to send."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sr_desktop.cli.commands import DONE

if TYPE_CHECKING:
    from sr_desktop.cli.commands import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command's options."""
    parser = subparsers.add_parser(
        "doctor",
        allow_abbrev=False,
        description="Shows versions, devices, threads, libraries and folders, and what is wrong with them.",
    )
    parser.add_argument("--json", action="store_true", help="say one JSON object and nothing else")
    parser.add_argument(
        "--save",
        type=Path,
        metavar="FILE.zip",
        help="also write a file to send with a report: this, the settings and the last logs",
    )
    parser.add_argument(
        "--full-paths",
        action="store_true",
        help="let that file name your home folder; without it, it says ~ there",
    )


def run(arguments: argparse.Namespace) -> int:
    """Do the command; it is done even when it finds problems."""
    from sr_desktop.doctor import diagnostics, examining

    report = examining.examine()
    print(json.dumps(report, indent=2) if arguments.json else examining.as_text(report))
    if arguments.save is not None:
        diagnostics.save(arguments.save, report, names_home=arguments.full_paths)
        print(f"Saved as {arguments.save}. Nothing is sent anywhere.", file=sys.stderr)
    return DONE
