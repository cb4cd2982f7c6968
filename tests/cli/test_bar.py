import io

import pytest

from sr_desktop.cli import bar as bar_module
from sr_desktop.cli.bar import Bar, duration


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def __init__(self, encoding="utf-8"):
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self):
        return self._encoding

    def isatty(self):
        return True


class Clock:
    """A clock that moves when told."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    made = Clock()
    monkeypatch.setattr(bar_module, "time", made)
    monkeypatch.setenv("COLUMNS", "80")
    return made


def last_line(terminal):
    return terminal.getvalue().rsplit("\r", 1)[-1].rstrip()


def test_nothing_is_shown_where_there_is_no_terminal():
    stream = io.StringIO()
    bar = Bar(3, stream)
    bar.show(0.5, "a.png")
    bar.clear()
    assert stream.getvalue() == ""


def test_a_program_without_stderr_has_no_bar(monkeypatch):
    monkeypatch.setattr("sys.stderr", None)
    bar = Bar(1)
    bar.show(0.5, "a.png")
    bar.clear()


def test_parts_of_files_count_and_the_time_left_is_told(clock):
    terminal = Terminal()
    bar = Bar(4, terminal)
    bar.advance()
    clock.now += 10
    bar.show(0.0, "2 of 4: b.png")
    assert last_line(terminal) == "██████░░░░░░░░░░░░░░░░░░  25%  30 s left  2 of 4: b.png"
    clock.now += 10
    bar.show(1.0, "2 of 4: b.png")
    assert "50%  20 s left" in last_line(terminal)


def test_a_first_guess_is_not_told(clock):
    terminal = Terminal()
    bar = Bar(1, terminal)
    clock.now += 0.2
    bar.show(0.5, "a.png")
    assert "left" not in last_line(terminal)


def test_the_line_never_reaches_the_last_column(clock):
    terminal = Terminal()
    Bar(1, terminal).show(0.5, "x" * 200)
    assert len(terminal.getvalue().rsplit("\r", 1)[-1]) == 79


def test_a_terminal_without_blocks_gets_plain_characters(clock):
    terminal = Terminal("ascii")
    Bar(2, terminal).show(1.0, "a.png")
    assert last_line(terminal).startswith("############............  50%")


def test_it_is_shown_twenty_times_a_second_at_most(clock):
    terminal = Terminal()
    bar = Bar(1, terminal)
    for _ in range(128):
        bar.show(0.1, "a.png")
        clock.now += 1 / 128
    assert 15 <= terminal.getvalue().count("\r") <= 20


def test_it_makes_room(clock):
    terminal = Terminal()
    bar = Bar(1, terminal)
    bar.show(0.1, "a.png")
    bar.clear()
    assert terminal.getvalue().endswith("\r" + " " * 79 + "\r")
    shown = terminal.getvalue()
    bar.clear()
    assert terminal.getvalue() == shown


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-1, "0 s"), (0.4, "0 s"), (59, "59 s"), (60, "1 min 0 s"), (3599, "59 min 59 s"), (7500, "2 h 5 min")],
)
def test_times_are_said_as_a_person_says_them(seconds, said):
    assert duration(seconds) == said
