"""A frame around the control that the keyboard came to.

Qt's own style draws a default button the same with and without the focus, and its outlines are faint on a dark ground.
"""

import shiboken6
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QLineEdit,
    QWidget,
)

from sr_desktop.ui.pictures.panes_view import PanesView

_FRAMED = QAbstractButton | QAbstractSpinBox | QComboBox | QLineEdit | PanesView
"""What shows in no other way that it has the focus; lists have a current row."""


class FocusMark(QObject):
    """Frames what the Tab key came to, in every window of the application."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._frame: QFocusFrame | None = None
        application.focusChanged.connect(self._follow)

    @Slot(QWidget, QWidget)
    def _follow(self, old: QWidget | None, now: QWidget | None) -> None:
        if self._frame is not None and shiboken6.isValid(self._frame):  # else it went with its window
            self._frame.hide()
            self._frame.deleteLater()
        self._frame = None
        if isinstance(now, _FRAMED) and _by_keyboard(now):
            self._frame = QFocusFrame(now.parentWidget())
            self._frame.setWidget(now)


def _by_keyboard(widget: QWidget) -> bool:
    return widget.window().testAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)
