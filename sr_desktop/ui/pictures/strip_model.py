"""The open documents as a list model."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from sr_desktop.services.pictures.document import Document
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.ui.widgets import wording

Index = QModelIndex | QPersistentModelIndex


class StripModel(QAbstractListModel):
    """The workspace's documents in their order."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._documents = list(workspace.documents)
        self._pixmaps: dict[int, tuple[int, QPixmap]] = {}
        workspace.listed.connect(self._renew)
        workspace.changed.connect(self._renew_one)
        workspace.progressed.connect(self._renew_one)

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of documents."""
        return 0 if parent is not None and parent.isValid() else len(self._documents)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, tooltip, and what a screen reader says."""
        document = self._documents[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return document.source.name
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(document)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{document.source.name}, {wording.badge(document)}"
        return None

    def document(self, index: Index) -> Document:
        """Return the document of a row."""
        return self._documents[index.row()]

    def pixmap(self, document: Document, size: QSize, ratio: float) -> QPixmap | None:
        """Return the thumbnail at most `size` large, once there is one."""
        if document.thumbnail is None:
            return None
        key = id(document.thumbnail)
        kept = self._pixmaps.get(id(document))
        if kept is None or kept[0] != key or kept[1].devicePixelRatio() != ratio:
            from sr_desktop.ui.pictures.layers import image_from  # late: numpy is loaded with the first picture

            image = image_from(document.thumbnail).scaled(
                size * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            image.setDevicePixelRatio(ratio)
            kept = self._pixmaps[id(document)] = key, QPixmap.fromImage(image)
        return kept[1]

    def row_of(self, document: Document | None) -> QModelIndex:
        """Return the index of a document; an invalid one if it is not there."""
        return self.index(self._documents.index(document)) if document in self._documents else QModelIndex()

    @staticmethod
    def _tip(document: Document) -> str:
        where = str(document.source.path) if document.source.path else document.source.name
        if document.failure is not None:
            return f"{where}\n{document.failure.title}"
        return f"{where}\n{wording.facts(document)}".strip()

    @Slot()
    def _renew(self) -> None:
        self.beginResetModel()
        self._documents = list(self._workspace.documents)
        alive = {id(document) for document in self._documents}
        self._pixmaps = {key: value for key, value in self._pixmaps.items() if key in alive}
        self.endResetModel()

    @Slot(object)
    def _renew_one(self, document: Document) -> None:
        index = self.row_of(document)
        if index.isValid():
            self.dataChanged.emit(index, index)
