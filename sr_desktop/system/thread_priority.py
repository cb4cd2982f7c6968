"""A thread that lets others go first."""

import ctypes
import logging
import os
import sys
import threading

log = logging.getLogger(__name__)

_NICENESS = 10
_THREAD_PRIORITY_BELOW_NORMAL = -1
_QOS_CLASS_UTILITY = 0x11
"""Of macOS's sys/qos.h: long work that a person knows of and does not wait for."""


def lower_this_thread() -> None:
    """Let other programs go first; threads that this one starts from now on inherit it on Linux."""
    if sys.platform == "win32":
        kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        kernel.SetThreadPriority(kernel.GetCurrentThread(), _THREAD_PRIORITY_BELOW_NORMAL)
    elif sys.platform == "darwin":
        ctypes.CDLL(None).pthread_set_qos_class_self_np(_QOS_CLASS_UTILITY, 0)
    else:
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        except PermissionError as error:  # it is lower already, and may not be raised
            log.info("the priority stays: %s", error)
