"""What travels beside the samples, from file to file; each row is checked with Pillow or by hand, not by our reader."""

import io
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms, PngImagePlugin, TiffImagePlugin

from sr_desktop.imaging.formats import format_named
from sr_desktop.imaging.metadata import exif
from sr_desktop.imaging.raster import Metadata, Raster
from sr_desktop.imaging.reading.reader import read
from sr_desktop.imaging.writing.compatibility import Written, foresee
from sr_desktop.imaging.writing.writer import write

CARRIERS = [".png", ".jpg", ".webp", ".tif", ".avif"]
MAKER_NOTE_OFFSET = 0x0100
MAKER_NOTE = b"MAKER\0" + struct.pack("<I", MAKER_NOTE_OFFSET + 16) + bytes(6) + b"a value at an absolute offset"


def smooth(height: int = 24, width: int = 36, channels: int = 3) -> np.ndarray:
    ramps = np.linspace(20, 230, width)[None, :, None] * np.linspace(0.6, 1, height)[:, None, None]
    return (ramps * np.linspace(1, 0.7, channels)).astype(np.uint8)


def exif_block(orientation: int = 1) -> bytes:
    """A block whose maker note points into itself, as those of cameras do, with GPS and a thumbnail."""
    thumbnail = io.BytesIO()
    Image.new("RGB", (16, 12), "red").save(thumbnail, "JPEG")

    def directory(entries: list[tuple[int, int, int, int]], following: int = 0) -> bytes:
        return (
            struct.pack("<H", len(entries))
            + b"".join(struct.pack("<HHII", *e) for e in entries)
            + struct.pack("<I", following)
        )

    block = bytearray(0x300)
    block[:8] = b"II*\0" + struct.pack("<I", 8)
    main = [
        (0x010F, 2, 7, 0xA0), (0x0112, 3, 1, orientation), (0x011A, 5, 1, 0xB0), (0x011B, 5, 1, 0xB8),
        (0x0128, 3, 1, 2), (0x0132, 2, 20, 0xC0), (0x8769, 4, 1, 0x180), (0x8825, 4, 1, 0x1E0),
    ]  # fmt: skip
    main_bytes = directory(main, 0x240)
    block[8 : 8 + len(main_bytes)] = main_bytes
    block[0xA0:0xA7] = b"Camera\0"
    block[0xB0:0xC0] = struct.pack("<4I", 300, 1, 150, 1)
    block[0xC0:0xD4] = b"2021:03:04 05:06:07\0"
    block[MAKER_NOTE_OFFSET : MAKER_NOTE_OFFSET + len(MAKER_NOTE)] = MAKER_NOTE
    details = directory([(0x927C, 7, len(MAKER_NOTE), MAKER_NOTE_OFFSET), (0xA002, 3, 1, 36), (0xA003, 3, 1, 24)])
    block[0x180 : 0x180 + len(details)] = details
    gps = directory([(0x0001, 2, 2, ord("N")), (0x0002, 5, 3, 0x210)])
    block[0x1E0 : 0x1E0 + len(gps)] = gps
    block[0x210:0x228] = struct.pack("<6I", 48, 1, 8, 1, 30, 1)
    second = directory([(0x0201, 4, 1, 0x300), (0x0202, 4, 1, len(thumbnail.getvalue()))])
    block[0x240 : 0x240 + len(second)] = second
    return bytes(block) + thumbnail.getvalue()


XMP = b"""<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'>\
<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' \
xmlns:tiff='http://ns.adobe.com/tiff/1.0/' xmlns:exif='http://ns.adobe.com/exif/1.0/' tiff:Orientation='6' \
tiff:ImageWidth="24"><exif:PixelXDimension>24</exif:PixelXDimension><dc:title>Gr\xc3\xbc\xc3\x9fe</dc:title>\
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"""
IPTC = b"\x1c\x02\x78\x00\x07caption"
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def make(path: Path, orientation: int = 1) -> None:
    """Write a source with everything its format holds, by other means than ours where there are any."""
    image = Image.fromarray(smooth())
    block = exif_block(orientation)
    match path.suffix:
        case ".png":
            text = PngImagePlugin.PngInfo()
            text.add_text("Author", "Zoë")
            text.add_itxt("Title", "夜")
            text.add_itxt("XML:com.adobe.xmp", XMP.decode())
            image.save(path, pnginfo=text, exif=block, icc_profile=ICC, dpi=(300, 150))
        case ".jpg":
            image.save(path, exif=b"Exif\0\0" + block, icc_profile=ICC, xmp=XMP, dpi=(300, 150), quality=97)
            resource = b"8BIM\x04\x04\0\0" + struct.pack(">I", len(IPTC)) + IPTC
            segment = b"Photoshop 3.0\0" + resource
            whole = path.read_bytes()
            path.write_bytes(whole[:20] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + whole[20:])
        case ".tif":
            tags = TiffImagePlugin.ImageFileDirectory_v2()
            tags[271], tags[306], tags[700], tags[33723] = "Camera", "2021:03:04 05:06:07", XMP, IPTC
            tags[274] = orientation
            image.save(path, tiffinfo=tags, icc_profile=ICC, dpi=(300, 150), compression="tiff_lzw")
        case _:
            image.save(path, exif=block, icc_profile=ICC, xmp=XMP, quality=95)


def twice(source: Path, target: Path, **options: int) -> Written:
    """Read, double without a network, write."""
    raster = read(source)
    larger = np.ascontiguousarray(raster.samples.repeat(2, axis=0).repeat(2, axis=1))
    return write(replace(raster, samples=larger), target, **options)


def raw_exif(path: Path) -> bytes:
    if path.suffix == ".tif":
        return path.read_bytes()  # the block is the file's beginning
    with Image.open(path) as image:
        return image.info["exif"].removeprefix(b"Exif\0\0")


@pytest.mark.parametrize("target", CARRIERS)
@pytest.mark.parametrize("source", [".png", ".jpg", ".webp", ".avif"])
def test_exif_goes_from_format_to_format_with_its_maker_note(tmp_path: Path, source: str, target: str) -> None:
    make(tmp_path / f"in{source}")
    outcome = twice(tmp_path / f"in{source}", tmp_path / f"out{target}")
    assert "exif" in outcome.kept
    block = raw_exif(tmp_path / f"out{target}")
    if source != ".avif":  # Pillow wrote that source's block anew
        assert "thumbnail" in [change.id for change in outcome.changed]
        assert block[MAKER_NOTE_OFFSET : MAKER_NOTE_OFFSET + len(MAKER_NOTE)] == MAKER_NOTE
    with Image.open(tmp_path / f"out{target}") as image:
        tags = image.getexif()
        details, gps = tags.get_ifd(0x8769), tags.get_ifd(0x8825)
        assert tags[0x010F] == "Camera"
        assert tags[0x0132] == "2021:03:04 05:06:07"
        assert tags.get(0x0112, 1) == 1
        assert details[0x927C] == MAKER_NOTE
        assert (details[0xA002], details[0xA003]) == (72, 48)
        assert [float(value) for value in gps[2]] == [48, 8, 30]
        assert image.getexif().get_ifd(1).get(0x0201) is None
    assert b"\xff\xd8\xff" not in block[8:] or target in (".tif", ".jpg")


@pytest.mark.parametrize("target", CARRIERS)
@pytest.mark.parametrize("source", CARRIERS)
def test_profile_and_xmp_go_from_format_to_format(tmp_path: Path, source: str, target: str) -> None:
    make(tmp_path / f"in{source}")
    outcome = twice(tmp_path / f"in{source}", tmp_path / f"out{target}")
    assert {"icc", "xmp"} <= {*outcome.kept}
    with Image.open(tmp_path / f"out{target}") as image:
        image.load()
        assert image.info["icc_profile"] == ICC
        packet = image.tag_v2[700] if target == ".tif" else image.info["xmp"]
    assert "Grüße".encode() in packet
    assert b'tiff:ImageWidth="72"' in packet
    assert b"<exif:PixelXDimension>72<" in packet


@pytest.mark.parametrize("target", [".png", ".jpg", ".tif"])
@pytest.mark.parametrize("source", [".jpg", ".tif"])
def test_iptc_goes_from_format_to_format(tmp_path: Path, source: str, target: str) -> None:
    make(tmp_path / f"in{source}")
    assert "iptc" in twice(tmp_path / f"in{source}", tmp_path / f"out{target}").kept
    with Image.open(tmp_path / f"out{target}") as image:
        image.load()
        match target:
            case ".jpg":
                assert image.info["photoshop"][0x0404] == IPTC
            case ".tif":
                assert bytes(image.tag_v2[33723]) == IPTC
            case ".png":
                digits = "".join(image.text["Raw profile type iptc"].split("\n")[3:])
                assert bytes.fromhex(digits) == IPTC
    assert read(tmp_path / f"out{target}").metadata.iptc == IPTC


def test_png_text_is_kept_in_png_and_named_elsewhere(tmp_path: Path) -> None:
    make(tmp_path / "in.png")
    assert "text" in twice(tmp_path / "in.png", tmp_path / "out.png").kept
    with Image.open(tmp_path / "out.png") as image:
        image.load()
        assert (image.text["Author"], image.text["Title"]) == ("Zoë", "夜")
    assert "text" in [change.id for change in twice(tmp_path / "in.png", tmp_path / "out.webp").changed]


def test_a_jpeg_comment_is_kept(tmp_path: Path) -> None:
    Image.fromarray(smooth()).save(tmp_path / "in.jpg", comment="hello")
    twice(tmp_path / "in.jpg", tmp_path / "out.jpg")
    with Image.open(tmp_path / "out.jpg") as image:
        assert image.info["comment"] == b"hello"
    twice(tmp_path / "in.jpg", tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as image:
        assert image.text["Comment"] == "hello"


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".tif", ".webp"])
def test_a_turned_picture_has_its_tags_turned(tmp_path: Path, suffix: str) -> None:
    make(tmp_path / f"in{suffix}", orientation=6)
    twice(tmp_path / f"in{suffix}", tmp_path / f"out{suffix}")
    with Image.open(tmp_path / f"out{suffix}") as image:
        assert image.size == (48, 72)
        assert image.getexif().get(0x0112, 1) == 1
        packet = image.tag_v2[700] if suffix == ".tif" else image.info["xmp"]
        assert b"tiff:Orientation='1'" in packet
        if suffix in (".jpg", ".png", ".tif"):
            assert image.info["dpi"] == pytest.approx((150, 300), abs=0.1)


def png_with(chunks: list[tuple[bytes, bytes]]) -> bytes:
    plain = cv2.imencode(".png", smooth())[1].tobytes()
    extra = b"".join(
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        for kind, content in chunks
    )
    return plain[:33] + extra + plain[33:]


COLOUR = [
    (b"gAMA", struct.pack(">I", 100_000)),
    (b"cHRM", struct.pack(">8I", 31270, 32900, 68000, 32000, 26500, 69000, 15000, 6000)),
    (b"cICP", bytes([12, 13, 0, 1])),
]


def test_what_a_png_file_says_about_its_colours_is_kept(tmp_path: Path) -> None:
    (tmp_path / "in.png").write_bytes(png_with(COLOUR))
    outcome = twice(tmp_path / "in.png", tmp_path / "out.png")
    assert "colour" in outcome.kept
    written = (tmp_path / "out.png").read_bytes()
    for kind, content in COLOUR:
        assert kind + content in written
        assert written.index(kind) < written.index(b"IDAT")
    assert "colour" in [change.id for change in twice(tmp_path / "in.png", tmp_path / "out.jpg").changed]


def test_plain_srgb_is_no_loss_anywhere(tmp_path: Path) -> None:
    (tmp_path / "in.png").write_bytes(png_with([(b"sRGB", b"\0")]))
    assert twice(tmp_path / "in.png", tmp_path / "out.jpg").changed == ()


@pytest.mark.parametrize(("quality", "subsampling"), [(98, 0), (98, 1), (60, 2), (100, 0)])
def test_jpeg_is_never_coarser_than_its_source(tmp_path: Path, quality: int, subsampling: int) -> None:
    Image.fromarray(smooth()).save(tmp_path / "in.jpg", quality=quality, subsampling=subsampling, progressive=True)
    twice(tmp_path / "in.jpg", tmp_path / "out.jpg")
    with Image.open(tmp_path / "in.jpg") as before, Image.open(tmp_path / "out.jpg") as after:
        for number, table in before.quantization.items():
            assert all(ours <= theirs for ours, theirs in zip(after.quantization[number], table, strict=True))
        assert [layer[1:3] for layer in after.layer] == [layer[1:3] for layer in before.layer]
        assert after.info["progressive"]


def test_a_chosen_quality_beats_the_source(tmp_path: Path) -> None:
    Image.fromarray(smooth()).save(tmp_path / "in.jpg", quality=98)
    twice(tmp_path / "in.jpg", tmp_path / "out.jpg", quality=50)
    with Image.open(tmp_path / "out.jpg") as image:
        assert image.quantization[0][0] == 16


def test_second_pictures_gain_maps_and_films_are_named(tmp_path: Path) -> None:
    images = [Image.fromarray(smooth()) for _ in range(2)]
    images[0].save(tmp_path / "two.mpo", save_all=True, append_images=images[1:])
    assert "extra" in [change.id for change in read(tmp_path / "two.mpo").changes]
    packet = XMP.replace(
        b"tiff:ImageWidth",
        b'hdrgm:Version="1.0" GCamera:MotionPhoto="1" GCamera:MotionPhotoVersion="1" tiff:ImageWidth',
    )
    images[0].save(tmp_path / "phone.jpg", xmp=packet)
    raster = read(tmp_path / "phone.jpg")
    texts = [change.text for change in raster.changes]
    assert any("gain map" in text for text in texts)
    assert any("film" in text for text in texts)
    assert raster.metadata.xmp is not None
    assert b"hdrgm" not in raster.metadata.xmp
    assert b"MotionPhoto" not in raster.metadata.xmp


def test_metadata_too_long_for_a_jpeg_segment_is_named(tmp_path: Path) -> None:
    long = Raster(smooth(), Metadata(exif=exif_block() + bytes(70_000), xmp=XMP + b" " * 70_000, icc=ICC * 40))
    outcome = write(long, tmp_path / "long.jpg")
    assert {change.id for change in outcome.changed} >= {"exif", "xmp"}
    assert outcome.kept == ("icc",)
    with Image.open(tmp_path / "long.jpg") as image:
        assert image.info["icc_profile"] == ICC * 40


def test_what_is_foreseen_is_what_happens(tmp_path: Path) -> None:
    make(tmp_path / "in.png")
    raster = read(tmp_path / "in.png")
    for name in ("PNG", "JPEG", "WebP", "TIFF", "BMP", "AVIF"):
        assert write(raster, tmp_path / name, format=name) == foresee(raster, format_named(name))


@pytest.mark.parametrize("order", ["<", ">"])
def test_software_can_be_noted_without_moving_anything(order: str) -> None:
    block = exif_block()
    marked = exif.with_software(block, "sr-desktop 1.0, fsrcnn-x2, 2x")
    assert marked[8 : len(block)] == block[8:]
    for data in (marked, exif.with_software(None, "sr-desktop 1.0, fsrcnn-x2, 2x")):
        tags = Image.Exif()
        tags.load(data)
        assert tags[0x0131] == "sr-desktop 1.0, fsrcnn-x2, 2x"


def test_blocks_of_either_byte_order_are_patched() -> None:
    for endian in ("<", ">"):
        tags = Image.Exif()
        tags.endian = endian
        tags[0x0112], tags[0x010F] = 6, "Camera"
        block = tags.tobytes().removeprefix(b"Exif\0\0")
        assert exif.orientation(block) == 6
        again = Image.Exif()
        again.load(exif.upright(block))
        assert (again[0x0112], again[0x010F]) == (1, "Camera")
        again = Image.Exif()
        again.load(exif.without_orientation(block))
        assert dict(again) == {0x010F: "Camera"}


def test_tiff_keeps_camera_and_date(tmp_path: Path) -> None:
    make(tmp_path / "in.tif")
    for target in CARRIERS:
        assert "exif" in twice(tmp_path / "in.tif", tmp_path / f"out{target}").kept
        with Image.open(tmp_path / f"out{target}") as image:
            assert image.getexif()[271] == "Camera"
            assert image.getexif()[306] == "2021:03:04 05:06:07"
