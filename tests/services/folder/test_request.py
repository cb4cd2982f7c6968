"""What was asked of the last batch comes back as it was; nonsense becomes what is usual."""

import json
from pathlib import Path

import pytest

from sr_desktop.engine.targets import Factor, Height, LongSide, Width
from sr_desktop.services.folder import request as folder_request
from sr_desktop.services.folder.request import LastBatch, Preset, Wishes, suggested_output
from sr_desktop.services.pictures.upscaler import Options


@pytest.mark.parametrize("target", [Factor(3), Width(1920), Height(1080), LongSide(4000)])
def test_a_batch_comes_back_as_it_was_kept(target):
    preset = Preset(
        Options(target, "mine", "cpu", 8), "WebP", 80, "{stem}_{counter}", True, False, ("*.jpg",), ("old*",), "skip",
        True, True, True,
    )  # fmt: skip
    kept = LastBatch(Wishes(("/pictures/a\udcff", "b"), "/results", preset, ("b/c.png",)), is_finished=False)
    folder_request.save(kept)
    assert folder_request.load() == kept


def test_without_a_last_batch_there_is_nothing_to_go_on_with():
    assert folder_request.load() == LastBatch()


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"size": "Area", "amount": 2}', b"\xff"])
def test_a_file_that_makes_no_sense_is_no_last_batch(content):
    folder_request.path().parent.mkdir(parents=True)
    folder_request.path().write_bytes(content)
    assert folder_request.load() == LastBatch()


def test_single_choices_that_make_no_sense_become_usual_and_the_others_stay():
    folder_request.save(LastBatch(Wishes(("a",), "b", Preset(quality=70)), is_finished=True))
    content = json.loads(folder_request.path().read_text())
    content["preset"] |= {"format": "GIF", "existing": "burn", "flatten": "yes", "later": 1}
    folder_request.path().write_text(json.dumps(content))
    assert folder_request.load().wishes.preset == Preset(quality=70)


def test_results_go_beside_the_folder_or_the_folder_of_the_files(tmp_path):
    folder = tmp_path / "Holiday"
    folder.mkdir()
    (folder / "a.png").touch()
    assert suggested_output((str(folder),), Factor(2)) == str(tmp_path / "Holiday_2x")
    assert suggested_output((str(folder / "a.png"),), Width(800)) == str(tmp_path / "Holiday_800w")
    assert suggested_output((), Factor(2)) == ""


def test_results_of_a_whole_disk_go_into_a_folder_on_it():
    root = Path(Path.cwd().anchor)
    assert Path(suggested_output((str(root),), Factor(2))).parent == root
