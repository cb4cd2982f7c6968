"""The models there are: those that came with the program, and the person's own."""

import difflib
from dataclasses import dataclass
from pathlib import Path

from sr_desktop import paths
from sr_desktop.cards import Card, read_card
from sr_desktop.errors import ModelError
from sr_desktop.library import index

SUFFIX = ".safetensors"

SCALES = (2, 3, 4)

BUNDLED = "bundled"
IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class Entry:
    """One model.

    Attributes:
        name: What a person calls it: the file's name without its ending.
        path: The weights file.
        card: What the file says about itself.
        origin: `bundled`, `trained` or `imported`.
        size_bytes: Length of the file.
        sha256: Of the file's content.
    """

    name: str
    path: Path
    card: Card
    origin: str
    size_bytes: int
    sha256: str

    @property
    def scale(self) -> int:
        """How much larger it makes pictures."""
        return self.card.shape.scale

    @property
    def is_bundled(self) -> bool:
        """Whether it came with the program, and so can't be deleted."""
        return self.origin == BUNDLED


@dataclass(frozen=True, slots=True)
class Broken:
    """A file in one of the two folders that can't be used.

    Attributes:
        path: The file.
        error: Why.
    """

    path: Path
    error: ModelError


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All models at one moment.

    Attributes:
        entries: Usable ones: the bundled first, and of these the standard ones; else by name.
        broken: The others.
    """

    entries: tuple[Entry, ...]
    broken: tuple[Broken, ...]

    def named(self, name: str) -> Entry:
        """Return the model called `name`.

        Raises:
            ModelError: There is none, or its file is broken.
        """
        for entry in self.entries:
            if entry.name == name:
                return entry
        for item in self.broken:
            if item.path.stem == name:
                raise item.error
        raise ModelError(f"There is no model called “{name}”.", self._suggestion(name))

    def _suggestion(self, name: str) -> str:
        names = [entry.name for entry in self.entries]
        close = difflib.get_close_matches(name, names, 1)
        if close:
            return f"Did you mean {close[0]}?"
        return f"There are {', '.join(names)}." if names else "Give the path of a weights file."


def default_name(scale: int) -> str:
    """Return the name of the bundled model that is used unless another one is asked for."""
    return f"fsrcnn-x{scale}"


def photo_name(scale: int) -> str:
    """Return the name of the bundled model for pictures that a camera or the web has compressed."""
    return f"fsrcnn-x{scale}-photo"


def research_name(scale: int) -> str:
    """Return the name of the bundled standard model that learned from the classical sets, for research use."""
    return f"fsrcnn-x{scale}-research"


def small_name(scale: int) -> str:
    """Return the name of the bundled model with the paper's small network, FSRCNN-s."""
    return f"fsrcnn-s-x{scale}"


def name_at(name: str, scale: int) -> str:
    """Return what a bundled model of the same kind is called at another scale; empty if `name` is no such model."""
    for kind in (default_name, photo_name, small_name, research_name):
        if name in map(kind, SCALES):
            return kind(scale)
    return ""


def catalogue() -> Catalogue:
    """Return all models there are now; reads headers and checksums, not tensors.

    A bundled one that is not the file we shipped counts as broken.
    """
    entries: list[Entry] = []
    broken: list[Broken] = []
    for folder, is_bundled in ((paths.bundled_weights(), True), (paths.user_weights(), False)):
        for path in sorted(folder.glob(f"*{SUFFIX}"), key=_turn):
            try:
                if any(entry.name == path.stem for entry in entries):
                    raise ModelError(f"{path} has the name of a bundled model.", "Give the file another name.")
                entries.append(_entry(path, is_bundled))
            except ModelError as error:
                broken.append(Broken(path, error))
    return Catalogue(tuple(entries), tuple(broken))


def find(name_or_file: str) -> Entry:
    """Return the model a person means: a name from the catalogue, or the path of a weights file.

    Raises:
        ModelError: There is no such model, or its file is broken.
    """
    path = Path(name_or_file)
    if path.suffix.lower() == SUFFIX or len(path.parts) > 1:
        return _entry(path, is_bundled=False)
    try:
        return catalogue().named(name_or_file)
    except ModelError:
        if path.is_file():
            return _entry(path, is_bundled=False)
        raise


def bundled(scale: int) -> Entry:
    """Return the bundled model for a scale.

    Raises:
        ModelError: The installation lacks it, or its file is broken.
    """
    path = paths.bundled_weights() / f"{default_name(scale)}{SUFFIX}"
    if not path.is_file():
        raise ModelError(f"The bundled model {path.stem} is missing.", "Install the program again, or give a model.")
    return _entry(path, is_bundled=True)


def bundled_scales() -> tuple[int, ...]:
    """Return the scales for which a default model is bundled."""
    folder = paths.bundled_weights()
    return tuple(scale for scale in SCALES if (folder / f"{default_name(scale)}{SUFFIX}").is_file())


def _turn(path: Path) -> tuple[bool, str]:
    """Sort standard models first."""
    return path.stem not in map(default_name, SCALES), path.stem


def _entry(path: Path, is_bundled: bool) -> Entry:
    card = read_card(path)
    if is_bundled:
        index.check(path)
    printed = index.fingerprint(path)
    # A file that came from another installation may still say there that it is bundled.
    own_origin = card.origin if card.origin != BUNDLED else IMPORTED
    origin = BUNDLED if is_bundled else own_origin
    return Entry(path.stem, path, card, origin, printed.size_bytes, printed.sha256)
