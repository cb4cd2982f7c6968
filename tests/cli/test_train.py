"""Training from the command line, as a person and as the window's child does it."""

import argparse
import dataclasses
import json
import os
import re
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sr_desktop.__main__ import main
from sr_desktop.cli import train
from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.spec import RunSpec
from sr_desktop.training.outcome import command_for
from tests.training.conftest import write_picture

QUICK = [
    "--scale",
    "2",
    "--small",
    "--patch",
    "8",
    "--batch",
    "4",
    "--expansion",
    "8",
    "--no-rescale",
    "--device",
    "cpu",
]


@pytest.fixture
def pictures(tmp_path):
    for number in range(4):
        write_picture(tmp_path / "pictures" / f"{number}.png", width=96, height=80, seed=number)
    return tmp_path / "pictures"


@pytest.fixture
def command(pictures, tmp_path):
    """Gives the arguments of a quick run that writes `m.safetensors`."""

    def make(*more):
        return [
            "train",
            str(pictures),
            "--output",
            str(tmp_path / "m.safetensors"),
            "--run",
            str(tmp_path / "run"),
            *QUICK,
            *more,
        ]

    return make


class Process:
    """A training process whose events are read as they come."""

    def __init__(self, arguments):
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sr_desktop", *arguments, "--json"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.events = []

    def wait_for(self, kind):
        for line in self._process.stdout:
            self.events.append(json.loads(line))
            if self.events[-1]["event"] == kind:
                return self.events[-1]
        raise AssertionError(f"no {kind} among {[event['event'] for event in self.events]}")

    def say(self, line):
        self._process.stdin.write(line + b"\n")
        self._process.stdin.flush()

    def hang_up(self):
        self._process.stdin.close()

    def stop_reading(self):
        self._process.stdout.close()

    def send(self, number):
        self._process.send_signal(number)

    def status(self):
        return self._process.wait(60)

    def close(self):
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            pipe.close()


@pytest.fixture
def start():
    processes = []

    def begin(arguments):
        processes.append(Process(arguments))
        return processes[-1]

    yield begin
    for process in processes:
        process.close()


def test_a_run_in_words_tells_what_a_person_wants_to_know(command, capsys, tmp_path):
    assert main(command("--steps", "60")) == 0
    said = capsys.readouterr().out
    assert "Learning from 3 pictures, checking on 1" in said
    assert "held-out" in said
    assert f"written to {tmp_path / 'm.safetensors'}" in said


def test_what_the_monitor_sees_is_said_as_it_comes_with_what_to_do(command, capsys):
    assert main(command("--steps", "20", "--initialization", "normal", "--optimizer", "sgd")) == 0
    lines = capsys.readouterr().out.splitlines()
    (place,) = [n for n, line in enumerate(lines) if "receive no gradient" in line]
    assert lines[place].startswith("Warning at step 0: ")
    assert lines[place].endswith("Start again with He initialization.")
    bypass, overfit = (float(figure) for figure in re.findall(r"\d\.\d+", lines[place + 1]))
    assert bypass < 0.7 < 0.9 < overfit
    assert place < next(n for n, line in enumerate(lines) if line.startswith("Step 0: held-out"))


def test_the_command_of_a_card_repeats_the_run_whatever_was_asked():
    told = RunSpec(
        "my pictures", 2, "m.safetensors", low="small", exclude=("*.gif", "a b/*"), start="scratch", small=True,
        initialization="normal", initialization_std=0.01, optimizer="sgd", momentum=0.8, weight_decay=1e-4,
        learning_rate=0.01, schedule="constant", warm_up_steps=7, loss="mse", clip=0.5, steps=9, batch=3, patch=11,
        held_out=0.3, degrade=("jpeg:40", "noise:0-6"), rescale=False, expansion=5, ema=0.5, seed=4,
    )  # fmt: skip
    for spec in (told, dataclasses.replace(told, steps=0, minutes=1.5)):
        usual = RunSpec("", 3, "")
        same = [f.name for f in dataclasses.fields(spec) if getattr(spec, f.name) == getattr(usual, f.name)]
        assert set(same) <= {"start", "device", "precision", "steps", "minutes"}  # else a field of this test is missing
        program, _, *words = shlex.split(command_for(spec))
        assert program == "sr-desktop"
        parser = argparse.ArgumentParser()
        train.add_parser(parser.add_subparsers())
        repeated = train._spec(parser.parse_args(["train", *words]))
        paths = {name: Path(getattr(repeated, name)).name for name in ("pictures", "output", "low")}
        assert dataclasses.replace(repeated, **paths) == spec


def test_pictures_can_be_left_out_by_patterns(command, capsys, pictures, tmp_path):
    write_picture(pictures / "scans" / "a.png", width=96, height=80, seed=9)
    assert main(command("--steps", "5", "--exclude", "scans", "--exclude", "0.PNG")) == 0
    said = capsys.readouterr().out
    for path in (pictures / "0.png", pictures / "scans" / "a.png"):
        assert f"Left out: {path}: It was left out on purpose." in said
    assert "Learning from 2 pictures, checking on 1" in said
    assert RunFolder(tmp_path / "run").spec().exclude == ("scans", "0.PNG")


@pytest.mark.slow
def test_a_killed_run_goes_on_from_its_last_checkpoint(command, start, tmp_path):
    arguments = command("--steps", "4000")
    killed = start(arguments)
    saved = killed.wait_for("checkpoint")
    killed.wait_for("step")
    killed.send(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    killed.status()
    again = start([*arguments, "--child"])
    first = again.wait_for("step")
    assert first["step"] == saved["step"]
    again.say(b"stop")
    end = again.wait_for("end")
    assert again.status() == 0
    assert end["reason"] == "stopped"
    assert end["step"] >= saved["step"]
    assert (tmp_path / "m.safetensors").exists()
    steps = [event["step"] for event in RunFolder(tmp_path / "run").events() if event["event"] == "step"]
    assert steps == sorted(steps)


@pytest.mark.slow
def test_a_child_stops_when_its_parent_is_gone(command, start):
    child = start(command("--steps", "100000", "--child"))
    child.wait_for("step")
    child.hang_up()
    assert child.wait_for("end")["reason"] == "stopped"
    assert child.status() == 0


@pytest.mark.slow
def test_a_detached_child_goes_on_without_its_parent(command, start, tmp_path):
    child = start(command("--steps", "300", "--child"))
    child.say(b"detach")
    child.wait_for("start")
    child.hang_up()
    child.stop_reading()
    assert child.status() == 0
    assert RunFolder(tmp_path / "run").end()["reason"] == "finished"


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_ctrl_c_saves_and_ends_well_and_without_child_stdin_is_not_read(command, start):
    process = start(command("--steps", "100000"))
    process.hang_up()
    process.wait_for("step")
    process.send(signal.SIGINT)
    assert process.wait_for("end")["reason"] == "stopped"
    assert process.status() == 0


def test_a_run_with_other_settings_in_the_folder_is_not_touched(command, capsys):
    assert main(command("--steps", "10")) == 0
    assert main(command("--steps", "20")) == 2
    assert "other settings" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--steps", "1", "--minutes", "1"], "not allowed with"),
        (["--learning-rate", "-1"], "learning rate"),
        (["--degrade", "fog"], "fog"),
        (["--start", "no-such-model"], "no-such-model"),
    ],
)
def test_wrong_usage_is_said_in_words_and_ends_with_2(command, capsys, more, words):
    assert main(command(*more)) == 2
    assert words in capsys.readouterr().err


def test_missing_arguments_and_folders_are_named(capsys, tmp_path):
    assert main(["train"]) == 2
    assert "FOLDER" in capsys.readouterr().err
    assert main(["train", str(tmp_path / "gone"), "--output", str(tmp_path / "m.safetensors"), *QUICK]) == 1
    assert "no folder" in capsys.readouterr().err


def test_a_run_is_listed_shown_exported_and_deleted(command, capsys, tmp_path):
    assert main(command("--steps", "20")) == 0
    run = str(tmp_path / "run")
    capsys.readouterr()
    assert main(["runs", "show", run, "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["state"], shown["step"], shown["verdict"]) == ("finished", 20, "kept")
    assert main(["runs", "export", run, "--csv", str(tmp_path / "curve.csv")]) == 0
    lines = (tmp_path / "curve.csv").read_text().splitlines()
    assert lines[0] == "iteration,train_loss,validation_psnr_db,learning_rate"
    assert len(lines) == 1 + 21  # step 0 was checked, too
    assert main(["runs", "export", run, "--tensorboard", str(tmp_path / "board")]) == 0
    assert main(["runs", "delete", run]) == 0
    assert not (tmp_path / "run").exists()
    assert main(["runs", "show", run]) == 2


def test_without_a_folder_runs_are_kept_in_the_persons_own(pictures, capsys, tmp_path):
    assert main(["train", str(pictures), "--output", str(tmp_path / "m.safetensors"), *QUICK, "--steps", "5"]) == 0
    assert main(["runs", "list", "--json"]) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.startswith("{")]
    assert row["state"] == "finished"


def test_no_runs_are_said_to_be_none(capsys):
    assert main(["runs", "list"]) == 0
    assert "no training runs" in capsys.readouterr().out


def test_a_run_whose_settings_were_edited_wrongly_is_refused_and_not_trained_otherwise(command, tmp_path, capsys):
    assert main(command("--steps", "5")) == 0
    run, output = tmp_path / "run", tmp_path / "m.safetensors"
    output.unlink()
    text = (run / "run.toml").read_text()
    (run / "run.toml").write_text(text.replace('loss = "charbonnier"', 'loss = "charbonier"'))
    capsys.readouterr()
    for words in (
        ["train", "--run", str(run)],
        ["runs", "resume", str(run)],
        ["train", "--spec", str(run / "run.toml")],
    ):
        assert main(words) == 2
        assert "It must be one of charbonnier, l1, mse, psnr." in capsys.readouterr().err
    (run / "run.toml").write_text(text.replace("batch = 4", "batch = 0"))
    assert main(["train", "--run", str(run)]) == 2
    assert "The batch must be between 1 and 1024." in capsys.readouterr().err
    assert not output.exists()
