"""Folders of models: one in place of the bundled one, one of the person's."""

import shutil
from pathlib import Path

import pytest

from sr_desktop import paths
from sr_desktop.cards import Card, NetworkShape
from sr_desktop.engine import weights
from sr_desktop.library import index
from tests.engine.conftest import busy_network


def save_model(path: Path, scale: int = 2, *, seed: int = 0, origin: str = "trained") -> Path:
    """Write a small seeded model."""
    shape = NetworkShape(scale, features=8, shrunk=4, mapping=2)
    network = busy_network(shape, seed)
    card = Card(shape, name=path.stem, description="A small model for tests.", origin=origin)
    path.parent.mkdir(parents=True, exist_ok=True)
    weights.save(path, network.state_dict(), card)
    return path


@pytest.fixture(scope="session")
def pristine(tmp_path_factory) -> Path:
    """Bundled models, x2 to x4, that no test may change."""
    folder = tmp_path_factory.mktemp("pristine")
    for scale in (2, 3, 4):
        save_model(folder / f"fsrcnn-x{scale}.safetensors", scale, origin="bundled")
    index.write(folder)
    return folder


@pytest.fixture
def bundled(pristine, tmp_path_factory, monkeypatch) -> Path:
    """A folder of bundled models of the test's own, in place of the real one."""
    folder = tmp_path_factory.mktemp("weights")
    for path in pristine.iterdir():
        shutil.copy(path, folder)
    monkeypatch.setattr(paths, "bundled_weights", lambda: folder)
    return folder
