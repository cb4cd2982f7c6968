"""PNG files checked chunk by chunk, and those of 16 bits decoded: Pillow cuts their colour to 8."""

import contextlib
import io
import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

import cv2
import numpy as np
from numpy.typing import NDArray

from sr_desktop.imaging.writing.png import SIGNATURE, Chunk

# What OpenCV would print about broken files comes as an exception of ours.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

COLOUR_CHUNKS = (b"cICP", b"sRGB", b"gAMA", b"cHRM", b"mDCV", b"cLLI")
"""Chunks that say what the samples' colours are; the network leaves encoded values as they are, so they stay true."""

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PALETTE = 3
_SAMPLES = (b"IDAT", b"fdAT")
_SMALL_BYTES = 1 << 16
_PIECE_BYTES = 1 << 20

TEXT_BYTES = 1 << 25
"""Of a profile or text, uncompressed: profiles of printers exceed Pillow's megabyte, after which it refuses the file."""

_Whole = TypeVar("_Whole", np.uint8, np.uint16)


@dataclass(frozen=True, slots=True)
class Header:
    """What a PNG file says before its samples.

    Attributes:
        width: Columns.
        height: Rows.
        bits: Bits per sample.
        channels: Channels, without transparency by colour.
        palette: Whether the samples are numbers of colours.
        interlaced: Whether the samples come in seven passes.
        chunks: Texts, and small chunks other than the samples', in order.
    """

    width: int
    height: int
    bits: int
    channels: int
    palette: bool
    interlaced: bool
    chunks: tuple[Chunk, ...]

    def chunk(self, kind: bytes) -> bytes | None:
        """Return the content of the first chunk of a kind."""
        return next((content for name, content in self.chunks if name == kind), None)


def checked_header(file: BinaryIO, *, lenient: bool = False) -> Header:
    """Return what the file says, once every chunk up to its end is there, and the checksums of small ones are right.

    Samples are skipped, since a header has to be read quickly; see `check_samples`.

    Args:
        file: The file.
        lenient: Whether to make do with the chunks that are.

    Raises:
        ValueError: It is not so.
    """
    chunks: list[Chunk] = []
    try:
        chunks.extend(_checked_chunks(file))  # those before the broken one stay
    except ValueError:
        if not lenient:
            raise
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise ValueError("no header")
    width, height, bits, colour, _, _, interlace = struct.unpack(">IIBBBBB", chunks[0][1])
    return Header(width, height, bits, _CHANNELS[colour], colour == _PALETTE, interlace == 1, tuple(chunks))


def texts(header: Header) -> dict[str, str]:
    """Return the texts of a file by keyword, also those behind its samples; broken ones are left out.

    Pillow has to decode all samples to find those.
    """
    found = {}
    for kind, content in header.chunks:
        if kind in _TEXTS:
            keyword, _, rest = content.partition(b"\0")
            with contextlib.suppress(zlib.error, UnicodeDecodeError, IndexError):
                found[keyword.decode("latin-1")] = _TEXTS[kind](rest)
    return found


def _compressed_text(rest: bytes) -> str:
    return _inflated(rest[1:]).decode("latin-1")


def _international_text(rest: bytes) -> str:
    is_compressed = rest[0] == 1
    text = rest[2:].split(b"\0", 2)[2]  # behind the language and the translated keyword
    return (_inflated(text) if is_compressed else text).decode("utf-8")


def _inflated(content: bytes) -> bytes:
    return zlib.decompressobj().decompress(content, TEXT_BYTES)


_TEXTS: dict[bytes, Callable[[bytes], str]] = {
    b"tEXt": lambda rest: rest.decode("latin-1"),
    b"zTXt": _compressed_text,
    b"iTXt": _international_text,
}


def check_samples(file: BinaryIO) -> None:
    """Raise ValueError if the checksum of any chunk with samples, whose header has been checked, is wrong."""
    for length, kind in _chunks(file):
        if kind in _SAMPLES:
            checksum = zlib.crc32(kind)
            for piece in _pieces(file, length):
                checksum = zlib.crc32(piece, checksum)
            _compare(file, checksum)
        else:
            file.seek(length + 4, io.SEEK_CUR)


def _checked_chunks(file: BinaryIO) -> Iterator[Chunk]:
    """Yield small chunks up to the file's end, and raise ValueError where a chunk is broken."""
    for length, kind in _chunks(file):
        if kind in _SAMPLES:
            file.seek(length, io.SEEK_CUR)
            _exactly(file, 4)
            continue
        small = length <= (TEXT_BYTES if kind in _TEXTS else _SMALL_BYTES)
        checksum, content = zlib.crc32(kind), bytearray()
        for piece in _pieces(file, length):
            checksum = zlib.crc32(piece, checksum)
            content += piece if small else b""
        _compare(file, checksum)
        if small:
            yield kind, bytes(content)


def _chunks(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield length and kind of each chunk; the reader goes through its content and checksum."""
    file.seek(len(SIGNATURE))
    kind = b""
    while kind != b"IEND":
        length, kind = struct.unpack(">I4s", _exactly(file, 8))
        yield length, kind


def _compare(file: BinaryIO, checksum: int) -> None:
    if struct.unpack(">I", _exactly(file, 4)) != (checksum,):
        raise ValueError("a checksum is wrong")


def _exactly(file: BinaryIO, length: int) -> bytes:
    data = file.read(length)
    if len(data) != length:
        raise ValueError("truncated")
    return data


def _pieces(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length:
        piece = _exactly(file, min(length, _PIECE_BYTES))
        length -= len(piece)
        yield piece


def decode_16_bits(data: bytes, header: Header) -> NDArray[np.uint16]:
    """Return the H×W×C samples of a checked 16-bit file, with alpha where a colour is declared transparent.

    Raises:
        ValueError: The samples are damaged.
    """
    _check_stream(data, header)  # libpng prints to the terminal what it finds wrong, so it must find nothing
    decoded = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if decoded is None or decoded.dtype != np.uint16 or decoded.shape[:2] != (header.height, header.width):
        raise ValueError("not decoded")
    stored = decoded.reshape(header.height, header.width, -1)
    order = {1: [0], 2: [0, 3], 3: [2, 1, 0], 4: [2, 1, 0, 3]}[header.channels]
    samples: NDArray[np.uint16] = np.ascontiguousarray(stored[:, :, order])
    return with_transparency(samples, header)


def with_transparency(samples: NDArray[_Whole], header: Header) -> NDArray[_Whole]:
    """Return H×W×C samples of 8 or 16 bits, with alpha where the file declares a colour transparent."""
    clear = header.chunk(b"tRNS")
    if clear is None or len(clear) != 2 * header.channels:
        return samples
    full = np.iinfo(samples.dtype).max
    colour = np.frombuffer(clear, ">u2") & full
    visible = (samples != colour.astype(samples.dtype)).any(axis=2, keepdims=True)
    alpha = (visible * full).astype(samples.dtype)
    return np.concatenate([samples, alpha], axis=2, dtype=samples.dtype)


def _check_stream(data: bytes, header: Header) -> None:
    """Raise ValueError unless all rows are there, each with a filter that exists."""
    unpacker = zlib.decompressobj()
    rows = list(_rows(header))
    starts = np.cumsum([0, *(1 + size for size in rows)])
    content = bytearray()
    done = 0  # rows checked; `content` starts with the next
    for piece in _idat(data):
        try:
            content += unpacker.decompress(piece)
        except zlib.error as error:
            raise ValueError("damaged samples") from error
        while done < len(rows) and len(content) > rows[done]:
            if content[0] > 4:
                raise ValueError("no such filter")
            del content[: 1 + rows[done]]
            done += 1
    if done < len(rows) or not unpacker.eof:
        raise ValueError(f"truncated: {done} of {len(rows)} rows, {starts[-1]} bytes expected")


def _rows(header: Header) -> Iterator[int]:
    """Yield the bytes of each row, without its filter byte, of all passes."""
    pixel = header.channels * header.bits // 8
    if not header.interlaced:
        yield from [header.width * pixel] * header.height
        return
    for x, y, step_x, step_y in (  # Adam7
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ):  # fmt: skip
        width, height = len(range(x, header.width, step_x)), len(range(y, header.height, step_y))
        yield from [width * pixel] * (height if width else 0)


def _idat(data: bytes) -> Iterator[memoryview]:
    view, position = memoryview(data), len(SIGNATURE)
    while position + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, position)
        if kind == b"IDAT":
            for start in range(position + 8, position + 8 + length, _PIECE_BYTES):
                yield view[start : min(start + _PIECE_BYTES, position + 8 + length)]
        if kind == b"IEND":
            return
        position += 12 + length
