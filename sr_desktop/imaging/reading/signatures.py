"""What a file is by its first bytes, so that a refusal can say what to do instead."""

from pathlib import Path

HEAD_BYTES = 64
"""As many of a file's first bytes as `kind_of` looks at."""

_CONVERT = "Convert it to PNG or TIFF first."
_DEVELOP = "Develop it in a raw converter and save it as TIFF."

_KINDS: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"8BPS", "a Photoshop document", "Open it in its program and export it as PNG or TIFF."),
    (0, b"gimp xcf", "a GIMP document", "Open it in its program and export it as PNG or TIFF."),
    (4, b"ftypheic", "a HEIC picture", _CONVERT),
    (4, b"ftypheix", "a HEIC picture", _CONVERT),
    (4, b"ftypmif1", "a HEIF picture", _CONVERT),
    (4, b"ftypmsf1", "a HEIF picture", _CONVERT),
    (4, b"ftyphevc", "a HEIC picture", _CONVERT),
    (4, b"ftypcrx ", "a camera raw file", _DEVELOP),
    (4, b"ftyp", "a film", "Save single frames of it as pictures."),
    (0, b"\0\0\0\x0cJXL ", "a JPEG XL picture", _CONVERT),
    (0, b"\xff\x0a", "a JPEG XL picture", _CONVERT),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture", _CONVERT),
    (0, b"\xff\x4f\xff\x51", "a JPEG 2000 picture", _CONVERT),
    (0, b"FUJIFILMCCD-RAW", "a camera raw file", _DEVELOP),
    (8, b"CR\x02", "a camera raw file", _DEVELOP),
    (0, b"%PDF", "a PDF document", "Export its pages as pictures."),
    (0, b"qoif", "a QOI picture", _CONVERT),
    (0, b"\x76\x2f\x31\x01", "an OpenEXR picture", _CONVERT),
    (0, b"DDS ", "a DirectDraw texture", _CONVERT),
    (0, b"\0\0\x01\0", "an icon", _CONVERT),
    (0, b"<svg", "a drawing of lines (SVG)", "Export it as PNG in the size you need."),
    (0, b"<?xml", "a text file", ""),
    (0, b"<!DOCTYPE", "a web page", "Download the picture itself."),
    (0, b"<html", "a web page", "Download the picture itself."),
    (0, b"PK\x03\x04", "an archive", "Unpack it first."),
)

RAW_SUFFIXES = frozenset(
    [
        ".3fr",
        ".arw",
        ".cr2",
        ".cr3",
        ".dng",
        ".erf",
        ".iiq",
        ".kdc",
        ".mef",
        ".mos",
        ".mrw",
        ".nef",
        ".nrw",
        ".orf",
        ".pef",
        ".raf",
        ".raw",
        ".rw2",
        ".rwl",
        ".sr2",
        ".srf",
        ".srw",
    ]
)
"""Camera raw files; many are TIFF files whose only ordinary picture is a small preview."""

_OTHERS = {
    ".ppm": "a Netpbm picture",
    ".pgm": "a Netpbm picture",
    ".pbm": "a Netpbm picture",
    ".tga": "a Targa picture",
}


def kind_of(path: Path, head: bytes) -> tuple[str, str] | None:
    """Return what a file that we don't read is, and what to do with it; `None` where nothing is known of it."""
    suffix = path.suffix.lower()
    if suffix in RAW_SUFFIXES:
        return "a camera raw file", _DEVELOP
    if head[4:12] in (b"ftypavif", b"ftypavis"):  # no film, but a broken one of those that are read
        return None
    for offset, magic, name, hint in _KINDS:
        if head[offset : offset + len(magic)] == magic:
            return name, hint
    return (_OTHERS[suffix], _CONVERT) if suffix in _OTHERS else None
