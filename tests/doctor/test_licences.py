from sr_desktop import paths
from sr_desktop.doctor import licences


def test_every_library_comes_with_a_name_and_the_text_of_its_terms():
    works = licences.works()
    assert works[0].name == "sr_desktop"
    assert [work.name for work in works if not (work.files and work.terms and work.version)] == []
    assert all(path.stat().st_size for work in works for path in work.files)


def test_the_packaged_program_has_a_folder_of_texts_for_each_library(monkeypatch, tmp_path):
    for name in ("numpy", "not installed here", "shiboken6"):
        (tmp_path / name).mkdir()
    (tmp_path / "numpy" / "LICENSE.txt").write_text("BSD")
    (tmp_path / "not installed here" / "deep").mkdir()
    (tmp_path / "not installed here" / "deep" / "COPYING").write_text("free")
    monkeypatch.setattr(paths, "shipped_licences", lambda: tmp_path)
    by_name = {work.name: work for work in licences.works()}
    assert by_name["numpy"].version
    assert [path.read_text() for path in by_name["not installed here"].files] == ["free"]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in by_name["shiboken6"].files[0].read_text()
