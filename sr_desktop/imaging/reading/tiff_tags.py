"""The tags of a TIFF file, classic or BigTIFF, read directly: broken ones are left out, never an error.

Also the EXIF block of such a file: its tags are spread over the file, so the block is put together anew.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from sr_desktop.imaging.writing.tiff import STRUCTURE

_FORMS = {1: "B", 2: "B", 3: "H", 4: "I", 5: "II", 6: "b", 7: "B", 8: "h", 9: "i", 10: "ii", 11: "f", 12: "d", 13: "I"}
_BIG_FORMS = {16: "Q", 17: "q", 18: "Q"}
_VALUE_LIMIT_BYTES = 1 << 26
_ENTRY_LIMIT = 4096
_PAGE_LIMIT = 10_000
_LONG = 4

EXIF_IFD, GPS_IFD, INTEROP_IFD = 34665, 34853, 40965
SUB_DIRECTORIES = (EXIF_IFD, GPS_IFD, INTEROP_IFD)

_NOT_EXIF = STRUCTURE | {255, 330, 33550, 33922, 34264, 34735, 34736, 34737, *SUB_DIRECTORIES}
"""Besides the structure: places of further pictures, and map coordinates, which are wrong at another size."""


@dataclass(frozen=True, slots=True)
class Tag:
    """The value of one tag.

    Attributes:
        kind: TIFF's type number.
        count: Number of values.
        order: Byte order, as `struct` writes it.
        data: The values' bytes.
    """

    kind: int
    count: int
    order: str
    data: bytes

    @property
    def values(self) -> tuple[float, ...]:
        """The values as numbers; a ratio is two of them."""
        form = (_FORMS | _BIG_FORMS)[self.kind]
        return struct.unpack(self.order + form * self.count, self.data)

    @property
    def whole(self) -> tuple[int, ...]:
        """The values as whole numbers."""
        return tuple(int(value) for value in self.values)


Directory = Mapping[int, Tag]


class Tags:
    """The directories of a page of a TIFF file.

    Args:
        file: The file, open for reading; must be able to seek.
        page: Which page, from 0.

    Attributes:
        order: Byte order, as `struct` writes it.
        is_big: Whether it is a BigTIFF file.
        first: The page's directory.
        pages: How many pages the file has.

    Raises:
        ValueError: It is not a TIFF file, or has no such page.
    """

    def __init__(self, file: BinaryIO, page: int = 0) -> None:
        self._file = file
        file.seek(0)
        head = file.read(16).ljust(16, b"\0")
        self.order = {b"II": "<", b"MM": ">"}.get(head[:2], "")
        if not self.order:
            raise ValueError("not a TIFF file")
        (version,) = struct.unpack(self.order + "H", head[2:4])
        if version not in (42, 43):
            raise ValueError("not a TIFF file")
        self.is_big = version == 43
        form, place = ("Q", slice(8, 16)) if self.is_big else ("I", slice(4, 8))
        (first,) = struct.unpack(self.order + form, head[place])
        offsets = list(self._chain(first))
        self.pages = len(offsets)
        if page >= max(self.pages, 1):
            raise ValueError("no such page")
        self.first = dict(self._entries(offsets[page])) if offsets else {}

    def below(self, tag: int, directory: Directory) -> dict[int, Tag]:
        """Return the directory that a tag points to; empty where there is none."""
        pointer = directory.get(tag)
        whole = pointer.whole if pointer is not None and pointer.kind in (4, 13, 16, 18) else ()
        return dict(self._entries(whole[0])) if len(whole) == 1 else {}

    def _chain(self, offset: int) -> Iterator[int]:
        """Yield where the directory of each page is; a circle ends it."""
        size, form, head_form = (20, "Q", "Q") if self.is_big else (12, "I", "H")
        known: set[int] = set()
        while offset and offset not in known and len(known) < _PAGE_LIMIT:
            head = self._at(offset, struct.calcsize(head_form))
            if not head:
                return
            known.add(offset)
            yield offset
            (count,) = struct.unpack(self.order + head_form, head)
            following = self._at(offset + len(head) + size * min(count, 1 << 32), struct.calcsize(form))
            (offset,) = struct.unpack(self.order + form, following) if following else (0,)

    def _entries(self, offset: int) -> Iterator[tuple[int, Tag]]:
        size, form, room = (20, "HHQ", 8) if self.is_big else (12, "HHI", 4)
        head = self._at(offset, 8 if self.is_big else 2)
        if not offset or not head:
            return
        (count,) = struct.unpack(self.order + ("Q" if self.is_big else "H"), head)
        table = self._at(offset + len(head), size * min(count, _ENTRY_LIMIT), partly=True)
        for start in range(0, len(table) - size + 1, size):
            number, kind, values = struct.unpack_from(self.order + form, table, start)
            tag = self._tag(kind, values, table[start + size - room : start + size])
            if tag is not None:
                yield number, tag

    def _tag(self, kind: int, count: int, field: bytes) -> Tag | None:
        form = _FORMS.get(kind) or (_BIG_FORMS.get(kind) if self.is_big else None)
        if form is None:
            return None
        length = struct.calcsize("=" + form) * count
        if length <= len(field):
            return Tag(kind, count, self.order, field[:length])
        (offset,) = struct.unpack(self.order + ("Q" if self.is_big else "I"), field)
        data = self._at(offset, length)
        return Tag(kind, count, self.order, data) if data else None

    def _at(self, offset: int, length: int, *, partly: bool = False) -> bytes:
        """Return bytes of the file, nothing where it doesn't have them."""
        if not 0 < length <= _VALUE_LIMIT_BYTES or offset >= 1 << 62:
            return b""
        self._file.seek(offset)
        data = self._file.read(length)
        return data if partly or len(data) == length else b""


@dataclass(frozen=True, slots=True)
class _Node:
    """A directory and those that it points to."""

    directory: Directory
    below: Mapping[int, "_Node"]


def exif_block(tags: Tags) -> bytes | None:
    """Return an EXIF block of the tags that tell about the picture; `None` where there are none.

    Offsets inside maker notes are not known, so the notes are kept as they are and may be unreadable to some programs.
    """
    details = tags.below(EXIF_IFD, tags.first)
    interop = tags.below(INTEROP_IFD, details)
    nodes = {
        EXIF_IFD: _Node(details, {INTEROP_IFD: _Node(interop, {})} if interop else {}),
        GPS_IFD: _Node(tags.below(GPS_IFD, tags.first), {}),
    }
    below = {number: node for number, node in nodes.items() if node.directory}
    own = {number: tag for number, tag in tags.first.items() if number not in _NOT_EXIF}
    if not own and not below:
        return None
    block = bytearray(struct.pack(tags.order + "2sHI", b"II" if tags.order == "<" else b"MM", 42, 8))
    _append(block, tags.order, _Node(own, below))
    return bytes(block)


def _append(block: bytearray, order: str, node: _Node) -> None:
    """Append a directory, its values and then the directories below it."""
    plain = {number: tag for number, tag in node.directory.items() if tag.kind in _FORMS}
    numbers = sorted({*plain, *node.below} - (set(SUB_DIRECTORIES) - set(node.below)))
    start = len(block)
    block += struct.pack(order + "H", len(numbers)) + bytes(12 * len(numbers) + 4)
    for position, number in enumerate(numbers):
        entry = start + 2 + 12 * position
        if number in node.below:
            struct.pack_into(order + "HHII", block, entry, number, _LONG, 1, len(block))
            _append(block, order, node.below[number])
        else:
            _append_value(block, order, entry, number, plain[number])


def _append_value(block: bytearray, order: str, entry: int, number: int, tag: Tag) -> None:
    struct.pack_into(order + "HHI", block, entry, number, tag.kind, tag.count)
    if len(tag.data) <= 4:
        block[entry + 8 : entry + 8 + len(tag.data)] = tag.data
    else:
        struct.pack_into(order + "I", block, entry + 8, len(block))
        block += tag.data + bytes(len(tag.data) % 2)
