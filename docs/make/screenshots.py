"""Takes the pictures of the window that the documentation shows: docs/screenshots/*.png.

    .venv/bin/python docs/make/screenshots.py [NAME...]

Works without a screen. Every picture in them is the project's own; see `sample_picture.py`.
"""

import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtWidgets import QApplication

from sr_desktop import paths
from sr_desktop.paths import HOME_VARIABLE
from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.spec import RunSpec
from sr_desktop.services.pictures.document import State
from sr_desktop.training.trainer import train
from sr_desktop.ui.shell import app
from sr_desktop.ui.shell.app import Program
from sr_desktop.ui.training.page import TrainPage
from sr_desktop.ui.widgets import theme

FOLDER = Path(__file__).resolve().parents[1] / "screenshots"
SIZE = (1000, 640)
COLOURS = 256
"""A palette of this size cannot be told from the original here, and takes a third of the space."""

SECONDS = 120


def wait_until(condition: Callable[[], bool]) -> None:
    """Let the window work until something is so."""
    end = time.monotonic() + SECONDS
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the window did not get there")
        QApplication.processEvents()
        time.sleep(0.005)


def settle(program: Program) -> None:
    """Wait until nothing changes any more."""
    documents = program.workspace.documents
    wait_until(lambda: all(document.state in (State.DONE, State.FAILED) for document in documents))
    program.page.view.repaint()
    wait_until(lambda: not program.page.view.is_refining)


def start(program: Program, folder: Path) -> None:
    """The window before anything is opened."""


def compare(program: Program, folder: Path) -> None:
    """Before and after, at real pixels, at the sign."""
    program.commands.open_sample()
    settle(program)
    program.page.view.zoom_to(2)
    program.page.view.move_by(10_000, -10_000)
    program.page.view.move_by(-80, 60)


def divider(program: Program, folder: Path) -> None:
    """One pane with a divider."""
    program.commands.open_sample()
    settle(program)
    program.actions.divider.trigger()
    program.page.view.zoom_to(2)
    program.page.view.move_by(30, 40)


def several(program: Program, folder: Path) -> None:
    """Several pictures, one of them broken and shown."""
    sample = Image.open(paths.resources() / "sample.png")
    sample.save(folder / "harbour.jpg", quality=95)
    sample.crop((330, 20, 480, 320)).save(folder / "lighthouse.png")
    sample.crop((160, 100, 300, 240)).save(folder / "boat.webp", lossless=True)
    (folder / "cut short.jpg").write_bytes((folder / "harbour.jpg").read_bytes()[:9000])
    names = ("harbour.jpg", "lighthouse.png", "boat.webp", "cut short.jpg")
    program.commands.open([folder / name for name in names])
    settle(program)
    program.workspace.documents[0].save(folder / "harbour_2x.jpg", overwrite=True)
    wait_until(lambda: program.workspace.documents[0].saved_as is not None)
    program.workspace.show(program.workspace.documents[3])
    program.window.statusBar().clearMessage()


def refused(program: Program, folder: Path) -> None:
    """Something is dragged over the window that can't be opened."""
    program.commands.open_sample()
    settle(program)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder / "notes.txt"))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(program.window, QDragEnterEvent(QPoint(100, 100), copy, data, left, none))


def folder_page(program: Program, folder: Path) -> None:
    """A folder with one broken picture: planned, and three of its pictures tried."""
    sample = Image.open(paths.resources() / "sample.png")
    for number in range(1, 10):
        left, top = 18 * number, 10 * number
        piece = sample.crop((left, top, left + 180 + 12 * number, top + 150 + 8 * number))
        place = folder / "Holiday" / ("day two" if number > 5 else "") / f"IMG_{number:04}.jpg"
        place.parent.mkdir(parents=True, exist_ok=True)
        piece.save(place, quality=90)
    (folder / "Holiday" / "IMG_0003.jpg").write_bytes((folder / "Holiday" / "IMG_0005.jpg").read_bytes()[:5000])
    program.window.show_page("folder")
    conversion = program.folder.conversion
    conversion.open([folder / "Holiday"])
    conversion.choose_output("Holiday_2x")  # short, and the same on every computer
    wait_until(lambda: conversion.planned is not None and conversion.planned.wishes.output == "Holiday_2x")


def folder_plan(program: Program, folder: Path) -> None:
    """The plan of a batch."""
    folder_page(program, folder)
    wait_until(lambda: program.folder.conversion.outlook.forecast is not None)
    _wait_for_thumbnails(program)


def folder_start(program: Program, folder: Path) -> None:
    """The page before there is a batch."""
    program.window.show_page("folder")


def folder_paused(program: Program, folder: Path) -> None:
    """A batch that someone paused, with some files done."""
    folder_page(program, folder)
    conversion = program.folder.conversion
    conversion.start()
    wait_until(lambda: conversion.tally.counts["done"] > 1)
    conversion.hold()
    wait_until(lambda: conversion.run is None or conversion.run.pause is not None)
    _wait_for_thumbnails(program)


def folder_end(program: Program, folder: Path) -> None:
    """A batch that has ended, with one row that failed."""
    folder_page(program, folder)
    conversion = program.folder.conversion
    conversion.start()
    wait_until(lambda: conversion.run is None)
    _wait_for_thumbnails(program)


def train_pictures(program: Program, folder: Path) -> None:
    """A folder to learn from, with one broken picture and one that was left out on purpose."""
    sample = Image.open(paths.resources() / "sample.png")
    (folder / "Harbour").mkdir()
    for number in range(1, 13):
        left, top = 14 * number, 6 * number
        piece = sample.crop((left, top, left + 200 + 6 * number, top + 150 + 5 * number))
        piece.save(folder / "Harbour" / f"IMG_{number:04}.jpg", quality=95)
    (folder / "Harbour" / "IMG_0020.jpg").write_bytes(b"cut short")
    page = program.window.show_page("train")
    assert isinstance(page, TrainPage)
    page.take_folder(Path("Harbour"))  # short, and the same on every computer
    page._draft.change(exclude=("/IMG_0001.jpg",))
    wait_until(lambda: not page._survey.is_busy)


def train_goal(program: Program, folder: Path) -> None:
    """What the model shall do."""
    train_pictures(program, folder)
    page = program.window.page
    assert isinstance(page, TrainPage)
    page.go_on()
    wait_until(lambda: "about" in page.goal.lengths.buttons["quick"].text())


def train_check(program: Program, folder: Path) -> None:
    """What is found before the first step."""
    train_goal(program, folder)
    page = program.window.page
    assert isinstance(page, TrainPage)
    page.go_on()
    wait_until(lambda: page._trial.story is not None and not page._trial.is_busy)
    _lay_out(program)


def train_stuck(program: Program, folder: Path) -> None:
    """The run that the monitor is for, of `the_question.py`, and what the monitor says to it."""
    train_pictures(program, folder)
    stuck = RunFolder(folder / "N(0, 0.001)")
    stuck.create(
        RunSpec(
            str(folder / "Harbour"), 2, str(folder / "stuck.safetensors"), initialization="normal", optimizer="sgd",
            learning_rate=0.01, schedule="constant", warm_up_steps=0, loss="mse", steps=1500, batch=8, patch=10,
            rescale=False, expansion=0, ema=0.0, device="cpu",
        )
    )  # fmt: skip
    for _ in train(stuck):
        pass
    page = program.window.page
    assert isinstance(page, TrainPage)
    page._training.open(stuck.path)
    wait_until(lambda: (run := page.run.run) is not None and run.story is not None and bool(run.story.notices))
    _lay_out(program)


def models(program: Program, folder: Path) -> None:
    """The models there are."""
    program.window.show_page("models")
    wait_until(lambda: program.models.inventory is not None and not program.models.is_busy)
    _lay_out(program)


def _lay_out(program: Program) -> None:
    """Let what has just come be laid out: some widgets know their height only once they were painted."""
    for _ in range(2):
        program.window.grab()
        QApplication.processEvents()


def _wait_for_thumbnails(program: Program) -> None:
    for _ in range(3):  # each painting asks for those it lacks
        program.window.grab()
        wait_until(lambda: not program.folder.thumbnails.is_busy)


SCENES: dict[str, tuple[Callable[[Program, Path], None], bool]] = {
    "compare-light": (compare, False),
    "divider-dark": (divider, True),
    "several-dark": (several, True),
    "start-light": (start, False),
    "refused-light": (refused, False),
    "folder-start-dark": (folder_start, True),
    "folder-paused-light": (folder_paused, False),
    "folder-plan-light": (folder_plan, False),
    "folder-end-dark": (folder_end, True),
    "train-pictures-light": (train_pictures, False),
    "train-goal-dark": (train_goal, True),
    "train-check-light": (train_check, False),
    "train-stuck-light": (train_stuck, False),
    "models-light": (models, False),
}
"""Name of a picture: what is done for it, and whether it is dark."""


def take(application: QApplication, name: str) -> None:
    """Take one picture."""
    scene, is_dark = SCENES[name]
    theme.use(application, dark=is_dark)
    with tempfile.TemporaryDirectory() as home, contextlib.chdir(home):
        os.environ[HOME_VARIABLE] = str(Path(home, "home"))
        program = Program()
        program.window.resize(*SIZE)
        program.start([])
        wait_until(lambda: program.workspace.ready is not None)
        scene(program, Path(home))
        settle(program)
        path = FOLDER / f"{name}.png"
        program.window.grab().save(str(path))
        if program.window.made("folder") is not None:
            program.folder.conversion.stop_now()  # else the window would ask what shall become of it
            wait_until(lambda: program.folder.conversion.run is None)
        program.window.close()
    with Image.open(path) as image:
        image.convert("RGB").quantize(COLOURS, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)
    print(f"{path}: {path.stat().st_size // 1000} kB")


def main() -> None:
    """Take the pictures that the arguments name, or all."""
    application = app.make_application()
    FOLDER.mkdir(exist_ok=True)
    for name in sys.argv[1:] or SCENES:
        take(application, name)


if __name__ == "__main__":
    main()
