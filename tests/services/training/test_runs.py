"""Runs in real child processes: to the end, stopped, killed, let go, and found again."""

import contextlib
import dataclasses
import os
import signal

import numpy as np
import pytest
from PIL import Image

from sr_desktop import paths
from sr_desktop.runs.spec import RunSpec
from sr_desktop.services.jobs import Runner
from sr_desktop.services.training.run import State
from sr_desktop.services.training.runs import Training
from tests.conftest import make_picture

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

LONG = 1_000_000

PATIENCE_MS = 150_000
"""A child loads torch; on a machine that does other things as well that may take a while."""


@pytest.fixture
def spec(tmp_path):
    """Makes specs of runs on three small pictures."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for number in range(3):
        Image.fromarray(make_picture(width=96, height=80, seed=number)).save(folder / f"{number}.png")

    def make(name="mine", **options):
        quick = {"steps": 30, "patch": 8, "batch": 4, "small": True, "rescale": False, "device": "cpu", "expansion": 8}
        output = paths.user_weights() / f"{name}.safetensors"
        return RunSpec(str(folder), 2, str(output), **{**quick, **options})

    return make


@pytest.fixture
def new_training(qapp, monkeypatch):
    """Makes what a window has of runs; whatever is still at work in the end is killed."""
    monkeypatch.setenv("OMP_NUM_THREADS", "1")  # so little work is not worth sharing
    made = []

    def make():
        runner = Runner()
        training = Training(runner)
        made.append((training, runner))
        return training

    yield make
    for training, runner in made:
        for run in training.runs:
            with contextlib.suppress(ProcessLookupError):
                if run.pid:
                    os.kill(run.pid, signal.SIGKILL)
            run._process.wait()
        training.close()
        runner.close()


def test_a_run_is_made_trained_and_its_model_lands_in_the_library(new_training, spec, qtbot):
    training = new_training()
    run = training.begin(spec())
    second = training.begin(spec("second"))
    assert second.state is State.WAITING
    with qtbot.waitSignal(training.learned, timeout=PATIENCE_MS) as learned:
        pass
    assert learned.args == [run]
    assert run.state is State.FINISHED
    assert (paths.user_weights() / "mine.safetensors").is_file()
    assert run.story.step == 30
    assert second.is_at_work
    training.discard(second)
    assert training.runs == [run]
    assert not second.folder.path.exists()
    again = training.restart(run, dataclasses.replace(run.spec, learning_rate=1e-4))
    assert run.folder.path.exists()  # it is finished, so nothing of it goes
    assert again.spec.output == str(paths.user_weights() / "mine-2.safetensors")
    assert training.runs == [run, again]
    training.discard(again)


def test_a_run_that_cannot_start_says_why(new_training, spec, qtbot, tmp_path):
    training = new_training()
    run = training.begin(spec())
    qtbot.waitUntil(lambda: run.state is State.FINISHED, timeout=PATIENCE_MS)
    assert np.isfinite(run.story.best.psnr_db)
    for path in (tmp_path / "pictures").iterdir():
        path.unlink()
    failing = training.begin(spec("other"))
    with qtbot.waitSignal(failing.ended, timeout=PATIENCE_MS):
        pass
    assert failing.state is State.FAILED
    assert "no pictures" in failing.notice().title
