"""What was open lately: a menu of it, kept from one start to the next."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from sr_desktop.ui.shell.window import window_state

MOST = 10
KEY = "window/recent"


class Recent(QObject):
    """Fills the menu of an action with the files and folders that were opened last, newest first.

    Signals:
        chosen: `Path` of one that a person wants to open again.

    Args:
        action: Gets the menu.
    """

    chosen = Signal(object)

    def __init__(self, action: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._menu = QMenu()
        action.setMenu(self._menu)
        self._action = action
        self._fill()

    def add(self, files: Sequence[Path]) -> None:
        """Remember that these were opened, the first of them as the newest."""
        opened = [str(file.absolute()) for file in files[:MOST]]
        self._keep([*opened, *(name for name in _kept() if name not in opened)][:MOST])

    @Slot()
    def clear(self) -> None:
        """Forget all of them."""
        self._keep([])

    def _keep(self, names: list[str]) -> None:
        window_state().setValue(KEY, names)
        self._fill()

    def _fill(self) -> None:
        names = _kept()
        self._menu.clear()
        for number, name in enumerate(names, start=1):
            text = name.replace("&", "&&")
            entry = self._menu.addAction(f"&{number} {text}" if number < 10 else text)
            entry.triggered.connect(lambda _=False, name=name: self.chosen.emit(Path(name)))
        self._menu.addSeparator()
        self._menu.addAction(self.tr("&Clear This List")).triggered.connect(self.clear)
        self._action.setEnabled(bool(names))


def _kept() -> list[str]:
    """Return what is kept; Qt gives a list of one as a single text."""
    value = window_state().value(KEY, [])
    names = [value] if isinstance(value, str) else value
    return [name for name in names if isinstance(name, str) and name] if isinstance(names, list) else []
