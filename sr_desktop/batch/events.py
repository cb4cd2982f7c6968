"""What a running batch tells whoever drives it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from sr_desktop.batch.plan import PlanItem
from sr_desktop.errors import UserError


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one file went.

    Attributes:
        state: `skipped` is a result that was there already.
        width: Columns of the result; None unless done.
        height: Rows of the result; None unless done.
        seconds: From opening the input to the finished file.
        size_bytes: Of the result; 0 unless done.
        kept: Ids of what the input had and the result has too.
        changed: Ids and sentences of what differs.
        error: Why it failed.
        passes: Through the network, 1 or 8; None unless done.
    """

    state: Literal["done", "failed", "skipped"]
    width: int | None = None
    height: int | None = None
    seconds: float = 0.0
    size_bytes: int = 0
    kept: Sequence[str] = ()
    changed: Sequence[tuple[str, str]] = ()
    error: UserError | None = None
    passes: int | None = None


@dataclass(frozen=True, slots=True)
class Started:
    """A file was taken up."""

    number: int


@dataclass(frozen=True, slots=True)
class Advanced:
    """This share of a file, 0 to 1, is done; a few times a second at most."""

    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Finished:
    """A file has its outcome, and its state is in the journal."""

    number: int
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class PutBack:
    """A file that was taken up waits again: its work was interrupted, and nothing of it is left."""

    number: int


@dataclass(frozen=True, slots=True)
class Added:
    """These files came to the batch."""

    items: tuple[PlanItem, ...]


@dataclass(frozen=True, slots=True)
class Removed:
    """This file was taken from the batch before it was done."""

    number: int


@dataclass(frozen=True, slots=True)
class Paused:
    """Nothing is computed any more, and memory is let go.

    Attributes:
        reason: Why, if nobody asked for it: the disk is full, or gone. The batch then goes on by itself.
    """

    reason: UserError | None = None


@dataclass(frozen=True, slots=True)
class Resumed:
    """It goes on."""


@dataclass(frozen=True, slots=True)
class Noted:
    """Something a person should know, such as a graphics card that failed."""

    sentence: str


Event: TypeAlias = Started | Advanced | Finished | PutBack | Added | Removed | Paused | Resumed | Noted
