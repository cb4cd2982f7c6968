"""Two short experiments that tell a broken network from pictures that can't be learned, once something looks wrong.

The first convolution wired straight to the deconvolution learns from a start at which the whole network does not: if this
shallow bypass learns and the network does not, the network is at fault; if neither does, the pictures or the rate are.
And a sound network can learn one batch by heart. Both are copies, trained as the run is, at its full rate.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any

from torch import Tensor, nn

from sr_desktop.choices import Loss
from sr_desktop.engine.network import FSRCNN
from sr_desktop.runs.notices import Cause, Notice, Severity
from sr_desktop.runs.spec import RunSpec
from sr_desktop.training.batches import Batches
from sr_desktop.training.optimization import loss_of, make_optimizer

STEPS = 200
"""Of each experiment: with the usual rates the bypass has learned by then."""

PATCHES = 4
"""Of each batch: enough to tell, and both experiments then take as long as about 170 steps of the run, once in a run."""

WORST = 1e6
"""What counts for a loss that is this many times worse than grey, or not finite."""

LAST = 10
"""The mean over so many steps at the end counts: single batches differ."""

TOLD_APART = frozenset(
    {Cause.VANISHING_GRADIENT, Cause.CONSTANT_OUTPUT, Cause.DEAD_ACTIVATIONS, Cause.LEARNING_RATE_TOO_LOW}
    | {Cause.NO_DETAIL, Cause.MISALIGNED_PAIRS}
)
"""Causes where it is worth knowing which of the two it is."""

StopAsked = Callable[[], bool]


def is_due(notices: Iterable[Notice]) -> bool:
    """Tell whether something looks wrong, as far as is known, that the experiments were not made for yet."""
    open_ones = [item for item in notices if item.severity is not Severity.INFO and item.over_at_step is None]
    made = any("overfit_loss_ratio" in item.evidence for item in notices)
    return not made and any(item.cause in TOLD_APART for item in open_ones)


def experiment(
    start: FSRCNN, now: FSRCNN, spec: RunSpec, batches: Batches, step: int, is_stop_asked: StopAsked
) -> dict[str, Any] | None:
    """Return the fields of an `experiment` event, or `None` if it was stopped.

    Each is a loss at the end over that of the even grey that fits best: about 1 if nothing of the picture was learned.

    Args:
        start: The network before step 1; changed.
        now: The network as it is; changed.
        spec: Complete.
        batches: Of the run.
        step: The run's step; its next batch is the one to learn by heart.
        is_stop_asked: Looked at between steps.
    """
    one = batches.make(step + 1)
    bypass = _learned(Bypass(start), spec, lambda number: batches.make(step + number), is_stop_asked)
    overfit = _learned(now, spec, lambda number: one, is_stop_asked)
    if bypass is None or overfit is None:
        return None
    return {"bypass_loss_ratio": bypass, "overfit_loss_ratio": overfit}


class Bypass(nn.Module):
    """The first convolution with its activation, then the deconvolution."""

    def __init__(self, network: FSRCNN) -> None:
        super().__init__()
        self.convolution, self.activation = network.layers()[0]
        self.deconvolution = network.deconvolution

    def forward(self, low: Tensor) -> Tensor:
        """Return N×1×(scale·H)×(scale·W) luma for N×1×H×W luma."""
        high: Tensor = self.deconvolution(self.activation(self.convolution(low)))
        return high


def _learned(
    network: nn.Module, spec: RunSpec, batch: Callable[[int], tuple[Tensor, Tensor]], is_stop_asked: StopAsked
) -> float | None:
    """Train a network and return its last losses over those of even grey."""
    optimizer = make_optimizer(spec, list(network.parameters()))
    # Of a logarithm no share of grey's would tell how much was learned.
    kind = "mse" if spec.loss == "psnr" else spec.loss
    losses = greys = 0.0
    for number in range(1, STEPS + 1):
        if is_stop_asked():
            return None
        low, high = (part[:PATCHES] for part in batch(number))
        loss = loss_of(kind, network(low) - high)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch's own
        optimizer.step()
        if number > STEPS - LAST:
            losses, greys = losses + float(loss.detach()), greys + _grey_loss(kind, high)
    return min(losses / greys, WORST) if greys > 0 and math.isfinite(losses) else WORST


def _grey_loss(kind: Loss, high: Tensor) -> float:
    grey = high.mean() if kind == "mse" else high.median()
    return float(loss_of(kind, grey - high))
