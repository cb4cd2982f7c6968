"""The window, in processes of its own: how soon it is painted, and how late its event loop gets while it upscales and trains."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

from sr_desktop.cli.benchmarks.timing import REFERENCE, Row, Settings

STARTS = 5
"""The first of them warms the disk cache up, and does not count."""

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def rows(settings: Settings) -> Iterator[Row]:
    """Give a row for the first painted window and one for the lateness of the event loop."""
    started = []
    for number in range(STARTS):
        settings.report("window first paint", number / STARTS)
        started.append(_probe("first-paint"))
    times = [result["first_paint_ms"] for result in started[1:]]
    yield Row("window first paint", REFERENCE, times, {"platform": started[0]["platform"]})
    settings.report("window lateness", 0.0)
    found = _probe("lateness")
    late = found["lateness_ms"]["upscale"]
    more = {"platform": found["platform"], "p99_ms": round(late["p99"], 1), "worst_ms": round(late["max"], 1)}
    size = f"x{found['scale']} {found['width']}x{found['height']}"
    yield Row(f"window lateness, {size}", REFERENCE, [late["p50"]], more)
    settings.report("window lateness while training", 0.5)
    found = _probe("training")
    late = found["lateness_ms"]["training"]
    more = {"platform": found["platform"], "p99_ms": round(late["p99"], 1), "worst_ms": round(late["max"], 1)}
    yield Row("window lateness, training", REFERENCE, [late["p50"]], {**more, "steps": found["steps"]})


def _probe(*words: str) -> dict[str, Any]:
    """Return what the window's own probe measures; without a screen it is painted off screen, and the row says so."""
    environment = dict(os.environ)
    if sys.platform == "linux" and not any(environment.get(name) for name in _SCREENS):
        environment["QT_QPA_PLATFORM"] = "offscreen"
    command = [sys.executable, "-m", "sr_desktop.ui.window_probe", *words]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result
