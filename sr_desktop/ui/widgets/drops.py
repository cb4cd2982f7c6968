"""What a drag or the clipboard offers: files, a picture without a file, or the reason why it can't be opened."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QMimeData
from PySide6.QtGui import QImage

from sr_desktop.imaging.formats import FORMATS, READABLE_SUFFIXES
from sr_desktop.system import file_names

if TYPE_CHECKING:
    from sr_desktop.imaging.raster import Raster


@dataclass(frozen=True, slots=True)
class Offer:
    """What can be taken from a drag or the clipboard.

    Attributes:
        files: Files and folders on this computer.
        has_image: Whether there are samples without a file.
        refusal: Why nothing can be taken; empty if something can.
    """

    files: tuple[Path, ...] = ()
    has_image: bool = False
    refusal: str = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Drops", text)


def offer(data: QMimeData) -> Offer:
    """Return what can be taken; looks at names only, the reader looks into the files."""
    local = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    files = tuple(path for path in local if _may_be_picture(path))
    if files:
        return Offer(files)
    if data.hasImage():
        return Offer(has_image=True)
    if local:
        return Offer(refusal=_unknown_files(local))
    if data.hasUrls():
        return Offer(refusal=_tr("That is a web address. Save the picture to this computer first."))
    return Offer(refusal=_tr("There is no picture in it."))


def _may_be_picture(path: Path) -> bool:
    return path.suffix == "" or path.suffix.lower() in READABLE_SUFFIXES or path.is_dir()


def _unknown_files(files: list[Path]) -> str:
    known = ", ".join(item.name for item in FORMATS)
    if len(files) == 1:
        return _tr("{} is not a picture of a kind known here: {}.").format(file_names.shown(files[0]), known)
    return _tr("None of these {} files is a picture of a kind known here: {}.").format(len(files), known)


def raster_from(image: QImage) -> "Raster":
    """Return a picture from another program; transparency is kept, and 16 bits where there are more than 8."""
    import numpy as np  # late: the window is there before numpy is

    from sr_desktop.imaging.raster import Raster

    deep = image.depth() > 32
    has_alpha = image.hasAlphaChannel()
    kind = QImage.Format
    image = image.convertToFormat(kind.Format_RGBA64 if deep else kind.Format_RGBA8888)
    flat = np.frombuffer(image.constBits(), np.uint16 if deep else np.uint8)
    rows = flat.reshape(image.height(), -1)[:, : image.width() * 4]
    pixels = rows.reshape(image.height(), image.width(), 4)[:, :, : 4 if has_alpha else 3]
    return Raster(np.array(pixels, np.uint16) if deep else np.array(pixels, np.uint8))
