import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def probe(*words):
    done = subprocess.run(
        [sys.executable, "-m", "sr_desktop.ui.window_probe", *words],
        cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, timeout=150,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.slow
def test_the_first_painting_is_timed_in_a_process_of_its_own():
    found = probe("first-paint")
    assert found["first_paint_ms"] > found["cpu_ms"] / 2 > 0
    assert found["platform"] == "offscreen"


@pytest.mark.slow
@pytest.mark.parametrize("moving", [[], ["--moving"]])
def test_lateness_is_told_for_each_phase_of_a_real_upscale(moving):
    found = probe("lateness", "--width", "320", "--height", "200", *moving)
    assert found["seconds"] > 0
    assert found["moving"] == bool(moving)
    assert set(found["lateness_ms"]) >= {"getting_ready", "upscale"}
    for phase in found["lateness_ms"].values():
        assert 0 <= phase["p50"] <= phase["p95"] <= phase["p99"] <= phase["max"]


@pytest.mark.slow
def test_lateness_is_told_while_a_real_run_is_drawn():
    found = probe("training", "--seconds", "2")
    assert found["steps"] > 0
    assert set(found["lateness_ms"]) >= {"starting", "training"}


def test_one_long_stall_counts_as_many_late_events(monkeypatch):
    """An event that comes while the loop stands still waits for what is left of the stall."""
    from sr_desktop.ui import window_probe as module

    clock = [0.0]
    monkeypatch.setattr(module.time, "perf_counter", lambda: clock[0])
    ticks = module.Ticks("getting_ready")
    for step in [0.002] * 50 + [0.102] + [0.002] * 50:
        clock[0] += step
        ticks.note()
    waits = ticks.waits["getting_ready"]
    assert len(waits) == 50 + 50 + 50
    assert max(waits) == pytest.approx(100)
    assert sum(wait > 50 for wait in waits) == 25
