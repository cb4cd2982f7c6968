"""Help: what a person sees of a fault, what is saved for a report, and the licences."""

import zipfile

import pytest
from PySide6.QtWidgets import QFileDialog

from sr_desktop.services import notices
from sr_desktop.ui.shell.diagnostics_dialog import DiagnosticsDialog
from sr_desktop.ui.shell.licences import Licences


def save_diagnostics(person, path, *, hides=True):
    person.program.actions.save_diagnostics.trigger()
    dialog = person.window.findChild(DiagnosticsDialog)
    dialog.hides_box.setChecked(hides)
    dialog.save_button.click()
    files = dialog.findChild(QFileDialog)
    files.selectFile(str(path))
    files.accept()
    person.wait_until(lambda: person.workspace.notices.latest is not None)
    return person.workspace.notices.latest


def test_a_crash_of_the_last_time_is_told_with_a_button_to_report_it(person):
    person.workspace.notices.add(notices.about_crash("Fatal Python error: Aborted"))
    bar = person.page.notice_bar
    assert "crashed" in bar.notice.title
    assert bar.report_button.isVisible()
    bar.report_button.click()
    dialog = person.window.findChild(DiagnosticsDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_other_messages_have_no_such_button(person):
    person.workspace.notices.refuse("That can't be opened.")
    assert not person.page.notice_bar.report_button.isVisible()


@pytest.mark.slow  # everything is examined
def test_diagnostics_are_saved_where_the_person_says(person, tmp_path):
    path = tmp_path / "report.zip"
    notice = save_diagnostics(person, path)
    assert str(path) in notice.title
    assert "Nothing was sent" in notice.hint
    with zipfile.ZipFile(path) as archive:
        assert "doctor.txt" in archive.namelist()
        assert "~" in archive.read("contents.txt").decode()


def test_the_licences_of_the_program_and_its_libraries_can_be_read(person):
    person.program.actions.licences.trigger()
    dialog = person.window.findChild(Licences)
    names = [dialog.list.item(row).text().split()[0] for row in range(dialog.list.count())]
    assert names[0] == "sr_desktop"
    assert {"torch", "numpy", "PySide6_Essentials", "pillow", "opencv-python-headless"} <= set(names)
    assert "MIT License" in dialog.text.toPlainText()
    dialog.list.setCurrentRow(names.index("numpy"))
    assert "Redistribution and use" in dialog.text.toPlainText()
    dialog.close()
