"""Puts a trained model among the weights we ship: measures it, completes its card, and renews the index.

    python docs/make/bundle_weights.py MODEL.safetensors NAME EVAL_FOLDER [EARLIER.safetensors]

EVAL_FOLDER holds Set5/HR and Set14/HR. EARLIER is the model that the run started from, if that run is to be named, too. The sets and their terms are those of `weights/README.md`.
"""

import dataclasses
import sys
from pathlib import Path

from sr_desktop import paths
from sr_desktop.cards import read_card
from sr_desktop.engine import scoring, weights
from sr_desktop.engine.devices import Device
from sr_desktop.engine.model import Model
from sr_desktop.imaging.reading.reader import read
from sr_desktop.library import index
from sr_desktop.progress import run

TRAINING_DATA = ("T91", "General100", "BSDS400")
TERMS = "Pictures for research use, terms not stated by their sources; BSDS400 for non-commercial research."
SETS = ("Set5", "Set14")


def main(source: Path, name: str, evaluation: Path, earlier: Path | None) -> None:
    """Write the model into the folder of bundled weights."""
    network, card = weights.load(source)
    model = Model(network, card, Device("cpu", "fp32"))
    command = f"{read_card(earlier).command} && {card.command}" if earlier else card.command
    quality: dict[str, float] = {}
    for folder in SETS:
        pictures = sorted((evaluation / folder / "HR").iterdir())
        scores = [run(scoring.score_model(scoring.pair(read(path), card.shape.scale), model)) for path in pictures]
        quality[f"{folder} psnr_y_db"] = round(scoring.mean(scores).psnr_y_db, 2)
    completed = dataclasses.replace(
        card,
        name=name,
        command=command,
        training_data=TRAINING_DATA,
        terms=TERMS,
        quality=quality,
        origin="bundled",
    )
    weights.save(paths.bundled_weights() / f"{name}.safetensors", network.state_dict(), completed)
    index.write(paths.bundled_weights())
    print(name, quality)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]) if len(sys.argv) > 4 else None)
