"""Preferences and what is open lately: from the keys a person presses to what is kept on the disk."""

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from sr_desktop import settings
from sr_desktop.ui.shell.preferences import Preferences
from sr_desktop.ui.widgets import theme

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def preferences(person, qapp):
    person.press(Qt.Key.Key_Comma, CONTROL)
    dialog = person.window.findChild(Preferences)
    yield dialog
    if shiboken6.isValid(dialog):
        dialog.reject()
    theme.choose(qapp, "system")


def choose(box, data):
    box.setCurrentIndex(box.findData(data))


def ok(preferences):
    preferences.buttons.button(QDialogButtonBox.StandardButton.Ok).click()


def test_what_is_chosen_is_kept_at_once(preferences, person, tmp_path):
    choose(preferences.language_box, "zh_CN")
    choose(preferences.text_size_box, 150)
    choose(preferences.device_box, "cpu")
    preferences.folder_button.click()
    preferences.folder_field.setText(str(tmp_path))
    ok(preferences)
    kept, notes = settings.load()
    assert notes == []
    assert (kept.language, kept.text_size, kept.device, kept.folder) == ("zh_CN", 150, "cpu", str(tmp_path))
    assert person.page.options.device_box.currentData() == "cpu"


def test_the_theme_changes_at_once(preferences):
    choose(preferences.theme_box, "dark")
    ok(preferences)
    assert theme.is_dark(QApplication.palette())


def test_a_folder_for_results_needs_a_name(preferences):
    button = preferences.buttons.button(QDialogButtonBox.StandardButton.Ok)
    preferences.folder_button.click()
    assert not button.isEnabled()
    preferences.beside_button.click()
    assert button.isEnabled()


def test_what_is_cancelled_changes_nothing(preferences, person):
    choose(preferences.theme_box, "dark")
    preferences.reject()
    assert person.program.settings.theme == "system"
    assert not settings.path().exists()


def test_results_are_saved_in_the_folder_for_them(preferences, person, photo, tmp_path):
    folder = tmp_path / "results"
    folder.mkdir()
    preferences.folder_button.click()
    preferences.folder_field.setText(str(folder))
    ok(preferences)
    person.open(photo("a.png"))
    person.program.actions.save.trigger()
    person.wait_until(lambda: (folder / "a_2x.png").exists())
    person.wait_until(lambda: not person.shown.is_saving)


def recent_names(person):
    return [action.text() for action in person.program.actions.open_recent.menu().actions() if action.text()]


def test_what_was_open_can_be_opened_again_after_a_start(person, photo):
    first, second = photo("a & b.png"), photo("b.png")
    person.open(first)
    person.open(second)
    assert recent_names(person)[0].endswith("b.png")
    assert "a && b.png" in recent_names(person)[1]
    person.workspace.remove(person.workspace.documents[0])
    menu = person.program.actions.open_recent.menu()
    menu.actions()[1].trigger()
    person.wait_until(person.all_are_done)
    assert person.workspace.documents[-1].source.path == first
    assert "a && b.png" in recent_names(person)[0]
    assert len(recent_names(person)) == 3


def test_the_list_of_what_was_open_can_be_cleared(person, photo):
    person.open(photo())
    menu = person.program.actions.open_recent.menu()
    menu.actions()[-1].trigger()
    assert len(recent_names(person)) == 1
    assert not person.program.actions.open_recent.isEnabled()
