"""What is seen over the window while something is dragged over it: that it may be dropped, or why it can't be."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from sr_desktop.ui import icons, theme

MARGIN = 14
RADIUS = 12


class DropOverlay(QWidget):
    """Covers its parent; takes no events, so that the drag goes on to what is below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = ""
        self.is_refusal = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_text(self, text: str, *, is_refusal: bool) -> None:
        """Cover the parent with a text."""
        self.text, self.is_refusal = text, is_refusal
        parent = self.parentWidget()
        assert parent is not None
        self.setGeometry(parent.rect())
        self.setAccessibleName(text)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a veil, a frame, an icon and the text."""
        colours = theme.notice_colours(self.palette(), is_error=self.is_refusal)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(colours.ground)
        veil.setAlpha(232)
        painter.fillRect(self.rect(), veil)
        style = Qt.PenStyle.SolidLine if self.is_refusal else Qt.PenStyle.DashLine
        painter.setPen(QPen(colours.line, 2.5, style))
        painter.drawRoundedRect(self.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN), RADIUS, RADIUS)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.4)
        painter.setFont(font)
        side = 56
        middle = self.rect().center()
        icon = QRect(middle.x() - side // 2, middle.y() - side - 8, side, side)
        icons.draw(painter, "warning" if self.is_refusal else "picture", icon, colours.line)
        painter.setPen(self.palette().windowText().color())
        below = self.rect().adjusted(4 * MARGIN, middle.y() + 8, -4 * MARGIN, -MARGIN)
        painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap, self.text)
