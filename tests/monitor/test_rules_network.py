import math
from dataclasses import replace

import pytest

from sr_desktop.monitor.history import LayerProbe, Probe, Setup
from sr_desktop.monitor.rules_network import (
    find_constant_output,
    find_dead_activations,
    find_vanishing_gradient,
    output_ratio,
)
from sr_desktop.runs.notices import Action, Severity
from tests.monitor.conftest import HE, STUCK, learn, probe_of, score, with_dead


def test_nothing_is_found_before_anything_was_looked_at(history):
    for find in (find_vanishing_gradient, find_dead_activations, find_constant_output):
        assert find(history, False) is None


def test_a_healthy_start_is_healthy_though_its_output_is_nearly_nothing(history):
    history.add_probe(probe_of(HE))
    for find in (find_vanishing_gradient, find_dead_activations, find_constant_output):
        assert find(history, False) is None


def test_the_stuck_start_is_named_before_the_first_step(history):
    history.setup = Setup(optimizer="sgd")
    history.add_probe(probe_of(STUCK, output_std=1e-18))
    finding = find_vanishing_gradient(history, False)
    assert (finding.severity, finding.action) == (Severity.WARNING, Action.USE_HE_INITIALIZATION)
    assert finding.evidence["first_gradient"] == 9.5e-18
    assert finding.evidence["signal_kept_per_layer"] == pytest.approx(0.0054, rel=0.1)


@pytest.mark.parametrize(("step", "severity"), [(0, Severity.INFO), (200, Severity.INFO), (500, Severity.WARNING)])
def test_adam_gets_time_to_escape(history, step, severity):
    history.setup = Setup(optimizer="adamw")
    history.add_probe(probe_of(STUCK, step=step))
    assert find_vanishing_gradient(history, False).severity is severity


def test_a_weak_signal_with_a_gradient_is_no_vanishing_gradient(history):
    history.add_probe(probe_of({**STUCK, "gradient_rms": HE["gradient_rms"]}))
    assert find_vanishing_gradient(history, False) is None


def test_a_small_gradient_with_a_signal_is_a_network_that_has_learned(history):
    history.add_probe(probe_of({**HE, "gradient_rms": (1e-9,) * 8}))
    assert find_vanishing_gradient(history, False) is None


def test_a_signal_is_measured_by_its_size_where_its_spread_is_not_known(history):
    probe = probe_of(STUCK)
    history.add_probe(replace(probe, layers=tuple(replace(layer, activation_std=math.nan) for layer in probe.layers)))
    assert find_vanishing_gradient(history, False) is not None


@pytest.mark.parametrize(
    "layers",
    [(), (LayerProbe("only"), LayerProbe("output")), tuple(LayerProbe(str(place)) for place in range(8))],
    ids=["none", "two", "without figures"],
)
def test_too_little_to_look_at_is_nothing_found(history, layers):
    history.add_probe(Probe(0, layers))
    assert find_vanishing_gradient(history, False) is None
    assert find_dead_activations(history, False) is None


def test_a_network_that_is_dead_from_the_first_layer_has_no_gradient_to_vanish(history):
    history.add_probe(probe_of({**STUCK, "activation_std": (0.0,) * 8}))
    assert find_vanishing_gradient(history, False) is None


@pytest.mark.parametrize(("share", "severity"), [(0.4, None), (0.5, Severity.WARNING), (1.0, Severity.ERROR)])
def test_dead_channels_are_told_by_their_share_in_the_worst_layer(history, share, severity):
    history.add_probe(with_dead(probe_of(HE), 3, share))
    finding = find_dead_activations(history, False)
    assert (finding.severity if finding else None) == severity
    assert finding is None or finding.evidence["layer"] == 4


def test_dead_channels_are_over_only_when_a_signal_passes_again(history):
    history.add_probe(probe_of({**HE, "activation_std": (0.2, 4e-4, 2e-6, 2e-5, 1e-4, 3e-4, 2e-5, 0.1)}, step=100))
    assert find_dead_activations(history, False) is None
    assert find_dead_activations(history, True) is not None
    history.add_probe(probe_of(HE, step=200))
    assert find_dead_activations(history, True) is None


def test_a_constant_output_layer_is_not_a_dead_hidden_one(history):
    history.add_probe(with_dead(probe_of(HE), 7, 1.0))
    assert find_dead_activations(history, False) is None


@pytest.mark.parametrize(("step", "spread", "is_found"), [(0, 1e-3, False), (500, 1e-3, True), (500, 0.1, False)])
def test_a_grey_output_is_trouble_only_when_the_start_is_past(history, step, spread, is_found):
    history.add_probe(probe_of(HE, step=step, output_std=spread))
    assert (find_constant_output(history, False) is not None) == is_found


def test_flat_targets_make_no_output_constant(history):
    history.add_probe(probe_of(HE, step=500, output_std=0.0, target_std=0.0))
    assert find_constant_output(history, False) is None
    assert math.isnan(output_ratio(history.probe))


@pytest.mark.parametrize(
    ("std", "optimizer", "is_found"), [(0.001, "sgd", True), (0.05, "sgd", False), (0.001, "adam", False)]
)
def test_where_nobody_looked_the_settings_tell_a_start_that_sgd_never_leaves(history, std, optimizer, is_found):
    history.setup = Setup(optimizer=optimizer, start_std=std)
    assert find_vanishing_gradient(history, False) is None, "the look comes before the first steps"
    learn(history, [0.05])
    assert (find_vanishing_gradient(history, False) is not None) == is_found
    history.add_probe(probe_of(HE))
    assert find_vanishing_gradient(history, False) is None, "what was seen counts more"


@pytest.mark.parametrize(
    ("scores", "bicubic_db", "is_found"),
    [
        ([8, 16.90, 16.92, 16.93, 16.93, 16.93], None, True),
        ([8, 16.90, 16.92, 16.93, 16.93, 16.93], 35.0, True),
        ([8, 16.90, 16.92, 16.93, 16.93, 16.93], 19.0, False),
        ([8, 14, 16.90, 17.02, 17.13, 17.23], None, False),
        ([8, 22.90, 22.92, 22.93, 22.93, 22.93], None, False),
        ([16.93, 16.93], None, False),
    ],
    ids=["grey", "far below bicubic", "near bicubic", "rises", "a picture", "too few"],
)
def test_where_nobody_looked_scores_that_stand_still_too_low_tell_of_grey(history, scores, bicubic_db, is_found):
    history.checks.bicubic_db = bicubic_db
    score(history, scores)
    assert (find_constant_output(history, False) is not None) == is_found
    history.add_probe(probe_of(HE, step=history.step, output_std=0.29))
    assert find_constant_output(history, False) is None
