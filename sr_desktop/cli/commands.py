"""The commands there are, and how one is found, run and ended.

A command is a module of this package with `add_parser(subparsers)` and `run(arguments) -> int`. Only the module of the
command asked for is imported, and it imports nothing heavy before `run`, so that help and usage errors come at once.
"""

import argparse
import contextlib
import difflib
import importlib
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, TypeAlias

import sr_desktop
from sr_desktop.cli import log
from sr_desktop.errors import UsageError, UserError

if TYPE_CHECKING:
    Subparsers: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]

PROGRAM = "sr-desktop"

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
"""Exit statuses; 130 is what shells report for Ctrl+C."""

COMMANDS = {
    "upscale": "make pictures larger",
    "evaluate": "score a model on pictures with known originals",
    "train": "train a model on a folder of pictures",
    "runs": "list, show, resume, delete and export training runs",
    "diagnose": "explain a run, or another program's log",
    "probe": "look inside a network before it trains",
    "models": "list, verify, import, export and delete models",
    "doctor": "show versions, devices and folders, and what is wrong with them",
    "benchmark": "measure the speed and the memory of this computer",
}
"""What each command is for, in the order of the help."""


def is_for_the_window(words: Sequence[str]) -> bool:
    """Tell whether the arguments name pictures, or nothing, rather than a command."""
    if not words or words[0] == "--":
        return True
    first = words[0]
    if first in COMMANDS or first.startswith("-"):
        return False
    # A word that is neither a file nor looks like the name of one is more likely a mistyped command.
    return Path(first).exists() or bool(Path(first).suffix) or len(Path(first).parts) > 1


def run(words: Sequence[str]) -> int:
    """Run a command and return its exit status; what a person can act on is said in one place, on stderr."""
    _write_any_character()
    name = words[0] if words else ""
    try:
        status = _run(words)
        sys.stdout.flush()
    except SystemExit as ending:  # argparse has said what was wrong, or shown the help
        return ending.code if isinstance(ending.code, int) else FAILED
    except UserError as error:
        print(f"{PROGRAM} {name}: {error}", file=sys.stderr)
        return USAGE if isinstance(error, UsageError) else FAILED
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        discard_stdout()
        return FAILED
    return status


def _run(words: Sequence[str]) -> int:
    name, rest = words[0], list(words[1:])
    if name not in COMMANDS:
        parser = _parser()
        parser.parse_known_args(words)
        parser.error(_unknown(name))
    module = importlib.import_module(f"sr_desktop.cli.{name}")
    subparsers = _parser().add_subparsers(prog=PROGRAM)
    module.add_parser(subparsers)
    arguments = _arguments(subparsers.choices[name], module, rest)
    with log.recorded():
        status: int = module.run(arguments)
    return status


def _arguments(parser: argparse.ArgumentParser, module: ModuleType, words: Sequence[str]) -> argparse.Namespace:
    """Return a command's arguments; where its module says `FILES_ANYWHERE`, files may stand between options."""
    # Python 3.11 loses what stands behind a `--` when it looks for files anywhere.
    if getattr(module, "FILES_ANYWHERE", False) and "--" not in words:
        return parser.parse_intermixed_args(words)
    return parser.parse_args(words)


def _unknown(word: str) -> str:
    if word.startswith("-"):
        return "a command is missing"
    close = difflib.get_close_matches(word, COMMANDS, 1)
    return f"there is no command or picture “{word}”" + (f"; did you mean {close[0]}?" if close else "")


def _parser() -> argparse.ArgumentParser:
    """Return the parser of what stands before a command."""
    width = max(map(len, COMMANDS)) + 2
    commands = "\n".join(f"  {name:{width}}{purpose}" for name, purpose in COMMANDS.items())
    parser = argparse.ArgumentParser(
        PROGRAM,
        usage=f"{PROGRAM} COMMAND ... | PICTURE... | --version",
        description="Makes pictures larger with FSRCNN. With pictures, or nothing, it opens the window.",
        epilog=f"commands:\n{commands}\n\n{PROGRAM} COMMAND --help tells more.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {sr_desktop.__version__}")
    return parser


def _write_any_character() -> None:
    """Let file names with characters that the terminal lacks be shown escaped, rather than fail."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def discard_stdout() -> None:
    """Let the interpreter's own last flush go nowhere, once nobody reads any more.

    Source: https://docs.python.org/3/library/signal.html#note-on-sigpipe
    """
    with contextlib.suppress(OSError, ValueError):  # under a test, stdout may have no descriptor
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
