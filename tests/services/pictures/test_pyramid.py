import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageCms

from sr_desktop.imaging.raster import Metadata, Raster
from sr_desktop.progress import run
from sr_desktop.services.pictures import pyramid
from sr_desktop.services.pictures.pyramid import SMALLEST_SIDE, build


def raster(samples, icc=None):
    return Raster(np.asarray(samples), Metadata(icc=icc))


@given(st.integers(1, 700), st.integers(1, 700), st.sampled_from([1, 3]))
def test_each_level_is_half_the_one_before_until_it_is_small(height, width, channels):
    levels = run(build(raster(np.zeros((height, width, channels), np.uint8)))).levels
    assert levels[0].shape == (height, width, channels)
    for larger, smaller in itertools.pairwise(levels):
        assert smaller.shape == (-(-larger.shape[0] // 2), -(-larger.shape[1] // 2), channels)
        assert max(larger.shape) > SMALLEST_SIDE
    assert max(levels[-1].shape[:2]) <= SMALLEST_SIDE


def test_levels_are_averages(monkeypatch):
    monkeypatch.setattr(pyramid, "_STRIP_PIXELS", 1000)  # several strips
    samples = np.random.default_rng(0).integers(0, 256, (200, 300, 3), np.uint8)
    half = run(build(raster(samples))).levels[1]
    expected = samples.reshape(100, 2, 150, 2, 3).mean(axis=(1, 3))
    assert np.abs(half - expected).max() <= 1


def test_an_ordinary_picture_shares_its_samples():
    picture = raster(np.zeros((20, 30, 3), np.uint8))
    assert np.shares_memory(run(build(picture)).levels[0], picture.samples)


@pytest.mark.parametrize(
    ("samples", "shown"),
    [
        (np.array([[[0], [32768], [65535]]], np.uint16), [0, 128, 255]),
        (np.array([[[0.0], [0.5], [1.0]]], np.float32), [0, 128, 255]),
    ],
)
def test_deep_samples_are_shown_in_eight_bits(samples, shown):
    assert run(build(raster(samples))).levels[0].ravel().tolist() == shown


def test_colour_is_multiplied_by_alpha_so_that_it_can_be_averaged():
    samples = np.array([[[200, 100, 50, 255], [200, 100, 50, 0], [200, 100, 50, 128]]], np.uint8)
    level = run(build(raster(samples))).levels[0]
    assert level[0, 0].tolist() == [200, 100, 50, 255]
    assert level[0, 1].tolist() == [0, 0, 0, 0]
    assert np.abs(level[0, 2].astype(int) - [100, 50, 25, 128]).max() <= 1


def test_grey_with_alpha_becomes_colour_with_alpha():
    level = run(build(raster(np.array([[[200, 255]]], np.uint8)))).levels[0]
    assert level.tolist() == [[[200, 200, 200, 255]]]


def test_an_srgb_profile_changes_nothing_and_is_named():
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    picture = raster(np.full((4, 4, 3), 100, np.uint8), icc)
    shown = run(build(picture))
    assert "sRGB" in shown.profile
    assert np.shares_memory(shown.levels[0], picture.samples)


def swapped_profile():
    """An sRGB profile whose red and blue primaries are exchanged: easy to see whether it was used."""
    icc = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    count = int.from_bytes(icc[128:132], "big")
    for number in range(count):
        at = 132 + 12 * number
        name = bytes(icc[at : at + 4])
        if name in (b"rXYZ", b"bXYZ"):
            icc[at : at + 4] = b"bXYZ" if name == b"rXYZ" else b"rXYZ"
    return bytes(icc).replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


@pytest.mark.parametrize("alpha", [False, True])
def test_a_profile_is_used_on_the_way_to_the_screen(alpha):
    samples = np.zeros((4, 4, 4 if alpha else 3), np.uint8)
    samples[..., 0] = 255
    samples[..., 3:] = 255
    shown = run(build(raster(samples, swapped_profile())))
    assert "swap" in shown.profile
    assert shown.levels[0][0, 0, :3].tolist() == [0, 0, 255]


def test_a_profile_for_other_samples_or_a_broken_one_is_named_and_not_used():
    grey = raster(np.full((4, 4, 1), 100, np.uint8), swapped_profile())
    assert "not shown" in run(build(grey)).profile
    broken = raster(np.full((4, 4, 3), 100, np.uint8), b"junk" * 50)
    assert "can't be read" in run(build(broken)).profile


def test_the_thumbnail_is_large_enough_and_no_larger_than_needed():
    thumbnail = run(build(raster(np.zeros((1000, 3000, 3), np.uint8)))).thumbnail
    assert SMALLEST_SIDE <= max(thumbnail.shape[:2]) < 2 * SMALLEST_SIDE
    assert run(build(raster(np.zeros((5, 9, 3), np.uint8)))).thumbnail.shape == (5, 9, 3)
