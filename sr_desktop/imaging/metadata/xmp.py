"""XMP packets patched in place, as text: what a new size or direction makes untrue, and nothing else.

Both of XMP's spellings are known, attributes and elements (XMP Specification, part 1, 7.9).
"""

import re

_ORIENTATION = b"tiff:Orientation"
_WIDTHS = (b"tiff:ImageWidth", b"exif:PixelXDimension")
_HEIGHTS = (b"tiff:ImageLength", b"exif:PixelYDimension")
_THUMBNAILS = re.compile(rb"\s*<(xmp|xap):Thumbnails>.*?</\1:Thumbnails>", re.DOTALL)

_GAIN_MAP = re.compile(rb"hdrgm:Version|HDRGainMap|GainMap")
_FILM = re.compile(rb"GCamera:(?:MotionPhoto|MicroVideo)\s*(?:=\s*[\"']|>)\s*1")
_DIRECTORY = re.compile(rb"\s*<(G?Container):Directory>.*?</\1:Directory>", re.DOTALL)
_POINTERS = re.compile(
    rb"\s(?:hdrgm:\w+|GCamera:(?:MotionPhoto|MicroVideo)\w*|xmpNote:HasExtendedXMP)\s*=\s*([\"']).*?\1"
)
_EXTENDED = b"xmpNote:HasExtendedXMP"


def upright(packet: bytes) -> bytes:
    """Return the packet of samples that have been turned upright."""
    return _put(packet, _ORIENTATION, 1)


def for_size(packet: bytes, *, width: int, height: int) -> bytes:
    """Return the packet of a picture that now has another size: its dimensions say so, and its thumbnails are gone."""
    for names, value in ((_WIDTHS, width), (_HEIGHTS, height)):
        for name in names:
            packet = _put(packet, name, value)
    return _THUMBNAILS.sub(b"", packet)


def _put(packet: bytes, name: bytes, value: int) -> bytes:
    """Replace a whole number where the packet has it."""
    pattern = rb"(" + re.escape(name) + rb"(?:\s*=\s*[\"']|>)\s*)\d+"
    return re.sub(pattern, rb"\g<1>%d" % value, packet)


def extras(packet: bytes) -> list[str]:
    """Return sentences on what the packet says to be in the file besides the picture."""
    found = []
    if _GAIN_MAP.search(packet):
        found.append("The HDR gain map is left out.")
    if _FILM.search(packet):
        found.append("The film behind the picture is left out.")
    return found


def has_extension(packet: bytes) -> bool:
    """Tell whether more of the XMP data is in other segments of the JPEG file."""
    return _EXTENDED in packet


def without_extras(packet: bytes) -> bytes:
    """Return the packet without pointers to what is no longer behind the picture."""
    return _POINTERS.sub(b"", _DIRECTORY.sub(b"", packet))
