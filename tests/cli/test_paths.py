"""Odd places and names: each works, or is refused in a sentence and leaves nothing."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.cli.conftest import files_in, size_of

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux only")


def mounted(folder: Path, options: str) -> Iterator[Path]:
    """Mount a disk in memory for a test; skip where that is not permitted."""
    folder.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"needs to mount a disk: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def small_disk(here) -> Iterator[Path]:
    if sys.platform != "linux":
        pytest.skip("needs a disk in memory, as Linux has")
    yield from mounted(here / "disk", "size=1m")


@pytest.fixture
def read_only_disk(here) -> Iterator[Path]:
    if sys.platform != "linux":
        pytest.skip("needs a disk in memory, as Linux has")
    yield from mounted(here / "disk", "ro")


@pytest.fixture
def noise(here) -> Path:
    """A picture that no encoder makes smaller."""
    samples = np.random.default_rng(0).integers(0, 256, (400, 400, 3), np.uint8)
    cv2.imwrite(str(here / "noise.png"), samples)
    return here / "noise.png"


def error_of(said) -> dict[str, str]:
    assert said.status == 1
    [row] = said.rows
    assert row["status"] == "failed"
    assert "\n" not in row["error"]["title"]
    return row["error"]


@pytest.mark.parametrize("format_name", ["png", "tif", "jpg"])
def test_a_disk_that_fills_in_the_middle_is_a_sentence_and_leaves_nothing(say, small_disk, noise, format_name):
    quality = ["--quality", "100"] if format_name == "jpg" else []
    said = say("upscale", noise.name, "--output", f"disk/large.{format_name}", *quality, "--json")
    error = error_of(said)
    assert error["title"] == f"large.{format_name} can't be written: the disk is full."
    assert "Free some space" in error["hint"]
    assert files_in(small_disk) == []


def test_a_disk_without_room_is_noticed_before_the_work(say, small_disk, photo, monkeypatch):
    photo("wide.png", width=1400, height=800)
    monkeypatch.setattr("sr_desktop.engine.model.Model.__call__", None)  # nothing is computed
    error = error_of(say("upscale", "wide.png", "--output", "disk/large.png", "--json"))
    assert error["title"] == "large.png will take at least 3.4 MB, but its disk has only 1.0 MB free."
    assert files_in(small_disk) == []


def test_a_disk_that_can_only_be_read_is_a_sentence(say, read_only_disk, photo):
    photo("a.png")
    error = error_of(say("upscale", "a.png", "--output", "disk/large.png", "--json"))
    assert error["title"] == "large.png can't be written: the disk can only be read."


@pytest.mark.skipif(os.name == "nt", reason="folders have no such permissions there")
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_can_only_be_read_is_a_sentence(say, here, photo):
    photo("a.png")
    (here / "kept").mkdir(mode=0o500)
    error = error_of(say("upscale", "a.png", "--output", "kept/large.png", "--json"))
    assert error["title"] == "large.png can't be written: you may not write there."


NAMES = {
    "emoji": "🖼️ Ferien.png",
    "newline": "two\nlines.png",
    "250 characters": "x" * 243 + "_2x.png",
    "quotes": 'it\'s a "picture".png',
    "spaces": " a b .png",
    "an option": "--scale.png",
    "a pattern": "[a]*?.png",
    "right to left": "צילום.png",
}


@pytest.mark.skipif(os.name == "nt", reason="such names can't be there")
@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_any_name_does(say, photo, here, name):
    photo("a.png").rename(here / name)
    said = say("upscale", "--json", "--output", "out/", "--", name)
    assert [row["status"] for row in said.rows] == ["done"], said
    assert size_of(here / "out" / name) == (48, 32)
    said = say("upscale", "--", name)
    assert "\n" not in said.err.strip().replace("\r", ""), said.err


@ON_LINUX
def test_bytes_that_are_no_characters_do(say, photo, here):
    name = os.fsdecode(b"caf\xe9.png")
    photo("a.png").rename(here / name)
    said = say("upscale", name, "--json")
    assert [row["status"] for row in said.rows] == ["done"]
    assert files_in(here) == sorted([name, os.fsdecode(b"caf\xe9_2x.png")])


@ON_LINUX
def test_a_name_that_grows_too_long_is_a_sentence(say, photo, here):
    name = "x" * 251 + ".png"
    photo("a.png").rename(here / name)
    error = error_of(say("upscale", name, "--json"))
    assert error["title"].endswith("can't be written: the name is too long for this disk.")
    assert files_in(here) == [name]


@pytest.mark.skipif(os.name == "nt", reason="making links needs a right of its own there")
def test_links_in_a_circle_are_a_sentence(say, here):
    (here / "a.png").symlink_to("b.png")
    (here / "b.png").symlink_to("a.png")
    error = error_of(say("upscale", "a.png", "--json"))
    assert error["title"] == "a.png can't be opened: links in its path lead in a circle."


@pytest.mark.skipif(os.name == "nt", reason="making links needs a right of its own there")
def test_a_folder_that_contains_itself_ends(say, here, photo):
    photo("pictures/a.png")
    (here / "pictures" / "again").symlink_to(".")
    said = say("upscale", "pictures", "--recursive", "--output", "out", "--json")
    assert [row["status"] for row in said.rows] == ["done"]
    assert [name for name in files_in(here / "out") if name.endswith(".png")] == ["a.png"]


@pytest.mark.skipif(os.name == "nt", reason="making links needs a right of its own there")
def test_a_link_in_a_circle_as_output_is_a_sentence(say, here, photo):
    photo("a.png")
    (here / "b").symlink_to("c")
    (here / "c").symlink_to("b")
    error = error_of(say("upscale", "a.png", "--output", "b/large.png", "--json"))
    assert "circle" in error["title"]


@pytest.mark.parametrize("output", ["a.png", "./a.png", "link.png"])
def test_the_output_is_never_the_input(say, here, photo, output):
    content = photo("a.png").read_bytes()
    if output == "link.png":
        if os.name == "nt":
            pytest.skip("making links needs a right of its own there")
        (here / "link.png").symlink_to("a.png")
    for extra in ([], ["--overwrite"]):
        error = error_of(say("upscale", "a.png", "--output", output, *extra, "--json"))
        assert error["title"].endswith("would be the input itself.")
    assert (here / "a.png").read_bytes() == content


def test_a_file_in_the_place_of_a_folder_is_a_sentence(say, here, photo):
    photo("a.png")
    (here / "out").write_text("not a folder")
    error = error_of(say("upscale", "a.png", "--output", "out/large.png", "--json"))
    assert error["title"] == "large.png can't be written: a part of the path is not a folder."
