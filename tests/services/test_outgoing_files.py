import os
import time

from sr_desktop.progress import run
from sr_desktop.services import outgoing_files


def test_copies_of_one_name_do_not_meet():
    first, second = outgoing_files.new_path("boat_2x.png"), outgoing_files.new_path("boat_2x.png")
    assert first.name == second.name == "boat_2x.png"
    assert first != second
    assert first.parent.is_dir()


def test_copies_are_removed_after_a_day():
    old, new = outgoing_files.new_path("old.png"), outgoing_files.new_path("new.png")
    for path in (old, new):
        path.touch()
    past = time.time() - outgoing_files.KEPT_SECONDS - 60
    os.utime(old.parent, (past, past))
    run(outgoing_files.remove_old())
    assert not old.parent.exists()
    assert new.exists()


def test_without_any_copies_there_is_nothing_to_remove():
    run(outgoing_files.remove_old())
