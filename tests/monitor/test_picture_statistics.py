import cv2
import numpy as np
import pytest

from sr_desktop.monitor.picture_statistics import measure_pictures


def scene(seed, size=256, softness=2.0):
    """Return smooth shapes with edges, on a ground that slopes."""
    noise = np.random.default_rng(seed)
    picture = np.tile(np.linspace(0.2, 0.6, size), (size, 1))
    for _ in range(40):
        row, column, radius = [*noise.integers(0, size, 2).tolist(), int(noise.integers(4, 40))]
        cv2.circle(picture, (row, column), radius, float(noise.uniform(0, 1)), -1)
    return cv2.GaussianBlur(picture, (0, 0), softness)


def small(high, scale=2):
    return cv2.resize(high, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)


@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("size", [240, 600])
def test_pairs_that_belong_together_look_like_it(scale, size):
    pictures = [scene(seed, size) for seed in range(4)]
    facts = measure_pictures([(small(high, scale), high) for high in pictures], scale)
    assert facts.predictable_share > 0.95
    assert facts.pair_correlation > 0.98
    assert facts.pair_shift_spread < 0.1
    assert 0 <= facts.input_min < facts.input_max <= 1
    assert (facts.pictures, facts.pixels, facts.non_finite) == (4, 4 * size**2, 0)


def test_pictures_of_other_things_do_not_belong_together():
    pictures = [scene(seed) for seed in range(4)]
    others = [pictures[-1], *pictures[:-1]]
    facts = measure_pictures([(small(low), high) for low, high in zip(pictures, others, strict=True)], 2)
    assert facts.predictable_share < -0.3
    assert facts.pair_correlation < 0.6


def test_shifts_that_differ_are_measured_and_one_shift_for_all_is_not_taken_for_them():
    pictures = [scene(seed) for seed in range(6)]
    shifts = [(0, 0), (2, -1), (-2, 1), (1, 3), (-3, 0), (0, -2)]
    moved = [(small(high), np.roll(high, shift, (0, 1))) for high, shift in zip(pictures, shifts, strict=True)]
    assert measure_pictures(moved, 2).pair_shift_spread > 1
    same = [(small(high), np.roll(high, (2, -1), (0, 1))) for high in pictures]
    assert measure_pictures(same, 2).pair_shift_spread < 0.1


def test_noise_can_not_be_predicted_though_it_is_aligned():
    noise = np.random.default_rng(0)
    pictures = [noise.uniform(0, 1, (128, 128)) for _ in range(4)]
    facts = measure_pictures([(small(high), high) for high in pictures], 2)
    assert facts.predictable_share < 0.4
    assert facts.pair_correlation > 0.98


def test_flat_pictures_are_flat_and_nothing_else_is_said_of_them():
    facts = measure_pictures([(np.full((32, 32), 0.3), np.full((64, 64), 0.3))] * 2, 2)
    assert facts.flat_share == 1
    assert (facts.predictable_share, facts.pair_correlation, facts.pair_shift_spread) == (None, None, None)


def test_pictures_smaller_than_a_patch_are_judged_whole():
    assert measure_pictures([(np.full((4, 4), 0.3), np.full((8, 8), 0.3))], 2).flat_share == 1


def test_values_out_of_range_and_not_finite_are_reported():
    high = scene(0)
    broken = small(high)
    broken[3, 4] = np.nan
    facts = measure_pictures([(255 * small(high), high), (broken, high)], 2)
    assert facts.input_max > 100
    assert (facts.pictures, facts.non_finite) == (2, 1)


def test_no_pictures_are_no_facts():
    facts = measure_pictures([], 2)
    assert (facts.pictures, facts.flat_share, facts.input_min) == (0, None, None)
