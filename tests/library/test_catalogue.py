import hashlib
import os

import pytest

from sr_desktop import paths
from sr_desktop.errors import ModelError
from sr_desktop.library import catalogue, index
from tests.library.conftest import save_model


def test_bundled_models_come_before_the_persons_own(bundled):
    save_model(paths.user_weights() / "a-mine.safetensors", 3)
    found = catalogue.catalogue()
    assert [entry.name for entry in found.entries] == ["fsrcnn-x2", "fsrcnn-x3", "fsrcnn-x4", "a-mine"]
    assert [entry.origin for entry in found.entries] == ["bundled", "bundled", "bundled", "trained"]
    assert found.broken == ()


def test_an_entry_says_what_the_file_is(bundled):
    entry = catalogue.catalogue().named("fsrcnn-x3")
    content = entry.path.read_bytes()
    assert (entry.scale, entry.size_bytes, entry.is_bundled) == (3, len(content), True)
    assert entry.sha256 == hashlib.sha256(content).hexdigest()
    assert entry.card.description == "A small model for tests."


def test_broken_files_are_listed_apart_and_named_with_their_reason(bundled):
    paths.user_weights().mkdir(parents=True)
    (paths.user_weights() / "bad.safetensors").write_bytes(b"not a model")
    found = catalogue.catalogue()
    assert [item.path.name for item in found.broken] == ["bad.safetensors"]
    with pytest.raises(ModelError, match="not a safetensors file"):
        found.named("bad")


def test_a_model_of_ones_own_cannot_hide_a_bundled_one(bundled):
    save_model(paths.user_weights() / "fsrcnn-x2.safetensors", 4)
    found = catalogue.catalogue()
    assert found.named("fsrcnn-x2").is_bundled
    assert "has the name of a bundled model" in found.broken[0].error.title


def test_an_unknown_name_gets_the_nearest_as_a_hint(bundled):
    with pytest.raises(ModelError, match="no model called “fsrcn-x2”") as caught:
        catalogue.find("fsrcn-x2")
    assert caught.value.hint == "Did you mean fsrcnn-x2?"
    with pytest.raises(ModelError) as caught:
        catalogue.find("zzz")
    assert caught.value.hint == "There are fsrcnn-x2, fsrcnn-x3, fsrcnn-x4."


def test_a_model_is_found_by_name_by_path_and_by_file_name(bundled, tmp_path, monkeypatch):
    path = save_model(tmp_path / "sub" / "mine.safetensors", 4)
    (tmp_path / "sub" / "plain").write_bytes(path.read_bytes())
    assert catalogue.find("fsrcnn-x2").scale == 2
    assert catalogue.find(str(path)).scale == 4
    monkeypatch.chdir(path.parent)
    assert catalogue.find("mine.safetensors").name == "mine"
    assert catalogue.find("plain").name == "plain"
    assert catalogue.find(f".{os.sep}plain").scale == 4


def test_a_name_beats_a_file_of_that_name(bundled, tmp_path, monkeypatch):
    (tmp_path / "fsrcnn-x2").write_bytes(b"something else")
    monkeypatch.chdir(tmp_path)
    assert catalogue.find("fsrcnn-x2").is_bundled


def test_a_missing_file_is_said(bundled, tmp_path):
    with pytest.raises(ModelError, match="can't be read"):
        catalogue.find(str(tmp_path / "gone.safetensors"))


def test_a_file_that_claims_to_be_bundled_is_imported_elsewhere(bundled, tmp_path):
    path = save_model(tmp_path / "copy.safetensors", origin="bundled")
    assert catalogue.find(str(path)).origin == "imported"


def test_defaults_are_the_bundled_ones_that_are_there(bundled):
    assert catalogue.bundled(4).name == "fsrcnn-x4"
    (bundled / "fsrcnn-x4.safetensors").unlink()
    assert catalogue.bundled_scales() == (2, 3)
    with pytest.raises(ModelError, match="bundled model fsrcnn-x4 is missing"):
        catalogue.bundled(4)


def test_special_models_stand_behind_the_standard_ones_and_never_in_their_place(bundled):
    for name in (catalogue.photo_name(2), catalogue.small_name(2)):
        save_model(bundled / f"{name}.safetensors", 2)
    index.write(bundled)
    names = [entry.name for entry in catalogue.catalogue().entries]
    assert names == ["fsrcnn-x2", "fsrcnn-x3", "fsrcnn-x4", "fsrcnn-s-x2", "fsrcnn-x2-photo"]
    assert catalogue.bundled(2).name == "fsrcnn-x2"
    assert catalogue.find("fsrcnn-x2-photo").is_bundled


@pytest.mark.parametrize(
    ("name", "scale", "expected"),
    [("fsrcnn-x2-photo", 3, "fsrcnn-x3-photo"), ("fsrcnn-s-x4", 2, "fsrcnn-s-x2"), ("mine-x2", 3, "")],
)
def test_the_same_kind_of_model_is_found_at_another_scale(name, scale, expected):
    assert catalogue.name_at(name, scale) == expected


def test_a_bundled_model_that_was_changed_cannot_be_used(bundled):
    path = bundled / "fsrcnn-x2.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert [item.path for item in catalogue.catalogue().broken] == [path]
    with pytest.raises(ModelError, match="damaged or changed"):
        catalogue.bundled(2)
