"""Measures the memory that `sr-desktop upscale` takes at its peak, and writes the table of `docs/large-pictures.md`.

    .venv/bin/python docs/make/peak_memory.py FOLDER [docs/large-pictures.md] [--megapixels 12 50 100] [--ways WAY ...] \
        [--gigapixel] [--small-from MEGAPIXELS]

FOLDER is for pictures and results, a few gigabytes, and 20 with `--gigapixel`; they are removed one by one. Counted is
everything resident of the program and of the processes that it starts, what they share counted once (PSS), 5 times a
second. Runs on Linux only. A way is two of the names below, as in `png16-tiff`. `--small-from` takes an untrained
network of 8 features from that size on, which is quicker and takes less memory for one tile only.
"""

import argparse
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sr_desktop.cards import Card, NetworkShape
from sr_desktop.cli.benchmarks.pictures import photograph
from sr_desktop.engine import weights
from sr_desktop.engine.network import FSRCNN
from sr_desktop.imaging.raster import Raster, Samples
from sr_desktop.imaging.strips import outlined
from sr_desktop.imaging.writing.writer import write_strips

START, END = "<!-- measured: start -->", "<!-- measured: end -->"
WAYS = ("jpeg-png", "png-png", "tiff-tiff")
KINDS = {
    "jpeg": ("JPEG", ".jpg"),
    "progressive": ("progressive JPEG, 4:4:4", ".jpg"),
    "png": ("PNG", ".png"),
    "png16": ("PNG, 16 bits", ".png"),
    "png16rgba": ("PNG, 16 bits, transparent", ".png"),
    "pngrgba": ("PNG, transparent", ".png"),
    "tiff": ("TIFF", ".tif"),
    "tiff16": ("TIFF, 16 bits", ".tif"),
    "tifffloat": ("TIFF, floating point", ".tif"),
    "tiled": ("tiled TIFF", ".tif"),
}
"""Name in the table and ending, by name in a way."""

TILE = 256


@dataclass(frozen=True, slots=True)
class Measured:
    """One conversion."""

    megapixels: int
    way: str
    model: str
    peak_mb: float
    seconds: float
    input_bytes: int
    output_bytes: int


def rows_of(height: int, width: int) -> Iterator[NDArray[np.uint8]]:
    """Yield a picture with the spectrum of a photograph in strips: one motif, repeated."""
    motif = photograph(width=2000, height=1600)
    motif = np.concatenate([motif, motif[::-1]])
    motif = np.concatenate([motif, motif[:, ::-1]], axis=1)  # so that there are no seams
    wide = np.tile(motif, (1, -(-width // motif.shape[1]), 1))[:, :width]
    for top in range(0, height, len(wide)):
        yield wide[: height - top]


def stored(kind: str, rows: NDArray[np.uint8]) -> Samples:
    """Return rows in the depth and with the channels of a kind; 16 bits are really used."""
    if kind == "tifffloat":
        return rows.astype(np.float32) / np.float32(255)
    if kind.endswith("rgba"):
        alpha = np.broadcast_to(np.linspace(0, 255, rows.shape[1]).astype(np.uint8)[:, None], (*rows.shape[:2], 1))
        rows = np.concatenate([rows, alpha], axis=2, dtype=np.uint8)
    if "16" in kind:
        return rows.astype(np.uint16) * np.uint16(256) + rows[::-1]
    return rows


def make(path: Path, kind: str, megapixels: int) -> None:
    """Write an input of 4:3."""
    width = round((megapixels * 1e6 * 4 / 3) ** 0.5)
    height = round(width * 3 / 4)
    if kind == "tiled":
        write_tiles(path, height, width)
    elif kind == "progressive":
        image = Image.fromarray(np.concatenate(list(rows_of(height, width))))
        image.save(
            path, quality=90, method=0, progressive=True, subsampling=0
        )  # WebP has one of these, JPEG the others
    else:
        outline = outlined(Raster(stored(kind, np.zeros((1, 1, 3), np.uint8))), height=height, width=width)
        write_strips(outline, (stored(kind, rows) for rows in rows_of(height, width)), path, quality=90)


def write_tiles(path: Path, height: int, width: int) -> None:
    """Write a BigTIFF file of uncompressed tiles, as scanners of slides and maps do."""
    down, across = -(-height // TILE), -(-width // TILE)
    size = TILE * TILE * 3
    with path.open("wb") as file:
        file.write(struct.pack("<2sHHHQ", b"II", 43, 8, 0, 0))
        blank = np.zeros((TILE, across * TILE, 3), np.uint8)
        held = np.zeros((0, width, 3), np.uint8)
        rows = rows_of(height, width)
        for _ in range(down):
            while len(held) < TILE and (more := next(rows, None)) is not None:
                held = np.concatenate([held, more])
            blank[: len(held), :width] = held[:TILE]
            held = held[TILE:]
            file.write(blank.reshape(TILE, across, TILE, 3).transpose(1, 0, 2, 3).tobytes())
        place = file.tell()
        count = down * across
        file.write(struct.pack(f"<{count}Q", *range(16, 16 + count * size, size)))
        lengths = file.tell()
        file.write(struct.pack(f"<{count}Q", *[size] * count))
        start = file.tell()
        tags = [
            (256, 4, 1, width), (257, 4, 1, height), (258, 3, 3, 8 | 8 << 16 | 8 << 32), (259, 3, 1, 1), (262, 3, 1, 2),
            (277, 3, 1, 3), (284, 3, 1, 1), (322, 4, 1, TILE), (323, 4, 1, TILE), (324, 16, count, place),
            (325, 16, count, lengths),
        ]  # fmt: skip
        file.write(struct.pack("<Q", len(tags)) + b"".join(struct.pack("<HHQQ", *tag) for tag in tags) + bytes(8))
        file.seek(8)
        file.write(struct.pack("<Q", start))


def family(pid: int) -> list[int]:
    """Return a process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        threads = [path for path in Path(f"/proc/{pid}/task").iterdir() if path.name != str(pid)]
        children += [child for path in threads for child in (path / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(member for child in children for member in family(int(child)))]


def resident_kb(pid: int) -> int:
    """Return the proportional set size: pages that n processes share count one nth in each."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except OSError:  # it has just ended
        pass
    return 0


def small_network(folder: Path) -> Path:
    """Write a network that does nothing useful and return where."""
    shape = NetworkShape(2, features=8, shrunk=4, mapping=1)
    path = folder / "small.safetensors"
    weights.save(path, FSRCNN(shape).state_dict(), Card(shape, "small"))
    return path


def measure(source: Path, target: Path, megapixels: int, way: str, model: Path | None) -> Measured:
    """Convert a picture at x2 and return what that took."""
    options = ["--limit-megapixels", str(megapixels + 10), *(["--model", str(model)] if model else [])]
    words = [sys.executable, "-m", "sr_desktop", "upscale", str(source), "--output", str(target), *options]
    started = time.monotonic()
    peak = 0
    with subprocess.Popen(words) as program:
        while program.poll() is None:
            peak = max(peak, sum(resident_kb(pid) for pid in family(program.pid)))
            time.sleep(0.2)
    if program.returncode:
        raise SystemExit(f"{way} of {megapixels} megapixels failed")
    seconds = time.monotonic() - started
    sizes = source.stat().st_size, target.stat().st_size
    return Measured(megapixels, way, "small" if model else "fsrcnn-x2", peak * 1024 / 1e6, seconds, *sizes)


def table(found: list[Measured]) -> str:
    """Return the measurements as Markdown."""
    heads = "megapixels in", "out", "from, to", "network", "peak, MB", "file in, MB", "out, MB"
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    lines += [
        f"| {item.megapixels:,} | {4 * item.megapixels:,} | {item.way} | {item.model} | {item.peak_mb:,.0f} | "
        f"{item.input_bytes / 1e6:,.0f} | {item.output_bytes / 1e6:,.0f} |"
        for item in sorted(found, key=lambda item: item.megapixels)
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure and print, and write the page if one is given."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("page", type=Path, nargs="?")
    parser.add_argument("--megapixels", type=int, nargs="*", default=[12, 50, 100])
    parser.add_argument("--ways", nargs="+", default=WAYS, metavar="WAY")
    parser.add_argument("--gigapixel", action="store_true")
    parser.add_argument("--small-from", type=int, default=100_000, metavar="MEGAPIXELS")
    arguments = parser.parse_args()
    small = small_network(arguments.folder)
    wanted = [(size, way) for size in arguments.megapixels for way in arguments.ways]
    wanted += [(1000, "tiled-tiff")] if arguments.gigapixel else []
    found = []
    for size, way in wanted:
        before, after = way.split("-")
        source, target = arguments.folder / f"in{KINDS[before][1]}", arguments.folder / f"out{KINDS[after][1]}"
        make(source, before, size)
        name = f"{KINDS[before][0]} → {KINDS[after][0]}"
        found.append(measure(source, target, size, name, small if size >= arguments.small_from else None))
        print(found[-1], flush=True)
        source.unlink()
        target.unlink()
    if arguments.page:
        text = arguments.page.read_text(encoding="utf-8")
        before, rest = text.split(START)
        _, after = rest.split(END)
        arguments.page.write_text(f"{before}{START}\n{table(found)}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
