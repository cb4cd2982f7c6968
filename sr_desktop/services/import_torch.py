"""torch, imported in a thread without holding up the others.

An import holds Python's lock, and torch's maps half a gigabyte of libraries meanwhile: the event loop stood still for
250 to 430 ms. Mapping them first through a foreign call, which lets go of the lock, handing over the lock sooner, and
keeping the garbage collector from walking the hundred thousand new objects again and again leaves 20 to 30 ms (2 cores).
"""

import ctypes
import gc
import importlib.util
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sr_desktop.progress import Progress, Task

_SWITCH_INTERVAL_S = 0.001
"""How long Python code of the import may keep the lock when another thread waits; 5 ms is the default."""


def import_torch() -> None:
    """Import torch, once; later calls return at once."""
    if "torch" in sys.modules:
        return
    _map_libraries()
    with _considerate():
        import torch  # noqa: F401


def plots() -> Task[None]:
    """Import what draws curves, as a job; where it is needed at once it is imported there."""
    yield Progress(0, 1)
    if "pyqtgraph" not in sys.modules:
        with _considerate():
            import pyqtgraph  # noqa: F401


def _map_libraries() -> None:
    """Map torch's libraries into the process; if that fails the import will say why."""
    spec = importlib.util.find_spec("torch")
    if os.name == "nt" or spec is None or not spec.submodule_search_locations:
        return  # on Windows torch loads its libraries by foreign calls itself
    folder = Path(spec.submodule_search_locations[0]) / "lib"
    ending = ".dylib" if sys.platform == "darwin" else ".so"
    system = ctypes.CDLL(None)
    system.dlopen.restype = ctypes.c_void_p
    # The order and the flags of torch's own import: symbols of the first are for everyone.
    for name, flags in (("libtorch_global_deps", os.RTLD_GLOBAL), ("libtorch_python", os.RTLD_LOCAL)):
        library = folder / (name + ending)
        if library.is_file():
            system.dlopen(os.fsencode(library), os.RTLD_NOW | flags)


def is_under_way() -> bool:
    """Tell whether torch is being imported: no time to walk through all objects."""
    return _under_way.is_set()


_under_way = threading.Event()


@contextmanager
def _considerate() -> Iterator[None]:
    """Let other threads have Python's lock sooner, and keep the garbage collector away."""
    interval, collects = sys.getswitchinterval(), gc.isenabled()
    sys.setswitchinterval(_SWITCH_INTERVAL_S)
    gc.disable()
    _under_way.set()
    try:
        yield
    finally:
        gc.freeze()  # what an import made stays; there is no point in ever walking it again
        _under_way.clear()
        sys.setswitchinterval(interval)
        if collects:
            gc.enable()
