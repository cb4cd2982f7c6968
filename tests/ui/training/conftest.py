"""Someone at the Train page, with real child processes on small pictures."""

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMessageBox

from sr_desktop.runs.notices import Cause
from sr_desktop.runs.spec import SCRATCH
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.services.training.run import State
from sr_desktop.ui.shell.app import Program
from sr_desktop.ui.training.fields import Choice, Entry, Switch
from sr_desktop.ui.training.notice_cards import NoticeCard
from sr_desktop.ui.training.page import CHECK, GOAL
from tests.conftest import make_picture
from tests.ui.conftest import Person

PATIENCE_MS = 150_000
"""A child loads torch; on a machine that does other things as well that may take a while."""

QUICK = {
    "start": SCRATCH,
    "small": True,
    "patch": "8",
    "batch": "4",
    "rescale": False,
    "expansion": "8",
    "device": "cpu",
}


@pytest.fixture(autouse=True)
def bundled() -> None:
    """The models that come with the program, in place of tiny ones: nothing here makes pictures larger."""


@pytest.fixture(autouse=True)
def no_engine(monkeypatch) -> None:
    """A window that does not load the engine: whoever trains waits for the child's torch only."""
    monkeypatch.setattr(Workspace, "prepare", lambda self: None)


@pytest.fixture
def folder(tmp_path) -> Path:
    """Three small pictures, and a file that is none."""
    folder = tmp_path / "my pictures"
    folder.mkdir()
    for number in range(3):
        Image.fromarray(make_picture(width=96, height=80, seed=number)).save(folder / f"{number}.png")
    (folder / "broken.png").write_bytes(b"not a picture")
    return folder


@pytest.fixture
def pairs(tmp_path) -> tuple[Path, Path]:
    """Four large pictures, and small ones of the same names, one of which shows something else."""
    large, small = tmp_path / "large", tmp_path / "small"
    for folder in (large, small):
        folder.mkdir()
    for number in range(4):
        Image.fromarray(make_picture(width=96, height=80, seed=number)).save(large / f"{number}.png")
        other = make_picture(width=96, height=80, seed=number if number != 0 else 7)
        Image.fromarray(other).resize((48, 40), Image.Resampling.BOX).save(small / f"{number}.png")
    return large, small


class Trainer:
    """Someone who trains: drops a folder, fills in fields, presses buttons, looks."""

    def __init__(self, program: Program, qtbot) -> None:
        self.program = program
        self.window = program.window
        self.qtbot = qtbot
        self.person = Person(program, qtbot)
        self.page = program.window.show_page("train")
        self.step = self.page.run

    @property
    def run(self):
        """The run that is shown."""
        assert self.step.run is not None
        return self.step.run

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(condition, timeout=PATIENCE_MS)

    def wait_for(self, *states: State) -> None:
        """Wait until the run that is shown is in one of these states."""
        self.wait_until(lambda: self.step.run is not None and self.run.state in states)

    def press(self, button: QAbstractButton) -> None:
        """Press a button that can be pressed."""
        self.wait_until(button.isVisible)  # what a layout has just got is shown a moment later
        assert button.isEnabled()
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)

    def set(self, **values: object) -> None:
        """Fill in fields of the second step."""
        goal = self.page.goal
        goal.expert_button.setChecked(True)
        for name, value in values.items():
            field = goal.start if name == "start" else goal.expert.fields[name]
            match field:
                case Choice():
                    field.show_value(value)
                    assert field.currentData() == value
                    field.activated.emit(field.currentIndex())
                case Switch():
                    if field.isChecked() != value:
                        field.click()
                case Entry():
                    field.setFocus()
                    field.selectAll()
                    self.qtbot.keyClicks(field, str(value))
                    self.qtbot.keyClick(field, Qt.Key.Key_Return)

    def start(self, folder: Path, **values: object) -> None:
        """Go through the wizard with a folder, and start."""
        self.person.drop(folder)
        self.go_through(**values)

    def go_through(self, **values: object) -> None:
        """Go through the other steps of the wizard, and start."""
        self.press(self.page.next_button)
        assert self.page.stack.currentIndex() == GOAL
        self.set(**{**QUICK, **values})
        self.press(self.page.next_button)
        assert self.page.stack.currentIndex() == CHECK
        self.wait_until(self.page.next_button.isEnabled)
        self.press(self.page.next_button)
        self.wait_for(State.STARTING, State.READING, State.TRAINING, State.FINISHED)

    def card(self, cause: Cause) -> NoticeCard | None:
        """Return the card that tells of this, if there is one."""
        return next((card for card in self.step.cards.cards if card.notice.cause is cause), None)

    def question(self) -> QMessageBox:
        """Return the question on screen."""
        (box,) = [box for box in self.page.findChildren(QMessageBox) if box.isVisible()]
        return box

    def answer(self, text: str) -> None:
        """Press the button of the question on screen that says this."""
        (button,) = [button for button in self.question().buttons() if button.text().replace("&", "") == text]
        button.click()


@pytest.fixture
def trainer(program, qtbot, monkeypatch) -> Iterator[Trainer]:
    """Someone at the page; whatever is still at work in the end is killed."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")  # so little work is not worth sharing
    program.window.activateWindow()
    trainer = Trainer(program, qtbot)
    yield trainer
    for run in program.training.training.runs:
        if run.is_ours:
            with contextlib.suppress(ProcessLookupError):
                os.kill(run.pid, signal.SIGKILL)
            run.kill()
