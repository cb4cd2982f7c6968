from pathlib import Path

import pytest

from sr_desktop import paths

WRITTEN = (paths.config, paths.data, paths.cache, paths.logs, paths.user_weights, paths.runs)


def test_everything_the_program_writes_is_in_the_home_it_was_given(user_dirs):
    folders = [folder() for folder in WRITTEN]
    assert all(folder.is_relative_to(user_dirs) for folder in folders)
    assert len(set(folders)) == len(folders)


def test_without_one_the_folders_are_the_systems_own_and_carry_the_programs_name(monkeypatch):
    monkeypatch.delenv(paths.HOME_VARIABLE)
    for folder in WRITTEN:
        assert folder().is_absolute()
        assert "sr_desktop" in folder().parts


def test_asking_for_a_folder_does_not_make_it(user_dirs):
    for folder in WRITTEN:
        folder()
    assert list(user_dirs.iterdir()) == []


@pytest.mark.parametrize(("folder", "name"), [(paths.resources, "resources"), (paths.bundled_weights, "weights")])
def test_in_a_checkout_shipped_files_lie_beside_the_package(folder, name):
    assert folder() == Path(__file__).resolve().parents[1] / name
    assert folder().is_dir()


@pytest.mark.parametrize(("folder", "name"), [(paths.resources, "resources"), (paths.bundled_weights, "weights")])
def test_in_an_installed_program_shipped_files_lie_inside_the_package(monkeypatch, tmp_path, folder, name):
    package = tmp_path / "site-packages" / "sr_desktop"
    (package / name).mkdir(parents=True)
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert folder() == package / name


def test_only_a_packaged_program_is_frozen(monkeypatch):
    assert not paths.is_frozen()
    monkeypatch.setattr(paths.sys, "frozen", True, raising=False)
    assert paths.is_frozen()
