"""What this is, in which versions, and under which terms."""

import platform
from importlib import metadata

from PySide6.QtCore import QSize, Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

import sr_desktop
from sr_desktop.ui.widgets import icons

_LIBRARIES = {
    "PySide6-Essentials": "Qt for Python",
    "torch": "PyTorch",
    "numpy": "NumPy",
    "pyqtgraph": "pyqtgraph",
    "opencv-python-headless": "OpenCV",
    "Pillow": "Pillow",
    "simplejpeg": "simplejpeg",
    "isal": "ISA-L",
    "safetensors": "safetensors",
}


def versions() -> list[tuple[str, str]]:
    """Return names and versions of the program and what it stands on, without loading any of it."""
    found = [("sr_desktop", sr_desktop.__version__), ("Python", platform.python_version()), ("Qt", qVersion())]
    for package, name in _LIBRARIES.items():
        try:
            found.append((name, metadata.version(package)))
        except metadata.PackageNotFoundError:
            found.append((name, "not found"))
    found.append(("System", platform.platform()))
    return found


class About(QDialog):
    """Shows the versions, to be copied into a report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About sr_desktop"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._versions = versions()
        icon = QLabel()
        icon.setPixmap(icons.application_icon().pixmap(QSize(64, 64), self.devicePixelRatioF()))
        icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(10)
        title = QLabel(self.tr("sr_desktop {}").format(sr_desktop.__version__))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        title.setFont(font)
        purpose = QLabel(
            self.tr(
                "Makes pictures larger with the FSRCNN network: faithfully, without inventing detail. "
                "Everything happens on this computer."
            )
        )
        self.table = QLabel(_as_table(self._versions))
        self.table.setTextFormat(Qt.TextFormat.RichText)
        terms = QLabel(
            self.tr(
                "The program is under the MIT licence; Qt and the other libraries are under their own. The standard models "
                "learned from photographs under free licences, which the documentation names."
            )
        )
        for label in (purpose, terms):
            label.setWordWrap(True)
            label.setMinimumWidth(400)
        for label in (title, purpose, self.table, terms):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(label)
        row = QHBoxLayout()
        row.setSpacing(18)
        row.addWidget(icon)
        row.addLayout(words, 1)
        buttons = QDialogButtonBox()
        self.copy_button = buttons.addButton(self.tr("Copy Versions"), QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.tr("Close"), QDialogButtonBox.ButtonRole.RejectRole).setDefault(True)
        buttons.rejected.connect(self.close)
        self.copy_button.clicked.connect(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 14)
        layout.setSpacing(16)
        layout.addLayout(row)
        layout.addWidget(buttons)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{name} {version}" for name, version in self._versions))


def _as_table(rows: list[tuple[str, str]]) -> str:
    cells = (f"<tr><td>{name}&nbsp;&nbsp;&nbsp;</td><td>{version}</td></tr>" for name, version in rows)
    return f"<table>{''.join(cells)}</table>"
