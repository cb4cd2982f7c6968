from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sr_desktop.imaging.resampling import (
    crop_to_multiple,
    enlarge,
    matlab_bicubic,
    resize,
    resize_part,
    shrink_like_matlab,
)

SETTINGS = settings(max_examples=40, deadline=None)
sides = st.integers(1, 40)


def noise(height: int, width: int, channels: int = 3, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).random((height, width, channels), dtype=np.float32)


@pytest.mark.slow
@pytest.mark.parametrize("scale", [2, 3, 4])
@pytest.mark.parametrize("name", ["Set5", "Set14"])
def test_shrinking_reproduces_every_sample_of_the_published_inputs(shared_data: Path, name: str, scale: int) -> None:
    for high_path in sorted((shared_data / "eval" / name / "HR").glob("*.png")):
        high = cv2.imread(str(high_path), cv2.IMREAD_UNCHANGED)
        low = cv2.imread(str(high_path.parents[1] / f"LRx{scale}" / high_path.name), cv2.IMREAD_UNCHANGED)
        np.testing.assert_array_equal(shrink_like_matlab(crop_to_multiple(high, scale), scale), low, high_path.name)


def test_matlab_bicubic_equals_weights_worked_out_by_hand() -> None:
    # Output sample 5 lies at 2.25, so that 100s are 0.75 and 1.75 away: 100 (0.2265625 - 0.0234375) = 20.3; sample 6
    # at 2.75: 100 (0.8671875 - 0.0703125) = 79.7; samples 7 and 8 see one 0 at 1.25 and 1.75; sample 4 is clipped.
    row = np.array([[0, 0, 0, 100, 100, 100]], np.uint8)
    result = matlab_bicubic(row, height=1, width=12)
    assert result.tolist() == [[0, 0, 0, 0, 0, 20, 80, 107, 102, 100, 100, 100]]


def test_rounding_is_half_up_after_each_pass() -> None:
    # The mean is 0.5, which half to even would make 0.
    image = np.array([[0, 1], [0, 1]], np.uint8)
    assert matlab_bicubic(image, height=1, width=1).tolist() == [[1]]


def test_a_side_that_is_no_multiple_is_refused() -> None:
    with pytest.raises(ValueError, match="multiple"):
        shrink_like_matlab(np.zeros((5, 4), np.uint8), 2)


@SETTINGS
@given(sides, sides, st.integers(1, 4))
def test_enlarging_equals_the_plain_resampler(height: int, width: int, factor: int) -> None:
    plane = noise(height, width)[:, :, 0].copy()
    plain = resize(plane, height=height * factor, width=width * factor)
    np.testing.assert_allclose(enlarge(plane, factor), plain, atol=2e-6)


@SETTINGS
@given(st.integers(6, 400), st.integers(2, 4), st.data())
def test_a_strip_with_two_rows_around_it_equals_the_whole(height: int, factor: int, data: st.DataObject) -> None:
    plane = noise(height, 9)[:, :, 1].copy()
    start = data.draw(st.integers(0, height - 1))
    stop = data.draw(st.integers(start + 1, height))
    above, below = min(2, start), min(2, height - stop)
    part = enlarge(plane[start - above : stop + below], factor)
    inner = part[above * factor : (above + stop - start) * factor]
    np.testing.assert_allclose(inner, enlarge(plane, factor)[start * factor : stop * factor], atol=2e-6)


@SETTINGS
@given(sides, sides, sides, sides)
def test_a_flat_picture_stays_flat_at_any_size(height: int, width: int, new_height: int, new_width: int) -> None:
    image = np.full((height, width, 2), 0.25, np.float32)
    result = resize(image, height=new_height, width=new_width)
    assert result.shape == (new_height, new_width, 2)
    np.testing.assert_allclose(result, 0.25, atol=1e-6)


@SETTINGS
@given(sides, sides, sides, sides)
def test_the_float_resampler_agrees_with_the_rounded_one(h: int, w: int, new_h: int, new_w: int) -> None:
    image = np.random.default_rng(h * w).integers(64, 192, (h, w), dtype=np.uint8)
    rounded = matlab_bicubic(image, height=new_h, width=new_w).astype(np.float32)
    exact = resize(image.astype(np.float32), height=new_h, width=new_w)
    assert np.abs(rounded - exact).max() < 1.3  # half a level from each pass, the first widened by the kernel


def test_grey_without_a_channel_axis_keeps_its_shape() -> None:
    assert resize(noise(50, 60)[:, :, 0], height=15, width=18).shape == (15, 18)


@given(
    factors=st.tuples(st.floats(0.5, 4.5), st.floats(0.5, 4.5)),
    channels=st.sampled_from([1, 3, 4]),
    corner=st.tuples(st.integers(0, 8), st.integers(0, 8)),
)
def test_a_part_equals_that_part_of_the_whole(factors, channels, corner):
    image = np.random.default_rng(1).integers(0, 256, (20, 24, channels), np.uint8)
    height, width = round(20 * factors[0]), round(24 * factors[1])
    whole = resize(image.astype(np.float32), height=height, width=width)
    rows, columns = range(corner[0], height), range(corner[1], width)
    part = resize_part(image, vertical=height / 20, horizontal=width / 24, rows=rows, columns=columns)
    expected = np.clip(whole[corner[0] :, corner[1] :].reshape(part.shape), 0, 255)
    assert np.abs(part - expected).max() <= 0.501
