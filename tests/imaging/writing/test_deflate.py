import threading
import zlib
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from sr_desktop.imaging.writing import deflate


def squares(cores):
    """Return 40 squares and the threads that made them, from a thread that may use so many cores."""
    threads = set()

    def work(number):
        threads.add(threading.get_ident())
        return number**2

    def run():
        deflate.use_cores(cores)
        return list(deflate.in_order(work, range(40))), threading.get_ident()

    with ThreadPoolExecutor(1) as pool:  # so that nothing is left behind in the thread of the tests
        made, own = pool.submit(run).result()
    return made, threads, own


def test_a_thread_with_one_core_compresses_by_itself():
    made, threads, own = squares(1)
    assert made == [number**2 for number in range(40)]
    assert threads == {own}


def test_a_thread_with_more_cores_lets_others_work_and_keeps_the_order():
    made, threads, own = squares(3)
    assert made == [number**2 for number in range(40)]
    assert own not in threads


@pytest.mark.parametrize("flat", [(False, False), (True, True), (False, True), (True, False)])
def test_blocks_of_photographs_and_of_drawings_follow_each_other_in_one_stream(flat):
    random = np.random.default_rng(0)
    blocks = [
        np.where(random.random(70_000) < (0.1 if each else 1), random.integers(0, 256, 70_000), 0) for each in flat
    ]
    blocks = [block.astype(np.uint8) for block in blocks]
    stream = deflate.compressed(blocks[0], last=False) + deflate.compressed(blocks[1], last=True)
    together = np.concatenate(blocks)
    assert zlib.decompress(stream, -15) == together.tobytes()
    checksum = deflate.joined_adler32(*(zlib.adler32(block.data) for block in blocks), blocks[1].size)
    assert checksum == zlib.adler32(together.data)


@pytest.mark.parametrize("share", [0.1, 1])
def test_a_block_alone_is_what_zlib_expects(share):
    random = np.random.default_rng(1)
    block = np.where(random.random(9_000) < share, random.integers(0, 256, 9_000), 0).astype(np.uint8)
    assert zlib.decompress(deflate.compressed(block, last=True, wrapped=True)) == block.tobytes()
