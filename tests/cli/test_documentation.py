"""The page that promises the interface, held against the interface."""

import re

from sr_desktop.cli import benchmark, commands
from sr_desktop.imaging.metadata import change_ids
from tests.cli.test_upscale import ROW_KEYS
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")


def named_in_table(title):
    """Return what the first column of the first table after `title` names."""
    table = PAGE.split(title)[1].split("\n\n")[1]
    return [name for row in table.splitlines()[2:] for name in re.findall(r"`([\w-]+)`", row.split("|")[1])]


def test_every_command_has_a_section():
    titles = re.findall(r"^## (.+)$", PAGE, re.MULTILINE)
    assert {name for title in titles for name in title.split(", ")} >= set(commands.COMMANDS)


def test_every_id_is_listed_and_no_other():
    assert set(named_in_table("Ids in `kept` and `changed`")) == set(change_ids.CHANGED)


def test_every_key_of_a_row_is_shown_and_explained():
    shown, explained = PAGE.split("with exactly these keys:")[1].split("```\n\n")[:2]
    assert re.findall(r'"(\w+)":', shown.replace('[{"id": "alpha", "text"', "")) == ROW_KEYS
    assert (
        re.findall(r"`(\w+)`", "".join(row.split("|")[1] for row in explained.split("\n\n")[0].splitlines()))
        == ROW_KEYS
    )


def test_every_option_of_upscale_is_shown(say):
    options = set(re.findall(r"--[a-z-]+", say("upscale", "--help").out)) - {"--help"}
    usage = PAGE.split("## upscale")[1].split("**Inputs.**")[0]
    assert set(re.findall(r"--[a-z-]+", usage)) == options


def test_every_benchmark_task_is_explained():
    for name in benchmark.TASKS:
        assert f"| `{name}` |" in PAGE
