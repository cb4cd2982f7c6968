import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sr_desktop.imaging.metadata.edit import keep_times, with_provenance, without_metadata
from sr_desktop.imaging.raster import JpegEncoding, Metadata, Raster
from sr_desktop.imaging.writing.writer import write

FULL = Metadata(
    icc=b"profile",
    exif=b"II*\0\x08\0\0\0\0\0\0\0\0\0",
    xmp=b"<x:xmpmeta/>",
    iptc=b"\x1c\x02\x78\0\1a",
    text=(("Author", "Zoë"),),
    density=(72.0, 72.0),
    colour_chunks=((b"gAMA", b"\0\0\xb1\x8f"),),
    jpeg=JpegEncoding(90, 0, progressive=True),
)


def picture(metadata: Metadata = FULL) -> Raster:
    return Raster(np.full((8, 8, 3), 99, np.uint8), metadata)


def test_only_what_pixels_mean_is_left_without_metadata() -> None:
    assert without_metadata(picture()).metadata == Metadata(
        icc=FULL.icc, density=FULL.density, colour_chunks=FULL.colour_chunks, jpeg=FULL.jpeg
    )


@pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".webp", ".avif"])
@pytest.mark.parametrize("metadata", [FULL, Metadata()])
def test_every_format_that_holds_exif_says_how_a_picture_was_made(
    tmp_path: Path, suffix: str, metadata: Metadata
) -> None:
    write(with_provenance(picture(metadata), "sr-desktop 1.0, fsrcnn-x2, 2x"), tmp_path / f"made{suffix}")
    with Image.open(tmp_path / f"made{suffix}") as image:
        assert image.getexif()[0x0131] == "sr-desktop 1.0, fsrcnn-x2, 2x"


def test_times_are_those_of_the_source(tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.touch()
    target.touch()
    os.utime(source, ns=(1_000_000_000_000_000_000, 1_234_567_890_000_000_000))
    keep_times(source, target)
    assert target.stat().st_mtime_ns == 1_234_567_890_000_000_000
