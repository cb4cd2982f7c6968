"""`sr-desktop train`: train or fine-tune FSRCNN on a folder of pictures."""

import argparse
import dataclasses
import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sr_desktop import choices, paths
from sr_desktop.cli import commands, options
from sr_desktop.errors import UsageError

if TYPE_CHECKING:
    from sr_desktop.runs.events import Event
    from sr_desktop.runs.folder import RunFolder
    from sr_desktop.runs.spec import RunSpec
    from sr_desktop.training.stop_requests import Control

_FROM_SCRATCH = ("small", "initialization", "initialization_std")
"""Options that only make sense for a run from scratch, and so ask for one."""


def add_parser(subparsers: "commands.Subparsers") -> None:
    """Add the command's options."""
    parser = subparsers.add_parser(
        "train", help=commands.COMMANDS["train"], description="Trains or fine-tunes FSRCNN on a folder of pictures."
    )
    add = parser.add_argument
    add("pictures", nargs="?", metavar="FOLDER", help="pictures to learn from, with those in subfolders")
    add("--scale", type=int, choices=(2, 3, 4), help="how much larger the model shall make pictures")
    add("--output", metavar="M.safetensors", help="weights file to write in the end")
    add("--run", metavar="DIR", type=Path, help="folder of the run; an unfinished run in it goes on")
    add("--spec", metavar="FILE", type=Path, help="read everything from a run.toml instead")
    add("--start", metavar="NAME|FILE|scratch", help="model to refine; the bundled one of the scale if not said")
    add("--low", metavar="FOLDER", help="matching low-resolution pictures; made here if not said")
    add(
        "--exclude",
        action="append",
        metavar="PATTERN",
        help="leave out pictures and folders like these, such as *.gif or scans/bad.png; may be said again",
    )
    add("--small", action="store_true", default=None, help="train the small network, FSRCNN-s, from scratch")
    add("--initialization", choices=choices.INITIALIZATIONS, help="start of a run from scratch; he if not said")
    add("--initialization-std", type=float, metavar="X", help="deviation of every layer for normal; 0.001 if not said")
    add("--optimizer", choices=choices.OPTIMIZERS)
    add("--momentum", type=float, metavar="X", help="of sgd; 0.9 if not said")
    add("--weight-decay", type=float, metavar="X")
    add("--learning-rate", type=float, metavar="X", help="highest rate; chosen by optimizer and start if not said")
    add("--schedule", choices=choices.SCHEDULES)
    add("--warm-up-steps", type=int, metavar="N")
    add("--loss", choices=choices.LOSSES, help="charbonnier if not said")
    add("--clip", type=float, metavar="X", help="largest norm of the gradient; no limit if not said")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--steps", type=int, metavar="N", help="length of the run in steps")
    length.add_argument("--minutes", type=float, metavar="M", help="length of the run in minutes; 20 if not said")
    add("--batch", type=int, metavar="N", help="patches per step")
    add("--patch", type=int, metavar="N", help="side of a patch in low-resolution pixels")
    add("--held-out", type=float, metavar="SHARE", help="share of the pictures to check on; 0.1 if not said")
    add(
        "--degrade",
        action="append",
        metavar="WHAT",
        help="what the low-resolution pictures suffer: jpeg:30-95, noise:0-6, blur:0.2-1.2; may be said again",
    )
    add("--no-rescale", dest="rescale", action="store_false", default=None, help="no smaller copies of the pictures")
    add("--expansion", type=int, metavar="N", help="width of the layers while training; 0 for plain layers")
    add("--ema", type=float, metavar="X", help="decay of the average of the weights; 0 for none")
    add("--seed", type=int, metavar="N")
    options.add_device(parser)
    add(
        "--child",
        action="store_true",
        help="obey stop and detach on standard input and let other programs go first, as the window's child",
    )
    add("--json", action="store_true", help="one event per line on standard output")


def run(arguments: argparse.Namespace) -> int:
    """Train, and return 0 when finished or stopped."""
    from sr_desktop.training.stop_requests import Control, parent_input

    control = Control()
    control.take_signals()
    if arguments.child:
        from sr_desktop.system.thread_priority import lower_this_thread

        control.listen(parent_input())
        lower_this_thread()  # torch's threads inherit it: whoever started this in a window also wants to use the window
    folder = _folder(arguments)
    if not arguments.json:
        print(f"The run is in {folder.path}")
    from sr_desktop.runs.run_lock import claimed

    with claimed(folder):
        control.watch(folder.stop_file)
        try:
            _train(folder, control, as_json=arguments.json)
        finally:
            control.end()
            folder.stop_file.unlink(missing_ok=True)
    return commands.DONE


def _train(folder: "RunFolder", control: "Control", *, as_json: bool) -> None:
    """Train, and show or pass on the events."""
    from sr_desktop.training.trainer import train  # loads torch

    events = train(folder, control.is_stop_asked)
    if as_json:
        _pass_on(events, control)
        return
    from sr_desktop.cli.training_view import View

    view = View(folder.spec())
    for event in events:
        view.show(event)


def _pass_on(events: "Iterator[Event]", control: "Control") -> None:
    """Write events as lines; when nobody reads them any more, the run stops, or goes on if it is detached."""
    from sr_desktop.runs.events import to_line

    is_read = True
    for event in events:
        if not is_read:
            continue
        try:
            print(to_line(event), flush=True)
        except OSError:
            is_read = False
            commands.discard_stdout()
            if not control.is_detached:
                control.ask_to_stop()


def _folder(arguments: argparse.Namespace) -> "RunFolder":
    """Return the folder of the run, made anew unless one that asks the same is there.

    Raises:
        UsageError: The request can't work, or the folder holds another run.
    """
    from sr_desktop.errors import TrainingError
    from sr_desktop.runs.folder import RunFolder
    from sr_desktop.runs.spec import problems

    given = arguments.run
    if given is not None and RunFolder(given).exists and arguments.pictures is None and arguments.spec is None:
        if found := problems(RunFolder(given).spec()):  # a person may have edited it there
            raise UsageError(" ".join(problem.text for problem in found), "Correct it in the run's run.toml.")
        return RunFolder(given)
    spec = _spec(arguments)
    if found := problems(spec):
        raise UsageError(" ".join(problem.text for problem in found))
    folder = RunFolder((given or _new_path(spec)).absolute())
    if folder.exists:
        if folder.spec() != spec:
            raise UsageError(
                f"In {folder.path} is a run with other settings.",
                "Choose another --run, or say only --run to resume it.",
            )
        return folder
    try:
        folder.create(spec)
    except OSError as error:
        raise TrainingError(
            f"The run can't be kept in {folder.path}: {error.strerror}.", "Choose another --run."
        ) from error
    return folder


def _new_path(spec: "RunSpec") -> Path:
    stamp = datetime.datetime.now().strftime("%Y-%m-%d %H.%M.%S")
    return paths.runs() / f"{stamp} {Path(spec.output).stem}"


def _spec(arguments: argparse.Namespace) -> "RunSpec":
    """Return what the options, or the file, ask for, with whole paths."""
    from sr_desktop.runs import spec as specs

    if arguments.spec is not None:
        return specs.read_spec(arguments.spec)
    for name, option in (("pictures", "FOLDER"), ("scale", "--scale"), ("output", "--output")):
        if getattr(arguments, name) is None:
            raise UsageError(f"{option} is missing.", "See sr-desktop train --help.")
    names = [field.name for field in dataclasses.fields(specs.RunSpec)]
    said: dict[str, Any] = {name: getattr(arguments, name, None) for name in names}
    said = {name: value for name, value in said.items() if value is not None}
    said["start"] = start_path(said)
    for name in ("pictures", "output", "low"):
        if name in said:
            said[name] = str(Path(said[name]).absolute())
    for name in ("degrade", "exclude"):
        if name in said:
            said[name] = tuple(said[name])
    return specs.RunSpec(**said)


def start_path(said: dict[str, Any]) -> str:
    """Return the path of the model to start from, or `scratch`."""
    start = said.get("start")
    if start == "scratch" or (start is None and any(name in said for name in _FROM_SCRATCH)):
        return "scratch"
    return str(options.model_entry(start, None if start else said["scale"]).path.absolute())
