"""What the window asks of the network: loaded once, in the runner's thread, and kept there.

The engine, and whatever else takes long to import, is imported inside the tasks and never with this module: the window
is on screen before torch is loaded.
"""

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sr_desktop.choices import Passes
from sr_desktop.engine import targets
from sr_desktop.engine.targets import Plan, Target
from sr_desktop.errors import ModelError
from sr_desktop.library import catalogue
from sr_desktop.library.catalogue import Catalogue, Entry
from sr_desktop.progress import Progress, Task
from sr_desktop.services import import_torch

if TYPE_CHECKING:
    from sr_desktop.engine.model import Model
    from sr_desktop.imaging.raster import Raster
    from sr_desktop.services.pictures.picture import Picture

log = logging.getLogger(__name__)

_NETWORK_SHARE = 0.97
"""Of the progress; the rest makes the reduced copies for the screen, which took 1 to 3 % of the time."""


@dataclass(frozen=True, slots=True)
class Options:
    """What a person chose.

    Attributes:
        target: How large the result shall be.
        model: Name of a model; empty for the bundled one of each scale.
        device: `auto` or a device of `engine.devices`.
        passes: Through the network for each picture; 8 is the best quality.
    """

    target: Target
    model: str = ""
    device: str = "auto"
    passes: Passes = 1


@dataclass(frozen=True, slots=True)
class Ready:
    """What there is to choose from, known once the engine is loaded.

    Attributes:
        models: The models.
        devices: Kinds of device that can be asked for, with their names for a person.
    """

    models: Catalogue
    devices: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Upscaled:
    """A result; equal to itself only.

    Attributes:
        picture: The larger picture.
        options: What was asked.
        model: Names of the models that made it; empty when the picture only got smaller.
        device: Name of the device that computed.
        seconds: How long it took.
        notes: What went differently from what was asked.
    """

    picture: "Picture"
    options: Options
    model: str
    device: str
    seconds: float
    notes: tuple[str, ...] = ()


def plan(options: Options, *, height: int, width: int) -> Plan:
    """Return what the options mean for a picture.

    Raises:
        UsageError: The size is not possible.
        ModelError: There is no such model.
    """
    scales = (catalogue.find(options.model).scale,) if options.model else catalogue.bundled_scales()
    if not scales:
        raise ModelError("The models that come with the program are missing.", "Install the program again.")
    return targets.plan(options.target, scales, height=height, width=width)


def _entry(scale: int, options: Options) -> Entry:
    return catalogue.find(options.model) if options.model else catalogue.bundled(scale)


class Upscaler:
    """Models on their devices; made anywhere, used in the runner's thread only."""

    def __init__(self) -> None:
        self._models: dict[tuple[str, str, Passes], Model] = {}
        self._notes: list[str] = []

    def prepare(self) -> Task[Ready]:
        """Load the engine and return what there is to choose from."""
        from sr_desktop.imaging.reading import reader

        reader.warm_up()
        yield Progress(0, 1)
        import_torch.import_torch()
        yield Progress(0, 1)
        from sr_desktop.engine import devices
        from sr_desktop.services.models import files as model_files

        found = model_files.proven(catalogue.catalogue())
        kinds = ["cpu", accelerator] if (accelerator := devices.accelerator()) else ["cpu"]
        return Ready(found, tuple((kind, devices.describe(devices.choose(kind))) for kind in kinds))

    def upscale(self, raster: "Raster", options: Options) -> Task[Upscaled]:
        """Return the larger picture.

        Raises:
            UserError: The model, the device or the size is not possible.
        """
        wanted = plan(options, height=raster.height, width=raster.width)
        import_torch.import_torch()
        yield Progress(0, 1)
        from sr_desktop.engine import devices, upscale
        from sr_desktop.services.pictures import picture as picture_values
        from sr_desktop.services.pictures.array_storage import allocate

        started = time.monotonic()
        self._notes = []
        entries = {scale: _entry(scale, options) for scale in wanted.passes}
        models = {scale: self._model(entry, options) for scale, entry in entries.items()}
        work = upscale.upscale(raster, wanted, models.__getitem__, allocate)
        larger = yield from picture_values.stage(work, 0, _NETWORK_SHARE)
        seconds = time.monotonic() - started
        picture = yield from picture_values.stage(picture_values.prepared(larger), _NETWORK_SHARE, 1)
        names = " and ".join(dict.fromkeys(entry.name for entry in entries.values()))
        used = {devices.describe(model.device) for model in models.values()} or {"CPU"}
        return Upscaled(picture, options, names, ", ".join(sorted(used)), seconds, tuple(self._notes))

    def _model(self, entry: Entry, options: Options) -> "Model":
        from sr_desktop.engine.model import open_model

        key = (entry.sha256, options.device, options.passes)
        if key not in self._models:
            self._models[key] = open_model(entry.path, options.device, on_fallback=self._say, passes=options.passes)
        return self._models[key]

    def _say(self, sentence: str) -> None:
        log.warning(sentence)
        self._notes.append(sentence)
