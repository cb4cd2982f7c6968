"""What `benchmark` wants to know of the real window: how soon it is painted, and how late its event loop gets.

    python -m sr_desktop.ui.window_probe first-paint
    python -m sr_desktop.ui.window_probe lateness [--width 1920] [--height 1280] [--scale 2] [--moving]
    python -m sr_desktop.ui.window_probe training [--seconds 20]

Each prints one JSON object. All open a window, on whatever screen QT_QPA_PLATFORM and DISPLAY say, with settings and
models of a home of its own.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from sr_desktop.engine.targets import Factor
from sr_desktop.paths import HOME_VARIABLE
from sr_desktop.runs.spec import RunSpec
from sr_desktop.services.pictures.document import Document, Source, State
from sr_desktop.services.pictures.upscaler import Options
from sr_desktop.services.training.draft import bundled_path
from sr_desktop.services.training.run import State as RunState
from sr_desktop.ui.shell import app

TICK_MS = 2
"""How often the event loop is asked; a late answer is what a person would feel."""

MOVE_MS = 16
"""How often the view is moved, where it is: once for each refresh of a usual screen."""

LIMIT_S = 300


def first_paint() -> dict[str, Any]:
    """Return the milliseconds from the start of the program to its first painted window."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, HOME_VARIABLE: home, app.STARTED_VARIABLE: str(time.time_ns())}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its modules compiled
        command = [sys.executable, "-m", "sr_desktop"]
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, timeout=LIMIT_S, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


class Ticks(QObject):
    """Measures how late a timer's ticks come, phase by phase."""

    def __init__(self, phase: str) -> None:
        super().__init__()
        self.phase = phase
        self.waits: dict[str, list[float]] = {}
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.note)

    def start(self) -> None:
        """Begin to measure."""
        self._last = time.perf_counter()
        self._timer.start(TICK_MS)

    def stop(self) -> None:
        """Measure no more."""
        self._timer.stop()

    def report(self) -> dict[str, Any]:
        """Return percentiles in milliseconds for each phase."""
        return {phase: _percentiles(waits) for phase, waits in self.waits.items()}

    @Slot()
    def note(self) -> None:
        """Note how long events would have waited that came at any time since the last tick.

        One long stall is one late tick, but many late events: each tick that should have been counts.
        """
        now = time.perf_counter()
        wait_ms = (now - self._last) * 1000 - TICK_MS
        self._last = now
        waits = self.waits.setdefault(self.phase, [])
        waits.append(max(wait_ms, 0.0))
        while wait_ms > TICK_MS:
            wait_ms -= TICK_MS
            waits.append(wait_ms)


class Lateness(QObject):
    """Measures how late the event loop gets, and closes the window after one upscaled picture."""

    def __init__(self, program: app.Program, source: Source, *, moving: bool) -> None:
        super().__init__()
        self._program = program
        self._source = source
        self._moving = moving
        self.ticks = Ticks("getting_ready")
        self._moves = QTimer(self)
        self._moves.timeout.connect(self._move)
        self._way = 1
        self.seconds = 0.0
        program.window.painted.connect(self.ticks.start)
        program.workspace.ready_changed.connect(self._open)
        program.workspace.changed.connect(self._follow)

    @Slot()
    def _open(self) -> None:
        self.ticks.phase = "reading"
        self._program.workspace.take([self._source])

    @Slot(object)
    def _follow(self, document: Document) -> None:
        if document.state is State.UPSCALING and self.ticks.phase == "reading":
            self.ticks.phase = "upscale"
            if self._moving:
                self._program.page.view.zoom_to(1)
                self._moves.start(MOVE_MS)
        elif document.state in (State.DONE, State.FAILED):
            self.ticks.stop()
            self._moves.stop()
            if document.after is not None:
                self.seconds = document.after.seconds
            QTimer.singleShot(0, self._program.window.close)

    @Slot()
    def _move(self) -> None:
        view = self._program.page.view
        before = view.viewport
        view.move_by(-7 * self._way, -3 * self._way)
        if view.viewport == before:
            self._way = -self._way


def lateness(*, width: int, height: int, scale: int, moving: bool) -> dict[str, Any]:
    """Return how late the event loop gets while the engine is loaded, a picture is read, and upscaled."""
    import numpy as np  # here, where it delays nothing that is measured

    from sr_desktop.imaging.raster import Raster

    random = np.random.default_rng(0)
    source = Source("probe", raster=Raster(random.integers(0, 256, (height, width, 3), np.uint8)))
    application = app.make_application()
    program = app.Program()
    program.workspace.options = Options(Factor(scale))
    probe = Lateness(program, source, moving=moving)
    QTimer.singleShot(LIMIT_S * 1000, application.quit)
    program.start([])
    application.exec()
    described = {"platform": QApplication.platformName(), "width": width, "height": height, "scale": scale}
    return {**described, "moving": moving, "seconds": probe.seconds, "lateness_ms": probe.ticks.report()}


class TrainingLateness(QObject):
    """Measures how late the event loop gets while a run is made, trained and drawn, and then discards it."""

    def __init__(self, program: app.Program, pictures: Path, *, seconds: float) -> None:
        super().__init__()
        self._program, self._pictures, self._seconds = program, pictures, seconds
        self.ticks = Ticks("getting_ready")
        self.steps = 0
        self._enough = QTimer(self)
        self._enough.setSingleShot(True)
        self._enough.timeout.connect(self._end)
        program.window.painted.connect(self.ticks.start)
        program.workspace.ready_changed.connect(self._begin)

    @Slot()
    def _begin(self) -> None:
        self._program.workspace.ready_changed.disconnect(self._begin)
        self.ticks.phase = "starting"
        training = self._program.training.training
        output = str(self._pictures.parent / "probe.safetensors")
        training.changed.connect(self._follow)
        training.begin(RunSpec(str(self._pictures), 2, output, start=bundled_path(2), steps=1_000_000, rescale=False))
        self._program.window.show_page("train")

    @Slot()
    def _follow(self) -> None:
        run = self._program.training.training.current
        if run is not None and run.state is RunState.TRAINING and not self._enough.isActive():
            self.ticks.phase = "training"
            self._enough.start(round(self._seconds * 1000))

    @Slot()
    def _end(self) -> None:
        training = self._program.training.training
        run = training.runs[0]
        self.steps = run.story.step if run.story is not None else 0
        if not self.steps and run.state is RunState.TRAINING:  # on a busy machine the first steps come late
            self._enough.start(round(self._seconds * 1000))
            return
        self.ticks.stop()
        training.changed.disconnect(self._follow)
        training.discard(run)
        self._program.window.close()


def training(*, seconds: float, home: Path) -> dict[str, Any]:
    """Return how late the event loop gets while a real run goes in a child and its curves are drawn.

    Args:
        seconds: How long the run is watched.
        home: A folder for the pictures it learns from.
    """
    import cv2  # here, where it delays nothing that is measured
    import numpy as np

    pictures = home / "pictures"
    pictures.mkdir()
    random = np.random.default_rng(0)
    for number in range(6):
        rough = random.integers(0, 256, (100, 150, 3), np.uint8)
        cv2.imwrite(str(pictures / f"{number}.png"), cv2.resize(rough, (600, 400), interpolation=cv2.INTER_CUBIC))
    application = app.make_application()
    program = app.Program()
    probe = TrainingLateness(program, pictures, seconds=seconds)
    QTimer.singleShot(LIMIT_S * 1000, application.quit)
    program.start([])
    application.exec()
    described = {"platform": QApplication.platformName(), "seconds": seconds, "steps": probe.steps}
    return {**described, "lateness_ms": probe.ticks.report()}


def _percentiles(waits: Sequence[float]) -> dict[str, float]:
    if len(waits) < 2:
        return {}
    cuts = statistics.quantiles(waits, n=100, method="inclusive")
    return {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(waits)}


def main() -> None:
    """Measure what the arguments ask for, and print it."""
    parser = argparse.ArgumentParser(prog="python -m sr_desktop.ui.window_probe")
    subparsers = parser.add_subparsers(dest="what", required=True)
    subparsers.add_parser("first-paint")
    late = subparsers.add_parser("lateness")
    late.add_argument("--width", type=int, default=1920)
    late.add_argument("--height", type=int, default=1280)
    late.add_argument("--scale", type=int, choices=(2, 3, 4), default=2)
    late.add_argument("--moving", action="store_true", help="move the view all the while")
    train = subparsers.add_parser("training")
    train.add_argument("--seconds", type=float, default=20.0, help="how long the run is watched")
    chosen = vars(parser.parse_args())
    what = chosen.pop("what")
    if what == "first-paint":
        print(json.dumps(first_paint()))  # noqa: T201  (this is a command)
        return
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME_VARIABLE] = str(Path(home))
        found = training(home=Path(home), **chosen) if what == "training" else lateness(**chosen)
        print(json.dumps(found))  # noqa: T201


if __name__ == "__main__":
    main()
