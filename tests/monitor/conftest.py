"""Runs as the monitor remembers them, made from figures measured on real ones."""

from dataclasses import replace

import pytest

from sr_desktop.monitor.history import History, LayerProbe, Probe
from sr_desktop.monitor.losses import WINDOW

HE = {
    "activation_std": (0.31, 0.31, 0.25, 0.24, 0.20, 0.17, 0.15, 6.7e-3),
    "gradient_rms": (2.1e-4, 3.9e-4, 4.0e-4, 4.2e-4, 3.5e-4, 3.7e-4, 2.3e-4, 3.9e-2),
    "weight_rms": (0.28, 0.18, 0.14, 0.13, 0.13, 0.13, 0.38, 1e-3),
}
"""FSRCNN with He initialization, before step 1: all is well, though the output is nearly nothing."""

STUCK = {
    "activation_std": (1.1e-3, 6.3e-6, 3.8e-8, 2.7e-10, 1.7e-12, 1.1e-14, 2.5e-17, 1.1e-18),
    "gradient_rms": (9.5e-18, 1.2e-17, 8.8e-18, 9.4e-18, 7.7e-18, 8.0e-18, 1.5e-17, 6.4e-18),
    "weight_rms": (1e-3,) * 8,
}
"""The same with N(0, 0.001) in all layers."""


def probe_of(figures, step=0, output_std=6.7e-3, target_std=0.3, **others):
    rows = zip(figures["activation_std"], figures["gradient_rms"], figures["weight_rms"], strict=True)
    layers = tuple(
        LayerProbe(f"layer {place}", activation_rms=std, activation_std=std, gradient_rms=gradient, weight_rms=weight)
        for place, (std, gradient, weight) in enumerate(rows)
    )
    return Probe(step, layers, output_std=output_std, target_std=target_std, **others)


def with_dead(probe, place, share):
    layers = list(probe.layers)
    layers[place] = replace(layers[place], dead_share=share)
    return replace(probe, layers=tuple(layers))


@pytest.fixture
def history():
    return History()


def learn(history, means, noise=0.05):
    """Let the history see one window of losses for each of `means`."""
    for mean in means:
        for place in range(WINDOW):
            history.step += 1
            history.losses.add(history.step, mean * (1 + noise * (-1) ** place))


def score(history, scores, every=250):
    """Let the history see held-out scores, `every` steps apart, beginning after the last step it knows."""
    for value in scores:
        history.step += every
        history.checks.add(history.step, value)
