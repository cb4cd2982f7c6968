"""Preferences: what holds for the whole program, as opposed to the options of one picture."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from sr_desktop.services.pictures.upscaler import Ready
from sr_desktop.settings import TEXT_SIZES, Settings
from sr_desktop.ui.shell import language
from sr_desktop.ui.widgets import dialog_buttons

FOLDER_WIDTH = 260


class Preferences(QDialog):
    """Shows the settings, to be changed.

    Signals:
        chosen: `Settings` with what the person made of them.

    Args:
        settings: What is shown.
        ready: Which devices there are; None while nobody knows.
    """

    chosen = Signal(object)

    def __init__(self, settings: Settings, ready: Ready | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setWindowTitle(self.tr("Preferences"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.language_box = _box(settings.language, self._languages())
        self.theme_box = _box(settings.theme, self._themes())
        self.text_size_box = _box(settings.text_size, [(size, self.tr("{} %").format(size)) for size in TEXT_SIZES])
        self.device_box = _box(settings.device, self._devices(ready))
        self.notifications_box = QCheckBox(self.tr("&Tell me when long work is done while I use another program"))
        self.notifications_box.setChecked(settings.notifications)
        self.beside_button = QRadioButton(self.tr("&Beside the original"))
        self.folder_button = QRadioButton(self.tr("&In this folder:"))
        self.folder_field = QLineEdit(settings.folder)
        self.browse_button = QPushButton(self.tr("C&hoose…"))
        self._lay_out()
        self._connect()

    def _languages(self) -> list[tuple[str | int, str]]:
        return [("system", self.tr("As the system")), *language.NAMES.items()]

    def _themes(self) -> list[tuple[str | int, str]]:
        return [("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))]

    def _devices(self, ready: Ready | None) -> list[tuple[str | int, str]]:
        found = ready.devices if ready is not None else ()
        return [("auto", self.tr("Best device")), *found]

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("&Language:"), self.language_box)
        form.addRow(self.tr("&Theme:"), self.theme_box)
        form.addRow(self.tr("Te&xt size:"), self.text_size_box)
        later = QLabel(self.tr("Language and text size change when the program is started again."))
        later.setWordWrap(True)
        form.addRow("", later)
        form.addRow(self.tr("&Compute on:"), self.device_box)
        form.addRow(self.tr("Save results:"), self.beside_button)
        form.addRow("", self.folder_button)
        form.addRow("", self._folder_row())
        form.addRow(self.tr("Notifications:"), self.notifications_box)
        self.buttons = dialog_buttons.make(QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 14)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(self.buttons)
        layout.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)

    def _folder_row(self) -> QHBoxLayout:
        self.folder_field.setMinimumWidth(FOLDER_WIDTH)
        self.folder_field.setAccessibleName(self.tr("Folder for results"))
        self.browse_button.setToolTip(self.tr("Choose the folder for results"))
        row = QHBoxLayout()
        row.addWidget(self.folder_field, 1)
        row.addWidget(self.browse_button)
        return row

    def _connect(self) -> None:
        group = QButtonGroup(self)
        group.addButton(self.beside_button)
        group.addButton(self.folder_button)
        (self.folder_button if self._settings.folder else self.beside_button).setChecked(True)
        self.folder_button.toggled.connect(self._allow)
        self.folder_field.textChanged.connect(self._allow)
        self.browse_button.clicked.connect(self._choose_folder)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._allow()

    @Slot()
    def _allow(self) -> None:
        has_folder = self.folder_button.isChecked()
        self.folder_field.setEnabled(has_folder)
        self.browse_button.setEnabled(has_folder)
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(not has_folder or bool(self.folder_field.text().strip()))

    @Slot()
    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for Results"), self.folder_field.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder_field.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def accept(self) -> None:
        """Report what was chosen, and close."""
        folder = self.folder_field.text().strip() if self.folder_button.isChecked() else ""
        chosen = replace(
            self._settings,
            language=self.language_box.currentData(),
            theme=self.theme_box.currentData(),
            text_size=self.text_size_box.currentData(),
            device=self.device_box.currentData(),
            folder=folder,
            notifications=self.notifications_box.isChecked(),
        )
        self.chosen.emit(chosen)
        super().accept()


def _box(chosen: str | int, items: list[tuple[str | int, str]]) -> QComboBox:
    """Offer (data, text); what is chosen stays so even if nobody knows it (yet)."""
    box = QComboBox()
    if not any(data == chosen for data, _ in items):
        items = [*items, (chosen, str(chosen))]
    for data, text in items:
        box.addItem(text, data)
    box.setCurrentIndex(box.findData(chosen))
    return box
