"""What a person is told who looks at another program: the desktop's own messages, and progress on the program's icon."""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from sr_desktop.services.notices import Kind, Notice, Notices
from sr_desktop.services.pictures.document import Document, State
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.ui.shell import language, session_bus
from sr_desktop.ui.widgets import icons

LONG_S = 10
"""Pictures that took no longer than this are not told of: nobody has gone away meanwhile."""


def is_elsewhere() -> bool:
    """Tell whether none of our windows is in front."""
    return QGuiApplication.applicationState() is not Qt.ApplicationState.ApplicationActive


class Notifications(QObject):
    """Tells what happened, if nobody is looking.

    Args:
        window: Asks for attention in the bar of programs.
        are_wanted: Returns whether the person wants the desktop's messages.
    """

    def __init__(self, window: QWidget, are_wanted: Callable[[], bool]) -> None:
        super().__init__(window)
        self._window = window
        self._are_wanted = are_wanted
        self._tray: QSystemTrayIcon | None = None
        self._told_error: Notice | None = None
        self._busy_since: float | None = None
        self._finished: list[Document] = []

    @Slot(str, str)
    def tell(self, title: str, text: str) -> None:
        """Say something that a person may have waited for."""
        if not is_elsewhere():
            return
        QApplication.alert(self._window)
        if self._are_wanted():
            self.send(title, text)

    def follow_notices(self, notices: Notices) -> None:
        """Tell of errors; what else is said there can wait until someone comes back."""
        notices.changed.connect(lambda: self._take_notice(notices.latest))

    def follow_pictures(self, workspace: Workspace) -> None:
        """Tell when the pictures that a person waits for are done, if they took long."""
        workspace.changed.connect(lambda document: self._take_picture(workspace, document))

    def _take_notice(self, latest: Notice | None) -> None:
        if latest is not None and latest.kind is Kind.ERROR and latest is not self._told_error:
            self.tell(language.translated(latest.title), language.translated(latest.hint))
        self._told_error = latest

    def _take_picture(self, workspace: Workspace, document: Document) -> None:
        if self._busy_since is None:
            if document.is_busy:
                self._busy_since, self._finished = time.monotonic(), []
            return
        if document.state in (State.DONE, State.FAILED) and document not in self._finished:
            self._finished.append(document)
        if workspace.is_busy:
            return
        took, self._busy_since = time.monotonic() - self._busy_since, None
        if took > LONG_S and self._finished:
            self._tell_finished()
        self._finished = []

    def _tell_finished(self) -> None:
        failed = [document for document in self._finished if document.state is State.FAILED]
        if len(self._finished) > 1:
            whole = self.tr("%Ln pictures are done.", None, len(self._finished))
            self.tell(whole, self.tr("%Ln of them failed.", None, len(failed)) if failed else "")
        elif failed and failed[0].failure is not None:
            self.tell(failed[0].source.name, language.translated(failed[0].failure.title))
        else:
            self.tell(self._finished[0].source.name, self.tr("The larger picture is ready."))

    def send(self, title: str, text: str) -> None:
        """Give it to the desktop; where there is none, as in tests, to nobody."""
        platform = QGuiApplication.platformName()
        if platform in ("windows", "cocoa"):
            self._show_at_tray(title, text)
        elif sys.platform == "linux" and (platform == "xcb" or platform.startswith("wayland")):
            session_bus.notify(title, text, self, failed=lambda: self._show_at_tray(title, text))

    def _show_at_tray(self, title: str, text: str) -> None:
        """Show it as Qt can: at an icon that is there until someone comes back."""
        if self._tray is None:
            self._tray = QSystemTrayIcon(icons.application_icon(), self)
            self._tray.messageClicked.connect(self._window.activateWindow)
            application = QGuiApplication.instance()
            assert isinstance(application, QGuiApplication)
            application.applicationStateChanged.connect(self._tray.hide)
        self._tray.show()
        self._tray.showMessage(title, text, icons.application_icon())


class IconProgress(QObject):
    """Shows on the program's icon how far the longest work is, on desktops that can: Linux, so far.

    Windows' bar needs COM calls that Qt no longer has, macOS's Dock a drawing of our own.
    """

    def __init__(self, show: Callable[[float | None], None] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._show = show or _show_on_desktop
        self._shares: dict[str, float] = {}
        self._shown: float | None = None

    def take(self, work: str, share: float | None) -> None:
        """Take in how much of a work is done; None if it does not go on."""
        if share is None:
            self._shares.pop(work, None)
        else:
            self._shares[work] = int(share * 100) / 100
        least = min(self._shares.values(), default=None)
        if least != self._shown:
            self._shown = least
            self._show(least)


def _show_on_desktop(share: float | None) -> None:
    if sys.platform == "linux" and QGuiApplication.platformName() != "offscreen":
        session_bus.show_progress(share)
