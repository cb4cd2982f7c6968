"""The Folder page's place in the window: made when it is first shown, connected with the page for pictures."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction

from sr_desktop.services.jobs import Runner
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.ui.shell import language
from sr_desktop.ui.shell.page import Page, Tab
from sr_desktop.ui.shell.window import Window

if TYPE_CHECKING:
    from sr_desktop.services.folder.batch import Conversion
    from sr_desktop.services.folder.rows import Tally
    from sr_desktop.services.folder.thumbnails import Thumbnails
    from sr_desktop.services.pictures.document import Source

NAME = "folder"


class FolderPart(QObject):
    """Connects batches with the window.

    Signals:
        told: Title and text of what someone may wait for who looks elsewhere.
        progressed: How much of the batch is done, 0 to 1; None while none runs.

    Args:
        runner: Plans batches and makes thumbnails.
        workspace: Shows single pictures; knows the models, and the notices.
        report_action: Saves what a report needs.
        parent: Lives as long as this.
    """

    told = Signal(str, str)
    progressed = Signal(object)

    def __init__(self, runner: Runner, workspace: Workspace, report_action: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._workspace, self._report_action = runner, workspace, report_action
        self._window: Window | None = None
        self._made: tuple[Conversion, Thumbnails] | None = None

    def tab(self) -> Tab:
        """Return the page's place in the window."""
        return Tab(NAME, self.tr("&Folder"), NAME, self.tr("Make whole folders larger"), self._page)

    def begin(self, window: Window) -> None:
        """Say what is going on on this window's tab."""
        self._window = window

    def close(self) -> None:
        """Stop a batch and wait for its threads; the runner is closed by whoever made it."""
        if self._made is not None:
            self.thumbnails.close()
            self.conversion.close()

    @property
    def conversion(self) -> "Conversion":
        """The batch, once the page has been shown."""
        assert self._made is not None
        return self._made[0]

    @property
    def thumbnails(self) -> "Thumbnails":
        """Those of its files, once the page has been shown."""
        assert self._made is not None
        return self._made[1]

    def _page(self) -> Page:
        from sr_desktop.services.folder.batch import Conversion
        from sr_desktop.services.folder.thumbnails import Thumbnails  # here: nobody waits for this at the start
        from sr_desktop.ui.folder.page import FolderPage

        self._made = Conversion(self._runner, self._workspace.notices, self), Thumbnails(self._runner, self)
        page = FolderPage(*self._made, self._workspace, self._report_action)
        page.picture_requested.connect(self._show_picture)
        page.marked.connect(self._mark)
        self.conversion.ended.connect(self._tell_end)
        self.conversion.halted.connect(self._tell_halt)
        return page

    @Slot(object)
    def _show_picture(self, source: "Source") -> None:
        """Show a picture of the batch, before and after."""
        self._workspace.take([source])
        if self._window is not None:
            self._window.show_page("pictures")

    @Slot(str)
    def _mark(self, mark: str) -> None:
        if self._window is not None:
            self._window.mark(NAME, mark)
        run = self.conversion.run
        self.progressed.emit(run.tally.share if run is not None else None)

    @Slot(object)
    def _tell_end(self, found: "Tally") -> None:
        from sr_desktop.ui.folder import words as folder_words

        self.told.emit(folder_words.ended(found), folder_words.made(found))

    @Slot()
    def _tell_halt(self) -> None:
        """Say why the batch waits."""
        run = self.conversion.run
        if run is not None and run.pause is not None and run.pause.reason is not None:
            reason = run.pause.reason
            self.told.emit(language.translated(reason.title), language.translated(reason.hint))
