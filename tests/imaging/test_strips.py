import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFile

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging.colour import SampleRange
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.reading import in_process, png_strips, reader, tiff_layout
from sr_desktop.imaging.reading.helper_client import Helper
from sr_desktop.imaging.strips import outlined, recut, whole
from sr_desktop.imaging.writing.writer import write_strips
from tests.imaging.test_depths import tiff


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


def test_parts_of_one_array_are_not_copied_unless_they_are_elsewhere_in_it(picture) -> None:
    samples = picture(width=20, height=17)
    outline = outlined(Raster(samples), height=17, width=20)
    assert whole(iter([samples[:5], samples[5:]]), outline) is samples
    before, turned = samples.copy(), samples[::-1]
    made = whole(iter([turned[:5], turned[5:]]), outline)
    np.testing.assert_array_equal(made, before[::-1])
    np.testing.assert_array_equal(samples, before)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg", ".bmp", ".webp"])
def test_a_file_is_the_same_however_its_rows_come(tmp_path: Path, picture, suffix: str) -> None:
    raster = Raster(picture(width=900, height=301))
    for name, cuts in (("whole", []), ("strips", [1, 2, 150, 151, 300])):
        strips = iter(np.split(raster.samples, cuts))
        write_strips(outlined(raster, height=301, width=900), strips, tmp_path / f"{name}{suffix}")
    assert (tmp_path / f"strips{suffix}").read_bytes() == (tmp_path / f"whole{suffix}").read_bytes()


def read_all_in_strips() -> None:
    """Let the helper process take any file for a large one."""
    tiff_layout.STRIPS_FROM_PIXELS = 0
    tiff_layout._SHORT_STRIP_BYTES = 7 * 41 * 12
    png_strips.strip_rows = lambda header: 7


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
    monkeypatch.setattr(reader, "HELPER", helper)
    monkeypatch.setattr(reader, "STRIPS_FROM_PIXELS", 0)
    image = Image.fromarray(picture(width=101, height=75)).convert(mode)
    image.save(tmp_path / "picture.tif", dpi=(300, 300), **OPTIONS[name])
    strips = reader.read_strips(tmp_path / "picture.tif")
    assert (strips.outline.height, strips.outline.width) == (75, 101)
    assert strips.outline.metadata.density == (300, 300)
    parts = list(strips.strips)
    assert len(parts) > 1 or name != "short-strips"
    np.testing.assert_array_equal(np.concatenate(parts).squeeze(), np.asarray(image))


@pytest.fixture
def in_strips(helper: Helper, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "HELPER", helper)
    monkeypatch.setattr(reader, "STRIPS_FROM_PIXELS", 0)


def png(stored: np.ndarray, filters: list[int], clear: bytes = b"") -> bytes:
    """A PNG file of 8 or 16 bits whose rows have these filters in turn, made by the book."""
    height, width, channels = stored.shape
    rows = stored.astype(stored.dtype.newbyteorder(">")).view(np.uint8).reshape(height, -1).astype(int)
    pixel = channels * stored.dtype.itemsize
    raw = bytearray()
    for number, row in enumerate(rows):
        up = rows[number - 1] if number else np.zeros_like(row)
        left, corner = (np.concatenate([np.zeros(pixel, int), line[:-pixel]]) for line in (row, up))
        guess = left + up - corner
        far = np.abs([guess - left, guess - up, guess - corner])
        paeth = np.choose(far.argmin(axis=0), [left, up, corner])
        kind = filters[number % len(filters)]
        predicted = [np.zeros_like(row), left, up, (left + up) // 2, paeth][kind]
        raw += bytes([kind]) + ((row - predicted) % 256).astype(np.uint8).tobytes()
    packed = zlib.compress(raw)
    head = struct.pack(
        ">IIBBBBB", width, height, stored.dtype.itemsize * 8, {1: 0, 2: 4, 3: 2, 4: 6}[channels], 0, 0, 0
    )
    chunks = [(b"IHDR", head), *([(b"tRNS", clear)] if clear else [])]
    chunks += [(b"IDAT", packed[start : start + 999]) for start in range(0, len(packed), 999)] + [(b"IDAT", b"")]
    content = b"\x89PNG\r\n\x1a\n"
    for kind, data in [*chunks, (b"IEND", b"")]:
        content += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    return content


@pytest.mark.usefixtures("in_strips")
@pytest.mark.parametrize("filters", [[0], [1], [2], [3], [4], [4, 0, 3, 1, 2]])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_a_png_file_in_strips_has_the_samples_that_were_written(
    tmp_path: Path, channels: int, dtype: type, filters: list[int]
) -> None:
    full = np.iinfo(dtype).max
    stored = np.random.default_rng(channels).integers(0, full, (75, 41, channels), dtype, endpoint=True)
    stored[20:40] = np.linspace(0, full, 41)[:, None]
    (tmp_path / "picture.png").write_bytes(png(stored, filters))
    strips = reader.read_strips(tmp_path / "picture.png")
    assert (strips.outline.height, strips.outline.width, strips.outline.format) == (75, 41, "PNG")
    parts = list(strips.strips)
    assert len(parts) == 11
    np.testing.assert_array_equal(np.concatenate(parts), stored)
    np.testing.assert_array_equal(reader.read(tmp_path / "picture.png").samples, stored)  # and by another library


@pytest.mark.usefixtures("in_strips")
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("channels", [1, 3])
def test_a_colour_declared_transparent_is_so_in_strips(tmp_path: Path, channels: int, dtype: type) -> None:
    stored = np.random.default_rng(1).integers(0, 3, (75, 41, channels), dtype)
    (tmp_path / "picture.png").write_bytes(png(stored, [1], clear=bytes([0, 1] * channels)))
    parts = list(reader.read_strips(tmp_path / "picture.png").strips)
    expected = reader.read(tmp_path / "picture.png").samples
    assert set(np.unique(expected[:, :, -1])) == {0, np.iinfo(dtype).max}
    np.testing.assert_array_equal(np.concatenate(parts), expected)


@pytest.mark.parametrize("behind", [False, True])
def test_texts_are_found_without_decoding_samples(
    tmp_path: Path, picture, monkeypatch: pytest.MonkeyPatch, behind: bool
) -> None:
    content = png(picture(width=41, height=75), [0])
    texts = b""
    for kind, data in (
        (b"tEXt", b"Author\0J. M\xfcller"),
        (b"zTXt", b"Title\0\0" + zlib.compress(b"Lake")),
        (b"iTXt", b"Place\0\1\0de\0Ort\0" + zlib.compress("東京".encode())),
        (b"iTXt", b"Broken\0\1"),
    ):
        texts += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    place = -12 if behind else 33
    (tmp_path / "picture.png").write_bytes(content[:place] + texts + content[place:])
    monkeypatch.setattr(ImageFile.ImageFile, "load", None)  # Pillow's way to the texts behind the samples
    raster = in_process.read_here(tmp_path / "picture.png", strip=0)
    assert raster.metadata.text == (("Author", "J. Müller"), ("Title", "Lake"), ("Place", "東京"))


@pytest.mark.usefixtures("in_strips")
def test_strips_of_two_readers_and_of_a_new_process_are_the_right_ones(tmp_path: Path, helper: Helper, picture) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(png(picture(width=41, height=75), [4]))
    first, second = reader.read_strips(path), reader.read_strips(path)
    one, other = next(first.strips), next(second.strips)
    np.testing.assert_array_equal(one, other)
    np.testing.assert_array_equal(next(first.strips), next(second.strips))
    helper.stop()
    np.testing.assert_array_equal(np.concatenate(list(first.strips)), picture(width=41, height=75)[14:])


@pytest.mark.usefixtures("in_strips")
@pytest.mark.parametrize(
    ("suffix", "harm", "sentence"),
    [
        (".png", lambda path: path.unlink(), "no such file"),
        (".tif", lambda path: path.unlink(), "no such file"),
        (".png", lambda path: Image.new("RGB", (41, 20)).save(path), "another file|damaged"),
        (".tif", lambda path: Image.new("RGB", (40, 75)).save(path, **OPTIONS["short-strips"]), "another file"),
    ],
)
def test_a_file_that_goes_or_changes_while_it_is_read_is_a_sentence(
    tmp_path: Path, picture, suffix: str, harm: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / f"picture{suffix}"
    Image.fromarray(picture(width=101, height=75)).save(path, **(OPTIONS["short-strips"] if suffix == ".tif" else {}))
    strips = reader.read_strips(path)
    next(strips.strips)
    harm(path)
    with pytest.raises(UnreadableImageError, match=sentence):
        list(strips.strips)


@pytest.mark.usefixtures("in_strips")
@pytest.mark.parametrize("rows", [20, 75])
def test_samples_that_end_too_early_are_said_when_they_come(tmp_path: Path, picture, rows: int) -> None:
    content = png(picture(width=41, height=rows), [2])
    head = struct.pack(">II", 41, 76) + content[24:29]
    (tmp_path / "picture.png").write_bytes(
        content[:16] + head + struct.pack(">I", zlib.crc32(b"IHDR" + head)) + content[33:]
    )
    with pytest.raises(UnreadableImageError, match="too early"):
        list(reader.read_strips(tmp_path / "picture.png").strips)


@pytest.mark.usefixtures("in_strips")
@pytest.mark.parametrize("where", [0, 1, 5])
def test_a_wrong_checksum_of_samples_is_said_in_strips_and_as_a_whole(tmp_path: Path, picture, where: int) -> None:
    parts = png(picture(width=41, height=75), [2]).split(b"IDAT")
    assert len(parts) > where + 2
    parts[where + 1] = parts[where + 1][:-5] + bytes([parts[where + 1][-5] ^ 1]) + parts[where + 1][-4:]
    (tmp_path / "picture.png").write_bytes(b"IDAT".join(parts))
    for read in (lambda path: list(reader.read_strips(path).strips), reader.read):
        with pytest.raises(UnreadableImageError, match="damaged"):
            read(tmp_path / "picture.png")


@pytest.mark.usefixtures("in_strips")
@pytest.mark.parametrize("special", [[], [np.nan, np.inf, -np.inf]])
@pytest.mark.parametrize("layout", [{"rows": 7}, {"rows": 100}, {"tile": 16}, {"planar": True}])
def test_floats_in_strips_are_those_of_the_whole(tmp_path: Path, special: list[float], layout: dict[str, Any]) -> None:
    samples = np.random.default_rng(2).normal(0.5, 2, (75, 41, 3)).astype(np.float32)
    samples[50, 3, : len(special)] = special
    (tmp_path / "picture.tif").write_bytes(tiff(samples, sample_format=3, **layout))
    strips = reader.read_strips(tmp_path / "picture.tif")
    whole_picture = reader.read(tmp_path / "picture.tif")
    assert strips.outline.changes == whole_picture.changes
    assert strips.range == SampleRange.of(whole_picture)
    parts = list(strips.strips)
    assert len(parts) > 1
    np.testing.assert_array_equal(np.concatenate(parts), whole_picture.samples)
    if not special:
        np.testing.assert_array_equal(whole_picture.samples, samples)


def test_a_strip_that_is_damaged_is_a_sentence_when_it_comes(
    tmp_path: Path, helper: Helper, monkeypatch: pytest.MonkeyPatch, picture
) -> None:
    monkeypatch.setattr(reader, "HELPER", helper)
    monkeypatch.setattr(reader, "STRIPS_FROM_PIXELS", 0)
    path = tmp_path / "picture.tif"
    Image.fromarray(picture(width=101, height=75)).save(path, **OPTIONS["short-strips"])
    with Image.open(path) as image:
        offset = image.tag_v2[273][5]
    data = bytearray(path.read_bytes())
    data[offset : offset + 40] = bytes(40)
    path.write_bytes(data)
    strips = reader.read_strips(path)
    with pytest.raises(UnreadableImageError, match="damaged"):
        list(strips.strips)
