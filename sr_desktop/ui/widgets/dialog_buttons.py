"""The buttons of our dialogs: words only, in every style."""

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox


def make(*standard: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
    """Return a box of standard buttons without the coloured icons that some styles give them."""
    box = QDialogButtonBox()
    for kind in standard:
        box.addButton(kind).setIcon(QIcon())
    return box
