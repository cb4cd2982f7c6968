"""Damaged files, of which what is left is asked for."""

import struct
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.reading.reader import read
from sr_desktop.imaging.writing.writer import write


def picture(dtype: type = np.uint8) -> np.ndarray:
    noise = np.random.default_rng(0).integers(100, 200, (400, 300, 3))
    return (noise * (1 if dtype is np.uint8 else 257)).astype(dtype)


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_the_upper_part_of_a_truncated_file_is_there_and_the_damage_named(tmp_path: Path, suffix: str) -> None:
    whole = cv2.imencode(suffix, picture()[:, :, ::-1])[1].tobytes()
    path = tmp_path / f"cut{suffix}"
    path.write_bytes(whole[: len(whole) * 2 // 3])
    with pytest.raises(UnreadableImageError, match="too early"):
        read(path)
    raster = read(path, salvage=True)
    assert [change.id for change in raster.changes] == ["damage"]
    assert "too early" in raster.changes[0].text
    assert np.abs(raster.samples[:200].astype(int) - picture()[:200]).mean() < 25


def test_a_strip_of_a_deep_tiff_file_that_is_damaged_is_left_blank(tmp_path: Path) -> None:
    path = tmp_path / "cut.tif"
    write(Raster(picture(np.uint16).repeat(2, axis=0)), path)
    content = bytearray(path.read_bytes())
    content[8 + 2000 : 8 + 2200] = bytes(200)
    path.write_bytes(content)
    with pytest.raises(UnreadableImageError, match="damaged"):
        read(path)
    raster = read(path, salvage=True)
    rows_are_blank = (raster.samples == 0).all(axis=(1, 2))
    assert 0 < rows_are_blank.sum() < 800
    np.testing.assert_array_equal(
        raster.samples[~rows_are_blank], picture(np.uint16).repeat(2, axis=0)[~rows_are_blank]
    )
    assert [change.id for change in raster.changes] == ["damage"]


def test_a_wrong_checksum_alone_loses_nothing(tmp_path: Path) -> None:
    content = bytearray(cv2.imencode(".png", picture()[:, :, ::-1])[1].tobytes())
    header = bytes(content[12:29])
    assert struct.unpack(">I", content[29:33]) == (zlib.crc32(header),)
    end = content.index(b"IEND") - 8
    content[end : end + 4] = b"oops"  # the last checksum of the samples
    (tmp_path / "sum.png").write_bytes(content)
    with pytest.raises(UnreadableImageError, match="damaged"):
        read(tmp_path / "sum.png")
    np.testing.assert_array_equal(read(tmp_path / "sum.png", salvage=True).samples, picture())


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_file_whose_data_ends_early_is_read_and_said_to_be_damaged(
    tmp_path: Path, mode: str, progressive: bool
) -> None:
    path = tmp_path / "photo.jpg"
    Image.fromarray(picture()).convert(mode).save(path, quality=90, progressive=progressive)
    whole = path.read_bytes()
    assert "damage" not in [change.id for change in read(path).changes]
    path.write_bytes(whole[: len(whole) // 2] + b"\xff\xd9")  # as if it were all: decoders make the rest grey
    assert "damage" in [change.id for change in read(path).changes]


def test_a_jpeg_file_with_bytes_that_mean_nothing_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    Image.fromarray(picture()).save(path, quality=90)
    expected = read(path)
    path.write_bytes(path.read_bytes()[:-2] + b"film" * 100 + b"\xff\xd9")
    assert read(path).changes == ()
    np.testing.assert_array_equal(read(path).samples, expected.samples)


def test_a_whole_file_is_not_called_damaged(tmp_path: Path) -> None:
    write(Raster(picture()), tmp_path / "whole.png")
    assert read(tmp_path / "whole.png", salvage=True).changes == ()


def test_what_is_no_picture_at_all_is_still_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.png").write_text("Dear all,")
    for name in ("letter.png", "gone.png"):
        with pytest.raises(UnreadableImageError, match=name):
            read(tmp_path / name, salvage=True)
