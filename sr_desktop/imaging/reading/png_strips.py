"""PNG files decoded some rows at a time, from the top, so that a large one never is in memory as a whole.

Inflating goes row by row anyway; undoing the filters needs only the row above. Libraries do so for whole files only,
so they get the next rows as a small file of their own, below the last row before: with as many bytes per pixel, so
that the filters are the same, but without a say in how the bytes are meant.
"""

import io
import struct
import zlib
from pathlib import Path
from typing import BinaryIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from sr_desktop.imaging.raster import Samples
from sr_desktop.imaging.reading.png_chunks import Header, with_transparency
from sr_desktop.imaging.writing.png import SIGNATURE, write_chunk

_STRIP_BYTES = 1 << 23
_PIECE_BYTES = 1 << 18

_LIKE = {1: (8, 0), 2: (8, 4), 3: (8, 2), 4: (8, 6), 6: (16, 2), 8: (16, 6)}
"""Bits and colour type of pictures with so many bytes per pixel."""


def strip_rows(header: Header) -> int:
    """Return the rows of one strip if the file can be read in strips, otherwise 0.

    Those of less than 8 bits or with a palette are small as they are stored; those of interlaced ones don't come from the top.
    """
    if header.interlaced or header.palette or header.bits < 8:
        return 0
    return max(1, _STRIP_BYTES // _row_bytes(header))


def _row_bytes(header: Header) -> int:
    return header.width * header.channels * header.bits // 8


class Stream:
    """The strips of a PNG file whose header was checked, one after the other; the file is open only while one is read.

    Args:
        path: The file.
        header: What it says; `strip_rows` of it is not 0.

    Attributes:
        number: Of the strip that comes next, from 0.
    """

    def __init__(self, path: Path, header: Header) -> None:
        self.number = 0
        self._path, self._header = path, header
        self._place, self._left = len(SIGNATURE), 0  # in the file, and of the chunk that it is in
        self._checksum = 0
        self._unpacker = zlib.decompressobj()
        self._above = bytes(_row_bytes(header))

    def next(self) -> Samples:
        """Return the samples of the next strip.

        Raises:
            ValueError: They are damaged.
            OSError: The file can't be read any more.
        """
        header = self._header
        rows = min(strip_rows(header), header.height - self.number * strip_rows(header))
        with self._path.open("rb") as file:
            filtered = self._inflated(file, rows * (1 + _row_bytes(header)))
        stored = self._unfiltered(filtered, rows)
        self._above = stored[-1].tobytes()
        self.number += 1
        samples = stored.reshape(rows, header.width, -1)
        if header.bits == 16:
            return with_transparency(samples.view(">u2").astype(np.uint16), header)
        return with_transparency(samples, header)

    def _inflated(self, file: BinaryIO, size: int) -> bytes:
        content = bytearray()
        file.seek(self._place)
        while len(content) < size:
            piece = self._unpacker.unconsumed_tail or self._piece(file)
            try:
                content += self._unpacker.decompress(piece, size - len(content))
            except zlib.error as error:
                raise ValueError("damaged samples") from error
        return bytes(content)

    def _piece(self, file: BinaryIO) -> bytes:
        """Return the next compressed bytes, not too many."""
        while not self._left:
            length, kind = struct.unpack(">I4s", file.read(8).ljust(8, b"\0"))
            if kind in (b"IEND", bytes(4)):
                raise ValueError("truncated: rows are missing")
            if kind == b"IDAT":
                self._left, self._checksum = length, zlib.crc32(kind)
            if kind != b"IDAT" or not length:
                file.seek(length + 4, io.SEEK_CUR)
        piece = file.read(min(self._left, _PIECE_BYTES))
        if not piece:
            raise ValueError("truncated")
        self._left -= len(piece)
        self._checksum = zlib.crc32(piece, self._checksum)
        if not self._left and file.read(4) != struct.pack(">I", self._checksum):
            raise ValueError("a checksum is wrong")
        self._place = file.tell()
        return piece

    def _unfiltered(self, filtered: bytes, rows: int) -> NDArray[np.uint8]:
        """Return rows as H×N bytes."""
        kinds = np.frombuffer(filtered, np.uint8).reshape(rows, -1)[:, 0]
        if kinds.max() > 4:
            raise ValueError("no such filter")
        if not kinds.any():
            return np.frombuffer(filtered, np.uint8).reshape(rows, -1)[:, 1:].copy()
        bits, colour = _LIKE[self._header.channels * self._header.bits // 8]
        head = struct.pack(">IIBBBBB", self._header.width, rows + 1, bits, colour, 0, 0, 0)
        packed = zlib.compress(b"\0" + self._above + filtered, 0)
        file = io.BytesIO()
        file.write(SIGNATURE)
        for chunk in ((b"IHDR", head), (b"IDAT", packed), (b"IEND", b"")):
            write_chunk(file, *chunk)
        return (_deep if bits == 16 else _shallow)(file, rows + 1)[1:]


def _shallow(file: io.BytesIO, rows: int) -> NDArray[np.uint8]:
    with Image.open(file, formats=["PNG"]) as image:
        return np.asarray(image).reshape(rows, -1)


def _deep(file: io.BytesIO, rows: int) -> NDArray[np.uint8]:
    """Return H×N bytes of a file of 16 bits, whose colour Pillow would cut to 8."""
    decoded = cv2.imdecode(np.frombuffer(file.getbuffer(), np.uint8), cv2.IMREAD_UNCHANGED)
    if decoded is None or decoded.dtype != np.uint16:
        raise ValueError("not decoded")
    order = cv2.COLOR_BGR2RGB if decoded.shape[2] == 3 else cv2.COLOR_BGRA2RGBA
    return cv2.cvtColor(decoded, order).astype(">u2").view(np.uint8).reshape(rows, -1)
