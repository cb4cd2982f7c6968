"""Trouble that a look inside the network shows: no gradient, dead channels, an output without a picture."""

import math

from sr_desktop.monitor.history import History, LayerProbe, Probe
from sr_desktop.runs.notices import Action, Cause, Finding, Severity

STUCK_SIGNAL = 0.1
"""What is left of the signal's spread after one layer, in a network whose gradient vanishes: 0.006 with N(0, 0.001),
0.9 with He initialization."""

STUCK_GRADIENT = 1e-6
"""Largest gradient over weight in all but the last two layers: 1e-8 to 1e-14 with N(0, 0.001), about 1e-3 with He initialization."""

STUCK_STD = 0.005
"""Deviation of all layers at which less than a tenth of the signal passes the widest of them: 12 channels of 3×3."""

ESCAPE_STEP = 500
"""Adam makes steps of full size from gradients of any size; it leaves such a start within a few hundred steps."""

DEAD_SHARE, LIVING_SIGNAL = 0.5, 0.01
"""Share of a layer's channels that give one value; and spread of the weakest layer over that of the first when all is well."""

CONSTANT = 0.02
"""Output spread over target spread below which a picture can't be seen in the output."""

CONSTANT_FROM_STEP = 500
"""Networks begin near zero; by now the healthy ones have left it."""

STILL_CHECKS, STILL_DB = 3, 0.1
"""So many scores in the last two thirds of a run that differ by no more than this stand still."""

UNSEEN_DB, BELOW_BICUBIC_DB = 18.0, 3.0
"""Even grey scores 11 to 17 dB, the hardest pictures at scale 4 more than 20; and no healthy network stays this far below
bicubic."""


def find_vanishing_gradient(history: History, is_open: bool) -> Finding | None:
    """Return `vanishing_gradient` if neither signal nor gradient passes through the hidden layers.

    The level of the loss proves nothing: a healthy FSRCNN also begins near zero, because its last layer does.
    """
    probe = history.probe
    if probe is None:
        return _vanishing_by_plan(history)
    if len(probe.layers) < 3:
        return None
    hidden = probe.layers[:-1]
    spreads = [_spread(layer) for layer in hidden]
    if not spreads[0] > 0:
        return None  # dead from the first layer on
    passed = (spreads[-1] / spreads[0]) ** (1 / (len(hidden) - 1))
    pull = max(
        (layer.gradient_rms / layer.weight_rms for layer in hidden[:-1] if layer.weight_rms > 0), default=math.nan
    )
    if not (passed < STUCK_SIGNAL and pull < STUCK_GRADIENT):
        return None
    evidence = {
        "signal_kept_per_layer": passed,
        "first_gradient": hidden[0].gradient_rms,
        "gradient_over_weight": pull,
        "output_spread": probe.output_std,
        "target_spread": probe.target_std,
    }
    adaptive = history.setup.optimizer.startswith("adam")
    severity = Severity.INFO if adaptive and probe.step < ESCAPE_STEP else Severity.WARNING
    return Finding(Cause.VANISHING_GRADIENT, severity, Action.USE_HE_INITIALIZATION, evidence)


def _vanishing_by_plan(history: History) -> Finding | None:
    """Return what the settings say of a run that learns though nobody has looked: SGD never leaves a start as small as this."""
    setup = history.setup
    std = setup.start_std
    if (
        history.losses.first is None
        or std is None
        or not setup.from_scratch
        or std >= STUCK_STD
        or not setup.optimizer.startswith("sgd")
    ):
        return None
    evidence = {"deviation_at_start": std}
    return Finding(Cause.VANISHING_GRADIENT, Severity.WARNING, Action.USE_HE_INITIALIZATION, evidence)


def find_dead_activations(history: History, is_open: bool) -> Finding | None:
    """Return `dead_activations` if half of a hidden layer gives one value whatever the picture.

    It is over only when some of the signal passes again: what the edges of a patch leave of it is not one value either.
    """
    probe = history.probe
    hidden = probe.layers[:-1] if probe is not None else ()
    if not hidden:
        return None
    worst = max(hidden, key=lambda layer: layer.dead_share)
    faint = is_open and min(_spread(layer) for layer in hidden) < LIVING_SIGNAL * _spread(hidden[0])
    if worst.dead_share < DEAD_SHARE and not faint:
        return None
    severity = Severity.ERROR if worst.dead_share == 1 else Severity.WARNING
    evidence = {"dead_share": worst.dead_share, "layer": 1.0 + hidden.index(worst)}
    return Finding(Cause.DEAD_ACTIVATIONS, severity, Action.USE_HE_INITIALIZATION, evidence)


def find_constant_output(history: History, is_open: bool) -> Finding | None:
    """Return `constant_output` if nothing of the picture is seen in the output any more, or still not."""
    probe = history.probe
    if probe is None:
        return _stands_still_unseen(history)
    if probe.step < CONSTANT_FROM_STEP or not output_ratio(probe) < CONSTANT:
        return None
    evidence = {"output_spread": probe.output_std, "target_spread": probe.target_std}
    return Finding(Cause.CONSTANT_OUTPUT, Severity.WARNING, Action.USE_HE_INITIALIZATION, evidence)


def _stands_still_unseen(history: History) -> Finding | None:
    """Return what the scores of a log say into which nobody looked: they stand still where no picture can be seen."""
    checks = [item for item in history.checks.items if 3 * item.step >= history.step]
    if history.step < CONSTANT_FROM_STEP or len(checks) < STILL_CHECKS:
        return None
    scores, bicubic = [item.psnr_db for item in checks], history.checks.bicubic_db
    if max(scores) - min(scores) > STILL_DB or max(scores) > (
        UNSEEN_DB if bicubic is None else bicubic - BELOW_BICUBIC_DB
    ):
        return None
    evidence = {"psnr_db": scores[-1], "change_db": max(scores) - min(scores), "checks": len(scores)}
    return Finding(Cause.CONSTANT_OUTPUT, Severity.WARNING, Action.USE_HE_INITIALIZATION, evidence)


def _spread(layer: LayerProbe) -> float:
    return layer.activation_rms if math.isnan(layer.activation_std) else layer.activation_std


def output_ratio(probe: Probe | None) -> float:
    """Return output spread over target spread; NaN if unknown or the targets are flat."""
    return probe.output_std / probe.target_std if probe is not None and probe.target_std > 1e-4 else math.nan
