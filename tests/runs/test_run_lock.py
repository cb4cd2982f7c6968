"""A run is trained by one process at a time, and everyone can tell whether one is at it."""

import subprocess
import sys

import pytest

from sr_desktop.errors import UsageError
from sr_desktop.runs import run_lock
from sr_desktop.runs.folder import RunFolder

HOLD = """
import sys
from pathlib import Path
from sr_desktop.runs.run_lock import claimed
from sr_desktop.runs.folder import RunFolder
with claimed(RunFolder(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_claim_ends_with_its_process_even_when_it_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(run_lock, "_PATIENCE_S", 0.05)
    run = RunFolder(tmp_path)
    assert not run_lock.is_claimed(run)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        holder.stdout.readline()
        assert run_lock.is_claimed(run)
        with pytest.raises(UsageError, match="another process"), run_lock.claimed(run):
            pass
        holder.kill()
    assert not run_lock.is_claimed(run)
    with run_lock.claimed(run):
        assert run_lock.is_claimed(run)
    assert not run_lock.is_claimed(run)
