"""The shared collection of broken and unusual files: each is read or refused in one sentence."""

from pathlib import Path

import pytest

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.reading.reader import read

CERTAINLY_BROKEN = {
    "crashtest__images__empty.jpg",
    "truncated_jpeg.jpg",
    "truncated_image.png",
    "broken.png",
    "decompression_bomb.gif",
    "bmp__b__reallybig.bmp",
    "bad__bmp__Bad_width.bmp",
    "xcsn0g01.png",
}


def read_or_refuse(path: Path) -> Raster | UnreadableImageError:
    try:
        return read(path)
    except UnreadableImageError as error:
        return error


@pytest.mark.slow
def test_every_hostile_file_is_read_or_refused_in_a_sentence(
    shared_data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    files = sorted(path for path in (shared_data / "hostile").glob("*/*") if path.is_file())
    assert len(files) == 147
    refused = {}
    for path in files:
        outcome = read_or_refuse(path)
        if isinstance(outcome, UnreadableImageError):
            refused[path.name] = outcome.title
    assert capfd.readouterr() == ("", "")  # decoders keep what they find to themselves
    assert refused.keys() >= CERTAINLY_BROKEN
    assert len(refused) < 50
    for name, title in refused.items():
        assert name in title
        assert title.endswith(".")
        assert "\n" not in title
