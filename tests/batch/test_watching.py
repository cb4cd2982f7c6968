import threading
from pathlib import Path

from sr_desktop.batch import watching
from sr_desktop.batch.watching import Watch, watch
from sr_desktop.inputs.folder_walk import Choice
from tests.batch.conftest import touch


def ready(found):
    return [Path(item.given).name for item in found]


def test_a_file_is_ready_once_it_has_been_quiet(photo, here):
    watched = Watch(("in",), quiet_s=5)
    photo("in/a.png")
    assert ready(watched.look(0)) == []
    assert ready(watched.look(4)) == []
    photo("in/b.png")
    assert ready(watched.look(5)) == ["a.png"]
    touch(here / "in" / "b.png")
    assert ready(watched.look(10)) == []
    assert ready(watched.look(14)) == []
    assert ready(watched.look(15)) == ["b.png"]
    assert ready(watched.look(100)) == []


def test_a_file_that_comes_and_goes_is_never_ready(photo, here):
    watched = Watch(("in",), quiet_s=5)
    photo("in/a.png")
    watched.look(0)
    (here / "in" / "a.png").unlink()
    assert ready(watched.look(9)) == []


def test_a_folder_that_is_away_has_nothing_to_say(photo, here):
    watched = Watch(("in",), quiet_s=0)
    assert watched.look(0) == []
    photo("in/a.png")
    assert ready(watched.look(1)) == ["a.png"]


def test_only_what_is_meant_is_looked_at(photo):
    photo("in/a.png")
    photo("in/b.jpg")
    assert ready(Watch(("in",), Choice(include=("*.jpg",)), quiet_s=0).look(0)) == ["b.jpg"]


def test_it_goes_on_until_it_is_told_to_stop(photo, monkeypatch):
    monkeypatch.setattr(watching, "LOOK_EVERY_S", 0.01)
    stop = threading.Event()
    taken = []
    photo("in/a.png")

    def take(found):
        taken.extend(ready(found))
        if len(taken) == 1:
            photo("in/b.png")
        else:
            stop.set()

    watch(Watch(("in",), quiet_s=0), take, stop)
    assert taken == ["a.png", "b.png"]
