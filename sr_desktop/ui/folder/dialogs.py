"""The system's dialogs of the Folder page; work goes on while one is open."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

SUFFIX = "csv"


def _tr(text: str) -> str:
    return QCoreApplication.translate("FolderDialogs", text)


def ask_for_folder(parent: QWidget, title: str, folder: str, take: Callable[[Path], None]) -> QFileDialog:
    """Ask for a folder; `take` gets it, unless the person changes their mind."""
    dialog = QFileDialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.accepted.connect(lambda: take(Path(dialog.selectedFiles()[0])))
    return _opened(dialog)


def ask_where_to_save_list(parent: QWidget, suggestion: Path, take: Callable[[Path], None]) -> QFileDialog:
    """Ask where the list goes; the dialog itself asks before an existing file is replaced."""
    dialog = QFileDialog(parent, _tr("Save List"), str(suggestion.parent), _tr("Table (*.csv)"))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    dialog.setDefaultSuffix(SUFFIX)
    dialog.selectFile(suggestion.name)
    dialog.accepted.connect(lambda: take(Path(dialog.selectedFiles()[0])))
    return _opened(dialog)


def _opened(dialog: QFileDialog) -> QFileDialog:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
