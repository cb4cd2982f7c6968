"""The licences of what the program stands on, read from the files that came with it."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from sr_desktop.doctor import licences
from sr_desktop.ui.widgets import dialog_buttons

FIRST_SIZE = (820, 560)

SCROLL_BAR = 28
"""Room for it and the frame beside the longest name."""


class Licences(QDialog):
    """Shows the program and its libraries on the left, and the terms of the chosen one on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Licences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._works = licences.works()
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Libraries"))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(self.tr("Licence"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setTabChangesFocus(True)
        for work in self._works:
            self.list.addItem(f"{work.name} {work.version}")
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(self.list)
        both.addWidget(self.text)
        both.setStretchFactor(1, 1)
        both.setCollapsible(0, False)
        self.list.setMinimumWidth(self.list.sizeHintForColumn(0) + SCROLL_BAR)
        buttons = dialog_buttons.make(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        layout.addWidget(both, 1)
        layout.addWidget(buttons)
        self.resize(*FIRST_SIZE)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)

    @Slot(int)
    def _show(self, row: int) -> None:
        work = self._works[row]
        title = f"{work.name} {work.version}" + (f" – {work.terms}" if work.terms else "")
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in work.files]
        missing = self.tr("No text of its licence came with it; its name is above.")
        self.text.setPlainText("\n\n".join([title, *(texts or [missing])]))
