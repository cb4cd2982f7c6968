"""Messages to the person: what failed, what to try, details to copy. Kept until someone has seen them."""

import traceback
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from sr_desktop.errors import UserError


class Kind(Enum):
    """How serious a notice is."""

    NOTE = auto()
    ERROR = auto()


@dataclass(frozen=True, slots=True)
class Notice:
    """One message.

    Attributes:
        kind: How serious it is.
        title: One sentence: what happened.
        hint: One sentence: what to try; may be empty.
        details: For a report; may be empty.
        is_fault: Whether it is the program's fault, so that whoever sees it may want to report it.
    """

    kind: Kind
    title: str
    hint: str = ""
    details: str = ""
    is_fault: bool = False


def about_error(error: Exception) -> Notice:
    """Return what to say about an error: its own words if it has any for a person, else that it is our bug."""
    details = "".join(traceback.format_exception(error))
    match error:
        case UserError():
            return Notice(Kind.ERROR, error.title, error.hint, details)
        case MemoryError():
            hint = "Close other programs, or choose a smaller size."
            return Notice(Kind.ERROR, "There is not enough memory for this.", hint, details)
        case _:
            hint = "This is a fault of the program. Diagnostics for a report are one file, which you can look into."
            return Notice(Kind.ERROR, "Something went wrong that should not have.", hint, details, is_fault=True)


def about_crash(dump: str) -> Notice:
    """Return what to say about the program's crash the last time."""
    hint = "Diagnostics for a report are one file, which you can look into. Nothing is sent by itself."
    return Notice(Kind.NOTE, "The program crashed when it last ran.", hint, dump, is_fault=True)


class Notices(QObject):
    """The notices not yet dismissed, oldest first.

    Signals:
        changed: One came or went.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: list[Notice] = []

    @property
    def latest(self) -> Notice | None:
        """The newest notice, if there is one."""
        return self._waiting[-1] if self._waiting else None

    def add(self, notice: Notice) -> None:
        """Put a notice before the person; saying the same twice says it once."""
        if notice in self._waiting:
            self._waiting.remove(notice)
        self._waiting.append(notice)
        self.changed.emit()

    def note(self, title: str, hint: str = "") -> None:
        """Say something that is not an error."""
        self.add(Notice(Kind.NOTE, title, hint))

    def refuse(self, title: str, hint: str = "") -> None:
        """Say that something can't be done, where no exception is involved."""
        self.add(Notice(Kind.ERROR, title, hint))

    def report(self, error: Exception) -> None:
        """Say that something failed."""
        self.add(about_error(error))

    def dismiss(self) -> None:
        """Forget the newest notice."""
        if self._waiting:
            self._waiting.pop()
            self.changed.emit()

    def clear(self) -> None:
        """Forget all notices."""
        if self._waiting:
            self._waiting.clear()
            self.changed.emit()
