import json
import math

import pytest

from sr_desktop.runs.notices import ACTIONS, TITLES, Action, Cause, Finding, Notice, Severity


def test_every_cause_and_every_action_has_its_sentence():
    assert set(TITLES) == set(Cause)
    assert set(ACTIONS) == set(Action)
    for sentence in [*TITLES.values(), *ACTIONS.values()]:
        assert sentence[0].isupper()
        assert sentence.endswith(".")


def test_severities_are_ordered():
    assert Severity.INFO.rank < Severity.WARNING.rank < Severity.ERROR.rank


def notice_of(**evidence):
    return Finding(Cause.DIVERGING, Severity.WARNING, Action.LOWER_LEARNING_RATE, evidence).at(1_200)


def test_a_notice_becomes_an_event_that_json_can_hold():
    event = json.loads(json.dumps(notice_of(loss=0.5).to_event(), allow_nan=False))
    assert event == {
        "event": "notice",
        "step": 1_200,
        "cause": "diverging",
        "severity": "warning",
        "title": TITLES[Cause.DIVERGING],
        "evidence": {"loss": 0.5},
        "action": "lower_learning_rate",
        "over_at_step": None,
        "files": [],
    }


def test_a_notice_survives_the_way_through_its_event_and_older_ones_name_no_files():
    notice = Finding(Cause.NO_DETAIL, Severity.WARNING, Action.LEAVE_OUT_FILES, {}, ("a.png", "b/c.png")).at(3)
    event = json.loads(json.dumps(notice.to_event()))
    assert Notice.from_event(event) == notice
    del event["files"]
    assert Notice.from_event(event).files == ()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_can_not_hold_are_left_out(value):
    assert notice_of(loss=value, lowest=0.5).evidence == {"lowest": 0.5}


def test_a_notice_reads_as_a_line():
    assert notice_of(loss=0.01234, below_best_db=0.4, best_step=384_000).sentence() == (
        "Warning at step 1,200: The loss or the output has blown up. (loss 0.0123, below best in dB 0.4, best step 384,000) "
        "Use a learning rate ten times lower."
    )


def test_a_line_names_the_first_files_and_counts_the_others():
    files = tuple(f"{number}.png" for number in range(5))
    sentence = Finding(Cause.NO_DETAIL, Severity.WARNING, Action.LEAVE_OUT_FILES, {}, files).at(0).sentence()
    assert sentence.endswith("0.png, 1.png, 2.png and 2 more.")


def test_a_notice_without_numbers_has_no_empty_brackets():
    assert "(" not in notice_of().sentence()
