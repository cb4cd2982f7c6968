"""Scores of folders of pictures, and how they are shown."""

import argparse
import json
import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sr_desktop.batch.models import Models
from sr_desktop.choices import Passes
from sr_desktop.cli import options
from sr_desktop.cli.bar import Bar
from sr_desktop.engine import scoring
from sr_desktop.engine.scoring import Score
from sr_desktop.errors import UserError
from sr_desktop.imaging.reading import reader
from sr_desktop.inputs.folder_walk import Choice
from sr_desktop.inputs.inputs import Found, find
from sr_desktop.library.catalogue import Entry
from sr_desktop.progress import Progress, run


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one picture, or the mean of a folder.

    Attributes:
        name: File name of the picture, or the folder as given.
        model: With the model.
        bicubic: With MATLAB's bicubic.
    """

    name: str
    model: Score
    bicubic: Score

    def fields(self) -> dict[str, float | None]:
        """Return the scores for JSON; infinite ones, of equal pictures, are None."""
        return {
            "psnr_y_db": _finite(self.model.psnr_y_db, 3),
            "ssim_y": _finite(self.model.ssim_y, 5),
            "bicubic_psnr_y_db": _finite(self.bicubic.psnr_y_db, 3),
            "bicubic_ssim_y": _finite(self.bicubic.ssim_y, 5),
        }


def _finite(value: float, digits: int) -> float | None:
    return round(value, digits) if math.isfinite(value) else None


@dataclass(frozen=True, slots=True)
class ScoredSet:
    """One folder.

    Attributes:
        mean: Means over its pictures; its name is the folder as given.
        pictures: Each picture.
    """

    mean: Scored
    pictures: Sequence[Scored]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was scored.

    Attributes:
        scale: The factor.
        model: The model's name.
        sets: The folders.
        passes: Through the network for each picture.
    """

    scale: int
    model: str
    sets: Sequence[ScoredSet]
    passes: Passes = 1

    def to_json(self, *, per_image: bool) -> str:
        """Return one JSON object."""
        sets = [_set_fields(item, per_image) for item in self.sets]
        return json.dumps({"scale": self.scale, "model": self.model, "passes": self.passes, "sets": sets}, indent=2)

    def to_text(self, per_image: bool) -> str:
        """Return a table for a person."""
        often = f", {self.passes} passes" if self.passes > 1 else ""
        lines = [f"{self.model}, {self.scale}x{often}, against bicubic"]
        for item in self.sets:
            rows = (*item.pictures, item.mean) if per_image else (item.mean,)
            lines += [_line(row) for row in rows]
        return "\n".join(lines)


def _set_fields(item: ScoredSet, per_image: bool) -> dict[str, Any]:
    fields = {"folder": item.mean.name, "images": len(item.pictures), **item.mean.fields()}
    rows = [{"image": picture.name, **picture.fields()} for picture in item.pictures]
    return fields | ({"per_image": rows} if per_image else {})


def _line(row: Scored) -> str:
    ours, bicubic = row.model, row.bicubic
    return (
        f"{row.name:32} PSNR {ours.psnr_y_db:6.2f} ({bicubic.psnr_y_db:6.2f}) dB   "
        f"SSIM {ours.ssim_y:.4f} ({bicubic.ssim_y:.4f})"
    )


def evaluate(entry: Entry, arguments: argparse.Namespace) -> list[ScoredSet]:
    """Return the scores of all folders.

    Raises:
        UserError: A folder is empty, or a picture can't be scored.
    """
    originals = {folder: run(find([folder], Choice(recursive=False))) for folder in arguments.folders}
    for folder, found in originals.items():
        if not found:
            raise UserError(f"{folder} holds no pictures.", "Give a folder of pictures.")
    low = _low_pictures(arguments.low, arguments.scale) if arguments.low else None
    models = Models(
        {entry.scale: entry.path}, arguments.device, arguments.precision, _say_on_stderr, options.passes(arguments)
    )
    models.open_one()
    bar = Bar(sum(map(len, originals.values())))
    try:
        return [_scored_set(folder, found, low, models, bar) for folder, found in originals.items()]
    finally:
        bar.clear()


def _say_on_stderr(sentence: str) -> None:
    print(sentence, file=sys.stderr)


def _low_pictures(folder: str, scale: int) -> dict[str, Path]:
    """Return small pictures by the stem of their original: the same, or with `x2` behind it, as some sets have it."""
    paths = [found.path for found in run(find([folder], Choice(recursive=False)))]
    return {path.stem.removesuffix(f"x{scale}"): path for path in paths} | {path.stem: path for path in paths}


def _scored_set(
    folder: str, found: Sequence[Found], low: dict[str, Path] | None, models: Models, bar: Bar
) -> ScoredSet:
    pictures = [_scored(item, low, models, bar) for item in found]
    model, bicubic = scoring.mean([item.model for item in pictures]), scoring.mean([item.bicubic for item in pictures])
    return ScoredSet(Scored(folder, model, bicubic), pictures)


def _scored(found: Found, low: dict[str, Path] | None, models: Models, bar: Bar) -> Scored:
    bar.show(0, found.path.name)
    pictures = _pair(found, low, min(models.files))

    def show(progress: Progress) -> None:
        bar.show(progress.fraction, found.path.name)

    model = run(scoring.score_model(pictures, models(pictures.scale)), show)
    bar.advance()
    return Scored(found.path.name, model, scoring.score_bicubic(pictures))


def _pair(found: Found, low: dict[str, Path] | None, scale: int) -> scoring.Pair:
    high = reader.read(found.path)
    if low is not None and found.path.stem not in low:
        raise UserError(f"There is no small picture for {found.given}.", "It has to have the same name.")
    given = None if low is None else reader.read(low[found.path.stem])
    try:
        return scoring.pair(high, scale, given)
    except UserError as error:
        raise UserError(f"{found.given}: {error.title}", error.hint) from error
