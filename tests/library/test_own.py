import pytest

from sr_desktop import paths
from sr_desktop.errors import ModelError
from sr_desktop.library import catalogue, own
from tests.library.conftest import save_model


def test_an_added_model_is_in_the_catalogue_under_its_name(bundled, tmp_path):
    source = save_model(tmp_path / "some file.safetensors", 3)
    assert own.add(source, "holiday-x3").parent == paths.user_weights()
    assert catalogue.find("holiday-x3").scale == 3
    own.add(source)
    assert catalogue.find("some file").sha256 == catalogue.find("holiday-x3").sha256


@pytest.mark.parametrize("name", ["fsrcnn-x2", "FSRCNN-X2", "mine", "Mine"])
def test_a_taken_name_is_refused_and_a_free_one_offered(bundled, tmp_path, name):
    source = save_model(tmp_path / "mine.safetensors")
    own.add(source)
    before = sorted(paths.user_weights().iterdir())
    with pytest.raises(ModelError, match="already") as caught:
        own.add(source, name)
    assert caught.value.hint == f"Another name is free: {name}-2."
    assert sorted(paths.user_weights().iterdir()) == before


@pytest.mark.parametrize("name", ["../out", "a/b", "a\\b", ".hidden", "-x", "ends.", " ", "a" * 80, "new\nline", "ä"])
def test_a_name_that_is_no_file_name_is_refused(bundled, tmp_path, name):
    source = save_model(tmp_path / "mine.safetensors")
    with pytest.raises(ModelError, match="can't be called"):
        own.add(source, name)


def test_a_file_without_a_card_is_not_taken_in(bundled, tmp_path):
    source = tmp_path / "text.safetensors"
    source.write_text("hello")
    with pytest.raises(ModelError, match="not a safetensors file"):
        own.add(source)
    assert not paths.user_weights().exists()


def test_free_names_count_on(bundled, tmp_path):
    source = save_model(tmp_path / "mine.safetensors")
    assert own.free_name("mine") == "mine"
    own.add(source, "mine")
    own.add(source, own.free_name("mine"))
    assert own.free_name("mine") == "mine-3"


def test_an_exported_file_is_the_same_file(bundled, tmp_path):
    entry = catalogue.find("fsrcnn-x2")
    own.export(entry, tmp_path / "copy.safetensors")
    assert catalogue.find(str(tmp_path / "copy.safetensors")).sha256 == entry.sha256
    with pytest.raises(ModelError, match="can't be written"):
        own.export(entry, tmp_path / "no such folder" / "copy.safetensors")


def test_only_the_persons_own_models_can_be_deleted(bundled, tmp_path):
    own.add(save_model(tmp_path / "mine.safetensors"))
    own.delete(catalogue.find("mine"))
    with pytest.raises(ModelError, match="no model called"):
        catalogue.find("mine")
    with pytest.raises(ModelError, match="came with the program"):
        own.delete(catalogue.find("fsrcnn-x2"))
    with pytest.raises(ModelError, match="not in the folder for models"):
        own.delete(catalogue.find(str(tmp_path / "mine.safetensors")))
    assert (tmp_path / "mine.safetensors").exists()


def test_deleting_what_is_gone_already_is_said(bundled, tmp_path):
    own.add(save_model(tmp_path / "mine.safetensors"))
    entry = catalogue.find("mine")
    own.delete(entry)
    with pytest.raises(ModelError, match="can't be deleted"):
        own.delete(entry)


def test_a_folder_that_cannot_be_made_is_said(bundled, tmp_path):
    paths.data().parent.mkdir(parents=True, exist_ok=True)
    paths.data().write_text("a file where the folder should be")
    with pytest.raises(ModelError, match="folder for models can't be made"):
        own.add(save_model(tmp_path / "mine.safetensors"))


def test_an_own_model_gets_another_name(bundled, tmp_path):
    path = own.add(save_model(tmp_path / "mine.safetensors"))
    path = own.rename(path, "holidays")
    assert path == paths.user_weights() / "holidays.safetensors"
    for name in ("Holiday", "holiday", "Holiday"):
        path = own.rename(paths.user_weights() / f"{path.stem}.safetensors", name)
    assert [entry.name for entry in catalogue.catalogue().entries][3:] == ["Holiday"]
    with pytest.raises(ModelError, match="already"):
        own.rename(paths.user_weights() / "Holiday.safetensors", "fsrcnn-x3")
    with pytest.raises(ModelError, match="came with the program"):
        own.rename(bundled / "fsrcnn-x2.safetensors", "better")
