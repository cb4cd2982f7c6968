"""Whole ways through training, as a person goes them, with the child processes a person would have."""

import os
import signal

import pytest

from sr_desktop import paths
from sr_desktop.runs.notices import Cause
from sr_desktop.runs.run_lock import is_claimed
from sr_desktop.services.training.run import State
from sr_desktop.ui.shell.app import Program

from .conftest import Trainer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

LONG = "1000000"

STUCK = {"initialization": "normal", "optimizer": "sgd", "learning_rate": "0.01", "steps": LONG}


@pytest.mark.real_screen
def test_a_folder_becomes_a_model_in_the_library(trainer, folder):
    trainer.start(folder, steps="60", learning_rate="0.005")
    trainer.wait_for(State.FINISHED)
    assert (paths.user_weights() / "my-pictures-x2.safetensors").is_file()
    assert "my-pictures-x2" in trainer.step.verdict.text()
    assert trainer.step.figures.values["Steps"].text() == "60 of 60"
    assert len(trainer.step.crops.rows) == 1  # of three pictures one is held out
    assert trainer.page.pictures.left_out.topLevelItem(0).text(0) == "broken.png"
    trainer.press(trainer.step.use_button)
    assert trainer.window.page is trainer.program.page
    assert trainer.program.workspace.options.model == "my-pictures-x2"


def test_a_killed_child_is_explained_and_resumed(trainer, folder):
    trainer.start(folder, steps=LONG)
    trainer.wait_until(trainer.run.folder.checkpoint_file.exists)
    os.kill(trainer.run.pid, signal.SIGKILL)
    trainer.wait_for(State.FAILED)
    assert "memory" in trainer.step.notice_bar.notice.title
    trainer.press(trainer.step.resume_button)
    trainer.wait_for(State.TRAINING)
    trainer.wait_until(lambda: trainer.run.story.step > 0)
    assert not trainer.step.notice_bar.isVisible()
    trainer.press(trainer.step.stop_button)
    assert trainer.run.state is State.STOPPING
    trainer.wait_for(State.STOPPED)
    starts = [event for event in trainer.run.folder.events() if event["event"] == "start"]
    assert [event["resumed"] for event in starts] == [False, True]


def test_a_stuck_run_is_told_of_and_one_button_makes_it_healthy(trainer, folder):
    trainer.start(folder, **STUCK)
    trainer.wait_until(lambda: trainer.card(Cause.VANISHING_GRADIENT) is not None)
    stuck = trainer.run
    trainer.press(trainer.card(Cause.VANISHING_GRADIENT).button)
    assert "Initialization: normal → he" in trainer.question().informativeText()
    trainer.answer("Restart")
    assert trainer.run is not stuck
    assert not stuck.folder.path.exists()
    trainer.wait_until(lambda: trainer.run.story is not None and bool(trainer.run.story.blocks.items))
    causes = {notice.cause for notice in trainer.run.story.notices}
    assert Cause.VANISHING_GRADIENT not in causes
    trainer.press(trainer.step.discard_button)
    trainer.answer("Discard")
    assert trainer.step.run is None


def test_pairs_that_do_not_fit_are_left_out_by_one_button(trainer, pairs):
    large, small = pairs
    trainer.page.take_folder(large)
    trainer.page._draft.change(low=str(small))
    trainer.go_through(steps=LONG)
    trainer.wait_until(lambda: trainer.card(Cause.MISALIGNED_PAIRS) is not None)
    card = trainer.card(Cause.MISALIGNED_PAIRS)
    assert card.files.text() == "0.png"
    old = trainer.run
    trainer.press(card.button)
    assert trainer.question().informativeText().splitlines()[2:] == ["Left out: nothing → 0.png"]
    trainer.answer("Restart")
    assert trainer.run is not old
    assert trainer.run.folder.spec().exclude == ("/0.png",)
    trainer.wait_until(lambda: trainer.run.story is not None and bool(trainer.run.story.blocks.items))
    assert Cause.MISALIGNED_PAIRS not in {notice.cause for notice in trainer.run.story.notices}
    assert [path for path, _ in trainer.run.story.left_out] == [str(large / "0.png")]
    assert (large / "0.png").is_file()
    trainer.press(trainer.step.discard_button)
    trainer.answer("Discard")


def test_closing_lets_a_run_go_on_and_the_next_window_finds_it(trainer, folder, qtbot):
    trainer.start(folder, steps=LONG)
    trainer.wait_for(State.TRAINING)
    assert not trainer.window.close()
    trainer.answer("Cancel")
    assert trainer.window.isVisible()
    trainer.window.close()
    trainer.answer("Go On in the Background")
    assert not trainer.window.isVisible()
    folder_of_run = trainer.run.folder
    assert is_claimed(folder_of_run)

    program = Program()
    program.start([])
    trainer.wait_until(lambda: bool(program.training.training.unfinished))
    assert "goes on in the background" in program.notices.latest.title
    later = Trainer(program, qtbot)
    later.wait_for(State.TRAINING)
    assert later.run.folder == folder_of_run
    step = later.run.story.step
    later.wait_until(lambda: later.run.story.step > step)
    later.press(later.step.stop_button)
    later.wait_for(State.STOPPED)
    assert not is_claimed(folder_of_run)
    assert (paths.user_weights() / "my-pictures-x2.safetensors").is_file()
    program.window.close()
