import queue
import threading

import pytest

from sr_desktop.batch import models
from sr_desktop.batch.plan import PlanItem
from sr_desktop.batch.queue import Interrupted, Queue
from sr_desktop.engine.model import Model
from sr_desktop.imaging.writing import writer
from tests.batch.conftest import Wish

ITEMS = [PlanItem(number, f"{number}.png", f"out/{number}.png") for number in range(3)]


@pytest.fixture
def taken():
    """A queue that lets one file be computed, with all its files at work."""
    made = Queue(ITEMS, lambda event: None, lambda trouble: True, computing=1, stays_open=False)
    assert [made.take(lambda: None) for _ in ITEMS] == ITEMS
    return made


def waiting_for_a_turn(taken, item):
    """Begin to compute in a thread of its own, and return where its outcome comes."""
    outcome = queue.SimpleQueue()

    def begin():
        try:
            outcome.put(taken.begin_computing(item))
        except Interrupted as error:
            outcome.put(error)

    threading.Thread(target=begin, daemon=True).start()
    return outcome


def test_the_next_file_is_computed_when_only_writing_remains_of_one(taken):
    taken.begin_computing(ITEMS[0])
    second = waiting_for_a_turn(taken, ITEMS[1])
    with pytest.raises(queue.Empty):
        second.get(timeout=0.05)
    taken.end_computing(ITEMS[0])
    assert second.get(timeout=10) is None


@pytest.mark.parametrize("leave", [Queue.finish, Queue.put_back])
def test_a_file_that_leaves_gives_up_its_turn(taken, leave):
    taken.begin_computing(ITEMS[0])
    second = waiting_for_a_turn(taken, ITEMS[1])
    leave(taken, ITEMS[0])
    assert second.get(timeout=10) is None


@pytest.mark.parametrize("stop", [lambda taken: taken.end(now=True), lambda taken: taken.remove([1])])
def test_a_wait_for_a_turn_ends_when_nobody_wants_the_file(taken, stop):
    taken.begin_computing(ITEMS[0])
    second = waiting_for_a_turn(taken, ITEMS[1])
    stop(taken)
    assert isinstance(second.get(timeout=10), Interrupted)


def test_cores_are_shared_out_among_files_that_are_not_computed_yet(taken):
    assert taken.to_compute == 3
    taken.begin_computing(ITEMS[0])
    taken.end_computing(ITEMS[0])
    assert taken.to_compute == 2
    taken.begin_computing(ITEMS[0])  # the next frame
    assert taken.to_compute == 3
    taken.finish(ITEMS[0])
    assert taken.to_compute == 2


def test_while_one_result_goes_to_the_disk_the_next_picture_is_computed(photo, monkeypatch):
    for number in range(2):
        photo(f"in/{number}.png")
    computed = threading.Semaphore(0)
    compute, put_in_place = Model._compute, writer._put_in_place

    def counted(self, luma):
        computed.release()
        return compute(self, luma)

    def slow_disk(temporary, path, overwrite):
        if path.name.startswith("0"):
            assert computed.acquire(timeout=30)
            assert computed.acquire(timeout=30), "the second waited for the first"
        put_in_place(temporary, path, overwrite)

    monkeypatch.setattr(models, "cores", lambda: 1)
    monkeypatch.setattr(Model, "_compute", counted)
    monkeypatch.setattr(writer, "_put_in_place", slow_disk)
    assert Wish(jobs=0).states() == ["done", "done"]
