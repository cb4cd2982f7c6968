"""Samples of TIFF files that Pillow would cut to 8 bits or can't open: 16 bits, floats, grey with alpha, and Lab.

Also 8-bit ones that are so large that they had better be read some rows at a time.

A file is a grid of chunks (strips or tiles), compressed one by one. Plain and deflated ones are decoded here, on all
cores; the others by Pillow's libtiff, which gets each as a small grey picture of bytes, so that it has no say in how
they are meant.
"""

import io
import itertools
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sr_desktop.imaging.reading.tiff_tags import Directory
from sr_desktop.imaging.writing.deflate import in_order

_PLAIN, _LZW, _DEFLATE, _OLD_DEFLATE, _PACKBITS = 1, 5, 8, 32946, 32773
_COMPRESSIONS = {_PLAIN, _LZW, _DEFLATE, _OLD_DEFLATE, _PACKBITS, 34925, 50000, 50001}
_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _CMYK, _LAB = 0, 1, 2, 5, 8
_COLOURS = {_WHITE_IS_ZERO: 1, _BLACK_IS_ZERO: 1, _RGB: 3, _CMYK: 4, _LAB: 3}
_DTYPES = {(16, 1): "u2", (32, 1): "u4", (16, 3): "f2", (32, 3): "f4", (64, 3): "f8", (8, 1): "u1"}
_STRAIGHT_ALPHA = (2,)
"""What one more channel is where the file doesn't say, as OpenCV leaves it."""

_CHUNK_LIMIT_BYTES = 1 << 30

_SHORT_STRIP_BYTES = 1 << 22

STRIPS_FROM_PIXELS = 16_000_000
"""From here on 8-bit files are read here, too. For smaller ones Pillow knows more of what others get wrong."""

_STRIP_LIMIT_BYTES = 1 << 28
"""Of a row of chunks, so that reading strip by strip saves anything; most have a hundredth."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a TIFF file stores its samples.

    Attributes:
        width: Columns.
        height: Rows.
        channels: Samples per pixel, extra ones included.
        dtype: Type of a stored sample in the file's byte order.
        photometric: What the samples mean.
        extra: What the channels beyond the colours mean: 0 anything, 1 alpha that colours were multiplied with, 2 alpha.
        compression: Compression scheme.
        predictor: 1 none, 2 differences of samples, 3 differences of bytes of floats.
        separate: Whether each channel is stored for itself.
        chunk_width: Columns of a chunk.
        chunk_height: Rows of a chunk, the last one may have fewer if the chunks are strips.
        tiled: Whether chunks are tiles, always of full size.
        offsets: Where the chunks are.
        lengths: How many bytes they have.
    """

    width: int
    height: int
    channels: int
    dtype: np.dtype[Any]
    photometric: int
    extra: tuple[int, ...]
    compression: int
    predictor: int
    separate: bool
    chunk_width: int
    chunk_height: int
    tiled: bool
    offsets: tuple[int, ...]
    lengths: tuple[int, ...]

    @property
    def colours(self) -> int:
        """Channels that are colour."""
        return _COLOURS[self.photometric]

    @property
    def strip_rows(self) -> int:
        """Rows of one strip, if the picture can be read in strips; every one begins at a multiple. Otherwise 0."""
        row_bytes = self.width * self.channels * self.dtype.itemsize
        return self.chunk_height if row_bytes * self.chunk_height <= _STRIP_LIMIT_BYTES else 0


def layout_of(directory: Directory, order: str) -> Layout | None:
    """Return the layout of a picture that is to be read here; `None` for one that Pillow reads without loss.

    Raises:
        ValueError: The tags contradict each other.
    """
    bits = _numbers(directory, 258, (1,))
    sample_format = _numbers(directory, 339, (1,))
    photometric = _number(directory, 262, -1)
    compression = _number(directory, 259, _PLAIN)
    name = _DTYPES.get((bits[0], sample_format[0]))
    ours = photometric in _COLOURS and compression in _COMPRESSIONS and _number(directory, 266, 1) == 1
    width, height, channels = _number(directory, 256, 0), _number(directory, 257, 0), _number(directory, 277, 1)
    large = width * height >= STRIPS_FROM_PIXELS and photometric != _CMYK
    deep = bits[0] > 8 or photometric == _LAB
    if name is None or not ours or not (deep or large) or len({*bits}) != 1 or len({*sample_format}) != 1:
        return None
    tiled = 322 in directory
    layout = Layout(
        width=width,
        height=height,
        channels=channels,
        dtype=np.dtype(order + name),
        photometric=photometric,
        extra=_numbers(directory, 338, _STRAIGHT_ALPHA if channels == _COLOURS[photometric] + 1 else ()),
        compression=compression,
        predictor=_number(directory, 317, 1) if compression not in (_PLAIN, _PACKBITS) else 1,
        separate=_number(directory, 284, 1) == 2 and channels > 1,
        chunk_width=_number(directory, 322, 0) if tiled else width,
        chunk_height=_number(directory, 323, 0) if tiled else min(_number(directory, 278, height), height),
        tiled=tiled,
        offsets=_numbers(directory, 324 if tiled else 273, ()),
        lengths=_numbers(directory, 325 if tiled else 279, ()),
    )
    _check(layout)
    return _in_short_strips(layout)


def _in_short_strips(layout: Layout) -> Layout:
    """Return the layout with a single strip that is not compressed taken as many: some programs write it so."""
    planes = layout.channels if layout.separate else 1
    row_bytes = layout.width * (layout.channels // planes) * layout.dtype.itemsize
    rows = max(1, _SHORT_STRIP_BYTES // row_bytes)
    if layout.compression != _PLAIN or layout.tiled or not rows < layout.chunk_height == layout.height:
        return layout
    places = range(0, layout.height * row_bytes, rows * row_bytes)
    each = list(zip(layout.offsets[:planes], layout.lengths[:planes], strict=True))
    offsets = tuple(offset + place for offset, _ in each for place in places)
    lengths = tuple(max(0, min(places.step, length - place)) for _, length in each for place in places)
    return replace(layout, chunk_height=rows, offsets=offsets, lengths=lengths)


def _numbers(directory: Directory, tag: int, missing: tuple[int, ...]) -> tuple[int, ...]:
    found = directory.get(tag)
    return found.whole if found is not None and found.count else missing


def _number(directory: Directory, tag: int, missing: int) -> int:
    return _numbers(directory, tag, (missing,))[0]


def _check(layout: Layout) -> None:
    """Raise ValueError where tags contradict each other."""
    sizes = layout.width, layout.height, layout.chunk_width, layout.chunk_height
    if min(sizes) < 1 or not layout.colours <= layout.channels <= 32 or layout.predictor not in (1, 2, 3):
        raise ValueError("contradicting tags")
    chunk_bytes = layout.chunk_width * layout.chunk_height * layout.channels * layout.dtype.itemsize
    if chunk_bytes > _CHUNK_LIMIT_BYTES and layout.tiled:
        raise ValueError("a tile is too large")
    chunks = _grid_size(layout) * (layout.channels if layout.separate else 1)
    if not chunks <= min(len(layout.offsets), len(layout.lengths)):
        raise ValueError("truncated: chunks are missing")


def _grid_size(layout: Layout) -> int:
    return -(-layout.width // layout.chunk_width) * -(-layout.height // layout.chunk_height)


def stored_samples(file: BinaryIO, layout: Layout, *, lenient: bool = False, strip: int | None = None) -> NDArray[Any]:
    """Return H×W×C samples as stored, in this machine's byte order, all channels included.

    Args:
        file: The file.
        layout: How it stores them.
        lenient: Whether to leave chunks blank that are missing or damaged.
        strip: Which strip is wanted, from 0, if not the whole; see `Layout.strip_rows`.

    Raises:
        ValueError, OSError, zlib.error: The data is broken.
    """
    first = 0 if strip is None else strip * layout.chunk_height
    last = layout.height if strip is None else min(first + layout.chunk_height, layout.height)
    out = np.empty((last - first, layout.width, layout.channels), layout.dtype.newbyteorder("="))
    for place, values in in_order(_blank_if_broken if lenient else _decoded, _chunks(file, layout, first, last)):
        target = out[place]
        target[...] = values[: target.shape[0], : target.shape[1]]
    return out


_Place = tuple[slice, slice, slice]
_Chunk = tuple[bytes, _Place, tuple[int, int, int], Layout]


def _chunks(file: BinaryIO, layout: Layout, first: int, last: int) -> Iterator[_Chunk]:
    """Yield the bytes of each chunk of some rows, where among them it belongs, and its shape."""
    planes = [slice(i, i + 1) for i in range(layout.channels)] if layout.separate else [slice(0, layout.channels)]
    tops = range(0, layout.height, layout.chunk_height)
    lefts = range(0, layout.width, layout.chunk_width)
    places = itertools.product(planes, tops, lefts)
    for (plane, top, left), offset, length in zip(places, layout.offsets, layout.lengths, strict=False):
        if not first <= top < last:
            continue
        rows = slice(top - first, min(top + layout.chunk_height, layout.height) - first)
        columns = slice(left, min(left + layout.chunk_width, layout.width))
        height = layout.chunk_height if layout.tiled else rows.stop - rows.start
        shape = height, layout.chunk_width, plane.stop - plane.start
        file.seek(offset)
        data = file.read(min(length, _CHUNK_LIMIT_BYTES))
        yield data, (rows, columns, plane), shape, layout


def _decoded(chunk: _Chunk) -> tuple[_Place, NDArray[Any]]:
    data, place, shape, layout = chunk
    needed = shape[0] * shape[1] * shape[2] * layout.dtype.itemsize
    row_bytes = needed // shape[0]
    content = _unpacked(data, layout.compression, shape[0], needed, most=row_bytes * layout.chunk_height)
    if len(content) < needed:
        raise ValueError("truncated chunk")
    if layout.predictor == 3:
        return place, _from_byte_planes(np.frombuffer(content, np.uint8, needed), shape, layout.dtype)
    values = np.frombuffer(content, layout.dtype, needed // layout.dtype.itemsize).reshape(shape)
    values = values.astype(layout.dtype.newbyteorder("="), copy=False)
    return place, values.cumsum(axis=1, dtype=values.dtype) if layout.predictor == 2 else values


def _blank_if_broken(chunk: _Chunk) -> tuple[_Place, NDArray[Any]]:
    _, place, shape, layout = chunk
    try:
        return _decoded(chunk)
    except (ValueError, OSError, zlib.error):
        return place, np.zeros(shape, layout.dtype.newbyteorder("="))


def _from_byte_planes(content: NDArray[np.uint8], shape: tuple[int, int, int], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Undo the floating point predictor: in each row first all high bytes, then all next ones, as differences."""
    rows, columns, channels = shape
    bytes_ = content.reshape(rows, columns * dtype.itemsize, channels).cumsum(axis=1, dtype=np.uint8)
    planes = bytes_.reshape(rows, dtype.itemsize, columns * channels).transpose(0, 2, 1)
    return np.ascontiguousarray(planes).view(dtype.newbyteorder(">")).reshape(shape)


def _inflated(data: bytes, most: int) -> bytes:
    """Return deflated bytes; damage shows in a wrong checksum or in more than `most` bytes."""
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(data, most + 1)
    if len(content) > most:
        raise ValueError("damaged chunk")
    return content


def _unpacked(data: bytes, compression: int, rows: int, needed: int, most: int) -> bytes:
    """Return a chunk's bytes decompressed; `most` is what a whole chunk has, since some write the last one whole."""
    if compression == _PLAIN:
        return data
    if compression in (_DEFLATE, _OLD_DEFLATE):
        return _inflated(data, most)
    with Image.open(io.BytesIO(_as_grey_bytes(data, compression, rows, needed)), formats=["TIFF"]) as image:
        return image.tobytes()


def _as_grey_bytes(data: bytes, compression: int, rows: int, needed: int) -> bytes:
    """Return a TIFF file in which `data` is one strip of 8-bit grey."""
    width = needed // rows
    entries = [(256, width), (257, rows), (258, 8), (259, compression), (262, 1), (273, 0), (277, 1), (278, rows)]
    entries.append((279, len(data)))
    start = 8 + 2 + 12 * len(entries) + 4
    directory = b"".join(struct.pack("<HHII", tag, 4, 1, start if tag == 273 else value) for tag, value in entries)
    return struct.pack("<2sHIH", b"II", 42, 8, len(entries)) + directory + bytes(4) + data
