"""What is loaded at run time: contracts see every import, also those inside functions, but not when it happens."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

LOADED = """
import importlib, json, pkgutil, sys
for name in {names!r}:
    module = importlib.import_module(name)
    for found in pkgutil.walk_packages(getattr(module, "__path__", []), name + "."):
        importlib.import_module(found.name)
print(json.dumps(sorted(sys.modules)))
"""

HELP = """
import contextlib, io, json, runpy, sys
sys.argv = ["sr-desktop", "--help"]
with contextlib.redirect_stdout(io.StringIO()) as shown, contextlib.suppress(SystemExit):
    runpy.run_module("sr_desktop", run_name="__main__")
assert "upscale" in shown.getvalue(), shown.getvalue()
print(json.dumps(sorted(sys.modules)))
"""


def modules_after(program):
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


@pytest.fixture(scope="module")
def core():
    """The modules that are loaded once the command line and everything it stands on are."""
    packages = ["cli", "training", "batch", "monitor", "runs", "library", "engine", "imaging", "inputs", "system"]
    return modules_after(LOADED.format(names=[f"sr_desktop.{name}" for name in packages]))


def test_the_command_line_and_the_core_load_no_qt(core):
    assert core.isdisjoint({"PySide6", "shiboken6", "pyqtgraph"})


def test_nothing_loads_torchvision(core):
    assert "torch" in core
    assert "torchvision" not in core


def test_the_window_and_what_only_looks_at_files_load_no_torch():
    packages = ["ui", "services", "monitor", "runs", "library", "imaging", "inputs", "system"]
    assert "torch" not in modules_after(LOADED.format(names=[f"sr_desktop.{name}" for name in packages]))


def test_asking_for_help_loads_nothing_heavy():
    assert modules_after(HELP).isdisjoint({"torch", "PySide6", "numpy", "cv2", "PIL"})
