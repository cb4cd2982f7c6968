"""`sr-desktop models`: which models there are, whether they are sound, and how they come and go."""

import argparse
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sr_desktop.cards import read_card
from sr_desktop.cli.commands import DONE, FAILED
from sr_desktop.errors import ModelError, UsageError
from sr_desktop.library import catalogue, own
from sr_desktop.library.catalogue import SUFFIX, Broken, Entry
from sr_desktop.services.models import files as model_files
from sr_desktop.services.models.files import ONNX_SUFFIX

if TYPE_CHECKING:
    from sr_desktop.cli.commands import Subparsers


def add_parser(subparsers: "Subparsers") -> None:
    """Add the command's options."""
    parser = subparsers.add_parser(
        "models", allow_abbrev=False, description="Lists, verifies, imports, exports and deletes models."
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, purpose in {
        "list": "list all models",
        "verify": "check that models are whole and the ones that came with the program",
        "import": "take a weights file in, also a foreign .pth",
        "export": "give a model out as .safetensors or .onnx",
        "delete": "delete a model of your own",
    }.items():
        action = actions.add_parser(name, help=purpose, description=f"{purpose.capitalize()}.", allow_abbrev=False)
        _ARGUMENTS[name](action)
        action.add_argument("--json", action="store_true", help="say one JSON object and nothing else")


def _list_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing but `--json`."""


def _verify_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("models", nargs="*", metavar="NAME|FILE", help="all if none is given")


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help=".safetensors of this program, or .pth of usual FSRCNN code")
    parser.add_argument("--name", metavar="NAME", help="what to call it; the file's name if not said")
    parser.add_argument("--scale", type=int, choices=(2, 3, 4), help="for a .pth file, which doesn't say it")


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="NAME|FILE")
    parser.add_argument("output", metavar="PATH", help="a folder, or a file ending in .safetensors or .onnx")
    parser.add_argument("--overwrite", action="store_true", help="replace a file that is there already")


def _delete_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", metavar="NAME")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an action says.

    Attributes:
        fields: For JSON.
        text: For a person.
        status: The exit status.
    """

    fields: dict[str, Any]
    text: str
    status: int = DONE


def run(arguments: argparse.Namespace) -> int:
    """Do the command and return its exit status.

    Raises:
        ModelError: It can't be done.
    """
    answer = _ACTIONS[arguments.action](arguments)
    print(json.dumps(answer.fields, indent=2) if arguments.json else answer.text)
    return answer.status


def _list(arguments: argparse.Namespace) -> Answer:
    found = catalogue.catalogue()
    lines = [_line(entry) for entry in found.entries] + [_broken_line(item) for item in found.broken]
    fields = {
        "models": [_fields(entry) for entry in found.entries],
        "broken": [{"path": str(item.path), "error": _error(item.error)} for item in found.broken],
    }
    return Answer(fields, "\n".join(lines) or "There are no models.")


def _fields(entry: Entry) -> dict[str, Any]:
    card = entry.card
    return {
        "name": entry.name,
        "scale": entry.scale,
        "origin": entry.origin,
        "path": str(entry.path),
        "bytes": entry.size_bytes,
        "sha256": entry.sha256,
        "description": card.description,
        "training_data": list(card.training_data),
        "terms": card.terms,
        "command": card.command,
        "quality": card.quality,
        "features": card.shape.features,
        "shrunk": card.shape.shrunk,
        "mapping": card.shape.mapping,
    }


def _error(error: ModelError) -> dict[str, str]:
    return {"title": error.title, "hint": error.hint}


def _line(entry: Entry) -> str:
    return f"{entry.name:24} {entry.scale}x  {entry.origin:9} {entry.card.description}".rstrip()


def _broken_line(item: Broken) -> str:
    return f"{item.path.stem:24} --  broken    {item.error}"


def _verify(arguments: argparse.Namespace) -> Answer:
    rows = [_verified(name) for name in arguments.models] if arguments.models else _all_verified()
    lines = [f"{row['name']:24} {'ok' if row['error'] is None else row['error']['title']}" for row in rows]
    sound = all(row["error"] is None for row in rows)
    return Answer({"models": rows}, "\n".join(lines) or "There are no models.", DONE if sound else FAILED)


def _all_verified() -> list[dict[str, Any]]:
    found = model_files.proven(catalogue.catalogue())
    unusable = [_verdict(item.path.stem, item.error) for item in (*found.broken, *model_files.missing())]
    return [_verdict(entry.name, None) for entry in found.entries] + unusable


def _verified(name: str) -> dict[str, Any]:
    try:
        model_files.prove(catalogue.find(name))
    except ModelError as error:
        return _verdict(name, error)
    return _verdict(name, None)


def _verdict(name: str, error: ModelError | None) -> dict[str, Any]:
    return {"name": name, "error": None if error is None else _error(error)}


def _import(arguments: argparse.Namespace) -> Answer:
    source = Path(arguments.file)
    if source.suffix.lower() == SUFFIX:
        scale = read_card(source).shape.scale
        if arguments.scale not in (None, scale):
            raise UsageError(f"{source.name} is a model for {scale}x.", "Leave --scale out.")
        entry = model_files.take_in(source, arguments.name or "")
    else:
        if arguments.scale is None:
            raise UsageError(f"{source.name} doesn't say its scale.", "Add --scale 2, 3 or 4.")
        entry = model_files.convert(source, arguments.scale, arguments.name or "")
    return Answer(_fields(entry), f"{entry.name} is one of your models now.")


def _export(arguments: argparse.Namespace) -> Answer:
    entry = catalogue.find(arguments.model)
    target = _export_target(entry, arguments.output)
    if os.path.lexists(target) and not arguments.overwrite:
        raise ModelError(f"{target} exists already.", "Use --overwrite, or choose another path.")
    model_files.give_out(entry, target)
    fields = {"name": entry.name, "output": str(target), "format": target.suffix.lower().removeprefix(".")}
    return Answer(fields, f"{entry.name} -> {target}")


def _export_target(entry: Entry, output: str) -> Path:
    target = Path(output)
    if target.is_dir():
        return target / f"{entry.name}{SUFFIX}"
    if target.suffix.lower() not in (SUFFIX, ONNX_SUFFIX):
        raise UsageError(f"{target.name} says no format.", f"Let it end in {SUFFIX} or {ONNX_SUFFIX}.")
    return target


def _delete(arguments: argparse.Namespace) -> Answer:
    entry = catalogue.catalogue().named(arguments.model)
    own.delete(entry)
    return Answer({"name": entry.name, "deleted": str(entry.path)}, f"{entry.name} is deleted.")


_ARGUMENTS = {
    "list": _list_arguments,
    "verify": _verify_arguments,
    "import": _import_arguments,
    "export": _export_arguments,
    "delete": _delete_arguments,
}

_ACTIONS = {"list": _list, "verify": _verify, "import": _import, "export": _export, "delete": _delete}
