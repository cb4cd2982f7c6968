"""Pictures of more than 8 bits, and those that are neither grey nor RGB."""

import io
import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageCms

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging.raster import Raster
from sr_desktop.imaging.reading import png_chunks
from sr_desktop.imaging.reading.cielab import to_srgb
from sr_desktop.imaging.reading.in_process import read_here
from sr_desktop.imaging.reading.reader import read
from sr_desktop.imaging.writing.writer import write

FULL = {np.uint16: 65535, np.float32: 1.0}


def ramp(channels: int, dtype: Any = np.uint16, height: int = 37, width: int = 301) -> NDArray[Any]:
    """A smooth ramp with far more than 256 levels."""
    values = np.linspace(0, 1, height * width * channels).reshape(height, width, channels)
    return (values * FULL[dtype]).astype(dtype)


def bgr(samples: NDArray[Any]) -> NDArray[Any]:
    return samples[:, :, [2, 1, 0, 3][: samples.shape[2]]] if samples.shape[2] >= 3 else samples


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_16_bits_of_opencv_are_read_sample_for_sample(tmp_path: Path, suffix: str, channels: int) -> None:
    samples = ramp(channels)
    assert cv2.imwrite(str(tmp_path / f"deep{suffix}"), bgr(samples))  # TIFF: LZW with differences
    raster = read(tmp_path / f"deep{suffix}")
    np.testing.assert_array_equal(raster.samples, samples)
    assert (raster.bits, raster.changes) == (16, ())
    assert len(np.unique(raster.samples)) > 5_000


@pytest.mark.parametrize("channels", [1, 3])
def test_floats_of_opencv_are_read_sample_for_sample(tmp_path: Path, channels: int) -> None:
    samples = ramp(channels, np.float32) * 3 - 1
    assert cv2.imwrite(str(tmp_path / "deep.tif"), bgr(samples))
    np.testing.assert_array_equal(read(tmp_path / "deep.tif").samples, samples)


@pytest.mark.parametrize("suffix", [".png", ".tif"])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_16_bits_go_in_and_out(tmp_path: Path, suffix: str, channels: int) -> None:
    samples = ramp(channels)
    write(Raster(samples.copy()), tmp_path / f"deep{suffix}")
    np.testing.assert_array_equal(read(tmp_path / f"deep{suffix}").samples, samples)


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_floats_go_in_and_out(tmp_path: Path, channels: int) -> None:
    samples = ramp(channels, np.float32) * 3 - 1
    write(Raster(samples.copy()), tmp_path / "deep.tif")
    np.testing.assert_array_equal(read(tmp_path / "deep.tif").samples, samples)


def tiff(
    stored: NDArray[Any],
    *,
    order: str = "<",
    photometric: int = 2,
    extra: tuple[int, ...] = (),
    tile: int = 0,
    rows: int = 7,
    planar: bool = False,
    deflate: bool = False,
    predictor: int = 1,
    sample_format: int = 1,
    big: bool = False,
) -> bytes:
    """A TIFF file of H×W×C stored samples, made without our writer."""
    height, width, channels = stored.shape
    file_type = stored.dtype.newbyteorder(order)
    planes = [stored[:, :, i : i + 1] for i in range(channels)] if planar else [stored]
    step_y, step_x = (tile, tile) if tile else (rows, width)
    chunks = []
    for plane in planes:
        for top in range(0, height, step_y):
            for left in range(0, width, step_x):
                chunk = plane[top : top + step_y, left : left + step_x]
                if tile:
                    missing = (0, tile - chunk.shape[0]), (0, tile - chunk.shape[1]), (0, 0)
                    chunk = np.pad(chunk, missing, mode="edge")
                if predictor == 2:
                    chunk = np.concatenate([chunk[:, :1], np.diff(chunk, axis=1)], axis=1)
                data = chunk.astype(file_type).tobytes()
                chunks.append(zlib.compress(data) if deflate else data)
    bits = stored.dtype.itemsize * 8
    entries: dict[int, tuple[int, list[int]]] = {
        256: (3, [width]), 257: (3, [height]), 258: (3, [bits] * channels), 259: (3, [8 if deflate else 1]),
        262: (3, [photometric]), 277: (3, [channels]), 284: (3, [2 if planar else 1]), 317: (3, [predictor]),
        339: (3, [sample_format] * channels), 324 if tile else 273: (4, []),
        325 if tile else 279: (4, [len(chunk) for chunk in chunks]),
    }  # fmt: skip
    if extra:
        entries[338] = (3, [*extra])
    if tile:
        entries |= {322: (3, [tile]), 323: (3, [tile])}
    else:
        entries[278] = (3, [rows])
    start = 16
    offsets = [start + sum(map(len, chunks[:i])) for i in range(len(chunks))]
    entries[324 if tile else 273] = (4, offsets)
    body = b"".join(chunks)
    values, directory = b"", b""
    place = start + len(body)
    room, pointer = (8, "Q") if big else (4, "I")
    for number, (kind, numbers) in sorted(entries.items()):
        content = struct.pack(f"{order}{len(numbers)}{'H' if kind == 3 else 'I'}", *numbers)
        field = content.ljust(room, b"\0")
        if len(content) > room:
            field = struct.pack(order + pointer, place + len(values))
            values += content
        directory += struct.pack(order + "HH" + pointer, number, kind, len(numbers)) + field
    count = struct.pack(order + ("Q" if big else "H"), len(entries))
    mark = b"II" if order == "<" else b"MM"
    after = place + len(values)
    head = struct.pack(order + "HHHQ", 43, 8, 0, after) if big else struct.pack(order + "HIQ", 42, after, 0)
    return mark + head + body + values + count + directory + bytes(room)


def read_bytes(tmp_path: Path, content: bytes, name: str = "picture.tif") -> Any:
    (tmp_path / name).write_bytes(content)
    return read(tmp_path / name)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("deflate", [False, True])
@pytest.mark.parametrize(
    "layout", [{"tile": 16}, {"rows": 7}, {"rows": 100}, {"tile": 16, "planar": True}, {"planar": True}]
)
def test_every_way_to_store_16_bits_in_tiff_is_read(
    tmp_path: Path, order: str, deflate: bool, layout: dict[str, Any]
) -> None:
    samples = ramp(3, width=41)
    for predictor in (1, 2) if deflate else (1,):
        content = tiff(samples, order=order, deflate=deflate, predictor=predictor, **layout)
        np.testing.assert_array_equal(read_bytes(tmp_path, content).samples, samples)


def test_bigtiff_is_read(tmp_path: Path) -> None:
    samples = ramp(4, width=41)
    raster = read_bytes(tmp_path, tiff(samples, big=True, extra=(2,), deflate=True))
    np.testing.assert_array_equal(raster.samples, samples)


def test_a_chunk_that_is_too_short_is_a_truncated_file(tmp_path: Path) -> None:
    whole = tiff(ramp(3, width=41), tile=16)
    with pytest.raises(UnreadableImageError, match="too early"):
        read_bytes(tmp_path, whole.replace(struct.pack("<I", 16 * 16 * 6), struct.pack("<I", 100)))


def test_half_and_double_floats_become_floats(tmp_path: Path) -> None:
    samples = (np.arange(300, dtype=np.float64) / 512).reshape(10, 10, 3)
    for dtype in (np.float16, np.float64):
        raster = read_bytes(tmp_path, tiff(samples.astype(dtype), sample_format=3))
        np.testing.assert_array_equal(raster.samples, samples.astype(np.float32))
        assert [change.id for change in raster.changes] == ["depth"]


def test_colours_multiplied_with_alpha_are_divided_again(tmp_path: Path) -> None:
    straight = np.array([[[40000, 20000, 10000, 32768]]], np.uint16)
    multiplied = np.concatenate([straight[..., :3] // 2, straight[..., 3:]], axis=2, dtype=np.uint16)
    raster = read_bytes(tmp_path, tiff(multiplied, extra=(1,)))
    assert np.abs(raster.samples.astype(int) - straight).max() <= 2


def test_white_that_is_zero_is_turned_over(tmp_path: Path) -> None:
    samples = ramp(1, width=41)
    np.testing.assert_array_equal(read_bytes(tmp_path, tiff(65535 - samples, photometric=0)).samples, samples)


def test_further_channels_are_left_out_and_named(tmp_path: Path) -> None:
    samples = ramp(5, width=41)
    raster = read_bytes(tmp_path, tiff(samples, extra=(2, 0)))
    np.testing.assert_array_equal(raster.samples, samples[:, :, :4])
    assert [change.id for change in raster.changes] == ["extra"]


def test_lab_of_either_depth_becomes_the_colours_it_means(tmp_path: Path) -> None:
    # sRGB primaries and white in CIELAB of D50, from B. Lindbloom's calculator
    known = {(100.0, 0.0, 0.0): (1, 1, 1), (54.29, 80.81, 69.89): (1, 0, 0), (87.82, -79.29, 80.99): (0, 1, 0)}
    lab = np.array([[*known]], np.float32)
    np.testing.assert_allclose(to_srgb(lab), [[*known.values()]], atol=0.01)
    eight = np.empty((1, 3, 3), np.uint8)
    eight[..., 0] = np.rint(lab[..., 0] * 2.55)
    eight[..., 1:] = np.rint(lab[..., 1:]).astype(np.int8).view(np.uint8)
    sixteen = np.empty((1, 3, 3), np.uint16)
    sixteen[..., 0] = np.rint(lab[..., 0] * 655.35)
    sixteen[..., 1:] = np.rint(lab[..., 1:] * 256).astype(np.int16).view(np.uint16)
    for stored, full, tolerance in ((eight, 255, 0.05), (sixteen, 65535, 0.01)):
        raster = read_bytes(tmp_path, tiff(stored, photometric=8))
        np.testing.assert_allclose(raster.samples / full, [[*known.values()]], atol=tolerance)
        assert [change.id for change in raster.changes] == ["colour-space"]


def test_cmyk_without_a_profile_follows_the_plain_formula(tmp_path: Path) -> None:
    inks = np.random.default_rng(0).integers(0, 256, (16, 16, 4), dtype=np.uint8)
    expected = (255.0 - inks[..., :3]) * (255.0 - inks[..., 3:]) / 255
    Image.fromarray(inks, "CMYK").save(tmp_path / "ink.tif")
    raster = read(tmp_path / "ink.tif")
    assert np.abs(raster.samples - expected).max() <= 1
    assert [change.id for change in raster.changes] == ["colour-space"]
    deep = read_bytes(tmp_path, tiff(inks.astype(np.uint16) * 257, photometric=5), "deep.tif")
    assert np.abs(deep.samples / 257 - expected).max() <= 1


def test_inverted_cmyk_of_adobe_is_turned_over(tmp_path: Path) -> None:
    flat = np.full((16, 16, 4), (0, 255, 255, 0), np.uint8)  # red ink
    buffer = io.BytesIO()
    Image.fromarray(flat, "CMYK").save(buffer, "JPEG", quality=100)  # Pillow writes it inverted, with Adobe's mark
    raster = read_bytes(tmp_path, buffer.getvalue(), "ink.jpg")
    assert np.abs(raster.samples[8, 8].astype(int) - (255, 0, 0)).max() <= 3


def test_a_16_bit_colour_declared_transparent_is_transparent(tmp_path: Path) -> None:
    samples = ramp(3)
    plain = cv2.imencode(".png", bgr(samples))[1].tobytes()
    clear = samples[3, 4].astype(">u2").tobytes()
    chunk = struct.pack(">I", 6) + b"tRNS" + clear + struct.pack(">I", zlib.crc32(b"tRNS" + clear))
    raster = read_bytes(tmp_path, plain[:33] + chunk + plain[33:], "clear.png")
    np.testing.assert_array_equal(raster.samples[:, :, :3], samples)
    hidden = (samples == samples[3, 4]).all(axis=2)
    np.testing.assert_array_equal(raster.samples[:, :, 3], np.where(hidden, 0, 65535))


@pytest.mark.parametrize("transparent", [False, True])
@pytest.mark.parametrize("grey", [False, True])
def test_a_palette_becomes_what_it_shows(tmp_path: Path, transparent: bool, grey: bool) -> None:
    indices = np.arange(64, dtype=np.uint8).reshape(8, 8) % 4
    colours = np.array([[0, 0, 0], [80, 80, 80], [160, 160, 160], [255, 255, 255]], np.uint8)
    if not grey:
        colours[1] = (200, 30, 90)
    image = Image.fromarray(indices, "P")
    image.putpalette(colours.tobytes())
    options = {"transparency": bytes([255, 128, 0, 255])} if transparent else {}
    image.save(tmp_path / "palette.png", **options)
    raster = read(tmp_path / "palette.png")
    expected = colours[indices][:, :, :1] if grey else colours[indices]
    np.testing.assert_array_equal(raster.samples[:, :, : expected.shape[2]], expected)
    assert raster.has_alpha == transparent
    if transparent:
        np.testing.assert_array_equal(raster.samples[:, :, -1], np.array([255, 128, 0, 255])[indices])
    assert [change.id for change in raster.changes] == ["palette"]


def test_black_and_white_becomes_grey(tmp_path: Path) -> None:
    bits = np.random.default_rng(1).integers(0, 2, (9, 21), dtype=np.uint8) * 255
    for suffix in (".png", ".tif", ".bmp"):
        Image.fromarray(bits).convert("1", dither=Image.Dither.NONE).save(tmp_path / f"bits{suffix}")
        np.testing.assert_array_equal(read(tmp_path / f"bits{suffix}").samples[:, :, 0], bits)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from([1, 3]), st.booleans())
def test_interlaced_16_bit_png_of_any_size_is_read(height: int, width: int, channels: int, noisy: bool) -> None:
    """Adam7 has passes without pixels in small pictures; the check before decoding has to know them."""
    rng = np.random.default_rng(height * width)
    samples = (
        rng.integers(0, 65536, (height, width, channels)).astype(np.uint16)
        if noisy
        else ramp(channels, height=height, width=width)
    )
    raw = b""
    for x, y, step_x, step_y in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)):  # fmt: skip
        for row in samples[y::step_y, x::step_x] if width > x else []:
            raw += b"\0" + row.astype(">u2").tobytes()
    header = struct.pack(">IIBBBBB", width, height, 16, 0 if channels == 1 else 2, 0, 0, 1)
    content = b"\x89PNG\r\n\x1a\n"
    for kind, data in ((b"IHDR", header), (b"IDAT", zlib.compress(raw)), (b"IEND", b"")):
        content += struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    decoded = png_chunks.decode_16_bits(content, png_chunks.checked_header(io.BytesIO(content)))
    np.testing.assert_array_equal(decoded, samples)


def test_cmyk_goes_through_its_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No CMYK profile may be shipped with the tests, so the conversion is watched instead of its colours."""
    seen = []

    def converted(image: Image.Image, source: object, target: object, **options: str) -> Image.Image:
        seen.append((image.mode, options["outputMode"]))
        return Image.new("RGB", image.size, (1, 2, 3))

    monkeypatch.setattr(ImageCms, "profileToProfile", converted)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.new("CMYK", (4, 4)).save(tmp_path / "ink.jpg", icc_profile=profile)
    raster = read_here(tmp_path / "ink.jpg")
    assert seen == [("CMYK", "RGB")]
    assert raster.samples[0, 0].tolist() == [1, 2, 3]
    assert raster.metadata.icc is None


def test_a_broken_profile_of_cmyk_is_named(tmp_path: Path) -> None:
    Image.new("CMYK", (4, 4), (0, 0, 0, 128)).save(tmp_path / "ink.jpg", icc_profile=b"no profile" * 20)
    (change,) = read(tmp_path / "ink.jpg").changes
    assert "broken" in change.text


def test_samples_that_are_no_number_are_replaced_and_named(tmp_path: Path) -> None:
    samples = np.array([[[0.25], [np.nan], [np.inf], [-np.inf], [3.0]]], np.float32)
    raster = read_bytes(tmp_path, tiff(samples, photometric=1, sample_format=3))
    assert raster.samples.ravel().tolist() == [0.25, 0, 3, 0.25, 3]
    assert [change.id for change in raster.changes] == ["samples"]
