"""What the Train page asks before it does something that can't be undone; work goes on while a question is open."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMessageBox, QPushButton, QWidget

from sr_desktop.runs.notices import ACTIONS, Notice
from sr_desktop.runs.spec import RunSpec
from sr_desktop.services.training.remedies import difference
from sr_desktop.ui.training import words

Role = QMessageBox.ButtonRole


def _tr(text: str) -> str:
    return QCoreApplication.translate("TrainingQuestions", text)


def ask_to_discard(parent: QWidget, name: str, discard: Callable[[], None]) -> QMessageBox:
    """Ask whether a run and all it learned may go."""
    box = _box(parent, _tr("Discard the training of “{}”?").format(name))
    box.setInformativeText(_tr("Everything it has learned is removed, and can't be brought back. Your pictures stay."))
    _answer(box, _tr("Discard"), Role.DestructiveRole, discard)
    return _opened(box, box.addButton(_tr("Cancel"), Role.RejectRole))


def ask_to_restart(
    parent: QWidget, notice: Notice, old: RunSpec, new: RunSpec, restart: Callable[[], None], *, stays: bool
) -> QMessageBox:
    """Show what would be different in a new run, and ask whether it may begin; the old one goes unless it `stays`."""
    box = _box(parent, ACTIONS[notice.action])
    lines = [
        f"{words.field(name)}: {words.value(name, was)} → {words.value(name, will)}"
        for name, was, will in difference(old, new)
    ]
    said = _tr("This run ends and is removed; a new one begins with the same pictures and these differences:")
    if stays:
        said = _tr("A new run begins with the same pictures and these differences; this one stays:")
    box.setInformativeText("\n".join([said, "", *lines]))
    button = _answer(box, _tr("Restart"), Role.AcceptRole, restart)
    box.addButton(_tr("Cancel"), Role.RejectRole)
    return _opened(box, button)


def ask_how_to_close(parent: QWidget, name: str, go_on: Callable[[], None], stop: Callable[[], None]) -> QMessageBox:
    """Ask what becomes of the run that is at work when the window closes."""
    box = _box(parent, _tr("“{}” is still being trained.").format(name))
    box.setInformativeText(
        _tr("It can go on without the window; it is found again when the program is opened the next time.")
    )
    button = _answer(box, _tr("Go On in the Background"), Role.AcceptRole, go_on)
    _answer(box, _tr("Stop and Keep"), Role.ActionRole, stop)
    box.addButton(_tr("Cancel"), Role.RejectRole)
    return _opened(box, button)


def _box(parent: QWidget, text: str) -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.Question, _tr("Training"), text, QMessageBox.StandardButton.NoButton, parent)
    box.finished.connect(box.deleteLater)
    return box


def _answer(box: QMessageBox, text: str, role: QMessageBox.ButtonRole, do: Callable[[], None]) -> QPushButton:
    button = box.addButton(text, role)
    button.clicked.connect(do)
    return button


def _opened(box: QMessageBox, default: QPushButton) -> QMessageBox:
    box.setDefaultButton(default)
    box.open()
    return box
