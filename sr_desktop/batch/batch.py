"""A plan carried out: several files at once, each from its input to its finished result, told as events.

Decoding, computing and encoding of different files overlap because each thread takes one file all the way. As many
compute as there are cores; one more reads ahead or waits until its result is on the disk, which would leave a core idle
otherwise. Nothing waits in queues between stages: memory is that of the files at work, however many there are.
"""

import contextlib
import errno
import logging
import os
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sr_desktop.batch import fingerprints, storage
from sr_desktop.batch import models as batch_models
from sr_desktop.batch.convert_file import Made, Making
from sr_desktop.batch.events import Added, Advanced, Event, Finished, Noted, Outcome, Started
from sr_desktop.batch.file_errors import explained
from sr_desktop.batch.journal import Journal, Record, is_there
from sr_desktop.batch.models import Models
from sr_desktop.batch.options import Options
from sr_desktop.batch.plan import Plan, PlanItem
from sr_desktop.batch.queue import Interrupted, Queue
from sr_desktop.batch.storage import Trouble
from sr_desktop.errors import UserError
from sr_desktop.system import shared_memory, thread_priority
from sr_desktop.system.keep_awake import kept_awake

log = logging.getLogger(__name__)

_TELL_EVERY_S = 0.1
"""How often one file's progress is told."""

_LISTEN_S = 0.25
"""How long to wait for an event at a time: on Windows nothing interrupts a longer wait."""


BESIDE = 1
"""Files that are read or written while there are as many computed as there are cores."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a batch is carried out.

    Attributes:
        jobs: Files at once; 0 for as many computed as there are cores, and one that is read or written meanwhile.
        low_priority: Whether other programs go first.
        stays_open: Whether to wait for more files when all are done, until `Batch.close` or a stop.
    """

    jobs: int = 0
    low_priority: bool = False
    stays_open: bool = False


class Batch:
    """A batch: `run` drives it and yields what happens; all other methods may be called from any thread meanwhile.

    Args:
        plan: What to do.
        options: What is the same for all files.
        models: Gives the models; those that are open already are used.
        made_with: As from `options.made_with`; kept in the journal.
        manner: How it is carried out.
    """

    def __init__(
        self,
        plan: Plan,
        options: Options,
        models: Models,
        made_with: str,
        manner: Manner = Manner(),
    ) -> None:
        self._plan = plan
        self._options = options
        self._models = models
        models.say = self._note
        self._made_with = made_with
        self._manner = manner
        self._events: queue.SimpleQueue[Event | BaseException | None] = queue.SimpleQueue()
        self._journals: dict[Path, Journal] = {}
        self._opening = threading.Lock()
        self._cores = batch_models.cores()
        self._computing = manner.jobs or self._cores
        self._at_once = manner.jobs or self._cores + BESIDE
        self._queue = Queue(
            plan.open, self._events.put, self._is_over, computing=self._computing, stays_open=manner.stays_open
        )
        self._threads: list[threading.Thread] = []

    def run(self) -> Generator[Event, None, None]:
        """Carry out the plan and yield what happens, until all is done or `stop_now` or `stop_after_this` was called.

        Closing it is `stop_now`. It may be called once.

        Raises:
            JournalBusyError: Another process has a journal; nothing was done.
            UserError: A journal can't be written.
        """
        try:
            self._open_journals(self._plan.items)
            if self._journals:
                shared_memory.remove_orphans()
            # A single file is done before any machine falls asleep.
            with kept_awake() if self._journals or self._manner.stays_open else contextlib.nullcontext():
                yield from _known(self._plan.items)
                yield from self._carried_out()
        finally:
            self._queue.end(now=True)
            for thread in self._threads:
                thread.join()
            for journal in self._journals.values():
                journal.close()
            batch_models.use_cores(self._cores)  # the threads set it for those that begin after them, too

    def pause(self) -> None:
        """Finish what is at work, begin nothing more, and let go of memory and graphics card."""
        self._queue.pause()

    def resume(self) -> None:
        """Go on; after storage failed, look at it now."""
        self._queue.resume()

    def stop_after_this(self) -> None:
        """Finish what is at work and end."""
        self._queue.end(now=False)

    def stop_now(self) -> None:
        """End at the next tile; files that are being written are finished, of the others nothing is left."""
        self._queue.end(now=True)

    def close(self) -> None:
        """End when all files are done, if the manner was to wait for more."""
        self._queue.close()

    def add(self, plan: Plan) -> bool:
        """Put more files behind the others; they must come from the same planner.

        Returns:
            Whether they were taken; a batch that has ended, or is about to, takes none.

        Raises:
            UserError: A journal can't be opened.
        """
        if self._queue.has_ended:
            return False
        self._open_journals(plan.items)
        return self._queue.add(plan.open, [Added(plan.items), *_known(plan.items)])

    def remove(self, numbers: Sequence[int]) -> None:
        """Take files out by their numbers; what is done stays done."""
        self._queue.remove(numbers)

    def _carried_out(self) -> Iterator[Event]:
        ended = 0
        while ended < len(self._threads) or not self._queue.has_ended:
            self._start_threads()
            try:
                event = self._events.get(timeout=_LISTEN_S)
            except queue.Empty:
                continue
            if event is None:
                ended += 1
            elif isinstance(event, BaseException):
                raise event
            else:
                yield event
        while not self._events.empty():
            last = self._events.get()
            assert last is not None
            assert not isinstance(last, BaseException)
            yield last

    def _start_threads(self) -> None:
        """Have as many threads as there are files, up to those at once."""
        while len(self._threads) < min(self._at_once, self._queue.unfinished):
            number = len(self._threads)
            thread = threading.Thread(target=self._work, args=(number,), name=f"batch {number}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _open_journals(self, items: Sequence[PlanItem]) -> None:
        homes = {item.home for item in items if item.home is not None and item.is_open}
        with self._opening:
            for home in sorted(homes - self._journals.keys()):
                self._journals[home] = Journal(home)

    def _is_over(self, trouble: Trouble) -> bool:
        """Tell whether storage is back, with its journal open again."""
        try:
            if not trouble.may_be_over():
                return False
            for journal in list(self._journals.values()) if trouble.kind != "input gone" else ():
                journal.reopen()
        except (OSError, UserError) as error:
            log.info("storage is not back yet: %s", error)
            return False
        return True

    def _work(self, number: int) -> None:
        """Take file after file; runs in a thread of its own."""
        models = self._models if number == 0 else self._models.for_another_thread()
        try:
            if self._manner.low_priority:
                thread_priority.lower_this_thread()
            while (item := self._queue.take(models.let_go)) is not None:
                self._events.put(Started(item.number))
                self._take_on(item, models)
        except BaseException as error:  # noqa: BLE001  (the top of the thread: whoever drives the batch raises it)
            self._queue.end(now=True)
            self._events.put(error)
        finally:
            self._events.put(None)

    def _take_on(self, item: PlanItem, models: Models) -> None:
        """Convert one file and tell its outcome, or put it back."""
        started_at = time.perf_counter()
        try:
            outcome = self._converted(item, models)
        except Interrupted:
            self._queue.put_back(replace(item, replaces=self._is_ours(item)))
            return
        except Exception as error:  # noqa: BLE001  (whatever is wrong with this file, the others are still to come)
            trouble = storage.trouble(error, folder=item.folder, home=item.home) if item.home else None
            if trouble is not None:
                self._queue.put_back(replace(item, replaces=self._is_ours(item)), trouble)
                return
            outcome = self._failed(item, explained(error, item))
        # Told first: once it is finished another thread may say that everything is, or that nothing is at work.
        self._events.put(Finished(item.number, replace(outcome, seconds=time.perf_counter() - started_at)))
        self._queue.finish(item)

    def _converted(self, item: PlanItem, models: Models) -> Outcome:
        """Convert one file, with its states in the journal."""
        journal = self._journals[item.home] if item.home else None
        record = self._begun(item) if journal else Record("running")
        if journal:
            if not is_there(journal.home):  # what is written now would go to the place where a share is mounted
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(journal.home))
            journal.note(journal.key(item.target), record)
        made = Making(
            item,
            models,
            self._options,
            self._show(item),
            lambda pixels: self._queue.admit(item, pixels),
            lambda: self._turn(item),
        ).make()
        written = fingerprints.glance(item.target)
        if journal:
            journal.note(journal.key(item.target), replace(record, state="done", fresh=False, written=written))
        return _done(made, written.size)

    def _begun(self, item: PlanItem) -> Record:
        """Return what is known of a file before it is converted; nothing of one that can't be read, which says why."""
        is_fresh = item.replaces or not os.path.lexists(item.output)
        try:
            source, digest = fingerprints.glance(item.source), fingerprints.digest(item.source)
        except OSError:
            return Record("running", self._made_with, fresh=is_fresh)
        return Record("running", self._made_with, source, digest, is_fresh)

    def _failed(self, item: PlanItem, error: UserError) -> Outcome:
        journal = self._journals[item.home] if item.home else None
        if journal:
            try:
                journal.note(journal.key(item.target), Record("failed", error=(error.title, error.hint)))
            except OSError as unwritten:  # it stays `running` there, and so is tried again
                log.warning("the journal of %s can't be written: %s", journal.home, unwritten)
        return Outcome("failed", error=error)

    def _is_ours(self, item: PlanItem) -> bool:
        """Tell whether a result that is there now can only be what an interrupted try has left."""
        journal = self._journals[item.home] if item.home else None
        record = journal.records.get(journal.key(item.target)) if journal else None
        return item.replaces or (record is not None and record.state == "running" and record.fresh)

    def _show(self, item: PlanItem) -> Callable[[float], None]:
        """Return what is called at each tile of a file."""
        told_at = 0.0
        using = 0

        def show(share: float) -> None:
            nonlocal told_at, using
            self._queue.check(item)
            cores = max(1, self._cores // min(self._computing, max(1, self._queue.to_compute)))
            if cores != using:
                batch_models.use_cores(cores)
                using = cores
            now = time.monotonic()
            if now - told_at >= _TELL_EVERY_S:
                told_at = now
                self._events.put(Advanced(item.number, share))

        show(0.0)
        return show

    @contextlib.contextmanager
    def _turn(self, item: PlanItem) -> Iterator[None]:
        """Be one of those that compute."""
        self._queue.begin_computing(item)
        try:
            yield
        finally:
            self._queue.end_computing(item)

    def _note(self, sentence: str) -> None:
        self._events.put(Noted(sentence))


def _known(items: Sequence[PlanItem]) -> Iterator[Event]:
    """Yield the outcomes that the plan knows already."""
    for item in items:
        if item.refusal is not None:
            yield Finished(item.number, Outcome("failed", error=item.refusal))
        elif item.exists:
            yield Finished(item.number, Outcome("skipped"))


def _done(made: Made, size_bytes: int) -> Outcome:
    return Outcome("done", made.width, made.height, 0.0, size_bytes, made.kept, made.changed, passes=made.passes)
