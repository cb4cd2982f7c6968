"""Whether a disk has room for a picture, looked at before the work and not after it."""

import errno
import os
import shutil
from pathlib import Path

from sr_desktop.errors import UnwritableImageError
from sr_desktop.imaging.formats import Format
from sr_desktop.imaging.raster import Raster
from sr_desktop.system.file_names import shown

_LEAST_SHARE = {"PNG": 0.25, "TIFF": 0.25, "BMP": 1.0, "JPEG": 0.02, "WebP": 0.02, "AVIF": 0.01}
"""Of the bytes of its samples that a photograph takes at the least: half of what the lossless ones of Set5 and Set14
take at x2, and what others take at a low quality. A drawing may take less; on a disk so full it is still refused."""


def check_room(path: Path, outline: Raster, target: Format) -> None:
    """Refuse a picture that will fill the disk before it is complete.

    Args:
        path: Where it is to be; of its folders some may still be missing.
        outline: The picture as the file will have it.
        target: Its format.

    Raises:
        UnwritableImageError: So it is; its cause is the system's error for a full disk.
    """
    needed = outline.samples.nbytes * _LEAST_SHARE[target.name]
    folder = next(folder for folder in path.absolute().parents if os.path.isdir(folder))  # noqa: PTH112
    free = shutil.disk_usage(folder).free
    if needed > free:
        raise UnwritableImageError(
            f"{shown(path)} will take at least {_size(needed)}, but its disk has only {_size(free)} free.",
            "Free some space or choose another folder.",
        ) from OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def _size(count: float) -> str:
    for unit, factor in (("GB", 1e9), ("MB", 1e6)):
        if count >= factor:
            return f"{count / factor:.1f} {unit}"
    return f"{count / 1e3:.0f} kB"
