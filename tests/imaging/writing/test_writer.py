import os
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from sr_desktop.errors import UnwritableImageError, UsageError
from sr_desktop.imaging.formats import FORMATS, WRITABLE, format_of
from sr_desktop.imaging.raster import Metadata, Raster
from sr_desktop.imaging.reading.reader import read
from sr_desktop.imaging.writing import encoders, writer
from sr_desktop.imaging.writing.writer import check_can_write, write

DTYPES = {8: np.uint8, 16: np.uint16, 32: np.float32}


def raster(channels: int = 3, bits: int = 8, height: int = 50, width: int = 70) -> Raster:
    rng = np.random.default_rng(channels)
    ramp = np.linspace(0, 1, width)[None, :, None] * np.linspace(0.5, 1, height)[:, None, None]
    floats = np.clip(ramp + rng.normal(0, 0.02, (height, width, channels)), 0, 1)
    if channels in (2, 4):
        floats[: height // 4, :, -1] = 0
    full = {8: 255, 16: 65535, 32: 1}[bits]
    return Raster((floats * full).astype(DTYPES[bits]))


def by_opencv(path: Path) -> np.ndarray:
    samples = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_UNCHANGED)
    samples = samples.reshape(*samples.shape[:2], -1)
    return samples[:, :, [2, 1, 0, 3][: samples.shape[2]]] if samples.shape[2] >= 3 else samples


NOBODY_READS_GREY_WITH_ALPHA = {("BMP", 8), ("TIFF", 16), ("TIFF", 32)}
LOSSLESS = [
    (item.suffixes[0], bits, channels)
    for item in FORMATS
    for bits in item.depths
    for channels in (1, 2, 3, 4)
    if not item.lossy and not (channels == 2 and (item.name, bits) in NOBODY_READS_GREY_WITH_ALPHA)
]


@pytest.mark.parametrize(("suffix", "bits", "channels"), LOSSLESS)
def test_another_library_reads_every_sample_that_was_written(
    tmp_path: Path, suffix: str, bits: int, channels: int
) -> None:
    picture = raster(channels, bits, height=300, width=900)  # several blocks and strips
    path = tmp_path / f"picture{suffix}"
    outcome = write(picture, path)
    if suffix == ".tif" and bits == 8:  # OpenCV multiplies 8-bit colour with alpha there
        with Image.open(path) as image:
            samples = np.asarray(image).reshape(picture.samples.shape)
    else:
        samples = by_opencv(path)
        samples = samples[:, :, [0, 3]] if channels == 2 else samples
    np.testing.assert_array_equal(samples, picture.samples)
    assert outcome.changed == ()
    assert ("alpha" in outcome.kept, "grey" in outcome.kept) == (channels in (2, 4), channels <= 2)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("format_name", ["JPEG", "WebP", "AVIF"])
def test_lossy_formats_are_close_and_name_what_they_drop(tmp_path: Path, format_name: str) -> None:
    picture = raster(4, 16)
    path = tmp_path / "picture"
    outcome = write(picture, path, format=format_name)
    ids = [change.id for change in outcome.changed]
    assert ids == (["depth", "alpha"] if format_name == "JPEG" else ["depth"])
    samples = read(path).samples
    visible = picture.samples[:, :, 3] == 65535
    difference = np.abs(samples[visible][:, :3] - picture.samples[visible][:, :3] / 257)
    assert difference.mean() < 6  # noise, and WebP halves the colour resolution


def test_transparency_becomes_white_in_jpeg(tmp_path: Path) -> None:
    picture = Raster(np.zeros((16, 16, 4), np.uint8))
    write(picture, tmp_path / "clear.jpg")
    assert by_opencv(tmp_path / "clear.jpg").min() == 255


def test_quality_decides_the_size(tmp_path: Path) -> None:
    for suffix in (".jpg", ".webp", ".avif"):
        sizes = []
        for quality in (20, 95):
            path = tmp_path / f"{quality}{suffix}"
            write(raster(), path, quality=quality)
            sizes.append(path.stat().st_size)
        assert sizes[0] < sizes[1]


def test_webp_of_full_quality_is_lossless(tmp_path: Path) -> None:
    picture = raster(4)
    write(picture, tmp_path / "exact.webp", quality=100)
    np.testing.assert_array_equal(by_opencv(tmp_path / "exact.webp"), picture.samples)


def test_an_existing_file_is_never_touched_unasked(tmp_path: Path) -> None:
    path = tmp_path / "there.png"
    path.write_bytes(b"precious")
    with pytest.raises(UnwritableImageError, match="exists"):
        write(raster(), path)
    assert path.read_bytes() == b"precious"
    write(raster(), path, overwrite=True)
    assert by_opencv(path).shape == (50, 70, 3)
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_appears_meanwhile_is_not_touched_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "race.png"
    encode = writer.encode

    def slow_encode(*arguments: object) -> None:
        encode(*arguments)
        path.write_bytes(b"precious")

    monkeypatch.setattr(writer, "encode", slow_encode)
    with pytest.raises(UnwritableImageError, match="exists"):
        write(raster(), path)
    assert path.read_bytes() == b"precious"
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_without_hard_links_does_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    write(raster(), tmp_path / "fat.png")
    with pytest.raises(UnwritableImageError, match="exists"):
        write(raster(), tmp_path / "fat.png")
    assert by_opencv(tmp_path / "fat.png").shape == (50, 70, 3)


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(28, "No space left on device")])
def test_nothing_is_left_when_encoding_stops(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: BaseException
) -> None:
    def interrupted(file: object, *_: object) -> None:
        file.write(b"half")
        raise stop

    monkeypatch.setattr(writer, "encode", interrupted)
    with pytest.raises((KeyboardInterrupt, UnwritableImageError)) as caught:
        write(raster(), tmp_path / "half.png")
    if not isinstance(caught.value, KeyboardInterrupt):
        assert "disk is full" in caught.value.title
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")
def test_any_name_that_the_disk_takes_will_do(tmp_path: Path) -> None:
    for name in (b"\xff\xfe.png", "🖼️ picture.png".encode(), b"two\nlines.png", b"x" * 251 + b".png"):
        path = tmp_path / os.fsdecode(name)
        write(raster(), path)
        assert read(path).width == 70
        with pytest.raises(UnwritableImageError) as caught:
            write(raster(), path)
        caught.value.title.encode()  # can be printed
        assert "\n" not in caught.value.title


def test_refusals_come_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(UnwritableImageError, match="65500"):
        check_can_write(tmp_path / "wide.jpg", width=70_000, height=2)
    with pytest.raises(UnwritableImageError, match="16383"):
        check_can_write(tmp_path / "wide.webp", width=2, height=20_000)
    with pytest.raises(UnwritableImageError, match="read but not written"):
        check_can_write(tmp_path / "moving.gif", width=2, height=2)
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(UnwritableImageError, match="folder"):
        check_can_write(tmp_path / "folder.png", width=2, height=2)
    for name in ("picture.xyz", "picture"):
        with pytest.raises(UsageError, match=r"\.png"):
            check_can_write(tmp_path / name, width=2, height=2)
    with pytest.raises(UsageError, match="dds"):
        check_can_write(tmp_path / "picture.png", width=2, height=2, format="dds")


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnwritableImageError, match="folder does not exist"):
        write(raster(), tmp_path / "gone" / "picture.png")


@pytest.mark.parametrize("format_name", WRITABLE)
def test_each_format_is_known_by_name_and_by_every_ending(tmp_path: Path, format_name: str) -> None:
    found = check_can_write(tmp_path / "picture", width=1, height=1, format=format_name.lower())
    assert found.name == format_name
    assert all(format_of(Path(f"PICTURE{suffix.upper()}")) is found for suffix in found.suffixes)


@pytest.mark.parametrize("format_name", WRITABLE)
def test_a_single_pixel_can_be_written(tmp_path: Path, format_name: str) -> None:
    path = tmp_path / "dot"
    write(Raster(np.full((1, 1, 3), 128, np.uint8)), path, format=format_name)
    assert np.abs(read(path).samples.astype(int) - 128).max() <= 2


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".bmp"])
def test_pixels_per_inch_are_kept(tmp_path: Path, suffix: str) -> None:
    picture = Raster(raster().samples, Metadata(density=(300.0, 150.0)))
    outcome = write(picture, tmp_path / f"dense{suffix}")
    assert "density" in outcome.kept
    with Image.open(tmp_path / f"dense{suffix}") as image:
        assert image.info["dpi"] == pytest.approx((300, 150), abs=0.05)


def test_transparency_in_bmp_is_seen_by_others(tmp_path: Path) -> None:
    picture = raster(4)
    write(picture, tmp_path / "clear.bmp")
    with Image.open(tmp_path / "clear.bmp") as image:
        np.testing.assert_array_equal(np.asarray(image), picture.samples)


def test_what_is_not_written_strip_by_strip_has_an_encoder_for_the_whole() -> None:
    whole = {item.name for item in FORMATS if item.can_write and not item.in_strips}
    assert whole == encoders._WHOLE_ENCODERS.keys()
