"""Folders from the command line: the options around a batch."""

import csv
import json
import os
import signal
import threading

import pytest

from sr_desktop.batch import journal, watching
from sr_desktop.batch.batch import Batch
from sr_desktop.batch.watching import Watch
from sr_desktop.cli import conversion
from tests.cli.conftest import files_in, size_of
from tests.cli.test_upscale import ROW_KEYS, joined


@pytest.fixture
def folder(photo):
    for number in range(3):
        photo(f"in/{number}.png", seed=number)


def bad(here, name="1.png"):
    (here / "in" / name).write_bytes(b"no picture")


def test_the_same_command_again_skips_what_is_done_and_tries_what_failed(say, here, folder, photo):
    bad(here)
    words = ["upscale", "in", "--output", "out", "--json"]
    first = say(*words)
    assert (first.status, [row["status"] for row in first.rows]) == (1, ["done", "failed", "done"])
    assert first.err == "1 of 3 failed.\n"
    again = say(*words)
    assert (again.status, [row["status"] for row in again.rows]) == (1, ["skipped", "failed", "skipped"])
    photo("in/1.png")
    assert [row["status"] for row in say(*words).rows] == ["skipped", "done", "skipped"]
    assert say(*words).status == 0


def test_only_what_failed_can_be_tried_again(say, here, folder, photo):
    bad(here)
    words = ["upscale", "in", "--output", "out", "--json"]
    say(*words)
    photo("in/3.png")
    photo("in/1.png")
    rows = say(*words, "--retry-failed").rows
    assert [(row["input"], row["status"]) for row in rows] == [(joined("in", "1.png"), "done")]
    nothing = say(*words, "--retry-failed")
    assert (nothing.status, nothing.out, nothing.err) == (0, "", "Nothing failed in the last run.\n")


def test_rows_come_in_the_order_of_the_inputs_whoever_is_first(say, photo):
    for number in range(8):
        photo(f"in/{number}.png", width=120 if number % 2 == 0 else 12)
    rows = say("upscale", "in", "--output", "out", "--jobs", "4", "--json").rows
    assert [row["input"] for row in rows] == [joined("in", f"{number}.png") for number in range(8)]
    assert all(list(row) == ROW_KEYS for row in rows)


def test_pictures_are_chosen_by_patterns_and_named_by_a_template(say, photo, here):
    for name in ("in/a.png", "in/b.jpg", "in/old/c.png", "in/new/d.png"):
        photo(name)
    choice = ["--recursive", "--include", "*.png", "--exclude", "old"]
    say("upscale", "in", *choice, "--output", "out", "--flatten", "--template", "{counter:2}-{parent}-{stem}_{width}")
    assert files_in(here / "out") == ["01-in-a_48.png", "02-new-d_48.png"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["in", "--template", "{name}"], "no field {name}"),
        (["in", "--template", "{scale}", "--width", "9"], "no {scale} to name"),
        (["in", "--flatten"], "Only results in an output folder"),
        (["in/0.png", "--template", "x", "--output", "y.png"], "the result's name already"),
        (["in", "--watch", "--dry-run"], "--watch goes with neither"),
        (["in/0.png", "--watch"], "Only folders can be watched"),
        (["in", "--jobs", "0"], "not a whole number from 1 to 64"),
        (["in", "--report", ""], "a path is empty"),
    ],
)
def test_wrong_usage_is_a_sentence(say, folder, here, words, said):
    answer = say("upscale", *words)
    assert (answer.status, answer.out) == (2, "")
    assert said in answer.err
    assert files_in(here) == [joined("in", f"{number}.png") for number in range(3)]


def test_a_dry_run_says_everything_and_does_nothing(say, here, folder, photo):
    photo("out/1.png")
    said = say("upscale", "in", "--output", "out", "--dry-run", "--summary", "--json")
    assert said.status == 1
    *rows, last = said.rows
    assert [row["status"] for row in rows] == ["planned", "failed", "planned"]
    summary = last["summary"]
    assert (summary["files"], summary["planned"], summary["failed"], summary["skipped"]) == (3, 2, 1, 0)
    assert summary["output_bytes"] == pytest.approx(2 * 48 * 32 * 1.56, abs=1)
    assert summary["seconds"] >= 0
    assert "2 files" in said.err
    assert files_in(here / "out") == ["1.png"]
    assert not list(here.rglob(journal.FOLDER))
    shown = say("upscale", "in", "--output", "other", "--dry-run")
    assert (shown.status, shown.out.splitlines()[0]) == (0, f"{joined('in', '0.png')} -> {joined('other', '0.png')}")


def test_nothing_to_do_is_said_by_a_dry_run_too(say, here):
    (here / "in").mkdir()
    said = say("upscale", "in", "--dry-run", "--summary")
    assert (said.status, said.answer["summary"]["files"]) == (0, 0)


def test_a_summary_ends_the_output(say, here, folder):
    bad(here)
    *rows, last = say("upscale", "in", "--output", "out", "--summary", "--json").rows
    assert len(rows) == 3
    summary = last["summary"]
    assert (summary["files"], summary["done"], summary["failed"], summary["skipped"]) == (3, 2, 1, 0)
    assert summary["output_bytes"] == sum((here / "out" / f"{number}.png").stat().st_size for number in (0, 2))
    assert summary["megapixels"] == pytest.approx(2 * 48 * 32 / 1e6, abs=1e-3)


def test_a_report_is_a_table_of_all_files(say, here, folder):
    bad(here)
    say("upscale", "in", "--output", "out", "--report", "report.csv")
    with (here / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["status"] for row in rows] == ["done", "failed", "done"]
    assert [row["width"] for row in rows] == ["48", "", "48"]
    assert rows[1]["error"].startswith("1.png is damaged")


def test_a_report_that_can_not_be_written_is_said(say, folder):
    said = say("upscale", "in", "--output", "out", "--report", joined("gone", "report.csv"))
    assert said.status == 1
    assert "report.csv can't be written" in said.err


def test_a_second_process_on_one_folder_is_told_so(say, here, folder):
    (here / "out").mkdir()
    other = journal.Journal(here / "out")
    said = say("upscale", "in", "--output", "out")
    other.close()
    assert said.status == 1
    assert f"Another sr_desktop (process {os.getpid()}) is converting into out." in said.err
    assert files_in(here / "out") == []


def test_low_priority_changes_nothing_else(say, here, folder):
    assert say("upscale", "in", "--output", "out", "--low-priority").status == 0
    assert size_of(here / "out" / "0.png") == (48, 32)


def test_a_watched_folder_is_converted_as_pictures_come(say, here, folder, photo, monkeypatch):
    monkeypatch.setattr(watching, "LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(conversion, "Watch", lambda *words: Watch(*words, quiet_s=0.05))
    finished = threading.Semaphore(0)
    finish = Batch._take_on

    def counted(self, item, models):
        finish(self, item, models)
        finished.release()

    monkeypatch.setattr(Batch, "_take_on", counted)

    def person():
        for _ in range(3):
            assert finished.acquire(timeout=60)
        photo("in/late.png")
        assert finished.acquire(timeout=60)
        os.kill(os.getpid(), signal.SIGINT)

    thread = threading.Thread(target=person)
    thread.start()
    said = say("upscale", "in", "--watch", "--json")
    thread.join()
    assert said.status == 130
    assert [row["output"] for row in said.rows] == [joined("in", f"{name}_2x.png") for name in ("0", "1", "2", "late")]
    assert "late_2x_2x.png" not in str(files_in(here))
    assert json.loads(said.out.splitlines()[0])["status"] == "done"
