"""Turns the fields of events into what the monitor remembers; fields that are missing, new or odd are skipped."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from sr_desktop.monitor.history import DataFacts, LayerProbe, Probe, Setup
from sr_desktop.runs.events import Event


def number(value: object) -> float:
    """Return `value` as a float, NaN for anything that is not a number (JSON writes NaN as null)."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else math.nan


def step_of(event: Event, name: str = "step") -> int | None:
    """Return the event's step, or `None` if it has none."""
    value = number(event.get(name))
    return int(value) if math.isfinite(value) and value >= 0 else None


def setup_from(event: Event) -> Setup:
    """Return the settings in a `start` event."""
    spec = _fields(event.get("spec"))
    names = ("learning_rate", "steps", "ema", "initialization_std")
    rate, steps, averaging, std = (number(spec.get(name)) for name in names)
    return Setup(
        optimizer=_word(spec.get("optimizer")),
        learning_rate=rate if math.isfinite(rate) else None,
        schedule=_word(spec.get("schedule")),
        from_scratch=_word(spec.get("start")) in ("", "scratch"),
        steps=int(steps) if math.isfinite(steps) else None,
        averaging=averaging if math.isfinite(averaging) else 0.0,
        loss=_word(spec.get("loss")),
        start_std=std if _word(spec.get("initialization")) == "normal" and math.isfinite(std) else None,
    )


def data_from(event: Event) -> DataFacts:
    """Return what a `start` event says about the pictures."""
    data = _fields(event.get("data"))

    def count(name: str) -> int | None:
        value = number(data.get(name))
        return int(value) if math.isfinite(value) else None

    def measure(name: str) -> float | None:
        value = number(data.get(name))
        return value if math.isfinite(value) else None

    return DataFacts(
        pictures=count("pictures"),
        pixels=count("pixels"),
        flat_share=measure("flat_share"),
        predictable_share=measure("predictable_share"),
        pair_correlation=measure("pair_correlation"),
        pair_shift_spread=measure("pair_shift_spread"),
        input_min=measure("input_min"),
        input_max=measure("input_max"),
        non_finite=count("non_finite"),
        held_out=count("held_out"),
        concerned={str(cause): _words(names) for cause, names in _fields(data.get("concerned")).items()},
    )


def probe_from(event: Event, step: int) -> Probe:
    """Return the look inside the network that a `probe` event holds."""
    layers = event.get("layers")
    found = layers if isinstance(layers, list | tuple) else []
    names = ("output_std", "target_std", "input_min", "input_max")
    figures = {name: number(event.get(name)) for name in names}
    return Probe(step, tuple(_layer(item) for item in found if isinstance(item, Mapping)), **figures)


def experiment_from(event: Event) -> dict[str, float]:
    """Return the figures of an `experiment` event: the tests that tell a broken network from unlearnable data."""
    names = ("bypass_loss_ratio", "overfit_loss_ratio")
    figures = {name: number(event.get(name)) for name in names}
    return {name: value for name, value in figures.items() if math.isfinite(value)}


def losses_from(event: Event, step: int) -> Iterable[tuple[int, float]]:
    """Yield (step, loss) for each step of a `step` event; nothing for the one that follows a resume."""
    values = event.get("values")
    if not isinstance(values, list | tuple):
        return
    first = step_of(event, "step_from")
    first = step - len(values) + 1 if first is None else min(first, step)
    for place, value in enumerate(values):
        share = place / (len(values) - 1) if len(values) > 1 else 1.0
        yield round(first + share * (step - first)), number(value)


def _layer(fields: Mapping[str, Any]) -> LayerProbe:
    dead = number(fields.get("dead_share"))
    spread = number(fields.get("activation_std"))
    return LayerProbe(
        name=str(fields.get("name", "")),
        activation_rms=number(fields.get("activation_rms")),
        activation_std=spread,
        gradient_rms=number(fields.get("gradient_rms")),
        weight_rms=number(fields.get("weight_rms")),
        dead_share=dead if math.isfinite(dead) else 0.0,
    )


def _fields(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _words(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list | tuple) else ()


def _word(value: object) -> str:
    return value.lower() if isinstance(value, str) else ""
