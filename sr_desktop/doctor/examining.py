"""What there is to work with: versions, devices, threads, libraries, folders, models; what is broken is said, never raised."""

import importlib
import importlib.metadata
import os
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sr_desktop
from sr_desktop import paths
from sr_desktop.doctor import machine
from sr_desktop.errors import ModelError
from sr_desktop.library import catalogue, index

MODULES = {
    "torch": "torch",
    "numpy": "numpy",
    "OpenCV": "cv2",
    "Pillow": "PIL",
    "simplejpeg": "simplejpeg",
    "isal": "isal.isal_zlib",
    "safetensors": "safetensors",
    "platformdirs": "platformdirs",
}
"""Libraries that must load, and the module of each that is used; its package knows the version."""

CODECS = ("libjpeg_turbo", "zlib", "zlib_ng", "webp", "avif", "libtiff", "littlecms2")
"""What Pillow reads and writes with."""

Problems = list[str]


def examine() -> dict[str, Any]:
    """Return everything that was found, by section, and the problems as sentences under `problems`."""
    problems: Problems = []
    report: dict[str, Any] = {}
    for name, section in SECTIONS.items():
        try:
            report[name] = section(problems)
        except Exception as error:  # noqa: BLE001  (the doctor must not die of the disease)
            report[name] = {}
            problems.append(f"{name}: {type(error).__name__}: {error}")
    return report | {"problems": problems}


def _versions(problems: Problems) -> dict[str, str]:
    found = {"sr_desktop": sr_desktop.__version__, "Python": platform.python_version()}
    for name, module in MODULES.items():
        try:
            importlib.import_module(module)
            found[name] = str(importlib.import_module(module.partition(".")[0]).__version__)
        except Exception as error:  # noqa: BLE001  (a broken library may raise anything, not only ImportError)
            problems.append(f"{name} can't be loaded: {type(error).__name__}: {error}")
    try:
        found["PySide6"] = importlib.metadata.version("PySide6-Essentials")  # loading it might need a display
    except importlib.metadata.PackageNotFoundError:
        problems.append("PySide6 is not installed, so there is no window.")
    return found


def _machine(problems: Problems) -> dict[str, str | int]:
    return machine.describe()


def _devices(problems: Problems) -> list[dict[str, str]]:
    from sr_desktop.engine import devices

    kinds = ["cpu", *filter(None, [devices.accelerator()])]
    found = []
    for kind in kinds:
        device = devices.choose(kind)
        name = machine.cpu_name() if kind == "cpu" else devices.describe(device)
        found.append({"kind": kind, "name": name, "auto_precision": device.precision})
    return found


def _threads(problems: Problems) -> dict[str, int]:
    import cv2
    import torch

    return {"torch": torch.get_num_threads(), "opencv": cv2.getNumThreads(), "cores": machine.usable_cores()}


def _libraries(problems: Problems) -> dict[str, str]:
    import torch
    from PIL import features

    found = {name: features.version(name) for name in CODECS}
    for name in ("webp", "avif", "libtiff", "libjpeg_turbo"):
        if found[name] is None:
            problems.append(f"Pillow came without {name}.")
    capability = torch.backends.cpu.get_cpu_capability()
    return {name: version for name, version in found.items() if version is not None} | {"cpu_capability": capability}


def _paths(problems: Problems) -> dict[str, dict[str, Any]]:
    own = {
        "config": paths.config(),
        "data": paths.data(),
        "models": paths.user_weights(),
        "runs": paths.runs(),
        "cache": paths.cache(),
        "logs": paths.logs(),
    }
    shipped = {"resources": paths.resources(), "weights": paths.bundled_weights()}
    problems += [f"The folder {path} can't be written to." for path in own.values() if not _is_writable(path)]
    problems += [
        f"The folder {path}, which came with the program, is missing." for path in shipped.values() if not path.is_dir()
    ]
    return {
        name: {"path": str(path), "exists": path.is_dir(), "writable": _is_writable(path)}
        for name, path in (own | shipped).items()
    }


def _is_writable(path: Path) -> bool:
    """Tell whether a folder can be written to, or made."""
    nearest = next(folder for folder in (path, *path.parents) if folder.exists())
    return nearest.is_dir() and os.access(nearest, os.W_OK)


def _models(problems: Problems) -> dict[str, list[str]]:
    found = catalogue.catalogue()
    problems += [f"{item.path}: {item.error}" for item in found.broken]
    for entry in found.entries:
        if entry.is_bundled:
            try:
                index.check(entry.path)
            except ModelError as error:
                problems.append(str(error))
    missing = sorted({2, 3, 4} - set(catalogue.bundled_scales()))
    problems += [f"There is no bundled model for {scale}x." for scale in missing]
    return {
        "bundled": [entry.name for entry in found.entries if entry.is_bundled],
        "own": [entry.name for entry in found.entries if not entry.is_bundled],
    }


SECTIONS: dict[str, Callable[[Problems], Any]] = {
    "versions": _versions,
    "machine": _machine,
    "devices": _devices,
    "threads": _threads,
    "libraries": _libraries,
    "paths": _paths,
    "models": _models,
}


def as_text(report: dict[str, Any]) -> str:
    """Return the report as lines for a person."""
    lines: list[str] = []
    for section, found in report.items():
        if section != "problems":
            lines += [section.capitalize(), *_section_lines(found), ""]
    problems = report["problems"]
    lines += ["Problems", *(f"  {problem}" for problem in problems)] if problems else ["No problems found."]
    return "\n".join(lines)


def _section_lines(found: Any) -> list[str]:  # noqa: ANN401  (as each section has it)
    if isinstance(found, list):
        return [f"  {item['kind']:16} {item['name']}, {item['auto_precision']}" for item in found]
    return [f"  {name:16} {_value(value)}" for name, value in found.items()]


def _value(value: str | int | list[str] | dict[str, Any]) -> str:
    if isinstance(value, dict):
        state = "" if value["exists"] else " (not there yet)"
        return f"{value['path']}{state}"
    return (", ".join(value) or "none") if isinstance(value, list) else str(value)
