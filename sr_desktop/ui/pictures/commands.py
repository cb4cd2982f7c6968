"""What the actions do."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, QStandardPaths, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QImage

from sr_desktop import paths
from sr_desktop.services.pictures import save_preview
from sr_desktop.services.pictures.document import Document, Source
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.system import file_names
from sr_desktop.ui.pictures.actions import Actions
from sr_desktop.ui.pictures.outgoing import Outgoing
from sr_desktop.ui.pictures.recent import Recent
from sr_desktop.ui.shell import language
from sr_desktop.ui.shell.page import Page
from sr_desktop.ui.shell.window import Window, window_state
from sr_desktop.ui.widgets import drops, file_dialogs

if TYPE_CHECKING:
    from sr_desktop.imaging.writing.compatibility import Written

SAMPLE = "sample.png"

LAST_FOLDER = "window/last_folder"


class Commands(QObject):
    """Connects actions with what they act on.

    Args:
        workspace: The pictures.
        actions: What is connected.
        window: Holds the dialogs.
        page: What is dropped on it is opened.
        outgoing: Takes results to other programs.
        folder: Returns the folder for results; empty for beside the original.
    """

    def __init__(
        self,
        workspace: Workspace,
        actions: Actions,
        window: Window,
        page: Page,
        outgoing: Outgoing,
        folder: Callable[[], str],
    ) -> None:
        super().__init__(window)
        self._folder = folder
        self._recent = Recent(actions.open_recent, self)
        self._recent.chosen.connect(lambda path: self.open([path]))
        self._workspace = workspace
        self._window = window
        self._outgoing = outgoing
        self._pasted = 0
        self._agreed: set[Path] = set()
        actions.open.triggered.connect(self.ask_what_to_open)
        actions.open_sample.triggered.connect(self.open_sample)
        actions.save.triggered.connect(self.save)
        actions.save_as.triggered.connect(self.ask_where_to_save)
        actions.save_all.triggered.connect(self.save_all)
        actions.show_in_folder.triggered.connect(self.show_in_folder)
        actions.close_picture.triggered.connect(self.close_picture)
        actions.quit.triggered.connect(window.close)
        actions.copy.triggered.connect(self.copy)
        actions.paste.triggered.connect(self.paste)
        actions.upscale.triggered.connect(workspace.upscale)
        actions.stop.triggered.connect(workspace.stop)
        actions.previous.triggered.connect(lambda: workspace.step(-1))
        actions.next.triggered.connect(lambda: workspace.step(1))
        page.dropped.connect(self.take)
        workspace.saved.connect(self.say_saved)

    def open(self, files: Sequence[Path]) -> None:
        """Open files and folders."""
        self._recent.add(files)
        self._workspace.open(files)

    @Slot()
    def ask_what_to_open(self) -> None:
        """Let the person choose files."""
        folder = str(window_state().value(LAST_FOLDER, _pictures_folder()))
        file_dialogs.ask_for_pictures(self._window, folder, self._open_chosen)

    def _open_chosen(self, files: list[Path]) -> None:
        window_state().setValue(LAST_FOLDER, str(files[0].parent))
        self.open(files)

    @Slot()
    def open_sample(self) -> None:
        """Open the picture that comes with the program; results of it are not saved beside it."""
        self._workspace.take([Source(self.tr("Sample"), paths.resources() / SAMPLE, is_ours=True)])

    @Slot(object)
    def take(self, data: QMimeData) -> None:
        """Open what was dropped or pasted, or say why not."""
        offer = drops.offer(data)
        if offer.refusal:
            self._workspace.notices.refuse(self.tr("That can't be opened."), offer.refusal)
        elif offer.files:
            self.open(offer.files)
        else:
            self._take_image(QImage(data.imageData()))

    def _take_image(self, image: QImage) -> None:
        if image.isNull():
            self._workspace.notices.refuse(self.tr("The picture from the other program can't be read."))
            return
        self._pasted += 1
        name = self.tr("Pasted {}").format(self._pasted)
        self._workspace.take([Source(name, raster=drops.raster_from(image))])

    @Slot()
    def paste(self) -> None:
        """Open what is on the clipboard."""
        self.take(QGuiApplication.clipboard().mimeData())

    @Slot()
    def copy(self) -> None:
        """Put the result on the clipboard."""
        if self._workspace.shown is not None:
            self._outgoing.copy(self._workspace.shown)

    @Slot()
    def save(self) -> None:
        """Save where results go if nothing is in the way; else ask where."""
        shown = self._workspace.shown
        if shown is None or shown.after is None:
            return
        path = self._place(shown)
        if path is None or path.exists():
            self.ask_where_to_save()
        else:
            shown.save(path, overwrite=False)

    @Slot()
    def save_all(self) -> None:
        """Save every result where results go; what is in the way stays, and is said."""
        for document in self._workspace.documents:
            path = self._place(document)
            if document.has_unsaved_result and not document.is_saving and path is not None:
                document.save(path, overwrite=False)

    @Slot()
    def ask_where_to_save(self) -> None:
        """Let the person choose a file for the result."""
        shown = self._workspace.shown
        if shown is None or shown.after is None:
            return
        suggestion = self._place(shown) or Path(_pictures_folder()) / shown.suggested_name
        file_dialogs.ask_where_to_save(self._window, suggestion, lambda path: self._save_as(shown, path))

    def _save_as(self, document: Document, path: Path) -> None:
        """Save as another file, once the person knows what that changes beyond what has been said."""
        if document.after is None:
            return  # upscaled anew while the dialog was open
        losses = save_preview.further_losses(document, path)
        if losses:
            text = language.translated(" ".join(change.text for change in losses))
            agree = partial(self._save_agreed, document, path)
            file_dialogs.ask_about_changes(self._window, file_names.shown(path), text, agree, self.ask_where_to_save)
        else:
            document.save(path, overwrite=True)

    def _save_agreed(self, document: Document, path: Path) -> None:
        self._agreed.add(path)
        document.save(path, overwrite=True)

    @Slot(object, object)
    def say_saved(self, path: Path, written: "Written") -> None:
        """Tell that a file was written, and what it could not hold, unless the person has just agreed to that."""
        self._window.say(self.tr("Saved as {}").format(path))
        is_agreed = path in self._agreed
        self._agreed.discard(path)
        if written.changed and not is_agreed:
            title = self.tr("{} is saved, with changes.").format(file_names.shown(path))
            self._workspace.notices.note(title, " ".join(change.text for change in written.changed))

    @Slot()
    def show_in_folder(self) -> None:
        """Open the folder with the saved result."""
        shown = self._workspace.shown
        if shown is not None and shown.saved_as is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(shown.saved_as.parent)))

    @Slot()
    def close_picture(self) -> None:
        """Close the picture that is shown."""
        if self._workspace.shown is not None:
            self._workspace.remove(self._workspace.shown)

    def _place(self, document: Document) -> Path | None:
        """Return the file to save to without asking; None for what has no file, unless there is a folder for results."""
        source, folder = document.source, self._folder()
        if not document.suggested_name:
            return None
        if folder:
            return Path(folder) / document.suggested_name
        return None if source.path is None or source.is_ours else source.path.with_name(document.suggested_name)


def _pictures_folder() -> str:
    location = QStandardPaths.StandardLocation
    return QStandardPaths.writableLocation(location.PicturesLocation)
