"""`kill -9` at any moment, then the same command: nothing missing, doubled, damaged or left over."""

import contextlib
import json
import os
import random
import shutil
import threading
import time
from pathlib import Path

import pytest

from sr_desktop.batch import journal
from tests.batch.conftest import results
from tests.batch.runs import Runs, kill

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the runs are forked")

COMMAND = ("upscale", "in", "--recursive", "--output", "out", "--jobs", "2", "--json")
PICTURES = 8


@pytest.fixture
def runs(here):
    opened = Runs(here)
    yield opened
    opened.close()


@pytest.fixture
def whole(photo, runs):
    """Pictures to convert; gives how long that takes and what comes of it when nobody kills it."""
    for number in range(PICTURES):
        photo(f"in/{number % 3}/{number}{('.png', '.jpg')[number % 2]}", width=160, height=120, seed=number)
    began_at = time.monotonic()
    runs.start(*COMMAND)
    assert runs.wait()[0] == 0
    seconds = time.monotonic() - began_at
    expected = results("out")
    assert len(expected) == PICTURES
    shutil.rmtree("out")
    return seconds, expected


def killed_once(runs, after_s):
    """Start a run, kill it after a time, and return what it said and whether it was still there to be killed."""
    number = runs.start(*COMMAND)

    def strike():
        with contextlib.suppress(ProcessLookupError):  # it has just ended by itself, as its status says
            kill(number)

    timer = threading.Timer(after_s, strike)
    timer.start()
    status, said = runs.wait()
    timer.cancel()
    timer.join()
    return said, status == -9


def check_nothing_is_damaged(expected):
    """Look at what a killed run has left: only whole results, and files that can be told to be unfinished."""
    for name, content in results("out").items():
        if not Path(name).name.startswith(".sr-"):
            assert content == expected[name], name


def goes_on(runs, said_before, expected):
    """Give the same command again and look at everything."""
    runs.start(*COMMAND)
    status, said = runs.wait()
    assert status == 0, said
    rows = [json.loads(line) for line in said.splitlines()]
    assert sorted(row["input"] for row in rows) == sorted({row["input"] for row in rows})
    assert len(rows) == PICTURES
    done_before = {json.loads(line)["input"] for line in said_before.splitlines()[:-1] if line.startswith("{")}
    assert {row["input"] for row in rows if row["status"] == "skipped"} >= done_before
    assert results("out") == expected
    assert {record.state for record in journal.read(Path("out")).values()} == {"done"}


def check_moments(runs, whole, count, seed):
    seconds, expected = whole
    random_moments = random.Random(seed)
    killed = 0
    for _ in range(count):
        said, was_killed = killed_once(runs, random_moments.uniform(0, seconds))
        killed += was_killed
        check_nothing_is_damaged(expected)
        goes_on(runs, said, expected)
        shutil.rmtree("out")
    assert killed


def test_a_run_that_is_killed_costs_nothing(runs, whole):
    check_moments(runs, whole, 3, seed=1)


def test_a_run_that_is_killed_again_and_again_comes_to_its_end(runs, whole):
    seconds, expected = whole
    for share in (0.3, 0.5, 0.7):
        killed_once(runs, seconds * share)
        check_nothing_is_damaged(expected)
    goes_on(runs, "", expected)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_thirty_random_moments(runs, whole):
    check_moments(runs, whole, 30, seed=2)
