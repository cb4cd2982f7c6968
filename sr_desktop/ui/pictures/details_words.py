"""What is kept of a picture, in words."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale

from sr_desktop.ui.shell import language
from sr_desktop.ui.widgets import wording

if TYPE_CHECKING:
    from sr_desktop.imaging.raster import Metadata
    from sr_desktop.services.pictures.picture import Picture


def _tr(text: str) -> str:
    return QCoreApplication.translate("DetailsWords", text)


def kept(name: str, picture: "Picture") -> str:
    """Return what a file keeps of a picture.

    Args:
        name: One of `ids.KEPT`.
        picture: The source, whose own values are said where they are short.
    """
    match name:
        case "icc":
            return _tr("Colour profile (ICC): {}").format(language.translated(picture.pyramid.profile))
        case "density":
            return _tr("Resolution: {} pixels per inch").format(_density(picture.raster.metadata))
        case "depth":
            return _tr("Depth: {}").format(wording.bits(picture.raster))
    return {
        "exif": _tr("Camera, dates, place and maker notes (EXIF)"),
        "xmp": _tr("Description, rights and edits (XMP)"),
        "iptc": _tr("Caption and keywords (IPTC)"),
        "text": _tr("Text in the file"),
        "colour": _tr("What the PNG file says about its colours"),
        "alpha": _tr("Transparency"),
        "grey": _tr("Plain grey, one channel"),
        "pages": _tr("All pages"),
        "animation": _tr("All frames and their times"),
    }[name]


def _density(metadata: "Metadata") -> str:
    assert metadata.density is not None  # it is kept
    across, down = (QLocale().toString(round(value, 1), "g", 6) for value in metadata.density)
    return across if across == down else f"{across} × {down}"
