import pytest

from sr_desktop.progress import run
from sr_desktop.services.pictures import open_files


@pytest.fixture
def folder(tmp_path):
    for name in ("page 10.png", "Page 9.JPG", "notes.txt", ".hidden.png", "sub/b.tif", "sub/.git/c.png", "a.webp"):
        path = tmp_path / "pictures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return tmp_path / "pictures"


def names(found, folder):
    return [path.relative_to(folder).as_posix() for path in found.files]


def test_a_folder_gives_its_pictures_in_the_order_a_person_counts(folder):
    found = run(open_files.find([folder]))
    assert names(found, folder) == ["a.webp", "Page 9.JPG", "page 10.png", "sub/b.tif"]
    assert found.left_out == 0


def test_files_a_person_chose_are_taken_whatever_they_are_called(folder):
    chosen = [folder / "page 10.png", folder / "notes.txt", folder / "gone.png"]
    assert run(open_files.find(chosen)).files == tuple(chosen)


def test_results_beside_their_sources_are_left_out_and_others_are_not(folder):
    for name in ("a_2x.png", "a_1920w.webp", "b_2x.png", "a_2y.png"):
        (folder / name).touch()
    found = names(run(open_files.find([folder])), folder)
    assert found == ["a.webp", "a_2y.png", "b_2x.png", "Page 9.JPG", "page 10.png", "sub/b.tif"]


def test_a_file_that_is_chosen_twice_is_taken_once(folder):
    found = run(open_files.find([folder / "a.webp", folder, folder / "a.webp"]))
    assert names(found, folder) == ["a.webp", "Page 9.JPG", "page 10.png", "sub/b.tif"]


def test_what_is_too_much_for_a_strip_is_counted(folder, monkeypatch):
    monkeypatch.setattr(open_files, "MOST", 3)
    found = run(open_files.find([folder]))
    assert len(found.files) == 3
    assert found.left_out == 1


def test_a_long_search_can_be_stopped(folder):
    task = open_files.find([folder])
    next(task)
    task.close()
