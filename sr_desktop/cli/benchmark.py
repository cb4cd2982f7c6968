"""`sr-desktop benchmark`: how fast and how frugal this program is on this computer, against other ways."""

import argparse
import importlib
import json
from typing import TYPE_CHECKING, Any

from sr_desktop.cli import options
from sr_desktop.cli.bar import Bar
from sr_desktop.cli.commands import DONE
from sr_desktop.doctor import machine
from sr_desktop.errors import DeviceError, UsageError

if TYPE_CHECKING:
    from sr_desktop.cli.benchmarks.timing import Row
    from sr_desktop.cli.commands import Subparsers

TASKS = {
    "network": "the network alone, at x2, x3 and x4",
    "file": "from a JPEG file to a PNG file",
    "memory": "memory for two sizes",
    "window": "the first painted window, and how late its event loop gets",
    "training": "steps of training against the usual public loop",
    "batch": "a folder of JPEG files, against the least time; only when asked for, since it takes minutes",
}
"""What can be measured; each is a module of `benchmarks` with `rows(settings)`."""

_USUAL = tuple(name for name in TASKS if name != "batch")


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command's options."""
    tasks = "; ".join(f"{name}: {purpose}" for name, purpose in TASKS.items())
    parser = subparsers.add_parser(
        "benchmark",
        allow_abbrev=False,
        description="Measures speed and memory. The subjects of one task take turns, so read ratios.",
    )
    parser.add_argument("--task", action="append", choices=tuple(TASKS), help=f"only this; may be repeated. {tasks}")
    parser.add_argument("--batch", action="append_const", dest="task", const="batch", help="the same as --task batch")
    parser.add_argument("--files", type=_files, default=200, metavar="N", help="files of the batch; 200 if not said")
    parser.add_argument(
        "--rounds", type=_rounds, default=9, metavar="N", help="how often each subject runs; 9 if not said"
    )
    options.add_device(parser)
    parser.add_argument("--json", action="store_true", help="say one JSON object and nothing else")
    parser.add_argument("--probe-memory", help=argparse.SUPPRESS)  # for the tasks' own processes
    parser.add_argument("--probe-batch", help=argparse.SUPPRESS)


def _rounds(text: str) -> int:
    return options.number(text, 1, 1000)


def _files(text: str) -> int:
    return options.number(text, 1, 100_000)


def run(arguments: argparse.Namespace) -> int:
    """Do the command and return its exit status.

    Raises:
        UsageError: There is no bundled model, or the device can't be used.
    """
    if arguments.probe_memory:
        from sr_desktop.cli.benchmarks import memory

        width, height = map(int, arguments.probe_memory.split("x"))
        print(json.dumps(memory.probe(width, height, arguments.device, arguments.precision)))
        return DONE
    if arguments.probe_batch:
        from sr_desktop.cli.benchmarks import batch

        *numbers, name = arguments.probe_batch.split("x")
        count, width, height = map(int, numbers)
        print(json.dumps(batch.probe(count, width, height, name, arguments.device, arguments.precision)))
        return DONE
    rows = _measure(arguments)
    if arguments.json:
        print(json.dumps({"machine": _machine(), "rows": [row.fields() for row in rows]}, indent=2))
    else:
        print("\n".join([_machine_line(), *map(_line, rows)]))
    return DONE


def _measure(arguments: argparse.Namespace) -> list["Row"]:
    from sr_desktop.cli.benchmarks.timing import Settings
    from sr_desktop.engine import devices

    try:
        devices.choose(arguments.device, arguments.precision)
    except DeviceError as error:
        raise UsageError(error.title, error.hint) from error
    names = [name for name in TASKS if name in (arguments.task or _USUAL)]
    bar = Bar(len(names))
    settings = Settings(
        arguments.rounds,
        arguments.device,
        arguments.precision,
        lambda task, part: bar.show(part, task),
        arguments.files,
    )
    rows: list[Row] = []
    try:
        for name in names:
            rows += importlib.import_module(f"sr_desktop.cli.benchmarks.{name}").rows(settings)
            bar.advance()
    finally:
        bar.clear()
    return rows


def _machine() -> dict[str, Any]:
    import torch

    return machine.describe() | {"torch": torch.__version__, "threads": torch.get_num_threads()}


def _machine_line() -> str:
    found = _machine()
    return f"{found['cpu']}, {found['cores']} cores, torch {found['torch']} with {found['threads']} threads"


def _line(row: "Row") -> str:
    fields = row.fields()
    shown = {name: value for name, value in row.more.items() if name != "times_ours"}
    ratio = f"{fields['times_ours']:8.2f} x ours" if "times_ours" in fields else ""
    times = f"{fields['median_ms']:9.1f} ms ({fields['min_ms']:.1f} to {fields['max_ms']:.1f})"
    return f"{row.task:28} {row.subject:16} {times:34} {ratio:16} {_more(shown)}".rstrip()


def _more(values: dict[str, Any]) -> str:
    return ", ".join(f"{name} {_said(value)}" for name, value in values.items())


def _said(value: object) -> str:
    if isinstance(value, dict):
        return _more(value)
    return value if isinstance(value, str) else f"{value:.3g}"
