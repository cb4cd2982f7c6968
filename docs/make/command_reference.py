"""Writes docs/command-reference.md: every option of every command, from the parsers themselves.

.venv/bin/python docs/make/command_reference.py
"""

import argparse
import importlib
from collections.abc import Iterator
from pathlib import Path

from sr_desktop.cli import commands

PAGE = Path(__file__).resolve().parents[1] / "command-reference.md"

INTRODUCTION = """\
# Every option

Made from the program itself by `docs/make/command_reference.py`; `sr-desktop COMMAND --help` says the same. What the
commands promise to other programs is in [the command line](command-line.md).
"""


def page() -> str:
    """Return the whole page."""
    return "\n".join([INTRODUCTION, *(line for name in commands.COMMANDS for line in _command(name))])


def _command(name: str) -> Iterator[str]:
    subparsers = argparse.ArgumentParser(prog=commands.PROGRAM).add_subparsers(prog=commands.PROGRAM)
    importlib.import_module(f"sr_desktop.cli.{name}").add_parser(subparsers)
    yield from _parser(subparsers.choices[name], commands.COMMANDS[name], "##")


def _parser(parser: argparse.ArgumentParser, purpose: str, mark: str) -> Iterator[str]:
    yield f"{mark} {parser.prog.removeprefix(commands.PROGRAM).strip()}\n"
    yield f"{purpose[0].upper()}{purpose[1:]}.\n"
    actions = [action for action in parser._actions if action.dest != "help" and action.help != argparse.SUPPRESS]
    deeper = [action for action in actions if isinstance(action, argparse._SubParsersAction)]
    plain = [action for action in actions if action not in deeper]
    if plain:
        yield "| | |\n|---|---|"
        yield from (f"| {_name(action)} | {_meaning(parser, action)} |" for action in plain)
        yield ""
    for action in deeper:
        purposes = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, inner in action.choices.items():
            yield from _parser(inner, purposes[name], mark + "#")


def _name(action: argparse.Action) -> str:
    value = action.metavar or (action.choices and "|".join(map(str, action.choices))) or action.dest.upper()
    value = " ".join(value) if isinstance(value, tuple) else str(value)
    shown = value if not action.option_strings else action.option_strings[-1]
    if action.option_strings and action.nargs != 0:
        shown += " " + value
    return f"`{shown}`".replace("|", "\\|")


def _meaning(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    text = (action.help or "") % {**vars(action), "prog": parser.prog}
    return text.replace("|", "\\|").replace("\n", " ")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
