"""What the window shows while no picture is open: what to do, and one button for it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from sr_desktop.ui.widgets import icons, theme

MARGIN = 24
RADIUS = 12


class _Symbol(QWidget):
    """A large icon in a quiet colour."""

    def sizeHint(self) -> QSize:
        """Large enough to be seen first."""
        return QSize(72, 72)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setOpacity(0.65)
        side = self.sizeHint().width()
        place = QRect((self.width() - side) // 2, 0, side, side)
        icons.draw(painter, "picture", place, theme.surroundings(self.palette()).text)


def draw_drop_frame(page: QWidget) -> None:
    """Draw, while a page is painted, the ground that pictures will be on, with a frame to drop into."""
    colours = theme.surroundings(page.palette())
    painter = QPainter(page)
    painter.fillRect(page.rect(), colours.around)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colours.line, 1.5, Qt.PenStyle.DashLine))
    painter.drawRoundedRect(page.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN), RADIUS, RADIUS)


class EmptyPage(QWidget):
    """Says how to begin.

    Args:
        open_action: Opens a picture.
        sample_action: Opens the sample.
    """

    def __init__(self, open_action: QAction, sample_action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Drop a picture here"))
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        title.setFont(font)
        hint = QLabel(
            self.tr("PNG, JPEG, WebP, TIFF, BMP, AVIF or GIF. One, several, or a folder of them; pasting works too.")
        )
        hint.setWordWrap(True)
        self.open_button = _button(open_action, self.tr("Open…"))
        self.open_button.setDefault(True)
        self.sample_button = _button(sample_action, self.tr("Try a sample"))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.sample_button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * MARGIN, MARGIN, 2 * MARGIN, MARGIN)
        layout.setSpacing(10)
        layout.addStretch()
        layout.addWidget(_Symbol())
        for label in (title, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(label)
        layout.addSpacing(8)
        layout.addLayout(buttons)
        layout.addStretch()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame to drop into."""
        draw_drop_frame(self)


def _button(action: QAction, text: str) -> QPushButton:
    button = QPushButton(action.icon(), text)
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    button.setMinimumWidth(120)
    return button
