"""How much memory an upscale takes beyond what the loaded program has: measured in a process of its own."""

import ctypes
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sr_desktop import paths
from sr_desktop.cli.benchmarks.timing import REFERENCE, Row, Settings
from sr_desktop.errors import UserError

SCALE = 2
SIZES = ((1920, 1080), (3840, 2160))
"""Width and height; between the two, memory must grow with the output only."""

_WARM_UP = (720, 540)
"""Nine tiles, of which the one in the middle is as large as a tile with its halo gets."""


def rows(settings: Settings) -> Iterator[Row]:
    """Give a row for each size; the second says how much each further megapixel of output takes."""
    before: dict[str, Any] | None = None
    for number, (width, height) in enumerate(SIZES):
        task = f"x{SCALE} memory {width}x{height}"
        settings.report(task, number / len(SIZES))
        found = _in_a_process_of_its_own(width, height, settings)
        more = {key: found[key] for key in ("growth_mb", "output_megapixels")}
        if before is not None:
            grown = found["growth_mb"] - before["growth_mb"]
            more["mb_per_output_megapixel"] = round(
                grown / (found["output_megapixels"] - before["output_megapixels"]), 2
            )
        yield Row(task, REFERENCE, [found["ms"]], more)
        before = found


def _in_a_process_of_its_own(width: int, height: int, settings: Settings) -> dict[str, Any]:
    program = [sys.executable] if paths.is_frozen() else [sys.executable, "-m", "sr_desktop"]
    options = ["--device", settings.device, "--precision", settings.precision]
    words = [*program, "benchmark", "--probe-memory", f"{width}x{height}", *options]
    done = subprocess.run(words, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:  # it has said why on stderr
        raise UserError("The process that measures memory failed.", "See what it said above.")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def probe(width: int, height: int, device: str, precision: str) -> dict[str, float]:
    """Return what one upscale of that size takes, in this process, which must not have done one before."""
    from sr_desktop.cli import options
    from sr_desktop.cli.benchmarks.pictures import photograph
    from sr_desktop.engine.model import open_model
    from sr_desktop.engine.targets import Factor, plan
    from sr_desktop.engine.upscale import upscale
    from sr_desktop.imaging.raster import Raster
    from sr_desktop.progress import run

    model = open_model(options.model_entry(None, SCALE).path, device, precision)

    def go(raster: Raster) -> Raster:
        planned = plan(Factor(SCALE), (SCALE,), height=raster.height, width=raster.width)
        return run(upscale(raster, planned, lambda scale: model))

    # Once on a small picture: libraries, threads and the buffers of a tile are there whatever the size.
    go(Raster(photograph(width=_WARM_UP[0], height=_WARM_UP[1])))
    raster = Raster(photograph(width=width, height=height))
    before = _restart_peak()
    started_at = time.perf_counter()
    go(raster)
    ms = (time.perf_counter() - started_at) * 1000
    megapixels = width * height * SCALE**2 / 1e6
    return {"growth_mb": round((peak_bytes() - before) / 1e6, 1), "output_megapixels": round(megapixels, 3), "ms": ms}


def _restart_peak() -> int:
    """Return the memory in use now, and let the peak start from there where the system can (Linux)."""
    clear = Path("/proc/self/clear_refs")
    if clear.exists():
        clear.write_text("5", encoding="ascii")  # "reset the peak resident set size": proc(5)
    return peak_bytes()


def peak_bytes() -> int:
    """Return the most memory this process has had at once, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not getrusage: there, a child starts with the peak of its parent.
        line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    if sys.platform == "win32":
        return _windows_peak()
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


class _Counters(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS of psapi.h."""

    _fields_ = (
        ("size", ctypes.c_uint32),
        ("page_faults", ctypes.c_uint32),
        ("peak_working_set", ctypes.c_size_t),
        *((f"other_{number}", ctypes.c_size_t) for number in range(7)),
    )


def _windows_peak() -> int:
    counters = _Counters(size=ctypes.sizeof(_Counters))
    kernel: Any = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    process = ctypes.c_void_p(kernel.GetCurrentProcess())
    if not kernel.K32GetProcessMemoryInfo(process, ctypes.byref(counters), counters.size):
        raise OSError("Windows does not say how much memory this process has")
    return int(counters.peak_working_set)
