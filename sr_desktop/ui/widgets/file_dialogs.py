"""The system's dialogs for choosing files; work goes on while one is open."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from sr_desktop.imaging.formats import FORMATS, READABLE_SUFFIXES, Format


def _tr(text: str) -> str:
    return QCoreApplication.translate("FileDialogs", text)


def ask_for_pictures(parent: QWidget, folder: str, take: Callable[[list[Path]], None]) -> QFileDialog:
    """Ask which pictures to open; `take` gets them, unless the person changes their mind."""
    patterns = " ".join(f"*{suffix}" for suffix in sorted(READABLE_SUFFIXES))
    filters = [f"{_tr('Pictures')} ({patterns})", f"{_tr('All files')} (*)"]
    dialog = QFileDialog(parent, _tr("Open Pictures"), folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters(filters)
    dialog.accepted.connect(lambda: take([Path(name) for name in dialog.selectedFiles()]))
    return _opened(dialog)


def ask_for_file(parent: QWidget, title: str, folder: str, kinds: str, take: Callable[[Path], None]) -> QFileDialog:
    """Ask for one file of some kinds, such as `Logs (*.csv)`; `take` gets it, unless the person changes their mind."""
    dialog = QFileDialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([kinds, f"{_tr('All files')} (*)"])
    dialog.accepted.connect(lambda: take(Path(dialog.selectedFiles()[0])))
    return _opened(dialog)


def ask_for_folder(parent: QWidget, title: str, folder: str, take: Callable[[Path], None]) -> QFileDialog:
    """Ask for a folder; `take` gets it, unless the person changes their mind."""
    dialog = QFileDialog(parent, title, folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.accepted.connect(lambda: take(Path(dialog.selectedFiles()[0])))
    return _opened(dialog)


def ask_for_new_file(parent: QWidget, title: str, suggestion: Path, take: Callable[[Path], None]) -> QFileDialog:
    """Ask where to write a file of the suggestion's kind; the dialog itself asks before one is replaced."""
    dialog = QFileDialog(parent, title, str(suggestion.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters([f"{suggestion.suffix[1:].upper()} (*{suggestion.suffix})"])
    dialog.setDefaultSuffix(suggestion.suffix)
    dialog.selectFile(suggestion.name)
    dialog.accepted.connect(lambda: take(Path(dialog.selectedFiles()[0])))
    return _opened(dialog)


def ask_where_to_save(parent: QWidget, suggestion: Path, take: Callable[[Path], None]) -> QFileDialog:
    """Ask where to save; the dialog itself asks before an existing file is replaced."""
    dialog = QFileDialog(parent, _tr("Save Result"), str(suggestion.parent))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    writable = [item for item in FORMATS if item.can_write]
    dialog.setNameFilters([_filter(item) for item in writable])
    for item in writable:
        if suggestion.suffix.lower() in item.suffixes:
            dialog.selectNameFilter(_filter(item))
            dialog.setDefaultSuffix(item.suffixes[0])
    dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix(_suffix(chosen)))
    dialog.selectFile(suggestion.name)
    dialog.accepted.connect(lambda: take(Path(dialog.selectedFiles()[0])))
    return _opened(dialog)


def ask_about_changes(
    parent: QWidget, name: str, changes: str, agree: Callable[[], None], choose_again: Callable[[], None]
) -> QMessageBox:
    """Ask whether to save although something is lost; one of the two is called, or none if the person gives up."""
    box = QMessageBox(QMessageBox.Icon.Question, "", _tr("Save as {}, with changes?").format(name), parent=parent)
    box.setInformativeText(changes)
    save = box.addButton(_tr("Save"), QMessageBox.ButtonRole.AcceptRole)
    other = box.addButton(_tr("Choose Another Format"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(save)
    save.clicked.connect(agree)
    other.clicked.connect(choose_again)
    box.finished.connect(box.deleteLater)
    box.open()
    return box


def _filter(item: Format) -> str:
    return f"{item.name} ({' '.join('*' + suffix for suffix in item.suffixes)})"


def _suffix(chosen: str) -> str:
    return next((item.suffixes[0] for item in FORMATS if _filter(item) == chosen), "")


def _opened(dialog: QFileDialog) -> QFileDialog:
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
