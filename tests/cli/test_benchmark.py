import io
import sys

import numpy as np
import pytest

from sr_desktop.cli import benchmark
from sr_desktop.cli.benchmarks import batch, file, memory, network
from sr_desktop.cli.benchmarks.pictures import photograph
from sr_desktop.cli.benchmarks.timing import Settings, Subject, alternate
from tests.conftest import ROOT

ROW_KEYS = ["task", "subject", "median_ms", "min_ms", "max_ms", "rounds"]


def settings(rounds):
    return Settings(rounds, "cpu", "fp32", lambda task, part: None)


def test_subjects_take_turns_after_one_round_that_does_not_count():
    calls = []
    subjects = [Subject(name, lambda name=name: calls.append(name)) for name in ("ours", "b", "c")]
    rows = alternate("task", subjects, settings(4))
    assert "".join(name[0] for name in calls) == "obc" + "obc" + "bco" + "cob" + "obc"
    assert [row.subject for row in rows] == ["ours", "b", "c"]
    assert all(len(row.times_ms) == 4 for row in rows)


def test_rows_say_how_many_times_longer_than_ours():
    rows = alternate(
        "task", [Subject("ours", lambda: sum(range(1000))), Subject("b", lambda: sum(range(50_000)))], settings(5)
    )
    assert rows[0].fields()["times_ours"] == 1.0
    assert rows[1].fields()["times_ours"] > 5
    assert rows[1].median_ms == sorted(rows[1].times_ms)[2]


def test_the_answer_has_the_documented_keys(say, monkeypatch):
    monkeypatch.setattr(network, "SIZES", {2: (48, 32), 3: (32, 24)})
    monkeypatch.setattr(file, "WIDTH", 48)
    monkeypatch.setattr(file, "HEIGHT", 32)
    said = say("benchmark", "--task", "network", "--task", "file", "--rounds", "2", "--device", "cpu", "--json")
    assert said.status == 0
    answer = said.answer
    assert list(answer) == ["machine", "rows"]
    assert {"cpu", "cores", "torch", "threads"} <= set(answer["machine"])
    assert all(list(row)[:6] == ROW_KEYS for row in answer["rows"])
    assert [(row["task"], row["subject"]) for row in answer["rows"]] == [
        ("x2 48x32 fp32", "ours"),
        ("x2 48x32 fp32", "torch-plain"),
        ("x2 48x32 fp32", "opencv-bicubic"),
        ("x3 32x24 fp32", "ours"),
        ("x3 32x24 fp32", "torch-plain"),
        ("x3 32x24 fp32", "opencv-bicubic"),
        ("x2 JPEG 48x32 to PNG", "ours"),
        ("x2 JPEG 48x32 to PNG", "opencv-bicubic"),
    ]
    assert answer["rows"][0]["max_difference"] < 1e-5
    shares = answer["rows"][6]["shares"]
    assert list(shares) == ["decode", "network", "colour", "encode"]
    assert sum(shares.values()) == pytest.approx(1, abs=0.01)


def test_a_person_gets_a_table(say, monkeypatch):
    monkeypatch.setattr(network, "SIZES", {4: (24, 16)})
    lines = say("benchmark", "--task", "network", "--rounds", "1", "--device", "cpu").out.splitlines()
    assert "cores, torch" in lines[0]
    assert lines[1].startswith("x4 24x16 fp32 ")
    assert "1.00 x ours" in lines[1]


def test_a_device_that_is_not_there_is_wrong_usage(say):
    assert say("benchmark", "--device", "xpu").status == 2
    assert say("benchmark", "--rounds", "0").status == 2


@pytest.mark.slow
def test_memory_is_measured_in_another_process(monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    found = memory._in_a_process_of_its_own(96, 64, settings(1))
    assert set(found) == {"growth_mb", "output_megapixels", "ms"}
    assert found["output_megapixels"] == pytest.approx(0.025, abs=1e-3)
    assert found["growth_mb"] > -1  # the kernel counts pages in batches


@pytest.mark.slow
def test_a_process_that_fails_is_a_sentence(say, monkeypatch):
    monkeypatch.setattr(memory, "SIZES", ((0, 0),))  # no picture
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    said = say("benchmark", "--task", "memory")
    assert said.status == 1
    assert "The process that measures memory failed." in said.err


def test_memory_rows_say_what_a_further_megapixel_takes(monkeypatch):
    answers = {1920: (50.0, 8.0), 3840: (130.0, 33.0)}

    def measured(width, height, settings):
        growth, megapixels = answers[width]
        return {"growth_mb": growth, "output_megapixels": megapixels, "ms": 5.0}

    monkeypatch.setattr(memory, "_in_a_process_of_its_own", measured)
    first, second = [row.fields() for row in memory.rows(settings(1))]
    assert "mb_per_output_megapixel" not in first
    assert second["mb_per_output_megapixel"] == pytest.approx(80 / 25)


def test_the_peak_of_memory_rises_with_what_is_taken():
    before = memory.peak_bytes()
    taken = np.ones(30_000_000, np.uint8)
    assert memory.peak_bytes() >= before
    assert memory.peak_bytes() > taken.nbytes


def test_the_picture_is_the_same_each_time_and_uses_its_range():
    first, second = photograph(width=160, height=90), photograph(width=160, height=90)
    np.testing.assert_array_equal(first, second)
    assert first.shape == (90, 160, 3)
    assert first.min() < 40
    assert first.max() > 215


def test_a_bar_is_not_part_of_the_answer(say, monkeypatch):
    monkeypatch.setattr(network, "SIZES", {2: (24, 16)})

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    answer = say("benchmark", "--task", "network", "--rounds", "1", "--device", "cpu", "--json").answer
    assert answer["rows"]
    assert "x2 24x16 fp32" in terminal.getvalue()


def test_a_batch_is_compared_with_the_work_of_its_files():
    found = batch.probe(3, 48, 32, "PNG", "cpu", "fp32")
    assert list(found["core_seconds"]) == ["decode", "network", "colour", "encode"]
    assert found["of_bound"] == pytest.approx(found["bound_s"] / (found["ms"] / 1000), abs=2e-3)
    assert found["of_bound_with_colour"] >= found["of_bound"] > 0
    codec_s = found["core_seconds"]["decode"] + found["core_seconds"]["encode"]
    in_batch_s = (codec_s + found["network_in_batch_s"]) / found["cores"]
    assert found["of_bound_in_batch"] == pytest.approx(in_batch_s / (found["ms"] / 1000), abs=2e-2)
    assert found["of_bound_in_batch"] < 1
    assert found["network_in_batch_s"] > 0
    assert found["peak_mb"] > 50


def test_a_batch_is_measured_only_when_asked_for(say, monkeypatch):
    asked = []

    def measured(count, width, height, name, settings):
        asked.append((count, name))
        return {"ms": 5.0, "peak_mb": 300.0 + count / 1000}

    monkeypatch.setattr(batch, "_in_a_process_of_its_own", measured)
    rows = say("benchmark", "--batch", "--files", "7", "--device", "cpu", "--json").answer["rows"]
    assert asked == [(7, "JPEG"), (7, "PNG"), (20, "JPEG"), (2000, "JPEG")]
    assert [row["task"] for row in rows] == [
        "x2 batch of 7 JPEG 1152x864 to JPEG",
        "x2 batch of 7 JPEG 1152x864 to PNG",
        "batch memory 20 and 2000 files",
    ]
    assert (rows[2]["peak_mb_of_20"], rows[2]["peak_mb_of_2000"]) == (300.02, 302.0)
    assert "batch" not in benchmark._USUAL
