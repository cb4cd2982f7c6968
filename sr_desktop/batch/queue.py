"""Which file is whose turn: what waits, what is at work, and whether anything may begin; for any thread."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable

from sr_desktop.batch.events import Event, Paused, PutBack, Removed, Resumed
from sr_desktop.batch.plan import PlanItem
from sr_desktop.batch.storage import Trouble

LOOK_EVERY_S = 2.0
"""How often storage that failed is looked at; doubled with each try in vain, up to the next."""

LOOK_AT_LEAST_EVERY_S = 30.0

PIXELS_AT_ONCE = 100_000_000
"""Of all results at work together: with 3 to 12 bytes each, a gigabyte. A larger one is made alone."""


class Interrupted(Exception):  # noqa: N818  (not an error: someone asked for it)
    """The file at work is no longer wanted, or not now."""


class Queue:
    """The files of a batch that are not finished.

    Args:
        items: What there is to do.
        tell: Called with each event; must not wait.
        look: Called with a trouble, without the lock, when it may be over; returns whether it is.
        computing: How many files may be computed at the same time; others may be read and written meanwhile.
        stays_open: Whether to wait for more files when there are none.
    """

    def __init__(
        self,
        items: Iterable[PlanItem],
        tell: Callable[[Event], None],
        look: Callable[[Trouble], bool],
        *,
        computing: int,
        stays_open: bool,
    ) -> None:
        self._waiting = deque(items)
        self._active: dict[int, PlanItem] = {}
        self._pixels: dict[int, int] = {}
        self._most_computing = computing
        self._computing: set[int] = set()
        self._computed: set[int] = set()
        self._unwanted: set[int] = set()
        self._tell = tell
        self._look = look
        self._stays_open = stays_open
        self._changed = threading.Condition()
        self._is_paused = False
        self._is_told = False
        self._ends = False
        self._is_interrupted = False
        self._trouble: Trouble | None = None
        self._tries = 0
        self._look_at = 0.0

    @property
    def unfinished(self) -> int:
        """How many files wait or are at work."""
        return len(self._waiting) + len(self._active)

    @property
    def to_compute(self) -> int:
        """How many of them are computed, or will be."""
        return self.unfinished - len(self._computed)

    @property
    def is_idle(self) -> bool:
        """Whether nothing may begin at present."""
        return self._is_paused or self._trouble is not None

    def take(self, let_go: Callable[[], None]) -> PlanItem | None:
        """Wait for a file and return it; None when there will be none.

        Args:
            let_go: Called, perhaps several times, while nothing may begin: gives back what memory this thread holds.
        """
        while True:
            with self._changed:
                if self._has_ended():
                    self._changed.notify_all()
                    return None
                if not self.is_idle and self._waiting:
                    item = self._waiting.popleft()
                    self._active[item.number] = item
                    return item
                looks = self._trouble if self._trouble and time.monotonic() >= self._look_at else None
                if looks is None and not self.is_idle:
                    self._changed.wait()
                    continue
                self._look_at = time.monotonic() + self._delay() if looks else self._look_at
            self._be_idle(looks, let_go)

    @property
    def has_ended(self) -> bool:
        """Whether no file will be taken up any more."""
        with self._changed:
            return self._has_ended()

    def _has_ended(self) -> bool:
        return self._ends or not (self._stays_open or self._waiting or self._active)

    def _be_idle(self, looks: Trouble | None, let_go: Callable[[], None]) -> None:
        """Let go of memory, see whether a trouble is over, and else wait a moment."""
        let_go()
        if looks is not None and self._look(looks):
            with self._changed:
                self._trouble = None
                self._resume()
            return
        with self._changed:
            self._tell_pause()
            if self.is_idle and not self._ends:
                wait = max(0.0, self._look_at - time.monotonic()) if self._trouble else None
                self._changed.wait(wait)

    def _delay(self) -> float:
        return float(min(LOOK_EVERY_S * 2**self._tries, LOOK_AT_LEAST_EVERY_S))

    def _tell_pause(self) -> None:
        if self.is_idle and not self._active and not self._is_told:
            self._is_told = True
            self._tell(Paused(self._trouble.sentence if self._trouble else None))

    def _resume(self) -> None:
        if self._is_told and not self.is_idle:
            self._is_told = False
            self._tell(Resumed())
        self._changed.notify_all()

    def admit(self, item: PlanItem, pixels: int) -> None:
        """Wait until a result of so many pixels has room beside the others.

        Raises:
            Interrupted: It is no longer wanted.
        """
        with self._changed:
            while self._pixels and sum(self._pixels.values()) + pixels > PIXELS_AT_ONCE:
                self._check(item)
                self._changed.wait()
            self._pixels[item.number] = pixels

    def begin_computing(self, item: PlanItem) -> None:
        """Wait until a file may be computed beside the others; what has been computed is for `end_computing` to say.

        Raises:
            Interrupted: It is no longer wanted.
        """
        with self._changed:
            while len(self._computing) >= self._most_computing:
                self._check(item)
                self._changed.wait()
            self._check(item)
            self._computing.add(item.number)
            self._computed.discard(item.number)

    def end_computing(self, item: PlanItem) -> None:
        """Let another file be computed: of this one nothing is left but to write it."""
        with self._changed:
            if item.number in self._computing:
                self._computing.remove(item.number)
                self._computed.add(item.number)
                self._changed.notify_all()

    def check(self, item: PlanItem) -> None:
        """Return if the work on a file shall go on.

        Raises:
            Interrupted: It shall not.
        """
        with self._changed:
            self._check(item)

    def _check(self, item: PlanItem) -> None:
        if self._is_interrupted or item.number in self._unwanted:
            raise Interrupted

    def finish(self, item: PlanItem) -> None:
        """Take a file out: it has its outcome."""
        with self._changed:
            self._take_out(item)
            self._tries = 0

    def put_back(self, item: PlanItem, trouble: Trouble | None = None) -> None:
        """Let a file whose work was interrupted wait again, as the first, unless it isn't wanted any more.

        Args:
            item: The file; its result may replace what is left of the interrupted work.
            trouble: What kept it from being finished: nothing begins until that is over.
        """
        with self._changed:
            self._take_out(item)
            if item.number in self._unwanted:
                self._tell(Removed(item.number))
                return
            self._waiting.appendleft(item)
            self._tell(PutBack(item.number))
            if trouble is not None and self._trouble is None:
                self._trouble = trouble
                self._look_at = time.monotonic() + self._delay()
                self._tries += 1

    def _take_out(self, item: PlanItem) -> None:
        del self._active[item.number]
        self._pixels.pop(item.number, None)
        self._computing.discard(item.number)
        self._computed.discard(item.number)
        self._changed.notify_all()

    def add(self, items: Iterable[PlanItem], events: Iterable[Event]) -> bool:
        """Put more files behind the others, and tell the events; return False if all had ended before."""
        with self._changed:
            if self._has_ended():
                return False
            for event in events:
                self._tell(event)
            self._waiting.extend(items)
            self._changed.notify_all()
            return True

    def remove(self, numbers: Iterable[int]) -> None:
        """Take files out; one at work is let go of at its next tile, and nothing of it is left."""
        with self._changed:
            unwanted = set(numbers)
            gone = [item for item in self._waiting if item.number in unwanted]
            self._waiting = deque(item for item in self._waiting if item.number not in unwanted)
            self._unwanted |= unwanted & self._active.keys()
            for item in gone:
                self._tell(Removed(item.number))
            self._changed.notify_all()

    def pause(self) -> None:
        """Begin nothing more; what is at work is finished."""
        with self._changed:
            self._is_paused = True
            self._changed.notify_all()

    def resume(self) -> None:
        """Go on, also after storage failed: then it is looked at now."""
        with self._changed:
            self._is_paused = False
            self._look_at = 0.0
            self._resume()

    def end(self, *, now: bool) -> None:
        """Begin nothing more, ever; `now` interrupts what is at work at its next tile."""
        with self._changed:
            self._ends = True
            self._is_interrupted |= now
            self._changed.notify_all()

    def close(self) -> None:
        """Wait for no more files: it ends with those there are."""
        with self._changed:
            self._stays_open = False
            self._changed.notify_all()
