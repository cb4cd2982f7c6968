"""sr_desktop makes pictures larger with FSRCNN, and trains that network on a person's own folder."""

import os

from sr_desktop.system import malloc

__version__ = "0.1.0"

# How the numeric libraries use threads; each reads its variable once, when it loads, and a person's own wins.
# numpy's matrix products here are small, and OpenBLAS's threads spin while they wait: with two of them, resampling
# took 6 times the processor time and no less wall time.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# torch's OpenMP threads spin as well. Alone on the machine that is no faster; beside a training run or any other busy
# program it made the network 3 times slower and burned 3 times the processor time.
os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # GNU's OpenMP
os.environ.setdefault("KMP_BLOCKTIME", "0")  # Intel's

malloc.keep_freed()
