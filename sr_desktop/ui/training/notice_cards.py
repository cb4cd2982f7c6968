"""What the monitor has to say, one card for each notice: what, why, and the one thing to do."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from sr_desktop.runs.notices import ACTIONS, Action, Notice, Severity
from sr_desktop.ui.shell import language
from sr_desktop.ui.training import evidence, words
from sr_desktop.ui.training.fields import faint
from sr_desktop.ui.widgets import icons, theme

MOST_IN_TIP = 40
"""Files that a tooltip lists: more would not fit a screen."""


def key(notice: Notice) -> str:
    """Return what is ignored when a person says so: a cause for this run, unless it gets worse."""
    return f"{notice.cause}/{notice.severity}"


class NoticeCard(QFrame):
    """One notice.

    Signals:
        asked: The notice whose action the person wants.
        ignored: The notice the person does not want to see again in this run.
    """

    asked = Signal(object)
    ignored = Signal(object)

    def __init__(
        self, notice: Notice, *, acts: Collection[Action], is_draft: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.notice = notice
        is_over = notice.over_at_step is not None
        title = _wrapped(language.translated(notice.title))
        font = title.font()
        font.setBold(True)
        title.setFont(font)
        severity = {
            Severity.INFO: self.tr("Remark"),
            Severity.WARNING: self.tr("Warning"),
            Severity.ERROR: self.tr("Error"),
        }[notice.severity]
        when = self.tr("{} at step {}").format(severity, words.count(notice.step))
        if notice.over_at_step is not None:
            when += self.tr(", over since step {}").format(words.count(notice.over_at_step))
        self.evidence = faint(_wrapped(evidence.line(notice)))
        self.evidence.setVisible(bool(notice.evidence))
        self.advice = _wrapped("" if is_over else language.translated(ACTIONS[notice.action]))
        self.advice.setVisible(not is_over and notice.action is not Action.NONE)
        self.files = _wrapped(words.files(notice.files))
        self.files.setToolTip("\n".join(notice.files[:MOST_IN_TIP]))
        self.files.setVisible(bool(notice.files))
        self.button = QPushButton(words.amendment(notice) if is_draft else words.action(notice))
        self.button.setVisible(notice.action in acts and not is_over and bool(self.button.text()))
        self.button.clicked.connect(lambda: self.asked.emit(self.notice))
        self.ignore_button = QToolButton()
        self.ignore_button.setText(self.tr("Ignore"))
        self.ignore_button.setToolTip(self.tr("Say no more about it in this run"))
        self.ignore_button.setAutoRaise(True)
        self.ignore_button.setVisible(not is_draft)
        self.ignore_button.clicked.connect(lambda: self.ignored.emit(self.notice))
        buttons = QHBoxLayout()
        buttons.addWidget(self.button)
        buttons.addWidget(self.ignore_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(38, 8, 8, 8)
        layout.setSpacing(3)
        for widget in (title, faint(QLabel(when)), self.evidence, self.files, self.advice):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self.setAccessibleName(f"{when}: {title.text()}")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a tinted ground with a sign: the weight is told by shape and word as well as by colour."""
        is_error = self.notice.severity is not Severity.INFO and self.notice.over_at_step is None
        colours = theme.notice_colours(self.palette(), is_error=is_error)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colours.ground)
        painter.setPen(colours.line)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), 6, 6)
        square = self.rect().adjusted(10, 8, 0, 0)
        square.setSize(icons.SMALL)
        icons.draw(painter, "warning" if is_error else "note", square, colours.line)


class NoticeCards(QWidget):
    """All notices of a run, or of a draft, but those that are ignored; the newest first.

    Signals:
        asked, ignored: Of the cards.
    """

    asked = Signal(object)
    ignored = Signal(object)

    def __init__(self, *, is_draft: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_draft = is_draft
        self.cards: list[NoticeCard] = []
        self._shown: tuple[object, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)

    def show_notices(
        self, notices: Sequence[Notice], *, acts: Collection[Action], ignored: Collection[str] = frozenset()
    ) -> None:
        """Show these notices, with buttons for the actions that can be done now."""
        wanted = [notice for notice in reversed(notices) if key(notice) not in ignored]
        content = (*wanted, acts)
        if content == self._shown:
            return
        self._shown = content
        for card in self.cards:
            card.hide()
            card.deleteLater()
        self.cards = [NoticeCard(notice, acts=acts, is_draft=self._is_draft) for notice in wanted]
        for card in self.cards:
            card.asked.connect(self.asked)
            card.ignored.connect(self.ignored)
            self._layout.addWidget(card)

    def card(self, notice: Notice) -> NoticeCard | None:
        """Return the card of a notice, if it is shown."""
        return next((card for card in self.cards if card.notice == notice), None)


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
