import ctypes
import functools
import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.reading import in_process
from sr_desktop.imaging.reading.helper_client import Helper
from sr_desktop.imaging.reading.open_file import Picture
from sr_desktop.imaging.reading.reader import DEFAULT_LIMIT_PIXELS as LIMIT
from sr_desktop.system import shared_memory


def misbehave() -> None:
    """Make the helper process do to some file names what decoders do to hostile files."""
    decode = in_process.raster_of

    def decode_badly(picture: Picture, strip: int | None = None) -> Raster:
        match picture.path.stem:
            case "crash":
                ctypes.string_at(0)
            case "slow":
                time.sleep(60)
            case "greedy":
                return Raster(np.ones((4_000_000_000, 1, 1), np.uint8))
        return decode(picture, strip)

    in_process.raster_of = decode_badly


@pytest.fixture(scope="module")
def helper() -> Iterator[Helper]:
    helper = Helper(misbehave, header_seconds=2.0)
    yield helper
    helper.stop()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    for name in ("good", "crash", "slow", "greedy"):
        Image.linear_gradient("L").save(tmp_path / f"{name}.png")
    Image.linear_gradient("L").resize((2000, 1000)).convert("RGB").save(tmp_path / "large.png")
    return tmp_path


def refusal(helper: Helper, path: Path) -> str:
    with pytest.raises(UnreadableImageError) as caught:
        helper.raster(path, LIMIT)
    return caught.value.title


def assert_it_goes_on(helper: Helper, pictures: Path) -> None:
    assert helper.raster(pictures / "good.png", LIMIT).samples[-1, 0, 0] == 255


def test_a_decoder_that_really_crashes_costs_one_picture(helper: Helper, pictures: Path) -> None:
    assert refusal(helper, pictures / "crash.png") == "crash.png made its decoder crash."
    assert_it_goes_on(helper, pictures)


def test_a_decoder_that_does_not_come_back_costs_one_picture(helper: Helper, pictures: Path) -> None:
    assert refusal(helper, pictures / "slow.png") == "slow.png takes too long to decode."
    assert_it_goes_on(helper, pictures)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds a process's memory reliably")
def test_a_decoder_that_wants_all_memory_costs_one_picture(helper: Helper, pictures: Path) -> None:
    assert refusal(helper, pictures / "greedy.png") == "There is not enough memory for greedy.png."
    assert_it_goes_on(helper, pictures)


def test_an_interruption_leaves_no_answer_for_the_next_picture(
    helper: Helper, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(helper, "_receive", interrupted)
        with pytest.raises(KeyboardInterrupt):
            helper.raster(pictures / "large.png", LIMIT)
    assert_it_goes_on(helper, pictures)


def test_large_and_small_pictures_come_whole(helper: Helper, pictures: Path) -> None:
    for name in ("large", "good"):
        raster = helper.raster(pictures / f"{name}.png", LIMIT)
        with Image.open(pictures / f"{name}.png") as image:
            np.testing.assert_array_equal(raster.samples.squeeze(), np.asarray(image))
        assert not raster.samples.flags.writeable


def test_no_shared_memory_is_left(helper: Helper, pictures: Path) -> None:
    def names() -> set[Path]:
        folders = "/dev/shm", os.environ.get("TMPDIR", "/tmp")
        return {path for folder in folders for path in Path(folder).glob("sr-desktop-*-" + 16 * "[0-9a-f]")}

    before = names()
    rasters = [helper.raster(pictures / "large.png", LIMIT) for _ in range(3)]
    assert names() <= before
    assert len({raster.samples.ctypes.data for raster in rasters}) == 3


def test_memory_that_does_not_fit_is_refused_not_taken(
    helper: Helper, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(size: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(shared_memory, "create", full)
        assert "not enough memory" in refusal(helper, pictures / "large.png")
    assert_it_goes_on(helper, pictures)


def test_a_refusal_comes_through_as_it_was(helper: Helper, tmp_path: Path) -> None:
    (tmp_path / "empty.png").touch()
    assert refusal(helper, tmp_path / "empty.png") == "empty.png is empty."
    with pytest.raises(UnreadableImageError, match="empty"):
        helper.header(tmp_path / "empty.png", LIMIT)


def test_relative_paths_mean_what_they_mean_here(
    helper: Helper, pictures: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pictures)
    assert helper.header(Path("good.png"), LIMIT).width == 256


def test_a_size_that_no_folder_can_hold_is_refused() -> None:
    with pytest.raises((OSError, MemoryError, ValueError, OverflowError)):
        shared_memory.create(1 << 60)


def note_whether_interrupts_wait(path: Path) -> None:
    path.write_text(str(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, [])))


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="this system can't block signals")
def test_the_process_is_deaf_to_interrupts_from_its_start(pictures: Path) -> None:
    helper = Helper(functools.partial(note_whether_interrupts_wait, pictures / "note"))
    helper.raster(pictures / "good.png", LIMIT)
    helper.stop()
    assert (pictures / "note").read_text() == "True"
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, [])
