"""The main window: the switch between pages, the menus of the one that is shown, status line, drops from anywhere."""

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QSettings, Qt, Signal, Slot
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from sr_desktop import paths
from sr_desktop.ui.shell import language
from sr_desktop.ui.shell.page import Menu, Page, Tab
from sr_desktop.ui.widgets import icons
from sr_desktop.ui.widgets.drop_overlay import DropOverlay
from sr_desktop.ui.widgets.drops import Offer

FIRST_SIZE = (1120, 720)

LEAST_WIDTH = 680
"""Below this captions say nothing any more."""


def window_state() -> QSettings:
    """Return where geometry and other state, as opposed to choices, is kept."""
    return QSettings(str(paths.config() / "state.ini"), QSettings.Format.IniFormat)


class Window(QMainWindow):
    """Holds the pages, one of which is shown; see `sr_desktop.ui.shell.page`.

    Signals:
        painted: The window was painted for the first time.
        closing: The window closes.

    Args:
        tabs: The pages in their order; the first is made and shown at once.
        quit_action: Closes the window.
        help_actions: What the Help menu has; None is a line.
        edit_actions: What every Edit menu ends with.
    """

    painted = Signal()
    closing = Signal()

    def __init__(
        self,
        tabs: Sequence[Tab],
        quit_action: QAction,
        help_actions: Sequence[QAction | None],
        edit_actions: Sequence[QAction] = (),
    ) -> None:
        super().__init__()
        self._tabs = tuple(tabs)
        self._made: dict[str, Page] = {}
        self._quit = quit_action
        self._help = tuple(help_actions)
        self._edit = tuple(edit_actions)
        self._menus: list[QMenu] = []
        self._was_painted = False
        self._offer = Offer()
        self.setAcceptDrops(True)
        self.setMinimumWidth(LEAST_WIDTH)
        self.switch = self._made_switch()
        self.pages = QStackedWidget()
        self._lay_out()
        self.overlay = DropOverlay(self.pages)
        self.facts = QLabel()
        self.activity = QLabel()
        for label in (self.facts, self.activity):
            label.setContentsMargins(6, 0, 6, 0)
        self.statusBar().addWidget(self.facts)
        self.statusBar().addPermanentWidget(self.activity)
        self.statusBar().setSizeGripEnabled(False)
        self._go = self._go_actions()
        self.switch.currentChanged.connect(self._show_tab)
        self._show_tab(0)
        self._restore()

    def _made_switch(self) -> QTabBar:
        switch = QTabBar()
        switch.setDocumentMode(True)
        switch.setExpanding(False)
        switch.setAutoHide(True)
        switch.setDrawBase(False)
        switch.setIconSize(icons.SMALL)
        switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus to the page
        switch.setAccessibleName(self.tr("Pages"))
        for number, tab in enumerate(self._tabs):
            switch.addTab(icons.icon(tab.icon), language.without_key(tab.text))
            switch.setTabToolTip(
                number, f"{tab.tip} ({_keys(number).toString(QKeySequence.SequenceFormat.NativeText)})"
            )
        return switch

    def _lay_out(self) -> None:
        inside = QWidget()
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.switch)
        layout.addWidget(self.pages, 1)
        self.setCentralWidget(inside)

    def _go_actions(self) -> list[QAction]:
        group, actions = QActionGroup(self), []
        for number, tab in enumerate(self._tabs):
            action = QAction(tab.text, self)
            action.setCheckable(True)
            action.setShortcut(_keys(number))
            action.setToolTip(tab.tip)
            action.triggered.connect(lambda _=False, number=number: self.switch.setCurrentIndex(number))
            group.addAction(action)
            actions.append(action)
        return actions

    @property
    def page(self) -> Page:
        """The page that is shown."""
        page = self.pages.currentWidget()
        assert isinstance(page, Page)
        return page

    @property
    def page_name(self) -> str:
        """The name of the page that is shown."""
        return self._tabs[self.switch.currentIndex()].name

    def made(self, name: str) -> Page | None:
        """Return a page if it has been shown before."""
        return self._made.get(name)

    def show_page(self, name: str) -> Page:
        """Show the page of this name, making it if need be, and return it."""
        self.switch.setCurrentIndex(next(number for number, tab in enumerate(self._tabs) if tab.name == name))
        return self.page

    def mark(self, name: str, mark: str) -> None:
        """Put a word or a sign behind a page's name, for what goes on there unseen; empty for none."""
        number, tab = next((number, tab) for number, tab in enumerate(self._tabs) if tab.name == name)
        text = language.without_key(tab.text)
        self.switch.setTabText(number, f"{text} {mark}".strip())

    @Slot(int)
    def _show_tab(self, number: int) -> None:
        tab = self._tabs[number]
        if tab.name not in self._made:
            self._made[tab.name] = page = tab.make()
            self.pages.addWidget(page)
            page.described.connect(self.show_state)
        self.pages.setCurrentWidget(self._made[tab.name])
        self._go[number].setChecked(True)
        self._make_menus()
        self.show_state()

    def _make_menus(self) -> None:
        page = self.page
        self.menuBar().clear()
        for menu in self._menus:
            menu.deleteLater()
        self._menus = []
        self._add_menu(Menu(self.tr("&File"), (*page.file_actions, None, self._quit)))
        edit = tuple(page.edit_actions)
        if edit or self._edit:
            between = (None,) if edit and self._edit else ()
            self._add_menu(Menu(self.tr("&Edit"), (*edit, *between, *self._edit)))
        for further in page.menus:
            self._add_menu(further)
        if len(self._go) > 1:
            self._add_menu(Menu(self.tr("&Go"), tuple(self._go)))
        self._add_menu(Menu(self.tr("&Help"), self._help))

    def _add_menu(self, menu: Menu) -> None:
        shown = self.menuBar().addMenu(menu.title)
        self._menus.append(shown)
        for action in menu.actions:
            if action is None:
                shown.addSeparator()
            else:
                shown.addAction(action)
                language.name_for_buttons(action)

    @Slot()
    def show_state(self) -> None:
        """Show title, facts and activity of the page that is shown."""
        page = self.page
        self.setWindowTitle(page.title)
        self.facts.setText(page.facts)
        self.facts.setToolTip(page.facts)
        self.activity.setText(page.activity)

    def say(self, text: str) -> None:
        """Show a passing message in the status line."""
        self.statusBar().showMessage(text, 6000)

    # Drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Say whether it may be dropped."""
        self._offer = self.page.offer(event.mimeData())
        text = self._offer.refusal or self.page.welcome(self._offer)
        is_refusal = bool(self._offer.refusal)
        self.overlay.show_text(text, is_refusal=is_refusal, hides_below=self.page.hides_below_drops)
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
        """Give it to the page that is shown."""
        self.overlay.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.page.dropped.emit(event.mimeData())

    # Life

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell about the first time."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close unless a page has to ask first; whoever built the window closes the rest."""
        if not all(page.may_close() for page in self._made.values()):
            event.ignore()
            return
        state = window_state()
        state.setValue("window/geometry", self.saveGeometry())
        state.sync()
        event.accept()
        self.closing.emit()

    def _restore(self) -> None:
        geometry = window_state().value("window/geometry")
        if not (isinstance(geometry, QByteArray) and self.restoreGeometry(geometry)):
            self.resize(*FIRST_SIZE)


def _keys(number: int) -> QKeySequence:
    return QKeySequence(f"Ctrl+{number + 1}")
