"""The question what becomes of a batch when the window closes."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QWidget


def _tr(text: str) -> str:
    return QCoreApplication.translate("FolderClosing", text)


def ask(parent: QWidget, finish_this: Callable[[], None], stop_now: Callable[[], None]) -> QMessageBox:
    """Ask, without keeping anything from going on meanwhile; going on with the batch needs nothing done."""
    question = QMessageBox(parent)
    question.setIcon(QMessageBox.Icon.Question)
    question.setWindowTitle(_tr("Close the window?"))
    question.setText(_tr("Pictures are being converted."))
    question.setInformativeText(
        _tr("What is finished stays. What is left can be gone on with the next time; nothing is half-written.")
    )
    roles = QMessageBox.ButtonRole
    finishing = question.addButton(_tr("Finish This File and Close"), roles.AcceptRole)
    stopping = question.addButton(_tr("Stop Now and Close"), roles.DestructiveRole)
    staying = question.addButton(_tr("Go On Converting"), roles.RejectRole)
    question.setDefaultButton(finishing)
    question.setEscapeButton(staying)
    finishing.clicked.connect(finish_this)
    stopping.clicked.connect(stop_now)
    question.finished.connect(question.deleteLater)
    question.open()
    return question
