"""What the Folder page shows while there is no batch: how to begin, and a batch that was left without an end."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sr_desktop.ui.pictures.empty_page import MARGIN, draw_drop_frame


class FolderStart(QWidget):
    """Says how to begin.

    Args:
        choose_folder: Chooses a folder.
        add_files: Chooses files.
    """

    def __init__(self, choose_folder: QAction, add_files: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Drop a folder here"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        title.setFont(font)
        hint = QLabel(
            self.tr(
                "All its pictures are made larger, into a folder beside it. You see first what will be done; it can be"
                " paused, stopped and gone on with at any time."
            )
        )
        hint.setWordWrap(True)
        self.folder_button = _button(choose_folder, self.tr("Choose Folder…"))
        self.folder_button.setDefault(True)
        self.files_button = _button(add_files, self.tr("Choose Files…"))
        self.unfinished = _Unfinished()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * MARGIN, MARGIN, 3 * MARGIN, MARGIN)
        layout.setSpacing(10)
        layout.addStretch()
        for label in (title, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addSpacing(8)
        layout.addLayout(_centred(self.folder_button, self.files_button))
        layout.addSpacing(16)
        layout.addWidget(self.unfinished)
        layout.addStretch()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a frame to drop into."""
        draw_drop_frame(self)


class _Unfinished(QFrame):
    """Offers to go on with a batch; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.go_on_button = QPushButton(self.tr("Go On"))
        self.go_on_button.setToolTip(self.tr("Convert what is left; what is done is skipped"))
        self.forget_button = QPushButton(self.tr("Don't Offer It Again"))
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addLayout(_centred(self.go_on_button, self.forget_button))
        self.hide()

    def show_words(self, words: str) -> None:
        """Offer it, in these words; empty to offer nothing."""
        self.words.setText(words)
        self.setVisible(bool(words))


def _centred(*buttons: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    line.addStretch()
    for button in buttons:
        line.addWidget(button)
    line.addStretch()
    return line


def _button(action: QAction, text: str) -> QPushButton:
    button = QPushButton(action.icon(), text)
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    button.setMinimumWidth(130)
    return button
