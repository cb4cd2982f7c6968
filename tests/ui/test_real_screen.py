"""The program on a real X11 screen, a virtual one: chosen journeys once more, and the installed program by keyboard."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from sr_desktop.paths import HOME_VARIABLE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("Xvfb") is None, reason="needs Xvfb, a virtual X11 screen"),
]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """An environment with a virtual screen of its own."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writing], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    yield {**environment, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    server.terminate()
    server.wait(timeout=20)


def test_chosen_journeys_work_there_too(screen):
    """Every test with the mark `real_screen`, in a process whose Qt is on that screen."""
    command = [sys.executable, "-m", "pytest", "-n0", "-m", "real_screen", "-p", "no:cacheprovider", "tests/ui"]
    done = subprocess.run(command, cwd=ROOT, env=screen, capture_output=True, text=True, timeout=150)
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout or done.stdout.count(".") >= 3


@pytest.mark.skipif(shutil.which("xdotool") is None, reason="needs xdotool, to press keys")
def test_the_program_opens_a_picture_saves_it_with_one_key_and_closes(screen, photo, tmp_path):
    source = photo()
    screen[HOME_VARIABLE] = str(tmp_path / "home")
    program = subprocess.Popen(
        [sys.executable, "-m", "sr_desktop", str(source)],
        cwd=ROOT, env=screen, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        window = found(screen, "photo.png – sr_desktop", program)
        saved = source.with_name("photo_2x.png")
        # Ctrl+S does nothing until there is a result, so it is pressed until the file is there.
        wait_until(lambda: press(screen, window, "ctrl+s") and saved.exists(), program)
        with Image.open(saved) as image:
            assert image.size == (120, 80)
        wait_until(lambda: press(screen, window, "ctrl+q") and program.poll() is not None)
        assert program.returncode == 0
        assert (program.communicate()[0]) == ""
    finally:
        program.kill()
        program.wait()


def xdotool(screen, *words) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["xdotool", *words], env=screen, capture_output=True, text=True, timeout=20)


def press(screen, window, keys) -> bool:
    xdotool(screen, "windowfocus", "--sync", window)
    return xdotool(screen, "key", keys).returncode == 0


def found(screen, title, program) -> str:
    """Wait for a window with that title and return its number."""
    numbers: list[str] = []

    def look() -> bool:
        numbers[:] = xdotool(screen, "search", "--onlyvisible", "--name", f"^{title}$").stdout.split()
        return bool(numbers)

    wait_until(look, program)
    return numbers[0]


def wait_until(condition, program=None) -> None:
    """Wait for something outside this process; there is no signal for it."""
    end = time.monotonic() + 90
    while not condition():
        assert program is None or program.poll() is None, program.communicate()[0]
        assert time.monotonic() < end
        time.sleep(0.2)
