"""`sr-desktop runs`: look at training runs, go on with them, take them out, remove them."""

import argparse
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sr_desktop import paths
from sr_desktop.cli import commands
from sr_desktop.errors import UsageError, UserError

if TYPE_CHECKING:
    from sr_desktop.runs.events import Event
    from sr_desktop.runs.folder import RunFolder


def add_parser(subparsers: "commands.Subparsers") -> None:
    """Add the command's own commands."""
    parser = subparsers.add_parser("runs", help=commands.COMMANDS["runs"], description="Training runs.")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    listing = actions.add_parser("list", help="the runs that are kept, newest first")
    listing.add_argument("--json", action="store_true")
    for name, purpose in (
        ("show", "what a run was asked, and what came of it"),
        ("resume", "go on with a run that was stopped or killed"),
        ("delete", "remove a run's folder; the model it wrote stays"),
        ("export", "write a run's curves"),
    ):
        action = actions.add_parser(name, help=purpose)
        action.add_argument("run", metavar="RUN", help="a run's folder, or its name in the list")
        if name in ("show", "resume"):
            action.add_argument("--json", action="store_true")
        if name == "export":
            kind = action.add_mutually_exclusive_group(required=True)
            kind.add_argument("--csv", metavar="FILE", type=Path, help="one line per step, with a header")
            kind.add_argument("--tensorboard", metavar="FOLDER", type=Path, help="an event file for TensorBoard")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked."""
    if arguments.action == "list":
        return _list(arguments.json)
    folder = _find(arguments.run)
    match arguments.action:
        case "show":
            return _show(folder, arguments.json)
        case "resume":
            return commands.run(["train", "--run", str(folder.path), *(["--json"] if arguments.json else [])])
        case "delete":
            return _delete(folder)
        case _:
            return _export(folder, arguments.csv, arguments.tensorboard)


def _find(name: str) -> "RunFolder":
    from sr_desktop.runs.folder import RunFolder

    for path in (Path(name), paths.runs() / name):
        if RunFolder(path).exists:
            return RunFolder(path)
    raise UsageError(f"There is no training run “{name}”.", "sr-desktop runs list shows them.")


def _summary(folder: "RunFolder") -> dict[str, Any]:
    """Return what a run's folder says about it."""
    spec = folder.spec()
    last_step = 0
    check: Event = {}
    end: Event = {}
    for event in folder.events():
        last_step = event["step"]
        if event["event"] == "check":
            check = event
        end = event if event["event"] == "end" else {}
    keep = ("psnr_db", "best_psnr_db", "bicubic_psnr_db", "base_psnr_db")
    return {
        "name": folder.path.name,
        "path": str(folder.path),
        "state": end.get("reason", "unfinished"),
        "step": last_step,
        "steps": spec.steps or None,
        "minutes": spec.minutes or None,
        "scale": spec.scale,
        "output": spec.output,
        "verdict": end.get("verdict"),
        **{name: check.get(name) for name in keep},
    }


def _list(as_json: bool) -> int:
    from sr_desktop.runs.folder import find_runs

    found = find_runs(paths.runs())
    for folder in found:
        try:
            row = _summary(folder)
        except UserError as error:
            row = {"name": folder.path.name, "path": str(folder.path), "state": "unreadable", "error": str(error)}
        if as_json:
            print(json.dumps(row, ensure_ascii=False))
        else:
            score = f"  {row['best_psnr_db']:.2f} dB" if row.get("best_psnr_db") is not None else ""
            print(f"{row['name']}  {row['state']}" + (f"  step {row['step']:,}" if "step" in row else "") + score)
    if not found and not as_json:
        print(f"There are no training runs in {paths.runs()}.")
    return commands.DONE


def _show(folder: "RunFolder", as_json: bool) -> int:
    row = _summary(folder)
    if as_json:
        print(json.dumps(row, ensure_ascii=False))
    else:
        for name, value in row.items():
            if value is not None:
                print(f"{name.replace('_', ' '):16} {value}")
    return commands.DONE


def _delete(folder: "RunFolder") -> int:
    try:
        shutil.rmtree(folder.path)
    except OSError as error:
        raise UserError(f"The run {folder.path.name} can't be removed: {error.strerror}.") from error
    print(f"Removed {folder.path}")
    return commands.DONE


def _export(folder: "RunFolder", table: Path | None, board: Path | None) -> int:
    try:
        if table is not None:
            from sr_desktop.runs.csv_export import write_csv

            write_csv(folder.events(), table)
        elif board is not None:
            from sr_desktop.runs import tensorboard_export

            tensorboard_export.write(folder.events(), board)
    except OSError as error:
        raise UserError(f"The curves can't be written: {error.strerror}.", "Choose another place.") from error
    print(f"Written to {table or board}", file=sys.stderr)
    return commands.DONE
