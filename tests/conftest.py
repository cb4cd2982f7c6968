"""What every test gets: a home of its own, no screen, one thread per worker; and pictures made on the spot."""

import os
from collections.abc import Callable
from pathlib import Path

# Both are read once, when Qt and torch load; so they are set before anything is imported that might load them.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ["OMP_NUM_THREADS"] = "1"  # the workers share the cores; torch with all of them in each is slower

import cv2
import numpy as np
import pytest
from hypothesis import settings
from numpy.typing import NDArray

from sr_desktop.paths import HOME_VARIABLE

DATA_VARIABLE = "SR_DESKTOP_DATA"
ROOT = Path(__file__).resolve().parents[1]

settings.register_profile("sr_desktop", deadline=None)  # nothing is timed in a test
settings.load_profile("sr_desktop")

PictureMaker = Callable[..., NDArray[np.uint8]]


@pytest.fixture(autouse=True)
def user_dirs(tmp_path_factory, monkeypatch) -> Path:
    """An empty home for what the program writes about itself; nothing touches the real one."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv(HOME_VARIABLE, str(home))
    return home


@pytest.fixture(scope="session")
def picture() -> PictureMaker:
    """Makes H×W×3 RGB pictures that have what photographs have; the same seed gives the same picture."""
    return make_picture


def make_picture(*, width: int = 48, height: int = 32, seed: int = 0) -> NDArray[np.uint8]:
    """Return a gradient, with edges (straight and round) and texture over it."""
    random = np.random.default_rng(seed)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    down, across = rows / height, columns / width
    left_top, right, bottom, disc = random.uniform(0.1, 0.9, (4, 3))
    canvas = left_top + across[..., None] * (right - left_top) + down[..., None] * (bottom - left_top)
    slope, offset = random.uniform(-1, 1, 2)
    canvas[down - 0.5 > slope * (across - 0.5) + offset / 4] *= 0.5
    middle_row, middle_column, radius = random.uniform(0.2, 0.8), random.uniform(0.2, 0.8), random.uniform(0.1, 0.3)
    canvas[np.hypot(down - middle_row, across - middle_column) < radius] = disc
    waves = 0.06 * np.sin(rows * random.uniform(0.5, 2.5) + columns * random.uniform(0.5, 2.5))
    canvas += waves[..., None] + random.normal(0, 0.01, canvas.shape)
    return np.rint(canvas.clip(0, 1) * 255).astype(np.uint8)


def put_picture(path: Path, *, width: int = 24, height: int = 16, seed: int = 0) -> Path:
    """Write a made-up picture, in the format that the ending says, and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ok, content = cv2.imencode(path.suffix, make_picture(width=width, height=height, seed=seed)[:, :, ::-1])
    assert ok
    path.write_bytes(content.tobytes())
    return path


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with `train` and `eval` pictures; tests that need it skip where it is absent."""
    folder = Path(os.environ.get(DATA_VARIABLE, ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"needs the picture sets: set {DATA_VARIABLE} to the folder that has them")
    return folder
