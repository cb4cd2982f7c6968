"""TIFF files written in strips, deflated on all cores: any depth and channels, any metadata, BigTIFF where needed.

Pillow can't write 16-bit colour, OpenCV no metadata. An EXIF block is a TIFF file itself, so ours starts with the
block as it is and appends its own directory, which takes over the block's entries: no offset in it changes, not even
those inside maker notes. Source of the format: TIFF Revision 6.0, its supplements 1 to 3, and the BigTIFF proposal.
"""

import io
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from sr_desktop.imaging.metadata.exif import Block
from sr_desktop.imaging.raster import Metadata, Samples
from sr_desktop.imaging.strips import recut
from sr_desktop.imaging.writing.deflate import BLOCK_BYTES, compressed, in_order

_CLASSIC_LIMIT_BYTES = 2**32 - 2**24
"""Above this many bytes of samples and metadata a file gets 64-bit offsets, whatever compression may gain."""

_BYTE, _SHORT, _LONG, _RATIONAL, _UNDEFINED, _LONG8 = 1, 3, 4, 5, 7, 16
_FORMS = {_SHORT: "H", _LONG: "I", _RATIONAL: "I", _LONG8: "Q"}
_HORIZONTAL, _FLOATING = 2, 3
_ADOBE_DEFLATE = 8
_UNASSOCIATED_ALPHA = 2

XMP, IPTC, ICC = 700, 33723, 34675

STRUCTURE = frozenset(
    [*range(254, 285), 292, 293, 296, 297, 301, *range(317, 351), *range(512, 533), XMP, IPTC, 34377, ICC, 37724]
) - {269, 270, 271, 272, 315, 316}
"""Tags that describe how the samples are stored or that are written anew; all others of a first directory are kept."""


@dataclass(frozen=True, slots=True)
class Page:
    """What one page holds.

    Attributes:
        outline: H×W×C samples of any depth, of which shape and type count only.
        strips: All rows in order, any number at a time.
        metadata: What goes beside them.
    """

    outline: Samples
    strips: Iterable[Samples]
    metadata: Metadata


@dataclass(frozen=True, slots=True)
class _Tag:
    number: int
    kind: int
    values: tuple[int, ...] | bytes


def write(file: BinaryIO, pages: Iterable[Page], *, big: bool = False) -> None:
    """Write a TIFF file, each strip of each page when it comes; metadata is written as it is.

    Args:
        file: Where to; can seek.
        pages: The pages. An EXIF block is written for the first page only, and not in a BigTIFF file, whose
            directories are of another kind.
        big: Whether 64-bit offsets are needed.
    """
    pointer = 0
    for page in pages:
        block = Block(page.metadata.exif or b"") if not pointer and not big else Block(b"")
        if not pointer:
            order = block.order or "<"
            pointer = _start(file, block, big)
        pointer = _append(file, page, order, block, pointer, big)


def _start(file: BinaryIO, block: Block, big: bool) -> int:
    """Write the header, or the EXIF block that begins with one, and return where the first directory's offset is."""
    if block.order:
        file.write(block.data + bytes(len(block.data) % 2))
    else:
        file.write(struct.pack("<2sHHHQ", b"II", 43, 8, 0, 0) if big else struct.pack("<2sHI", b"II", 42, 0))
    return 8 if big else 4


def _append(file: BinaryIO, page: Page, order: str, block: Block, pointer: int, big: bool) -> int:
    """Append a page, let the number at `pointer` point to it, and return where the next page's offset goes."""
    outline = page.outline
    rows = max(1, BLOCK_BYTES // (outline[0].size * outline.dtype.itemsize))
    offsets, lengths = [], []
    for data in in_order(_strip, ((strip, order) for strip in recut(page.strips, rows))):
        offsets.append(file.tell())
        lengths.append(len(data))
        file.write(data + bytes(len(data) % 2))  # offsets are even
    tags = [*_structure(outline, rows, offsets, lengths, big), *_beside(page.metadata)]
    return _finish(file, order, tags, list(_kept_entries(block)), pointer, big)


def needs_64_bits(samples: Samples, pages: int = 1) -> bool:
    """Tell whether so many pages of such samples may need a BigTIFF file."""
    return samples.nbytes * pages > _CLASSIC_LIMIT_BYTES


def _strip(item: tuple[Samples, str]) -> bytes:
    rows, order = item
    return compressed(_predicted(rows, order), last=True, wrapped=True)


def _predicted(rows: Samples, order: str) -> NDArray[np.uint8]:
    """Return rows as H×N bytes of differences: of neighbouring samples, or for floats of their bytes in planes."""
    flat = rows.reshape(len(rows), -1)
    channels = rows.shape[2]
    if flat.dtype == np.float32:
        planes = flat.astype(">f4").view(np.uint8).reshape(len(rows), -1, 4)
        source: NDArray[Any] = np.ascontiguousarray(planes.transpose(0, 2, 1))
        source = source.reshape(len(rows), -1)
    else:
        source = np.asarray(flat)
    out = source.copy()
    out[:, channels:] -= source[:, :-channels]
    if out.dtype == np.uint16:
        return out.astype(order + "u2", copy=False).view(np.uint8).reshape(len(rows), -1)
    return out.view(np.uint8).reshape(len(rows), -1)


def _structure(samples: Samples, rows: int, offsets: list[int], lengths: list[int], big: bool) -> list[_Tag]:
    """Return the tags that say how the samples are stored."""
    height, width, channels = samples.shape
    floating = samples.dtype.kind == "f"
    long = _LONG8 if big else _LONG
    tags = [
        _Tag(256, _LONG, (width,)),
        _Tag(257, _LONG, (height,)),
        _Tag(258, _SHORT, (samples.dtype.itemsize * 8,) * channels),
        _Tag(259, _SHORT, (_ADOBE_DEFLATE,)),
        _Tag(262, _SHORT, (1 if channels <= 2 else 2,)),
        _Tag(273, long, tuple(offsets)),
        _Tag(277, _SHORT, (channels,)),
        _Tag(278, _LONG, (rows,)),
        _Tag(279, long, tuple(lengths)),
        _Tag(284, _SHORT, (1,)),
        _Tag(317, _SHORT, (_FLOATING if floating else _HORIZONTAL,)),
        _Tag(339, _SHORT, (3 if floating else 1,) * channels),
    ]
    return [*tags, _Tag(338, _SHORT, (_UNASSOCIATED_ALPHA,))] if channels in (2, 4) else tags


def _beside(metadata: Metadata) -> list[_Tag]:
    """Return the tags for what travels beside the samples."""
    contents = ((XMP, _BYTE, metadata.xmp), (IPTC, _UNDEFINED, metadata.iptc), (ICC, _UNDEFINED, metadata.icc))
    tags = [_Tag(number, kind, content) for number, kind, content in contents if content]
    if metadata.density:
        ratios = [Fraction(value).limit_denominator(10_000) for value in metadata.density]
        tags += [_Tag(282 + i, _RATIONAL, (r.numerator, r.denominator)) for i, r in enumerate(ratios)]
        tags.append(_Tag(296, _SHORT, (2,)))
    return tags


def _kept_entries(block: Block) -> Iterator[tuple[int, bytes]]:
    """Yield number and bytes of the block's own entries; their offsets stay true, since the block starts the file."""
    for entry in block.entries(block.first):
        if entry.tag not in STRUCTURE:
            yield entry.tag, bytes(block.data[entry.position : entry.position + 12])


def _finish(
    file: BinaryIO, order: str, tags: list[_Tag], kept: list[tuple[int, bytes]], pointer: int, big: bool
) -> int:
    """Append the values and the directory, link it, and return where the next directory's offset goes."""
    entries = dict(kept)
    for tag in tags:
        entries[tag.number] = _entry(file, order, tag, big)
    form = order + ("Q" if big else "I")
    start = file.tell()
    file.write(struct.pack(order + ("Q" if big else "H"), len(entries)))
    file.write(b"".join(entry for _, entry in sorted(entries.items())))
    following = file.tell()
    file.write(struct.pack(form, 0))
    file.seek(pointer)
    file.write(struct.pack(form, start))
    file.seek(0, io.SEEK_END)
    return following


def _entry(file: BinaryIO, order: str, tag: _Tag, big: bool) -> bytes:
    """Return a tag's directory entry; values that don't fit in it are appended to the file first."""
    if isinstance(tag.values, bytes):
        content, count = tag.values, len(tag.values)
    else:
        content = struct.pack(f"{order}{len(tag.values)}{_FORMS[tag.kind]}", *tag.values)
        count = len(tag.values) // (2 if tag.kind == _RATIONAL else 1)
    room = 8 if big else 4
    if len(content) > room:
        offset = file.tell()
        file.write(content + bytes(len(content) % 2))
        content = struct.pack(order + ("Q" if big else "I"), offset)
    return struct.pack(order + ("HHQ" if big else "HHI"), tag.number, tag.kind, count) + content.ljust(room, b"\0")
