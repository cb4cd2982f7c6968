"""Opens the documentation at the page that tells about what is on the screen."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from sr_desktop import paths

PAGES = {"pictures": "enlarge", "folder": "folder", "train": "train", "models": "models"}
"""Name of a window's page, and of the documentation's."""


def file_about(page: str) -> Path | None:
    """Return the documentation about a page of the window: as a web page, or as it was written where that isn't built."""
    name = PAGES.get(page, "index")
    candidates = [folder / f"{name}{ending}" for ending in (".html", ".md") for folder in paths.documentation()]
    return next((path for path in candidates if path.is_file()), None)


def show(page: str) -> bool:
    """Open it in the system's program for such files; tell whether there is one."""
    path = file_about(page)
    return path is not None and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
