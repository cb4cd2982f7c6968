"""The pictures that are open, which one is shown, and whose turn it is."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from sr_desktop.library.catalogue import Catalogue
from sr_desktop.progress import Progress
from sr_desktop.services.jobs import Done, Failed, Job, Outcome, Runner, Urgency
from sr_desktop.services.notices import Notices
from sr_desktop.services.pictures import open_files
from sr_desktop.services.pictures.document import Document, Source, State
from sr_desktop.services.pictures.open_files import Found
from sr_desktop.services.pictures.upscaler import Options, Ready, Upscaler

SMALL_PIXELS = 2_000_000
"""A picture this small is upscaled anew when an option changes: it takes a moment. Larger ones wait for the button."""


GLANCES_FIRST = 8
"""So many thumbnails come before the first picture is upscaled, about as many as the strip shows; the others after it."""


class Workspace(QObject):
    """Open documents in the order of the strip; the one that is shown goes first, the others one after the other.

    Signals:
        listed: Documents came or went.
        shown_changed: Another document is shown, or none.
        changed: A `Document` whose state, or anything shown with it, changed.
        progressed: A `Document` that got further.
        options_changed: The options are others now.
        ready_changed: The engine is loaded; see `ready`.
        saved: Path of a file that was written for the person, and what became of the picture in it (`Written`).
    """

    listed = Signal()
    shown_changed = Signal()
    changed = Signal(object)
    progressed = Signal(object)
    options_changed = Signal()
    ready_changed = Signal()
    saved = Signal(object, object)

    def __init__(
        self, runner: Runner, upscaler: Upscaler, notices: Notices, options: Options, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.documents: list[Document] = []
        self.shown: Document | None = None
        self.options = options
        self.ready: Ready | None = None
        self.notices = notices
        self._runner = runner
        self._upscaler = upscaler
        self._preparing: Job | None = None
        self._finding: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether any picture is under way or in line."""
        return any(document.is_busy or document.state is State.WAITING for document in self.documents)

    def prepare(self) -> None:
        """Load the engine, beside whatever else is to be done."""
        self._preparing = Job(self._upscaler.prepare, Urgency.GLANCE)
        self._preparing.settled.connect(self._take_ready)
        self._runner.start(self._preparing)

    def open(self, chosen: Sequence[Path]) -> None:
        """Open files, and the pictures in folders once they are found."""
        if not any(path.is_dir() for path in chosen):
            self.take([Source.file(path) for path in chosen])
            return
        self._finding = Job(lambda: open_files.find(chosen), Urgency.ASKED)
        self._finding.settled.connect(self._take_found)
        self._runner.start(self._finding)

    def take(self, sources: Sequence[Source]) -> None:
        """Open pictures and show the first, which starts at once; the others stand in line.

        One that is open already is read anew. What is shown loses its turn, and what was done for it so far.
        """
        if not sources:
            return
        interrupted = self.shown if self.shown is not None and self.shown.is_busy else None
        files = {source.path for source in sources if source.path is not None}
        self._forget(document for document in self.documents if document.source.path in files)
        added = [self._document(source) for source in sources]
        self.documents += added
        self.listed.emit()
        known = added[0].source.result
        # First, so that nothing else is started in its place.
        added[0].upscale(known.options if known is not None else self.options)
        self.show(added[0])
        if interrupted in self.documents:
            interrupted.wait(self.options)
        for document in added[1:]:
            document.wait(self.options)
        for number, document in enumerate(added[1:]):
            document.glance(Urgency.SHOWN if number < GLANCES_FIRST else Urgency.GLANCE)

    def show(self, document: Document) -> None:
        """Show a document; if it stands in line it is next."""
        if self.shown is not None:
            self.shown.hurry(Urgency.IN_LINE)
        self.shown = document
        document.hurry(Urgency.SHOWN)
        if document.state is State.WAITING:
            document.upscale(self.options)
        self.shown_changed.emit()

    def step(self, by: int) -> None:
        """Show the document that is `by` places further in the strip."""
        if self.shown is not None:
            place = self.documents.index(self.shown) + by
            if 0 <= place < len(self.documents):
                self.show(self.documents[place])

    def upscale(self) -> None:
        """Upscale what is shown with the options of now."""
        if self.shown is not None:
            self.shown.upscale(self.options)

    def stop(self) -> None:
        """Stop what is shown, or, if nothing happens to it, everything."""
        if self.shown is not None and self.shown.is_busy:
            self.shown.stop()
            return
        for document in self.documents:
            document.stop()

    def choose(self, options: Options) -> None:
        """Use these options from now on; a small picture on screen is upscaled anew at once."""
        if options == self.options:
            return
        self.options = options
        self.options_changed.emit()
        for document in self.documents:
            if document.state is State.WAITING:
                document.wait(options)
        shown = self.shown
        if shown is None or shown.state is State.WAITING or shown.is_current(options):
            return
        if shown.is_busy or (shown.before is not None and _is_small(shown)):
            shown.upscale(options)

    def take_models(self, models: Catalogue) -> None:
        """Offer these models from now on; one that was chosen and is gone is replaced by the standard one."""
        if self.ready is not None:
            self.ready = replace(self.ready, models=models)
            self.ready_changed.emit()
        if self.options.model and self.options.model not in [entry.name for entry in models.entries]:
            self.choose(replace(self.options, model=""))

    def follow_rename(self, old: str, new: str) -> None:
        """Keep the model that is chosen when it gets another name."""
        if self.options.model == old:
            self.choose(replace(self.options, model=new))

    def remove(self, document: Document) -> None:
        """Close a document and show its neighbour."""
        place = self.documents.index(document)
        self._forget([document])
        self.listed.emit()
        if self.shown is None and self.documents:
            self.show(self.documents[min(place, len(self.documents) - 1)])
        elif self.shown is None:
            self.shown_changed.emit()
        self._advance()

    def close(self) -> None:
        """Close everything; the runner is closed by whoever made it."""
        for job in (self._preparing, self._finding):
            if job is not None:
                job.stop()
        self._forget(list(self.documents))

    def _document(self, source: Source) -> Document:
        document = Document(source, self._runner, self._upscaler, self)
        document.changed.connect(self._follow)
        document.progressed.connect(self._pass_on)
        document.saved.connect(self.saved)
        document.noticed.connect(self.notices.add)
        return document

    def _forget(self, documents: Iterable[Document]) -> None:
        for document in list(documents):
            self.documents.remove(document)
            document.changed.disconnect(self._follow)
            document.close()
            document.deleteLater()
            if self.shown is document:
                self.shown = None

    @Slot()
    def _follow(self) -> None:
        document = self.sender()
        assert isinstance(document, Document)
        if document.state is State.UPSCALING and self._preparing is not None:
            self._preparing.work.urgency = Urgency.ASKED  # it needs the engine now
        self.changed.emit(document)
        self._advance()

    @Slot(object)
    def _pass_on(self, progress: Progress) -> None:
        self.progressed.emit(self.sender())

    def _advance(self) -> None:
        """Start the next in line when nothing is under way."""
        if any(document.is_busy for document in self.documents):
            return
        for document in self.documents:
            if document.state is State.WAITING:
                document.upscale(self.options, Urgency.SHOWN if document is self.shown else Urgency.IN_LINE)
                return

    @Slot(object)
    def _take_found(self, outcome: Outcome) -> None:
        self._finding = None
        match outcome:
            case Done(Found(files, left_out)):
                if not files:
                    self.notices.refuse(self.tr("There are no pictures in it."))
                if left_out:
                    text = self.tr("The first {} pictures are open, %Ln more are not.", None, left_out)
                    self.notices.note(text.format(len(files)))
                self.take([Source.file(path) for path in files])
            case Failed(error):
                self.notices.report(error)
            case _:
                pass  # stopped because the window closes

    @Slot(object)
    def _take_ready(self, outcome: Outcome) -> None:
        self._preparing = None
        match outcome:
            case Done(result):
                self.ready = result
                self.ready_changed.emit()
            case Failed(error):
                self.notices.report(error)
            case _:
                pass  # stopped because the window closes


def _is_small(document: Document) -> bool:
    assert document.before is not None
    return document.before.raster.height * document.before.raster.width <= SMALL_PIXELS
