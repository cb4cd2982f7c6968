"""The whole way from file to file, and where its time goes."""

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2

from sr_desktop.cli import options
from sr_desktop.cli.benchmarks.pictures import photograph
from sr_desktop.cli.benchmarks.timing import REFERENCE, Row, Settings, Subject, alternate
from sr_desktop.engine import devices, weights
from sr_desktop.engine.model import Model
from sr_desktop.engine.targets import Factor, plan
from sr_desktop.engine.upscale import upscale
from sr_desktop.imaging.raster import Floats, Raster
from sr_desktop.imaging.reading import reader
from sr_desktop.imaging.writing import writer
from sr_desktop.progress import run

SCALE, WIDTH, HEIGHT = 2, 960, 540


def rows(settings: Settings) -> Iterator[Row]:
    """Give a row for our way and one for reading, bicubic and writing by OpenCV."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder, "photo.jpg"), Path(folder, "larger.png")
        writer.write(Raster(photograph(width=WIDTH, height=HEIGHT)), source, quality=90)
        journey = _Journey(source, target, settings)
        subjects = [
            Subject(REFERENCE, journey.go),
            Subject("opencv-bicubic", lambda: _by_opencv(source, target)),
        ]
        ours, *others = alternate(f"x{SCALE} JPEG {WIDTH}x{HEIGHT} to PNG", subjects, settings)
        yield ours.having(shares=journey.shares())
        yield from others


class _TimedModel(Model):
    """A model that counts the seconds it computes."""

    seconds = 0.0

    def __call__(self, luma: Floats) -> Floats:
        started_at = time.perf_counter()
        high = super().__call__(luma)
        self.seconds += time.perf_counter() - started_at
        return high


class _Journey:
    """Our way from file to file, with the seconds of each part added up over all rounds."""

    def __init__(self, source: Path, target: Path, settings: Settings) -> None:
        self._source, self._target = source, target
        network, card = weights.load(options.model_entry(None, SCALE).path)
        self._model = _TimedModel(network, card, devices.choose(settings.device, settings.precision))
        self._marks = [0.0, 0.0, 0.0]

    def go(self) -> None:
        started_at = time.perf_counter()
        raster = reader.read(self._source)
        read_at = time.perf_counter()
        planned = plan(Factor(SCALE), (SCALE,), height=raster.height, width=raster.width)
        result = run(upscale(raster, planned, lambda scale: self._model))
        upscaled_at = time.perf_counter()
        writer.write(result, self._target, overwrite=True)
        for number, seconds in enumerate(
            (read_at - started_at, upscaled_at - read_at, time.perf_counter() - upscaled_at)
        ):
            self._marks[number] += seconds

    def shares(self) -> dict[str, float]:
        """Return which part of the time each step took."""
        decode, upscaling, encode = self._marks
        network = self._model.seconds
        parts = {"decode": decode, "network": network, "colour": upscaling - network, "encode": encode}
        return {name: round(seconds / sum(self._marks), 3) for name, seconds in parts.items()}


def _by_opencv(source: Path, target: Path) -> None:
    samples = cv2.imread(str(source), cv2.IMREAD_COLOR)
    assert samples is not None
    cv2.imwrite(str(target), cv2.resize(samples, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_CUBIC))
