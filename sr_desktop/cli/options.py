"""Options that several commands have, read the same way everywhere."""

import argparse
from pathlib import Path

from sr_desktop.choices import DEVICES, PRECISIONS, Passes
from sr_desktop.errors import ModelError, UsageError
from sr_desktop.library import catalogue

DEFAULT_SCALE = 2


def add_model(parser: argparse.ArgumentParser, default: str) -> None:
    """Add `--model`."""
    parser.add_argument("--model", metavar="NAME|FILE", help=f"a model's name or weights file; {default} if not said")


def add_device(parser: argparse.ArgumentParser) -> None:
    """Add `--device` and `--precision`."""
    parser.add_argument("--device", choices=DEVICES, default="auto", help="where to compute")
    parser.add_argument("--precision", choices=PRECISIONS, default="auto", help="how exactly to compute")


def add_ensemble(parser: argparse.ArgumentParser) -> None:
    """Add `--ensemble`."""
    parser.add_argument(
        "--ensemble", action="store_true", help="best quality: the mean of 8 turns and flips, in 8 times the time"
    )


def passes(arguments: argparse.Namespace) -> Passes:
    """Return how often each picture goes through the network."""
    return 8 if arguments.ensemble else 1


def number(text: str, least: int, most: int) -> int:
    """Return a whole number in a range, for argparse.

    Raises:
        argparse.ArgumentTypeError: It is not one.
    """
    try:
        value = int(text)
    except ValueError:
        value = least - 1
    if not least <= value <= most:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from {least} to {most}")
    return value


def model_files(model: str | None, scale: int | None) -> dict[int, Path]:
    """Return the weights files to use, by scale.

    Args:
        model: A name or a file; None for the bundled models.
        scale: The scale that is needed; None for any.

    Raises:
        UsageError: There is no such model, or it is of another scale.
    """
    if model is not None or scale is not None:
        entry = model_entry(model, scale)
        return {entry.scale: entry.path}
    scales = catalogue.bundled_scales() or (DEFAULT_SCALE,)
    return {item: model_entry(None, item).path for item in scales}


def model_entry(model: str | None, scale: int | None) -> catalogue.Entry:
    """Return one model.

    Args:
        model: A name or a file; None for the bundled one of the scale.
        scale: The scale that is needed; None for any, or the default one.

    Raises:
        UsageError: There is no such model, or it is of another scale.
    """
    try:
        entry = catalogue.bundled(scale or DEFAULT_SCALE) if model is None else catalogue.find(model)
    except ModelError as error:
        raise UsageError(error.title, error.hint) from error
    if scale not in (None, entry.scale):
        raise UsageError(
            f"{entry.name} makes pictures {entry.scale} times larger, not {scale} times.",
            f"Add --scale {entry.scale}, or choose another model.",
        )
    return entry
