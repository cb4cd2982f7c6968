"""A look inside the network as one batch passes through it and back: sizes of signal and gradient, layer by layer.

The loss alone can't tell a network that will learn from one that never will; these figures can, before step 1. A look
never touches what is trained: it works on a copy of the weights and draws no random numbers of the run.
"""

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from sr_desktop.cards import NetworkShape
from sr_desktop.choices import Loss
from sr_desktop.engine.network import FSRCNN
from sr_desktop.monitor.history import DataFacts
from sr_desktop.monitor.picture_statistics import measure_pictures
from sr_desktop.training.dataset import BYTES_SCALE, WORDS_SCALE, Cache
from sr_desktop.training.optimization import loss_of

FIRST_LOOKS = (0, 100, 200, 500, 1_000, 2_000)
LOOK_EVERY = 5_000
"""Often while much is decided; a look takes as long as two steps (measured on a CPU), so afterwards 0.04 %."""

DEAD_STD = 1e-6
"""A channel whose deviation is no more than this share of its layer's size gives one value whatever the picture: the
rounding of 32-bit numbers is a tenth of it."""

SAMPLE_PAIRS = 24
"""Pairs of pictures that are measured before step 1."""


def next_look(step: int) -> int:
    """Return the first step after `step` at which to look."""
    early = [look for look in FIRST_LOOKS if look > step]
    return early[0] if early else (step // LOOK_EVERY + 1) * LOOK_EVERY


def look(weights: Mapping[str, Tensor], shape: NetworkShape, low: Tensor, high: Tensor, loss: Loss) -> dict[str, Any]:
    """Return the fields of a `probe` event; they are NaN where the weights are not finite.

    Args:
        weights: Of a plain `FSRCNN`.
        shape: Of the same.
        low: N×1×P×P luma, on the CPU.
        high: N×1×(scale·P)×(scale·P) luma.
        loss: Which loss the gradients are of, as in `RunSpec`.
    """
    network = copy_of(weights, shape)
    outputs: dict[str, Tensor] = {}
    layers = _named_layers(network)
    for name, (_, last) in layers.items():
        last.register_forward_hook(_keeper(outputs, name))
    with torch.enable_grad():
        output = network(low)
        loss_of(loss, output - high).backward()  # type: ignore[no-untyped-call]  # torch's own
    return {
        "layers": [_layer(name, weighted.weight, outputs[name]) for name, (weighted, _) in layers.items()],
        "output_std": _std(output.detach()),
        "target_std": _std(high),
        "input_min": float(low.min()),
        "input_max": float(low.max()),
    }


def measured(cache: Cache) -> DataFacts:
    """Return what a sample of the pictures in a cache shows."""
    count = len(cache.entries)
    places = np.unique(np.linspace(0, count - 1, min(count, SAMPLE_PAIRS)).round().astype(int))
    entries = [cache.entries[place] for place in places]
    pairs = ((cache.low(entry) / WORDS_SCALE, cache.high(entry) / BYTES_SCALE) for entry in entries)
    return measure_pictures(pairs, cache.scale)


def copy_of(weights: Mapping[str, Tensor], shape: NetworkShape) -> FSRCNN:
    """Return a network with copies of these weights, finite or not, on the CPU; no random number of the run is drawn."""
    with torch.random.fork_rng(devices=[]):  # a new network draws its start
        network = FSRCNN(shape)
    network.load_state_dict({name: tensor.detach().to("cpu", torch.float32) for name, tensor in weights.items()})
    return network


def _named_layers(network: FSRCNN) -> dict[str, tuple[nn.Conv2d | nn.ConvTranspose2d, nn.Module]]:
    """Return each layer with weights, and the module whose output leaves it, in order."""
    named: dict[str, tuple[nn.Conv2d | nn.ConvTranspose2d, nn.Module]] = {
        f"convolution {number}": pair for number, pair in enumerate(network.layers(), start=1)
    }
    return {**named, "deconvolution": (network.deconvolution, network.deconvolution)}


def _keeper(outputs: dict[str, Tensor], name: str) -> Callable[[nn.Module, Any, Tensor], None]:
    def keep(module: nn.Module, given: Any, output: Tensor) -> None:  # noqa: ANN401  # torch's own signature
        outputs[name] = output.detach()

    return keep


def _layer(name: str, weight: Tensor, output: Tensor) -> dict[str, Any]:
    """Return the figures of one layer; in 64 bits, where the squares of a vanished signal are still numbers."""
    output = output.double()
    spreads = output.var((0, 2, 3), correction=0)
    size = _rms(output)
    assert weight.grad is not None
    return {
        "name": name,
        "activation_rms": size,
        "activation_std": math.sqrt(float(spreads.mean())),
        "gradient_rms": _rms(weight.grad),
        "weight_rms": _rms(weight.detach()),
        "dead_share": float((spreads.sqrt() <= DEAD_STD * size).double().mean()),
    }


def _rms(tensor: Tensor) -> float:
    return math.sqrt(float(tensor.double().square().mean()))


def _std(tensor: Tensor) -> float:
    return float(tensor.double().std(correction=0))
