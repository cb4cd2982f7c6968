"""A person at a terminal: a folder to stand in, pictures, models, and what the program says."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from sr_desktop.__main__ import main
from sr_desktop.batch import journal
from tests.conftest import ROOT, put_picture
from tests.library.conftest import bundled as bundled  # fixtures here as well
from tests.library.conftest import pristine as pristine


@dataclass(frozen=True)
class Said:
    """What one run of the program said."""

    status: int
    out: str
    err: str

    @property
    def rows(self):
        """The JSON objects on stdout, one per line; fails when anything else is there."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def answer(self):
        """The one JSON object on stdout."""
        return json.loads(self.out)


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch, bundled) -> Path:
    """The folder in which the person stands."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def say(capsys):
    """Runs the program with these words in this process."""

    def run(*words) -> Said:
        capsys.readouterr()
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Said(status, out, err)

    return run


@pytest.fixture
def photo(here):
    """Puts a picture into the folder and returns its path."""
    return lambda name, **options: put_picture(here / name, **options)


def files_in(folder: Path) -> list[str]:
    """Return all files below a folder, hidden and temporary ones, too, but for the journal of a batch."""
    paths = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
    return sorted(str(path) for path in paths if journal.FOLDER not in path.parts)


def size_of(path: Path) -> tuple[int, int]:
    """Return a picture's width and height."""
    with Image.open(path) as image:
        image.load()
        return image.size


def format_of(path: Path) -> str | None:
    """Return the format of a picture's content, whatever its name."""
    with Image.open(path) as image:
        return image.format


def from_checkout() -> dict[str, str]:
    """Return an environment in which another Python finds this checkout, whatever folder it stands in."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}
