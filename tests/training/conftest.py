"""A folder of small pictures, and runs that are over in a second."""

import cv2
import pytest

from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.spec import RunSpec
from tests.conftest import make_picture


def write_picture(path, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), make_picture(**options)[..., ::-1])


@pytest.fixture
def pictures(tmp_path):
    """A folder with six pictures."""
    folder = tmp_path / "pictures"
    for number in range(6):
        write_picture(folder / f"{number}.png", width=96, height=80, seed=number)
    return folder


@pytest.fixture
def new_run(tmp_path, pictures):
    """Makes a run that is quick, with the options given."""

    def make(name="run", **options):
        quick = {"steps": 40, "patch": 8, "batch": 4, "small": True, "rescale": False, "device": "cpu", "expansion": 8}
        spec = RunSpec(str(pictures), 2, str(tmp_path / f"{name}.safetensors"), **{**quick, **options})
        run = RunFolder(tmp_path / name)
        run.create(spec)
        return run

    return make
