"""`sr-desktop probe`: only the look that `train` takes before step 1, as a table."""

import argparse
import dataclasses
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sr_desktop.choices import DeviceName
from sr_desktop.cli import commands, train
from sr_desktop.errors import UsageError

if TYPE_CHECKING:
    from sr_desktop.cli.commands import Subparsers
    from sr_desktop.runs.events import Event
    from sr_desktop.runs.spec import RunSpec

FILES_ANYWHERE = True
"""For the parser: the folder may stand between options."""

_COLUMNS = {
    "activation_rms": "signal",
    "activation_std": "spread",
    "gradient_rms": "gradient",
    "weight_rms": "weights",
    "dead_share": "dead",
}

_MADE_SIDE = 1024
"""Side of the pictures that are made where no folder is given: not too little to learn from."""


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command's options."""
    parser = subparsers.add_parser(
        "probe",
        allow_abbrev=False,
        description="Sends one batch through a network and back, as train does before step 1, and shows for each layer "
        "the size of what leaves it, how much of that depends on the picture, the gradient, and dead channels.",
    )
    add = parser.add_argument
    add(
        "pictures", nargs="?", metavar="FOLDER", help="pictures of the batch, measured as well; one is made if not said"
    )
    add("--scale", type=int, choices=(2, 3, 4), required=True, help="how much larger the model shall make pictures")
    add("--start", metavar="NAME|FILE|scratch", help="model to look into; scratch if not said")
    add("--low", metavar="FOLDER", help="matching low-resolution pictures; made here if not said")
    add("--small", action="store_true", default=None, help="the small network, FSRCNN-s, from scratch")
    add("--initialization", choices=("he", "normal"), help="start from scratch; he if not said")
    add("--initialization-std", type=float, metavar="X", help="deviation of every layer for normal; 0.001 if not said")
    add("--optimizer", choices=("adam", "adamw", "sgd"), help="what would train it; sgd never leaves some starts")
    add("--loss", choices=("charbonnier", "l1", "mse", "psnr"), help="what the gradients are of")
    add("--seed", type=int, metavar="N")
    add("--spec", metavar="FILE", type=Path, help="read everything from a run.toml instead")
    add("--run", metavar="DIR", type=Path, help="folder to prepare, for train to go on with")
    add(
        "--pace",
        action="store_true",
        help="also make a few steps, to see how many patches per second this machine does",
    )
    add("--json", action="store_true", help="one event per line on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Look, and return 0 whatever was seen.

    Raises:
        UsageError: The request can't work.
        UserError: The pictures or the model can't be used.
    """
    from sr_desktop.runs.folder import RunFolder
    from sr_desktop.runs.spec import problems, read_spec

    with _temporary_place() if arguments.spec is None or arguments.run is None else nullcontext("") as name:
        place = Path(name)
        spec = _spec(arguments, place) if arguments.spec is None else read_spec(arguments.spec)
        if found := problems(spec):
            raise UsageError(" ".join(problem.text for problem in found))
        if arguments.pictures is None and arguments.spec is None:
            _make_pictures(Path(spec.pictures))
        run = RunFolder(arguments.run or place / "run")
        run.create(spec)
        from sr_desktop.training.trainer import before_step_1  # loads torch

        _show(before_step_1(run, measures_pace=arguments.pace), spec, as_json=arguments.json)
    return commands.DONE


def _temporary_place() -> AbstractContextManager[str]:
    """Give a folder for what is not kept; only where it is needed, since the window may kill its child at any moment."""
    # Windows can't remove a file while it is mapped, which after a failure it may still be.
    return tempfile.TemporaryDirectory(prefix="sr-desktop-probe-", ignore_cleanup_errors=True)


def _spec(arguments: argparse.Namespace, place: Path) -> "RunSpec":
    """Return what the options ask for, with pictures in `place` if none are given."""
    from sr_desktop.runs.spec import RunSpec

    names = [field.name for field in dataclasses.fields(RunSpec)]
    said: dict[str, Any] = {name: getattr(arguments, name, None) for name in names}
    said = {name: value for name, value in said.items() if value is not None}
    said["start"] = train.start_path({"start": "scratch", **said})
    if arguments.pictures is None:
        if arguments.low is not None:
            raise UsageError("--low goes with a folder of large pictures.", "Give that folder.")
        said["pictures"] = str(place / "pictures")
    device: DeviceName = "auto" if arguments.pace else "cpu"
    return RunSpec(**said, output=str(place / "none.safetensors"), device=device, rescale=False)


def _make_pictures(folder: Path) -> None:
    """Make two different pictures: one of any two is held out."""
    import cv2

    from sr_desktop.cli.benchmarks.pictures import photograph

    folder.mkdir()
    picture = photograph(width=_MADE_SIDE, height=_MADE_SIDE)
    for name, samples in (("a", picture), ("b", picture[::-1])):
        _, content = cv2.imencode(".png", samples)
        (folder / f"{name}.png").write_bytes(content.tobytes())


def _show(events: "Iterator[Event]", spec: "RunSpec", *, as_json: bool) -> None:
    from sr_desktop.cli.training_view import View
    from sr_desktop.runs.events import to_line

    view = View(spec)
    seen: list[Event] = []
    for event in events:
        seen.append(event)
        if as_json:
            print(to_line(event), flush=True)
        elif event["event"] == "probe":
            view.line(_table(event))
        elif event["event"] == "pace":
            view.line(f"This machine does {event['patches_per_s']:,.0f} patches per second.")
        elif event["event"] != "start":
            view.show(event)
    if not as_json and not any(event["event"] == "notice" for event in seen):
        print("Nothing is wrong with this start.")


def _table(event: "Event") -> str:
    """Return the layers as lines of columns, and what goes in and comes out."""
    rows: list[Sequence[str]] = [("", *_COLUMNS.values())]
    rows += [(layer["name"], *(_figure(layer[name]) for name in _COLUMNS)) for layer in event["layers"]]
    lines = [f"{row[0]:15}" + "".join(f"{cell:>10}" for cell in row[1:]) for row in rows]
    spread = f"{_figure(event['output_std'])}, that of the targets {_figure(event['target_std'])}"
    values = f"{_figure(event['input_min'])} to {_figure(event['input_max'])}"
    return "\n".join([*lines, f"Spread of the output: {spread}. Values of the input: {values}."])


def _figure(value: float | None) -> str:
    """Return a number as text; events hold null where it is not finite."""
    return "none" if value is None else f"{value:.2g}"
