"""Whole ways through the window, as a person goes them."""

import threading
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog

import sr_desktop
from sr_desktop import paths
from sr_desktop.progress import Progress
from sr_desktop.services.pictures import workspace as workspace_module
from sr_desktop.services.pictures.document import State
from sr_desktop.ui.pictures import outgoing
from sr_desktop.ui.shell.about import About
from sr_desktop.ui.shell.app import Program

from .conftest import Person, files_as_data

CONTROL = Qt.KeyboardModifier.ControlModifier


def hold(person):
    """Make every upscaling wait; return what lets it go on."""
    real, gate = person.workspace._upscaler.upscale, threading.Event()

    def held(raster, options):
        while not gate.wait(0.005):
            yield Progress(1, 10)
        return (yield from real(raster, options))

    person.workspace._upscaler.upscale = held
    return gate


@pytest.mark.real_screen
def test_drop_compare_save(person, photo):
    source = photo()
    person.drop(source)
    person.wait_for(State.DONE)
    assert "60 × 40" in person.page.captions.before.text()
    assert "120 × 80" in person.page.captions.after.text()
    facts = person.window.facts.text()
    for fact in ("60 × 40 → 120 × 80", "8 bit", "sRGB", "fsrcnn-x2 on CPU"):
        assert fact in facts
    assert person.page.options.button.text() == "Save"
    person.press(Qt.Key.Key_S, CONTROL)
    person.wait_until(lambda: person.shown.saved_as is not None)
    saved = source.with_name("photo_2x.png")
    with Image.open(saved) as image:
        assert np.array_equal(np.asarray(image), person.shown.after.picture.raster.samples)
    assert "photo_2x.png" in person.window.statusBar().currentMessage()
    assert person.page.options.button.text() == "Saved"
    assert not person.page.options.button.isEnabled()


@pytest.mark.real_screen
def test_escape_frees_the_window_at_once(person, photo):
    gate = hold(person)
    person.drop(photo())
    person.wait_for(State.UPSCALING)
    assert person.page.options.button.text() == "Stop"
    person.press(Qt.Key.Key_Escape)
    assert person.shown.state is State.READY
    assert person.page.options.button.text() == "Upscale"
    gate.set()
    person.press(Qt.Key.Key_Return, CONTROL)
    person.wait_for(State.DONE)


def test_another_picture_while_one_computes_takes_its_place(person, photo):
    gate = hold(person)
    person.drop(photo("first.png", width=50))
    person.wait_for(State.UPSCALING)
    first = person.shown
    results = []
    first.changed.connect(lambda: results.append((first.state, person.shown is first)))
    person.drop(photo("second.png", width=70))
    assert first.state is State.WAITING
    person.wait_for(State.UPSCALING)
    assert "second.png" in person.page.captions.before.text()
    gate.set()
    person.wait_until(person.all_are_done)
    assert person.shown.after.picture.pyramid.width == 140
    assert "140 × 80" in person.page.captions.after.text()
    assert first.after.picture.pyramid.width == 100
    assert not any(is_shown for _, is_shown in results)


def test_a_broken_file_says_why_and_the_others_go_on(person, photo, tmp_path):
    broken = tmp_path / "broken.png"
    broken.write_bytes(photo().read_bytes()[:200])
    person.open(photo("good.png"), broken)
    assert [document.state for document in person.workspace.documents] == [State.DONE, State.FAILED]
    assert not person.page.notice_bar.isVisible()
    person.press(Qt.Key.Key_PageDown)
    bar = person.page.notice_bar
    assert "broken.png" in bar.notice.title
    assert bar.isVisible()
    assert bar.notice.hint
    bar.details_button.click()
    bar.copy_button.click()
    assert "DamagedImageError" in QApplication.clipboard().text()
    assert person.page.options.button.text() == "Try Again"
    person.press(Qt.Key.Key_PageUp)
    assert not bar.isVisible()


def test_what_can_be_read_of_a_damaged_file_is_opened_on_demand(person, photo):
    path = photo(width=300, height=200)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    person.open(path)
    bar = person.page.notice_bar
    assert bar.salvage_button.isVisible()
    bar.salvage_button.click()
    person.wait_for(State.DONE)
    assert not bar.isVisible()
    assert person.shown.after.picture.pyramid.width == 600


def test_a_file_that_is_repaired_can_be_tried_again(person, photo, tmp_path):
    path = tmp_path / "late.png"
    person.drop(path)
    person.wait_for(State.FAILED)
    photo("late.png")
    person.page.options.button.click()
    person.wait_for(State.DONE)
    assert not person.page.notice_bar.isVisible()


def test_several_pictures_become_a_strip(person, photo):
    person.open(*(photo(f"{number}.png", seed=number) for number in range(3)))
    strip = person.page.strip
    assert strip.isVisible()
    names = [strip.documents.data(strip.documents.index(row)) for row in range(strip.documents.rowCount())]
    assert names == ["0.png", "1.png", "2.png"]
    assert all(document.thumbnail is not None for document in person.workspace.documents)
    assert person.shown.source.name == "0.png"
    person.press(Qt.Key.Key_PageDown)
    assert person.shown.source.name == "1.png"
    assert strip.currentIndex().row() == 1
    person.press(Qt.Key.Key_W, CONTROL)
    assert person.shown.source.name == "2.png"
    person.press(Qt.Key.Key_W, CONTROL)
    assert not strip.isVisible()
    person.press(Qt.Key.Key_W, CONTROL)
    assert person.page.empty.isVisible()


def test_stepping_between_pictures_keeps_zoom_and_relative_position(person, photo):
    sizes = ((400, 300), (300, 200), (640, 480))
    person.open(
        *(
            photo(f"{number}.png", width=width, height=height, seed=number)
            for number, (width, height) in enumerate(sizes)
        )
    )
    person.wait_until(person.all_are_done)
    view = person.page.view
    view.zoom_to(4)
    view.move_by(-400, -300)
    before = view.viewport
    assert before.zoom == 4
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_PageUp):
        person.press(key)
        assert view.viewport.zoom == 4
        assert abs(view.viewport.x / view.viewport.image_width - before.x / before.image_width) < 1e-9


def test_a_picture_opened_while_zoomed_in_has_that_zoom(person, photo):
    person.open(photo("first.png", width=400, height=300))
    person.wait_until(person.all_are_done)
    person.page.view.zoom_to(2)
    person.drop(photo("second.png", width=300, height=200, seed=1))
    person.wait_until(lambda: person.shown.source.name == "second.png" and person.all_are_done())
    assert person.page.view.viewport.zoom == 2
    assert person.page.view.viewport.image_width == 600


def right_click(widget, place):
    """Press the right button and ask for the menu, as the window system does."""
    QTest.mousePress(widget, Qt.MouseButton.RightButton, pos=place)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)
    QTest.mouseRelease(widget, Qt.MouseButton.RightButton, pos=place)


@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")  # the offscreen platform, of every menu
def test_a_right_click_on_a_thumbnail_shows_its_picture_and_a_menu(person, photo):
    person.open(*(photo(f"{number}.png", seed=number) for number in range(3)))
    person.wait_until(person.all_are_done)
    strip, menu = person.page.strip, person.page.menu
    right_click(strip.viewport(), strip.visualRect(strip.documents.index(2)).center())
    assert person.shown.source.name == "2.png"
    assert strip.currentIndex().row() == 2
    assert menu.isVisible()
    texts = [action.text().replace("&", "") for action in menu.actions() if action.isEnabled() and action.text()]
    assert {"Save", "Save As…", "Copy Result", "Close Picture"} <= set(texts)
    menu.close()
    right_click(person.page.view, person.page.view.rect().center())
    assert menu.isVisible()
    menu.close()


def test_the_picture_that_is_chosen_goes_first(person, photo):
    gate = hold(person)
    person.drop(*(photo(f"{number}.png") for number in range(3)))
    person.wait_for(State.UPSCALING)
    done = []
    person.workspace.changed.connect(
        lambda document: (
            document.state is State.DONE and document.source.name not in done and done.append(document.source.name)
        )
    )
    person.workspace.show(person.workspace.documents[2])
    person.wait_for(State.UPSCALING)
    gate.set()
    person.wait_until(person.all_are_done)
    assert done == ["2.png", "0.png", "1.png"]


def test_a_folder_gives_its_pictures(person, photo, tmp_path):
    for name in ("folder/10.png", "folder/9.png", "folder/deep/a.png"):
        photo(name)
    (tmp_path / "folder" / "notes.txt").write_text("no picture")
    person.open(tmp_path / "folder")
    assert [document.source.name for document in person.workspace.documents] == ["9.png", "10.png", "a.png"]


def test_an_empty_folder_is_said_to_be_empty(person, tmp_path):
    person.drop(tmp_path)
    person.wait_until(lambda: person.page.notice_bar.isVisible())
    assert "no pictures" in person.page.notice_bar.notice.title
    person.page.notice_bar.close_button.click()
    assert not person.page.notice_bar.isVisible()


def test_a_picture_is_pasted_from_another_program(person, picture):
    samples = picture(width=30, height=20)
    data = QMimeData()
    data.setImageData(QImage(samples.tobytes(), 30, 20, 90, QImage.Format.Format_RGB888))
    person.paste(data)
    person.wait_for(State.DONE)
    assert person.shown.source.name == "Pasted 1"
    assert np.array_equal(person.shown.before.raster.samples, samples)
    person.press(Qt.Key.Key_S, CONTROL)
    dialog = person.window.findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_a_file_is_pasted(person, photo):
    person.paste(files_as_data(photo()))
    person.wait_for(State.DONE)
    assert person.shown.source.name == "photo.png"


def test_text_on_the_clipboard_is_refused_with_a_reason(person):
    data = QMimeData()
    data.setText("not a picture")
    person.paste(data)
    assert "no picture" in person.page.notice_bar.notice.hint


@pytest.mark.parametrize(
    ("dragged", "reason"), [(["notes.txt"], "notes.txt is not a picture"), (["https://a.example/b.png"], "web address")]
)
def test_what_cannot_be_opened_is_refused_while_it_is_dragged(person, tmp_path, dragged, reason):
    files = [name if "://" in name else tmp_path / name for name in dragged]
    person.drag_over(files_as_data(*files))
    assert person.window.overlay.isVisible()
    assert person.window.overlay.is_refusal
    assert reason in person.window.overlay.text
    person.drag_away()
    assert not person.window.overlay.isVisible()
    person.drop(*files)
    assert person.workspace.documents == []
    assert reason in person.page.notice_bar.notice.hint


def test_a_drag_with_pictures_is_welcome(person, photo):
    person.drag_over(files_as_data(photo("a.png"), photo("b.png")))
    assert not person.window.overlay.is_refusal
    assert person.window.overlay.text == "Drop to open 2 files"
    person.drag_away()


def test_a_small_picture_follows_the_options_at_once(person, photo):
    person.open(photo())
    box = person.page.options.size_box
    box.setCurrentIndex(box.findData(3))
    person.wait_until(lambda: person.shown.state is State.DONE and person.shown.after.picture.pyramid.width == 180)
    box.setCurrentIndex(box.findData("width"))
    person.page.options.pixels_box.setValue(150)
    person.wait_until(lambda: person.shown.state is State.DONE and person.shown.after.picture.pyramid.width == 150)
    assert "150 × 100" in person.page.captions.after.text()


def test_a_large_picture_waits_for_the_button_and_keeps_its_result(person, photo, monkeypatch):
    monkeypatch.setattr(workspace_module, "SMALL_PIXELS", 0)
    person.open(photo())
    box = person.page.options.size_box
    box.setCurrentIndex(box.findData(4))
    assert person.shown.state is State.DONE
    assert person.shown.after.picture.pyramid.width == 120
    assert person.page.options.button.text() == "Upscale"
    person.page.options.button.click()
    person.wait_until(lambda: person.shown.state is State.DONE)
    assert person.shown.after.picture.pyramid.width == 240


def test_an_existing_file_is_not_replaced_unasked(person, photo):
    source = photo()
    taken = source.with_name("photo_2x.png")
    taken.write_bytes(b"precious")
    person.open(source)
    person.press(Qt.Key.Key_S, CONTROL)
    dialog = person.window.findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.selectFile(str(source.with_name("another.jpg")))
    dialog.accept()
    person.wait_until(lambda: person.shown.saved_as is not None)
    assert taken.read_bytes() == b"precious"
    with Image.open(source.with_name("another.jpg")) as image:
        assert (image.format, image.size) == ("JPEG", (120, 80))


def test_a_save_that_fails_says_why_and_keeps_the_result(person, photo, tmp_path):
    source = photo("gone/photo.png")
    person.open(source)
    source.unlink()
    source.parent.rmdir()
    person.press(Qt.Key.Key_S, CONTROL)
    person.wait_until(lambda: person.page.notice_bar.isVisible())
    assert "can't be written" in person.page.notice_bar.notice.title
    assert person.shown.state is State.DONE
    assert person.page.options.button.text() == "Save"


def test_every_result_is_saved_at_once(person, photo, tmp_path):
    person.open(photo("a.png"), photo("b.png", seed=1))
    person.program.actions.save_all.trigger()
    person.wait_until(lambda: all(document.saved_as for document in person.workspace.documents))
    assert sorted(path.name for path in tmp_path.glob("*_2x.png")) == ["a_2x.png", "b_2x.png"]


def test_the_result_is_copied(person, photo):
    person.open(photo())
    QApplication.clipboard().setText("something else")
    person.press(Qt.Key.Key_C, CONTROL)
    person.wait_until(lambda: QApplication.clipboard().mimeData().hasImage())
    image = QImage.fromData(QApplication.clipboard().mimeData().data("image/png"))
    assert (image.width(), image.height()) == (120, 80)


def test_the_sample_is_one_button_away(person):
    person.page.empty.sample_button.click()
    person.wait_for(State.DONE)
    assert person.shown.source.name == "Sample"
    person.press(Qt.Key.Key_S, CONTROL)  # not into the program's own folder
    dialog = person.window.findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_choices_and_geometry_are_remembered(person, photo, qtbot):
    person.open(photo())
    box = person.page.options.size_box
    box.setCurrentIndex(box.findData(4))
    person.program.actions.divider.trigger()
    person.program.actions.pixels.trigger()
    person.window.resize(777, 555)
    person.window.close()
    again = Program()
    again.start([])
    qtbot.waitExposed(again.window)
    assert again.page.options.size_box.currentData() == 4
    assert again.actions.divider.isChecked()
    assert again.actions.pixels.isChecked()
    assert (again.window.width(), again.window.height()) == (777, 555)
    again.window.close()


def test_the_window_can_be_closed_in_the_middle_of_everything(person, photo):
    hold(person)
    person.drop(photo("a.png"), photo("b.png"))
    person.wait_for(State.UPSCALING)
    person.window.close()
    assert not person.program.runner._worker._thread.is_alive()


def test_pictures_from_the_command_line_are_opened(qtbot, photo):
    program = Program()
    program.start([photo("a.png"), photo("b.png")])
    person = Person(program, qtbot)
    person.wait_until(person.all_are_done)
    assert [document.source.name for document in program.workspace.documents] == ["a.png", "b.png"]
    program.window.close()


class FakeDrag:
    """Stands in for the drag that only a real mouse on a real desktop can do."""

    dragged: ClassVar[list[str]] = []

    def __init__(self, source):
        self.data = None

    def setMimeData(self, data):  # noqa: N802
        self.data = data

    def setPixmap(self, pixmap):  # noqa: N802
        assert not pixmap.isNull()

    def setHotSpot(self, point):  # noqa: N802
        pass

    def exec(self, action):
        self.dragged.append(self.data.urls()[0].toLocalFile())


@pytest.fixture
def dragged(monkeypatch):
    """The files that were dragged out of the window."""
    monkeypatch.setattr(outgoing, "QDrag", FakeDrag)
    monkeypatch.setattr(FakeDrag, "dragged", [])
    monkeypatch.setattr(outgoing, "_mouse_is_held", lambda: True)
    return FakeDrag.dragged


def pull(qtbot, handle):
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    qtbot.mouseMove(handle, QPoint(40, 20))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(40, 20))


def test_the_result_is_dragged_to_another_program_under_its_name(person, photo, dragged, qtbot):
    person.open(photo("boat.jpg"))
    pull(qtbot, person.page.captions.after)
    person.wait_until(lambda: bool(dragged))
    assert Path(dragged[0]).name == "boat_2x.jpg"
    with Image.open(dragged[0]) as image:
        assert image.size == (120, 80)
    pull(qtbot, person.page.captions.after)
    assert dragged == [dragged[0]] * 2


def test_a_result_that_is_saved_is_dragged_as_that_file(person, photo, dragged, qtbot):
    source = photo()
    person.open(source)
    person.press(Qt.Key.Key_S, CONTROL)
    person.wait_until(lambda: person.shown.saved_as is not None)
    pull(qtbot, person.page.captions.after)
    assert dragged == [str(source.with_name("photo_2x.png"))]


def test_a_thumbnail_can_be_dragged_too(person, photo, dragged, qtbot):
    person.open(photo("a.png"), photo("b.png"))
    strip = person.page.strip
    place = strip.visualRect(strip.documents.index(1)).center()
    qtbot.mousePress(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(strip.viewport(), place + QPoint(30, -20))
    qtbot.mouseRelease(strip.viewport(), Qt.MouseButton.LeftButton, pos=place)
    person.wait_until(lambda: bool(dragged))
    assert Path(dragged[0]).name == "b_2x.png"


def test_there_is_nothing_to_drag_before_there_is_a_result(person, photo, dragged, qtbot):
    gate = hold(person)
    person.drop(photo())
    person.wait_for(State.UPSCALING)
    pull(qtbot, person.page.captions.after)
    assert dragged == []
    gate.set()
    person.wait_for(State.DONE)


def test_what_a_format_cannot_hold_is_said_when_it_is_saved(person, tmp_path):
    Image.new("RGBA", (20, 20), (255, 0, 0, 100)).save(tmp_path / "clear.png")
    person.open(tmp_path / "clear.png")
    person.shown.save(tmp_path / "clear.jpg", overwrite=False)
    person.wait_until(lambda: person.page.notice_bar.isVisible())
    assert "clear.jpg is saved, with changes" in person.page.notice_bar.notice.title
    assert "transparency" in person.page.notice_bar.notice.hint


def test_about_tells_versions_that_can_be_copied(person, qtbot):
    person.program.actions.about.trigger()
    about = person.window.findChild(About)
    assert about.isVisible()
    about.copy_button.click()
    assert f"sr_desktop {sr_desktop.__version__}" in QApplication.clipboard().text()
    qtbot.keyClick(about, Qt.Key.Key_Escape)
    assert not about.isVisible()


def test_an_exception_nobody_caught_is_shown_and_the_window_goes_on(person, photo):
    try:
        raise KeyError("forgotten")
    except KeyError as error:
        person.program.report_fault(error)
    assert "fault of the program" in person.page.notice_bar.notice.hint
    person.open(photo())
    assert person.shown.state is State.DONE


def test_the_view_has_the_focus_so_that_its_keys_work(person, photo):
    person.open(photo())
    assert QApplication.focusWidget() is person.view


def test_every_button_says_what_it_does(person, photo):
    person.open(photo("a.png"), photo("b.png"))
    for button in person.window.findChildren(QAbstractButton):
        if button.isVisible() and not button.objectName().startswith("qt_"):
            assert button.toolTip(), button.text()
            assert button.text() or button.accessibleName()


def test_pictures_are_chosen_in_a_dialog(person, photo):
    path = photo()
    person.press(Qt.Key.Key_O, CONTROL)
    dialog = person.window.findChild(QFileDialog)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(str(path))
    dialog.accept()
    person.wait_for(State.DONE)
    assert person.shown.source.path == path


def test_escape_stops_the_whole_line_when_nothing_happens_to_the_picture_shown(person, photo):
    gate = hold(person)
    person.drop(*(photo(f"{number}.png") for number in range(3)))
    person.wait_for(State.UPSCALING)
    person.press(Qt.Key.Key_Escape)
    assert person.shown.state is State.READY
    person.wait_until(lambda: any(document.state is State.UPSCALING for document in person.workspace.documents))
    person.press(Qt.Key.Key_Escape)
    assert not any(document.is_busy for document in person.workspace.documents)
    assert State.WAITING not in {document.state for document in person.workspace.documents}
    assert not person.program.actions.stop.isEnabled()
    gate.set()


def test_the_strip_is_used_by_keyboard(person, photo, qtbot):
    person.open(*(photo(f"{number}.png", seed=number) for number in range(3)))
    strip = person.page.strip
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert person.shown.source.name == "1.png"
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert [document.source.name for document in person.workspace.documents] == ["0.png", "2.png"]
    assert person.shown.source.name == "2.png"


def test_a_file_that_is_dropped_again_is_read_again(person, photo):
    person.open(photo(width=60))
    person.open(photo(width=80))
    assert len(person.workspace.documents) == 1
    assert person.shown.before.pyramid.width == 80


def test_an_engine_that_cannot_be_loaded_is_a_message(qtbot, monkeypatch):
    program = Program()

    def broken():
        yield Progress(0, 1)
        raise ImportError("libtorch is damaged")

    monkeypatch.setattr(program.workspace._upscaler, "prepare", broken)
    program.start([])
    qtbot.waitUntil(lambda: program.page.notice_bar.isVisible())
    assert "libtorch is damaged" in program.page.notice_bar.notice.details
    program.window.close()


def test_a_model_is_chosen_among_those_that_fit(qtbot, photo, tiny_weights):
    paths.user_weights().mkdir(parents=True)
    for scale in (2, 3):
        mine = paths.user_weights() / f"mine-x{scale}.safetensors"
        mine.write_bytes((tiny_weights / f"fsrcnn-x{scale}.safetensors").read_bytes())
    program = Program()
    program.start([])
    person = Person(program, qtbot)
    person.wait_until(lambda: program.workspace.ready is not None)
    person.open(photo())
    options = program.page.options
    names = [options.model_box.itemData(row) for row in range(options.model_box.count())]
    assert names == ["", "mine-x2"]
    options.model_box.setCurrentIndex(1)
    person.wait_until(lambda: person.shown.state is State.DONE and person.shown.after.options.model == "mine-x2")
    options.size_box.setCurrentIndex(options.size_box.findData(3))
    assert program.workspace.options.model == ""
    program.window.close()


def test_the_cover_says_what_is_dragged(person, photo, tmp_path):
    blank = person.window.grab().toImage()
    person.drag_over(files_as_data(photo()))
    welcome = person.window.grab().toImage()
    person.drag_over(files_as_data(tmp_path / "notes.txt"))
    refusal = person.window.grab().toImage()
    person.drag_away()
    assert blank != welcome != refusal
    assert person.window.grab().toImage() == blank
