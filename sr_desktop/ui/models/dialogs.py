"""Dialogs about models; work goes on while one is open."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget

from sr_desktop.library.catalogue import SCALES, SUFFIX
from sr_desktop.services.models.models import FOREIGN_SUFFIXES

ONNX_SUFFIX = ".onnx"

StandardLocation = QStandardPaths.StandardLocation

Dialog = TypeVar("Dialog", QFileDialog, QInputDialog)

_SCALE_IN_NAME = re.compile(r"(?:x([234])|([234])x)(?![0-9])", re.IGNORECASE)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ModelsDialogs", text)


def ask_for_files(parent: QWidget, take: Callable[[list[Path]], None]) -> QFileDialog:
    """Ask which model files to import."""
    dialog = QFileDialog(parent, _tr("Import Models"), _folder(StandardLocation.DownloadLocation))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    endings = " ".join(f"*{suffix}" for suffix in (SUFFIX, *FOREIGN_SUFFIXES))
    dialog.setNameFilters([f"{_tr('Models')} ({endings})", f"{_tr('All files')} (*)"])
    dialog.accepted.connect(lambda: take([Path(name) for name in dialog.selectedFiles()]))
    return _opened(dialog)


def ask_where_to_export(parent: QWidget, name: str, take: Callable[[Path], None]) -> QFileDialog:
    """Ask for file and format; the dialog itself asks before an existing file is replaced."""
    dialog = QFileDialog(parent, _tr("Export Model"), _folder(StandardLocation.DocumentsLocation))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    filters = {f"{_tr('Model of this program')} (*{SUFFIX})": SUFFIX, f"ONNX (*{ONNX_SUFFIX})": ONNX_SUFFIX}
    dialog.setNameFilters(list(filters))
    dialog.setDefaultSuffix(SUFFIX)
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(filters[chosen]))
    dialog.selectFile(name)
    dialog.accepted.connect(lambda: take(Path(dialog.selectedFiles()[0])))
    return _opened(dialog)


def ask_for_name(parent: QWidget, name: str, take: Callable[[str], None]) -> QInputDialog:
    """Ask what a model shall be called."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(_tr("Rename Model"))
    dialog.setLabelText(_tr("New name of {}:").format(name))
    dialog.setTextValue(name)
    dialog.textValueSelected.connect(lambda text: take(text.strip()))
    return _opened(dialog)


def ask_for_scale(parent: QWidget, file: Path, take: Callable[[int], None]) -> QInputDialog:
    """Ask how much larger a network of another program makes pictures; its file's name may suggest it."""
    texts = {_tr("{}× larger").format(scale): scale for scale in SCALES}
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(_tr("Import Model"))
    dialog.setLabelText(_tr("{} doesn't say its scale. It makes pictures").format(file.name))
    dialog.setComboBoxItems(list(texts))
    said = _SCALE_IN_NAME.search(file.stem)
    if said is not None:
        dialog.setTextValue(_tr("{}× larger").format(said[1] or said[2]))
    dialog.textValueSelected.connect(lambda text: take(texts[text]))
    return _opened(dialog)


def _folder(location: StandardLocation) -> str:
    return QStandardPaths.writableLocation(location)


def _opened(dialog: Dialog) -> Dialog:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
