from dataclasses import replace

import pytest

from sr_desktop.monitor.history import DataFacts
from sr_desktop.monitor.picture_statistics import PictureFacts
from sr_desktop.monitor.rules_data import (
    concerned,
    find_bad_range,
    find_misaligned_pairs,
    find_no_detail,
    find_too_little_data,
    suspects,
)
from sr_desktop.runs.notices import Action, Cause
from tests.monitor.conftest import HE, probe_of

ALL = (find_bad_range, find_misaligned_pairs, find_no_detail, find_too_little_data)

GOOD = DataFacts(
    pictures=91,
    pixels=5_000_000,
    flat_share=0.12,
    predictable_share=0.97,
    pair_correlation=0.99,
    pair_shift_spread=0.02,
    input_min=0.0,
    input_max=1.0,
    non_finite=0,
)


@pytest.mark.parametrize("facts", [DataFacts(), GOOD], ids=["unknown", "good"])
def test_nothing_is_found_in_good_or_unknown_pictures(history, facts):
    history.data = facts
    assert [find(history, False) for find in ALL] == [None] * 4


@pytest.mark.parametrize("facts", [DataFacts(input_max=255.0), DataFacts(input_min=-1.0, input_max=1.0)])
def test_values_far_outside_the_range_are_found(history, facts):
    history.data = facts
    assert find_bad_range(history, False).action is Action.CORRECT_RANGE


def test_values_outside_the_range_are_found_in_the_first_batch(history):
    history.add_probe(probe_of(HE, input_min=0.0, input_max=255.0))
    assert find_bad_range(history, False).evidence == {"smallest_value": 0.0, "largest_value": 255.0}


def test_sharpened_pictures_may_overshoot_a_little(history):
    history.data = DataFacts(input_min=-0.1, input_max=1.2)
    assert find_bad_range(history, False) is None


@pytest.mark.parametrize(
    "facts",
    [
        DataFacts(predictable_share=-1.0),
        DataFacts(pair_correlation=0.1, predictable_share=0.9),
        DataFacts(pair_shift_spread=1.0, pair_correlation=0.95, predictable_share=0.94),
    ],
    ids=["other pictures", "no correlation", "shifts that differ"],
)
def test_pairs_that_do_not_belong_together_are_found(history, facts):
    history.data = facts
    assert find_misaligned_pairs(history, False).action is Action.CHECK_PAIRS
    assert find_no_detail(history, False) is None


@pytest.mark.parametrize("facts", [DataFacts(flat_share=1.0), DataFacts(predictable_share=0.2, pair_correlation=1.0)])
def test_flat_pictures_and_noise_hold_no_detail(history, facts):
    history.data = facts
    assert find_no_detail(history, False).action is Action.LEAVE_OUT_FILES
    assert find_misaligned_pairs(history, False) is None


@pytest.mark.parametrize(("bicubic_db", "find"), [(8.8, find_misaligned_pairs), (11.8, find_no_detail)])
def test_without_facts_bicubic_shows_what_the_pictures_are(history, bicubic_db, find):
    history.checks.bicubic_db = bicubic_db
    history.add_probe(probe_of(HE, target_std=0.29))
    assert [rule for rule in ALL if rule(history, False)] == [find]


def test_without_facts_pale_photographs_are_not_taken_for_noise(history):
    history.checks.bicubic_db = 26.0
    history.add_probe(probe_of(HE, target_std=0.05))
    assert [find(history, False) for find in ALL] == [None] * 4


def test_flat_targets_say_nothing_about_bicubic(history):
    history.checks.bicubic_db = 8.8
    history.add_probe(probe_of(HE, target_std=0.0))
    assert find_misaligned_pairs(history, False) is None


@pytest.mark.parametrize(
    ("pictures", "pixels", "is_found"),
    [(1, 4_096, True), (1, 1_000_000, False), (2, 900_000, True), (20, 900_000, False), (40, 400_000, True)],
)
def test_less_than_a_megapixel_is_too_little_and_half_of_it_from_many_pictures(history, pictures, pixels, is_found):
    history.data = DataFacts(pictures=pictures, pixels=pixels)
    assert (find_too_little_data(history, False) is not None) == is_found


def test_where_soft_ramps_lie_nobody_can_tell(history):
    history.data = replace(GOOD, flat_share=1.0, pair_shift_spread=9.0)
    assert find_misaligned_pairs(history, False) is None
    assert find_no_detail(history, False) is not None


PHOTO = PictureFacts(10_000, True, 0.0, 1.0, 0.1, 0.05, 0.001, 0.99, (0.0, 0.0))


def naming(facts, cause, *names):
    return replace(facts, concerned={cause: names})


@pytest.mark.parametrize(
    ("facts", "find", "cause", "otherwise"),
    [
        (replace(GOOD, pair_correlation=0.1), find_misaligned_pairs, Cause.MISALIGNED_PAIRS, Action.CHECK_PAIRS),
        (replace(GOOD, input_max=255.0), find_bad_range, Cause.BAD_RANGE, Action.CORRECT_RANGE),
    ],
)
def test_a_few_bad_pictures_among_many_are_left_out_and_of_many_all_are_to_be_seen_to(
    history, facts, find, cause, otherwise
):
    history.data = naming(replace(facts, pictures=5, held_out=1), cause, "a.png", "b.png", "c.png")
    assert find(history, False).action is Action.LEAVE_OUT_FILES
    assert find(history, False).files == ("a.png", "b.png", "c.png")
    history.data = naming(replace(facts, pictures=4, held_out=1), cause, "a.png", "b.png", "c.png")
    assert find(history, False).action is otherwise
    history.data = facts
    assert find(history, False).action is otherwise
    assert find(history, False).files == ()


def test_no_files_are_named_where_too_few_would_be_left(history):
    history.data = naming(DataFacts(flat_share=1.0, pictures=2, held_out=1), Cause.NO_DETAIL, "a.png", "b.png")
    assert find_no_detail(history, False).files == ()
    history.data = naming(DataFacts(flat_share=1.0, pictures=3, held_out=1), Cause.NO_DETAIL, "a.png", "b.png")
    assert find_no_detail(history, False).files == ("a.png", "b.png")


def test_pictures_that_are_left_out_already_leave_no_fewer(history):
    history.data = naming(DataFacts(pictures=1, held_out=1, non_finite=3), Cause.NON_FINITE, "a.tif", "b.tif", "c.tif")
    assert concerned(history, Cause.NON_FINITE) == ("a.tif", "b.tif", "c.tif")


@pytest.mark.parametrize(
    ("bad", "sample", "cause"),
    [
        (replace(PHOTO, correlation=0.1), replace(GOOD, pair_correlation=0.3), Cause.MISALIGNED_PAIRS),
        (replace(PHOTO, error=0.1), replace(GOOD, predictable_share=-0.5), Cause.MISALIGNED_PAIRS),
        (replace(PHOTO, shift=(2.0, 0.0)), replace(GOOD, pair_shift_spread=1.0), Cause.MISALIGNED_PAIRS),
        (replace(PHOTO, flat_share=1.0), replace(GOOD, flat_share=0.96), Cause.NO_DETAIL),
        (replace(PHOTO, error=0.04), replace(GOOD, predictable_share=0.4), Cause.NO_DETAIL),
    ],
    ids=["no correlation", "another picture", "shifted", "flat", "noise"],
)
def test_the_pictures_that_show_what_the_sample_shows_are_named_and_no_others(bad, sample, cause):
    facts = {f"{number}.png": PHOTO for number in range(4)} | {"bad.png": bad}
    assert suspects(facts, sample) == {cause: ["bad.png"]}
    assert suspects(facts, GOOD) == {}


def test_one_wrong_pair_that_makes_all_look_without_detail_is_told_as_what_it_is(history):
    sample = replace(GOOD, pictures=5, held_out=1, predictable_share=0.3)
    facts = {f"{number}.png": PHOTO for number in range(4)} | {"bad.png": replace(PHOTO, correlation=0.1, error=0.1)}
    names = suspects(facts, sample)
    assert names == {Cause.MISALIGNED_PAIRS: ["bad.png"]}
    history.data = replace(sample, concerned={cause: tuple(files) for cause, files in names.items()})
    assert find_misaligned_pairs(history, False).files == ("bad.png",)
    assert find_misaligned_pairs(history, False).action is Action.LEAVE_OUT_FILES
    assert find_no_detail(history, False) is None
