"""Degradation, cache and batches: what the network gets to see."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from sr_desktop.imaging import colour
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.resampling import shrink_like_matlab
from sr_desktop.runs.spec import RunSpec, parse_degradation
from sr_desktop.training.batches import Batches, _turned
from sr_desktop.training.dataset import Cache, CacheWriter, is_cached, parts
from sr_desktop.training.degradation import degrade
from sr_desktop.training.scan import Example
from tests.conftest import make_picture


def degraded(*kinds, seed=0):
    high = make_picture(width=64, height=48)
    return degrade(high, 2, [parse_degradation(kind) for kind in kinds], np.random.default_rng(seed))


def test_without_a_choice_the_low_picture_is_matlabs_bicubic():
    assert np.array_equal(degraded(), shrink_like_matlab(make_picture(width=64, height=48), 2))


def test_each_degradation_does_what_it_is_called():
    clean = degraded().astype(int)
    assert np.abs(np.diff(degraded("blur:1.5").astype(int), axis=1)).mean() < np.abs(np.diff(clean, axis=1)).mean()
    assert 3 < (degraded("noise:5") - clean).std() < 7
    worse, better = (np.abs(degraded(f"jpeg:{quality}") - clean).mean() for quality in (10, 95))
    assert 0 < better < worse


def test_degradations_are_drawn_anew_and_repeatably():
    assert np.array_equal(degraded("noise:5", seed=3), degraded("noise:5", seed=3))
    assert not np.array_equal(degraded("noise:5", seed=3), degraded("noise:5", seed=4))


def cached(tmp_path, rescale=False, count=3):
    spec = RunSpec("p", 2, "o", patch=8, rescale=rescale)
    writer = CacheWriter(tmp_path / "cache", spec, count)
    rasters = [Raster(make_picture(width=61, height=49, seed=seed)) for seed in range(count)]
    for raster in rasters:
        writer.add(Example(raster, None, tmp_path))
    assert not is_cached(tmp_path / "cache")
    return writer.finish(), rasters


def test_the_cache_holds_luma_of_both_sizes(tmp_path):
    cache, rasters = cached(tmp_path)
    assert len(cache.entries) == 3
    for entry, raster in zip(cache.entries, rasters, strict=True):
        assert (entry.height, entry.width) == (24, 30)
        luma = colour.luma(colour.to_floats(raster))[:48, :60]
        assert np.abs(cache.high(entry) / 255 - luma).max() <= 0.51 / 255
        low = colour.luma(colour.to_floats(Raster(shrink_like_matlab(raster.samples[:48, :60], 2))))
        assert np.abs(cache.low(entry) / 65535 - low).max() <= 0.51 / 65535


def test_smaller_copies_are_cached_where_a_patch_still_fits(tmp_path):
    cache, _ = cached(tmp_path, rescale=True, count=1)
    assert [(entry.height, entry.width) for entry in cache.entries] == [
        (24, 30),
        (21, 27),
        (19, 24),
        (17, 21),
        (14, 18),
    ]


def test_of_large_pictures_parts_are_kept(tmp_path):
    large = np.zeros((2000, 3000, 3), np.uint8)
    kept = parts(large, 1_000_000, np.random.default_rng(0))
    assert all(part.shape == (512, 512, 3) for part in kept)
    assert sum(part.shape[0] * part.shape[1] for part in kept) <= 1_000_000
    assert len(parts(large, 10**9, np.random.default_rng(0))) == 1


def test_a_batch_depends_on_seed_and_step_only(tmp_path):
    cache, _ = cached(tmp_path)
    batches = Batches(cache, batch=4, patch=8, seed=1)
    made = batches.after(5)
    for step in (6, 7, 8):
        low, high = next(made)
        again_low, again_high = Batches(Cache(tmp_path / "cache", 2), batch=4, patch=8, seed=1).make(step)
        assert torch.equal(low, again_low)
        assert torch.equal(high, again_high)
    made.close()
    assert not torch.equal(batches.make(6)[0], Batches(cache, batch=4, patch=8, seed=2).make(6)[0])


def test_low_and_high_patches_show_the_same_place(tmp_path):
    cache, _ = cached(tmp_path)
    low, high = Batches(cache, batch=32, patch=8, seed=0).make(1)
    assert (low.shape, high.shape) == ((32, 1, 8, 8), (32, 1, 16, 16))
    means = torch.nn.functional.avg_pool2d(high, 2)
    assert (means - low).abs().mean() < 0.03
    assert (means.flip(0) - low).abs().mean() > 0.05


@given(st.integers(0, 7))
def test_the_eight_turns_are_different_and_keep_every_sample(turn):
    square = np.arange(9, dtype=np.uint8).reshape(3, 3)
    turned = [_turned(square, number).tobytes() for number in range(8)]
    assert len(set(turned)) == 8
    assert sorted(turned[turn]) == list(range(9))


@pytest.mark.parametrize("bits", [np.uint16, np.float32])
def test_deep_pictures_are_learned_from_as_well(tmp_path, bits):
    eight = make_picture(width=40, height=40)
    deep = eight.astype(np.uint16) * 257 if bits is np.uint16 else (eight / 255).astype(np.float32)
    writer = CacheWriter(tmp_path / "cache", RunSpec("p", 2, "o", patch=8, rescale=False), 1)
    writer.add(Example(Raster(deep), None, tmp_path))
    cache = writer.finish()
    assert (
        np.abs(cache.high(cache.entries[0]).astype(int) - colour.luma(colour.to_floats(Raster(eight))) * 255).max() <= 1
    )
