"""A batch driven in a thread of its own: what happens comes out, wishes go in at any time, even before it has begun."""

import contextlib
import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sr_desktop.batch.events import Event, Noted
from sr_desktop.batch.plan import Plan, PlanItem
from sr_desktop.progress import Progress, Task
from sr_desktop.services import import_torch
from sr_desktop.services.folder.planning import PRECISION, Planned

if TYPE_CHECKING:
    from sr_desktop.batch.batch import Batch


class Driver:
    """One run of a batch.

    Args:
        planned: The batch.
        items: What of it this run is to do.
    """

    def __init__(self, planned: Planned, items: Sequence[PlanItem]) -> None:
        self._planned = planned
        self._items = tuple(items)
        self._events: deque[Event] = deque()
        self._turn = threading.Lock()
        self._batch: Batch | None = None
        self._wishes: list[Callable[[Batch], object]] = []
        self._is_over = False

    def drive(self) -> Task[None]:
        """Carry the batch out; a step takes as long as nothing happens, so the thread must have nothing else to do.

        Raises:
            JournalBusyError: Another process converts into the same folder.
            UserError: The model, the device or the output can't be used.
        """
        import_torch.import_torch()
        yield Progress(0, 1)
        batch = self._made()
        try:
            with contextlib.closing(batch.run()) as events:
                for event in events:
                    self._events.append(event)
                    yield Progress(0, 1)
        finally:
            with self._turn:
                self._is_over = True

    def _made(self) -> "Batch":
        from sr_desktop.batch.batch import Batch, Manner
        from sr_desktop.batch.models import Models

        planned, preset = self._planned, self._planned.wishes.preset
        models = Models(planned.models, preset.options.device, PRECISION, self._say, preset.options.passes)
        models.open_one()
        manner = Manner(low_priority=preset.low_priority)
        batch = Batch(Plan(self._items), planned.options, models, planned.made_with, manner)
        with self._turn:
            self._batch = batch
            for wish in self._wishes:
                wish(batch)
        return batch

    def _say(self, sentence: str) -> None:
        self._events.append(Noted(sentence))

    def happened(self, most: int) -> list[Event]:
        """Return what has happened since the last call, in order; at most so much, the rest later."""
        return [self._events.popleft() for _ in range(min(most, len(self._events)))]

    @property
    def has_more(self) -> bool:
        """Whether something has happened that nobody has heard of."""
        return bool(self._events)

    def pause(self) -> None:
        """Finish what is at work and begin nothing more until `resume`."""
        self._ask(lambda batch: batch.pause())

    def resume(self) -> None:
        """Go on."""
        self._ask(lambda batch: batch.resume())

    def stop_after_this(self) -> None:
        """Finish what is at work and end."""
        self._ask(lambda batch: batch.stop_after_this())

    def stop_now(self) -> None:
        """End at the next tile; nothing half-written is left."""
        self._ask(lambda batch: batch.stop_now())

    def remove(self, numbers: Sequence[int]) -> None:
        """Take files out."""
        self._ask(lambda batch: batch.remove(numbers))

    def add(self, items: Sequence[PlanItem]) -> Task[None]:
        """Put more files behind the others; opens journals, so not for the event loop.

        Raises:
            UserError: A journal can't be opened.
        """
        yield Progress(0, 1)
        self._ask(lambda batch: batch.add(Plan(tuple(items))))

    def _ask(self, wish: "Callable[[Batch], object]") -> None:
        with self._turn:
            if self._batch is None:
                self._wishes.append(wish)
            elif not self._is_over:
                wish(self._batch)
