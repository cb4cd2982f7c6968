"""Ten thousand files in a table that touches only what is seen; sorted, filtered and kept in place."""

import threading
from collections import Counter

import pytest
from PySide6.QtCore import QItemSelectionModel, QObject, QSize, Qt, Signal

from sr_desktop.batch.events import Finished, Outcome, Started
from sr_desktop.batch.plan import PlanItem
from sr_desktop.errors import UserError
from sr_desktop.services.folder import planning as folder_planning
from sr_desktop.services.folder.rows import Rows, rows_of
from sr_desktop.ui.folder.actions import FolderActions
from sr_desktop.ui.folder.model import SHARE_ROLE, Column, FolderModel
from sr_desktop.ui.folder.table import ROW_HEIGHT, FolderTable

DISPLAY = Qt.ItemDataRole.DisplayRole


class Files(QObject):
    """Rows without a batch."""

    listed = Signal()
    updated = Signal(object)

    def __init__(self, count):
        super().__init__()
        self.rows = Rows(rows_of(PlanItem(n, f"in/{n}.png", f"out/{n}.png", "in", size_bytes=n) for n in range(count)))


class Wanted(QObject):
    """Remembers for which files thumbnails were wanted."""

    made = Signal(int, object)

    def __init__(self):
        super().__init__()
        self.numbers = set()

    def want(self, number, path):
        self.numbers.add(number)


@pytest.fixture
def files():
    return Files(6)


@pytest.fixture
def wanted():
    return Wanted()


@pytest.fixture
def model(files, wanted):
    return FolderModel(files, wanted)


def names(model):
    return [model.index(row, Column.NAME).data() for row in range(model.rowCount())]


def numbers(model):
    return [int(name.removesuffix(".png")) for name in names(model)]


def test_of_ten_thousand_rows_only_those_are_asked_for_that_are_seen(qtbot, wanted, monkeypatch):
    files = Files(10_000)
    asked = Counter()
    data = FolderModel.data

    def counted(self, index, role=DISPLAY):
        asked[index.row()] += 1
        return data(self, index, role)

    monkeypatch.setattr(FolderModel, "data", counted)
    table = FolderTable(FolderModel(files, wanted), FolderActions(files).remove)
    qtbot.addWidget(table)
    table.resize(QSize(900, 20 * ROW_HEIGHT))
    table.show()
    qtbot.waitUntil(lambda: len(wanted.numbers) > 10)
    assert table.model().rowCount() == 10_000
    assert set(asked) <= set(range(25))
    asked.clear()
    table.scrollToBottom()
    qtbot.waitUntil(lambda: 9_999 in wanted.numbers)
    assert min(asked) > 9_900
    asked.clear()
    for row in files.rows.all[:5000]:
        row.hear(Finished(row.item.number, Outcome("done")))
    files.updated.emit(files.rows.all[:5000])
    table.repaint()
    assert min(asked, default=9_999) > 9_900
    table.hide()


def test_rows_are_made_in_the_thread_that_plans(qtbot, program, photo, monkeypatch):
    made_in = []
    make = folder_planning.rows_of
    monkeypatch.setattr(
        folder_planning, "rows_of", lambda items: made_in.append(threading.current_thread()) or make(items)
    )
    photo("pictures/a.png")
    page = program.window.show_page("folder")
    page._conversion.open([photo("pictures/b.png").parent])
    qtbot.waitUntil(lambda: page.model.rowCount() == 2, timeout=30_000)
    assert len(made_in) == 1
    assert made_in[0] is not threading.main_thread()


def test_names_are_sorted_as_a_person_counts_and_back_to_the_order_of_the_plan(qapp, wanted):
    model = FolderModel(Files(12), wanted)
    model.sort(Column.NAME, Qt.SortOrder.DescendingOrder)
    assert numbers(model) == list(range(11, -1, -1))
    model.sort(-1)
    assert numbers(model) == list(range(12))


@pytest.mark.parametrize("column", list(Column))
def test_every_column_can_be_sorted_and_says_something(model, files, column):
    files.rows.all[3].hear(Finished(3, Outcome("done", 20, 10, 2.0)))
    files.rows.all[2].hear(Started(2))
    model.sort(column)
    assert sorted(numbers(model)) == list(range(6))
    for role in (DISPLAY, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole, SHARE_ROLE):
        for row in range(6):
            model.index(row, column).data(role)
    assert model.headerData(column, Qt.Orientation.Horizontal)


def test_rows_stay_where_they_are_until_someone_has_had_time_to_read_them(model, files):
    model.filter("waiting", "")
    row = files.rows.all[2]
    row.hear(Finished(2, Outcome("failed", error=UserError("It is torn."))))
    files.updated.emit([row])
    assert numbers(model) == [0, 1, 2, 3, 4, 5]
    model.arrange_if_stale()
    assert numbers(model) == [0, 1, 3, 4, 5]
    model.filter("failed", "")
    assert numbers(model) == [2]
    model.filter("", "TORN")
    assert numbers(model) == [2]
    model.filter("", "4.p")
    assert numbers(model) == [4]


def test_what_is_selected_stays_selected_when_the_order_changes(qtbot, model, files):
    table = FolderTable(model, FolderActions(files).remove)
    qtbot.addWidget(table)
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().select(model.index(1, 0), flags.Select | flags.Rows)
    model.sort(Column.SIZE, Qt.SortOrder.DescendingOrder)
    assert [row.item.number for row in table.chosen] == [1]
    with qtbot.waitSignal(table.removal_requested) as asked:
        qtbot.keyClick(table, Qt.Key.Key_Delete)
    assert asked.args == [[files.rows.all[1]]]


def test_rows_that_came_and_went_are_seen_at_once(model, files):
    files.rows.remove([0, 5])
    files.listed.emit()
    assert numbers(model) == [1, 2, 3, 4]
    files.rows.add(rows_of([PlanItem(9, "in/9.png", "out/9.png", "in")]))
    files.listed.emit()
    assert numbers(model) == [1, 2, 3, 4, 9]
