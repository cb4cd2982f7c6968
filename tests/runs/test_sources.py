import gzip

import pytest

from sr_desktop.runs import events
from sr_desktop.runs.csv_logs import LogError
from sr_desktop.runs.sources import events_of

LINES = [{"event": "start", "step": 0}, {"event": "step", "step": 1, "step_from": 1, "values": [0.5]}]


def write_events(path):
    path.write_text("".join(events.to_line(event) + "\n" for event in LINES), encoding="utf-8")
    return path


def test_a_run_is_read_from_its_folder_and_from_its_events(tmp_path):
    file = write_events(tmp_path / "events.jsonl")
    assert events_of(tmp_path) == events_of(file) == LINES


def test_events_may_be_gzipped_and_broken_ones_are_refused_in_words(tmp_path):
    whole = gzip.compress(write_events(tmp_path / "events.jsonl").read_bytes())
    path = tmp_path / "events.jsonl.gz"
    path.write_bytes(whole)
    assert events_of(path) == LINES
    path.write_bytes(whole[:-9])
    with pytest.raises(LogError, match="is broken"):
        events_of(path)
    path.write_bytes(b"rubbish")
    with pytest.raises(LogError, match="can't be read"):
        events_of(path)


def test_anything_else_is_read_as_a_log(tmp_path):
    path = tmp_path / "log.txt"
    path.write_text("iteration,train_loss\n1,0.5\n", encoding="utf-8")
    assert [event["event"] for event in events_of(path)] == ["step", "end"]


def test_a_folder_without_events_is_refused_in_words(tmp_path):
    with pytest.raises(LogError, match="holds no events"):
        events_of(tmp_path)


def test_events_that_are_none_are_refused_in_words(tmp_path):
    (tmp_path / "events.jsonl").write_text("{}\nrubbish\n", encoding="utf-8")
    with pytest.raises(LogError, match="holds no events"):
        events_of(tmp_path / "events.jsonl")


def test_events_that_are_not_there_are_refused_in_words(tmp_path):
    with pytest.raises(LogError, match="There is no file"):
        events_of(tmp_path / "gone.jsonl")


def test_events_that_can_not_be_read_are_refused_in_words(tmp_path):
    (tmp_path / "events.jsonl").mkdir()
    with pytest.raises(LogError, match="can't be read"):
        events_of(tmp_path)
