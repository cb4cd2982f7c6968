import json
import math

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sr_desktop.monitor.losses import WINDOW
from sr_desktop.monitor.monitor import Monitor
from sr_desktop.runs.notices import Cause, Severity
from tests.monitor.conftest import HE, STUCK


def start(**spec):
    return {"event": "start", "step": 0, "spec": {"start": "scratch", "optimizer": "adam", **spec}, "data": {}}


def probe(figures, step=0, output_std=0.3, **fields):
    rows = zip(figures["activation_std"], figures["gradient_rms"], figures["weight_rms"], strict=True)
    layers = [
        {
            "name": str(place),
            "activation_std": spread,
            "gradient_rms": gradient,
            "weight_rms": weight,
            "dead_share": 0.0,
        }
        for place, (spread, gradient, weight) in enumerate(rows)
    ]
    event = {"event": "probe", "step": step, "layers": layers, "output_std": output_std, "target_std": 0.3}
    return {**event, **fields}


def steps(first, values):
    return {"event": "step", "step_from": first, "step": first + len(values) - 1, "values": list(values)}


def check(step, psnr_db, **fields):
    return {"event": "check", "step": step, "psnr_db": psnr_db, **fields}


def eventful_run():
    """Return the events of a run that blows up, comes back, meets a NaN, overcomes it, and levels off."""
    noise = np.random.default_rng(5)
    level = np.concatenate([np.geomspace(0.3, 0.01, 400), np.full(200, 0.2), np.full(1_400, 0.01)])
    losses = list(level * noise.uniform(0.8, 1.2, len(level)))
    losses[1_203] = math.nan
    events = [start(), probe(HE), check(0, 5.5, bicubic_psnr_db=30.0)]
    for block in range(40):
        first = 50 * block + 1
        events.append(steps(first, losses[first - 1 : first + 49]))
        events.append(check(first + 49, 31 - 2 / (block + 1)))
    for block in range(30):
        first = 2_001 + 200 * block
        events.append(steps(first, 0.01 * noise.uniform(0.8, 1.2, 200)))
        events.append(check(first + 199, 31.0 + 0.001 * noise.standard_normal()))
    return [*events, {"event": "end", "step": 8_000}]


def told(events):
    return [notice.to_event() for notice in Monitor().feed_all(events)]


RUN = eventful_run()
STORY = told(RUN)
LOSSES = [value for event in RUN[:90] if event["event"] == "step" for value in event["values"]][:2_000]
YOUNG = [event for event in RUN if event["step"] <= 1_400]
YOUNG_STORY = told(YOUNG)


def cut(events, step):
    return [event for event in events if event["step"] <= step]


def as_known_at(notices, step):
    known = [notice for notice in notices if notice["step"] <= step]
    return [{**notice, "over_at_step": _past(notice["over_at_step"], step)} for notice in known]


def _past(over, step):
    return over if over is not None and over <= step else None


def test_the_eventful_run_is_told_as_it_was():
    story = [(notice["cause"], notice["severity"], notice["over_at_step"] is not None) for notice in STORY]
    assert story == [
        ("diverging", "info", True),
        ("non_finite", "error", True),
        ("plateau", "info", False),
    ]


def test_a_notice_says_the_very_step_at_which_it_could_be_known():
    steps_told = {notice["cause"]: notice["step"] for notice in STORY}
    assert steps_told["diverging"] == 450
    assert steps_told["non_finite"] == 1_204


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 8_000))
def test_a_file_cut_anywhere_gives_the_same_notices_up_to_there(step):
    cut_run = cut(RUN, step)
    last = cut_run[-1]["step"]
    assert told(cut_run) == as_known_at(STORY, last)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 120), min_size=10, max_size=40))
def test_how_losses_are_cut_into_events_changes_nothing(sizes):
    whole = told([start(), steps(1, LOSSES)])
    events, first = [start()], 0
    for size in [*sizes, *[70] * 60]:
        if LOSSES[first : first + size]:
            events.append(steps(first + 1, LOSSES[first : first + size]))
        first += size
    assert told(events) == whole


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers(-10, 10**9) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.text(min_size=1, max_size=12).map("x_".__add__), JUNK, max_size=4), st.text(max_size=8))
def test_unknown_fields_and_kinds_are_skipped(fields, kind):
    events = []
    for event in YOUNG:
        events += [{**event, **fields}, {"event": "x" + kind, "step": event["step"], **fields}]
    assert told(events) == YOUNG_STORY


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(["start", "probe", "step", "check", "experiment"]),
    st.dictionaries(
        st.sampled_from(
            [
                "step",
                "step_from",
                "values",
                "psnr_db",
                "layers",
                "spec",
                "data",
                "output_std",
                "target_std",
                "learning_rate",
            ]
        ),
        JUNK,
    ),
)
def test_fields_that_make_no_sense_break_nothing(kind, fields):
    monitor = Monitor()
    monitor.feed_all([start(), check(0, 5.0), {"event": kind, **fields}, check(20, 25.0)])
    for notice in monitor.notices:
        json.dumps(notice.to_event(), allow_nan=False)


def test_feeding_returns_what_is_new_and_what_is_over():
    monitor = Monitor()
    monitor.feed(steps(1, [0.3] * WINDOW + [0.01] * WINDOW))
    (blown,) = monitor.feed(steps(101, [0.2] * WINDOW))
    assert (blown.cause, blown.step, blown.over_at_step) == (Cause.DIVERGING, 150, None)
    assert monitor.feed(steps(151, [0.2] * WINDOW)) == []
    (over,) = monitor.feed(steps(201, [0.01] * WINDOW))
    assert (over.cause, over.step, over.over_at_step) == (Cause.DIVERGING, 150, 250)
    assert monitor.notices == [over]
    assert monitor.step == 250


def test_trouble_that_grows_worse_is_told_again():
    monitor = Monitor()
    monitor.feed(steps(1, [0.3] * WINDOW + [0.01] * WINDOW))
    monitor.feed(steps(101, [0.2] * WINDOW))
    remark, error = monitor.feed(steps(151, [20.0] * WINDOW))
    assert (remark.severity, remark.over_at_step) == (Severity.INFO, 200)
    assert (error.severity, error.over_at_step) == (Severity.ERROR, None)


def test_trouble_that_explains_other_trouble_silences_it():
    data = {"input_min": 0.0, "input_max": 255.0, "predictable_share": -4e5}
    notices = told([{**start(), "data": data}, steps(1, [0.3] * WINDOW + [0.01] * WINDOW + [5.0] * WINDOW)])
    assert [notice["cause"] for notice in notices] == ["bad_range"]


def test_the_question_is_answered_before_the_first_step():
    (notice,) = told([start(optimizer="sgd"), probe(STUCK, output_std=1e-18)])
    assert (notice["cause"], notice["step"], notice["severity"]) == ("vanishing_gradient", 0, "warning")
    assert notice["action"] == "use_he_initialization"


def test_its_twin_under_adam_is_a_remark_that_passes():
    (notice,) = told([start(), probe(STUCK, output_std=1e-18), probe(HE, step=100)])
    assert (notice["severity"], notice["over_at_step"]) == ("info", 100)


def test_its_twin_under_adam_is_a_warning_if_it_has_not_escaped_in_time():
    remark, warning = told([start(), probe(STUCK, output_std=1e-18), probe(STUCK, step=500, output_std=1e-4)])
    assert (remark["severity"], remark["over_at_step"]) == ("info", 500)
    assert (warning["severity"], warning["step"]) == ("warning", 500)


def test_an_experiment_becomes_part_of_the_evidence():
    monitor = Monitor()
    monitor.feed_all([start(optimizer="sgd"), probe(STUCK, output_std=1e-18)])
    event = {"event": "experiment", "step": 0, "bypass_loss_ratio": 0.1, "overfit_loss_ratio": 1.0, "odd": "x"}
    (notice,) = monitor.feed(event)
    assert notice.evidence["bypass_loss_ratio"] == 0.1
    assert "first_gradient" in notice.evidence
    assert monitor.notices == [notice]


def test_an_experiment_says_nothing_about_remarks():
    monitor = Monitor()
    monitor.feed_all([start(), probe(STUCK, output_std=1e-18)])
    assert monitor.feed({"event": "experiment", "step": 0, "bypass_loss_ratio": 0.1}) == []


def test_after_a_resume_the_story_goes_on():
    again = [event for event in RUN if event["step"] <= 1_000]
    resumed = [*again, {**start(), "step": 800}, {"event": "step", "step": 800, "values": [], "resumed": True}]
    resumed += [event for event in RUN if event["step"] > 800]
    assert [notice["cause"] for notice in told(resumed)] == ["diverging", "non_finite", "plateau"]


def test_the_outlook_looks_as_far_as_asked_and_as_many_steps_again_otherwise():
    monitor = Monitor()
    assert monitor.outlook() is None
    monitor.feed_all(RUN)
    assert monitor.outlook().over_steps == 8_000
    assert monitor.outlook(500).over_steps == 500


def test_under_a_cosine_the_outlook_looks_to_its_end_if_the_scores_are_of_averaged_weights():
    monitor = Monitor()
    monitor.feed_all([start(schedule="cosine", steps=9_000, ema=0.999), *RUN[1:]])
    assert monitor.outlook().over_steps == 1_000
    assert monitor.outlook(300).over_steps == 300
    assert monitor.outlook(5_000).over_steps == 1_000
    assert Cause.PLATEAU not in [notice.cause for notice in monitor.notices]


def test_there_is_no_outlook_under_a_rate_that_falls_otherwise():
    monitor = Monitor()
    monitor.feed_all([start(schedule="cosine", steps=9_000), *RUN[1:]])
    assert monitor.outlook() is None


def test_there_is_no_outlook_while_an_error_stands():
    monitor = Monitor()
    monitor.feed_all(RUN)
    monitor.feed(steps(8_001, [math.nan]))
    assert monitor.outlook() is None
    monitor.feed(steps(8_002, [0.01] * 3 * WINDOW))
    assert monitor.outlook() is not None


def test_a_price_of_nothing_never_speaks_of_a_plateau():
    assert Cause.PLATEAU not in [notice.cause for notice in Monitor(price_db=0.0).feed_all(RUN)]


@pytest.mark.parametrize("event", [{}, {"event": "check"}, {"event": "check", "step": -1, "psnr_db": 30.0}])
def test_events_without_a_step_are_skipped(event):
    monitor = Monitor()
    assert monitor.feed(event) == []
    assert monitor.step == 0
