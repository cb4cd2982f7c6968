"""A folder of photographs converted as a batch, against the least time that its work can take on these cores.

The least is what decoding, the network and encoding take, in seconds of one core, divided by the cores; on an
accelerator the larger of the network's seconds there and those of the codecs on all cores. Both are measured in the same
run, one file at a time and on one thread. Colour, which is neither codec nor network, is counted apart.

A core's speed changes from minute to minute where others use the machine, too, and it is less while the other cores are
busy. So the network, nine tenths of the work, is measured a second time, in the batch itself.
"""

import contextlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, TypeVar

from sr_desktop import paths
from sr_desktop.cli import options
from sr_desktop.cli.benchmarks.timing import REFERENCE, Row, Settings
from sr_desktop.errors import UserError
from sr_desktop.system import malloc

SCALE = 2
WIDTH, HEIGHT = 1152, 864
"""About a megapixel."""

FORMATS = ("JPEG", "PNG")
MEMORY_FILES = (20, 2000)
MEMORY_SIZE = (96, 64)
"""Small ones: what memory grows by with the number of files does not depend on their size."""

_WORK_FILES = 24
"""Whose work is measured one at a time, half of them before the batch and half behind it; with six, the bound of the same
batch differed by a tenth from run to run."""

if TYPE_CHECKING:
    from sr_desktop.engine.model import Model
    from sr_desktop.imaging.raster import Floats

_Result = TypeVar("_Result")


def rows(settings: Settings) -> Iterator[Row]:
    """Give a row for each format and one for the memory of few and of many files."""
    for number, name in enumerate(FORMATS):
        task = f"x{SCALE} batch of {settings.files} JPEG {WIDTH}x{HEIGHT} to {name}"
        settings.report(task, number / (len(FORMATS) + 1))
        found = _in_a_process_of_its_own(settings.files, WIDTH, HEIGHT, name, settings)
        yield Row(task, REFERENCE, [found.pop("ms")], found)
    settings.report("batch memory", len(FORMATS) / (len(FORMATS) + 1))
    few, many = (_in_a_process_of_its_own(count, *MEMORY_SIZE, "JPEG", settings) for count in MEMORY_FILES)
    more = {f"peak_mb_of_{count}": found["peak_mb"] for count, found in zip(MEMORY_FILES, (few, many), strict=True)}
    yield Row(f"batch memory {MEMORY_FILES[0]} and {MEMORY_FILES[1]} files", REFERENCE, [many["ms"]], more)


def _in_a_process_of_its_own(count: int, width: int, height: int, name: str, settings: Settings) -> dict[str, Any]:
    program = [sys.executable] if paths.is_frozen() else [sys.executable, "-m", "sr_desktop"]
    words = ["--probe-batch", f"{count}x{width}x{height}x{name}", "--device", settings.device]
    done = subprocess.run(
        [*program, "benchmark", *words, "--precision", settings.precision], stdout=subprocess.PIPE, check=False
    )
    if done.returncode != 0:  # it has said why on stderr
        raise UserError("The process that measures a batch failed.", "See what it said above.")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def probe(count: int, width: int, height: int, name: str, device: str, precision: str) -> dict[str, Any]:
    """Return what a batch of so many files takes, in this process, and how that compares with its work."""
    from sr_desktop.batch import models as batch_models
    from sr_desktop.cli.benchmarks.memory import peak_bytes
    from sr_desktop.cli.benchmarks.pictures import photograph
    from sr_desktop.imaging.raster import Raster
    from sr_desktop.imaging.reading import reader
    from sr_desktop.imaging.writing import writer as raster_writer

    malloc.share_freed()  # as the command does
    reader.warm_up()
    cores = batch_models.cores()
    models = batch_models.Models({SCALE: options.model_entry(None, SCALE).path}, device, precision, print)
    with TemporaryDirectory() as folder:
        inputs = Path(folder, "in")
        inputs.mkdir()
        first = inputs / "0.jpg"
        raster_writer.write(Raster(photograph(width=width, height=height)), first, quality=90)
        for number in range(1, count):
            shutil.copyfile(first, inputs / f"{number}.jpg")
        work = _Work(first, Path(folder, f"one.{name.lower()}"), models)
        batch_models.use_cores(1)
        work.measure(_WORK_FILES // 2)
        batch_models.use_cores(cores)
        with _clocked_networks(is_accelerator=models(SCALE).device.is_accelerator) as spent:
            wall_s, process_s = _run(inputs, Path(folder, "out"), name, models)
        batch_models.use_cores(1)
        work.measure(_WORK_FILES // 2)
    found = {"ms": wall_s * 1000, "peak_mb": round(peak_bytes() / 1e6, 1), "cores": cores}
    return found | work.compared(count, cores, wall_s, process_s, sum(spent))


def _run(inputs: Path, output: Path, name: str, models: Any) -> tuple[float, float]:  # noqa: ANN401  (torch is loaded late)
    """Convert the folder, and return the seconds it took, and those of this process on all cores."""
    from sr_desktop.batch.batch import Batch
    from sr_desktop.batch.naming import naming
    from sr_desktop.batch.options import Options, made_with
    from sr_desktop.batch.plan import Planner
    from sr_desktop.engine.targets import Factor
    from sr_desktop.inputs.inputs import find
    from sr_desktop.progress import run

    target = Factor(SCALE)
    began_at, process_before = time.perf_counter(), time.process_time()
    named = naming([str(inputs)], str(output), target, format_name=name)
    made = made_with(Options(target), models.files, models.precision)
    plan = run(Planner(named, made).plan(run(find([str(inputs)]))))
    for _ in Batch(plan, Options(target), models, made).run():
        pass
    return time.perf_counter() - began_at, time.process_time() - process_before


@dataclass(slots=True)
class _Work:
    """The work on one file, step by step, in seconds of one core, or of the accelerator for the network."""

    source: Path
    target: Path
    models: Any
    seconds: dict[str, float] = field(
        default_factory=lambda: dict.fromkeys(("decode", "network", "colour", "encode"), 0.0)
    )
    times: int = 0

    def measure(self, times: int) -> None:
        """Do it so many times, after once that doesn't count."""
        for number in range(times + 1):
            found = self._once()
            if number:
                self.times += 1
                for name, seconds in found.items():
                    self.seconds[name] += seconds

    def _once(self) -> dict[str, float]:
        from sr_desktop.engine.targets import Factor, plan
        from sr_desktop.engine.upscale import upscale
        from sr_desktop.imaging.reading import in_process
        from sr_desktop.imaging.writing import writer as raster_writer
        from sr_desktop.progress import run

        is_accelerator = self.models(SCALE).device.is_accelerator
        raster, decode = _timed(lambda: in_process.read_here(self.source))
        planned = plan(Factor(SCALE), (SCALE,), height=raster.height, width=raster.width)
        with _clocked_networks(is_accelerator=is_accelerator) as spent:
            larger, upscaling = _timed(lambda: run(upscale(raster, planned, self.models)))
        _, encode = _timed(lambda: raster_writer.write(larger, self.target, overwrite=True))
        colour = max(0.0, upscaling - (0.0 if is_accelerator else sum(spent)))
        return {"decode": decode, "network": sum(spent), "colour": colour, "encode": encode}

    def compared(
        self, count: int, cores: int, wall_s: float, process_s: float, network_in_batch_s: float
    ) -> dict[str, Any]:
        """Return the work of all files, and which part of the time the least time is."""
        work = {name: seconds / self.times * count for name, seconds in self.seconds.items()}
        codec = work["decode"] + work["encode"]
        apart = self.models(SCALE).device.is_accelerator

        def least_s(network_s: float) -> float:
            return max(codec / cores, network_s) if apart else (codec + network_s) / cores

        bound_s = least_s(work["network"])
        with_colour_s = max((codec + work["colour"]) / cores, bound_s) if apart else bound_s + work["colour"] / cores
        computed = sum(work.values()) - work["decode"] - (work["network"] if apart else 0.0)
        return {
            "core_seconds": {name: round(seconds, 3) for name, seconds in work.items()},
            "network_in_batch_s": round(network_in_batch_s, 3),
            "bound_s": round(bound_s, 6),  # a batch of few files takes a tenth of a second
            "of_bound": round(bound_s / wall_s, 3),
            "of_bound_in_batch": round(least_s(network_in_batch_s) / wall_s, 3),
            "of_bound_with_colour": round(with_colour_s / wall_s, 3),
            # Decoding is done by another process; on a busy machine this says more than the time does.
            "core_seconds_of_work": round(process_s / computed, 3),
        }


@contextlib.contextmanager
def _clocked_networks(*, is_accelerator: bool) -> Iterator[list[float]]:
    """Give a list of the seconds that each call of a model takes meanwhile: of its thread's core, or by the clock."""
    from sr_desktop.engine.model import Model

    clock = time.perf_counter if is_accelerator else time.thread_time
    call = Model.__call__
    spent: list[float] = []

    def clocked(self: "Model", luma: "Floats") -> "Floats":
        began_at = clock()
        high = call(self, luma)
        spent.append(clock() - began_at)
        return high

    Model.__call__ = clocked  # type: ignore[method-assign]
    try:
        yield spent
    finally:
        Model.__call__ = call  # type: ignore[method-assign]


def _timed(call: Callable[[], _Result]) -> tuple[_Result, float]:
    """Return a result and the seconds that all threads of this process took for it."""
    began_at = time.process_time()
    result = call()
    return result, time.process_time() - began_at
