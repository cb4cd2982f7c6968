"""Measures what decoding in a helper process costs, as a share of whole conversions: for `docs/decisions.md`.

    .venv/bin/python docs/make/helper_overhead.py FOLDER [ROUNDS]

Both ways take turns, JPEG in and JPEG out at x2 with the bundled network, and the medians are compared.
"""

import statistics
import sys
import time
from pathlib import Path

from sr_desktop import paths
from sr_desktop.cli.benchmarks.pictures import photograph
from sr_desktop.engine.model import open_model
from sr_desktop.engine.targets import Plan
from sr_desktop.engine.upscale import upscale
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.reading import in_process, reader
from sr_desktop.imaging.writing import writer
from sr_desktop.progress import run

SIZES = ((400, 300), (1200, 800), (4000, 3000))


def main(folder: Path, rounds: int) -> None:
    """Measure and print."""
    model = open_model(paths.bundled_weights() / "fsrcnn-x2.safetensors", "cpu", "fp32", print)
    reader.warm_up()
    for width, height in SIZES:
        source, target = folder / "in.jpg", folder / "out.jpg"
        writer.write(Raster(photograph(width=width, height=height)), source, overwrite=True)
        guarded, plain, conversion = [], [], []
        for _ in range(rounds):
            started = time.perf_counter()
            raster = reader.read(source)
            guarded.append(time.perf_counter() - started)
            started = time.perf_counter()
            in_process.read_here(source)
            plain.append(time.perf_counter() - started)
        for _ in range(max(1, rounds // 10)):
            started = time.perf_counter()
            result = run(upscale(raster, Plan((2,), 2 * height, 2 * width), lambda _: model))
            writer.write(result, target, overwrite=True)
            conversion.append(time.perf_counter() - started)
        extra = statistics.median(guarded) - statistics.median(plain)
        whole = statistics.median(conversion) + statistics.median(guarded)
        print(f"{width} × {height}: {1000 * extra:.1f} ms more of {1000 * whole:.0f} ms, {100 * extra / whole:.1f} %")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 30)
