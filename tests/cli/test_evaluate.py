import json
import math

import cv2
import numpy as np
import pytest

from sr_desktop.cli.evaluation import Report, Scored, ScoredSet
from sr_desktop.engine.scoring import Score
from sr_desktop.imaging.metrics import psnr
from tests.conftest import make_picture

SET_KEYS = ["folder", "images", "psnr_y_db", "ssim_y", "bicubic_psnr_y_db", "bicubic_ssim_y"]


def studio_luma(samples):
    """BT.601 luma of BGR samples, from 16 to 235, written out once more."""
    blue, green, red = np.moveaxis(samples.astype(float), 2, 0)
    return 16 + (65.481 * red + 128.553 * green + 24.966 * blue) / 255


def test_the_answer_has_the_documented_keys(say, photo):
    photo("one/a.png", width=40, height=30)
    photo("one/b.png", width=30, height=40, seed=1)
    photo("two/c.png", width=33, height=31, seed=2)
    said = say("evaluate", "one", "two", "--scale", "2", "--json")
    assert said.status == 0
    assert list(said.answer) == ["scale", "model", "passes", "sets"]
    assert (said.answer["scale"], said.answer["model"]) == (2, "fsrcnn-x2")
    assert [list(item) for item in said.answer["sets"]] == [SET_KEYS] * 2
    assert [(item["folder"], item["images"]) for item in said.answer["sets"]] == [("one", 2), ("two", 1)]


def test_best_quality_is_scored_as_upscale_writes_it(say, photo):
    photo("high/a.png", width=40, height=32)
    once = say("evaluate", "high", "--scale", "2", "--json").answer
    best = say("evaluate", "high", "--scale", "2", "--ensemble", "--json").answer
    assert (once["passes"], best["passes"]) == (1, 8)
    assert once["sets"][0]["psnr_y_db"] != best["sets"][0]["psnr_y_db"]
    assert say("evaluate", "high", "--scale", "2", "--ensemble").out.startswith(
        "fsrcnn-x2, 2x, 8 passes, against bicubic"
    )


def test_it_scores_the_picture_that_upscale_writes(say, photo, here):
    high = cv2.imread(str(photo("high/a.png", width=42, height=33)))[:32, :40]
    cv2.imwrite(str(here / "high" / "a.png"), high)
    (here / "low").mkdir()
    cv2.imwrite(str(here / "low" / "a.png"), high[::2, ::2])
    scored = say("evaluate", "high", "--low", "low", "--scale", "2", "--json").answer["sets"][0]
    assert say("upscale", "low", "--output", "made").status == 0
    written = cv2.imread(str(here / "made" / "a.png"))
    assert scored["psnr_y_db"] == pytest.approx(psnr(studio_luma(written), studio_luma(high), border=2), abs=6e-4)


def test_rows_for_each_picture_average_to_the_mean(say, photo):
    for number, name in enumerate(("p10.png", "p9.png")):
        photo(f"one/{name}", width=40, height=30, seed=number)
    found = say("evaluate", "one", "--scale", "2", "--per-image", "--json").answer["sets"][0]
    assert [row["image"] for row in found["per_image"]] == ["p9.png", "p10.png"]
    for key in SET_KEYS[2:]:
        assert found[key] == pytest.approx(np.mean([row[key] for row in found["per_image"]]), abs=1e-3)


def test_a_person_gets_a_table(say, photo):
    photo("one/a.png", width=40, height=30)
    lines = say("evaluate", "one", "--scale", "3", "--per-image").out.splitlines()
    assert lines[0] == "fsrcnn-x3, 3x, against bicubic"
    assert [line.split()[0] for line in lines[1:]] == ["a.png", "one"]


def test_small_pictures_are_found_by_name(say, here):
    high = make_picture(width=40, height=30)
    for folder in ("high", "low"):
        (here / folder).mkdir()
    cv2.imwrite(str(here / "high" / "0001.png"), high)
    cv2.imwrite(str(here / "low" / "0001x2.png"), high[::2, ::2])
    assert say("evaluate", "high", "--scale", "2", "--low", "low").status == 0


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["one"], 2, "required: --scale"),
        (["gone", "--scale", "2"], 2, "gone is not a folder"),
        (["one", "--low", "gone", "--scale", "2"], 2, "gone is not a folder"),
        (["one", "two", "--low", "two", "--scale", "2"], 2, "one folder of originals only"),
        (["one", "--scale", "3", "--model", "fsrcnn-x2"], 2, "2 times larger, not 3 times"),
        (["one", "--scale", "2", "--device", "xpu"], 2, "no xpu device"),
        (["empty", "--scale", "2"], 1, "empty holds no pictures"),
        (["one", "--low", "empty", "--scale", "2"], 1, "no small picture for"),
        (["one", "--low", "two", "--scale", "2"], 1, "The input has 12 × 12 pixels, but its original needs 20 × 15"),
        (["two", "--scale", "2"], 1, "12 × 12 pixels are too few to score"),
        (["bad", "--scale", "2"], 1, "a.png is damaged"),
    ],
)
def test_what_cannot_be_scored_is_a_sentence(say, photo, here, words, status, said):
    photo("one/a.png", width=40, height=30)
    photo("two/a.png", width=12, height=12)
    (here / "empty").mkdir()
    (here / "bad").mkdir()
    (here / "bad" / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n and then nothing")
    answer = say("evaluate", *words, "--json")
    assert (answer.status, answer.out) == (status, "")
    assert said in answer.err


def test_equal_pictures_have_no_number_in_json():
    same = Scored("a.png", Score(math.inf, 1.0), Score(40.0, 0.9))
    report = Report(2, "m", [ScoredSet(same, [same])])
    found = json.loads(report.to_json(per_image=False), parse_constant=pytest.fail)["sets"][0]
    assert (found["psnr_y_db"], found["ssim_y"]) == (None, 1.0)


@pytest.mark.slow
@pytest.mark.parametrize("low", [True, False])
def test_bicubic_on_set5_is_as_published(say, shared_data, low):
    folder = shared_data / "eval" / "Set5"
    words = ["--low", folder / "LRx2"] if low else []
    found = say("evaluate", folder / "HR", "--scale", "2", *words, "--json").answer["sets"][0]
    assert found["images"] == 5
    assert found["bicubic_psnr_y_db"] == pytest.approx(33.66, abs=0.02)
    assert found["bicubic_ssim_y"] == pytest.approx(0.9299, abs=0.001)
