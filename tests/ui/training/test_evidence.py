"""The numbers of the monitor's notices have words, so that they can be translated."""

import ast
from pathlib import Path

import pytest

from sr_desktop import monitor
from sr_desktop.runs.notices import Action, Cause, Notice, Severity
from sr_desktop.ui.training import evidence

MONITOR = Path(monitor.__file__).parent


def names_in(module):
    """Return the keys of all mappings that a module of rules writes down: the names of numbers."""
    tree = ast.parse((MONITOR / f"{module}.py").read_text(encoding="utf-8"))
    found = [key for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys]
    return {key.value for key in found if isinstance(key, ast.Constant) and isinstance(key.value, str)}


@pytest.mark.parametrize("module", ["rules", "rules_data", "rules_network", "plateau"])
def test_every_number_that_a_rule_gives_has_words(module):
    found = names_in(module)
    assert found
    assert found <= evidence.names().keys()


def test_a_number_of_another_version_is_called_as_its_name_says():
    numbers = {"best_psnr_db": 30.5, "gain_of_tomorrow_db": 2.0}
    notice = Notice(7, Cause.PLATEAU, Severity.INFO, "Going on is hardly worth it.", numbers, Action.STOP_AND_KEEP)
    assert evidence.line(notice) == "best PSNR (dB) 30.5 · gain of tomorrow (dB) 2"
