"""The menu of what was trained before: this program's runs, and logs of others."""

from PySide6.QtCore import QDateTime, QLocale, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from sr_desktop.services.training.run import State
from sr_desktop.services.training.runs import PastRun, Training
from sr_desktop.ui.training import words

MOST = 20
"""Runs in the menu, newest first; older ones are found in their folder."""


class PastMenu(QMenu):
    """Lists past runs whenever it is opened.

    Signals:
        chosen: Path of a run's folder.
        other_asked: The person looks for something that is not listed.

    Args:
        training: Knows the runs there are.
    """

    chosen = Signal(object)
    other_asked = Signal()

    def __init__(self, training: Training, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._training = training
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self._fill)

    @Slot()
    def _fill(self) -> None:
        self.clear()
        there = [item for item in self._training.past if item.folder.exists]
        for item in there[:MOST]:
            action = self.addAction(_line(item))
            action.setToolTip(str(item.folder.path))
            action.triggered.connect(lambda _=False, path=item.folder.path: self.chosen.emit(path))
        if not there:
            self.addAction(self.tr("No runs yet")).setEnabled(False)
        self.addSeparator()
        self.addAction(self.tr("Another Run or Log…")).triggered.connect(self.other_asked)


def _line(item: PastRun) -> str:
    """Return name, time and end of a run, on one line."""
    states = {"finished": State.FINISHED, "stopped": State.STOPPED, "failed": State.FAILED}
    state = State.TRAINING if item.is_running else states.get(item.reason, State.LEFT)
    when = QDateTime.fromSecsSinceEpoch(int(item.asked_at))
    shown = QLocale().toString(when, QLocale.FormatType.ShortFormat)
    return f"{item.name.replace('&', '&&')} · {shown} · {words.state(state)}"
