"""A batch planned in the background: what there is, where results go, what stands in the way, and what it will take."""

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sr_desktop.batch.naming import Naming, naming
from sr_desktop.batch.options import Options as BatchOptions
from sr_desktop.batch.options import made_with
from sr_desktop.batch.plan import Plan, PlanItem, Planner
from sr_desktop.batch.template import EXAMPLE
from sr_desktop.engine.targets import Factor
from sr_desktop.inputs import inputs as input_files
from sr_desktop.inputs.inputs import Found
from sr_desktop.library import catalogue
from sr_desktop.progress import Progress, Task
from sr_desktop.services import import_torch
from sr_desktop.services.folder.request import Preset, Wishes
from sr_desktop.services.folder.rows import Row, rows_of
from sr_desktop.services.pictures.upscaler import Options

PRECISION = "auto"


@dataclass(frozen=True, slots=True, eq=False)
class Planned:
    """A batch that can be started.

    Attributes:
        wishes: What was asked.
        options: The same for the batch.
        models: Weights file by scale.
        made_with: As from `batch.options.made_with`.
        planner: Plans what comes later.
        found: All inputs.
        rows: A row for each input that is taken.
        left_out: How many results of an earlier run are not taken for inputs.
    """

    wishes: Wishes
    options: BatchOptions
    models: Mapping[int, Path]
    made_with: str
    planner: Planner
    found: Sequence[Found]
    rows: Sequence[Row]
    left_out: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a batch will take.

    Attributes:
        size_bytes: Of all results.
        free_bytes: On the disk that they go to.
        seconds: Until it is done.
    """

    size_bytes: int
    free_bytes: int
    seconds: float


def model_files(options: Options) -> Mapping[int, Path]:
    """Return the weights files to use, by scale.

    Raises:
        ModelError: There is no such model, or its file is broken.
    """
    if options.model:
        entry = catalogue.find(options.model)
        return {entry.scale: entry.path}
    scales = (options.target.scale,) if isinstance(options.target, Factor) else catalogue.bundled_scales()
    return {scale: catalogue.bundled(scale).path for scale in scales}


def naming_for(wishes: Wishes, models: Mapping[int, Path]) -> Naming:
    """Return how results are named; those of a single file too are kept in a journal.

    Raises:
        UsageError: The template or the output can't be used.
    """
    preset = wishes.preset
    output = os.path.join(wishes.output, "") if wishes.output else None  # noqa: PTH118  (a folder, there or not)
    named = naming(
        wishes.inputs,
        output,
        preset.options.target,
        format_name=preset.format or None,
        template_text=preset.template or None,
        flatten=preset.flatten and output is not None,
        model=" and ".join(sorted(path.stem for path in models.values())),
    )
    return replace(named, output=wishes.output, is_batch=True)


def preview(wishes: Wishes, models: Mapping[int, Path], item: PlanItem, count: int) -> str:
    """Return the path that the first of `count` results will have; sizes that nobody knows yet are an example's.

    Raises:
        UserError: The template or the output can't be used.
    """
    values = replace(EXAMPLE, source=item.source, counter=1, counter_digits=len(str(count)))
    return naming_for(wishes, models).output_for(Found(item.given, item.folder), values)


def plan(wishes: Wishes, found: Sequence[Found] | None = None) -> Task[Planned]:
    """Return a batch ready to be started.

    Args:
        wishes: What is asked.
        found: The inputs, if they have been looked for already.

    Raises:
        UserError: One sentence says why nothing can come of it.
    """
    preset = wishes.preset
    if found is None:
        found = yield from input_files.find(wishes.inputs, preset.choice)
    models = model_files(preset.options)
    yield Progress(0, 1)
    options = preset.for_batch()
    made = made_with(options, models, PRECISION)
    planner = _planner(naming_for(wishes, models), made, preset, models)
    without = set(wishes.without)
    planned = yield from planner.plan([item for item in found if item.given not in without])
    return Planned(wishes, options, models, made, planner, found, rows_of(planned.items), planned.left_out)


def _planner(named: Naming, made: str, preset: Preset, models: Mapping[int, Path]) -> Planner:
    return Planner(
        named,
        made,
        tuple(models),
        overwrite=preset.existing == "replace",
        skip_existing=preset.existing == "skip",
    )


def plan_more(planned: Planned, inputs: Sequence[str], known: Collection[str]) -> Task[list[Row]]:
    """Return rows for further inputs.

    Args:
        planned: The batch they come to.
        inputs: Files and folders.
        known: Paths that are in the batch already and are not taken again.

    Raises:
        UserError: A journal can't be read.
    """
    found = yield from input_files.find(inputs, planned.wishes.preset.choice)
    further = yield from planned.planner.plan([item for item in found if item.given not in known])
    return rows_of(further.items)


def forecast(items: Sequence[PlanItem], planned: Planned) -> Task[Forecast | None]:
    """Return what these files will take, after a look at some of them and a second of computing; None without any.

    Raises:
        UserError: The model or the device can't be used.
        OSError: The disk doesn't say how much is free.
    """
    if not items:
        return None
    import_torch.import_torch()
    yield Progress(0, 1)
    from sr_desktop.batch.estimate import estimate, pace
    from sr_desktop.batch.models import Models

    found = yield from estimate(Plan(tuple(items)), planned.options.target, tuple(planned.models))
    options = planned.wishes.preset.options
    models = Models(planned.models, options.device, PRECISION, lambda sentence: None, options.passes)
    seconds = pace(models, min(planned.models))
    return Forecast(found.size_bytes, found.free_bytes, found.seconds(seconds))
