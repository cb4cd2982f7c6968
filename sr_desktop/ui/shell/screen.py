"""Whether there is a screen to show a window on; asked before Qt is, which would end the program."""

import ctypes
import importlib.util
import os
import re
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

INSTEAD = "Use “sr-desktop upscale PICTURE” here: it needs no window."

_TIMEOUT_S = 3.0


def problem(environment: Mapping[str, str] = os.environ) -> str | None:
    """Return in a sentence why no window can be shown, and what to do instead; None if one can."""
    if not sys.platform.startswith("linux") or environment.get("QT_QPA_PLATFORM", "xcb").split(":")[0] != "xcb":
        return None
    if environment.get("WAYLAND_DISPLAY"):
        return None
    display = environment.get("DISPLAY", "")
    if not display:
        return f"There is no display to show a window on. {INSTEAD}"
    if not _answers(display):
        return f"The display {display} does not answer. {INSTEAD}"
    missing = _missing_library()
    return f"Qt can't show a window because {missing}. {INSTEAD}" if missing else None


def _answers(display: str) -> bool:
    """Tell whether an X server listens where DISPLAY says (X(7), “display names”)."""
    match = re.fullmatch(r"(?P<host>.*):(?P<number>\d+)(\.\d+)?", display)
    if match is None:
        return False
    host, number = match["host"], int(match["number"])
    if host in ("", "unix"):
        places = [f"\0/tmp/.X11-unix/X{number}", f"/tmp/.X11-unix/X{number}"]
        return any(_connects(socket.AF_UNIX, place) for place in places)
    return _connects(socket.AF_INET, (host.removeprefix("tcp/"), 6000 + number))


def _connects(family: socket.AddressFamily, place: str | tuple[str, int]) -> bool:
    with socket.socket(family, socket.SOCK_STREAM) as connection:
        connection.settimeout(_TIMEOUT_S)
        try:
            connection.connect(place)
        except OSError:
            return False
        return True


def _missing_library() -> str:
    """Return what keeps Qt's X11 plugin from loading, as the system says it; empty if nothing does."""
    spec = importlib.util.find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        return "PySide6 is not installed"
    plugin = Path(spec.submodule_search_locations[0]) / "Qt" / "plugins" / "platforms" / "libqxcb.so"
    if not plugin.is_file():
        return ""  # a PySide6 that was not installed by pip keeps it elsewhere
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return str(error).split(": cannot open")[0] + " is missing"
    return ""
