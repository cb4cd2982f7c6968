"""What computer this is, as far as its own system says."""

import os
import platform
import sys
from pathlib import Path


def describe() -> dict[str, str | int]:
    """Return the processor, its cores that this process may use, the memory and the system."""
    return {
        "cpu": cpu_name(),
        "cores": usable_cores(),
        "memory_mb": memory_mb(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def usable_cores() -> int:
    """Return how many cores this process may use; a container may allow fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def cpu_name() -> str:
    """Return the processor's name, or at least its kind."""
    if sys.platform.startswith("linux"):
        return _from_cpuinfo() or platform.machine()
    return platform.processor() or platform.machine()


def _from_cpuinfo() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # some containers hide it
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def memory_mb() -> int:
    """Return the memory of the whole computer in MB (10⁶ bytes); 0 where the system doesn't say it simply."""
    if not hasattr(os, "sysconf"):
        return 0
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1_000_000
    except (ValueError, OSError):
        return 0
