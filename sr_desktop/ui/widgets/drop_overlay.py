"""What is seen over the window while something is dragged over it: that it may be dropped, or why it can't be."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sr_desktop.ui.widgets import icons, theme

MARGIN = 14
RADIUS = 12
ICON = 56
CARD_WIDTH = 560
VEIL = 140
"""Of 255: pictures below stay recognisable."""


class DropOverlay(QWidget):
    """Covers its parent; takes no events, so that the drag goes on to what is below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self.is_refusal = False
        self._veil = VEIL
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_text(self, text: str, *, is_refusal: bool, hides_below: bool) -> None:
        """Cover the parent with a text; words below would be in its way."""
        self.text, self.is_refusal, self._veil = text, is_refusal, 255 if hides_below else VEIL
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self.setAccessibleName(text)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a veil, a frame, and a card with an icon and the text."""
        colours = theme.notice_colours(self.palette(), is_error=self.is_refusal)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(colours.ground)
        veil.setAlpha(self._veil)
        painter.fillRect(self.rect(), veil)
        style = Qt.PenStyle.SolidLine if self.is_refusal else Qt.PenStyle.DashLine
        painter.setPen(QPen(colours.line, 2.5, style))
        painter.drawRoundedRect(self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN), RADIUS, RADIUS)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.3)
        painter.setFont(font)
        wrapped = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        words = painter.boundingRect(QRect(0, 0, min(CARD_WIDTH, self.width() - 8 * MARGIN), 1), wrapped, self.text)
        card = QRect(0, 0, words.width() + 4 * MARGIN, ICON + words.height() + 4 * MARGIN)
        card.moveCenter(self.rect().center())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.ground)
        painter.drawRoundedRect(card, RADIUS, RADIUS)
        icon = QRect(card.center().x() - ICON // 2, card.top() + MARGIN, ICON, ICON)
        icons.draw(painter, "warning" if self.is_refusal else "picture", icon, colours.line)
        painter.setPen(self.palette().windowText().color())
        words.moveTo(card.left() + 2 * MARGIN, icon.bottom() + MARGIN)
        painter.drawText(words, wrapped, self.text)
