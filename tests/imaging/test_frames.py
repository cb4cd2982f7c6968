"""Animations and documents of several pages, frame by frame."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import GifImagePlugin, Image, ImageSequence

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging.raster import Metadata, Raster
from sr_desktop.imaging.reading.helper_client import Helper
from sr_desktop.imaging.reading.in_process import read_here
from sr_desktop.imaging.reading.reader import DEFAULT_LIMIT_PIXELS as LIMIT
from sr_desktop.imaging.reading.reader import read, read_size
from sr_desktop.imaging.writing.writer import write_all

TIMES_MS = [40, 100, 250, 70]


def disc(frame: int, size: int = 48) -> Image.Image:
    """A disc on transparency that wanders."""
    distance = np.hypot(*(np.indices((size, size)) - [[[16]], [[10 + 7 * frame]]]))
    alpha = np.where(distance < 9, 255, 0)
    colour = np.full((size, size, 3), (200, 40 * frame, 90))
    return Image.fromarray(np.dstack([colour, alpha]).astype(np.uint8))


def moving(path: Path) -> None:
    images = [disc(frame) for frame in range(4)]
    options = {"lossless": True} if path.suffix == ".webp" else {}
    if path.suffix == ".gif":
        options["disposal"] = 2
    images[0].save(path, save_all=True, append_images=images[1:], duration=TIMES_MS, loop=3, **options)


def twice(raster: Raster) -> Raster:
    return replace(raster, samples=np.ascontiguousarray(raster.samples.repeat(2, axis=0).repeat(2, axis=1)))


def seen(image: Image.Image) -> np.ndarray:
    """Pixels as they look: colour under full transparency doesn't count."""
    pixels = np.asarray(image.convert("RGBA")).copy()
    pixels[pixels[:, :, 3] == 0] = 0
    return pixels


@pytest.mark.parametrize("suffix", [".gif", ".png", ".webp"])
def test_frames_in_order_are_those_read_alone(tmp_path: Path, suffix: str) -> None:
    moving(tmp_path / f"in{suffix}")
    helper = Helper()
    alone = [helper.raster(tmp_path / f"in{suffix}", LIMIT, frame=number) for number in (3, 2)][::-1]
    helper.stop()
    in_order = [read(tmp_path / f"in{suffix}", frame=number) for number in range(4)][2:]
    for one, other in zip(alone, in_order, strict=True):
        np.testing.assert_array_equal(one.samples, other.samples)
        assert one.metadata == other.metadata


def test_a_long_animation_is_gone_through_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opened for each frame, a file of 10,000 frames had to be gone through 10,000 times."""
    frames = [Image.new("L", (4, 4), number) for number in range(100)]
    frames[0].save(tmp_path / "in.gif", save_all=True, append_images=frames[1:])
    went, seek = [], GifImagePlugin.GifImageFile._seek
    monkeypatch.setattr(
        GifImagePlugin.GifImageFile, "_seek", lambda *args, **options: (went.append(args), seek(*args, **options))[1]
    )
    shades = [int(read_here(tmp_path / "in.gif", frame=number).samples[0, 0, 0]) for number in range(100)]
    assert shades == list(range(100))
    assert len(went) < 500


@pytest.mark.parametrize("target", [".png", ".webp"])
@pytest.mark.parametrize("source", [".gif", ".png", ".webp"])
def test_all_frames_times_and_loops_go_along(tmp_path: Path, source: str, target: str) -> None:
    moving(tmp_path / f"in{source}")
    header = read_size(tmp_path / f"in{source}")
    assert (header.frames, header.moves, header.loops) == (4, True, 3)
    frames = (twice(read(tmp_path / f"in{source}", frame=number)) for number in range(4))
    outcome = write_all(frames, tmp_path / f"out{target}", count=4, loops=header.loops, quality=100)
    assert "animation" in outcome.kept
    assert "animation" not in [change.id for change in outcome.changed]
    with Image.open(tmp_path / f"out{target}") as image:
        assert image.n_frames == 4
        image.load()
        times = [frame.info["duration"] for frame in ImageSequence.Iterator(image) if frame.load()]
        assert times == TIMES_MS
        assert image.info["loop"] == 3
        for number in range(4):
            image.seek(number)
            expected = seen(disc(number).resize((96, 96), Image.Resampling.NEAREST))
            difference = np.abs(seen(image).astype(int) - expected)
            assert difference.max() <= (40 if source == ".gif" else 0)  # a GIF file has a palette


def test_only_what_changes_is_stored_again(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (200, 200, 3), dtype=np.uint8)
    frames = []
    for number in range(5):
        samples = noise.copy()
        samples[10:20, 10 + number : 20 + number] = 0
        frames.append(Raster(samples, Metadata(duration_ms=50)))
    frames.append(frames[-1])  # nothing changes
    write_all(frames, tmp_path / "small.png", count=6)
    assert (tmp_path / "small.png").stat().st_size < 1.3 * noise.size
    with Image.open(tmp_path / "small.png") as image:
        for number, raster in enumerate(frames):
            image.seek(number)
            np.testing.assert_array_equal(np.asarray(image.convert("RGB")), raster.samples)


def test_pages_of_any_size_and_depth_go_along(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    pages = [
        Raster(rng.integers(0, 256, (20, 30, 3), dtype=np.uint8), Metadata(density=(300, 300))),
        Raster(rng.integers(0, 65536, (9, 11, 4)).astype(np.uint16)),
        Raster(rng.random((5, 40, 1), dtype=np.float32)),
    ]
    outcome = write_all(pages, tmp_path / "pages.tif", count=3)
    assert outcome.kept == ("pages",)
    with Image.open(tmp_path / "pages.tif") as image:
        assert image.n_frames == 3
        np.testing.assert_array_equal(np.asarray(image), pages[0].samples)
        assert image.info["dpi"] == (300, 300)
        image.seek(2)
        np.testing.assert_array_equal(np.asarray(image), pages[2].samples[:, :, 0])
    for number, page in enumerate(pages):
        again = read(tmp_path / "pages.tif", frame=number)
        np.testing.assert_array_equal(again.samples, page.samples)
        assert again.changes == ()
    header = read_size(tmp_path / "pages.tif")
    assert (header.frames, header.moves) == (3, False)


def test_the_first_frame_alone_names_the_others(tmp_path: Path) -> None:
    moving(tmp_path / "in.webp")
    (change,) = read(tmp_path / "in.webp").changes
    assert (change.id, change.text) == ("animation", "Only the first of 4 frames is used.")


def test_a_frame_that_is_not_there_is_refused(tmp_path: Path) -> None:
    moving(tmp_path / "in.png")
    with pytest.raises(UnreadableImageError):
        read(tmp_path / "in.png", frame=4)


def test_formats_of_single_pictures_are_not_asked_for_more(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="single"):
        write_all([Raster(np.zeros((2, 2, 1), np.uint8))], tmp_path / "x.jpg", count=1)
