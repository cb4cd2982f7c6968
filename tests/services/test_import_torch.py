import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

IMPORT = """
import gc, os, sys, threading
{before}
from sr_desktop.services import import_torch
assert "torch" not in sys.modules
interval = sys.getswitchinterval()
thread = threading.Thread(target=import_torch.import_torch)
thread.start()
thread.join()
import torch
assert torch.ones(2).sum() == 2
assert sys.getswitchinterval() == interval
assert not import_torch.is_under_way()
assert gc.isenabled()
print(os.environ["OMP_WAIT_POLICY"], gc.get_freeze_count() > 10_000)
"""


def run(before=""):
    done = subprocess.run(
        [sys.executable, "-c", IMPORT.format(before=before)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_torch_is_imported_in_a_thread_and_everything_is_as_it_was():
    assert run() == ["passive", "True"]


def test_what_a_person_set_for_openmp_stays():
    assert run("os.environ['OMP_WAIT_POLICY'] = 'active'") == ["active", "True"]
