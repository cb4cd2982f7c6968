"""Results on their way to other programs: copied, or dragged out."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, QPoint, QSize, Qt, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QPixmap
from PySide6.QtWidgets import QWidget

from sr_desktop.services.notices import Notices
from sr_desktop.services.pictures import drag_copies
from sr_desktop.services.pictures.document import Document
from sr_desktop.services.pictures.upscaler import Upscaled

MOST_PIXELS_TO_COPY = 64_000_000
"""Other programs get the clipboard's picture whole, in memory, and more than once."""

DRAGGED = QSize(96, 96)


@dataclass(slots=True)
class _Copy:
    """A file made of a result for a drag.

    Attributes:
        result: What it is a copy of.
        path: Where it is, or will be.
        is_written: Whether it is there.
        source: The widget that waits for it to begin a drag.
    """

    result: Upscaled
    path: Path
    is_written: bool = False
    source: QWidget | None = None


class Outgoing(QObject):
    """Writes copies in the background, and hands them over once they are there."""

    def __init__(self, notices: Notices, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._notices = notices
        self._copy: _Copy | None = None

    def copy(self, document: Document) -> None:
        """Put the result on the clipboard."""
        result = document.after
        if result is None:
            return
        shown = result.picture.pyramid
        if shown.width * shown.height > MOST_PIXELS_TO_COPY:
            title = self.tr("The result is too large for the clipboard.")
            self._notices.refuse(title, self.tr("Save it, or drag it to the other program."))
            return
        path = drag_copies.new_path("copy.png")

        def finish(worked: bool) -> None:
            if worked:
                QGuiApplication.clipboard().setMimeData(_as_picture(result, path))
                path.unlink()

        document.copy_to(path, finish)

    def prepare(self, document: Document) -> None:
        """Write a copy now: the person has taken hold of the result."""
        result = document.after
        if result is None or document.saved_as is not None or (self._copy and self._copy.result is result):
            return
        copy = self._copy = _Copy(result, drag_copies.new_path(document.suggested_name))

        def finish(worked: bool) -> None:
            copy.is_written = worked
            if copy is self._copy and not worked:
                self._copy = None
            if worked and copy.source is not None and _mouse_is_held():
                _drag(copy.source, copy.path, document)
            copy.source = None

        document.copy_to(copy.path, finish)

    def drag(self, document: Document, source: QWidget) -> None:
        """Drag the result, as soon as its copy is there and if the mouse is still held then."""
        if document.after is None:
            return
        if document.saved_as is not None and document.saved_as.is_file():
            _drag(source, document.saved_as, document)
            return
        self.prepare(document)
        if self._copy is not None and self._copy.result is document.after:
            if self._copy.is_written:
                _drag(source, self._copy.path, document)
            else:
                self._copy.source = source


def _mouse_is_held() -> bool:
    return bool(QGuiApplication.mouseButtons() & Qt.MouseButton.LeftButton)


def _drag(source: QWidget, path: Path, document: Document) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drag = QDrag(source)
    drag.setMimeData(data)
    drag.setPixmap(_pixmap(document, source.devicePixelRatioF()))
    drag.setHotSpot(QPoint(-12, -12))
    drag.exec(Qt.DropAction.CopyAction)


def _pixmap(document: Document, ratio: float) -> QPixmap:
    from sr_desktop.ui.pictures.layers import image_from  # late: numpy is loaded with the first picture

    if document.thumbnail is None:
        return QPixmap()
    image = image_from(document.thumbnail).scaled(
        DRAGGED * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    image.setDevicePixelRatio(ratio)
    return QPixmap.fromImage(image)


def _as_picture(result: Upscaled, png: Path) -> QMimeData:
    """Return the result as the clipboard holds pictures: PNG as it is, and whatever else Qt makes of an image."""
    from sr_desktop.ui.pictures.layers import image_from

    data = QMimeData()
    data.setImageData(image_from(result.picture.pyramid.levels[0]))
    data.setData("image/png", png.read_bytes())
    return data
