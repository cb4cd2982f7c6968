"""How weights change: losses, the learning rate over time, the optimiser, and the average that is kept."""

import math
from collections.abc import Sequence
from typing import assert_never

import torch
from torch import Tensor, nn

from sr_desktop.choices import Loss
from sr_desktop.runs.spec import RunSpec

CHARBONNIER_EPSILON = 1e-3
"""Lai et al., CVPR 2017 (LapSRN): below this a difference counts as its square, above as its size."""

LAST_SHARE = 1e-3
"""Where the cosine ends, as a share of the highest rate."""

EMA_EVERY = 4
"""Steps between two updates of the average; every step would cost more and change nothing."""


PSNR_KNEE = 3e-4
"""Mean squared error, of 35 dB, up to which a patch counts by that error and from which on by its logarithm. Without it
patches of even sky, which have hardly any error, would count most."""


def loss_of(kind: Loss, difference: Tensor) -> Tensor:
    """Return the mean `charbonnier`, `l1`, `mse` or `psnr` of an N×… difference.

    A score is the mean PSNR of pictures, so one decibel counts the same in each; to the mean squared error the pictures
    with the most texture count most. `psnr` is the mean over N of knee · ln(1 + MSE / knee), after the PSNR loss of Chen
    et al., ECCV 2022 (NAFNet), which has the logarithm alone.
    """
    match kind:
        case "charbonnier":
            return torch.sqrt(difference * difference + CHARBONNIER_EPSILON**2).mean()
        case "l1":
            return difference.abs().mean()
        case "mse":
            return (difference * difference).flatten(1).mean(1).mean()
        case "psnr":
            errors = (difference * difference).flatten(1).mean(1)
            return PSNR_KNEE * torch.log1p(errors / PSNR_KNEE).mean()
        case _:
            assert_never(kind)


def learning_rate(spec: RunSpec, step: int, fraction: float) -> float:
    """Return the rate of a step (from 1), when `fraction` (0 to 1) of the run lies behind it."""
    rise = min(1.0, step / spec.warm_up_steps) if spec.warm_up_steps else 1.0
    match spec.schedule:
        case "constant":
            return spec.learning_rate * rise
        case "cosine":
            fall = LAST_SHARE + (1 - LAST_SHARE) * 0.5 * (1 + math.cos(math.pi * min(1.0, fraction)))
            return spec.learning_rate * rise * fall
        case _:
            assert_never(spec.schedule)


def make_optimizer(spec: RunSpec, parameters: Sequence[nn.Parameter]) -> torch.optim.Optimizer:
    """Return the optimiser that the spec names; the fused forms take one call a step."""
    rate, decay = spec.learning_rate, spec.weight_decay
    match spec.optimizer:
        case "sgd":
            return torch.optim.SGD(parameters, rate, spec.momentum, weight_decay=decay, fused=True)
        case "adamw":
            return torch.optim.AdamW(parameters, rate, weight_decay=decay, fused=True)
        case "adam":
            return torch.optim.Adam(parameters, rate, fused=True)
        case _:
            assert_never(spec.optimizer)


class Average:
    """The exponential moving average of parameters: less noisy than any of them.

    Its decay grows from 0 as (1 + n) / (10 + n), so that it does not remember the random start.

    Args:
        parameters: What is averaged; not copied.
        decay: Per step; 0 keeps the latest values.
    """

    def __init__(self, parameters: Sequence[nn.Parameter], decay: float) -> None:
        self._parameters = parameters
        self._decay = decay**EMA_EVERY
        self.updates = 0
        self.values = [parameter.detach().clone() for parameter in parameters]

    @torch.no_grad()
    def update(self) -> None:
        """Take the parameters as they are now into the average."""
        self.updates += 1
        decay = min(self._decay, (1 + self.updates) / (10 + self.updates))
        torch._foreach_lerp_(self.values, [p.detach() for p in self._parameters], 1 - decay)

    @torch.no_grad()
    def swap(self) -> None:
        """Exchange the parameters and their average; once more brings both back."""
        for parameter, value in zip(self._parameters, self.values, strict=True):
            kept = parameter.detach().clone()
            parameter.copy_(value)
            value.copy_(kept)
