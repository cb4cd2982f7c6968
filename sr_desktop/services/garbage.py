"""Python's garbage collector, kept in the thread of the event loop.

Wherever it runs it destroys what it finds, and a widget that is destroyed in the thread of the jobs takes the program
along. So it is switched off and called by a timer, with the thresholds it would have had by itself.
"""

import gc

from PySide6.QtCore import QObject, QTimer, Slot

from sr_desktop.services import import_torch

INTERVAL_MS = 1000


class Collector(QObject):
    """Collects garbage in the thread that made it, until it is closed."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._was_enabled = gc.isenabled()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        gc.disable()
        self._timer.start(INTERVAL_MS)

    def close(self) -> None:
        """Leave it to Python again, once no job runs any more."""
        self._timer.stop()
        if self._was_enabled:
            gc.enable()

    @Slot()
    def _collect(self) -> None:
        """Collect the oldest generation whose threshold is reached; its own count includes the younger ones."""
        if import_torch.is_under_way():
            return
        due = [count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)]
        if due[0]:
            gc.collect(2 if due[2] and due[1] else 1 if due[1] else 0)
