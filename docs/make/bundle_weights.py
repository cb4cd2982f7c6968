"""Puts a trained model among the weights we ship: measures it, completes its card, and renews the index.

    python docs/make/bundle_weights.py free|research MODEL.safetensors NAME EVAL_FOLDER [EARLIER.safetensors...]

EVAL_FOLDER holds Set5/HR and Set14/HR. EARLIER are the models that the run goes back to, oldest first, if their runs are to
be named, too. `free` is for models that saw photographs under free licences alone, `research` for those of the classical
sets; both are described in `weights/README.md`.
"""

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

from sr_desktop import paths
from sr_desktop.cards import read_card
from sr_desktop.engine import scoring, weights
from sr_desktop.engine.devices import Device
from sr_desktop.engine.model import Model
from sr_desktop.imaging.reading.reader import read
from sr_desktop.library import index
from sr_desktop.progress import run

MATERIALS = {
    "free": (
        ("Free",),
        "89 photographs under CC0, CC BY, CC BY-SA or the free licences of Wikimedia, named in docs/attributions.md. "
        "Any use, also commercial.",
        "Learned from free photographs alone: for any use, also commercial.",
    ),
    "research": (
        ("T91", "General100", "BSDS400"),
        "Pictures for research use, terms not stated by their sources; BSDS400 for non-commercial research.",
        "Learned from the sets of published work: for research use.",
    ),
}
"""What models learned from: the sets, their terms, and a description of the model in a sentence."""

SETS = ("Set5", "Set14")


def main(material: str, source: Path, name: str, evaluation: Path, earlier: Sequence[Path]) -> None:
    """Write the model into the folder of bundled weights."""
    training_data, terms, description = MATERIALS[material]
    network, card = weights.load(source)
    model = Model(network, card, Device("cpu", "fp32"))
    tiles = ("docs/make/detail_tiles.py Free free_tiles",) if material == "free" else ()
    command = " && ".join([*tiles, *(read_card(path).command for path in earlier), card.command])
    quality: dict[str, float] = {}
    for folder in SETS:
        pictures = sorted((evaluation / folder / "HR").iterdir())
        scores = [run(scoring.score_model(scoring.pair(read(path), card.shape.scale), model)) for path in pictures]
        quality[f"{folder} psnr_y_db"] = round(scoring.mean(scores).psnr_y_db, 2)
    completed = dataclasses.replace(
        card,
        name=name,
        description=description,
        command=command,
        training_data=training_data,
        terms=terms,
        quality=quality,
        origin="bundled",
    )
    weights.save(paths.bundled_weights() / f"{name}.safetensors", network.state_dict(), completed)
    index.write(paths.bundled_weights())
    print(name, quality)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], Path(sys.argv[4]), [Path(word) for word in sys.argv[5:]])
