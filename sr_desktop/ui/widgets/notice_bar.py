"""The one place where messages appear: title, what to try, details to copy."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QFontDatabase, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPlainTextEdit, QToolButton, QVBoxLayout, QWidget

from sr_desktop.services.notices import Kind, Notice
from sr_desktop.ui.shell import language
from sr_desktop.ui.widgets import icons, theme

DETAILS_HEIGHT = 150


class NoticeBar(QFrame):
    """Shows one notice, or is hidden.

    Args:
        report_action: Saves what a report needs; offered beside faults of the program.
    """

    def __init__(self, report_action: QAction | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notice: Notice | None = None
        self.report_button = _button("", "")
        if report_action is not None:
            self.report_button.setDefaultAction(report_action)
        self._can_report = report_action is not None
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._hint = QLabel()
        self._hint.setWordWrap(True)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        font = self._text.font()
        font.setBold(True)
        self._text.setFont(font)
        self.salvage_button = _button(self.tr("Open What Can Be Read"), self.tr("Show the part that is not damaged"))
        self.salvage_button.hide()
        self.details_button = _button(self.tr("Details"), self.tr("What a report needs"))
        self.details_button.setCheckable(True)
        self.copy_button = _button(self.tr("Copy"), self.tr("Copy the details"))
        self.close_button = _button("", self.tr("Close this message"))
        self.close_button.setIcon(icons.icon("close"))
        self.close_button.setAccessibleName(self.tr("Close this message"))
        self.details = QPlainTextEdit()
        self.details.setReadOnly(True)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setFixedHeight(DETAILS_HEIGHT)
        self.details.setAccessibleName(self.tr("Details"))
        self._lay_out()
        self.details_button.toggled.connect(self._show_details)
        self.copy_button.clicked.connect(self._copy)
        self.hide()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self._text)
        words.addWidget(self._hint)
        row = QHBoxLayout()
        row.setContentsMargins(40, 8, 8, 8)
        row.addLayout(words, 1)
        buttons = self.salvage_button, self.copy_button, self.report_button, self.details_button, self.close_button
        for button in buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 1)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(self.details)

    @property
    def notice(self) -> Notice | None:
        """What is shown."""
        return self._notice

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice, or nothing."""
        if notice == self._notice:
            return
        self._notice = notice
        self.details_button.setChecked(False)
        self._show_details(False)
        if notice is not None:
            title, hint = language.translated(notice.title), language.translated(notice.hint)
            self._text.setText(title)
            self._hint.setText(hint)
            self._hint.setVisible(bool(notice.hint))
            self.details.setPlainText(notice.details)
            self.details_button.setVisible(bool(notice.details))
            self.report_button.setVisible(notice.is_fault and self._can_report)
            self.setAccessibleName(f"{title} {hint}".strip())
        self.setVisible(notice is not None)
        self.update()

    @Slot(bool)
    def _show_details(self, shows: bool) -> None:
        self.details.setVisible(shows)
        self.copy_button.setVisible(shows)

    @Slot()
    def _copy(self) -> None:
        if self._notice is not None:
            report = f"{self._notice.title}\n{self._notice.hint}\n\n{self._notice.details}"
            QGuiApplication.clipboard().setText(report)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a tinted ground with an icon: the kind is told by shape as well as by colour."""
        if self._notice is None:
            return
        is_error = self._notice.kind is Kind.ERROR
        colours = theme.notice_colours(self.palette(), is_error=is_error)
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.ground)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)
        square = self.rect().adjusted(10, 8, 0, 0)
        square.setSize(icons.SMALL)
        icons.draw(painter, "warning" if is_error else "note", square, colours.line)


def _button(text: str, tip: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tip)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
