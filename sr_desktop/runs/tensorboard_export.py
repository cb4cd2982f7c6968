"""A run's curves as an event file that TensorBoard reads, written without TensorBoard.

A file is a row of records: length (8 bytes, little-endian), masked CRC-32C of those, an `Event` message, its masked
CRC-32C. Sources: tensorflow/core/lib/io/record_writer.h and tensorflow/core/util/event.proto.
"""

import struct
from collections.abc import Iterable, Iterator
from pathlib import Path

from sr_desktop.runs.events import Event
from sr_desktop.system import atomic_write

FILE_NAME = "events.out.tfevents.0000000000.sr_desktop"

_CURVES = {
    "step": {"mean": "loss/train", "learning_rate": "learning_rate"},
    "check": {"psnr_db": "psnr/held_out", "bicubic_psnr_db": "psnr/bicubic", "base_psnr_db": "psnr/base"},
}
"""Which fields of which events become which curves."""


def write(events: Iterable[Event], folder: Path) -> None:
    """Write the curves of a run into a folder.

    Raises:
        OSError: It can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    atomic_write.write_whole(folder / FILE_NAME, b"".join(_records(events)))


def _records(events: Iterable[Event]) -> Iterator[bytes]:
    yield _record(_text(3, b"brain.Event:2"))
    for event in events:
        for name, tag in _CURVES.get(event["event"], {}).items():
            value = event.get(name)
            if isinstance(value, int | float):
                yield _record(_scalar(tag, float(value), event["step"], float(event.get("time_s", 0.0))))


def _scalar(tag: str, value: float, step: int, time_s: float) -> bytes:
    point = _text(1, tag.encode()) + b"\x15" + struct.pack("<f", value)  # Summary.Value: tag, simple_value
    return b"\x09" + struct.pack("<d", time_s) + b"\x10" + _varint(step) + _text(5, _text(1, point))


def _text(field: int, content: bytes) -> bytes:
    """Return a length-delimited field of a protocol buffer."""
    return bytes([field << 3 | 2]) + _varint(len(content)) + content


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def _record(content: bytes) -> bytes:
    length = struct.pack("<Q", len(content))
    return length + _masked_crc(length) + content + _masked_crc(content)


def _crc_table() -> list[int]:
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)  # CRC-32C, reflected
        table.append(byte)
    return table


_TABLE = _crc_table()


def _masked_crc(content: bytes) -> bytes:
    crc = 0xFFFFFFFF
    for byte in content:
        crc = crc >> 8 ^ _TABLE[(crc ^ byte) & 0xFF]
    crc ^= 0xFFFFFFFF
    return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)
