"""The page for models, as a person uses it."""

import shutil

import cv2
import pytest
import torch
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog

from sr_desktop import paths
from sr_desktop.cards import NetworkShape
from sr_desktop.engine.targets import Factor
from sr_desktop.library import index
from sr_desktop.library.catalogue import Entry
from sr_desktop.services.pictures.document import State
from sr_desktop.services.pictures.upscaler import Options
from tests.engine.conftest import busy_network
from tests.library.conftest import save_model
from tests.ui.conftest import files_as_data

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def own_bundled(bundled, tmp_path_factory, monkeypatch):
    """Bundled models that the test may change."""
    folder = tmp_path_factory.mktemp("own") / "weights"
    shutil.copytree(bundled, folder)
    monkeypatch.setattr(paths, "bundled_weights", lambda: folder)
    return folder


@pytest.fixture
def visit(person, qtbot):
    """Goes to the page, and waits until it shows what there is."""

    def go():
        page = person.window.show_page("models")
        settle(page)
        return page

    def settle(page):
        qtbot.waitUntil(lambda: not page._models.is_busy and page._models.inventory is not None, timeout=30_000)

    go.settle = settle
    return go


def rows(page):
    shown = page.list
    items = [shown.topLevelItem(number) for number in range(shown.topLevelItemCount())]
    return [[item.text(column) for column in range(shown.columnCount())] for item in items]


def mark(page, *names):
    for number in range(page.list.topLevelItemCount()):
        item = page.list.topLevelItem(number)
        if item.text(0) in names:
            item.setCheckState(0, Qt.CheckState.Checked)


def answer(page, kind, act):
    """Answer the dialog that is open, and wait until it is gone."""
    dialog = page.findChild(kind)
    act(dialog)
    dialog.accept()


def test_every_model_is_listed_with_what_is_known_of_it(visit):
    save_model(paths.user_weights() / "mine.safetensors", 3)
    (paths.user_weights() / "bad.safetensors").write_bytes(b"bad")
    page = visit()
    shown = rows(page)
    assert [row[:3] for row in shown[:3]] == [
        ["fsrcnn-x2", "2×", "With the program"],
        ["fsrcnn-x3", "3×", "With the program"],
        ["fsrcnn-x4", "4×", "With the program"],
    ]
    assert [row[:3] for row in shown[-2:]] == [["mine", "3×", "Trained"], ["bad", "", "Can't be used"]]
    assert page.hint.text().startswith("Mark up to 4")
    page.list.choose("mine")
    said = page.details.text
    for fact in ("3× larger", "FSRCNN(8, 4, 2)", "not measured", str(paths.user_weights() / "mine.safetensors")):
        assert fact in said
    page.list.choose("bad")
    assert "not a safetensors file" in page.details.text
    assert not page.export_action.isEnabled()
    assert page.delete_action.isEnabled()


def test_without_models_of_ones_own_the_page_says_how_to_get_some(visit):
    page = visit()
    assert page.hint.text().startswith("No models of your own yet")
    assert not page.rename_action.isEnabled()
    assert not page.delete_action.isEnabled()


def test_a_dropped_model_can_be_renamed_used_and_thrown_away(visit, person, photo, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "trash"))
    (tmp_path / "trash").mkdir()
    page = visit()
    person.drop(save_model(tmp_path / "holiday.safetensors"))
    visit.settle(page)
    assert page.list.current.name == "holiday"
    page.rename_action.trigger()
    answer(page, QInputDialog, lambda dialog: dialog.setTextValue("sea"))
    visit.settle(page)
    assert page.list.current.name == "sea"
    person.window.show_page("pictures")
    box = person.page.options.model_box
    assert [box.itemData(number) for number in range(box.count())] == ["", "sea"]
    box.setCurrentIndex(1)
    person.open(photo())
    assert "sea on CPU" in person.window.facts.text()
    page = visit()
    page.list.choose("sea")
    page.delete_action.trigger()
    visit.settle(page)
    assert page.notice_bar.notice is None
    assert not list(paths.user_weights().iterdir())
    assert list((tmp_path / "trash").rglob("sea.safetensors"))
    assert person.workspace.options.model == ""


def test_a_foreign_file_is_taken_in_once_its_scale_is_said(visit, person, tmp_path):
    network = busy_network(NetworkShape(3, features=8, shrunk=4, mapping=2, padding=4))
    torch.save(network.state_dict(), tmp_path / "foreign_x3.pth")
    page = visit()
    person.drop(tmp_path / "foreign_x3.pth")
    answer(page, QInputDialog, lambda dialog: None)
    visit.settle(page)
    assert isinstance(page.list.current, Entry)
    assert (page.list.current.scale, page.list.current.origin) == (3, "imported")


def test_what_is_no_model_is_refused_in_words(visit, person, tmp_path, photo):
    page = visit()
    person.drag_over(files_as_data(photo()))
    assert "Only models" in person.window.overlay.text
    person.drag_away()
    (tmp_path / "text.safetensors").write_text("text")
    person.drop(tmp_path / "text.safetensors")
    visit.settle(page)
    assert "not a safetensors file" in page.notice_bar.notice.title
    assert page.notice_bar.isVisible()
    assert len(rows(page)) == 3


def test_a_model_goes_out_as_onnx(visit, tmp_path):
    page = visit()
    page.list.choose("fsrcnn-x3")
    page.export_action.trigger()
    target = tmp_path / "out.onnx"

    def fill(dialog):
        dialog.selectNameFilter(dialog.nameFilters()[1])
        dialog.filterSelected.emit(dialog.nameFilters()[1])
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("out.onnx")

    answer(page, QFileDialog, fill)
    visit.settle(page)
    assert cv2.dnn.readNetFromONNX(str(target)).empty() is False
    assert "fsrcnn-x3 is exported." in page.notice_bar.notice.title


def test_a_damaged_model_is_found_out_and_can_be_used_no_more(own_bundled, visit, person, photo):
    content = bytearray((own_bundled / "fsrcnn-x2.safetensors").read_bytes())
    content[-1] ^= 1
    (own_bundled / "fsrcnn-x2.safetensors").write_bytes(content)
    page = visit()
    page.verify_action.trigger()
    visit.settle(page)
    assert page.notice_bar.notice.title == "1 of 3 models can't be used."
    page.list.choose("fsrcnn-x2")
    assert "damaged or changed" in page.details.text
    person.window.show_page("pictures")
    person.drop(photo())
    person.wait_for(State.FAILED)
    assert "damaged or changed" in person.page.notice_bar.notice.title


def test_speed_is_measured_once_and_shown(visit):
    page = visit()
    page.measure_action.trigger()
    visit.settle(page)
    assert all(row[5].endswith("MP/s") for row in rows(page))
    assert "on CPU" in page.details.text


@pytest.mark.real_screen
def test_models_are_compared_on_the_picture_that_is_open(visit, person, photo, qtbot):
    save_model(paths.user_weights() / "mine.safetensors", 2)
    save_model(paths.user_weights() / "other.safetensors", 3)
    person.open(photo())
    page = visit()
    mark(page, "other", "fsrcnn-x2", "mine")  # the mark of another scale gives way
    mark(page, "mine", "fsrcnn-x2")
    assert [entry.name for entry in page.list.marked_models] == ["fsrcnn-x2", "mine"]
    page.compare_action.trigger()
    panel = page.comparison
    qtbot.waitUntil(lambda: len(panel.grid.layers()) == 3, timeout=30_000)
    assert [pane.caption for pane in panel.grid.shown] == ["Bicubic", "fsrcnn-x2", "mine"]
    panel.truth_box.setCurrentIndex(1)
    panel.truth_box.activated.emit(1)
    qtbot.waitUntil(lambda: len(panel.grid.layers()) == 4, timeout=30_000)
    captions = [pane.caption for pane in panel.grid.shown]
    assert captions[0] == "Original · 60 × 40"
    assert all("dB · SSIM" in caption for caption in captions[1:])
    before = panel.grid.viewport
    qtbot.keyClick(panel.grid, Qt.Key.Key_Plus, CONTROL)
    assert panel.grid.viewport.zoom > before.zoom
    qtbot.keyPress(panel.grid, Qt.Key.Key_Space)
    assert panel.grid.is_holding
    qtbot.keyRelease(panel.grid, Qt.Key.Key_Space)
    qtbot.keyClick(panel.grid, Qt.Key.Key_Escape)
    qtbot.waitUntil(page.list.isVisible)


def test_a_picture_for_the_comparison_can_be_dropped(visit, person, photo, qtbot):
    page = visit()
    mark(page, "fsrcnn-x4")
    page.compare_action.trigger()
    assert "Drop a picture" in page.comparison.grid.shown[0].message
    person.drop(photo("dropped.png"))
    panel = page.comparison
    qtbot.waitUntil(lambda: len(panel.grid.layers()) == 2, timeout=30_000)
    assert panel.picture_label.text() == "dropped.png"
    panel.truth_box.setCurrentIndex(2)
    panel.truth_box.activated.emit(2)
    original = photo("original.png", width=240, height=160)
    answer(page, QFileDialog, lambda dialog: dialog.selectFile(str(original)))
    qtbot.waitUntil(lambda: len(panel.grid.layers()) == 3, timeout=30_000)
    assert panel.grid.shown[0].caption == "Original · 240 × 160"


def test_no_more_than_four_models_are_compared(visit):
    for number in range(5):
        save_model(paths.user_weights() / f"m{number}.safetensors", 4, seed=number)
    page = visit()
    mark(page, *(f"m{number}" for number in range(5)))
    assert [entry.name for entry in page.list.marked_models] == ["m0", "m1", "m2", "m3"]


def test_the_photo_model_is_suggested_until_someone_has_decided(own_bundled, program, person, photo):
    for scale in (2, 3):
        save_model(own_bundled / f"fsrcnn-x{scale}-photo.safetensors", scale)
    index.write(own_bundled)
    program.models.refresh()
    person.wait_until(lambda: len(person.workspace.ready.models.entries) == 5)
    hint = person.page.photo_hint
    person.open(photo())
    assert not hint.isVisible()
    person.open(photo("hard.jpg"))
    assert hint.isVisible()
    assert "quality 75" in hint.text.text()
    hint.use_button.click()
    person.wait_for(State.DONE)
    assert not hint.isVisible()
    assert "fsrcnn-x2-photo" in person.window.facts.text()
    assert program.settings.photo_model == "used"
    box = person.page.options.model_box
    assert box.currentText() == "Photo model"
    person.page.options.size_box.setCurrentIndex(1)  # three times larger: the same kind of model
    assert person.workspace.options == Options(Factor(3), "fsrcnn-x3-photo")
    person.wait_for(State.DONE)


def test_a_refused_suggestion_does_not_come_back(own_bundled, program, person, photo):
    save_model(own_bundled / "fsrcnn-x2-photo.safetensors", 2)
    index.write(own_bundled)
    program.models.refresh()
    person.wait_until(lambda: len(person.workspace.ready.models.entries) == 4)
    person.open(photo("first.jpg"))
    person.page.photo_hint.refuse_button.click()
    person.open(photo("second.jpg"))
    assert not person.page.photo_hint.isVisible()
    assert program.settings.photo_model == "declined"
    assert person.workspace.options.model == ""
