import json

import pytest

from sr_desktop import paths
from sr_desktop.errors import ModelError
from sr_desktop.library import index


def test_what_was_indexed_passes_the_check(bundled):
    for path in bundled.glob("*.safetensors"):
        index.check(path)


def test_one_changed_byte_is_noticed(bundled):
    path = bundled / "fsrcnn-x2.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(ModelError, match="damaged or changed"):
        index.check(path)


def test_a_file_that_is_not_in_the_index_is_named(bundled):
    stranger = bundled / "stranger.safetensors"
    stranger.write_bytes(b"")
    with pytest.raises(ModelError, match=r"stranger\.safetensors is not one of the models"):
        index.check(stranger)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": {"a": {}}}', '{"files": [1]}', '{"files": {"a": 3}}'])
def test_a_broken_index_is_said(bundled, text):
    (bundled / index.INDEX_NAME).write_text(text)
    with pytest.raises(ModelError, match="list of bundled models is damaged"):
        index.check(bundled / "fsrcnn-x2.safetensors")


def test_a_missing_index_and_a_missing_file_are_said(bundled):
    (bundled / index.INDEX_NAME).unlink()
    with pytest.raises(ModelError, match="can't be read"):
        index.read(bundled)
    with pytest.raises(ModelError, match="can't be read"):
        index.fingerprint(bundled / "gone.safetensors")


def test_every_bundled_file_is_the_one_in_the_index():
    folder = paths.bundled_weights()
    found = sorted(folder.glob("*.safetensors"))
    for path in found:
        index.check(path)
    if found:
        listed = json.loads((folder / index.INDEX_NAME).read_text())["files"]
        assert sorted(listed) == [path.name for path in found]
