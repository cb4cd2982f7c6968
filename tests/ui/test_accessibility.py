"""Whoever can't use a mouse, can't see the screen, or needs large letters finds their way: on every page and dialog."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QMargins, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QSizePolicy,
    QWidget,
)

from sr_desktop import settings
from sr_desktop.ui.shell.app import Program
from sr_desktop.ui.training.page import GOAL
from sr_desktop.ui.widgets import theme
from sr_desktop.ui.widgets.focus import FocusMark

DIALOGS = ("preferences", "save_diagnostics", "licences", "about")
"""Actions that open one."""

Role = QAccessible.Role
CONTROLS = {
    *(Role.Button, Role.CheckBox, Role.RadioButton, Role.ButtonMenu, Role.ButtonDropDown, Role.Link),
    *(Role.ComboBox, Role.EditableText, Role.SpinBox, Role.Slider, Role.List, Role.Tree, Role.Table, Role.PageTabList),
}


@pytest.fixture(autouse=True)
def focus_mark(qapp) -> Iterator[None]:
    """What the program has beside the window; see `app.make_application`."""
    mark = FocusMark(qapp)
    yield
    mark.deleteLater()


@pytest.fixture
def dialog_of(person):
    """Opens the dialog of an action."""
    opened = []

    def open_dialog(name):
        getattr(person.program.actions, name).trigger()
        dialogs = [each for each in person.window.findChildren(QDialog) if each.isVisible()]
        opened.extend(dialogs)
        return dialogs[-1]

    yield open_dialog
    for dialog in opened:
        dialog.close()


def pages(program) -> Iterator[QWidget]:
    """Show one page after the other."""
    for number in range(program.window.switch.count()):
        program.window.switch.setCurrentIndex(number)
        QApplication.processEvents()
        yield program.window.page


def interfaces(widget):
    """Yield what a screen reader finds in a widget: the interfaces of everything that is not hidden."""
    waiting = [QAccessible.queryAccessibleInterface(widget)]
    while waiting:
        interface = waiting.pop()
        if interface is None or not interface.isValid() or interface.state().invisible:
            continue
        yield interface
        waiting += [interface.child(number) for number in range(interface.childCount())]


def name_of(interface):
    """Return what a screen reader calls it; Qt tells the value of a combo box instead, and its name by its label."""
    widget = interface.object()
    labels = interface.relations(QAccessible.RelationFlag.Label)
    label = labels[0][0].text(QAccessible.Text.Name) if labels else ""
    own = widget.accessibleName() if isinstance(widget, QWidget) else ""
    return own or label or ("" if isinstance(widget, QComboBox) else interface.text(QAccessible.Text.Name))


def is_part_of_another(widget):
    """Tell whether it is inside a control that is named as a whole: the field of a spin box, a header of a table."""
    return widget.objectName().startswith("qt_") or isinstance(widget.parentWidget(), QAbstractItemView | QComboBox)


def nameless(widget):
    found = []
    for interface in interfaces(widget):
        item = interface.object()
        is_control = interface.role() in CONTROLS and isinstance(item, QWidget) and not is_part_of_another(item)
        if is_control and not name_of(interface).strip():
            found.append(f"{type(item).__name__} {item.toolTip()!r} in {type(item.parentWidget()).__name__}")
    return found


def reachable(widget):
    """Return the controls in a widget that the Tab key has to come to."""
    wanted = (
        each
        for each in widget.findChildren(QWidget)
        if each.isVisibleTo(widget) and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    )
    return {each for each in wanted if not is_part_of_another(each) and not is_behind_another(each)}


def is_behind_another(widget):
    """Tell whether another is focused in its place: of buttons that exclude each other Tab comes to the chosen one."""
    is_exclusive = isinstance(widget, QAbstractButton) and (widget.autoExclusive() or widget.group() is not None)
    return widget.focusProxy() is not None or (is_exclusive and widget.isCheckable() and not widget.isChecked())


def picture_of(widget):
    """Return how a control and its edge look in its window."""
    window, edge = widget.window(), QMargins(6, 6, 6, 6)
    return window.grab(QRect(widget.mapTo(window, QPoint()), widget.size()).marginsAdded(edge)).toImage()


def tabbed(qtbot):
    """Press Tab until the focus is back; return each control, and whether it looks different with the focus."""
    found, last, focused = {}, QApplication.focusWidget(), None
    for _ in range(200):
        qtbot.keyClick(last, Qt.Key.Key_Tab)
        if focused is not None:
            found[last] = picture_of(last) != focused
        last = QApplication.focusWidget()
        if last in found:
            break
        focused = picture_of(last)
    return found


def test_every_control_of_every_page_has_a_name(person, photo):
    person.open(photo("a.png"), photo("b.png"))
    assert [(page.title, nameless(page)) for page in pages(person.program) if nameless(page)] == []


@pytest.mark.parametrize("name", DIALOGS)
def test_every_control_of_a_dialog_has_a_name(dialog_of, name):
    assert nameless(dialog_of(name)) == []


def told(widgets):
    return [f"{type(each).__name__} {each.accessibleName() or each.toolTip()}" for each in widgets]


def check_keyboard(place, qtbot):
    """Check that Tab comes to every control and that one sees where it is."""
    controls = reachable(place)
    if controls:
        next(iter(controls)).setFocus()
        found = tabbed(qtbot)
        assert told(controls - set(found)) == [], f"Tab does not come to these in {place}"
        unseen = [each for each in controls if not found[each] and not isinstance(each, QAbstractScrollArea)]
        assert told(unseen) == [], f"one does not see that these have the focus in {place}"


def test_the_keyboard_comes_to_every_control_of_every_page_and_one_sees_where_it_is(person, photo, qtbot):
    for page in pages(person.program):
        check_keyboard(page, qtbot)
    person.window.show_page("pictures")
    person.open(photo("a.png"), photo("b.png"))
    check_keyboard(person.page, qtbot)


@pytest.mark.parametrize("name", DIALOGS)
def test_the_keyboard_comes_to_every_control_of_a_dialog_and_one_sees_where_it_is(dialog_of, name, qtbot):
    dialog = dialog_of(name)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    check_keyboard(dialog, qtbot)


def is_cut(widget):
    """Tell whether a label or button has less room than its text needs."""
    policy = widget.sizePolicy().horizontalPolicy()
    if isinstance(widget, QLabel):
        if (
            not widget.text() or policy == QSizePolicy.Policy.Ignored
        ):  # this one shortens its text, and tells it all in a tip
            return False
        if widget.wordWrap():
            return widget.heightForWidth(widget.width()) > widget.height()
    needs = widget.minimumSizeHint() if isinstance(widget, QComboBox) else widget.sizeHint()
    return needs.width() > widget.width() or needs.height() > widget.height()


def cut(widget):
    kinds = widget.findChildren(QLabel) + widget.findChildren(QAbstractButton) + widget.findChildren(QComboBox)
    shown = [each for each in kinds if each.isVisible() and not is_part_of_another(each)]
    return [f"{type(each).__name__} {getattr(each, 'text', each.accessibleName)()!r}" for each in shown if is_cut(each)]


@pytest.fixture
def large_letters(qapp) -> Iterator[None]:
    settings.save(settings.Settings(text_size=200))
    yield
    theme.scale_text(qapp, 100)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_letters_twice_as_large_are_not_cut(large_letters, qtbot, photo):
    program = Program()
    try:
        program.window.resize(1280, 800)
        program.start([photo("a.png")])
        qtbot.waitExposed(program.window)
        found = {page.title: cut(page) for page in pages(program)}
        train = program.window.show_page("train")
        train.show_step(GOAL)
        train.goal.expert_button.click()
        QApplication.processEvents()  # it is laid out
        found["goal"] = cut(train)
        for name in DIALOGS:
            getattr(program.actions, name).trigger()
            for dialog in [each for each in program.window.findChildren(QDialog) if each.isVisible()]:
                found[name] = cut(dialog)
                dialog.close()
        assert {where: what for where, what in found.items() if what} == {}
        assert QApplication.font().pointSizeF() > 15
    finally:
        program.window.close()
