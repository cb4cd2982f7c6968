"""Runs that really were, as `docs/make/fault_table.py` trained them: what the monitor says about them must stay right.

Their events are kept without paths, times and speeds, and losses with four digits. The whole table is made outside CI.
"""

import functools
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sr_desktop.monitor.monitor import Monitor

FOLDER = Path(__file__).parent / "recorded"

FAULTY = {
    "stuck-fsrcnn-1": ("vanishing_gradient", 0),
    "huge-start-fsrcnn-s-1": ("diverging", 0),
    "high-rate-fsrcnn-1": ("diverging", 150),
    "low-rate-fsrcnn-s-1": ("learning_rate_too_low", 0),
    "timid-fsrcnn-1": ("learning_rate_too_low", 0),
    "other-fsrcnn-1": ("misaligned_pairs", 0),
    "shifts-fsrcnn-s-1": ("misaligned_pairs", 0),
    "range-fsrcnn-1": ("bad_range", 0),
    "noise-fsrcnn-s-1": ("no_detail", 0),
    "few-fsrcnn-1": ("too_little_data", 0),
    "dead-fsrcnn-1": ("dead_activations", 0),
    "nan-fsrcnn-s-1": ("non_finite", 0),
}
"""The first thing that has to be said, and the step by which."""

HEALTHY = sorted(
    path.name.split(".jsonl")[0] for path in FOLDER.glob("*.gz") if path.name.startswith(("healthy", "tuned"))
)


@functools.cache
def recorded(name):
    with gzip.open(FOLDER / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        return tuple(json.loads(line) for line in lines)


def told(events):
    return [notice.to_event() for notice in Monitor().feed_all(events)]


def as_known_at(notices, step):
    def past(over):
        return over if over is not None and over <= step else None

    known = [notice for notice in notices if notice["step"] <= step]
    return [{**notice, "over_at_step": past(notice["over_at_step"])} for notice in known]


def test_every_recorded_run_is_judged():
    assert len(FAULTY) + len(HEALTHY) == len(list(FOLDER.iterdir()))
    assert len(HEALTHY) == 5


@pytest.mark.parametrize("name", FAULTY)
def test_what_is_wrong_is_the_first_thing_said_and_said_in_time(name):
    cause, latest = FAULTY[name]
    first = next(notice for notice in told(recorded(name)) if notice["severity"] != "info")
    assert first["cause"] == cause
    assert first["step"] <= latest


@pytest.mark.parametrize("name", HEALTHY)
def test_a_healthy_run_is_left_in_peace(name):
    assert told(recorded(name)) == []


@pytest.mark.parametrize("name", HEALTHY)
@pytest.mark.parametrize("left", [("start", "step", "check"), ("step", "check"), ("step",)], ids=" ".join)
def test_a_healthy_run_is_left_in_peace_however_little_is_known_of_it(name, left):
    assert told(event for event in recorded(name) if event["event"] in left) == []


@pytest.mark.parametrize("name", ["stuck-fsrcnn-1", "high-rate-fsrcnn-1", "low-rate-fsrcnn-s-1"])
def test_networks_that_show_nothing_are_found_out_by_losses_and_scores_alone(name):
    left = [event for event in recorded(name) if event["event"] in ("step", "check")]
    assert any(notice["severity"] != "info" for notice in told(left))


@pytest.mark.parametrize("name", ["stuck-fsrcnn-1", "dead-fsrcnn-1", "high-rate-fsrcnn-1", "nan-fsrcnn-s-1"])
@settings(max_examples=10, deadline=None)
@given(step=st.integers(0, 600))
def test_a_run_cut_anywhere_gives_the_same_notices_up_to_there(name, step):
    # An experiment adds to the evidence of a notice of the same step; both come in one file or neither does.
    cut = [event for event in recorded(name) if event["step"] <= step]
    assert told(cut) == as_known_at(told(recorded(name)), cut[-1]["step"])


@given(st.dictionaries(st.text(min_size=9), st.integers() | st.text(), max_size=3))
@settings(max_examples=10, deadline=None)
def test_fields_and_kinds_that_nobody_knows_change_nothing(fields):
    events = recorded("stuck-fsrcnn-1")
    strange = [{**fields, **event} for event in events]
    strange.insert(3, {"event": "of a later version", "step": 1, **fields})
    assert told(strange) == told(events)
