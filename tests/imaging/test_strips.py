from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging import reading, tiff_reading
from sr_desktop.imaging.isolation import Helper
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.strips import outlined, recut, whole
from sr_desktop.imaging.writing import write_strips


@given(heights=st.lists(st.integers(1, 9), min_size=1), rows=st.integers(1, 12))
def test_recut_strips_are_the_same_rows_so_many_at_a_time(heights: list[int], rows: int) -> None:
    picture = np.arange(sum(heights) * 2, dtype=np.uint16).reshape(-1, 2, 1)
    parts = list(recut(np.split(picture, np.cumsum(heights)[:-1]), rows))
    assert [len(part) for part in parts[:-1]] == [rows] * (len(parts) - 1)
    assert 0 < len(parts[-1]) <= rows
    np.testing.assert_array_equal(np.concatenate(parts), picture)


def test_a_whole_is_its_strips(picture) -> None:
    samples = picture(width=20, height=17)
    outline = outlined(Raster(samples), height=17, width=20)
    np.testing.assert_array_equal(whole(iter([samples[:5], samples[5:6], samples[6:]]), outline), samples)
    assert whole(iter([samples]), outline) is samples


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg", ".bmp", ".webp"])
def test_a_file_is_the_same_however_its_rows_come(tmp_path: Path, picture, suffix: str) -> None:
    raster = Raster(picture(width=900, height=301))
    for name, cuts in (("whole", []), ("strips", [1, 2, 150, 151, 300])):
        strips = iter(np.split(raster.samples, cuts))
        write_strips(outlined(raster, height=301, width=900), strips, tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"strips{suffix}").read_bytes() == (tmp_path / f"whole{suffix}").read_bytes()


def read_all_in_strips() -> None:
    """Let the helper process take any TIFF file for a large one."""
    tiff_reading.STRIPS_FROM_PIXELS = 0


@pytest.fixture(scope="module")
def helper() -> Helper:
    helper = Helper(read_all_in_strips)
    yield helper
    helper.stop()


OPTIONS = {
    "plain": {},
    "deflated": {"compression": "tiff_adobe_deflate"},
    "lzw": {"compression": "tiff_lzw"},
    "short-strips": {"compression": "tiff_lzw", "strip_size": 3 * 101 * 7},
}


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
@pytest.mark.parametrize("name", OPTIONS)
def test_a_tiff_file_in_strips_is_what_others_see(
    tmp_path: Path, helper: Helper, monkeypatch: pytest.MonkeyPatch, picture, name: str, mode: str
) -> None:
    monkeypatch.setattr(reading, "HELPER", helper)
    monkeypatch.setattr(reading, "STRIPS_FROM_PIXELS", 0)
    image = Image.fromarray(picture(width=101, height=75)).convert(mode)
    image.save(tmp_path / "picture.tif", dpi=(300, 300), **OPTIONS[name])
    strips = reading.read_strips(tmp_path / "picture.tif")
    assert (strips.outline.height, strips.outline.width) == (75, 101)
    assert strips.outline.metadata.density == (300, 300)
    parts = list(strips.strips)
    assert len(parts) > 1 or name != "short-strips"
    np.testing.assert_array_equal(np.concatenate(parts).squeeze(), np.asarray(image))


def test_a_strip_that_is_damaged_is_a_sentence_when_it_comes(
    tmp_path: Path, helper: Helper, monkeypatch: pytest.MonkeyPatch, picture
) -> None:
    monkeypatch.setattr(reading, "HELPER", helper)
    monkeypatch.setattr(reading, "STRIPS_FROM_PIXELS", 0)
    path = tmp_path / "picture.tif"
    Image.fromarray(picture(width=101, height=75)).save(path, **OPTIONS["short-strips"])
    with Image.open(path) as image:
        offset = image.tag_v2[273][5]
    data = bytearray(path.read_bytes())
    data[offset : offset + 40] = bytes(40)
    path.write_bytes(data)
    strips = reading.read_strips(path)
    with pytest.raises(UnreadableImageError, match="damaged"):
        list(strips.strips)
