"""Trains the runs of the fault table with the program's own trainer and keeps what they told, so that each trains only once.

Pictures that no file can hold (values up to 255, NaN) and networks that no option makes (dead, frozen) are put in where
the trainer would have read or made them.
"""

import contextlib
import gzip
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import cv2
import numpy as np
import torch
from fault_cases import STEPS, Case, Pair, sound_pictures

from sr_desktop import paths
from sr_desktop.engine.network import FSRCNN
from sr_desktop.errors import TrainingError
from sr_desktop.runs import events
from sr_desktop.runs.events import Event
from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.spec import RunSpec
from sr_desktop.training import dataset, prepare, trainer

KEPT_KINDS = ("start", "probe", "step", "check", "experiment", "end")
FILE_FIELDS = ("pictures", "low", "output", "start")
"""Fields of the spec that hold paths of this machine."""


def told(case: Case, pictures: Path, kept: Path) -> list[Event]:
    """Return the events of a run without its notices, from the folder `kept` if it was trained before."""
    file = kept / f"{case.name}.jsonl.gz"
    if not file.exists():
        kept.mkdir(parents=True, exist_ok=True)
        found = list(_train(case, pictures, kept))
        part = file.with_suffix(".part")
        with gzip.open(part, "wt", encoding="utf-8") as lines:
            lines.writelines(events.to_line(event) + "\n" for event in found)
        part.replace(file)
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _train(case: Case, pictures: Path, kept: Path) -> Iterator[Event]:
    with tempfile.TemporaryDirectory(prefix="sr-desktop-faults-") as name, _tampered(case.tamper):
        place = Path(name)
        sound = sound_pictures(pictures, case.seed)
        pairs: list[Pair] = [(picture, None) for picture in sound]
        if case.make is not None:
            pairs = case.make(sound, case.scale, case.seed)
        _write(pairs, place)
        run = RunFolder(place / "run")
        run.create(_spec(case, place, kept))
        try:
            for event in trainer.train(run):
                if event["event"] in KEPT_KINDS:
                    yield _without_paths(event)
        except TrainingError as error:
            yield {"event": "refused", "step": 0, "title": error.title}
        if run.best_file.exists():
            shutil.copy(run.best_file, kept / f"{case.name}.safetensors")


def _write(pairs: list[Pair], place: Path) -> None:
    for number, pair in enumerate(pairs):
        for folder, samples in zip(("high", "low"), pair, strict=True):
            if samples is not None:
                (place / folder).mkdir(exist_ok=True)
                _, content = cv2.imencode(".png", np.ascontiguousarray(samples[..., ::-1]))
                (place / folder / f"{number:02}.png").write_bytes(content.tobytes())


def _spec(case: Case, place: Path, kept: Path) -> RunSpec:
    start = "scratch"
    if case.base == "bundled":
        start = str(paths.bundled_weights() / f"fsrcnn-x{case.scale}.safetensors")
    elif case.base:
        start = str(kept / f"{case.base}.safetensors")
    fields: dict[str, Any] = {"steps": STEPS, "patch": 10, "batch": 8, "device": "cpu", **case.spec}
    return RunSpec(
        pictures=str(place / "high"),
        scale=case.scale,
        output=str(place / "model.safetensors"),
        low=str(place / "low") if (place / "low").exists() else "",
        start=start,
        small=case.small and start == "scratch",
        seed=case.seed,
        **fields,
    )


def _without_paths(event: Event) -> Event:
    """Return the event without what is only about this machine; some of these files are recorded for the tests."""
    if event["event"] == "end":
        return {name: event[name] for name in ("event", "step", "reason")}
    if event["event"] != "start":
        return event
    spec = {name: Path(value).name if name in FILE_FIELDS else value for name, value in event["spec"].items()}
    return {**{name: value for name, value in event.items() if name != "device"}, "spec": spec}


# -- what no file and no option can make


@contextlib.contextmanager
def _tampered(kind: str) -> Iterator[None]:
    if kind in ("range", "nan"):
        cache = _BadRange if kind == "range" else _WithNan
        with mock.patch.object(prepare, "Cache", cache), mock.patch.object(dataset, "Cache", cache):
            yield
    elif kind:
        sound = trainer.start_network

        def start_network(spec: RunSpec) -> tuple[FSRCNN, FSRCNN | None]:
            network, base = sound(spec)
            (_kill if kind == "dead" else _freeze)(network)
            return network, base

        with mock.patch.object(trainer, "start_network", start_network):
            yield
    else:
        yield


class _BadRange(dataset.Cache):
    """Small pictures from 0 to 255, as if nobody had divided them."""

    def low(self, entry: dataset.Entry) -> Any:  # noqa: ANN401  # floats where the sound one has integers
        return super().low(entry).astype(np.float32) * 255


class _WithNan(dataset.Cache):
    """Every fourth small picture has a pixel that is not a number."""

    def low(self, entry: dataset.Entry) -> Any:  # noqa: ANN401  # as above
        samples = super().low(entry).astype(np.float32)
        if self.entries.index(entry) % 4 == 0:
            samples[samples.shape[0] // 2, samples.shape[1] // 2] = np.nan
        return samples


@torch.no_grad()
def _kill(network: FSRCNN) -> None:
    for convolution, activation in network.layers():
        assert convolution.bias is not None
        convolution.bias.fill_(-1.0)
        activation.weight.fill_(0.0)


def _freeze(network: FSRCNN) -> None:
    for convolution, activation in network.layers()[1:]:
        convolution.requires_grad_(False)
        activation.requires_grad_(False)
