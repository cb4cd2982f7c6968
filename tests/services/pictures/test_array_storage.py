import errno
import gc
import os
from collections import namedtuple
from pathlib import Path

import numpy as np
import pytest

from sr_desktop import paths
from sr_desktop.errors import UserError
from sr_desktop.services.pictures import array_storage

MAPS = Path("/proc/self/maps")


@pytest.fixture
def small_limit(monkeypatch):
    monkeypatch.setattr(array_storage, "PIXELS_IN_MEMORY", 1000)


def files_in_cache():
    return list(paths.cache().iterdir())


def is_mapped(array):
    """Whether an array's memory belongs to a file, as the system sees it."""
    address = array.__array_interface__["data"][0]
    for line in MAPS.read_text(encoding="ascii").splitlines():
        start, end = (int(part, 16) for part in line.split()[0].split("-"))
        if start <= address < end:
            return str(paths.cache()) in line
    return False


def test_a_small_picture_is_in_memory(small_limit):
    array = array_storage.allocate((20, 50, 3), np.uint8)
    assert array.shape == (20, 50, 3)
    assert not paths.cache().exists()


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.float32])
def test_a_large_picture_is_in_a_file_without_a_name(small_limit, dtype):
    array = array_storage.allocate((40, 50, 3), dtype)
    array[:] = 7
    assert array.dtype == dtype
    assert (array == 7).all()
    assert files_in_cache() == []


@pytest.mark.skipif(not MAPS.exists(), reason="only Linux tells what is mapped")
def test_it_really_is_on_disk_and_goes_with_the_last_array(small_limit):
    array = array_storage.allocate((40, 50, 3), np.uint8)
    part = array[10:20]
    assert is_mapped(part)
    assert not is_mapped(np.zeros((40, 50, 3), np.uint8))


def test_a_disk_that_fills_up_is_a_sentence(small_limit, monkeypatch):
    def full(*arguments):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full, raising=False)
    with pytest.raises(UserError, match="no room"):
        array_storage.allocate((40, 50, 3), np.uint8)
    assert files_in_cache() == []


def test_some_room_is_left_to_others(small_limit, monkeypatch):
    usage = namedtuple("Usage", "free")(free=array_storage.FREE_BYTES_LEFT + 5999)
    monkeypatch.setattr(array_storage.shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(UserError, match="no room"):
        array_storage.allocate((40, 50, 3), np.uint8)


def test_other_failures_of_the_disk_are_not_hidden(small_limit, monkeypatch):
    def broken(*arguments):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "posix_fallocate", broken, raising=False)
    with pytest.raises(OSError, match="Input/output error"):
        array_storage.allocate((40, 50, 3), np.uint8)


def test_many_small_pictures_go_to_disk_once_they_take_too_much_together(monkeypatch):
    gc.collect()
    monkeypatch.setattr(array_storage, "BYTES_IN_MEMORY", array_storage.used_bytes() + 10_000)
    before = array_storage.used_bytes()
    first = array_storage.allocate((40, 50, 3), np.uint8)
    second = array_storage.keep(np.full((40, 50, 1), 9, np.uint8))
    assert array_storage.used_bytes() == before + 8000
    third = array_storage.keep(np.full((40, 50, 3), 7, np.uint8))
    assert array_storage.used_bytes() == before + 8000
    assert (third == 7).all()
    assert (second == 9).all()
    del first
    assert array_storage.used_bytes() == before + 2000


def test_without_fallocate_the_space_is_written(small_limit, monkeypatch):
    monkeypatch.delattr(os, "posix_fallocate", raising=False)
    monkeypatch.setattr(array_storage, "_CHUNK", bytes(1000))
    array = array_storage.allocate((40, 50, 3), np.uint8)
    assert not array.any()
    array[:] = 1
