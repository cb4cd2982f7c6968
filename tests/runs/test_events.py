import json

from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.runs import events

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), plain), st.text(), st.integers(0, 10**9))
def test_events_survive_the_round_trip(fields, kind, step):
    event = {**fields, "event": kind, "step": step}
    assert events.from_line(events.to_line(event)) == event


def test_numbers_that_are_not_finite_become_null():
    line = events.to_line(
        {"event": "step", "step": 1, "values": [float("nan"), 1.0, float("inf")], "x": {"y": float("nan")}}
    )
    assert json.loads(line) == {"event": "step", "step": 1, "values": [None, 1.0, None], "x": {"y": None}}


def test_lines_that_are_no_events_are_skipped(tmp_path):
    path = tmp_path / "events.jsonl"
    path.write_bytes(
        b'{"event": "a", "step": 1}\nnot json\n[1]\n{"event": 3, "step": 1}\n{"event": "b"}\n\xff\n{"event": "c", "st'
    )
    assert [event["event"] for event in events.read(path)] == ["a"]


@given(st.integers(0, 200))
def test_a_file_cut_anywhere_gives_the_whole_lines_before_the_cut(tmp_path_factory, cut):
    written = [{"event": "step", "step": number, "text": "é"} for number in range(5)]
    content = "".join(events.to_line(event) + "\n" for event in written).encode()
    path = tmp_path_factory.mktemp("run") / "events.jsonl"
    path.write_bytes(content[:cut])
    found = list(events.read(path))
    assert found == written[: len(found)]
    assert len(found) >= content[:cut].count(b"\n")
