"""Whole batches on real files, driven as the command line and the window drive them."""

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sr_desktop.batch import batch as batch_run
from sr_desktop.batch import convert_file, journal, queue
from sr_desktop.batch.events import (
    Added,
    Advanced,
    Finished,
    Noted,
    Paused,
    PutBack,
    Removed,
    Resumed,
    Started,
)
from sr_desktop.batch.journal import JournalBusyError
from sr_desktop.engine.upscale import upscale_strips
from sr_desktop.imaging.writing import writer
from sr_desktop.inputs.inputs import find
from sr_desktop.progress import run as drain
from tests.batch.conftest import Wish, outcomes, results, touch

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows keeps folders in place that hold open files")


@pytest.fixture
def photos(photo):
    for number in range(3):
        photo(f"in/{number}.png", seed=number)
    return Path("in")


@pytest.fixture(autouse=True)
def soon(monkeypatch):
    """Looks at storage that failed without waiting."""
    monkeypatch.setattr(queue, "LOOK_EVERY_S", 0.01)
    monkeypatch.setattr(queue, "LOOK_AT_LEAST_EVERY_S", 0.02)


@pytest.fixture
def at_each_file(monkeypatch):
    """Calls something with the number of files computed so far whenever one begins to be computed."""

    def install(call):
        begun = []

        def watched(source, planned, models, out):
            begun.append(source)
            call(len(begun))
            return upscale_strips(source, planned, models, out)

        monkeypatch.setattr(convert_file, "upscale_strips", watched)
        return begun

    return install


def test_every_file_is_started_and_finished_once(photos):
    events = Wish().events()
    assert sorted(event.number for event in events if isinstance(event, Started)) == [0, 1, 2]
    assert [outcome.state for outcome in outcomes(events)] == ["done"] * 3
    assert {event.number for event in events if isinstance(event, Advanced)} == {0, 1, 2}
    done = outcomes(events)[0]
    assert (done.width, done.height) == (48, 32)
    assert done.size_bytes == len(results("out")["0.png"])


def test_what_is_done_is_skipped_also_when_it_may_be_replaced(photos, at_each_file):
    Wish().events()
    before = results("out")
    begun = at_each_file(lambda count: None)
    assert Wish().states() == ["skipped"] * 3
    assert Wish(overwrite=True).states() == ["skipped"] * 3
    assert begun == []
    assert results("out") == before


def test_the_same_content_with_another_time_is_the_same(photos):
    Wish().events()
    touch(photos / "1.png")
    assert Wish().states() == ["skipped"] * 3


def test_other_content_another_model_or_other_options_are_made_anew_if_they_may(photos, photo, monkeypatch):
    Wish().events()
    photo("in/1.png", seed=7)
    assert [item.state for item in Wish().plan().items] == ["skipped", "failed", "skipped"]
    assert Wish(overwrite=True).states() == ["skipped", "done", "skipped"]
    monkeypatch.setattr(
        Wish, "options", property(lambda wish: convert_file.Options(wish.target, quality=50, overwrite=True))
    )
    assert Wish(overwrite=True).states() == ["done"] * 3


def test_a_result_that_is_gone_is_made_again_and_one_that_was_changed_is_not_ours(photos):
    Wish().events()
    before = results("out")
    Path("out", "0.png").unlink()
    assert Wish().states() == ["done", "skipped", "skipped"]
    assert results("out") == before
    Path("out", "1.png").write_bytes(b"edited")
    assert Wish().states() == ["skipped", "failed", "skipped"]
    assert results("out")["1.png"] == b"edited"


def test_one_bad_file_is_one_outcome_and_is_tried_again(photos, photo):
    (photos / "1.png").write_bytes(b"no picture")
    first = Wish().outcomes()
    assert [outcome.state for outcome in first] == ["done", "failed", "done"]
    assert "1.png is damaged" in first[1].error.title
    again = Wish().plan()
    assert [item.state for item in again.items] == ["skipped", "waiting", "skipped"]
    assert [item.given for item in again.only_failed().items] == [os.path.join("in", "1.png")]  # noqa: PTH118
    photo("in/1.png")
    assert Wish().states() == ["skipped", "done", "skipped"]
    assert not Wish().plan().only_failed().items


def test_results_beside_their_pictures_are_known_again_whatever_they_are_called(photos):
    wish = Wish(output=None, naming={"template_text": "{stem} larger"})
    assert wish.states() == ["done"] * 3
    again = wish.plan()
    assert (len(again.items), again.left_out) == (3, 3)
    assert not again.open
    assert journal.is_there(photos)


def test_single_files_keep_no_journal(photo, here):
    photo("a.png")
    photo("b.png")
    assert Wish(("a.png",), output=None).states() == ["done"]
    assert Wish(("a.png",), output="one.png").states() == ["done"]
    assert Wish(("b.png", "a.png"), output=None, overwrite=True).states() == ["done", "done"]
    assert not list(here.rglob(journal.FOLDER))


def test_a_second_batch_is_told_that_there_is_one(photos, at_each_file):
    told = []

    def try_another(count):
        if count == 1:
            with pytest.raises(JournalBusyError, match=f"process {os.getpid()}"):
                list(Wish(overwrite=True).batch().run())
            told.append(True)

    at_each_file(try_another)
    assert Wish(jobs=1).states() == ["done"] * 3
    assert told == [True]


def test_stopped_after_this_one_the_others_wait_for_the_next_run(photos, at_each_file):
    batch = Wish(jobs=1).batch()
    at_each_file(lambda count: batch.stop_after_this())
    events = list(batch.run())
    assert [event.number for event in events if isinstance(event, Finished)] == [0]
    assert list(results("out")) == ["0.png"]
    assert Wish().states() == ["skipped", "done", "done"]


def test_stopped_now_the_file_at_work_leaves_nothing(photos, at_each_file):
    batch = Wish(jobs=1).batch()
    at_each_file(lambda count: batch.stop_now() if count == 2 else None)
    events = list(batch.run())
    assert [event.number for event in events if isinstance(event, Finished)] == [0]
    assert [event.number for event in events if isinstance(event, PutBack)] == [1]
    assert list(results("out")) == ["0.png"]
    assert Wish().states() == ["skipped", "done", "done"]


def test_closing_the_events_stops_it(photos):
    events = Wish(jobs=1).batch().run()
    next(events)
    events.close()
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("batch")]
    assert set(Wish().states()) <= {"skipped", "done"}


def test_paused_nothing_begins_and_models_are_let_go_until_it_goes_on(photos, at_each_file):
    batch = Wish(jobs=1).batch()
    at_each_file(lambda count: batch.pause() if count == 2 else None)
    told = []
    for event in batch.run():
        told.append(event)
        if event == Paused():
            assert sum(isinstance(event, Finished) for event in told) == 2
            assert not batch._models._opened
            batch.resume()
    kinds = [type(event) for event in told if isinstance(event, Paused | Resumed | Finished)]
    assert kinds == [Finished, Finished, Paused, Resumed, Finished]


def test_files_can_be_added_and_removed_while_it_runs(photos, photo, at_each_file):
    photo("in/more/4.png")
    wish = Wish(jobs=1)
    planner = wish.planner()
    found = found_by(wish)
    first, later = found[:3], found[3:]
    batch = wish.batch(drain(planner.plan(first)))

    def change(count):
        if count == 1:
            assert batch.add(drain(planner.plan(later)))
            batch.remove([1])
        if count == 2:
            batch.remove([2])

    at_each_file(change)
    events = list(batch.run())
    assert [event.number for event in events if isinstance(event, Removed)] == [1, 2]
    assert [item.number for event in events if isinstance(event, Added) for item in event.items] == [3]
    assert sorted(results("out")) == ["0.png", "more/4.png"]
    assert not batch.add(drain(planner.plan([])))


def found_by(wish):
    return drain(find(wish.inputs))


def test_an_open_batch_waits_for_files_and_ends_when_it_is_closed(photos):
    wish = Wish(stays_open=True)
    planner = wish.planner()
    batch = wish.batch(drain(planner.plan([])))
    threading.Thread(target=lambda: batch.add(drain(planner.plan(found_by(wish))))).start()
    finished = 0
    for event in batch.run():
        finished += isinstance(event, Finished)
        if finished == 3:
            batch.close()
    assert finished == 3


@posix_only
def test_a_folder_that_is_pulled_away_pauses_and_goes_on_when_it_is_back(photos, at_each_file):
    def pull(count):
        if count == 2:
            Path("out").rename("elsewhere")

    at_each_file(pull)
    told = []
    for event in Wish(jobs=1).batch().run():
        told.append(event)
        if isinstance(event, Paused):
            assert event.reason.title == "The folder out is gone."
            assert not Path("out").exists()
            Path("elsewhere").rename("out")
    assert [outcome.state for outcome in outcomes(told)] == ["done"] * 3
    assert [type(event) for event in told if isinstance(event, Paused | Resumed)] == [Paused, Resumed]
    assert sorted(results("out")) == ["0.png", "1.png", "2.png"]
    assert Wish().states() == ["skipped"] * 3


@posix_only
def test_inputs_that_are_pulled_away_pause_it_too(photos, at_each_file):
    def pull(count):
        if count == 1:
            photos.rename("elsewhere")

    at_each_file(pull)
    told = []
    for event in Wish(jobs=1).batch().run():
        told.append(event)
        if isinstance(event, Paused):
            assert event.reason.title == "The folder in is gone."
            Path("elsewhere").rename("in")
    assert [outcome.state for outcome in outcomes(told)] == ["done"] * 3


@pytest.fixture
def small_disk(here):
    """A disk of 300 kB at `out`."""
    disk = here / "out"
    disk.mkdir()
    mount = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if sys.platform != "linux" or not mount or subprocess.run([mount, *options], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_pauses_it_until_there_is_room(small_disk, photo, monkeypatch):
    monkeypatch.setattr("sr_desktop.batch.storage.LEAST_FREE_BYTES", 100_000)
    for number in range(3):
        photo(f"in/{number}.bmp", width=60, height=40, seed=number)  # 29 kB each when it is larger
    (small_disk / "ballast").write_bytes(bytes(220_000))
    told = []
    for event in Wish(jobs=1).batch().run():
        told.append(event)
        if isinstance(event, Paused):
            assert event.reason.title == "The disk of out is full."
            (small_disk / "ballast").unlink()
    assert [outcome.state for outcome in outcomes(told)] == ["done"] * 3
    assert any(isinstance(event, Paused) for event in told)
    assert sorted(results("out")) == ["0.bmp", "1.bmp", "2.bmp"]


def test_results_too_large_to_be_made_together_are_made_one_after_the_other(photos, monkeypatch, at_each_file):
    monkeypatch.setattr(queue, "PIXELS_AT_ONCE", 48 * 32)
    together = []
    at_work = threading.Semaphore(1)

    def alone(count):
        together.append(at_work.acquire(blocking=False))

    put_in_place = writer._put_in_place

    def placed(*arguments):
        put_in_place(*arguments)
        at_work.release()

    monkeypatch.setattr(writer, "_put_in_place", placed)
    at_each_file(alone)
    assert Wish(jobs=3).states() == ["done"] * 3
    assert together == [True] * 3


def test_a_fault_of_ours_is_one_outcome_and_a_fault_of_a_thread_is_raised(photos, monkeypatch, at_each_file):
    def faulty(count):
        if count == 2:
            raise ZeroDivisionError("by a mistake of ours")

    at_each_file(faulty)
    states = [outcome.state for outcome in Wish(jobs=1).outcomes()]
    assert states == ["done", "failed", "done"]
    monkeypatch.setattr(batch_run, "explained", faulty_too)
    (photos / "1.png").write_bytes(b"no picture")
    with pytest.raises(ZeroDivisionError):
        Wish().events()


def faulty_too(error, item):
    raise ZeroDivisionError


def test_what_the_models_say_is_told(photos):
    batch = Wish().batch()
    batch._models.say("The cuda device failed.")
    assert Noted("The cuda device failed.") in list(batch.run())


@posix_only
def test_a_pipe_or_device_among_the_files_is_a_sentence_and_never_read(photos):
    """Their content would be read for the journal, and never end."""
    os.mkfifo("in/pipe.png")
    Path("in/device.png").symlink_to("/dev/zero")
    found = outcomes(Wish(["in/0.png", "in/pipe.png", "in/device.png"], "out").events())
    assert [outcome.state for outcome in found] == ["done", "failed", "failed"]
    assert {outcome.error.title for outcome in found[1:]} == {
        "pipe.png is not an ordinary file.",
        "device.png is not an ordinary file.",
    }
