"""The libraries that go along: what the program requires, and what that requires, as installed here.

`python build/shipped.py` prints the bill of materials (CycloneDX 1.6).
"""

import importlib.metadata
import json
import re
import sys
import tomllib
from importlib.metadata import Distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

BUILD = Path(__file__).resolve().parent
sys.path[:0] = [str(BUILD), str(BUILD.parent)]
from contents import EXCLUDED_MODULES  # noqa: E402  # beside this file

from sr_desktop import __version__  # noqa: E402

PROJECT: dict[str, Any] = tomllib.loads((BUILD.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]

LICENCE_FILE = re.compile(r"(?i)\.dist-info/(.*/)?(licen[cs]e|copying|notice|authors)[^/]*$|\.dist-info/licenses/")


def distributions() -> list[Distribution]:
    """Return them without the program itself and what is left out of it, by name."""
    found: dict[str, Distribution] = {}
    waiting = _names(PROJECT["dependencies"])
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found or name in EXCLUDED_MODULES:
            continue
        found[name] = importlib.metadata.distribution(name)
        waiting += _names(found[name].requires or [])
    return [found[name] for name in sorted(found)]


def _names(requirements: list[str]) -> list[str]:
    """Return the names of those that hold on this system."""
    parsed = map(Requirement, requirements)
    return [each.name for each in parsed if each.marker is None or each.marker.evaluate({"extra": ""})]


def licence(distribution: Distribution) -> str:
    """Return the licence that a library names, "" if none."""
    data = distribution.metadata.json
    classifiers = [text.rsplit(" :: ", 1)[1] for text in data.get("classifier", ()) if text.startswith("License ::")]
    expression, text = str(data.get("license_expression", "")), str(data.get("license", ""))
    return expression or ", ".join(classifiers) or text.partition("\n")[0]


def licence_files() -> list[tuple[str, str]]:
    """Return source and folder of each licence file, in the form PyInstaller wants."""
    return [
        (str(distribution.locate_file(file)), f"licences/{distribution.metadata['Name']}")
        for distribution in distributions()
        for file in distribution.files or []
        if LICENCE_FILE.search(file.as_posix()) and Path(str(distribution.locate_file(file))).is_file()
    ]


def metadata_files() -> list[tuple[str, str]]:
    """Return source and folder of what Python's `importlib.metadata` reads of each library, in the form PyInstaller wants."""
    found = []
    for distribution in distributions():
        (file,) = [
            each for each in distribution.files or [] if re.fullmatch(r"[^/]+\.dist-info/METADATA", each.as_posix())
        ]
        found.append((str(distribution.locate_file(file)), file.parent.name))
    return found


def bill() -> dict[str, object]:
    """Return the bill of materials."""
    components = [
        {
            "type": "library",
            "name": distribution.metadata["Name"],
            "version": distribution.version,
            "purl": f"pkg:pypi/{distribution.metadata['Name'].lower()}@{distribution.version.split('+')[0]}",
            "licenses": [{"license": {"name": licence(distribution)}}],
        }
        for distribution in distributions()
    ]
    program = {"type": "application", "name": PROJECT["name"], "version": __version__}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": program},
        "components": components,
    }


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1)
