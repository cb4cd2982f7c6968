"""The whole window with a tiny network, driven as a person would; and proof that nothing is left of it afterwards."""

import gc
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from sr_desktop import paths
from sr_desktop.cards import Card, NetworkShape
from sr_desktop.library import index
from sr_desktop.services.pictures.document import State
from sr_desktop.ui.shell.app import Program


@pytest.fixture(scope="session")
def tiny_weights(tmp_path_factory) -> Path:
    """A folder with a seeded network of a few weights for each scale, under the names of the bundled ones."""
    import torch

    from sr_desktop.engine import weights
    from sr_desktop.engine.network import FSRCNN

    folder = tmp_path_factory.mktemp("weights")
    for scale in (2, 3, 4):
        torch.manual_seed(scale)
        shape = NetworkShape(scale, features=4, shrunk=2, mapping=1)
        card = Card(shape, name=f"fsrcnn-x{scale}")
        weights.save(folder / f"fsrcnn-x{scale}.safetensors", FSRCNN(shape).state_dict(), card)
    index.write(folder)
    return folder


@pytest.fixture(autouse=True)
def bundled(tiny_weights, monkeypatch) -> Path:
    """The tiny networks as those that came with the program."""
    monkeypatch.setattr(paths, "bundled_weights", lambda: tiny_weights)
    return tiny_weights


@pytest.fixture(autouse=True)
def no_leftovers(qapp) -> Iterator[None]:
    """Fails the test if a thread, a timer or a window survives it."""
    before = set(threading.enumerate())
    yield
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()
    assert set(threading.enumerate()) <= before
    assert [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()] == []
    timers = [item for item in gc.get_objects() if type(item) is QTimer and shiboken6.isValid(item)]
    assert [timer for timer in timers if timer.isActive()] == []


class Person:
    """Someone at the window: drops, pastes, types, looks."""

    def __init__(self, program: Program, qtbot) -> None:
        self.program = program
        self.window = program.window
        self.page = program.page
        self.view = program.page.view
        self.workspace = program.workspace
        self._qtbot = qtbot

    @property
    def shown(self):
        """The document on screen."""
        assert self.workspace.shown is not None
        return self.workspace.shown

    def drag_over(self, data: QMimeData) -> None:
        """Come over the window with something; it stays there."""
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QDragEnterEvent(QPoint(200, 200), copy, data, left, none))

    def drag_away(self) -> None:
        """Leave the window without dropping."""
        QApplication.sendEvent(self.window, QDragLeaveEvent())

    def drop(self, *files: Path | str) -> None:
        """Drop files, or addresses given as text."""
        self.drop_data(files_as_data(*files))

    def drop_data(self, data: QMimeData) -> None:
        """Drop something."""
        self.drag_over(data)
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QDropEvent(QPointF(200, 200), copy, data, left, none))

    def paste(self, data: QMimeData) -> None:
        """Paste something from the clipboard."""
        QApplication.clipboard().setMimeData(data)
        self.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press keys while the view has the focus."""
        self._qtbot.keyClick(self.view if self.view.isVisible() else self.window, key, modifier)

    def wait_for(self, *states: State) -> None:
        """Wait until the picture on screen is in one of these states."""
        self.wait_until(lambda: self.workspace.shown is not None and self.workspace.shown.state in states)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self._qtbot.waitUntil(condition, timeout=30_000)

    def open(self, *files: Path) -> None:
        """Drop files and wait until all of them are done."""
        self.drop(*files)
        self.wait_until(self.all_are_done)

    def all_are_done(self) -> bool:
        """Whether nothing is under way any more."""
        documents = self.workspace.documents
        return bool(documents) and all(d.state in (State.DONE, State.FAILED) for d in documents)

    def wait_until_sharp(self) -> None:
        """Wait until the view has drawn everything as well as it can."""
        self.view.repaint()
        self.wait_until(lambda: not self.view.is_refining)

    def pixels_of(self, pane: int) -> np.ndarray:
        """Return what a pane (0 before, 1 after) shows: H×W×3, in physical pixels."""
        self.wait_until_sharp()
        image = self.view.grab().toImage()
        rect = self.view.panes()[pane]
        samples = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
        return samples[rect.top() : rect.bottom() + 1, rect.left() : rect.right() + 1, 2::-1].copy()


def files_as_data(*files: Path | str) -> QMimeData:
    """Return files as a drag or a clipboard has them."""
    data = QMimeData()
    data.setUrls([QUrl(file) if isinstance(file, str) else QUrl.fromLocalFile(str(file)) for file in files])
    return data


@pytest.fixture
def program(qtbot) -> Iterator[Program]:
    """The program with its window on screen."""
    program = Program()
    program.window.resize(900, 600)
    program.start([])
    qtbot.waitExposed(program.window)
    yield program
    program.window.close()


@pytest.fixture
def person(program, qtbot) -> Person:
    """Someone at the window, who has waited until everything is loaded."""
    program.window.activateWindow()
    qtbot.waitUntil(lambda: program.workspace.ready is not None, timeout=30_000)
    return Person(program, qtbot)


@pytest.fixture
def photo(picture, tmp_path) -> Callable[..., Path]:
    """Writes pictures of a given name and size."""

    def write(name: str = "photo.png", *, width: int = 60, height: int = 40, seed: int = 0) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(picture(width=width, height=height, seed=seed)).save(path)
        return path

    return write
