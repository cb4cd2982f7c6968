import sys
import zipfile

import pytest

from sr_desktop import paths
from sr_desktop.doctor import examining, machine
from sr_desktop.library import index
from tests.library.conftest import save_model


def test_the_report_has_every_section(say):
    said = say("doctor", "--json")
    assert said.status == 0
    report = said.answer
    assert list(report) == ["versions", "machine", "devices", "threads", "libraries", "paths", "models", "problems"]
    assert {"sr_desktop", "Python", "torch", "numpy", "OpenCV", "Pillow", "safetensors", "PySide6"} <= set(
        report["versions"]
    )
    assert report["devices"][0]["kind"] == "cpu"
    assert report["paths"]["weights"]["path"] == str(paths.bundled_weights())
    shipped = {path.stem for path in paths.bundled_weights().glob("*.safetensors")}
    assert set(report["models"].pop("bundled")) == shipped
    assert report["models"] == {"own": []}
    assert report["problems"] == []


def test_a_person_gets_lines(say):
    save_model(paths.user_weights() / "mine.safetensors")
    out = say("doctor").out
    assert "\nPaths\n" in out
    assert "(not there yet)" in out
    assert f"  {'own':16} mine\n" in out
    assert out.endswith("No problems found.\n")


def test_what_is_broken_is_reported(say, bundled, user_dirs):
    save_model(bundled / "fsrcnn-x2.safetensors", 2, seed=9)
    (bundled / "fsrcnn-x4.safetensors").unlink()
    paths.user_weights().mkdir(parents=True)
    (paths.user_weights() / "bad.safetensors").write_bytes(b"bad")
    (user_dirs / "cache").write_text("a file where a folder should be")
    said = say("doctor")
    problems = said.out.split("Problems\n")[1]
    assert said.status == 0
    assert "fsrcnn-x2.safetensors is not the file that came with the program" in problems
    assert "There is no bundled model for 4x." in problems
    assert "bad.safetensors is not a safetensors file" in problems
    assert f"{paths.cache()} can't be written to" in problems


def test_a_library_that_does_not_load_is_reported_and_the_rest_goes_on(say, monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.delitem(sys.modules, "sr_desktop.engine.devices")
    report = say("doctor", "--json").answer
    assert any(problem.startswith("torch can't be loaded") for problem in report["problems"])
    assert report["threads"] == {}
    assert report["models"]["bundled"]


@pytest.mark.parametrize("section", list(examining.SECTIONS))
def test_no_section_can_bring_the_doctor_down(say, monkeypatch, section):
    def broken(problems):
        raise OSError("out of order")

    monkeypatch.setitem(examining.SECTIONS, section, broken)
    said = say("doctor", "--json")
    assert said.status == 0
    assert f"{section}: OSError: out of order" in said.answer["problems"]
    assert say("doctor").status == 0


def test_missing_shipped_files_are_reported(say, bundled, monkeypatch, tmp_path):
    (bundled / index.INDEX_NAME).unlink()
    monkeypatch.setattr(paths, "resources", lambda: tmp_path / "gone")
    problems = say("doctor", "--json").answer["problems"]
    assert any("list of bundled models can't be read" in problem for problem in problems)
    assert any("gone, which came with the program, is missing" in problem for problem in problems)


def test_the_machine_is_described():
    found = machine.describe()
    assert found["cpu"]
    assert int(found["cores"]) >= 1


def test_everything_is_saved_as_one_file_to_send(say, tmp_path):
    said = say("doctor", "--save", str(tmp_path / "report.zip"))
    assert said.status == 0
    assert "Nothing is sent" in said.err
    with zipfile.ZipFile(tmp_path / "report.zip") as archive:
        assert archive.read("doctor.txt").decode().splitlines()[0] == "Versions"
