import pytest

from sr_desktop import paths
from sr_desktop.library import catalogue
from sr_desktop.progress import run
from sr_desktop.services.models import speed as model_speed
from tests.library.conftest import bundled as bundled
from tests.library.conftest import pristine as pristine


def test_what_was_measured_is_remembered_by_checksum(bundled):
    entry = catalogue.find("fsrcnn-x2")
    assert model_speed.known() == {}
    speed = run(model_speed.measure(entry, "cpu"))
    assert speed.megapixels_per_s > 0
    assert model_speed.known() == {entry.sha256: speed}


@pytest.mark.parametrize("content", ["", "[]", '{"a": 1}', '{"a": {"device": "CPU"}}'])
def test_a_broken_memory_is_an_empty_one(bundled, content):
    paths.cache().mkdir(parents=True)
    (paths.cache() / model_speed.NAME).write_text(content)
    assert model_speed.known() == {}
