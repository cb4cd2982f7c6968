import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from sr_desktop.ui.shell import screen

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")

ROOT = Path(__file__).resolve().parents[2]


def test_without_a_display_a_sentence_says_so_and_names_the_command():
    said = screen.problem({})
    assert "no display" in said
    assert "sr-desktop upscale" in said


@pytest.mark.parametrize("display", [":4711", "nonsense", "unix:4711", "localhost:4711.0"])
def test_a_display_that_does_not_answer_is_named(display):
    assert display in screen.problem({"DISPLAY": display})


@pytest.mark.parametrize("environment", [{"QT_QPA_PLATFORM": "offscreen"}, {"WAYLAND_DISPLAY": "wayland-0"}])
def test_other_platforms_are_left_to_qt(environment):
    assert screen.problem(environment) is None


def test_a_display_that_answers_is_no_problem(monkeypatch):
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind("\0/tmp/.X11-unix/X4712")
        server.listen()
        monkeypatch.setattr(screen, "_missing_library", lambda: "")
        assert screen.problem({"DISPLAY": ":4712.0"}) is None


def test_a_library_that_qt_needs_is_named(monkeypatch):
    monkeypatch.setattr(screen, "_answers", lambda display: True)

    def broken(path):
        raise OSError("libxcb-cursor.so.0: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(screen.ctypes, "CDLL", broken)
    assert "libxcb-cursor.so.0 is missing" in screen.problem({"DISPLAY": ":0"})


def test_the_program_ends_with_that_sentence_instead_of_a_crash(tmp_path):
    environment = {key: value for key, value in os.environ.items() if "DISPLAY" not in key and key != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "sr_desktop", str(tmp_path / "photo.png")],
        cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "no display" in done.stderr
    assert done.stdout == ""
