import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sr_desktop.errors import TrainingError
from sr_desktop.training.scan import Candidate, Example, Sieve, by_rank, find, held_out_count
from sr_desktop.training.trainer import before_step_1

from .conftest import write_picture


@given(st.lists(st.text(), unique=True, min_size=1), st.integers(0, 9), st.randoms())
def test_the_order_does_not_depend_on_the_order_of_the_folder(names, seed, random):
    shuffled = names[:]
    random.shuffle(shuffled)
    assert by_rank(names, seed) == by_rank(shuffled, seed)


@given(st.lists(st.text(), unique=True, min_size=3), st.integers(0, 9))
def test_one_picture_less_moves_at_most_one_other_between_the_parts(names, seed):
    count = max(1, len(names) // 3)
    before = set(by_rank(names, seed)[:count])
    after = set(by_rank(names[1:], seed)[:count])
    assert len(after - before) <= 1


@given(st.integers(2, 10_000), st.floats(0, 0.9))
def test_something_is_held_out_and_something_is_left(pictures, share):
    assert 1 <= held_out_count(pictures, share) <= min(24, pictures - 1)


def test_pictures_are_found_in_subfolders_and_hidden_ones_are_not(pictures):
    write_picture(pictures / "sub" / "deep" / "a.jpg")
    write_picture(pictures / ".thumbs" / "b.png")
    (pictures / "notes.txt").write_text("no picture")
    found, left_out = find(pictures, None, 2)
    assert [item.high.name for item in found] == ["0.png", "1.png", "2.png", "3.png", "4.png", "5.png", "a.jpg"]
    assert left_out == []


def test_a_folder_without_pictures_is_refused_in_words(tmp_path):
    with pytest.raises(TrainingError, match="no pictures"):
        find(tmp_path, None, 2)
    with pytest.raises(TrainingError, match="no folder"):
        find(tmp_path / "gone", None, 2)


def test_every_picture_that_can_not_be_used_has_its_reason(pictures):
    (pictures / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nbroken")
    write_picture(pictures / "tiny.png", width=30, height=30)
    cv2.imwrite(str(pictures / "flat.png"), np.full((90, 90, 3), 77, np.uint8))
    (pictures / "copy.png").write_bytes((pictures / "0.png").read_bytes())
    sieve = Sieve(2, 16)
    kinds = {}
    for candidate in find(pictures, None, 2)[0]:
        item = sieve.sift(candidate)
        kinds[candidate.high.name] = "usable" if isinstance(item, Example) else item.kind
    assert kinds.pop("broken.png") == "unreadable"
    assert kinds.pop("tiny.png") == "tiny"
    assert kinds.pop("flat.png") == "near_constant"
    assert kinds.pop("copy.png") == "duplicate"
    assert set(kinds.values()) == {"usable"}


def test_pairs_are_matched_by_name_and_their_sizes_are_checked(tmp_path):
    high, low = tmp_path / "high", tmp_path / "low"
    for name in ("a", "b", "c"):
        write_picture(high / f"{name}.png", width=96, height=80)
    write_picture(low / "a.png", width=48, height=40)
    write_picture(low / "bx2.jpg", width=48, height=41)
    found, alone = find(high, low, 2)
    assert [(item.high.name, item.low.name) for item in found] == [("a.png", "a.png"), ("b.png", "bx2.jpg")]
    assert [(item.path.name, item.kind) for item in alone] == [("c.png", "unpaired")]
    sieve = Sieve(2, 16)
    assert isinstance(sieve.sift(found[0]), Example)
    assert sieve.sift(found[1]).kind == "unpaired"


def test_folders_without_a_single_pair_are_refused(tmp_path):
    write_picture(tmp_path / "high" / "a.png")
    write_picture(tmp_path / "low" / "b.png")
    with pytest.raises(TrainingError, match="partner"):
        find(tmp_path / "high", tmp_path / "low", 2)


def test_a_candidate_that_vanished_is_left_out(tmp_path):
    assert Sieve(2, 8).sift(Candidate(tmp_path / "gone.png")).kind == "unreadable"


def _floats(path, samples):
    Image.fromarray(samples.astype(np.float32)).save(path)


def test_a_picture_with_samples_that_are_no_number_is_left_out_and_counted(new_run, pictures):
    samples = np.tile(np.linspace(0, 1, 96), (80, 1))
    samples[3, 3] = np.nan
    _floats(pictures / "nan.tif", samples)
    told = list(before_step_1(new_run()))
    assert [(event["why"], event["path"]) for event in told if event["event"] == "left_out"] == [
        ("not_finite", str(pictures / "nan.tif"))
    ]
    (notice,) = [event for event in told if event["event"] == "notice" and event["cause"] == "non_finite"]
    assert (notice["severity"], notice["action"], notice["files"]) == ("warning", "leave_out_files", ["nan.tif"])


def test_small_pictures_that_leave_0_to_1_are_told_though_the_reader_brings_them_there(new_run, pictures):
    low = pictures.parent / "low"
    low.mkdir()
    for path in pictures.iterdir():
        _floats(low / f"{path.stem}.tif", cv2.resize(cv2.imread(str(path), 0), None, fx=0.5, fy=0.5))
    told = list(before_step_1(new_run(low=str(low))))
    (notice,) = [event for event in told if event["event"] == "notice" and event["cause"] == "bad_range"]
    assert notice["evidence"]["largest_value"] > 100
    assert notice["action"] == "correct_range"


def test_what_is_left_out_on_purpose_is_told_and_not_used(pictures):
    write_picture(pictures / "bad" / "a.png", seed=7)
    found, left_out = find(pictures, None, 2, ("bad", "/0.png"))
    assert [item.name for item in found] == ["1.png", "2.png", "3.png", "4.png", "5.png"]
    assert [(item.path.name, item.kind) for item in left_out] == [("0.png", "excluded"), ("a.png", "excluded")]


def told_before_step_1(run):
    told = list(before_step_1(run))
    notices = {event["cause"]: event for event in told if event["event"] == "notice"}
    return notices, [event["path"] for event in told if event["event"] == "left_out"]


def test_pairs_that_do_not_belong_together_are_named_and_gone_when_they_are_left_out(new_run, pictures):
    low = pictures.parent / "low"
    low.mkdir()
    swapped = {"3": "4", "4": "3"}
    for path in pictures.iterdir():
        picture = cv2.imread(str(pictures / f"{swapped.get(path.stem, path.stem)}.png"))
        cv2.imwrite(str(low / path.name), cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    names = [path.name for path in pictures.iterdir()]
    seed = next(seed for seed in range(1000) if by_rank(names, seed)[0] == "4.png")  # it is held out, 3.png is not
    notices, _ = told_before_step_1(new_run(low=str(low), seed=seed))
    assert sorted(notices["misaligned_pairs"]["files"]) == ["3.png", "4.png"]
    assert notices["misaligned_pairs"]["action"] == "leave_out_files"
    run = new_run("without", low=str(low), seed=seed, exclude=("/3.png", "/4.png"))
    notices, left_out = told_before_step_1(run)
    assert "misaligned_pairs" not in notices
    assert left_out == [str(pictures / "3.png"), str(pictures / "4.png")]


def test_flat_pictures_with_a_little_dust_are_named(new_run, pictures):
    for number in range(4):
        (pictures / f"{number}.png").unlink()
    for number in range(60):
        page = np.full((160, 160), 200, np.uint8)
        page[8:12, 8 + number : 14 + number] = 20
        cv2.imwrite(str(pictures / f"page {number}.png"), page)
    notices, _ = told_before_step_1(new_run())
    assert sorted(notices["no_detail"]["files"]) == sorted(f"page {number}.png" for number in range(60))
