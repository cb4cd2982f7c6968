"""What a person asks of a batch, and the last one asked for: kept, so that one that was killed can go on."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, get_args

from sr_desktop import paths
from sr_desktop.batch.options import Options as BatchOptions
from sr_desktop.choices import DEVICES, Passes
from sr_desktop.engine.targets import Factor, Height, LongSide, Target, Width, mark
from sr_desktop.imaging.formats import WRITABLE
from sr_desktop.inputs.folder_walk import Choice
from sr_desktop.services.pictures.upscaler import Options
from sr_desktop.system import atomic_write

log = logging.getLogger(__name__)

EXISTING = ("refuse", "skip", "replace")
"""What becomes of results that are there already and are not known to be right."""


@dataclass(frozen=True, slots=True)
class Preset:
    """What is the same for all files, and is kept for the next batch.

    Attributes:
        options: Size, model and device.
        format: Name of the format of results; empty for that of each input.
        quality: 1 to 100 for formats that have one; 0 for the usual one.
        template: Names results; empty for the usual names.
        flatten: Whether all results go into the output folder itself.
        recursive: Whether folders in folders are opened.
        include: Patterns of which pictures in folders must match one, if there are any.
        exclude: Patterns of what is left out.
        existing: One of `EXISTING`.
        strip_metadata: Whether results go without what tells about their maker.
        keep_times: Whether results get the times of their inputs.
        low_priority: Whether other programs go first.
    """

    options: Options = field(default_factory=lambda: Options(Factor(2)))
    format: str = ""
    quality: int = 0
    template: str = ""
    flatten: bool = False
    recursive: bool = True
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    existing: str = "refuse"
    strip_metadata: bool = False
    keep_times: bool = False
    low_priority: bool = False

    @property
    def choice(self) -> Choice:
        """Which pictures of folders are meant."""
        return Choice(self.recursive, self.include, self.exclude)

    def for_batch(self) -> BatchOptions:
        """Return what the batch itself is told."""
        return BatchOptions(
            self.options.target,
            self.quality or None,
            overwrite=self.existing == "replace",
            strip_metadata=self.strip_metadata,
            keep_times=self.keep_times,
            passes=self.options.passes,
        )


@dataclass(frozen=True, slots=True)
class Wishes:
    """One batch as it was asked for.

    Attributes:
        inputs: Files and folders.
        output: Folder for results; empty for beside the inputs.
        preset: The rest.
        without: Files among the inputs that were taken out one by one.
    """

    inputs: tuple[str, ...] = ()
    output: str = ""
    preset: Preset = field(default_factory=Preset)
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LastBatch:
    """The batch that was started last.

    Attributes:
        wishes: What was asked.
        is_finished: Whether it came to its end.
    """

    wishes: Wishes = field(default_factory=Wishes)
    is_finished: bool = True


def suggested_output(inputs: tuple[str, ...], target: Target) -> str:
    """Return a folder for results: beside the first input, named like its folder."""
    if not inputs:
        return ""
    first = Path(inputs[0]).absolute()
    folder = first if first.is_dir() else first.parent
    if folder.parent == folder:  # a whole disk
        return str(folder / f"sr_desktop{mark(target)}")
    return str(folder.with_name(folder.name + mark(target)))


def path() -> Path:
    """Return where the last batch is kept."""
    return paths.data() / "last_batch.json"


def load() -> LastBatch:
    """Return the last batch; one that asks for nothing if there was none, or its file makes no sense."""
    try:
        content = json.loads(path().read_bytes())
        return _read(content)
    except FileNotFoundError:
        return LastBatch()
    except (OSError, ValueError, TypeError, KeyError) as error:
        log.warning("the last batch can't be read: %s", error)
        return LastBatch()


def save(last: LastBatch) -> None:
    """Keep the last batch.

    Raises:
        OSError: The folder can't be written to.
    """
    wishes, preset = last.wishes, last.wishes.preset
    options = preset.options
    kept = {name: getattr(preset, name) for name in Preset.__dataclass_fields__ if name != "options"}
    size, amount = _size(options.target)
    content = {"inputs": wishes.inputs, "output": wishes.output, "is_finished": last.is_finished, "size": size}
    content |= {
        "without": wishes.without,
        "amount": amount,
        "model": options.model,
        "device": options.device,
        "passes": options.passes,
        "preset": kept,
    }
    path().parent.mkdir(parents=True, exist_ok=True)
    atomic_write.write_whole(path(), json.dumps(content, indent=1).encode())


_SIZES: dict[str, type[Target]] = {kind.__name__: kind for kind in get_args(Target)}


def _size(target: Target) -> tuple[str, int]:
    match target:
        case Factor(scale):
            return "Factor", scale
        case Width(pixels) | Height(pixels) | LongSide(pixels):
            return type(target).__name__, pixels


def _read(content: Mapping[str, Any]) -> LastBatch:
    target: Target = _SIZES[content["size"]](int(content["amount"]))
    device = content["device"] if content["device"] in DEVICES else "auto"
    passes: Passes = 8 if content.get("passes") == 8 else 1
    wishes = Wishes(
        tuple(map(str, content["inputs"])),
        str(content["output"]),
        replace(_preset(content["preset"]), options=Options(target, str(content["model"]), device, passes)),
        tuple(map(str, content.get("without", ()))),
    )
    return LastBatch(wishes, bool(content["is_finished"]))


def _preset(kept: Mapping[str, Any]) -> Preset:
    """Return a preset from what was kept of it; what is missing or makes no sense is as in a new one."""
    usual = Preset()
    found: dict[str, Any] = {}
    for name in Preset.__dataclass_fields__.keys() & kept.keys():
        default, value = getattr(usual, name), kept[name]
        value = tuple(map(str, value)) if isinstance(default, tuple) else value
        if type(value) is type(default):
            found[name] = value
    preset = Preset(**found)
    return replace(
        preset,
        format=preset.format if preset.format in WRITABLE else "",
        quality=min(max(preset.quality, 0), 100),
        existing=preset.existing if preset.existing in EXISTING else usual.existing,
    )
