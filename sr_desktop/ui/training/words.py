"""The wizard's words: fields of a spec, their values, states of a run."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale

from sr_desktop.inputs import folder_walk
from sr_desktop.runs.notices import Action, Notice
from sr_desktop.runs.spec import SCRATCH, RunSpec
from sr_desktop.services.training.remedies import FROM_BEST
from sr_desktop.services.training.run import State


def _tr(text: str) -> str:
    return QCoreApplication.translate("TrainingWords", text)


def field(name: str) -> str:
    """Return what a field of the spec is called."""
    return {
        "pictures": _tr("Pictures"),
        "scale": _tr("Scale"),
        "output": _tr("Model file"),
        "name": _tr("Name"),
        "low": _tr("Small pictures"),
        "exclude": _tr("Left out"),
        "start": _tr("Begin with"),
        "small": _tr("Small network"),
        "initialization": _tr("Initialization"),
        "initialization_std": _tr("Its deviation"),
        "optimizer": _tr("Optimiser"),
        "momentum": _tr("Momentum"),
        "weight_decay": _tr("Weight decay"),
        "learning_rate": _tr("Learning rate"),
        "schedule": _tr("Schedule"),
        "warm_up_steps": _tr("Warm-up steps"),
        "loss": _tr("Loss"),
        "clip": _tr("Gradient limit"),
        "steps": _tr("Steps"),
        "minutes": _tr("Minutes"),
        "batch": _tr("Batch"),
        "patch": _tr("Patch"),
        "held_out": _tr("Held-out share"),
        "degrade": _tr("Degradation"),
        "rescale": _tr("Smaller copies"),
        "expansion": _tr("Training width"),
        "ema": _tr("Averaging"),
        "seed": _tr("Seed"),
        "device": _tr("Device"),
        "precision": _tr("Precision"),
    }.get(name, name)


def value(name: str, given: object) -> str:
    """Return a field's value as a person reads it."""
    match name, given:
        case "start", str(text) if text == SCRATCH:
            return _tr("nothing: from scratch")
        case "start", str(text) if text == FROM_BEST:
            return _tr("the best weights so far")
        case "start" | "output", str(text):
            return Path(text).stem
        case "learning_rate", float(rate):
            return number(rate) if rate else _tr("chosen by the program")
        case _, str(text) if text in _choices():
            return _choices()[text]
        case "scale", scale:
            return f"{scale}×"
        case _, bool(flag):
            return _tr("yes") if flag else _tr("no")
        case _, float(figure):
            return number(figure)
        case _, int(figure):
            return QLocale().toString(int(figure))
        case "exclude", tuple(patterns):
            return files([folder_walk.named(pattern) for pattern in patterns]) if patterns else _tr("nothing")
        case _, tuple(items):
            return ", ".join(items) if items else _tr("none")
        case _:
            return str(given)


def files(names: Sequence[str], most: int = 6) -> str:
    """Return the first few names in a line, and how many there are besides."""
    if len(names) <= most:
        return ", ".join(names)
    return _tr("{} and {} more").format(", ".join(names[: most - 1]), count(len(names) - most + 1))


def _choices() -> dict[str, str]:
    """Return the words for choices that are words; names, as of an optimiser, are the same in all languages."""
    return {
        "auto": _tr("auto"),
        "constant": _tr("constant"),
        "cosine": _tr("cosine"),
        "normal": _tr("normal"),
    }


def number(figure: float) -> str:
    """Return a number with as many digits as say something."""
    if float(figure).is_integer() and abs(figure) < 1e15:
        return count(int(figure))
    return f"{figure:.4g}"


def db(score: float | None, digits: int = 2) -> str:
    """Return a score in dB."""
    return "–" if score is None else _tr("{} dB").format(QLocale().toString(float(score), "f", digits))


def gain(value: float, digits: int = 2) -> str:
    """Return a difference of two scores, with its sign."""
    sign = "+" if value >= 0 else "−"
    return _tr("{} dB").format(sign + QLocale().toString(abs(float(value)), "f", digits))


def count(figure: int) -> str:
    """Return a count with its groups of digits."""
    return QLocale().toString(int(figure))


def length(spec: RunSpec) -> str:
    """Return how long a run was asked to be."""
    if spec.steps:
        return _tr("{} steps").format(count(spec.steps))
    return _tr("{} min").format(number(spec.minutes))


def state(given: State) -> str:
    """Return a state in a few words."""
    return {
        State.WAITING: _tr("Waiting for its turn"),
        State.STARTING: _tr("Starting"),
        State.READING: _tr("Reading the pictures"),
        State.TRAINING: _tr("Training"),
        State.STOPPING: _tr("Stopping"),
        State.FINISHED: _tr("Finished"),
        State.STOPPED: _tr("Stopped"),
        State.FAILED: _tr("Failed"),
        State.LEFT: _tr("Not finished"),
        State.LOGGED: _tr("Log"),
    }[given]


def action(notice: Notice) -> str:
    """Return what the button of a notice says; empty where there is nothing to press."""
    if notice.action is Action.LEAVE_OUT_FILES and notice.files:
        return _tr("Restart without These Files…")
    return {
        Action.USE_HE_INITIALIZATION: _tr("Restart with He Initialization…"),
        Action.LOWER_LEARNING_RATE: _tr("Restart with a Tenth of the Rate…"),
        Action.RAISE_LEARNING_RATE: _tr("Restart with Ten Times the Rate…"),
        Action.RESTART_FROM_BEST: _tr("Restart from the Best Weights…"),
        Action.STOP_AND_KEEP: _tr("Stop and Keep"),
        Action.LEAVE_OUT_FILES: _tr("Choose Other Pictures…"),
        Action.ADD_PICTURES: _tr("Add Pictures…"),
        Action.CHECK_PAIRS: _tr("Check the Folders…"),
        Action.CORRECT_RANGE: _tr("Choose Other Pictures…"),
        Action.NONE: "",
    }[notice.action]


def amendment(notice: Notice) -> str:
    """Return what the button of a notice says before there is a run."""
    if notice.action is Action.LEAVE_OUT_FILES and notice.files:
        return _tr("Leave Out These Files")
    return {
        Action.USE_HE_INITIALIZATION: _tr("Use He Initialization"),
        Action.LOWER_LEARNING_RATE: _tr("Use a Tenth of the Rate"),
        Action.RAISE_LEARNING_RATE: _tr("Use Ten Times the Rate"),
        Action.RESTART_FROM_BEST: "",
        Action.STOP_AND_KEEP: "",
    }.get(notice.action, action(notice))
