"""Thumbnails come for what is looked at now, the latest first."""

import pytest

from sr_desktop.services.folder.thumbnails import MOST_WANTED, Thumbnails


class Waiting:
    """A runner that never comes to it."""

    def __init__(self):
        self.jobs = []

    def start(self, job):
        self.jobs.append(job)


@pytest.fixture
def waiting():
    return Waiting()


def test_what_has_gone_by_is_forgotten(waiting, tmp_path, qapp):
    thumbnails = Thumbnails(waiting)
    for number in range(200):
        thumbnails.want(number, tmp_path / str(number))
    made = []
    thumbnails.made.connect(lambda number, samples: made.append(number))
    while waiting.jobs:
        waiting.jobs.pop().stop()
    assert made == [0, *range(199, 199 - MOST_WANTED, -1)]


def test_a_file_that_cannot_be_read_has_none(runner, qtbot, tmp_path):
    path = tmp_path / "torn.png"
    path.write_bytes(b"nothing")
    thumbnails = Thumbnails(runner)
    with qtbot.waitSignal(thumbnails.made, timeout=30_000) as made:
        thumbnails.want(4, path)
    assert made.args == [4, None]
