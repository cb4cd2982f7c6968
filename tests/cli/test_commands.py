import subprocess
import sys
import types

import pytest

import sr_desktop
from sr_desktop.__main__ import main
from sr_desktop.cli import commands, doctor
from sr_desktop.errors import ModelError
from sr_desktop.ui import shell
from tests.cli.conftest import from_checkout


def test_help_lists_every_command(say):
    said = say("--help")
    assert said.status == 0
    for name, purpose in commands.COMMANDS.items():
        assert f"  {name:11}{purpose}\n" in said.out


@pytest.mark.parametrize("name", list(commands.COMMANDS))
def test_every_command_has_help_of_its_own(say, name):
    said = say(name, "--help")
    assert said.status == 0
    assert said.out.startswith(f"usage: sr-desktop {name} ")


def test_the_version_is_said(say):
    assert say("--version").out == f"sr-desktop {sr_desktop.__version__}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["upscal"], "there is no command or picture “upscal”; did you mean upscale?"),
        (["zzz"], "there is no command or picture “zzz”\n"),
        (["--frobnicate"], "a command is missing"),
        (["doctor", "--frobnicate"], "unrecognized arguments: --frobnicate"),
    ],
)
def test_wrong_usage_is_a_sentence(say, words, said):
    answer = say(*words)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err


@pytest.mark.parametrize("words", [[], ["photo.png"], ["no ending"], ["folder/photo"], ["--", "-photo"]])
def test_pictures_or_nothing_open_the_window(photo, here, monkeypatch, words):
    (here / "no ending").write_bytes(photo("photo.png").read_bytes())
    opened = []
    app = types.ModuleType("sr_desktop.ui.shell.app")
    app.main = lambda pictures: opened.append(pictures) or 7
    monkeypatch.setitem(sys.modules, "sr_desktop.ui.shell.app", app)
    monkeypatch.setattr(shell, "app", app, raising=False)
    assert main(words) == 7
    assert [[str(path) for path in pictures] for pictures in opened] == [[word for word in words if word != "--"]]


def test_a_window_that_cannot_be_loaded_is_a_sentence(say, monkeypatch):
    monkeypatch.delattr(shell, "app", raising=False)
    monkeypatch.setitem(sys.modules, "sr_desktop.ui.shell.app", None)
    said = say()
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("The window can't be opened: ")
    assert said.err.endswith("Without it: sr-desktop upscale PICTURE...\n")


def test_a_command_is_a_command_even_if_a_file_has_its_name(say, here):
    (here / "doctor").write_bytes(b"")
    assert say("doctor").status == 0


def test_an_error_in_words_fails_with_status_1(say, monkeypatch):
    def failing(arguments):
        raise ModelError("It broke.", "Mend it.")

    monkeypatch.setattr(doctor, "run", failing)
    said = say("doctor")
    assert (said.status, said.out, said.err) == (1, "", "sr-desktop doctor: It broke. Mend it.\n")


def test_usage_errors_come_before_anything_heavy_is_loaded():
    program = (
        "import sys; from sr_desktop.__main__ import main; status = main(['upscale', 'a.png', '--scale', '7']);"
        "heavy = {'torch', 'numpy', 'cv2', 'PIL', 'PySide6'} & set(sys.modules);"
        "sys.exit(f'{status} {heavy}' if heavy or status != 2 else 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=from_checkout())
    assert done.returncode == 0, done.stderr


def test_a_reader_that_goes_away_is_no_error_message():
    reader = subprocess.Popen([sys.executable, "-c", "pass"], stdin=subprocess.PIPE)
    reader.wait()
    assert reader.stdin is not None
    done = subprocess.run(
        [sys.executable, "-m", "sr_desktop", "doctor", "--json"],
        stdout=reader.stdin,
        stderr=subprocess.PIPE,
        text=True,
        env=from_checkout(),
    )
    reader.stdin.close()
    assert (done.returncode, done.stderr) == (1, "")
