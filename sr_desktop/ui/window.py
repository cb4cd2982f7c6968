"""The main window: menus, pages, status line; drops and pastes from anywhere."""

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QStackedWidget

from sr_desktop import paths
from sr_desktop.services.workspace import Workspace
from sr_desktop.ui import drops, wording
from sr_desktop.ui.actions import Actions
from sr_desktop.ui.drop_overlay import DropOverlay
from sr_desktop.ui.drops import Offer
from sr_desktop.ui.picture_page import PicturePage

FIRST_SIZE = (1120, 720)

LEAST_WIDTH = 680
"""Below this captions say nothing any more."""


def window_state() -> QSettings:
    """Return where geometry and other state, as opposed to choices, is kept."""
    return QSettings(str(paths.config() / "state.ini"), QSettings.Format.IniFormat)


class Window(QMainWindow):
    """Holds the pages; further ones go into the same stack.

    Signals:
        dropped: `Offer` that was dropped.
        painted: The window was painted for the first time.
        closing: The window closes.
    """

    dropped = Signal(object)
    painted = Signal()
    closing = Signal()

    def __init__(self, workspace: Workspace, actions: Actions, page: PicturePage) -> None:
        super().__init__()
        self._workspace = workspace
        self._actions = actions
        self._was_painted = False
        self._offer = Offer()
        self.setAcceptDrops(True)
        self.setMinimumWidth(LEAST_WIDTH)
        self.pages = QStackedWidget()
        self.pages.addWidget(page)
        self.setCentralWidget(self.pages)
        self.overlay = DropOverlay(self.pages)
        self.facts = QLabel()
        self.facts.setContentsMargins(6, 0, 6, 0)
        self.activity = QLabel()
        self.activity.setContentsMargins(6, 0, 6, 0)
        self.statusBar().addWidget(self.facts)
        self.statusBar().addPermanentWidget(self.activity)
        self.statusBar().setSizeGripEnabled(False)
        self._make_menus()
        workspace.listed.connect(self.show_state)
        workspace.shown_changed.connect(self.show_state)
        workspace.changed.connect(self.show_state)
        workspace.ready_changed.connect(self.show_state)
        self.show_state()
        self._restore()

    def _make_menus(self) -> None:
        do = self._actions
        closing = do.close_picture, do.quit
        self._add_menu(
            self.tr("&File"),
            [do.open, do.open_sample, None, do.save, do.save_as, do.save_all, do.show_in_folder, None, *closing],
        )
        self._add_menu(self.tr("&Edit"), [do.copy, do.paste])
        self._add_menu(self.tr("&Picture"), [do.upscale, do.stop, None, do.previous, do.next])
        self._add_menu(
            self.tr("&View"),
            [do.fit, do.actual, do.double, do.zoom_in, do.zoom_out, None, do.side_by_side, do.divider, None, do.pixels],
        )
        self._add_menu(self.tr("&Help"), [do.about])

    def _add_menu(self, title: str, actions: list[QAction | None]) -> None:
        menu: QMenu = self.menuBar().addMenu(title)
        for action in actions:
            if action is None:
                menu.addSeparator()
            else:
                menu.addAction(action)

    @Slot()
    def show_state(self) -> None:
        """Show name, facts, and whether the engine is still being loaded."""
        shown = self._workspace.shown
        name = "sr_desktop"
        self.setWindowTitle(name if shown is None else f"{shown.source.name} – {name}")
        self.facts.setText("" if shown is None else wording.facts(shown))
        self.facts.setToolTip(self.facts.text())
        self.activity.setText("" if self._workspace.ready is not None else self.tr("Getting ready…"))

    def say(self, text: str) -> None:
        """Show a passing message in the status line."""
        self.statusBar().showMessage(text, 6000)

    # Drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say whether it may be dropped."""
        self._offer = drops.offer(event.mimeData())
        text = self._offer.refusal or self._welcome(self._offer)
        is_empty = not self._workspace.documents
        self.overlay.show_text(text, is_refusal=bool(self._offer.refusal), hides_below=is_empty)
        event.accept()  # a refusal too: otherwise nobody tells us when the drag leaves

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the cursor that says whether it may be dropped."""
        if self._offer.refusal:
            event.ignore()
        else:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Take the cover away."""
        self.overlay.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take it."""
        self.overlay.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(event.mimeData())

    def _welcome(self, offer: Offer) -> str:
        if len(offer.files) > 1:
            return self.tr("Drop to open {} files").format(len(offer.files))
        if offer.files and offer.files[0].is_dir():
            return self.tr("Drop to open the pictures in this folder")
        return self.tr("Drop to open")

    # Life

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell about the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the geometry; whoever built the window closes the rest."""
        state = window_state()
        state.setValue("window/geometry", self.saveGeometry())
        state.sync()
        event.accept()
        self.closing.emit()

    def _restore(self) -> None:
        geometry = window_state().value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(*FIRST_SIZE)
