"""Draws the program's icon in the forms that the platforms ask for, from the one SVG."""

import os
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "resources" / "icons" / "app.svg"

SIZES = 16, 32, 48, 128, 256, 512


def make(folder: Path) -> None:
    """Write sr-desktop.ico, sr-desktop.icns and sr-desktop-SIZE.png."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PIL import Image
    from PySide6.QtCore import QSize
    from PySide6.QtGui import QGuiApplication, QIcon

    application = QGuiApplication.instance() or QGuiApplication([])
    folder.mkdir(parents=True, exist_ok=True)
    icon = QIcon(str(SOURCE))
    for size in SIZES:
        if not icon.pixmap(QSize(size, size)).save(str(folder / f"sr-desktop-{size}.png")):
            raise OSError(f"{folder} can't be written")
    with Image.open(folder / f"sr-desktop-{SIZES[-1]}.png") as largest:
        largest.save(folder / "sr-desktop.ico", sizes=[(size, size) for size in SIZES[:5]])
        largest.save(folder / "sr-desktop.icns")
    del application
