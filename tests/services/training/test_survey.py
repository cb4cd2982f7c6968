"""A look through a folder: what is used, what is left out and why."""

import numpy as np
from PIL import Image

from sr_desktop.services.training.survey import Survey
from tests.conftest import make_picture


def save(path, width=64, height=60, seed=0):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(make_picture(width=width, height=height, seed=seed)).save(path)


def test_every_picture_is_seen_and_what_is_left_out_says_why(runner, tmp_path, qtbot):
    folder = tmp_path / "pictures"
    save(folder / "a.png")
    save(folder / "below" / "b.png", width=80, seed=1)
    save(folder / "copy.png")
    save(folder / "tiny.png", width=20, height=20, seed=2)
    Image.fromarray(np.full((60, 60, 3), 128, np.uint8)).save(folder / "grey.png")
    (folder / "broken.png").write_bytes(b"nothing")
    survey = Survey(runner)
    survey.look(folder, None, 2)
    qtbot.waitUntil(lambda: not survey.is_busy, timeout=60_000)
    assert [(seen.path.name, seen.width, seen.height) for seen in survey.usable] == [
        ("a.png", 64, 60),
        ("b.png", 80, 60),
    ]
    assert all(seen.thumbnail is not None for seen in survey.usable)
    kinds = {seen.path.name: seen.kind for seen in survey.left_out}
    assert kinds == {
        "copy.png": "duplicate",
        "tiny.png": "tiny",
        "grey.png": "near_constant",
        "broken.png": "unreadable",
    }
    assert all(seen.reason for seen in survey.left_out)
    assert survey.pixels == 64 * 60 + 80 * 60


def test_pairs_are_matched_by_name_and_size(runner, tmp_path, qtbot):
    save(tmp_path / "large" / "a.png", width=64, height=60)
    save(tmp_path / "large" / "b.png", width=64, height=60, seed=1)
    save(tmp_path / "small" / "a.png", width=32, height=30)
    survey = Survey(runner)
    survey.look(tmp_path / "large", tmp_path / "small", 2)
    qtbot.waitUntil(lambda: not survey.is_busy, timeout=60_000)
    assert [seen.path.name for seen in survey.usable] == ["a.png"]
    assert [seen.kind for seen in survey.left_out] == ["unpaired"]


def test_what_was_left_out_on_purpose_is_seen_among_what_is_not_used(runner, tmp_path, qtbot):
    save(tmp_path / "a.png")
    save(tmp_path / "b.png", seed=1)
    survey = Survey(runner)
    for exclude, used in ((("/a.png",), ["b.png"]), ((), ["a.png", "b.png"])):
        survey.look(tmp_path, None, 2, exclude)
        qtbot.waitUntil(lambda: not survey.is_busy, timeout=60_000)
        assert [seen.path.name for seen in survey.usable] == used
        assert [seen.kind for seen in survey.left_out] == ["excluded"] * len(exclude)


def test_a_folder_without_pictures_is_a_sentence(runner, tmp_path, qtbot):
    survey = Survey(runner)
    survey.look(tmp_path, None, 2)
    qtbot.waitUntil(lambda: survey.failure is not None, timeout=60_000)
    assert "no pictures" in survey.failure.title
