import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from sr_desktop.imaging.colour import (
    SampleRange,
    extend_colour_under_alpha,
    from_floats,
    join,
    luma,
    parted,
    studio_luma,
    to_floats,
)
from sr_desktop.imaging.raster import Metadata, Raster, Samples

shapes = st.tuples(st.integers(1, 9), st.integers(1, 9), st.integers(1, 4))
whole_numbers = st.one_of(arrays.arrays(np.uint8, shapes), arrays.arrays(np.uint16, shapes))
SETTINGS = settings(max_examples=60, deadline=None)


@SETTINGS
@given(whole_numbers)
def test_whole_numbers_survive_the_way_to_floats_and_back(samples: Samples) -> None:
    raster = Raster(samples, Metadata(icc=b"profile"), "PNG")
    floats = to_floats(raster)
    assert floats.dtype == np.float32
    assert floats.min() >= 0
    assert floats.max() <= 1
    back = from_floats(floats, raster)
    np.testing.assert_array_equal(back.samples, samples)
    assert (back.metadata, back.format) == (raster.metadata, raster.format)


@SETTINGS
@given(arrays.arrays(np.float32, shapes, elements=st.floats(-1e4, 1e4, width=32)))
def test_float_pictures_outside_zero_to_one_keep_their_range(samples: Samples) -> None:
    raster = Raster(samples)
    floats = to_floats(raster)
    assert floats.min() >= 0
    assert floats.max() <= 1 + 1e-6
    span = max(1.0, float(samples.max())) - min(0.0, float(samples.min()))
    np.testing.assert_allclose(from_floats(floats, raster).samples, samples, atol=span * 1e-6)


def test_some_rows_are_the_same_as_in_the_whole_even_in_a_float_picture() -> None:
    raster = Raster(np.linspace(-3, 8, 60, dtype=np.float32).reshape(10, 6, 1))
    np.testing.assert_array_equal(to_floats(raster, slice(4, 6)), to_floats(raster)[4:6])


def test_samples_that_are_no_number_become_finite() -> None:
    raster = Raster(np.array([[[np.nan], [np.inf], [-np.inf], [0.5]]], np.float32))
    assert to_floats(raster).ravel().tolist() == [0, 1, 0, 0.5]


def test_half_a_level_is_rounded_up_and_overshoot_clipped() -> None:
    like = Raster(np.zeros((1, 4, 1), np.uint8))
    floats = np.array([[[0.5 / 255], [2.5 / 255], [1.2], [-0.3]]], np.float32)
    assert from_floats(floats, like).samples.ravel().tolist() == [1, 3, 255, 0]


def test_luma_of_grey_is_the_grey_itself() -> None:
    grey = np.linspace(0, 1, 256, dtype=np.float32).reshape(16, 16, 1)
    np.testing.assert_array_equal(luma(grey), grey[:, :, 0])
    np.testing.assert_allclose(luma(np.repeat(grey, 3, axis=2)), grey[:, :, 0], atol=1e-6)


def test_alpha_takes_no_part_in_luma() -> None:
    rgb = np.random.default_rng(0).random((5, 4, 3), dtype=np.float32)
    rgba = np.dstack([rgb, np.zeros((5, 4, 1), np.float32)])
    np.testing.assert_allclose(luma(rgba), luma(rgb), atol=1e-7)
    np.testing.assert_allclose(luma(rgb), rgb @ [0.299, 0.587, 0.114], atol=1e-6)
    np.testing.assert_array_equal(luma(rgba[:, :, 2:]), rgb[:, :, 2])


@SETTINGS
@given(whole_numbers | arrays.arrays(np.float32, shapes, elements=st.floats(-2, 2, width=32)))
def test_a_picture_parted_into_luma_and_differences_is_joined_again(samples: Samples) -> None:
    raster = Raster(samples)
    known = SampleRange.of(raster)
    own, others = parted(samples, known)
    assert len(others) == samples.shape[2] - 1
    floats = extend_colour_under_alpha(to_floats(raster)) if raster.has_alpha else to_floats(raster)
    np.testing.assert_allclose(own, luma(floats), atol=1e-6)
    exact = known.low + floats * np.float64(known.high - known.low)
    # Whole numbers are the nearest ones; a colour made up under transparency may lie in the middle between two.
    rounding = 2e-6 if raster.bits == 32 else 0.5 + known.high * 1e-6
    out = np.empty_like(samples)
    join(own, others, known, out)
    assert np.abs(out - exact).max() <= rounding


def test_another_luma_moves_all_colours_alike_and_leaves_alpha() -> None:
    floats = np.random.default_rng(5).random((6, 7, 4), dtype=np.float32) * 0.5 + 0.25
    known = SampleRange.of(Raster(floats))
    own, others = parted(floats, known)
    moved = np.empty_like(floats)
    join(own + np.float32(0.1), others, known, moved)
    np.testing.assert_allclose(moved, np.add(floats, [0.1, 0.1, 0.1, 0]), atol=1e-6)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_what_leaves_the_range_when_joined_is_clipped(dtype: type[np.generic]) -> None:
    like = Raster(np.zeros((1, 2, 3), dtype))
    own, others = np.array([[0.9, 0.1]], np.float32), [np.array([[0.3, -0.3]], np.float32)] * 2
    out = np.empty_like(like.samples)
    join(own, others, SampleRange.of(like), out)
    np.testing.assert_allclose(out[0, :, [0, 2]] / like.full_scale, [[1, 0], [1, 0]])


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_a_part_of_a_picture_is_filled_in_its_place_and_nothing_around_it(
    dtype: type[np.generic], channels: int
) -> None:
    picture = np.zeros((7, 9, channels), dtype)
    part = np.random.default_rng(2).integers(1, 200, (4, 3, channels)).astype(dtype)
    known = SampleRange.of(Raster(part))
    join(*parted(part, known), known, picture[2:6, 5:8])
    np.testing.assert_allclose(picture[2:6, 5:8], part, rtol=1e-5, atol=known.high * 1e-6)
    picture[2:6, 5:8] = 0
    assert not picture.any()


def test_studio_luma_runs_from_16_to_235() -> None:
    black_and_white = np.array([[[0, 0, 0], [255, 255, 255], [255, 0, 0]]], np.uint8)
    np.testing.assert_allclose(studio_luma(black_and_white), [[16, 235, 81.481]], atol=1e-3)


@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 1)])
def test_a_single_channel_is_scored_as_luma_itself(shape: tuple[int, ...]) -> None:
    np.testing.assert_array_equal(studio_luma(np.full(shape, 77, np.uint8)), np.full((2, 3), 77.0))


def disc(size: int = 41, radius: float = 12) -> NDArray[np.float32]:
    distance = np.hypot(*(np.indices((size, size)) - size // 2))
    alpha = np.clip(radius + 0.5 - distance, 0, 1).astype(np.float32)
    colour = np.where(alpha[:, :, None] > 0, np.float32([0.8, 0.4, 0.2]), 0).astype(np.float32)
    return np.dstack([colour, alpha])


def test_the_colour_of_a_disc_reaches_past_the_halo_of_the_network() -> None:
    extended = extend_colour_under_alpha(disc())
    distance = np.hypot(*(np.indices((41, 41)) - 20))
    near = distance < 12 + 9
    np.testing.assert_allclose(extended[near][:, :3], np.tile([[0.8, 0.4, 0.2]], (near.sum(), 1)), atol=1e-5)


def test_what_can_be_seen_is_not_touched() -> None:
    picture = disc()
    extended = extend_colour_under_alpha(picture)
    visible = picture[:, :, 3] > 0
    np.testing.assert_array_equal(extended[visible], picture[visible])
    np.testing.assert_array_equal(extended[:, :, 3], picture[:, :, 3])


def test_pixels_far_from_anything_visible_keep_what_they_held() -> None:
    picture = np.zeros((64, 64, 2), np.float32)
    picture[:, :, 0] = 0.5
    picture[0, 0] = 1
    assert extend_colour_under_alpha(picture)[63, 63, 0] == 0.5


@pytest.mark.parametrize("alpha", [0, 1])
def test_a_picture_that_is_all_opaque_or_all_hidden_stays(alpha: float) -> None:
    picture = np.dstack([np.random.default_rng(3).random((6, 6, 3)), np.full((6, 6, 1), alpha)]).astype(np.float32)
    np.testing.assert_array_equal(extend_colour_under_alpha(picture), picture)
