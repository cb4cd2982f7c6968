"""The network alone, luma in and luma out: our tiles against the plain torch module and against bicubic."""

from collections.abc import Iterator
from functools import partial

import cv2
import numpy as np
import torch

from sr_desktop.cli import options
from sr_desktop.cli.benchmarks.pictures import photograph
from sr_desktop.cli.benchmarks.timing import REFERENCE, Row, Settings, Subject, alternate
from sr_desktop.engine import tiles, weights
from sr_desktop.engine.model import Model, open_model
from sr_desktop.engine.network import FSRCNN
from sr_desktop.imaging import colour
from sr_desktop.imaging.raster import Floats, Raster

SIZES = {2: (960, 540), 3: (640, 360), 4: (480, 270)}
"""Width and height by scale: all become 1920×1080."""


def rows(settings: Settings) -> Iterator[Row]:
    """Give a row for each scale and subject."""
    for scale, (width, height) in SIZES.items():
        path = options.model_entry(None, scale).path
        model = open_model(path, settings.device, settings.precision)
        plain = weights.load(path)[0].to(model.device.torch_device, model.device.dtype)
        low = colour.luma(colour.to_floats(Raster(photograph(width=width, height=height))))
        subjects = [
            Subject(REFERENCE, partial(tiled, model, low)),
            Subject("torch-plain", partial(whole, plain, low)),
            Subject("opencv-bicubic", partial(_bicubic, low, scale)),
        ]
        where = f" {model.device.kind}" if model.device.is_accelerator else ""
        task = f"x{scale} {width}x{height} {model.device.precision}{where}"
        ours, *others = alternate(task, subjects, settings)
        difference = float(np.abs(tiled(model, low) - whole(plain, low)).max())
        yield ours.having(max_difference=difference)
        yield from others


def tiled(model: Model, low: Floats) -> Floats:
    """Return the larger luma as the engine computes it: tile by tile."""
    height, width = low.shape
    size = tiles.ACCELERATOR_TILE if model.device.is_accelerator else tiles.CPU_TILE
    out = np.empty((height * model.scale, width * model.scale), np.float32)
    for tile in tiles.Grid(height, width, model.shape.halo).tiles(size):
        high = model(low[tile.padded.rows, tile.padded.columns])
        target, inner = tile.core.scaled(model.scale), tile.core.within(tile.padded).scaled(model.scale)
        out[target.rows, target.columns] = high[inner.rows, inner.columns]
    return out


@torch.inference_mode()
def whole(network: FSRCNN, low: Floats) -> Floats:
    """Return the larger luma as the usual code computes it: the plain module on the whole picture."""
    weight = network.deconvolution.weight
    high: Floats = (
        network(torch.from_numpy(low)[None, None].to(weight.device, weight.dtype))[0, 0].float().cpu().numpy()
    )
    return high


def _bicubic(low: Floats, scale: int) -> Floats:
    return np.asarray(cv2.resize(low, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.float32)
