"""What is done with models where their tensors count as well as their headers: proving, taking in, giving out.

There is no Qt in here, and the engine is imported late: the command line uses this too.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sr_desktop import paths
from sr_desktop.errors import ModelError
from sr_desktop.library import catalogue, index, own
from sr_desktop.library.catalogue import Broken, Catalogue, Entry

ONNX_SUFFIX = ".onnx"

FOREIGN_SUFFIXES = (".pth", ".pt")
"""Of files that usual FSRCNN code writes; they don't say their scale."""


def prove(entry: Entry) -> None:
    """Load a model: its tensors must be what its card says. The catalogue has compared bundled ones with the index.

    Raises:
        ModelError: It can't be used.
    """
    from sr_desktop.engine import weights

    weights.load(entry.path)


def proven(found: Catalogue) -> Catalogue:
    """Return a catalogue in which every usable model was loaded once, and those that can't be are broken."""
    sound: list[Entry] = []
    broken: list[Broken] = []
    for entry in found.entries:
        try:
            prove(entry)
        except ModelError as error:
            broken.append(Broken(entry.path, error))
        else:
            sound.append(entry)
    return replace(found, entries=tuple(sound), broken=(*broken, *found.broken))


def missing() -> Sequence[Broken]:
    """Return each model that should have come with the program and did not."""
    folder = paths.bundled_weights()
    try:
        gone = index.missing(folder)
    except ModelError as error:
        return [Broken(folder / index.INDEX_NAME, error)]
    return [Broken(folder / name, ModelError(f"{name} is missing.", "Install the program again.")) for name in gone]


def take_in(source: Path, name: str = "") -> Entry:
    """Copy a weights file of this program into the person's folder and return the model.

    Args:
        source: The file.
        name: What to call it; by default what the file is called.

    Raises:
        ModelError: It is no sound model, or the name can't be used.
    """
    from sr_desktop.engine import weights

    weights.load(source)
    path = own.add(source, name)
    return catalogue.catalogue().named(path.stem)


def convert(source: Path, scale: int, name: str = "") -> Entry:
    """Make a model of the person's out of a `.pth` file of usual FSRCNN code and return it.

    Args:
        source: The file; it is read without running anything that may be in it.
        scale: What the network makes of a picture: the file doesn't say.
        name: What to call it; by default what the file is called.

    Raises:
        ModelError: It is no FSRCNN for this scale, or the name can't be used.
    """
    from sr_desktop.engine import weights

    network, card = weights.load_foreign(source, scale)
    path = own.path_for(name or source.stem)
    weights.save(path, network.state_dict(), card)
    return catalogue.catalogue().named(path.stem)


def give_out(entry: Entry, target: Path) -> None:
    """Write a model to `target`, as ONNX if that is its ending, replacing what is there.

    Raises:
        ModelError: It is not sound, or the file can't be written.
    """
    from sr_desktop.library import onnx  # late: it needs numpy, and the window is there before that

    prove(entry)  # nothing that is not sound goes out
    if target.suffix.lower() == ONNX_SUFFIX:
        onnx.write(entry, target)
    else:
        own.export(entry, target)
