from importlib import metadata

from sr_desktop import paths
from sr_desktop.doctor import licences


def test_every_library_comes_with_a_name_and_the_text_of_its_terms():
    works = licences.works()
    assert works[0].name == "sr_desktop"
    assert [work.name for work in works if not (work.files and work.terms and work.version)] == []
    assert all(path.stat().st_size for work in works for path in work.files)


def test_the_packaged_program_has_metadata_and_a_folder_of_texts_for_each_library(monkeypatch, tmp_path):
    for name, terms in (("numpy", "License-Expression: BSD-3-Clause"), ("shiboken6", "License: LGPL")):
        folder = tmp_path / f"{name}-1.2.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.4\nName: {name}\nVersion: 1.2\n{terms}\n")
    (tmp_path / "licences" / "numpy" / "deep").mkdir(parents=True)
    (tmp_path / "licences" / "numpy" / "deep" / "COPYING").write_text("free")
    monkeypatch.setattr(paths, "shipped_licences", lambda: tmp_path / "licences")
    monkeypatch.setattr(metadata, "distributions", lambda: metadata.Distribution.discover(path=[str(tmp_path)]))
    program, numpy, qt = licences.works()
    assert program.name == "sr_desktop"
    assert (numpy.name, numpy.version, numpy.terms) == ("numpy", "1.2", "BSD-3-Clause")
    assert [path.read_text() for path in numpy.files] == ["free"]
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in qt.files[0].read_text()  # which Qt's packages name but don't hold
