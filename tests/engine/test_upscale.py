import itertools

import numpy as np
import pytest
import torch

from sr_desktop.engine import tiles
from sr_desktop.engine.model import Model
from sr_desktop.engine.targets import Factor, Height, Plan, Width, plan
from sr_desktop.engine.tiles import TileSize
from sr_desktop.engine.upscale import upscale
from sr_desktop.errors import DeviceError
from sr_desktop.imaging import colour, resampling
from sr_desktop.imaging.raster import Metadata, Raster
from sr_desktop.progress import run

TWICE = Factor(2)


def enlarged(raster, make, target=TWICE, scales=(2, 3, 4)):
    made = plan(target, scales, height=raster.height, width=raster.width)
    return run(upscale(raster, made, make))


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_tiled_output_equals_whole_picture(tiny_model, picture, monkeypatch, scale):
    raster = Raster(picture(width=101, height=75).astype(np.float32) / 255)
    whole = enlarged(raster, tiny_model, Factor(scale))
    monkeypatch.setattr(tiles, "CPU_TILE", TileSize(30, 26))
    tiled = enlarged(raster, tiny_model, Factor(scale))
    assert np.abs(tiled.samples - whole.samples).max() <= 1e-5


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_tiled_output_equals_whole_picture_at_best_quality(tiny_model, picture, monkeypatch, scale):
    def best(scale):
        once = tiny_model(scale)
        return Model(once._network, once.card, once.device, passes=8)

    raster = Raster(picture(width=101, height=75).astype(np.float32) / 255)
    whole = enlarged(raster, best, Factor(scale))
    monkeypatch.setattr(tiles, "CPU_TILE", TileSize(30, 26))
    tiled = enlarged(raster, best, Factor(scale))
    assert np.abs(tiled.samples - whole.samples).max() <= 1e-5


def test_tiled_output_with_alpha_equals_whole_picture(tiny_model, picture, monkeypatch):
    rows, columns = np.mgrid[0:75, 0:101]
    alpha = np.where(np.hypot(rows - 37, columns - 50) < 25, 255, 0).astype(np.uint8)
    raster = Raster(np.dstack([picture(width=101, height=75), alpha]))
    whole = enlarged(raster, tiny_model)
    monkeypatch.setattr(tiles, "CPU_TILE", TileSize(30, 26))
    assert np.abs(enlarged(raster, tiny_model).samples.astype(int) - whole.samples).max() <= 1


def test_luma_is_the_networks_and_colour_differences_are_bicubic(tiny_model, picture):
    raster = Raster(picture(width=20, height=16).astype(np.float32) / 255 * 0.5 + 0.25)
    result = enlarged(raster, tiny_model).samples
    floats = raster.samples
    bicubic = resampling.resize(floats, height=32, width=40)
    expected = bicubic + (tiny_model(2)(colour.luma(floats)) - colour.luma(bicubic))[..., None]
    assert np.allclose(result, expected.clip(0, 1), atol=1e-6)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_depth_channels_and_metadata_stay(tiny_model, picture, channels, dtype):
    eight = np.dstack([picture(width=12, height=9)] * 2)[..., :channels]
    samples = (
        (eight / 255).astype(np.float32)
        if dtype == np.float32
        else eight.astype(dtype) * (257 if dtype == np.uint16 else 1)
    )
    raster = Raster(samples, Metadata(icc=b"profile"), "TIFF")
    result = enlarged(raster, tiny_model)
    assert result.samples.shape == (18, 24, channels)
    assert result.samples.dtype == dtype
    assert (result.metadata, result.format) == (raster.metadata, "TIFF")


def test_sixteen_bits_are_really_computed(tiny_model):
    ramp = np.linspace(20000, 21000, 64).astype(np.uint16)
    raster = Raster(np.tile(ramp, (16, 1))[..., None])
    assert len(np.unique(enlarged(raster, tiny_model).samples)) > 256


def test_a_grey_picture_gives_the_same_as_its_rgb_twin(tiny_model, picture):
    grey = picture(width=30, height=22)[..., :1]
    as_grey = enlarged(Raster(grey), tiny_model).samples
    as_rgb = enlarged(Raster(np.repeat(grey, 3, axis=2)), tiny_model).samples
    assert np.abs(as_rgb.astype(int) - as_grey).max() <= 1


@pytest.mark.parametrize("target", [Width(50), Height(70), Width(20), Width(7)])
def test_a_target_size_is_met_exactly(tiny_model, picture, target):
    raster = Raster(picture(width=20, height=14))
    made = plan(target, (2, 3, 4), height=14, width=20)
    result = enlarged(raster, tiny_model, target)
    assert (result.height, result.width) == (made.height, made.width)
    assert result.bits == 8


def test_progress_counts_up_to_its_total_over_all_passes(tiny_model, picture, monkeypatch):
    monkeypatch.setattr(tiles, "CPU_TILE", TileSize(8, 8))
    raster = Raster(picture(width=20, height=14))
    seen = []
    run(upscale(raster, Plan((2, 2), 56, 80), tiny_model), seen.append)
    assert all(earlier.done < later.done for earlier, later in itertools.pairwise(seen))
    assert seen[-1].done == seen[-1].total


def test_a_closed_task_stops_between_tiles(tiny_model, picture, monkeypatch):
    monkeypatch.setattr(tiles, "CPU_TILE", TileSize(8, 8))
    calls = []
    compute = Model._compute
    monkeypatch.setattr(Model, "_compute", lambda self, luma: (calls.append(1), compute(self, luma))[1])
    task = upscale(Raster(picture(width=20, height=14)), Plan((2,), 28, 40), tiny_model)
    next(task)
    task.close()
    assert len(calls) == 1


def test_out_of_memory_halves_the_tile_and_goes_on(tiny_model, picture, monkeypatch):
    raster = Raster(picture(width=150, height=140))
    expected = enlarged(raster, tiny_model).samples
    compute = Model._compute

    def small_memory(self, luma):
        if luma.size > 60 * 60:
            raise torch.OutOfMemoryError("out of memory")
        return compute(self, luma)

    monkeypatch.setattr(Model, "_compute", small_memory)
    monkeypatch.setattr(torch.accelerator, "empty_cache", lambda: None)
    assert np.abs(enlarged(raster, tiny_model).samples.astype(int) - expected).max() <= 1


def test_memory_that_holds_nothing_is_a_sentence(tiny_model, picture, monkeypatch):
    def no_memory(self, luma):
        raise torch.OutOfMemoryError("out of memory")

    monkeypatch.setattr(Model, "_compute", no_memory)
    monkeypatch.setattr(torch.accelerator, "empty_cache", lambda: None)
    with pytest.raises(DeviceError, match="memory"):
        enlarged(Raster(picture(width=150, height=140)), tiny_model)
