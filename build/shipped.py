"""The libraries that go along: what the program requires, and what that requires, as installed here.

`python build/shipped.py` prints the bill of materials (CycloneDX 1.6).
"""

import importlib.metadata
import json
import re
import sys
from importlib.metadata import Distribution
from pathlib import Path

from packaging.requirements import Requirement

PROGRAM = "sr-desktop"

LICENCE_FILE = re.compile(r"(?i)\.dist-info/(.*/)?(licen[cs]e|copying|notice|authors)[^/]*$|\.dist-info/licenses/")


def distributions() -> list[Distribution]:
    """Return them without the program itself, by name."""
    found: dict[str, Distribution] = {}
    waiting = [PROGRAM]
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in found:
            continue
        found[name] = importlib.metadata.distribution(name)
        requirements = map(Requirement, found[name].requires or [])
        waiting += [each.name for each in requirements if each.marker is None or each.marker.evaluate({"extra": ""})]
    del found[PROGRAM]
    return [found[name] for name in sorted(found)]


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
    program = {"type": "application", "name": PROGRAM, "version": importlib.metadata.version(PROGRAM)}
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": program},
        "components": components,
    }


if __name__ == "__main__":
    json.dump(bill(), sys.stdout, indent=1)
