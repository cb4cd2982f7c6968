"""What the documentation says can be done."""

import argparse
import importlib
import importlib.util
import re
import shlex
from pathlib import Path

import pytest

from sr_desktop.cli import commands

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
NOTATION = re.compile(r"[\[\]|…]|\.\.\.")
"""Lines with these describe a command; all others can be typed."""


def examples():
    """Return page and line of each command in a block of code."""
    for page in PAGES:
        for block in re.findall(r"^```\w*\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE):
            for line in re.sub(r"\\\n\s*", "", block).splitlines():
                line = re.split(r"\s{2,}", line.strip())[0]
                if re.match(r"sr-desktop \w", line) and not NOTATION.search(line):
                    yield pytest.param(line, id=f"{page.name}: {line}")


@pytest.mark.parametrize("line", list(examples()))
def test_example_can_be_typed(line):
    words = shlex.split(line)[1:]
    if commands.is_for_the_window(words):
        return
    subparsers = argparse.ArgumentParser().add_subparsers()
    module = importlib.import_module(f"sr_desktop.cli.{words[0]}")
    module.add_parser(subparsers)
    commands._arguments(subparsers.choices[words[0]], module, words[1:])


def test_command_reference_is_what_the_parsers_say():
    place = ROOT / "docs" / "make" / "command_reference.py"
    spec = importlib.util.spec_from_file_location("command_reference", place)
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.PAGE.read_text(encoding="utf-8") == script.page(), f"run {place.name} again"
