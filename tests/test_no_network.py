"""The program talks to nobody: nothing imports what could, and nothing it does opens a connection or asks for a name."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

FORBIDDEN = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "xmlrpc", "asyncio", "requests", "httpx"}
FORBIDDEN |= {
    "aiohttp",
    "urllib3",
    "webbrowser",
    "PySide6.QtNetwork",
    "PySide6.QtWebSockets",
    "PySide6.QtWebEngineCore",
}

ALLOWED = {("ui/shell/screen.py", "socket")}
"""It knocks at the display that DISPLAY names, before Qt does, so that its absence can be said in words."""


def imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def test_nothing_imports_what_could_reach_the_network():
    package = ROOT / "sr_desktop"
    files = sorted(package.rglob("*.py"))
    found = {
        (path.relative_to(package).as_posix(), name)
        for path in files
        for name in imports(path)
        if name in FORBIDDEN or any(name.startswith(f"{forbidden}.") for forbidden in FORBIDDEN)
    }
    assert len(files) > 100
    assert found == ALLOWED


WATCHED = """
import socket, sys

asked, local = [], getattr(socket, "AF_UNIX", None)

def refuse(event, arguments):
    if event == "socket.getaddrinfo" or event == "socket.gethostbyname" or (
        event in ("socket.connect", "socket.sendto", "socket.bind") and arguments[0].family != local
    ):
        asked.append((event, arguments[1:]))
        raise PermissionError(f"{event} {arguments[1:]}")

sys.addaudithook(refuse)
"""
"""Refuses what Python lets be seen of the network; local sockets carry pictures between our own processes."""

EVERYTHING = """
import importlib, pkgutil, sr_desktop
for found in pkgutil.walk_packages(sr_desktop.__path__, "sr_desktop."):
    importlib.import_module(found.name)
assert "PySide6.QtNetwork" not in sys.modules
"""

COMMANDS = """
from sr_desktop.cli import commands
for words in {words!r}:
    assert commands.run(words) == 0, words
"""

WINDOW = """
from PySide6.QtCore import QTimer
from sr_desktop.ui.shell import app
application = app.make_application()
program = app.Program()
program.workspace.changed.connect(
    lambda document: document.after is not None and QTimer.singleShot(0, program.window.close)
)
program.window.closing.connect(application.quit)
program.start([])
program.commands.open_sample()
QTimer.singleShot(100_000, lambda: application.exit(3))
assert application.exec() == 0
"""


def run(program):
    script = f"{WATCHED}{program}\nassert asked == [], asked\n"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=170)
    assert done.returncode == 0, done.stderr


def test_the_watch_sees_and_refuses_a_connection():
    attempt = "import urllib.request\nurllib.request.urlopen('http://192.0.2.1/', timeout=1)"
    done = subprocess.run([sys.executable, "-c", WATCHED + attempt], capture_output=True, text=True)
    assert "PermissionError: socket." in done.stderr


@pytest.mark.slow
def test_importing_everything_reaches_for_no_network():
    run(EVERYTHING)


@pytest.mark.slow
def test_upscaling_training_and_the_doctor_reach_for_no_network(picture, tmp_path):
    from PIL import Image

    folder = tmp_path / "pictures"
    folder.mkdir()
    for seed in range(4):
        Image.fromarray(picture(width=96, height=96, seed=seed)).save(folder / f"{seed}.png")
    model = str(tmp_path / "model.safetensors")
    training = ["--steps", "4", "--batch", "2", "--patch", "8", "--small", "--start", "scratch"]
    words = [
        ["upscale", str(folder / "0.png"), "--output", str(tmp_path / "large.png")],
        ["train", str(folder), "--scale", "2", "--output", model, *training],
        ["doctor"],
    ]
    run(COMMANDS.format(words=words))
    assert (tmp_path / "large.png").exists()


@pytest.mark.slow
def test_the_window_reaches_for_no_network():
    run(WINDOW)
