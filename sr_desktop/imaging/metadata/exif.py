"""EXIF blocks patched in place: every byte we don't understand stays where it was.

Maker notes hold offsets from the start of the block, so a block that is taken apart and written anew breaks them.
A block is a small TIFF file: byte order, offset of the first directory (IFD0), directories of 12-byte entries, each
followed by the offset of the next (EXIF 2.32, 4.6.2). Broken blocks are no error: they are simply left as they are.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

ORIENTATION = 0x0112
_WIDTH, _HEIGHT = 0x0100, 0x0101
_X_RESOLUTION, _Y_RESOLUTION, _UNIT = 0x011A, 0x011B, 0x0128
_EXIF_IFD = 0x8769
_SOFTWARE, _ASCII = 0x0131, 2
_EXIF_WIDTH, _EXIF_HEIGHT = 0xA002, 0xA003
_THUMBNAIL, _THUMBNAIL_BYTES = 0x0201, 0x0202

_SHORT, _LONG, _RATIONAL = 3, 4, 5
_INCHES_PER_UNIT = {2: 1.0, 3: 2.54}


@dataclass(frozen=True, slots=True)
class Entry:
    """One 12-byte entry of a directory.

    Attributes:
        tag: What it is.
        kind: Type number of its values.
        count: How many values.
        position: Where in the block the entry is; its value or offset is 8 bytes further.
    """

    tag: int
    kind: int
    count: int
    position: int


class Block:
    """An EXIF block that can be read and patched; reading past its end or a broken header gives nothing."""

    def __init__(self, data: bytes) -> None:
        self.data = bytearray(data)
        self.order = {b"II*\0": "<", b"MM\0*": ">"}.get(bytes(data[:4]), "")

    def number(self, form: str, position: int) -> int:
        """Return one number of the struct format `form` at `position`, or 0 outside the block."""
        if not self.order or position < 0 or position + struct.calcsize(form) > len(self.data):
            return 0
        value: int = struct.unpack_from(self.order + form, self.data, position)[0]
        return value

    def put(self, form: str, position: int, *values: int) -> None:
        """Overwrite numbers at `position`, which is inside the block."""
        struct.pack_into(self.order + form, self.data, position, *values)

    @property
    def first(self) -> int:
        """Offset of IFD0, 0 where there is none."""
        return self.number("I", 4)

    def entries(self, directory: int) -> Iterator[Entry]:
        """Yield the entries of the directory at an offset, as far as they lie inside the block."""
        count = self.number("H", directory) if directory else 0
        for position in range(directory + 2, directory + 2 + 12 * count, 12):
            if position + 12 > len(self.data):
                return
            tag, kind = self.number("H", position), self.number("H", position + 2)
            yield Entry(tag, kind, self.number("I", position + 4), position)

    def find(self, directory: int, tag: int) -> Entry | None:
        """Return the entry with a tag."""
        return next((entry for entry in self.entries(directory) if entry.tag == tag), None)

    def value(self, directory: int, tag: int) -> int:
        """Return a tag's single SHORT or LONG, or 0."""
        entry = self.find(directory, tag)
        if entry is None or entry.count != 1:
            return 0
        forms = {_SHORT: "H", _LONG: "I"}
        return self.number(forms[entry.kind], entry.position + 8) if entry.kind in forms else 0

    def rational(self, directory: int, tag: int) -> float:
        """Return a tag's single RATIONAL, or 0.0."""
        entry = self.find(directory, tag)
        if entry is None or entry.kind != _RATIONAL or entry.count != 1:
            return 0.0
        offset = self.number("I", entry.position + 8)
        denominator = self.number("I", offset + 4)
        return self.number("I", offset) / denominator if denominator else 0.0

    def put_size(self, directory: int, tag: int, value: int) -> None:
        """Replace a tag's single SHORT or LONG, where it exists."""
        entry = self.find(directory, tag)
        if entry is not None and entry.count == 1 and entry.kind in (_SHORT, _LONG):
            self.put("H", entry.position + 2, _LONG)
            self.put("I", entry.position + 8, value)


def orientation(data: bytes) -> int:
    """Return how the picture is turned, 1 to 8; 1 (upright) where the block doesn't say."""
    block = Block(data)
    value = block.value(block.first, ORIENTATION)
    return value if 1 <= value <= 8 else 1


def density(data: bytes) -> tuple[float, float] | None:
    """Return pixels per inch, horizontal and vertical, where the block says so."""
    block = Block(data)
    inches = _INCHES_PER_UNIT.get(block.value(block.first, _UNIT) or 2)
    x, y = block.rational(block.first, _X_RESOLUTION), block.rational(block.first, _Y_RESOLUTION)
    return (x * inches, y * inches) if inches and x > 0 and y > 0 else None


def upright(data: bytes) -> bytes:
    """Return the block for samples that have been turned upright: orientation 1, resolutions swapped if turned by 90°."""
    block = Block(data)
    turned = orientation(data)
    entry = block.find(block.first, ORIENTATION)
    if entry is not None and entry.kind in (_SHORT, _LONG):
        block.put("H" if entry.kind == _SHORT else "I", entry.position + 8, 1)
    x, y = block.find(block.first, _X_RESOLUTION), block.find(block.first, _Y_RESOLUTION)
    if turned >= 5 and x and y and (x.kind, x.count) == (y.kind, y.count) == (_RATIONAL, 1):
        offsets = block.number("I", x.position + 8), block.number("I", y.position + 8)
        block.put("I", x.position + 8, offsets[1])
        block.put("I", y.position + 8, offsets[0])
    return bytes(block.data)


def for_size(data: bytes, *, width: int, height: int) -> bytes:
    """Return the block of a picture that now has another size: its dimension tags say so, and its thumbnail is gone."""
    block = Block(data)
    details = block.value(block.first, _EXIF_IFD)
    for directory, tag, value in (
        (block.first, _WIDTH, width),
        (block.first, _HEIGHT, height),
        (details, _EXIF_WIDTH, width),
        (details, _EXIF_HEIGHT, height),
    ):
        block.put_size(directory, tag, value)
    _drop_thumbnail(block)
    return bytes(block.data)


def without_orientation(data: bytes) -> bytes:
    """Return the block of an upright picture without its orientation tag; only the entries of IFD0 move."""
    block = Block(data)
    entry = block.find(block.first, ORIENTATION)
    if entry is None:
        return data
    count = block.number("H", block.first)
    end = block.first + 2 + 12 * count + 4  # the offset of the next directory moves with the entries
    block.data[entry.position : end] = block.data[entry.position + 12 : end] + bytes(12)
    block.put("H", block.first, count - 1)
    return bytes(block.data)


def with_software(data: bytes | None, text: str) -> bytes:
    """Return the block with `text` as its `Software` tag; IFD0 moves to the end, everything else stays where it was."""
    block = Block(data or b"II*\0" + bytes(4))
    if not block.order:
        block = Block(b"II*\0" + bytes(4))
    order = block.order
    count = block.number("H", block.first) if block.first else 0
    following = block.number("I", block.first + 2 + 12 * count) if count else 0
    kept = {entry.tag: bytes(block.data[entry.position : entry.position + 12]) for entry in block.entries(block.first)}
    block.data += bytes(len(block.data) % 2)
    content = text.encode("ascii", "replace").ljust(4) + b"\0"  # five bytes at least, which an entry can't hold
    kept[_SOFTWARE] = struct.pack(order + "HHII", _SOFTWARE, _ASCII, len(content), len(block.data))
    block.data += content + bytes(len(content) % 2)
    block.put("I", 4, len(block.data))
    block.data += struct.pack(order + "H", len(kept)) + b"".join(entry for _, entry in sorted(kept.items()))
    block.data += struct.pack(order + "I", following)
    return bytes(block.data)


def has_thumbnail(data: bytes) -> bool:
    """Tell whether the block holds a small preview."""
    block = Block(data)
    return _second(block) != 0


def _second(block: Block) -> int:
    """Return the offset of IFD1, which describes the thumbnail, or 0."""
    count = block.number("H", block.first) if block.first else 0
    return block.number("I", block.first + 2 + 12 * count) if count else 0


def _drop_thumbnail(block: Block) -> None:
    """Unlink IFD1, and take the old preview's bytes out of the block or, where something follows them, blank them."""
    second = _second(block)
    if not second:
        return
    start, length = block.value(second, _THUMBNAIL), block.value(second, _THUMBNAIL_BYTES)
    block.put("I", block.first + 2 + 12 * block.number("H", block.first), 0)
    if block.data[start : start + 2] != b"\xff\xd8":  # a damaged offset must not blank something else
        return
    if start + length >= len(block.data):
        del block.data[start:]
    else:
        block.data[start : start + length] = bytes(length)
