"""The files of a batch as a table: sorted and filtered here, so that ten thousand rows cost no more than what is seen."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, QSize, Qt, Slot
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from sr_desktop.services.folder.batch import Conversion
from sr_desktop.services.folder.rows import Row
from sr_desktop.services.folder.thumbnails import Thumbnails
from sr_desktop.ui.folder import words as folder_words
from sr_desktop.ui.widgets import icons

if TYPE_CHECKING:
    from sr_desktop.services.pictures.pyramid import Bytes

Index = QModelIndex | QPersistentModelIndex

THUMBNAIL = QSize(46, 34)

MOST_PIXMAPS = 2000
"""Kept at a time: 12 MB at an ordinary resolution."""

FEW = 24
"""Up to so many changed rows are told one by one; of more, the view looks at all between the first and the last."""


class Column(IntEnum):
    """What is in which column."""

    NAME = 0
    SIZE = 1
    STATE = 2
    PROGRESS = 3
    TIME = 4
    STORY = 5


SHARE_ROLE = Qt.ItemDataRole.UserRole
"""The share of a file at work that is done, 0 to 1; None for others."""

_ICONS = {"waiting": "clock", "running": "upscale", "done": "check", "failed": "warning", "skipped": "note"}

_KEYS: dict[Column, Callable[[Row], Any]] = {
    Column.NAME: lambda row: row.key,
    Column.SIZE: lambda row: row.item.size_bytes,
    Column.STATE: lambda row: folder_words.STATES.index(row.state),
    Column.PROGRESS: lambda row: row.share,
    Column.TIME: lambda row: row.outcome.seconds if row.outcome else 0.0,
    Column.STORY: folder_words.story,
}


class FolderModel(QAbstractTableModel):
    """The rows of a conversion that are wanted, in the order that is wanted.

    Args:
        conversion: Has the rows.
        thumbnails: Makes them for rows that are looked at.
    """

    def __init__(self, conversion: Conversion, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._conversion = conversion
        self._thumbnails = thumbnails
        self._rows: list[Row] = []
        self._places: dict[int, int] = {}
        self._pixmaps: OrderedDict[int, QPixmap | None] = OrderedDict()
        self._state = ""
        self._text = ""
        self._sorted_by: Column | None = None
        self._is_falling = False
        self._is_stale = False
        self._titles = {
            Column.NAME: self.tr("Picture"),
            Column.SIZE: self.tr("Size"),
            Column.STATE: self.tr("State"),
            Column.PROGRESS: self.tr("Progress"),
            Column.TIME: self.tr("Time"),
            Column.STORY: self.tr("Result"),
        }
        conversion.listed.connect(self.renew)
        conversion.updated.connect(self._renew_some)
        thumbnails.made.connect(self._take_thumbnail)
        self.renew()

    # What a view asks

    def rowCount(self, parent: Index | None = None) -> int:
        """Number of rows that are wanted."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802  (Qt's name)
        """Number of columns."""
        return 0 if parent is not None and parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Titles of columns."""
        is_title = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._titles[Column(section)] if is_title else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, signs and pictures of a cell."""
        row, column = self._rows[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(row, column)
            case Qt.ItemDataRole.DecorationRole:
                return self._decoration(row, column)
            case Qt.ItemDataRole.ToolTipRole:
                return _tip(row, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _alignment(column)
            case Qt.ItemDataRole.AccessibleTextRole if column is Column.PROGRESS:
                return f"{round(row.share * 100)} %" if row.state == "running" else ""
        return row.share if role == SHARE_ROLE and row.state == "running" else None

    def _decoration(self, row: Row, column: Column) -> QIcon | QPixmap | None:
        if column is Column.STATE:
            return icons.icon(_ICONS[row.state])
        if column is Column.NAME:
            return self._pixmap(row) or icons.icon("picture")
        return None

    def _pixmap(self, row: Row) -> QPixmap | None:
        number = row.item.number
        if number in self._pixmaps:
            self._pixmaps.move_to_end(number)
            return self._pixmaps[number]
        self._thumbnails.want(number, row.item.source)
        return None

    def row(self, index: Index) -> Row:
        """Return the row at an index."""
        return self._rows[index.row()]

    # What is wanted

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; by none (-1) for the order of the plan."""
        self._sorted_by = Column(column) if column >= 0 else None
        self._is_falling = order is Qt.SortOrder.DescendingOrder
        self._arrange()

    @Slot(str, str)
    def filter(self, state: str, text: str) -> None:
        """Show only rows in a state (empty for any) whose name or story holds a text."""
        self._state, self._text = state, text.casefold()
        self._arrange()

    def arrange_if_stale(self) -> None:
        """Put rows where they belong by now; called once in a while, since rows that keep moving can't be read."""
        if self._is_stale:
            self._arrange()

    @Slot()
    def renew(self) -> None:
        """Take in which rows there are."""
        numbers = {row.item.number for row in self._conversion.rows.all}
        for number in [number for number in self._pixmaps if number not in numbers]:
            del self._pixmaps[number]
        self._arrange()

    def _wanted(self) -> list[Row]:
        rows = [row for row in self._conversion.rows.all if self._is_wanted(row)]
        if self._sorted_by is not None:
            rows.sort(key=_KEYS[self._sorted_by], reverse=self._is_falling)
        return rows

    def _is_wanted(self, row: Row) -> bool:
        if self._state and row.state != self._state:
            return False
        if not self._text or self._text in row.name.casefold():
            return True
        return self._text in folder_words.story(row).casefold()

    def _arrange(self) -> None:
        """Show the rows that are wanted; selection and place stay where only the order is another one."""
        self._is_stale = False
        wanted = self._wanted()
        if len(wanted) == len(self._rows) and {id(row) for row in wanted} == self._ids():
            self._reorder(wanted)
            return
        self.beginResetModel()
        self._take(wanted)
        self.endResetModel()

    def _ids(self) -> set[int]:
        return {id(row) for row in self._rows}

    def _reorder(self, wanted: list[Row]) -> None:
        if wanted == self._rows:
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        rows = [self._rows[index.row()].item.number for index in before]
        self._take(wanted)
        after = [self.index(self._places[number], index.column()) for number, index in zip(rows, before, strict=True)]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _take(self, rows: list[Row]) -> None:
        self._rows = rows
        self._places = {row.item.number: place for place, row in enumerate(rows)}

    # What happens

    @Slot(object)
    def _renew_some(self, rows: Iterable[Row]) -> None:
        """Show what happened to rows; whether they still belong where they are is looked at later."""
        self._is_stale = self._is_stale or bool(self._state or self._text or self._sorted_by is not None)
        places = sorted(self._places[row.item.number] for row in rows if row.item.number in self._places)
        if not places:
            return
        spans = [(place, place) for place in places] if len(places) <= FEW else [(places[0], places[-1])]
        for first, last in spans:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(Column) - 1))

    @Slot(int, object)
    def _take_thumbnail(self, number: int, samples: "Bytes | None") -> None:
        self._pixmaps[number] = None if samples is None else _pixmap(samples)
        while len(self._pixmaps) > MOST_PIXMAPS:
            self._pixmaps.popitem(last=False)
        if number in self._places:
            index = self.index(self._places[number], Column.NAME)
            self.dataChanged.emit(index, index)


def _alignment(column: Column) -> int:
    """Numbers stand below each other."""
    side = Qt.AlignmentFlag.AlignRight if column in (Column.SIZE, Column.TIME) else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _text(row: Row, column: Column) -> str:
    match column:
        case Column.NAME:
            return row.name
        case Column.SIZE:
            return folder_words.size(row.item.size_bytes)
        case Column.STATE:
            return folder_words.state(row.state)
        case Column.TIME:
            return folder_words.seconds(row)
        case Column.STORY:
            return folder_words.story(row)
        case Column.PROGRESS:
            return ""


def _tip(row: Row, column: Column) -> str:
    if column is Column.NAME:
        return QCoreApplication.translate("FolderModel", "{}\nResult: {}").format(row.item.given, row.item.output)
    return folder_words.story(row)


def _pixmap(samples: "Bytes") -> QPixmap:
    """Return a thumbnail in the middle of a place as large as that of all others, so that names stand in a line."""
    from sr_desktop.ui.pictures.layers import image_from  # late: numpy is loaded with the first picture

    ratio = QGuiApplication.primaryScreen().devicePixelRatio()
    image = image_from(samples).scaled(
        THUMBNAIL * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    place = QPixmap(THUMBNAIL * ratio)
    place.fill(Qt.GlobalColor.transparent)
    painter = QPainter(place)
    painter.drawImage((place.width() - image.width()) // 2, (place.height() - image.height()) // 2, image)
    painter.end()
    place.setDevicePixelRatio(ratio)
    return place
