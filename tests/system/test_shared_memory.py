import os
import subprocess
import sys

import pytest

from sr_desktop.system import shared_memory

pytestmark = pytest.mark.skipif(os.name == "nt", reason="shared memory has no file there")


def test_memory_of_a_killed_process_goes_and_that_of_others_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(shared_memory, "_LINUX_MEMORY", tmp_path)
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        pass
    left = tmp_path / f"sr-desktop-{dead.pid}-abc"
    others = [tmp_path / name for name in (f"sr-desktop-{os.getppid()}-abc", "sr-desktop-x-abc", "sr-desktop-run")]
    for path in (left, *others):
        path.touch()
    own, name = shared_memory.create(10)
    shared_memory.remove_orphans()
    assert sorted(tmp_path.iterdir()) == sorted([*others, *tmp_path.glob(f"sr-desktop-{os.getpid()}-*")])
    assert shared_memory.attach(name, 10)[:] == own[:]
