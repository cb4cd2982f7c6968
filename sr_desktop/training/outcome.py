"""What comes of a run: the verdict, and the weights file if they deserve it. A fine-tuned model is never for the worse."""

import math
import shlex
import shutil
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean
from typing import Any

from sr_desktop.cards import Card, NetworkShape
from sr_desktop.errors import TrainingError
from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.spec import RunSpec
from sr_desktop.system import atomic_write
from sr_desktop.training.checkpoint import State
from sr_desktop.training.validation import compare

KEPT, NOT_BETTER = "kept", "not_better"


def judge(spec: RunSpec, state: State) -> dict[str, Any]:
    """Return the fields of the end event that say how good the result is and whether it is kept."""
    fields: dict[str, Any] = {"best_step": state.best_step, "verdict": NOT_BETTER, "output": None}
    if state.bicubic_scores:
        fields["bicubic_psnr_db"] = fmean(state.bicubic_scores)
    if state.best_scores:
        fields["psnr_db"] = fmean(state.best_scores)
    if state.base_scores:
        verdict = compare(state.best_scores, state.base_scores)
        fields |= {"base_psnr_db": fmean(state.base_scores), "gain_db": verdict.gain_db, "margin_db": verdict.margin_db}
        is_kept = verdict.is_better
    else:
        is_kept = state.step > 0
    if is_kept:
        fields |= {"verdict": KEPT, "output": spec.output}
    return fields


def publish(run: RunFolder, spec: RunSpec, end: Mapping[str, Any]) -> None:
    """Write the best weights to the output that was asked for, if the verdict is to keep them.

    Raises:
        TrainingError: The output can't be written; the best weights are still in the run's folder.
    """
    if end.get("verdict") != KEPT:
        return
    output = Path(spec.output)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        atomic_write.write_whole(output, run.best_file.read_bytes())
    except OSError as error:
        raise TrainingError(
            f"The model can't be written to {output}: {error.strerror}.",
            f"It is safe in {run.best_file}; copy it from there.",
        ) from error


def clean(run: RunFolder) -> None:
    """Remove what a finished run needs no more."""
    shutil.rmtree(run.cache, ignore_errors=True)
    run.checkpoint_file.unlink(missing_ok=True)


def card_for(spec: RunSpec, shape: NetworkShape, state: State) -> Card:
    """Return the card of the weights as they are now."""
    quality = {"held-out psnr_y_db": fmean(state.best_scores)} if state.best_scores else {}
    return Card(
        shape,
        name=Path(spec.output).stem,
        description=f"Trained for {state.step:,} steps, best at step {state.best_step:,}.",
        training_data=(Path(spec.pictures).name,),
        command=command_for(spec),
        quality={name: round(value, 3) for name, value in quality.items() if math.isfinite(value)},
        origin="trained",
    )


_OPTIONS = (
    "initialization", "initialization_std", "optimizer", "momentum", "weight_decay", "schedule", "warm_up_steps", "loss",
    "batch", "patch", "held_out", "clip", "expansion", "ema",
)  # fmt: skip
"""Fields of a spec whose options have their names and take one value."""


def command_for(spec: RunSpec) -> str:
    """Return the command that repeats the run, with the names of folders and files but not where they lie.

    Device and precision are left out: they are the computer's.
    """
    start = spec.start if spec.from_scratch else Path(spec.start).stem
    words = ["sr-desktop", "train", Path(spec.pictures).name, "--scale", str(spec.scale)]
    words += ["--output", Path(spec.output).name, "--start", start, "--seed", str(spec.seed)]
    words += ["--learning-rate", f"{spec.learning_rate:g}"]
    words += ["--steps", str(spec.steps)] if spec.steps else ["--minutes", f"{spec.minutes:g}"]
    usual = RunSpec("", spec.scale, "")
    for name in _OPTIONS:
        if getattr(spec, name) != getattr(usual, name):
            words += [f"--{name.replace('_', '-')}", str(getattr(spec, name))]
    words += ["--small"] if spec.small else []
    words += ["--no-rescale"] if not spec.rescale else []
    words += ["--low", Path(spec.low).name] if spec.low else []
    words += [word for pattern in spec.exclude for word in ("--exclude", pattern)]
    words += [word for text in spec.degrade for word in ("--degrade", text)]
    return shlex.join(words)
