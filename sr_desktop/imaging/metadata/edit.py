"""Pictures without what tells about their maker, with a note on how they were made, or with their file's times."""

import os
from dataclasses import replace
from pathlib import Path

from sr_desktop.imaging.metadata import exif
from sr_desktop.imaging.raster import Metadata, Raster


def without_metadata(raster: Raster) -> Raster:
    """Return the picture without EXIF, XMP, IPTC and text; colours and pixels per inch need what is left."""
    kept = raster.metadata
    bare = Metadata(icc=kept.icc, density=kept.density, colour_chunks=kept.colour_chunks, jpeg=kept.jpeg)
    return replace(raster, metadata=bare)


def with_provenance(raster: Raster, note: str) -> Raster:
    """Return the picture with a note on the program, model and scale in its EXIF `Software` tag."""
    block = exif.with_software(raster.metadata.exif, note)
    return replace(raster, metadata=replace(raster.metadata, exif=block))


def keep_times(source: Path, target: Path) -> None:
    """Give `target` the times of last access and change that `source` has.

    Raises:
        OSError: The system refuses.
    """
    status = source.stat()
    os.utime(target, ns=(status.st_atime_ns, status.st_mtime_ns))
