"""How fast models are on this computer: measured when asked, remembered by checksum."""

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sr_desktop import paths
from sr_desktop.library.catalogue import Entry
from sr_desktop.progress import Progress, Task
from sr_desktop.services import import_torch
from sr_desktop.system import atomic_write

log = logging.getLogger(__name__)

NAME = "model-speeds.json"

SIDE = 256
"""Rows and columns of what is computed: more than the caches hold, less than a second on any computer."""

RUNS = 7
"""Of which the median counts: something else is always going on too."""


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a model was.

    Attributes:
        megapixels_per_s: Of the result.
        device: Name of the device that computed.
    """

    megapixels_per_s: float
    device: str


def measure(entry: Entry, device: str) -> Task[Speed]:
    """Return the speed of a model on a device, and remember it.

    Raises:
        UserError: The model or the device can't be used.
    """
    import_torch.import_torch()
    yield Progress(0, RUNS + 1)
    import numpy as np

    from sr_desktop.engine import devices
    from sr_desktop.engine.model import open_model

    model = open_model(entry.path, device)
    luma = np.random.default_rng(0).random((SIDE, SIDE), np.float32)
    seconds = []
    for number in range(RUNS + 1):  # the first one makes ready and does not count
        started = time.perf_counter()
        model(luma)
        seconds.append(time.perf_counter() - started)
        yield Progress(number + 1, RUNS + 1)
    megapixels = (SIDE * entry.scale) ** 2 / 1e6
    median = sorted(seconds[1:])[RUNS // 2]
    speed = Speed(megapixels / median, devices.describe(model.device))
    _remember({**known(), entry.sha256: speed})
    return speed


def known() -> dict[str, Speed]:
    """Return what was measured before, by checksum."""
    try:
        fields = json.loads(_path().read_text(encoding="utf-8"))
        return {key: Speed(float(item["megapixels_per_s"]), str(item["device"])) for key, item in fields.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        log.warning("what was measured can't be read and is forgotten: %s", error)
        return {}


def _remember(speeds: Mapping[str, Speed]) -> None:
    content = json.dumps({key: asdict(speed) for key, speed in speeds.items()}, indent=1)
    try:
        _path().parent.mkdir(parents=True, exist_ok=True)
        atomic_write.write_whole(_path(), content.encode())
    except OSError as error:
        log.warning("the speed can't be remembered: %s", error)  # it is shown all the same


def _path() -> Path:
    return paths.cache() / NAME
