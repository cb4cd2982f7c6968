import os
import threading

import pytest

from sr_desktop.training.stop_requests import Control


def heard(lines):
    """Return the control after a parent wrote these lines and closed the pipe."""
    reading, writing = os.pipe()
    os.write(writing, lines)
    os.close(writing)
    control = Control()
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        control._obey(pipe)
    return control


@pytest.mark.parametrize(
    ("lines", "stops", "detached"),
    [
        (b"", True, False),
        (b"stop\n", True, False),
        (b"detach\n", False, True),
        (b"detach\nstop\n", True, True),
        (b"something newer\ndetach\n", False, True),
    ],
)
def test_a_parents_lines_are_obeyed(lines, stops, detached):
    control = heard(lines)
    assert (control.is_stop_asked(), control.is_detached) == (stops, detached)


def test_while_the_parent_says_nothing_the_run_goes_on():
    reading, writing = os.pipe()
    control = Control()
    with os.fdopen(reading, "rb", buffering=0) as pipe:
        control.listen(pipe)
        assert not control.is_stop_asked()
        os.write(writing, b"stop\n")
        assert control._stop.wait(10)
        os.close(writing)
        for thread in threading.enumerate():
            if thread.name == "parent":
                thread.join(10)


def test_a_file_asks_for_a_stop_too_but_not_one_that_was_there_before(tmp_path):
    path = tmp_path / "stop"
    path.touch()
    control = Control()
    control.watch(path)
    try:
        assert not path.exists()
        assert not control.is_stop_asked()
        path.touch()
        assert control._stop.wait(20)
    finally:
        control.end()
