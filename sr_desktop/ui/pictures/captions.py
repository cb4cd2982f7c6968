"""The line above the panes: what each of them is, and the handle by which the result is pulled to another program."""

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from sr_desktop.ui.pictures.actions import Actions
from sr_desktop.ui.widgets import icons, wording

HEIGHT = 30


class Caption(QLabel):
    """A line of text that ends in dots where there is no room for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw as much as there is room for."""
        place = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, place.width())
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class Handle(Caption):
    """A caption that can be pulled.

    Signals:
        pressed: The mouse went down: a pull may follow.
        pulled: It is being pulled.
        released: The mouse went up without a pull.
    """

    pressed = Signal()
    pulled = Signal()
    released = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pressed_at: QPointF | None = None
        self.is_active = False

    def activate(self, is_active: bool) -> None:
        """Let it be pulled, or not."""
        self.is_active = is_active
        self.setContentsMargins(icons.SMALL.width() if is_active else 0, 0, 0, 0)
        self.setToolTip(self.tr("Drag this to a folder or another program") if is_active else "")
        self.setCursor(Qt.CursorShape.OpenHandCursor if is_active else Qt.CursorShape.ArrowCursor)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and dots that say where to take hold."""
        super().paintEvent(event)
        if self.is_active:
            square = QRect(0, (self.height() - icons.SMALL.height()) // 2, icons.SMALL.width(), icons.SMALL.height())
            icons.draw(QPainter(self), "grip", square, self.palette().placeholderText().color())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin."""
        if self.is_active and event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()
            self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull once it is more than a shaky hand."""
        if self._pressed_at is None:
            return
        if (event.position() - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.pulled.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._pressed_at = None
        self.released.emit()


class Captions(QWidget):
    """Names the panes, and holds what changes the view of them.

    Args:
        actions: What the buttons do.
    """

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.before = Caption()
        self.after = Handle()
        self.zoom = QLabel()
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("1000.0 %"))
        self.setFixedHeight(HEIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 6, 0)
        layout.setSpacing(12)
        layout.addWidget(self.before, 1)
        after = QHBoxLayout()
        after.setSpacing(2)
        after.addWidget(self.after, 1)
        after.addWidget(self.zoom)
        after.addSpacing(6)
        groups = (
            (actions.fit, actions.actual),
            (actions.side_by_side, actions.divider),
            (actions.pixels, actions.details),
        )
        for number, group in enumerate(groups):
            after.addSpacing(8 if number else 0)
            for action in group:
                after.addWidget(_button(action))
        layout.addLayout(after, 1)

    def show_zoom(self, zoom: float | None) -> None:
        """Say how many physical pixels a pixel of the result is."""
        self.zoom.setText("" if zoom is None else wording.percent(zoom))

    def minimumSizeHint(self) -> QSize:
        """Text may be cut."""
        return QSize(0, HEIGHT)

    def show_texts(self, before: str, after: str, *, can_pull: bool) -> None:
        """Say what the panes show."""
        self.before.setText(before)
        self.before.setToolTip(before)
        self.after.setText(after)
        self.after.activate(can_pull)


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAutoRaise(True)
    button.setIconSize(icons.SMALL)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.iconText())
    return button
