"""The checksums of the weights we ship, so that a damaged installation is noticed.

`weights/index.json` holds `{"version": 1, "files": {"fsrcnn-x2.safetensors": {"sha256": "…", "bytes": 60000}}}`.
`docs/make/weights_index.py` makes it anew.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from sr_desktop.errors import ModelError
from sr_desktop.system import atomic_write

INDEX_NAME = "index.json"
INDEX_VERSION = 1

_AGAIN = "Install the program again."


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a file has to be like.

    Attributes:
        sha256: Of its content, in hexadecimal.
        size_bytes: Its length.
    """

    sha256: str
    size_bytes: int


def fingerprint(path: Path) -> Fingerprint:
    """Return the fingerprint of a file.

    Raises:
        ModelError: It can't be read.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"The model {path.name} can't be read: {error.strerror}.", "Check the path.") from error
    return Fingerprint(hashlib.sha256(content).hexdigest(), len(content))


def read(folder: Path) -> dict[str, Fingerprint]:
    """Return the fingerprints in a folder's index by file name.

    Raises:
        ModelError: The index is missing or broken.
    """
    try:
        fields = json.loads((folder / INDEX_NAME).read_text(encoding="utf-8"))
        listed = fields["files"].items()
        return {name: Fingerprint(str(item["sha256"]), int(item["bytes"])) for name, item in listed}
    except OSError as error:
        raise ModelError(f"The list of bundled models can't be read: {error.strerror}.", _AGAIN) from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError("The list of bundled models is damaged.", _AGAIN) from error


def write(folder: Path) -> int:
    """Write the index of all weights in a folder and return how many there are."""
    found = sorted(folder.glob("*.safetensors"))
    prints = {path.name: fingerprint(path) for path in found}
    entries = {name: {"sha256": item.sha256, "bytes": item.size_bytes} for name, item in prints.items()}
    text = json.dumps({"version": INDEX_VERSION, "files": entries}, indent=2) + "\n"
    atomic_write.write_whole(folder / INDEX_NAME, text.encode())
    return len(found)


def missing(folder: Path) -> list[str]:
    """Return the names of weights files that a folder's index lists and that are not there.

    Raises:
        ModelError: The index is missing or broken.
    """
    return [name for name in read(folder) if not (folder / name).exists()]


def check(path: Path) -> None:
    """Compare a bundled weights file with the index beside it.

    Raises:
        ModelError: It is not in the index, or not the file we shipped.
    """
    expected = read(path.parent).get(path.name)
    if expected is None:
        raise ModelError(f"{path.name} is not one of the models that came with the program.", _AGAIN)
    if fingerprint(path) != expected:
        raise ModelError(f"{path.name} is not the file that came with the program: it was damaged or changed.", _AGAIN)
