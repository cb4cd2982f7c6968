"""Steps of training: our loop against the usual public one, on the same patches per step."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch import Tensor, nn

from sr_desktop.cards import NetworkShape
from sr_desktop.cli.benchmarks.pictures import photograph
from sr_desktop.cli.benchmarks.timing import REFERENCE, Row, Settings, Subject, alternate
from sr_desktop.engine import devices
from sr_desktop.engine.network import FSRCNN
from sr_desktop.imaging.raster import Raster
from sr_desktop.runs.spec import RunSpec, completed
from sr_desktop.training.batches import Batches
from sr_desktop.training.dataset import CacheWriter
from sr_desktop.training.learner import Learner
from sr_desktop.training.scan import Example

SCALE = 2
STEPS = 20
"""Of one round."""

USUAL_BATCH, USUAL_PATCH = 16, 10
"""Of the public loop; its step is the unit: 16 patches of 10×10 low-resolution pixels."""

BATCHES = (16, 64)
"""Patches of 10×10 per step of ours: as many as the usual loop takes, and as many pixels as our usual step has."""


def rows(settings: Settings) -> Iterator[Row]:
    """Give a row for each subject, with the patches of 10×10 that it learns from in a second."""
    with TemporaryDirectory() as folder:
        ours = {batch: _our_step(Path(folder, str(batch)), batch, settings.device) for batch in BATCHES}
        usual = _usual_step()
        subjects = [
            Subject(REFERENCE, lambda: ours[BATCHES[1]](STEPS)),
            Subject(f"ours, batch {BATCHES[0]}", lambda: ours[BATCHES[0]](STEPS)),
            Subject("usual-loop", lambda: usual(STEPS)),
        ]
        patches = (BATCHES[1], BATCHES[0], USUAL_BATCH)
        found = list(alternate(f"training x{SCALE}, {STEPS} steps", subjects, settings))
    rates = [count * STEPS / row.median_ms * 1000 for count, row in zip(patches, found, strict=True)]
    for row, rate in zip(found, rates, strict=True):
        yield row.having(patches_per_s=round(rate, 1), times_the_usual=round(rate / rates[-1], 2))


def _our_step(folder: Path, batch: int, device: str) -> Callable[[int], None]:
    """Return what takes so many steps of a run with the default settings, but for the size of patches."""
    spec = completed(RunSpec("", SCALE, "", batch=batch, patch=USUAL_PATCH, rescale=False))
    writer = CacheWriter(folder, spec, 1)
    writer.add(Example(Raster(photograph(width=960, height=640)), None, folder))
    batches = Batches(writer.finish(), batch=batch, patch=USUAL_PATCH, seed=0).after(0)
    learner = Learner(FSRCNN(NetworkShape(SCALE)), spec, devices.choose(device, "fp32"))
    taken = 0

    def go(steps: int) -> None:
        nonlocal taken
        losses = []
        for _ in range(steps):
            taken += 1
            losses.append(learner.learn(*next(batches), step=taken, rate=spec.learning_rate))
        torch.stack(losses).tolist()  # the run's own wait for the device, once a block

    return go


def _usual_step() -> Callable[[int], None]:
    """Return what takes so many steps as public code does: plain module, patches in memory, `.item()` at each step."""
    torch.manual_seed(0)
    network = FSRCNN(NetworkShape(SCALE))
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    criterion = nn.MSELoss()
    low = torch.rand(1000, 1, USUAL_PATCH, USUAL_PATCH)
    high = torch.rand(1000, 1, USUAL_PATCH * SCALE, USUAL_PATCH * SCALE)

    def go(steps: int) -> None:
        for _ in range(steps):
            chosen = torch.randint(len(low), (USUAL_BATCH,))
            _step(network, optimizer, criterion, low[chosen], high[chosen])

    return go


def _step(network: FSRCNN, optimizer: torch.optim.Optimizer, criterion: nn.Module, low: Tensor, high: Tensor) -> float:
    loss = criterion(network(low), high)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    value: float = loss.item()
    return value
