"""What is asked of all files of a batch, and a short text that changes with it."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sr_desktop.choices import Passes
from sr_desktop.engine.targets import Target
from sr_desktop.imaging.reading import reader
from sr_desktop.library import index


@dataclass(frozen=True, slots=True)
class Options:
    """What is the same for all files.

    Attributes:
        target: How large results shall be.
        quality: For formats that have one.
        overwrite: Whether existing results are replaced.
        limit_pixels: Pictures that say they have more are refused.
        salvage: Whether what is left of a damaged picture is enough.
        strip_metadata: Whether results go without what tells about their maker.
        provenance: Whether results say how they were made.
        keep_times: Whether results get the times of their input.
        passes: Through the network for each picture.
    """

    target: Target
    quality: int | None = None
    overwrite: bool = False
    limit_pixels: int = reader.DEFAULT_LIMIT_PIXELS
    salvage: bool = False
    strip_metadata: bool = False
    provenance: bool = False
    keep_times: bool = False
    passes: Passes = 1


_NOT_IN_THE_RESULT = ("overwrite", "limit_pixels")
"""Options that say whether there is a result, not what is in it."""


def made_with(options: Options, models: Mapping[int, Path], precision: str) -> str:
    """Return a text that is the same for the same models and the same wishes, and only then.

    The device is not part of it: a batch begun on one may go on on another.

    Raises:
        ModelError: A weights file can't be read.
    """
    wishes = {**dataclasses.asdict(options), "target": repr(options.target), "precision": precision}
    wishes |= {f"x{scale}": index.fingerprint(path).sha256 for scale, path in sorted(models.items())}
    kept = {name: value for name, value in wishes.items() if name not in _NOT_IN_THE_RESULT}
    if options.passes == 1:  # journals from before there were more know nothing of it
        del kept["passes"]
    return hashlib.blake2b(json.dumps(kept, sort_keys=True).encode(), digest_size=12).hexdigest()
