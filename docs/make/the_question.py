"""Replays the question that the monitor is for, its twins, and what the monitor says: writes `docs/the-question.md`.

    .venv/bin/python docs/make/the_question.py FOLDER_OF_PICTURES

Three runs of FSRCNN at ×2, all with SGD, momentum and rate 0.01: every layer from N(0, 0.001), as in the question; the same
with He initialization; and the question's start again, but with the first convolution wired straight to the
deconvolution. They learn from any folder of photographs (the page was made with the usual 91 pictures) and are shown on the
program's own sample picture. A few minutes on one core.
"""

import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from sr_desktop import paths
from sr_desktop.cards import NetworkShape
from sr_desktop.choices import Initialization
from sr_desktop.cli import plotting
from sr_desktop.engine import weights
from sr_desktop.imaging.metrics import psnr
from sr_desktop.imaging.resampling import shrink_like_matlab
from sr_desktop.progress import run
from sr_desktop.runs.events import Event
from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.notices import Notice
from sr_desktop.runs.spec import RunSpec
from sr_desktop.training import prepare
from sr_desktop.training.batches import Batches
from sr_desktop.training.experiments import Bypass
from sr_desktop.training.optimization import loss_of, make_optimizer
from sr_desktop.training.trainer import start_network, train

DOCS = Path(__file__).resolve().parents[1]
STEPS, WINDOW = 1_500, 20
SHOWN = (slice(80, 280), slice(160, 460))
"""Rows and columns of the sample picture that are shown: boat, lighthouse and shore."""

NAMES = {"stuck": "N(0, 0.001) everywhere", "he": "He initialization", "shallow": "N(0, 0.001), first layer to last"}

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Replay:
    """What came of one run.

    Attributes:
        losses: (step, mean of the losses up to there) rows.
        network: As it was in the end.
        events: What the run told; none for the shallow one, which the trainer does not know.
    """

    losses: Floats
    network: nn.Module
    events: Sequence[Event]


def _spec(pictures: Path, place: Path, name: str, initialization: Initialization) -> RunSpec:
    return RunSpec(
        pictures=str(pictures),
        scale=2,
        output=str(place / f"{name}.safetensors"),
        initialization=initialization,
        optimizer="sgd",
        learning_rate=0.01,
        schedule="constant",
        warm_up_steps=0,
        loss="mse",
        steps=STEPS,
        batch=8,
        patch=10,
        rescale=False,
        expansion=0,
        ema=0.0,
        device="cpu",
    )


def _whole(pictures: Path, place: Path, name: str, initialization: Initialization) -> Replay:
    """Return what comes of the whole network, trained as `sr-desktop train` does."""
    spec, run = _spec(pictures, place, name, initialization), RunFolder(place / name)
    run.create(spec)
    told = list(train(run))
    losses = [value for event in told if event["event"] == "step" for value in event["values"]]
    return Replay(_smooth(losses), weights.load(Path(spec.output))[0], told)


def _shallow(pictures: Path, place: Path) -> Replay:
    """Return what comes of the first and the last layer alone, from the question's start and on the same batches."""
    spec = _spec(pictures, place, "shallow", "normal")
    material = run(prepare.prepare(spec, NetworkShape(2), place / "cache"))
    batches = Batches(material.cache, batch=spec.batch, patch=spec.patch, seed=spec.seed)
    network = Bypass(start_network(spec)[0])
    optimizer = make_optimizer(spec, list(network.parameters()))
    losses = []
    for step in range(1, STEPS + 1):
        low, high = batches.make(step)
        loss = loss_of(spec.loss, network(low) - high)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]  # torch's own
        optimizer.step()
        losses.append(float(loss.detach()))
    return Replay(_smooth(losses), network, [])


def _smooth(losses: Sequence[float]) -> Floats:
    means = np.array(losses).reshape(-1, WINDOW).mean(axis=1)
    return np.column_stack([np.arange(1, len(means) + 1) * WINDOW, means])


@torch.no_grad()
def _enlarged(network: nn.Module, low: NDArray[np.uint8]) -> NDArray[np.uint8]:
    high = network(torch.from_numpy(low[None, None] / np.float32(255)))[0, 0].numpy()
    return np.asarray(np.rint(high.clip(0, 1) * 255), np.uint8)


# -- the page


def _page(replays: Mapping[str, Replay], scores: Mapping[str, float], notice: Notice) -> str:
    stuck, he = (_first_look(replays[name]) for name in ("stuck", "he"))
    last = {name: float(replay.losses[-1, 1]) for name, replay in replays.items()}
    rows = [
        f"| {layer['name']} | {layer['activation_std']:.1e} | {layer['gradient_rms']:.1e} "
        f"| {other['activation_std']:.1e} | {other['gradient_rms']:.1e} |"
        for layer, other in zip(stuck["layers"], he["layers"], strict=True)
    ]
    return f"""# The question

Made by `docs/make/the_question.py FOLDER_OF_PICTURES`, which replays it; do not edit.

Somebody trains FSRCNN. Every layer starts at N(0, 0.001), as in the paper on its predecessor, SRCNN. Within a few
epochs the loss is as low as it will ever be, the same after each restart, and the network gives grey pictures. Wire the first
convolution straight to the last layer, and it learns. What is wrong?

![The training losses of the three runs](figures/question-losses.png)

| as it should be | {NAMES["stuck"]} | {NAMES["he"]} | {NAMES["shallow"]} |
|---|---|---|---|
| ![](figures/question-original.png) | ![](figures/question-stuck.png) | ![](figures/question-he.png) \
| ![](figures/question-shallow.png) |
| PSNR | {scores["stuck"]:.1f} dB | {scores["he"]:.1f} dB | {scores["shallow"]:.1f} dB |
| loss after {STEPS:,} steps | {last["stuck"]:.4f} | {last["he"]:.4f} | {last["shallow"]:.4f} |

All three have SGD with momentum and rate 0.01, the squared error, and the same batches.

## What happens

Each layer multiplies what comes in by its weights. With weights around 0.001 next to nothing is left: the signal shrinks about a
hundredfold per layer, and so does the gradient on its way back. One batch through the network and back, before step 1:

| | {NAMES["stuck"]}: spread | gradient | {NAMES["he"]}: spread | gradient |
|---|--:|--:|--:|--:|
{chr(10).join(rows)}

So no weight moves, but for the last bias, which needs no signal: it finds the grey that fits best. From then on the loss is the
variance of the pictures, about {stuck["target_std"] ** 2:.2f} in that batch, after every restart. With two layers instead of
eight enough is left to learn from. It is not the level of the loss that tells: a healthy network begins with an output near zero,
too, because its last layer starts at 0.001; its hidden layers let the signal through.

The cure is a start that keeps the signal's size from layer to layer, whatever the depth: weights with a variance of
2 / ((1 + a²) · inputs), where a is the slope of the PReLU (He et al. 2015, arXiv 1502.01852).

## What the monitor says

> {notice.sentence()}

The last two figures are the experiment from the question: trained beside the run for 200 steps, the first and the last
layer alone reach {notice.evidence["bypass_loss_ratio"]:.2f} of the loss of even grey, the whole network on a single batch
{notice.evidence["overfit_loss_ratio"]:.2f}. The first and the last layer learn, the whole does not: the network is at fault, not
the pictures.

## Try it

```
sr-desktop probe --scale 2 --initialization normal --optimizer sgd
sr-desktop train FOLDER --scale 2 --start scratch --initialization normal --optimizer sgd --learning-rate 0.01 \\
    --loss mse --steps 1000 --output stuck.safetensors
```

With Adam instead of SGD the same start is only a remark: Adam's steps have full size however small the gradient, and it has
left the start within some hundred steps. [What the monitor sees](monitor.md) has the rest.
"""


def _first_look(replay: Replay) -> Event:
    return next(event for event in replay.events if event["event"] == "probe")


def _last_notice(replay: Replay) -> Notice:
    """Return the notice about the start as it stands in the end, with what the experiment added."""
    found: list[Mapping[str, Any]] = [event for event in replay.events if event["event"] == "notice"]
    return Notice.from_event([event for event in found if event["cause"] == "vanishing_gradient"][-1])


def main(arguments: Sequence[str]) -> None:
    """Train, draw, write."""
    pictures = Path(arguments[0])
    figures = DOCS / "figures"
    figures.mkdir(exist_ok=True)
    sample = cv2.imread(str(paths.resources() / "sample.png"), cv2.IMREAD_GRAYSCALE)
    assert sample is not None
    original = np.asarray(sample, np.uint8)
    low = shrink_like_matlab(original[..., None], 2)[..., 0]
    with tempfile.TemporaryDirectory(prefix="sr-desktop-question-") as name:
        place = Path(name)
        replays = {
            "stuck": _whole(pictures, place, "stuck", "normal"),
            "he": _whole(pictures, place, "he", "he"),
            "shallow": _shallow(pictures, place),
        }
    outputs = {name: _enlarged(replay.network, low) for name, replay in replays.items()}
    scores = {name: psnr(picture.astype(float), original.astype(float)) for name, picture in outputs.items()}
    for name, picture in {**outputs, "original": original}.items():
        cv2.imwrite(str(figures / f"question-{name}.png"), picture[SHOWN], [cv2.IMWRITE_PNG_COMPRESSION, 9])
    plotting.compare({NAMES[name]: replay.losses for name, replay in replays.items()}).save(
        figures / "question-losses.png", optimize=True
    )
    page = _page(replays, scores, _last_notice(replays["stuck"]))
    (DOCS / "the-question.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
