"""What is kept and changed, as a person finds it before and after saving."""

from pathlib import Path

import pytest
from PIL import Image, ImageCms
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from sr_desktop.imaging.metadata import change_ids
from sr_desktop.services.pictures.document import State
from sr_desktop.ui.pictures import details_words
from sr_desktop.ui.shell.app import Program
from tests.conftest import make_picture
from tests.ui.test_journeys import hold

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def rich(tmp_path) -> Path:
    """A JPEG file with EXIF, a profile and a resolution."""
    exif = Image.Exif()
    exif[0x010F] = "Camera maker"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path = tmp_path / "rich.jpg"
    Image.new("RGB", (30, 20), (9, 120, 60)).save(path, exif=exif, icc_profile=profile, dpi=(300, 300))
    return path


@pytest.fixture
def clear(tmp_path) -> Path:
    """A PNG file with transparency and text."""
    path = tmp_path / "clear.png"
    Image.new("RGBA", (20, 20), (255, 0, 0, 100)).save(path)
    return path


@pytest.fixture
def cmyk(tmp_path) -> Path:
    """A JPEG file of four inks."""
    path = tmp_path / "inks.jpg"
    Image.new("CMYK", (20, 20), (200, 10, 30, 0)).save(path)
    return path


def save_as(person, path):
    """Go through the dialog."""
    person.program.actions.save_as.trigger()
    dialog = next(each for each in person.window.findChildren(QFileDialog) if each.isVisible())
    dialog.selectFile(str(path))
    dialog.accept()


def question(person) -> QMessageBox | None:
    return next((each for each in person.window.findChildren(QMessageBox) if each.isVisible()), None)


def answer(box, text):
    next(button for button in box.buttons() if button.text() == text).click()


def test_damage_of_the_file_is_said_apart_from_what_saving_changes(person, tmp_path):
    path = tmp_path / "inks.jpg"
    Image.fromarray(make_picture(width=90, height=70)).convert("CMYK").save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3] + b"\xff\xd9")  # as if it were all
    person.drop(path)
    person.wait_for(State.DONE)
    assert person.page.losses.text.text() == (
        "Its data is damaged: parts of the picture may be grey or wrong. "
        "When saved as JPEG: CMYK became RGB by the plain formula, since it has no colour profile."
    )


@pytest.mark.real_screen
def test_what_will_be_lost_is_said_before_there_is_a_result(person, cmyk):
    gate = hold(person)
    person.drop(cmyk)
    person.wait_for(State.UPSCALING)
    assert person.page.losses.isVisible()
    assert person.page.losses.text.text() == (
        "When saved as JPEG: CMYK became RGB by the plain formula, since it has no colour profile."
    )
    gate.set()
    person.wait_for(State.DONE)
    person.press(Qt.Key.Key_S, CONTROL)
    person.wait_until(lambda: person.shown.saved_as is not None)
    assert not person.page.losses.isVisible()


def test_nothing_is_said_where_nothing_is_lost(person, rich):
    person.open(rich)
    assert not person.page.losses.isVisible()


def test_the_panel_lists_what_is_kept_before_and_after(person, rich):
    gate = hold(person)
    person.drop(rich)
    person.wait_for(State.UPSCALING)
    assert not person.page.details.isVisible()
    person.press(Qt.Key.Key_I, CONTROL)
    assert person.page.details.isVisible()
    before = person.page.details.text
    for line in (
        "# rich.jpg",
        "# When saved as JPEG",
        "+ Camera, dates, place and maker notes (EXIF)",
        "+ Colour profile (ICC): sRGB built-in",
        "+ Resolution: 300 pixels per inch",
        "Nothing but the size.",
    ):
        assert line in before.splitlines()
    gate.set()
    person.wait_for(State.DONE)
    assert person.page.details.text == before
    person.press(Qt.Key.Key_S, CONTROL)
    person.wait_until(lambda: person.shown.saved_as is not None)
    assert person.page.details.text == before.replace("When saved as JPEG", "Saved as rich_2x.jpg")
    person.press(Qt.Key.Key_I, CONTROL)
    assert not person.page.details.isVisible()


def test_the_panel_says_what_changes_instead_of_the_line(person, cmyk):
    person.open(cmyk)
    person.program.actions.details.trigger()
    assert "! CMYK became RGB by the plain formula, since it has no colour profile." in person.page.details.text
    assert not person.page.losses.isVisible()


def test_the_panel_follows_the_size_that_is_chosen(person, tmp_path):
    Image.new("L", (60, 2)).save(tmp_path / "long.webp")
    person.open(tmp_path / "long.webp")
    person.program.actions.details.trigger()
    assert "# When saved as WebP" in person.page.details.text
    box = person.page.options.size_box
    box.setCurrentIndex(box.findData("width"))
    person.page.options.pixels_box.setValue(17_000)  # more than WebP holds
    person.wait_until(lambda: "# When saved as PNG" in person.page.details.text)
    person.wait_until(person.all_are_done)


def test_an_unreadable_picture_has_no_details(person, photo):
    path = photo()
    path.write_bytes(path.read_bytes()[:60])
    person.open(path)
    person.program.actions.details.trigger()
    assert person.page.details.text == "# photo.png\nIt could not be read."


def test_another_format_is_asked_about_before_anything_is_written(person, clear):
    person.open(clear)
    target = clear.with_name("flat.jpg")
    save_as(person, target)
    box = question(person)
    assert "flat.jpg" in box.text()
    assert "can't hold transparency" in box.informativeText()
    answer(box, "Cancel")
    assert person.shown.saved_as is None
    assert not target.exists()
    save_as(person, target)
    answer(question(person), "Save")
    person.wait_until(lambda: person.shown.saved_as == target)
    assert not person.page.notice_bar.isVisible()  # it was said
    assert target.exists()


def test_another_format_can_be_chosen_instead(person, clear):
    person.open(clear)
    save_as(person, clear.with_name("flat.jpg"))
    answer(question(person), "Choose Another Format")
    dialog = next(each for each in person.window.findChildren(QFileDialog) if each.isVisible())
    dialog.reject()
    assert not clear.with_name("flat.jpg").exists()


def test_a_format_that_holds_everything_is_not_asked_about(person, clear):
    person.open(clear)
    save_as(person, clear.with_name("clear.tif"))
    assert question(person) is None
    person.wait_until(lambda: person.shown.saved_as is not None)


def test_whether_the_panel_is_open_is_remembered(person, photo, qtbot):
    person.open(photo())
    person.program.actions.details.trigger()
    person.window.close()
    again = Program()
    again.start([photo()])
    qtbot.waitExposed(again.window)
    qtbot.waitUntil(again.page.details.isVisible)
    assert again.actions.details.isChecked()
    again.window.close()


def test_there_are_words_for_everything_that_can_be_kept(person, rich):
    person.open(rich)
    words = {details_words.kept(name, person.shown.before) for name in change_ids.KEPT}
    assert len(words) == len(change_ids.KEPT)
