import sys

import pytest
from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QImage, QPainter


class Emitter(QObject):
    emitted = Signal(object)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="from Python 3.12 on these are never freed")
def test_calls_into_qt_lose_no_reference(qapp):
    """PySide6 6.12.0 lost one to what it returned in every call, and ended the program after some thousands of them."""
    image, emitter = QImage(8, 8, QImage.Format.Format_RGB32), Emitter()
    emitter.emitted.connect(print)
    emitter.emitted.disconnect(print)
    painter = QPainter(image)
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(300):
        painter.setOpacity(0.5)
        painter.fillRect(QRect(0, 0, 4, 4), Qt.GlobalColor.white)
        emitter.emitted.emit(1)
    after = sys.getrefcount(None), sys.getrefcount(True)
    painter.end()
    assert after[0] > before[0] - 100
    assert after[1] > before[1] - 100
