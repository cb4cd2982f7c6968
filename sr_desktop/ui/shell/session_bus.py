"""What a Linux desktop is told over its session bus: messages for the person, and how far the work is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

APPLICATION = "io.github.sr_desktop.SrDesktop"
"""What the desktop knows us by: the name of our `.desktop` file."""

PORTAL = "org.freedesktop.portal.Desktop"
PORTAL_PATH = "/org/freedesktop/portal/desktop"
NOTIFICATION = "org.freedesktop.portal.Notification"

LAUNCHER = "com.canonical.Unity.LauncherEntry"
"""Unity is gone, its signal lives on: Plasma, Ubuntu's dock, Dash to Dock and Plank listen to it."""


def bus() -> QDBusConnection:
    """Return the session's bus, which may not be connected."""
    from PySide6.QtDBus import QDBusConnection  # here: nobody waits for this when the window opens

    return QDBusConnection.sessionBus()


def notify(title: str, text: str, owner: QObject, *, failed: Callable[[], None]) -> None:
    """Show a message, in place of an earlier one.

    It goes by the desktop's portal rather than to `org.freedesktop.Notifications`, whose call needs an unsigned number
    that PySide can't be made to send.

    Args:
        title: One line.
        text: What else there is to say.
        owner: Keeps the answer's watcher.
        failed: Is called, now or later, if there is no portal or it refuses.
    """
    from PySide6.QtDBus import QDBusPendingCallWatcher

    connection = bus()
    if not connection.isConnected():
        failed()
        return
    watcher = QDBusPendingCallWatcher(connection.asyncCall(notification(title, text)), owner)

    def take(answer: QDBusPendingCallWatcher) -> None:
        if answer.isError():
            failed()
        answer.deleteLater()

    watcher.finished.connect(take)


def notification(title: str, text: str) -> QDBusMessage:
    """Return the call that shows a message."""
    from PySide6.QtDBus import QDBusMessage

    call = QDBusMessage.createMethodCall(PORTAL, PORTAL_PATH, NOTIFICATION, "AddNotification")
    call.setArguments(["news", {"title": title, "body": text, "priority": "normal"}])
    return call


def show_progress(share: float | None) -> None:
    """Show on the program's icon how much is done, 0 to 1; None shows nothing."""
    connection = bus()
    if connection.isConnected():
        connection.send(progress(share))


def progress(share: float | None) -> QDBusMessage:
    """Return the signal that tells how much is done."""
    from PySide6.QtDBus import QDBusMessage

    state: Mapping[str, float | bool] = {"progress": float(share or 0), "progress-visible": share is not None}
    signal = QDBusMessage.createSignal(f"/{APPLICATION.replace('.', '/')}", LAUNCHER, "Update")
    signal.setArguments([f"application://{APPLICATION}.desktop", state])
    return signal
