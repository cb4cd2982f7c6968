"""Makes a photo model: the clean model moved part of the way towards one that was refined on JPEG pictures.

    python docs/make/photo_weights.py CLEAN.safetensors REFINED.safetensors CLEAN_RUN OUTPUT.safetensors

REFINED was trained by `sr-desktop train --start CLEAN --degrade jpeg:30-95`. A network of 12,464 weights that has learned
compressed pictures alone blurs clean ones: it loses 2 dB on them. Between two models of which one was refined from the
other the weights may be mixed (Wortsman et al., CVPR 2022, arXiv 2109.01903), and most of the gain comes with the first part
of the way. How far is decided on the held-out training pictures of CLEAN_RUN: as far as clean ones lose at most `LOSS_DB`.
"""

import dataclasses
import sys
import tempfile
from pathlib import Path

from sr_desktop.cards import read_card
from sr_desktop.engine import weights
from sr_desktop.progress import run
from sr_desktop.runs.spec import read_spec
from sr_desktop.training.prepare import prepare

LOSS_DB = 0.45
"""Well below the 0.6 dB that a photo model may lose on clean pictures, since other pictures lose more or less."""

STEPS = 20


def main(clean: Path, refined: Path, clean_run: Path, output: Path) -> None:
    """Write the mixture."""
    (network, card), (other, _) = weights.load(clean), weights.load(refined)
    first, second = network.state_dict(), other.state_dict()
    with tempfile.TemporaryDirectory() as folder:
        held_out = run(prepare(read_spec(clean_run / "run.toml"), card.shape, Path(folder))).held_out
    reference = run(held_out.score(first))
    chosen = 0
    for step in range(1, STEPS + 1):
        mixed = {name: tensor.lerp(second[name], step / STEPS) for name, tensor in first.items()}
        scores = run(held_out.score(mixed))
        lost = sum(before - after for before, after in zip(reference, scores, strict=True)) / len(reference)
        print(f"{step / STEPS:.2f} of the way: {lost:.3f} dB lost on {len(reference)} clean held-out pictures")
        if lost > LOSS_DB:
            break
        chosen = step
    share = chosen / STEPS
    mixed = {name: tensor.lerp(second[name], share) for name, tensor in first.items()}
    command = f"{read_card(clean).command} && {read_card(refined).command} && docs/make/photo_weights.py: {share:.2f}"
    description = (
        f"For compressed photographs: {share:.0%} of the way from the clean model to one refined on JPEG 30 to 95."
    )
    weights.save(output, mixed, dataclasses.replace(card, command=command, description=description))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:5]))
