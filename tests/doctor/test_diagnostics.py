import json
import zipfile
from pathlib import Path

import pytest

from sr_desktop import faults, paths, settings
from sr_desktop.doctor import diagnostics
from sr_desktop.errors import UserError

REPORT = {"paths": {"models": {"path": "/home/anna/models", "exists": True}}, "problems": ["Something is wrong."]}


@pytest.fixture
def home(monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: Path("/home/anna"))
    paths.logs().mkdir(parents=True)
    faults.log_path("window").write_text("can't read /home/anna/Pictures/a.png of anna, nor /home/annabel/b.png")
    faults.last_crash_path("window").write_text("Fatal Python error: Segmentation fault")
    faults.crash_path("window").touch()
    settings.save(settings.Settings(model="mine"))


def read(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_it_holds_report_settings_logs_and_crashes(home, tmp_path):
    diagnostics.save(tmp_path / "d.zip", REPORT, names_home=False)
    parts = read(tmp_path / "d.zip")
    assert list(parts) == [
        "contents.txt",
        "doctor.txt",
        "doctor.json",
        "settings.toml",
        "logs/window-last-crash.txt",
        "logs/window.log",
    ]
    assert "Something is wrong." in parts["doctor.txt"]
    assert "mine" in parts["settings.toml"]
    assert "nowhere" in parts["contents.txt"]


def test_the_home_folder_is_left_out_unless_asked_for(home, tmp_path):
    diagnostics.save(tmp_path / "d.zip", REPORT, names_home=False)
    parts = read(tmp_path / "d.zip")
    assert parts["logs/window.log"] == "can't read ~/Pictures/a.png of user, nor /home/annabel/b.png"
    assert json.loads(parts["doctor.json"])["paths"]["models"]["path"] == "~/models"
    assert not any("anna/" in text for text in parts.values())
    diagnostics.save(tmp_path / "d.zip", REPORT, names_home=True)
    assert "/home/anna/Pictures" in read(tmp_path / "d.zip")["logs/window.log"]


def test_of_a_long_log_the_end_is_taken(home, tmp_path, monkeypatch):
    monkeypatch.setattr(diagnostics, "LARGEST_PART_BYTES", 5)
    diagnostics.save(tmp_path / "d.zip", REPORT, names_home=True)
    assert read(tmp_path / "d.zip")["logs/window.log"] == "b.png"


def test_a_place_that_can_not_be_written_to_is_said(tmp_path):
    with pytest.raises(UserError, match="can't be written"):
        diagnostics.save(tmp_path / "no such folder" / "d.zip", REPORT, names_home=True)
