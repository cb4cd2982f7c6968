"""What becomes of a picture on its way: the rows of `docs/fidelity.md`, each with a source and a check of the result.

Every source is written, and every result looked at, by something that did not write the result: the program writes
PNG and TIFF itself, JPEG, WebP and AVIF through Pillow, and BMP through OpenCV.
"""

import io
import os
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageCms, ImageSequence, PngImagePlugin, TiffImagePlugin

Make = Callable[[Path], None]
Check = Callable[[Path, Path], None]
"""Looks at source and result, and raises AssertionError."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table.

    Attributes:
        section: The heading under which it stands.
        given: What goes in.
        outcome: What comes out.
        make: Writes the source.
        check: Looks at the result.
        source: Ending of the source.
        target: Ending of the result.
        kept: Ids that `kept` must have.
        changed: Ids that `changed` must have, and no other.
        options: Further words on the command line.
    """

    section: str
    given: str
    outcome: str
    make: Make
    check: Check
    source: str
    target: str
    kept: frozenset[str] = frozenset()
    changed: frozenset[str] = frozenset()
    options: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """A name for the test."""
        return f"{self.given} from {self.source} to {self.target}"


ROWS: list[Row] = []
SECTIONS = (
    "Orientation",
    "Metadata",
    "Colour",
    "Depth",
    "Grey and transparency",
    "JPEG",
    "Animations and pages",
    "What the target can't hold",
)
NAMES = {
    ".jpg": "JPEG", ".png": "PNG", ".tif": "TIFF", ".webp": "WebP", ".gif": "GIF", ".bmp": "BMP", ".avif": "AVIF",
    ".mpo": "JPEG",
}  # fmt: skip


def add(
    section: str,
    given: str,
    outcome: str,
    way: str,
    make: Make,
    check: Check,
    *,
    kept: str = "",
    changed: str = "",
    options: tuple[str, ...] = (),
) -> None:
    """Add a row; `way` is two endings with an arrow between them, `kept` and `changed` are ids with spaces between."""
    assert section in SECTIONS
    source, target = way.split(">")
    sets = frozenset(kept.split()), frozenset(changed.split())
    ROWS.append(Row(section, given, outcome, make, check, f".{source}", f".{target}", *sets, options))


# Pictures


def smooth(height: int = 24, width: int = 36, channels: int = 3, full: float = 255) -> np.ndarray:
    """A gradient, light from 0.08 to 0.9, different in each channel and corner."""
    ramps = np.linspace(0.08, 0.9, width)[None, :, None] * np.linspace(0.6, 1, height)[:, None, None]
    return ramps * np.linspace(1, 0.7, channels) * full


def eight(channels: int = 3) -> np.ndarray:
    return np.rint(smooth(channels=channels)).astype(np.uint8)


def bgr(samples: np.ndarray) -> np.ndarray:
    return samples[:, :, [2, 1, 0, 3][: samples.shape[2]]] if samples.shape[2] >= 3 else samples


def by_opencv(path: Path) -> np.ndarray:
    """H×W×C samples of a file, channels in the order RGBA; not turned by any tag."""
    flags = cv2.IMREAD_UNCHANGED | cv2.IMREAD_IGNORE_ORIENTATION
    samples = cv2.imdecode(np.fromfile(path, np.uint8), flags)
    samples = samples.reshape(*samples.shape[:2], -1)
    return bgr(samples)


def close(result: np.ndarray, expected: np.ndarray, within: float) -> None:
    """Compare a result with what a gradient twice as large must be, up to its border."""
    assert result.shape[2] == expected.shape[2], (result.shape, expected.shape)
    larger = cv2.resize(
        expected.astype(np.float64), (result.shape[1], result.shape[0]), interpolation=cv2.INTER_LINEAR
    ).reshape(result.shape)
    difference = np.abs(result.astype(np.float64) - larger)[2:-2, 2:-2]
    assert difference.max() <= within, difference.max()


def looks_as(expected: np.ndarray, within: float = 3) -> Check:
    """Check that the result is a picture, twice as large."""
    return lambda source, target: close(by_opencv(target), expected, within)


def all_of(*checks: Check) -> Check:
    def check(source: Path, target: Path) -> None:
        for one in checks:
            one(source, target)

    return check


# Orientation


def upright(samples: np.ndarray, orientation: int) -> np.ndarray:
    """Turn as EXIF 2.32 says: where the stored first row and column belong."""
    match orientation:
        case 2:
            return samples[:, ::-1]
        case 3:
            return samples[::-1, ::-1]
        case 4:
            return samples[::-1]
        case 5:
            return samples.transpose(1, 0, 2)
        case 6:
            return np.rot90(samples, -1)
        case 7:
            return samples.transpose(1, 0, 2)[::-1, ::-1]
        case 8:
            return np.rot90(samples)
    return samples


def turned(orientation: int) -> Make:
    def make(path: Path) -> None:
        tags = Image.Exif()
        tags[0x0112] = orientation
        options: dict[str, Any] = {"quality": 95, "subsampling": 0} if path.suffix == ".jpg" else {}
        Image.fromarray(eight()).save(path, exif=tags, **options)

    return make


def tag_is_1(source: Path, target: Path) -> None:
    with Image.open(target) as image:
        assert image.getexif().get(0x0112, 1) == 1


for number in range(1, 9):
    for way in ("jpg>jpg", "png>png", "tif>tif") if number in (1, 6) else ("jpg>jpg",):
        add(
            "Orientation",
            f"EXIF orientation {number}",
            "the pixels stand upright, the tag says 1",
            way,
            turned(number),
            all_of(looks_as(upright(eight(), number), 5), tag_is_1),
            kept="" if way == "tif>tif" else "exif",  # there it is one tag among those that say how samples are stored
        )

# Metadata

MAKER_NOTE_OFFSET = 0x100
MAKER_NOTE = b"MAKER\0" + struct.pack("<I", MAKER_NOTE_OFFSET + 16) + bytes(6) + b"a value at an absolute offset"
XMP = (
    "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>"
    "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:exif='http://ns.adobe.com/exif/1.0/'>"
    "<exif:PixelXDimension>36</exif:PixelXDimension><dc:title>Grüße</dc:title>"
    "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
).encode()
IPTC = b"\x1c\x02\x78\x00\x07caption"


def exif_block() -> bytes:
    """A block whose maker note points into itself, as those of cameras do, with place and preview."""

    def directory(entries: list[tuple[int, int, int, int]], following: int = 0) -> bytes:
        body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
        return struct.pack("<H", len(entries)) + body + struct.pack("<I", following)

    preview = io.BytesIO()
    Image.new("RGB", (16, 12), "red").save(preview, "JPEG")
    block = bytearray(0x300)
    parts = {
        0: b"II*\0" + struct.pack("<I", 8),
        8: directory(
            [(0x010F, 2, 7, 0xA0), (0x0132, 2, 20, 0xC0), (0x8769, 4, 1, 0x180), (0x8825, 4, 1, 0x1E0)], 0x240
        ),
        0xA0: b"Camera\0",
        0xC0: b"2021:03:04 05:06:07\0",
        MAKER_NOTE_OFFSET: MAKER_NOTE,
        0x180: directory([(0x927C, 7, len(MAKER_NOTE), MAKER_NOTE_OFFSET), (0xA002, 3, 1, 36), (0xA003, 3, 1, 24)]),
        0x1E0: directory([(0x0001, 2, 2, ord("N")), (0x0002, 5, 3, 0x210)]),
        0x210: struct.pack("<6I", 48, 1, 8, 1, 30, 1),
        0x240: directory([(0x0201, 4, 1, 0x300), (0x0202, 4, 1, len(preview.getvalue()))]),
    }
    for place, part in parts.items():
        block[place : place + len(part)] = part
    return bytes(block) + preview.getvalue()


def with_exif(path: Path) -> None:
    """A file with an EXIF block, by OpenCV, which takes it as it is."""
    kinds, blocks = [cv2.IMAGE_METADATA_EXIF], [np.frombuffer(exif_block(), np.uint8)]
    ok, content = cv2.imencodeWithMetadata(path.suffix, bgr(eight()), kinds, blocks, [])
    assert ok
    path.write_bytes(content.tobytes())


def exif_of(path: Path) -> bytes:
    """A file's EXIF block, found by its first bytes."""
    if path.suffix == ".tif":
        return path.read_bytes()
    with Image.open(path) as image:
        block: bytes = image.info["exif"]
    return block.removeprefix(b"Exif\0\0")


def exif_is_kept(source: Path, target: Path) -> None:
    block = exif_of(target)
    assert block[MAKER_NOTE_OFFSET : MAKER_NOTE_OFFSET + len(MAKER_NOTE)] == MAKER_NOTE
    tags = Image.Exif()
    tags.load(block)
    details, gps = tags.get_ifd(0x8769), tags.get_ifd(0x8825)
    assert (tags[0x010F], tags[0x0132]) == ("Camera", "2021:03:04 05:06:07")
    assert details[0x927C] == MAKER_NOTE
    assert (details[0xA002], details[0xA003]) == (72, 48)
    assert [float(value) for value in gps[2]] == [48, 8, 30]
    assert 0x0201 not in tags.get_ifd(1)


for way in ("jpg>jpg", "jpg>png", "jpg>tif", "jpg>webp", "png>png", "png>jpg", "webp>webp", "png>avif"):
    add(
        "Metadata",
        "EXIF: camera, date, place, maker note, preview",
        "all there, the maker note at its old offset; dimension tags renewed, the preview left out",
        way,
        with_exif,
        exif_is_kept,
        kept="exif",
        changed="thumbnail density" if way == "jpg>webp" else "thumbnail",
    )


def with_blocks(path: Path) -> None:
    """A file with XMP, and IPTC where Pillow writes it."""
    image = Image.fromarray(eight())
    if path.suffix == ".tif":
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags[700], tags[33723] = XMP, IPTC
        image.save(path, tiffinfo=tags)
        return
    if path.suffix == ".png":
        text = PngImagePlugin.PngInfo()
        text.add_itxt("XML:com.adobe.xmp", XMP.decode())
        image.save(path, pnginfo=text)
        return
    image.save(path, xmp=XMP, quality=95)
    if path.suffix == ".jpg":
        content = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(IPTC)) + IPTC
        whole = path.read_bytes()
        segment = b"\xff\xed" + struct.pack(">H", len(content) + 2) + content
        path.write_bytes(whole[:20] + segment + whole[20:])


def xmp_is_kept(source: Path, target: Path) -> None:
    content = target.read_bytes()
    assert "<dc:title>Grüße</dc:title>".encode() in content
    assert b"<exif:PixelXDimension>72</exif:PixelXDimension>" in content


def iptc_is_kept(source: Path, target: Path) -> None:
    with Image.open(target) as image:
        image.load()
        found: Any
        match target.suffix:
            case ".jpg":
                found = image.info["photoshop"][0x0404]
            case ".tif":
                found = bytes(image.tag_v2[33723])
            case _:
                found = bytes.fromhex("".join(image.text["Raw profile type iptc"].split("\n")[3:]))
    assert found == IPTC


for way in ("jpg>jpg", "png>png", "webp>webp", "tif>tif", "png>jpg", "tif>avif"):
    lost = "iptc" if way == "tif>avif" else ""
    add("Metadata", "XMP", "all there, its dimensions renewed", way, with_blocks, xmp_is_kept, kept="xmp", changed=lost)
for way in ("jpg>jpg", "tif>tif", "jpg>png", "jpg>tif"):
    add("Metadata", "IPTC", "all there", way, with_blocks, iptc_is_kept, kept="iptc xmp")


def with_text(path: Path) -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Author", "Zoë")
    text.add_itxt("Title", "夜")
    Image.fromarray(eight()).save(path, pnginfo=text)


def text_is_kept(source: Path, target: Path) -> None:
    with Image.open(target) as image:
        image.load()
        assert (image.text["Author"], image.text["Title"]) == ("Zoë", "夜")


add("Metadata", "PNG text, Latin and other", "all there", "png>png", with_text, text_is_kept, kept="text")


def dense(path: Path) -> None:
    Image.fromarray(eight()).save(path, dpi=(300, 150))


def is_dense(source: Path, target: Path) -> None:
    with Image.open(target) as image:
        x, y = image.info["dpi"]
        assert abs(x - 300) < 0.1
        assert abs(y - 150) < 0.1


for way in ("jpg>jpg", "png>png", "tif>tif", "bmp>bmp", "png>jpg", "jpg>tif"):
    add("Metadata", "300 × 150 pixels per inch", "the same", way, dense, is_dense, kept="density")


def is_bare(source: Path, target: Path) -> None:
    content = target.read_bytes()
    for secret in (b"Camera", b"MAKER", b"2021:03:04", b"dc:title"):
        assert secret not in content


def is_marked(source: Path, target: Path) -> None:
    tags = Image.Exif()
    tags.load(exif_of(target))
    assert tags[0x0131].startswith("sr_desktop ")
    assert tags[0x0131].endswith(", fsrcnn-x2, 2x")


def is_as_old(source: Path, target: Path) -> None:
    assert source.stat().st_mtime_ns == target.stat().st_mtime_ns == 1_000_000_000_000_000_000


def old(path: Path) -> None:
    Image.fromarray(eight()).save(path)
    os.utime(path, ns=(1_000_000_000_000_000_000,) * 2)


option = "`{}`"
add(
    "Metadata", "EXIF, with `--strip-metadata`", "nothing that tells about the maker", "jpg>png", with_exif, is_bare,
    options=("--strip-metadata",),
)  # fmt: skip
add(
    "Metadata", "`--provenance`", "program, model and factor are in EXIF's `Software`", "png>png", old, is_marked,
    options=("--provenance",),
)  # fmt: skip
add(
    "Metadata", "`--keep-times`", "the file's date is that of the input", "png>jpg", old, is_as_old,
    options=("--keep-times",),
)  # fmt: skip

# Colour

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
D50 = (0.9642, 1.0, 0.8249)
PRIMARIES = {  # XYZ of red, green and blue, adapted to D50, from the profiles of that name
    "Display P3": ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407)),
    "Adobe RGB": ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
    "ProPhoto RGB": ((0.79767, 0.28804, 0.0), (0.13519, 0.71188, 0.0), (0.03134, 0.00009, 0.82491)),
}


def profile(kind: bytes, tags: dict[bytes, bytes]) -> bytes:
    """A version 2 ICC profile of a matrix or a curve (ICC.1:2001-04)."""
    table, body, place = b"", b"", 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += struct.pack(">4sII", name, place + len(body), len(content))
        body += content
    illuminant = struct.pack(">3i", *(round(value * 65536) for value in D50))
    header = struct.pack(">I4sI4s4s4s", 0, b"none", 0x02400000, b"mntr", kind, b"XYZ ")
    header = (header + bytes(12) + b"acsp").ljust(68, b"\0") + illuminant
    whole = header.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body
    return struct.pack(">I", len(whole)) + whole[4:]


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def _about(name: str) -> dict[bytes, bytes]:
    text = name.encode() + b"\0"
    return {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78),
        b"cprt": b"text\0\0\0\0none\0",
        b"wtpt": _xyz(D50),
    }


_CURVE = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(2.2 * 256))


def rgb_profile(name: str) -> bytes:
    columns = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ"), map(_xyz, PRIMARIES[name]), strict=True))
    return profile(b"RGB ", _about(name) | columns | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), _CURVE))


def grey_profile() -> bytes:
    return profile(b"GRAY", _about("Grey of gamma 2.2") | {b"kTRC": _CURVE})


def profiled(icc: bytes, channels: int = 3) -> Make:
    def make(path: Path) -> None:
        ImageCms.ImageCmsProfile(io.BytesIO(icc))  # others take it for one
        samples = eight(channels)
        Image.fromarray(samples[:, :, 0] if channels == 1 else samples).save(path, icc_profile=icc)

    return make


def has_profile(icc: bytes) -> Check:
    def check(source: Path, target: Path) -> None:
        _, kinds, blocks = cv2.imreadWithMetadata(str(target), flags=cv2.IMREAD_UNCHANGED)
        if cv2.IMAGE_METADATA_ICCP in list(kinds):
            found = np.asarray(blocks[list(kinds).index(cv2.IMAGE_METADATA_ICCP)]).tobytes()
        else:  # OpenCV doesn't know where TIFF files have theirs
            with Image.open(target) as image:
                found = image.info["icc_profile"]
        assert found == icc

    return check


for name in PRIMARIES:
    for way in ("jpg>jpg", "png>png", "tif>tif", "jpg>png", "png>webp", "jpg>avif"):
        if name == "Display P3" or way == "png>png":
            add(
                "Colour",
                f"{name} profile",
                "the same profile, and the encoded values enlarged as they are",
                way,
                profiled(rgb_profile(name)),
                all_of(has_profile(rgb_profile(name)), looks_as(eight(), 8)),
                kept="icc",
            )
for way in ("png>png", "jpg>jpg", "tif>tif"):
    add(
        "Colour", "grey profile", "the same profile on a grey picture", way, profiled(grey_profile(), 1),
        all_of(has_profile(grey_profile()), looks_as(eight(1), 4)), kept="icc grey",
    )  # fmt: skip

CHUNKS = [
    (b"gAMA", struct.pack(">I", 100_000)),
    (b"cHRM", struct.pack(">8I", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)),
    (b"cICP", bytes([12, 13, 0, 1])),
]


def with_chunks(path: Path) -> None:
    plain = cv2.imencode(".png", bgr(eight()))[1].tobytes()
    extra = b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in CHUNKS
    )
    path.write_bytes(plain[:33] + extra + plain[33:])


def has_chunks(source: Path, target: Path) -> None:
    content = target.read_bytes()
    for kind, chunk in CHUNKS:
        assert kind + chunk in content[: content.index(b"IDAT")]


add("Colour", "PNG's gAMA, cHRM and cICP", "the same", "png>png", with_chunks, has_chunks, kept="colour")


def cmyk_samples() -> np.ndarray:
    return np.dstack([255 - eight(), np.full((24, 36, 1), 51, np.uint8)])


def cmyk(path: Path) -> None:
    options: dict[str, Any] = {"quality": 100, "subsampling": 0} if path.suffix == ".jpg" else {}
    Image.fromarray(cmyk_samples(), "CMYK").save(path, **options)  # JPEG: inverted, as Adobe does


def plain_formula() -> np.ndarray:
    ink = cmyk_samples() / 255
    return (1 - ink[:, :, :3]) * (1 - ink[:, :, 3:]) * 255


for way in ("jpg>jpg", "tif>tif", "jpg>png"):
    add(
        "Colour", "CMYK without a profile", "RGB by the plain formula, named", way, cmyk,
        looks_as(plain_formula(), 6), changed="colour-space",
    )  # fmt: skip


def lab(path: Path) -> None:
    image = Image.fromarray(eight())
    transform = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    ImageCms.applyTransform(image, transform).save(path)


add("Colour", "Lab", "RGB by its definition, named", "tif>tif", lab, looks_as(eight(), 6), changed="colour-space")

# Depth


def deep(channels: int, dtype: type) -> np.ndarray:
    full = {np.uint16: 65535, np.float32: 1}[dtype]
    return smooth(channels=channels, full=full).astype(dtype)


def by_opencv_as(samples: np.ndarray) -> Make:
    def make(path: Path) -> None:
        ok, content = cv2.imencode(path.suffix, bgr(samples))
        assert ok
        path.write_bytes(content.tobytes())

    return make


def is_deep(samples: np.ndarray, within: float) -> Check:
    def check(source: Path, target: Path) -> None:
        result = by_opencv(target)
        assert result.dtype == samples.dtype
        assert len(np.unique(result[:, :, 0])) > 1000  # 8 bits have 256
        close(result, samples, within)

    return check


for channels, name in ((1, "grey"), (3, "RGB"), (4, "RGBA")):
    samples16 = deep(channels, np.uint16)
    if channels == 4:
        samples16[:, :, 3] = 65535
    for way in ("png>png", "tif>tif") + (("png>tif", "tif>png") if channels == 3 else ()):
        add(
            "Depth", f"{name} of 16 bits", "16 bits, more than 1,000 levels in a smooth ramp", way,
            by_opencv_as(samples16), is_deep(samples16, 700),
            kept="depth" + (" grey" if channels == 1 else "") + (" alpha" if channels == 4 else ""),
        )  # fmt: skip
add(
    "Depth", "RGB of floating point", "floating point", "tif>tif", by_opencv_as(deep(3, np.float32)),
    is_deep(deep(3, np.float32), 0.01), kept="depth",
)  # fmt: skip
add(
    "Depth", "floating point from −1 to 5", "the same range", "tif>tif",
    by_opencv_as(deep(3, np.float32) * 6 - 1), is_deep(deep(3, np.float32) * 6 - 1, 0.06), kept="depth",
)  # fmt: skip


def halves() -> np.ndarray:
    samples = np.zeros((24, 36, 1), np.uint8)
    samples[:, 18:] = 255
    return samples


def one_bit(path: Path) -> None:
    Image.fromarray(halves()[:, :, 0]).convert("1").save(path)


def is_halves(source: Path, target: Path) -> None:
    result = by_opencv(target)
    assert result.shape == (48, 72, 1)
    assert result[:, :30].max() <= 12
    assert result[:, 42:].min() >= 243


for way in ("png>png", "tif>tif"):
    add("Depth", "black and white, 1 bit", "grey of 8 bits", way, one_bit, is_halves, kept="grey", changed="palette")


def paletted(path: Path) -> None:
    samples = np.zeros((24, 36), np.uint8)
    samples[:, 18:] = 1
    image = Image.fromarray(samples, "P")
    image.putpalette([200, 30, 60, 20, 90, 220])
    image.save(path)


def is_two_colours(source: Path, target: Path) -> None:
    result = by_opencv(target).astype(int)
    assert result.shape == (48, 72, 3)
    assert np.abs(result[8:40, 8:24] - [200, 30, 60]).max() <= 6
    assert np.abs(result[8:40, 48:64] - [20, 90, 220]).max() <= 6


for way in ("png>png", "gif>png", "tif>tif"):
    add("Depth", "a palette", "full colour", way, paletted, is_two_colours, changed="palette")


def clear_palette(path: Path) -> None:
    samples = np.zeros((24, 36), np.uint8)
    samples[:, 18:] = 1
    image = Image.fromarray(samples, "P")
    image.putpalette([200, 30, 60, 20, 90, 220])
    image.save(path, transparency=0)


def is_half_clear(source: Path, target: Path) -> None:
    result = by_opencv(target).astype(int)
    assert result.shape == (48, 72, 4)
    assert result[8:40, 8:24, 3].max() <= 2
    assert np.abs(result[8:40, 48:64] - [20, 90, 220, 255]).max() <= 6


for way in ("png>png", "gif>png"):
    add(
        "Depth", "a palette with a transparent entry", "full colour with transparency", way, clear_palette,
        is_half_clear, kept="alpha", changed="palette",
    )  # fmt: skip

# Grey and transparency

for way in ("png>png", "jpg>jpg", "tif>tif", "bmp>bmp"):
    add(
        "Grey and transparency", "grey", "a single channel", way, by_opencv_as(eight(1)), looks_as(eight(1), 4),
        kept="grey",
    )  # fmt: skip

BACKGROUNDS = ((0, 0, 0), (255, 255, 255), (40, 160, 90))
DISC = (210, 60, 40)


def disc(size: int, radius: float) -> np.ndarray:
    """A disc with a smooth edge on transparency, under which the file has black, as most do."""
    middle = (size - 1) / 2
    distance = np.hypot(*(np.indices((size, size)) - middle))
    alpha = np.clip((radius - distance) / (size / 24) + 0.5, 0, 1)
    colour = np.where(alpha[..., None] > 0, DISC, 0)
    return np.dstack([colour, np.rint(alpha * 255)]).astype(np.uint8)


def disc_file(path: Path) -> None:
    options: dict[str, Any] = {"lossless": True, "exact": True} if path.suffix == ".webp" else {}
    Image.fromarray(disc(64, 24)).save(path, **options)


def has_no_halo(source: Path, target: Path) -> None:
    """Over any background every pixel is what its own alpha and the disc's colour give, within 2 levels."""
    result = by_opencv(target).astype(np.float64)
    alpha = result[:, :, 3:] / 255
    for background in BACKGROUNDS:
        shown = result[:, :, :3] * alpha + np.array(background) * (1 - alpha)
        ideal = np.array(DISC) * alpha + np.array(background) * (1 - alpha)
        assert np.abs(shown - ideal).max() <= 2, np.abs(shown - ideal).max()


for way in ("png>png", "png>webp"):
    add(
        "Grey and transparency", "a disc on transparency, with black under it",
        "no halo: over black, white and green its edge is within 2 levels of the ideal", way, disc_file, has_no_halo,
        kept="alpha", options=("--quality", "100"),
    )  # fmt: skip


def straight(path: Path) -> None:
    samples = np.dstack([eight(), np.full((24, 36), 128, np.uint8)])
    cv2.imwrite(str(path), bgr(samples))


def is_straight(source: Path, target: Path) -> None:
    close(by_opencv(target)[:, :, :3], eight(), 3)
    assert np.unique(by_opencv(target)[:, :, 3]).tolist() == [128]


add(
    "Grey and transparency", "colour that is half transparent", "the same colour, straight alpha", "png>png", straight,
    is_straight, kept="alpha",
)  # fmt: skip


def opaque(path: Path) -> None:
    cv2.imwrite(str(path), bgr(np.dstack([eight(), np.full((24, 36), 255, np.uint8)])))


def is_opaque(source: Path, target: Path) -> None:
    result = by_opencv(target)
    assert result.shape[2] == 4
    assert result[:, :, 3].min() == 255


for way in ("png>png", "png>tif"):
    add("Grey and transparency", "alpha that is 255 everywhere", "still there", way, opaque, is_opaque, kept="alpha")

# JPEG


def jpeg(quality: int, subsampling: int, *, progressive: bool = False) -> Make:
    def make(path: Path) -> None:
        sampling = {0: cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444, 1: cv2.IMWRITE_JPEG_SAMPLING_FACTOR_422}.get(
            subsampling, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420
        )
        options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
        options += [cv2.IMWRITE_JPEG_PROGRESSIVE, int(progressive)]
        cv2.imwrite(str(path), bgr(eight()), options)

    return make


def markers(path: Path) -> dict[int, bytes]:
    """The segments of a JPEG file by their marker, those of one kind joined."""
    data, place, found = path.read_bytes(), 2, {}
    while data[place + 1] != 0xDA:
        (length,) = struct.unpack_from(">H", data, place + 2)
        found[data[place + 1]] = found.get(data[place + 1], b"") + data[place + 4 : place + 2 + length]
        place += 2 + length
    return found


def is_no_coarser(source: Path, target: Path) -> None:
    before, after = markers(source), markers(target)
    steps = zip(before[0xDB][1:65], after[0xDB][1:65], strict=True)
    assert all(ours <= theirs for theirs, ours in steps)
    (frame_before,) = (before[kind] for kind in (0xC0, 0xC2) if kind in before)
    (frame_after,) = (after[kind] for kind in (0xC0, 0xC2) if kind in after)
    assert frame_after[7] <= frame_before[7]  # the factors of luma: 0x11 is colour in full resolution


def is_progressive(source: Path, target: Path) -> None:
    assert 0xC2 in markers(target)


for quality, subsampling in ((60, 2), (98, 0), (97, 1), (100, 2)):
    name = ("4:4:4", "4:2:2", "4:2:0")[subsampling]
    add(
        "JPEG", f"quality {quality}, {name}", "steps and colour resolution at least as fine", "jpg>jpg",
        jpeg(quality, subsampling), is_no_coarser,
    )  # fmt: skip
add(
    "JPEG", "progressive", "progressive", "jpg>jpg", jpeg(90, 2, progressive=True),
    all_of(is_no_coarser, is_progressive),
)  # fmt: skip


def is_of_quality_50(source: Path, target: Path) -> None:
    assert markers(target)[0xDB][1] == 16


add(
    "JPEG", "quality 98, with `--quality 50`", "quality 50, as asked", "jpg>jpg", jpeg(98, 0), is_of_quality_50,
    options=("--quality", "50"),
)  # fmt: skip


def two_pictures(path: Path) -> None:
    images = [Image.fromarray(eight()) for _ in range(2)]
    images[0].save(path, "MPO", save_all=True, append_images=images[1:])


def is_one_jpeg(source: Path, target: Path) -> None:
    content = target.read_bytes()
    assert content.endswith(b"\xff\xd9")
    assert content.count(b"\xff\xd8\xff") == 1
    assert b"hdrgm:" not in content
    assert b"GCamera:" not in content


def phone(attribute: str, tail: bytes) -> Make:
    def make(path: Path) -> None:
        packet = XMP.replace(b"xmlns:dc", f"{attribute} xmlns:dc".encode())
        Image.fromarray(eight()).save(path, xmp=packet, quality=95)
        path.write_bytes(path.read_bytes() + tail)

    return make


add("JPEG", "a second picture (MPO)", "left out and named", "mpo>jpg", two_pictures, is_one_jpeg, changed="extra")
add(
    "JPEG", "a gain map (Ultra HDR)", "left out and named", "jpg>jpg",
    phone('xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0"', b""), is_one_jpeg,
    kept="xmp", changed="extra",
)  # fmt: skip
add(
    "JPEG", "a film behind the picture (motion photo)", "left out and named", "jpg>jpg",
    phone('xmlns:GCamera="http://ns.google.com/photos/1.0/camera/" GCamera:MotionPhoto="1"', b"\0\0\0\x18ftypmp42" * 9),
    is_one_jpeg, kept="xmp", changed="extra",
)  # fmt: skip

# Animations and pages

TIMES_MS = (40, 100, 250, 70)


def frame(number: int) -> Image.Image:
    samples = np.full((32, 48, 4), (200, 40 * number, 90, 0), np.uint8)  # libwebp 1.6 forgets the alpha of black
    samples[8:24, 4 + 8 * number : 20 + 8 * number, 3] = 255
    return Image.fromarray(samples)


def moving(path: Path) -> None:
    images = [frame(number) for number in range(4)]
    options: dict[str, Any] = {".webp": {"lossless": True}, ".gif": {"disposal": 2}}.get(path.suffix, {})
    images[0].save(path, save_all=True, append_images=images[1:], duration=list(TIMES_MS), loop=3, **options)


def moves(source: Path, target: Path) -> None:
    """Every frame shows the block at its place, and nothing of the frames before."""
    with Image.open(target) as image:
        times = [each.info["duration"] for each in ImageSequence.Iterator(image) if each.load()]
        assert (tuple(times), image.info["loop"]) == (TIMES_MS, 3)
    ok, animation = cv2.imreadanimation(str(target))
    assert ok
    assert len(animation.frames) == 4
    for number, samples in enumerate(animation.frames):
        expected = np.asarray(frame(number)).repeat(2, axis=0).repeat(2, axis=1)
        visible, shown = expected[:, :, 3] > 0, samples[:, :, 3]
        inner = cv2.erode(visible.astype(np.uint8), np.ones((9, 9))) > 0
        outer = cv2.dilate(visible.astype(np.uint8), np.ones((9, 9))) == 0
        assert shown[inner].min() >= 250
        assert shown[outer].max() <= 5
        assert np.abs(bgr(samples)[inner][:, :3].astype(int) - expected[inner][:, :3]).max() <= 40


for way in ("gif>png", "png>png", "webp>webp", "gif>webp"):
    add(
        "Animations and pages", "4 frames, shown 3 times, the last one's trace removed",
        "all frames, their times, how often", way, moving, moves, kept="animation alpha",
        options=("--quality", "100"),
    )  # fmt: skip


def pages(path: Path) -> None:
    images = [Image.fromarray(eight()), Image.fromarray(255 - eight()[:, :, 0])]
    images[0].save(path, save_all=True, append_images=images[1:])


def has_pages(source: Path, target: Path) -> None:
    ok, found = cv2.imreadmulti(str(target), flags=cv2.IMREAD_UNCHANGED)
    assert ok
    close(bgr(found[0]), eight(), 3)
    close(found[1].reshape(48, 72, 1), 255 - eight()[:, :, :1], 3)


add(
    "Animations and pages", "2 pages, colour and grey", "both pages, as they were", "tif>tif", pages, has_pages,
    kept="pages",
)  # fmt: skip

# What the target can't hold


def is_a_picture(source: Path, target: Path) -> None:
    assert by_opencv(target).shape[:2] == (48, 72)


LOST = "What the target can't hold"
add(LOST, "an animation", "the first frame, named", "gif>jpg", moving, lambda source, target: None,
    changed="animation alpha palette")  # fmt: skip
add(LOST, "2 pages", "the first one, named", "tif>png", pages, is_a_picture, changed="pages")
add(LOST, "transparency", "white behind it, named", "png>jpg", straight, is_a_picture, changed="alpha")
add(LOST, "16 bits", "8 bits, named", "png>jpg", by_opencv_as(deep(3, np.uint16)), is_a_picture, changed="depth")
add(LOST, "floating point", "16 bits, named", "tif>png", by_opencv_as(deep(3, np.float32)), is_a_picture,
    changed="depth")  # fmt: skip
add(LOST, "grey", "three equal channels, named", "png>webp", by_opencv_as(eight(1)), is_a_picture, changed="grey")
add(LOST, "PNG text", "left out, named", "png>jpg", with_text, is_a_picture, changed="text")
add(LOST, "PNG's gAMA, cHRM and cICP", "left out, named", "png>jpg", with_chunks, is_a_picture, changed="colour")
add(LOST, "a profile", "left out, named", "png>bmp", profiled(rgb_profile("Display P3")), is_a_picture, changed="icc")
add(LOST, "EXIF", "left out, named", "jpg>bmp", with_exif, is_a_picture, changed="exif thumbnail")


# The page

_HEAD = """# Fidelity

What becomes of a picture between its file and its result. Every row is a test that goes through the command line
(`tests/cli/test_fidelity.py`); this page is made from the same rows by `docs/make/fidelity.py`. The source is written,
and the result looked at, by something that did not write the result. *Kept* and *changed* are the ids that
`sr-desktop upscale --json` says ([their meaning](command-line.md#json)).
"""


def page() -> str:
    """Return `docs/fidelity.md`; rows that differ in the formats only are one line."""
    lines = [_HEAD]
    for section in SECTIONS:
        lines += [f"## {section}\n", "| given | from → to | what comes out | kept | changed |", "|---|---|---|---|---|"]
        groups: dict[tuple[str, ...], list[str]] = {}
        for row in ROWS:
            if row.section == section:
                key = row.given, row.outcome, _ids(row.kept), _ids(row.changed)
                groups.setdefault(key, []).append(f"{NAMES[row.source]} → {NAMES[row.target]}")
        for (given, outcome, kept, changed), ways in groups.items():
            lines.append(f"| {given} | {', '.join(ways)} | {outcome} | {kept} | {changed} |")
        lines.append("")
    return "\n".join(lines)


def _ids(names: frozenset[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
