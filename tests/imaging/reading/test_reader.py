import io
import os
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging.reading.reader import read, read_size


def photo(height: int = 40, width: int = 60, channels: int = 3) -> NDArray[np.uint8]:
    rng = np.random.default_rng(7)
    coarse = rng.integers(0, 256, (height // 8 + 2, width // 8 + 2, channels), dtype=np.uint8)
    return cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR).reshape(height, width, channels)


@pytest.mark.parametrize("suffix", [".png", ".bmp", ".tif", ".webp"])
def test_colour_written_by_opencv_is_read_sample_for_sample(tmp_path: Path, suffix: str) -> None:
    picture = photo()
    path = tmp_path / f"photo{suffix}"
    parameters = [cv2.IMWRITE_WEBP_QUALITY, 101] if suffix == ".webp" else []
    assert cv2.imwrite(str(path), picture[:, :, ::-1], parameters)
    raster = read(path)
    np.testing.assert_array_equal(raster.samples, picture)
    assert raster.changes == ()
    assert read_size(path).format == raster.format


@pytest.mark.parametrize(("suffix", "format_name"), [(".jpg", "JPEG"), (".avif", "AVIF"), (".webp", "WebP")])
def test_lossy_formats_are_read_closely(tmp_path: Path, suffix: str, format_name: str) -> None:
    picture = photo()
    path = tmp_path / f"photo{suffix}"
    assert cv2.imwrite(str(path), picture[:, :, ::-1])
    raster = read(path)
    assert raster.format == format_name
    assert np.abs(raster.samples.astype(int) - picture).mean() < 6


def test_grey_and_alpha_keep_their_channels(tmp_path: Path) -> None:
    for channels, mode in ((1, "L"), (2, "LA"), (4, "RGBA")):
        picture = photo(channels=channels)
        Image.fromarray(picture.squeeze(), mode).save(tmp_path / "picture.png")
        raster = read(tmp_path / "picture.png")
        np.testing.assert_array_equal(raster.samples, picture)
        assert (raster.is_grey, raster.has_alpha) == (channels <= 2, channels in (2, 4))


def test_the_first_frame_of_a_gif_is_read_and_the_others_named(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (5, 4), colour) for colour in ("red", "lime")]
    frames[0].save(tmp_path / "two.gif", save_all=True, append_images=frames[1:])
    raster = read(tmp_path / "two.gif")
    assert raster.samples[0, 0].tolist() == [255, 0, 0]
    assert "animation" in [change.id for change in raster.changes]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_is_applied_and_the_tag_reset(tmp_path: Path, orientation: int) -> None:
    picture = Image.fromarray(photo())
    exif = picture.getexif()
    exif[0x0112] = orientation
    path = tmp_path / "turned.png"
    picture.save(path, exif=exif, dpi=(100, 200))
    raster = read(path)
    # OpenCV turns by its own code
    np.testing.assert_array_equal(raster.samples, cv2.imread(str(path), cv2.IMREAD_COLOR)[:, :, ::-1])
    kept = Image.Exif()
    kept.load(raster.metadata.exif)
    assert kept[0x0112] == 1
    assert (read_size(path).width, read_size(path).height) == (raster.width, raster.height)
    expected = (200, 100) if orientation >= 5 else (100, 200)
    assert raster.metadata.density == pytest.approx(expected, abs=0.1)


def encoded(suffix: str = ".png", size: int = 64) -> bytes:
    noise = np.random.default_rng(5).integers(0, 256, (size, size, 3), dtype=np.uint8)
    return cv2.imencode(suffix, noise)[1].tobytes()


def refusal(path: Path, **options: int) -> UnreadableImageError:
    with pytest.raises(UnreadableImageError) as caught:
        read(path, **options)
    assert caught.value.title.endswith(".")
    assert "\n" not in caught.value.title
    return caught.value


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".webp", ".tif", ".bmp", ".avif"])
@pytest.mark.parametrize("share", [0.9, 0.5, 0.1])
def test_a_file_that_ends_too_early_is_refused(tmp_path: Path, suffix: str, share: float) -> None:
    whole = encoded(suffix)
    path = tmp_path / f"part{suffix}"
    path.write_bytes(whole[: int(len(whole) * share)])
    assert "part" in refusal(path).title


def test_refusals_say_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    (tmp_path / "folder.png").mkdir()
    (tmp_path / "letter.jpg").write_text("Dear all,")
    (tmp_path / "layers.psd").write_bytes(b"8BPS" + bytes(40))
    (tmp_path / "phone.heic").write_bytes(b"\0\0\0\x18ftypheic" + bytes(40))
    (tmp_path / "camera.dng").write_bytes(encoded(".tif"))
    assert "no such file" in refusal(tmp_path / "gone.png").title
    assert "empty" in refusal(tmp_path / "empty.png").title
    assert "folder" in refusal(tmp_path / "folder.png").title
    assert "not a picture" in refusal(tmp_path / "letter.jpg").title
    assert "Photoshop" in refusal(tmp_path / "layers.psd").title
    assert "HEIC" in refusal(tmp_path / "phone.heic").title
    assert "raw" in refusal(tmp_path / "camera.dng").title


def test_a_giant_size_is_refused_from_the_header(tmp_path: Path) -> None:
    header = bytearray(encoded())
    header[16:24] = (40_000).to_bytes(4, "big") * 2
    header[29:33] = zlib.crc32(header[12:29]).to_bytes(4, "big")
    path = tmp_path / "giant.png"
    path.write_bytes(header)
    error = refusal(path)
    assert "40000 × 40000" in error.title
    assert "300 megapixels" in error.title


def test_the_limit_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "small.png"
    path.write_bytes(encoded(size=64))
    assert "limit" in refusal(path, limit_pixels=64 * 64 - 1).title
    assert read(path, limit_pixels=64 * 64).width == 64


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.png")
    assert "ordinary" in refusal(tmp_path / "pipe.png").title


@pytest.mark.skipif(os.name == "nt", reason="needs a privilege on Windows")
def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.png").symlink_to(tmp_path / "b.png")
    (tmp_path / "b.png").symlink_to(tmp_path / "a.png")
    assert "circle" in refusal(tmp_path / "a.png").title


def test_broken_exif_neither_warns_nor_stops(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.fromarray(photo()).save(buffer, "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\x01\x03\0" * 3)
    (tmp_path / "broken.jpg").write_bytes(buffer.getvalue())
    assert read(tmp_path / "broken.jpg").width == 60


def test_a_large_profile_is_kept_and_one_that_never_ends_is_refused(tmp_path: Path) -> None:
    profile = np.random.default_rng(0).bytes(3_000_000)
    Image.new("RGB", (4, 4)).save(tmp_path / "picture.png", icc_profile=profile)
    assert read(tmp_path / "picture.png").metadata.icc == profile
    Image.new("RGB", (4, 4)).save(tmp_path / "picture.png", icc_profile=bytes(100_000_000))
    with pytest.raises(UnreadableImageError):
        read(tmp_path / "picture.png")


def test_a_broken_avif_file_is_not_called_a_film(tmp_path: Path) -> None:
    Image.new("RGB", (64, 48)).save(tmp_path / "picture.avif")
    content = (tmp_path / "picture.avif").read_bytes()
    (tmp_path / "picture.avif").write_bytes(content[:60])
    with pytest.raises(UnreadableImageError, match="is damaged"):
        read(tmp_path / "picture.avif")
