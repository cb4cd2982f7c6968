import os

import pytest

from sr_desktop.inputs.inputs import Found, find, without_results
from sr_desktop.progress import run


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("b.png", "in/2.png", "in/10.png", "in/deep/a.jpg"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path


def test_inputs_stay_as_they_were_given_and_folders_are_opened(here):
    paths = [item.given.replace(os.sep, "/") for item in run(find(["b.png", f".{os.sep}in"]))]
    assert paths == ["b.png", "./in/2.png", "./in/10.png", "./in/deep/a.jpg"]


def test_what_is_missing_is_found_with_its_error(here):
    (found,) = run(find(["gone.png"]))
    assert found.error is not None
    assert found.error.title == "gone.png does not exist."


def test_the_path_below_the_folder_is_known(here):
    found = run(find(["b.png", "in"]))
    assert [item.below.as_posix() for item in found] == ["b.png", "2.png", "10.png", "deep/a.jpg"]


def test_results_beside_their_pictures_are_left_out_unless_given_by_name():
    names = ["in/a.jpg", "in/a_2x.png", "in/a_1920w.jpg", "in/b_2x.png", "in/deep/a_2x.jpg"]
    found = [*(Found(name, "in") for name in names), Found("in/a_4x.png")]
    kept = [item.given for item in without_results(found)]
    assert kept == ["in/a.jpg", "in/b_2x.png", "in/deep/a_2x.jpg", "in/a_4x.png"]
