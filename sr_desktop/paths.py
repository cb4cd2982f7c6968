"""Where things live: what we ship, what the person made, what may be thrown away."""

import os
import sys
from pathlib import Path

import platformdirs

HOME_VARIABLE = "SR_DESKTOP_HOME"
"""Set it to keep everything the program writes about itself in one folder; the tests do."""

_APP = "sr_desktop"
_PACKAGE = Path(__file__).resolve().parent


def _shipped(name: str) -> Path:
    """Return a folder that is inside the package when installed or frozen, beside it in a checkout.

    hatchling copies `resources` and `weights` into the wheel; an editable install leaves them in the checkout.
    """
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name


def resources() -> Path:
    """Return the folder with icons, style sheets and translations."""
    return _shipped("resources")


def bundled_weights() -> Path:
    """Return the folder with the weights we ship."""
    return _shipped("weights")


def documentation() -> list[Path]:
    """Return the folders that may hold the documentation: as it was written, and as built in a checkout."""
    return [_shipped("docs"), _PACKAGE.parent / "dist" / "docs"]


def _user(kind: str, fallback: str) -> Path:
    home = os.environ.get(HOME_VARIABLE)
    return Path(home) / kind if home else Path(fallback)


def config() -> Path:
    """Return the folder for settings; it may not exist yet."""
    return _user("config", platformdirs.user_config_dir(_APP, appauthor=False, roaming=True))


def data() -> Path:
    """Return the folder for the person's models and runs; it may not exist yet."""
    return _user("data", platformdirs.user_data_dir(_APP, appauthor=False))


def cache() -> Path:
    """Return the folder for what can be made again; it may not exist yet."""
    return _user("cache", platformdirs.user_cache_dir(_APP, appauthor=False))


def logs() -> Path:
    """Return the folder for log files; it may not exist yet."""
    return _user("logs", platformdirs.user_log_dir(_APP, appauthor=False))


def licence() -> Path | None:
    """Return the program's licence: beside the package in a checkout or when frozen, else where pip keeps it."""
    beside = _PACKAGE.parent / "LICENSE"
    if beside.is_file():
        return beside
    return next(iter(sorted(_PACKAGE.parent.glob("sr_desktop-*.dist-info/licenses/LICENSE"))), None)


def shipped_licences() -> Path | None:
    """Return the folder that holds a folder of licences for each library, if this is the packaged program."""
    folder = _PACKAGE.parent / "licences"
    return folder if is_frozen() and folder.is_dir() else None


def user_weights() -> Path:
    """Return the folder for models the person trained or imported; it may not exist yet."""
    return data() / "models"


def runs() -> Path:
    """Return the folder in which training runs are kept by default; it may not exist yet."""
    return data() / "runs"


def is_frozen() -> bool:
    """Tell whether this is the packaged program rather than a Python installation."""
    return bool(getattr(sys, "frozen", False))
