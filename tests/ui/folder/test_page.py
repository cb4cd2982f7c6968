"""A folder converted through the window, as a person would: seen first, started, paused, stopped, tried again."""

import csv
import os
import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox

from sr_desktop.batch import batch as batch_run
from sr_desktop.batch import queue
from sr_desktop.services.folder import request as folder_request
from sr_desktop.services.folder.batch import Phase
from sr_desktop.ui.folder.page import FolderPage
from sr_desktop.ui.shell.app import Program
from tests.ui.conftest import Person


class Visitor(Person):
    """Someone at the Folder page."""

    def __init__(self, program, qtbot):
        super().__init__(program, qtbot)
        self.folder_page: FolderPage = program.window.show_page("folder")
        self.conversion = self.folder_page._conversion

    @property
    def rows(self):
        return self.conversion.rows.all

    @property
    def states(self):
        return {row.name: row.state for row in self.rows}

    @property
    def summary(self):
        return self.folder_page.summary.words.text()

    @property
    def notice(self):
        notice = self.folder_page.notice_bar.notice
        return notice.title if notice is not None else ""

    def push(self, text):
        """Push the one button for what comes next."""
        assert self.folder_page.options.button.text() == text
        self._qtbot.mouseClick(self.folder_page.options.button, Qt.MouseButton.LeftButton)

    def see_plan_of(self, *files):
        self.drop(*files)
        self.wait_until(lambda: self.conversion.phase is Phase.READY)

    def wait_for_end(self):
        self.wait_until(lambda: self.conversion.run is None and self.conversion.phase is Phase.READY)

    def type_into(self, field, text):
        field.setFocus()
        field.selectAll()
        self._qtbot.keyClicks(field, text)


@pytest.fixture
def visitor(program, qtbot):
    qtbot.waitUntil(lambda: program.workspace.ready is not None, timeout=30_000)
    return Visitor(program, qtbot)


@pytest.fixture
def folder(photo, tmp_path):
    """Four pictures, one of them in a folder below, and a torn one."""
    for number, name in enumerate(("1.png", "2.png", "10.png", "more/3.png")):
        photo(f"Holiday/{name}", width=40 + number, height=30, seed=number)
    (tmp_path / "Holiday" / "torn.png").write_bytes((tmp_path / "Holiday" / "1.png").read_bytes()[:200])
    return tmp_path / "Holiday"


class Gate:
    """Lets files through one by one."""

    def __init__(self) -> None:
        self.let = threading.Semaphore(0)
        self.reached = threading.Semaphore(0)
        self.is_open = False

    def pass_through(self) -> None:
        if not self.is_open:
            self.reached.release()
            self.let.acquire()

    def open(self) -> None:
        self.is_open = True
        self.let.release(1000)


@pytest.fixture
def gate(monkeypatch) -> Iterator[Gate]:
    """Holds every file that is taken up, one at a time, until it is let through."""
    gate, make = Gate(), batch_run.Making.make

    def held(making):
        gate.pass_through()
        return make(making)

    monkeypatch.setattr(batch_run.Making, "make", held)
    monkeypatch.setattr(batch_run.batch_models, "cores", lambda: 1)
    monkeypatch.setattr(batch_run, "BESIDE", 0)
    yield gate
    gate.open()


def test_a_folder_is_seen_first_and_then_found_finished(visitor, folder, tmp_path):
    visitor.see_plan_of(folder)
    assert visitor.summary.startswith("5 files")
    assert [row.name for row in visitor.rows] == ["1.png", "2.png", "10.png", "more/3.png", "torn.png"]
    assert visitor.folder_page.setup.preview.text() == f"→ {os.path.join('Holiday_2x', '1.png')}"  # noqa: PTH118
    assert not (tmp_path / "Holiday_2x").exists()
    visitor.wait_until(lambda: "about" in visitor.summary)
    visitor.push("Start")
    visitor.wait_for_end()
    assert visitor.states == dict.fromkeys(("1.png", "2.png", "10.png", "more/3.png"), "done") | {"torn.png": "failed"}
    with Image.open(tmp_path / "Holiday_2x" / "more" / "3.png") as result:
        assert result.size == (86, 60)
    assert visitor.summary.startswith("1 of 5 failed · 4 made")
    assert visitor.program.window.switch.tabText(1) == "Folder"
    torn = visitor.folder_page.model.index(4, 5).data()
    assert "torn.png" in torn
    assert folder_request.load().is_finished


@pytest.mark.slow
def test_what_failed_is_tried_again_when_it_was_repaired(visitor, folder, tmp_path):
    visitor.see_plan_of(folder)
    visitor.push("Start")
    visitor.wait_for_end()
    (folder / "torn.png").write_bytes((folder / "1.png").read_bytes())
    visitor.push("Try Failed Again")
    visitor.wait_for_end()
    assert set(visitor.states.values()) == {"done"}
    assert visitor.summary.startswith("All done · 5 made")
    assert visitor.folder_page.options.button.text() == "Show Results"
    visitor.see_plan_of(folder)
    assert set(visitor.states.values()) == {"skipped"}
    assert not visitor.folder_page.actions_.start.isEnabled()


@pytest.mark.slow
def test_what_was_taken_out_stays_out_and_start_obeys_the_last_choice(visitor, folder, tmp_path):
    visitor.see_plan_of(folder)
    visitor.folder_page.table.selectRow(4)
    visitor.folder_page.actions_.remove.trigger()
    assert len(visitor.rows) == 4
    setup = visitor.folder_page.setup
    setup.format.setCurrentText("WebP")
    visitor.push("Start")
    visitor.wait_until((tmp_path / "Holiday_2x" / "1.webp").exists)
    visitor.wait_for_end()
    assert visitor.summary.startswith("All done · 4 made")
    assert folder_request.load().wishes.without == (str(folder / "torn.png"),)


@pytest.mark.slow
def test_three_are_tried_first(visitor, folder, tmp_path):
    visitor.see_plan_of(folder)
    visitor.folder_page.summary.try_button.click()
    visitor.wait_for_end()
    assert sorted(visitor.states.values()).count("waiting") == 2
    assert not folder_request.path().exists()
    visitor.push("Start")
    visitor.wait_for_end()
    assert "waiting" not in visitor.states.values()


def test_names_follow_the_template_and_wrong_ones_are_said_at_once(visitor, folder, tmp_path):
    visitor.see_plan_of(folder)
    setup = visitor.folder_page.setup
    visitor.type_into(setup.template, "{counter:3} {parent}")
    visitor.wait_until(lambda: setup.preview.text().endswith("001 Holiday.png"))
    visitor.type_into(setup.template, "{size}")
    visitor.wait_until(lambda: visitor.conversion.problem is not None)
    assert "{size}" in setup.preview.text()
    assert not visitor.folder_page.actions_.start.isEnabled()
    assert visitor.notice == ""
    visitor.type_into(setup.template, "all")
    visitor.wait_until(lambda: "3 can't be converted" in visitor.summary)
    assert visitor.states == {"1.png": "waiting", "more/3.png": "waiting"} | dict.fromkeys(
        ("2.png", "10.png", "torn.png"), "failed"
    )


def test_a_batch_is_paused_and_goes_on(visitor, folder, gate):
    visitor.see_plan_of(folder)
    visitor.push("Start")
    visitor.wait_until(lambda: gate.reached.acquire(blocking=False))
    assert not visitor.folder_page.setup.isVisible()
    visitor.push("Pause")
    assert "Pausing" in visitor.folder_page.options.doing.text()
    gate.let.release()
    visitor.wait_until(lambda: visitor.folder_page.options.doing.text() == "Paused")
    assert visitor.states["1.png"] == "done"
    assert visitor.states["2.png"] == "waiting"
    visitor.push("Resume")
    gate.open()
    visitor.wait_for_end()
    assert list(visitor.states.values()).count("done") == 4


@pytest.mark.slow
def test_a_batch_stops_after_the_file_at_work(visitor, folder, gate, tmp_path):
    visitor.see_plan_of(folder)
    visitor.push("Start")
    visitor.wait_until(lambda: gate.reached.acquire(blocking=False))
    visitor.folder_page.actions_.stop_after.trigger()
    gate.open()
    visitor.wait_for_end()
    assert list(visitor.states.values()).count("done") == 1
    assert not folder_request.load().is_finished


@pytest.mark.slow
def test_what_was_stopped_is_offered_and_goes_on_where_it_was(visitor, folder, gate, tmp_path, qtbot):
    visitor.see_plan_of(folder)
    visitor.push("Start")
    visitor.wait_until(lambda: gate.reached.acquire(blocking=False))
    gate.let.release()
    visitor.wait_until(lambda: visitor.states["1.png"] == "done")
    visitor.wait_until(lambda: gate.reached.acquire(blocking=False))
    visitor.folder_page.actions_.stop_now.trigger()
    gate.open()
    visitor.wait_for_end()
    assert visitor.states["2.png"] == "waiting"
    assert [path.name for path in (tmp_path / "Holiday_2x").iterdir() if not path.is_dir()] == ["1.png"]
    visitor.window.close()

    program = Program()
    program.start([])
    qtbot.waitExposed(program.window)
    qtbot.waitUntil(lambda: program.workspace.ready is not None, timeout=30_000)
    later = Visitor(program, qtbot)
    offer = later.folder_page.start_page.unfinished
    assert "Holiday" in offer.words.text()
    qtbot.mouseClick(offer.go_on_button, Qt.MouseButton.LeftButton)
    later.wait_until(lambda: bool(later.conversion.rows.all))
    later.wait_for_end()
    assert later.states["1.png"] == "skipped"
    assert later.states["2.png"] == "done"
    program.window.close()


def test_closing_while_it_runs_asks_and_stops_in_order(visitor, folder, gate, tmp_path, qtbot):
    visitor.see_plan_of(folder)
    visitor.push("Start")
    visitor.wait_until(lambda: gate.reached.acquire(blocking=False))
    visitor.window.close()
    assert visitor.window.isVisible()
    question = visitor.folder_page.findChild(QMessageBox)
    _button(question, "Go On Converting").click()
    assert visitor.conversion.run is not None
    visitor.window.close()
    (question,) = [box for box in visitor.folder_page.findChildren(QMessageBox) if box.isVisible()]
    _button(question, "Finish This File and Close").click()
    gate.open()
    visitor.wait_until(lambda: not visitor.window.isVisible())
    assert {path.name for path in (tmp_path / "Holiday_2x").iterdir()} == {"1.png", ".sr_desktop"}


def _button(box, text):
    return next(button for button in box.buttons() if button.text().replace("&", "") == text)


@pytest.mark.slow
def test_files_come_and_go_while_it_runs(visitor, folder, gate, photo):
    visitor.see_plan_of(folder)
    visitor.push("Start")
    visitor.wait_until(lambda: gate.reached.acquire(blocking=False))
    visitor.drop(photo("late.png"), folder / "2.png")
    visitor.wait_until(lambda: "late.png" in visitor.states)
    assert len(visitor.rows) == 6
    visitor.folder_page.table.selectRow(1)
    visitor.folder_page.actions_.remove.trigger()
    visitor.wait_until(lambda: "2.png" not in visitor.states)
    gate.open()
    visitor.wait_for_end()
    assert visitor.states["late.png"] == "done"
    assert visitor.summary.startswith("1 of 5 failed")


@pytest.mark.slow
def test_what_takes_no_part_in_a_trial_can_be_taken_out_meanwhile(visitor, folder, gate):
    visitor.see_plan_of(folder)
    visitor.folder_page.actions_.try_three.trigger()
    visitor.wait_until(lambda: gate.reached.acquire(blocking=False))
    for row in {row.item.number for row in visitor.rows} - {row.item.number for row in visitor.conversion.run.rows}:
        name = visitor.conversion.rows.numbered(row).name
        visitor.conversion.remove([visitor.conversion.rows.numbered(row)])
        assert name not in visitor.states
    gate.open()
    visitor.wait_for_end()
    assert len(visitor.rows) == 3
    assert not folder_request.path().exists()


@pytest.mark.slow
def test_when_the_output_is_gone_it_waits_with_a_sentence_and_goes_on_by_itself(
    visitor, folder, gate, tmp_path, monkeypatch
):
    monkeypatch.setattr(queue, "LOOK_EVERY_S", 0.05)
    monkeypatch.setattr(queue, "LOOK_AT_LEAST_EVERY_S", 0.05)
    output = tmp_path / "Holiday_2x"
    visitor.see_plan_of(folder)
    visitor.push("Start")
    visitor.wait_until(lambda: gate.reached.acquire(blocking=False))
    output.rename(tmp_path / "away")
    gate.open()
    visitor.wait_until(lambda: "is gone" in visitor.notice)
    assert "failed" not in visitor.states.values()
    (tmp_path / "away").rename(output)
    visitor.wait_for_end()
    assert visitor.notice == ""
    assert list(visitor.states.values()).count("done") == 4


@pytest.mark.slow
def test_the_list_is_saved_as_a_table(visitor, folder, tmp_path):
    visitor.see_plan_of(folder)
    visitor.push("Start")
    visitor.wait_for_end()
    visitor.folder_page.actions_.save_list.trigger()
    dialog = visitor.folder_page.findChild(QFileDialog)
    dialog.selectFile(str(tmp_path / "list.csv"))
    dialog.accept()
    visitor.wait_until((tmp_path / "list.csv").exists)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["status"] for row in rows] == ["done"] * 4 + ["failed"]
    assert rows[0]["width"] == "80"
    assert rows[4]["error"]


def test_a_double_click_shows_before_and_after_as_they_are_on_the_disk(visitor, folder, tmp_path, qtbot):
    visitor.see_plan_of(folder)
    visitor.push("Start")
    visitor.wait_for_end()
    result = tmp_path / "Holiday_2x" / "1.png"
    white = np.full((60, 80, 3), 255, np.uint8)
    Image.fromarray(white).save(result)
    table = visitor.folder_page.table
    place = table.visualRect(visitor.folder_page.model.index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert visitor.window.page is visitor.page
    visitor.wait_until(lambda: visitor.shown.after is not None)
    assert visitor.shown.source.name == "1.png"
    assert visitor.shown.after.picture.raster.samples.min() == 255
    assert not visitor.shown.has_unsaved_result


@pytest.mark.slow
def test_another_program_at_the_same_folder_is_told_and_nothing_is_lost(visitor, folder, tmp_path):
    from sr_desktop.batch.journal import Journal

    visitor.see_plan_of(folder)
    other = Journal(tmp_path / "Holiday_2x")
    visitor.push("Start")
    visitor.wait_for_end()
    other.close()
    assert "Another sr_desktop" in visitor.notice
    assert visitor.states["1.png"] == "waiting"
