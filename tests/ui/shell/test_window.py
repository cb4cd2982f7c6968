"""The switch between pages: made late, each with menus and keys of its own, drops for the one that is shown."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout

from sr_desktop.ui.shell.page import Menu, Page, Tab
from sr_desktop.ui.shell.window import Window
from tests.ui.conftest import files_as_data

CONTROL = Qt.KeyboardModifier.ControlModifier


class Notes(Page):
    """A page with a menu of its own, which counts how often its action was asked for."""

    def __init__(self, name):
        super().__init__()
        self.name = name
        self.count = 0
        self.action = QAction("Count", self)
        self.action.setShortcut("Ctrl+K")
        self.action.triggered.connect(self.add)
        self.field = QLineEdit()
        self.is_closable = True
        QVBoxLayout(self).addWidget(self.field)

    def add(self):
        self.count += 1

    @property
    def title(self):
        return self.name

    @property
    def menus(self):
        return [Menu(f"&{self.name}", (self.action,))]

    def may_close(self):
        return self.is_closable


@pytest.fixture
def made():
    return []


@pytest.fixture
def window(qtbot, made):
    def tab(name):
        def make():
            made.append(name)
            return Notes(name)

        return Tab(name, name.title(), "picture", "", make)

    quit_action = QAction("Quit")
    window = Window([tab("first"), tab("second"), tab("third")], quit_action, [QAction("About")])
    quit_action.triggered.connect(window.close)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    yield window
    for page in window.pages.findChildren(Notes):
        page.is_closable = True
    window.close()


def titles(window):
    return [action.text() for action in window.menuBar().actions()]


def test_a_page_is_made_when_it_is_first_shown_and_only_once(window, made, qtbot):
    assert made == ["first"]
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    assert made == ["first", "third"]
    assert window.windowTitle() == "third"
    qtbot.keyClick(window, Qt.Key.Key_1, CONTROL)
    qtbot.keyClick(window, Qt.Key.Key_3, CONTROL)
    assert made == ["first", "third"]
    assert window.switch.currentIndex() == 2
    assert window.made("second") is None


def test_the_menus_and_their_keys_are_those_of_the_page_that_is_shown(window, qtbot):
    assert titles(window) == ["&File", "&first", "&Go", "&Help"]
    first, second = window.page, window.show_page("second")
    assert titles(window) == ["&File", "&second", "&Go", "&Help"]
    qtbot.keyClick(second.field, Qt.Key.Key_K, CONTROL)
    assert (first.count, second.count) == (0, 1)
    window.show_page("first")
    qtbot.keyClick(first.field, Qt.Key.Key_K, CONTROL)
    assert (first.count, second.count) == (1, 1)


def test_drops_go_to_the_page_that_is_shown(window, tmp_path, qtbot):
    page = window.show_page("second")
    data = files_as_data(tmp_path)
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(200, 200), copy, data, left, none))
    with qtbot.waitSignal(page.dropped) as dropped:
        QApplication.sendEvent(window, QDropEvent(QPointF(200, 200), copy, data, left, none))
    assert dropped.args[0].urls() == data.urls()


def test_a_page_can_keep_the_window_open(window):
    page = window.show_page("second")
    window.show_page("first")
    page.is_closable = False
    assert not window.close()
    assert window.isVisible()


def test_a_mark_stands_behind_the_name_of_a_page(window):
    window.mark("second", "•")
    assert [window.switch.tabText(number) for number in range(3)] == ["First", "Second •", "Third"]
    window.mark("second", "")
    assert window.switch.tabText(1) == "Second"
