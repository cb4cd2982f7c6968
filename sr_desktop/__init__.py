"""sr_desktop makes pictures larger with FSRCNN, and trains that network on a person's own folder."""

import os

__version__ = "0.1.0"

# numpy's own matrix products here are small, and OpenBLAS's threads spin while they wait: with two of them, resampling
# took 6 times the processor time and no less wall time. It is read once, when numpy loads. torch's threads are others.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
