"""Asks what may go into the file of diagnostics, and where to save it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDate, QStandardPaths, Qt, Slot
from PySide6.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QFileDialog, QLabel, QVBoxLayout, QWidget

from sr_desktop.ui.widgets import dialog_buttons


class DiagnosticsDialog(QDialog):
    """Says what the file will hold; `save` gets the file and whether it may name the home folder."""

    def __init__(self, save: Callable[[Path, bool], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self.setWindowTitle(self.tr("Save Diagnostics"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        words = QLabel(
            self.tr(
                "One file with what helps to find a fault: versions, devices, folders, the settings, the last logs, and "
                "where the program was if it crashed. No pictures. Look into it before you give it to anyone; the program "
                "sends nothing."
            )
        )
        words.setWordWrap(True)
        words.setMinimumWidth(420)
        self.hides_box = QCheckBox(self.tr("&Leave out my user name and where my home folder is"))
        self.hides_box.setChecked(True)
        self.buttons = dialog_buttons.make(QDialogButtonBox.StandardButton.Cancel)
        self.save_button = self.buttons.addButton(self.tr("&Save…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save_button.setDefault(True)
        self.buttons.accepted.connect(self._ask_where)
        self.buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 14)
        layout.setSpacing(16)
        for widget in (words, self.hides_box, self.buttons):
            layout.addWidget(widget)
        self.save_button.setFocus()

    @Slot()
    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Save Diagnostics"), folder)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("Zip archives") + " (*.zip)")
        dialog.setDefaultSuffix("zip")
        dialog.selectFile(f"sr_desktop-{QDate.currentDate().toString(Qt.DateFormat.ISODate)}.zip")
        dialog.fileSelected.connect(self._take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _take(self, name: str) -> None:
        self._save(Path(name), not self.hides_box.isChecked())
        self.accept()
