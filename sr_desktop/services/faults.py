"""What nobody caught, brought to the person: exceptions in slots and threads; what Qt complains about goes to the log."""

import logging
import sys
import threading
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

log = logging.getLogger(__name__)
qt_log = logging.getLogger("sr_desktop.qt")

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class Faults(QObject):
    """Hears of every fault from `listen` until `stop`; belongs to the GUI thread.

    Signals:
        happened: An `Exception` that nobody caught, in whatever thread.
    """

    happened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._former = sys.excepthook, threading.excepthook

    def listen(self) -> None:
        """Take the hooks of Python and Qt; the former hooks of Python are still called."""
        self._former = sys.excepthook, threading.excepthook
        sys.excepthook = self._take
        threading.excepthook = self._take_from_thread
        qInstallMessageHandler(_log_message)

    def stop(self) -> None:
        """Give the hooks back; Qt must not call into Python once that is going away."""
        qInstallMessageHandler(None)
        sys.excepthook, threading.excepthook = self._former

    def _take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("unexpected", exc_info=(kind, error, trace))
        self._former[0](kind, error, trace)
        self._tell(error)

    def _take_from_thread(self, found: threading.ExceptHookArgs) -> None:
        self._former[1](found)  # `sr_desktop.faults` logs it
        if found.exc_value is not None:
            self._tell(found.exc_value)

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, Exception):
            self.happened.emit(error)  # queued, where it comes from another thread


def _log_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    level = _LEVELS.get(kind, logging.WARNING)
    category = context.category if context.category and context.category != "default" else "Qt"
    qt_log.log(level, "%s: %s", category, text)
    if level >= logging.WARNING and sys.stderr is not None:  # a windowed program on Windows has none
        print(text, file=sys.stderr)  # noqa: T201  (whoever starts it in a terminal sees it, as without this handler)
