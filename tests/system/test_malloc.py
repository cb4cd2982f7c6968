"""Whether free memory is kept for what comes next, and given back when it is asked for."""

import subprocess
import sys

import pytest

from tests.cli.conftest import from_checkout

PROGRAM = """
import resource, sys, threading
from pathlib import Path
from sr_desktop.system import malloc
import numpy as np

malloc.share_freed()

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

def held_mb():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6

def layers(times):
    for _ in range(times):
        buffers = [np.ones(3_000_000, np.uint8) for _ in range(8)]

found = []
def work():
    layers(3)
    before = faults()
    layers(20)
    found.append(faults() - before)

thread = threading.Thread(target=work)
thread.start()
thread.join()
held = held_mb()
malloc.give_back()
print(found[0], held - held_mb())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's allocator is asked")
def test_memory_of_a_thread_is_kept_until_it_is_given_back():
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=from_checkout(), capture_output=True, text=True, check=True
    )
    faults, given_back_mb = map(float, done.stdout.split())
    assert faults < 1000  # each time anew they would be 117,000
    assert given_back_mb > 15
