"""The lines above and below the list of files: which are shown, and what all come to."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from sr_desktop.ui.folder import words as folder_words
from sr_desktop.ui.folder.actions import FolderActions


class FilterLine(QWidget):
    """Says which files shall be shown.

    Signals:
        wanted: A state, empty for any; and a text that the name or the story holds.
    """

    wanted = Signal(str, str)

    def __init__(self, actions: FolderActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = QComboBox()
        self.state.setAccessibleName(self.tr("State"))
        self.state.setToolTip(self.tr("Show only files in this state"))
        self.state.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for name in ("", *folder_words.STATES):
            self.state.addItem(self._label(name, 0), name)
        self.text = QLineEdit()
        self.text.setClearButtonEnabled(True)
        self.text.setPlaceholderText(self.tr("Find"))
        self.text.setAccessibleName(self.tr("Find files"))
        self.text.setToolTip(self.tr("Show only files whose name or result holds this"))
        self.text.setMaximumWidth(260)
        self.text.setAcceptDrops(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 6)
        layout.addWidget(self.state)
        layout.addWidget(self.text, 1)
        layout.addStretch(1)
        add = _menu_button(self.tr("Add"), self.tr("Add files or a folder"), actions.add_files, actions.add_folder)
        layout.addWidget(add)
        self.retry_button = _button(actions.retry)
        layout.addWidget(self.retry_button)
        layout.addWidget(_button(actions.save_list))
        self.state.currentIndexChanged.connect(self._report)
        self.text.textChanged.connect(self._report)

    @Slot()
    def _report(self) -> None:
        self.wanted.emit(self.state.currentData(), self.text.text().strip())

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many files there are of each state."""
        for place in range(self.state.count()):
            name = self.state.itemData(place)
            text = self._label(name, counts.get(name, 0) if name else sum(counts.values()))
            if text != self.state.itemText(place):
                self.state.setItemText(place, text)

    def _label(self, name: str, count: int) -> str:
        return f"{folder_words.state(name) if name else self.tr('All')} ({folder_words.number(count)})"


class SummaryLine(QWidget):
    """Says what all files come to, and offers what is not the next thing to do."""

    def __init__(self, actions: FolderActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.try_button = _button(actions.try_three)
        self.stop_button = _menu_button(
            self.tr("Stop"), self.tr("Stop converting"), actions.stop_after, actions.stop_now
        )
        self.stop_button.setIcon(actions.stop_now.icon())
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 6, 10, 0)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.try_button)
        layout.addWidget(self.stop_button)

    def show_text(self, text: str, *, is_running: bool) -> None:
        """Show words, and the buttons for a batch that runs or does not."""
        self.words.setText(text)
        self.words.setToolTip(text)
        self.try_button.setVisible(not is_running)
        self.stop_button.setVisible(is_running)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def _menu_button(text: str, tip: str, *actions: QAction) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    menu.addActions(list(actions))
    button.setMenu(menu)
    return button
