"""What is loaded when, and what runs where."""

import ast
import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import sr_desktop.ui
from sr_desktop.services.pictures.document import State

ROOT = Path(__file__).resolve().parents[2]

FIRST_PAINT = """
import json, sys
from sr_desktop.ui.shell import app
application = app.make_application()
program = app.Program()
loaded = []
program.window.painted.connect(lambda: loaded.extend(sys.modules))
program.workspace.ready_changed.connect(program.window.close)
program.start([])
application.exec()
print(json.dumps([loaded, sorted(sys.modules)]))
"""


def test_nothing_heavy_is_loaded_before_the_window_has_painted():
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    at_first, in_the_end = (set(names) for names in json.loads(done.stdout))
    assert at_first.isdisjoint({"torch", "cv2", "numpy", "PIL", "safetensors", "pyqtgraph"})
    assert "torch" in in_the_end


def imports_of(module: Path) -> set[str]:
    """Return the modules that a file imports anywhere in it, but for those that only the type checker reads."""
    found = set()
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for_types = [
        node for node in ast.walk(tree) if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    unreal = {inner for node in for_types for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if node in unreal:
            continue
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return found


SLOW = {
    "sr_desktop.imaging.reading.reader",
    "sr_desktop.imaging.writing.writer",
    "sr_desktop.imaging.reading.pixels",
    "sr_desktop.imaging.writing.encoders",
    "sr_desktop.engine.upscale",
    "sr_desktop.engine.model",
    "sr_desktop.services.pictures.picture",
    "torch",
    "PIL",
    "subprocess",
    "threading",
}


MODULES = [path for path in sorted(Path(sr_desktop.ui.__file__).parent.rglob("*.py")) if path.stem != "window_probe"]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_the_window_cannot_do_slow_work_itself(module):
    assert imports_of(module).isdisjoint(SLOW)


def test_reading_upscaling_reducing_and_saving_run_in_the_other_thread(person, photo, monkeypatch):
    from sr_desktop.engine import upscale
    from sr_desktop.imaging.reading import reader
    from sr_desktop.imaging.writing import writer
    from sr_desktop.services import import_torch
    from sr_desktop.services.pictures import pyramid

    threads = {}

    def watch(module, name):
        real = getattr(module, name)

        def watched(*arguments, **named):
            threads.setdefault(name, set()).add(threading.current_thread())
            return real(*arguments, **named)

        monkeypatch.setattr(module, name, watched)

    watched = (
        (reader, "read"),
        (pyramid, "build"),
        (upscale, "upscale"),
        (writer, "write"),
        (import_torch, "import_torch"),
    )
    for module, name in watched:
        watch(module, name)
    person.open(photo("a.png"), photo("b.png"))
    person.program.actions.copy.trigger()
    person.program.actions.save.trigger()
    person.wait_until(lambda: person.shown.saved_as is not None and not person.shown.is_saving)
    person.wait_for(State.DONE)
    assert set(threads) == {name for _, name in watched}
    assert all(thread is not threading.main_thread() for used in threads.values() for thread in used)
