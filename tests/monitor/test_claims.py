"""A run is trained by one process at a time, and everyone can tell whether one is at it."""

import subprocess
import sys

import pytest

from sr_desktop.errors import UsageError
from sr_desktop.monitor import claims
from sr_desktop.monitor.runs import RunFolder

HOLD = """
import sys
from pathlib import Path
from sr_desktop.monitor.claims import claimed
from sr_desktop.monitor.runs import RunFolder
with claimed(RunFolder(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_claim_ends_with_its_process_even_when_it_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr(claims, "_PATIENCE_S", 0.05)
    run = RunFolder(tmp_path)
    assert not claims.is_claimed(run)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        holder.stdout.readline()
        assert claims.is_claimed(run)
        with pytest.raises(UsageError, match="another process"), claims.claimed(run):
            pass
        holder.kill()
    assert not claims.is_claimed(run)
    with claims.claimed(run):
        assert claims.is_claimed(run)
    assert not claims.is_claimed(run)
