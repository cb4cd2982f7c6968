"""Where the shared pictures are, for tests that need them; the others make their own."""

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path:
    default = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("SR_DESKTOP_DATA", default))
    if not folder.is_dir():
        pytest.skip(f"the shared pictures are not at {folder}; set SR_DESKTOP_DATA to where they are")
    return folder
