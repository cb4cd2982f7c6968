import os
import time

from sr_desktop.progress import run
from sr_desktop.services.pictures import drag_copies


def test_copies_of_one_name_do_not_meet():
    first, second = drag_copies.new_path("boat_2x.png"), drag_copies.new_path("boat_2x.png")
    assert first.name == second.name == "boat_2x.png"
    assert first != second
    assert first.parent.is_dir()


def test_copies_are_removed_after_a_day():
    old, new = drag_copies.new_path("old.png"), drag_copies.new_path("new.png")
    for path in (old, new):
        path.touch()
    past = time.time() - drag_copies.KEPT_SECONDS - 60
    os.utime(old.parent, (past, past))
    run(drag_copies.remove_old())
    assert not old.parent.exists()
    assert new.exists()


def test_without_any_copies_there_is_nothing_to_remove():
    run(drag_copies.remove_old())
