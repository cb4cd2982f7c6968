"""The wizard's first step: which pictures, what is in them, and runs that are still open."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from sr_desktop.services.training.draft import Draft, smallest_side
from sr_desktop.services.training.runs import PastRun, Training
from sr_desktop.services.training.survey import Seen, Survey
from sr_desktop.ui.shell import language
from sr_desktop.ui.training import words
from sr_desktop.ui.training.fields import ProblemLabel, faint, heading
from sr_desktop.ui.widgets import icons

THUMBNAIL = QSize(96, 72)


class OpenRun(QFrame):
    """A run without an end, and what can be done about it.

    Signals:
        resume_requested, discard_requested: `PastRun`.
    """

    resume_requested = Signal(object)
    discard_requested = Signal(object)

    def __init__(self, item: PastRun, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.item = item
        self.setFrameShape(QFrame.Shape.StyledPanel)
        if item.is_running:
            text = self.tr("The training of “{}” goes on in the background.").format(item.name)
        elif item.step:
            text = self.tr("The training of “{}” was not finished. It came to step {}.")
            text = text.format(item.name, words.count(item.step))
        else:
            text = self.tr("The training of “{}” has not begun yet.").format(item.name)
        label = QLabel(text)
        label.setWordWrap(True)
        watch, resume = self.tr("Watch"), self.tr("Resume") if item.step else self.tr("Start")
        self.resume_button = QPushButton(watch if item.is_running else resume)
        self.resume_button.clicked.connect(lambda: self.resume_requested.emit(self.item))
        self.discard_button = QPushButton(self.tr("Discard…"))
        self.discard_button.clicked.connect(lambda: self.discard_requested.emit(self.item))
        self.discard_button.setVisible(not item.is_running)
        layout = QHBoxLayout(self)
        layout.addWidget(label, 1)
        layout.addWidget(self.resume_button)
        layout.addWidget(self.discard_button)


class PicturesStep(QWidget):
    """Shows the folder of the draft and what a look through it finds.

    Signals:
        folder_requested, pairs_requested: The person wants to choose a folder, or the small pictures that go with it.
        resume_requested, discard_requested: `PastRun`.
    """

    folder_requested = Signal()
    pairs_requested = Signal()
    resume_requested = Signal(object)
    discard_requested = Signal(object)

    def __init__(self, draft: Draft, survey: Survey, training: Training, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._survey, self._training = draft, survey, training
        self._open_runs: tuple[PastRun, ...] = ()
        self._shown: tuple[Path | None, int, int] = (None, 0, 0)
        self.runs = QVBoxLayout()
        self.empty = self._empty()
        self.folder = heading("")
        self.facts = faint(QLabel())
        self.facts.setWordWrap(True)
        self.problem = ProblemLabel()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.thumbnails = _thumbnails(self.tr("Pictures that are used"))
        self.left_out = _left_out([self.tr("Left out"), self.tr("Why")])
        self.change_button = QPushButton(self.tr("Other Folder…"))
        self.pairs_button = QPushButton(self.tr("Small Pictures…"))
        self.pairs_button.setToolTip(
            self.tr("If you have small versions of the same pictures in another folder, they are taken as they are")
        )
        self.no_pairs_button = QPushButton(self.tr("Without Pairs"))
        self.use_all_button = QPushButton(self.tr("Use All Again"))
        self.use_all_button.setToolTip(self.tr("Use those again that were left out on purpose"))
        self._stack = QStackedWidget()
        self._lay_out()
        for button in (self.choose_button, self.change_button):
            button.clicked.connect(self.folder_requested)
        for button in (self.choose_pairs_button, self.pairs_button):
            button.clicked.connect(self.pairs_requested)
        self.no_pairs_button.clicked.connect(lambda: draft.change(low=""))
        self.use_all_button.clicked.connect(lambda: draft.change(exclude=()))
        draft.changed.connect(self.show_state)
        survey.changed.connect(self.show_state)
        training.changed.connect(self._show_open_runs)
        self._show_open_runs()
        self.show_state()

    def _empty(self) -> QWidget:
        page = QWidget()
        title = heading(self.tr("Drop a folder of pictures here"), 1.6)
        hint = QLabel(
            self.tr(
                "The model learns to make pictures like these larger. The sharper and the more alike they are to those you "
                "want to enlarge, the better; some dozens are enough, subfolders are searched too. They are only read."
            )
        )
        hint.setWordWrap(True)
        for label in (title, hint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.choose_button = QPushButton(icons.icon("open"), self.tr("Choose a Folder…"))
        self.choose_button.setDefault(True)
        self.choose_pairs_button = QPushButton(self.tr("Two Folders in Pairs…"))
        self.choose_pairs_button.setToolTip(
            self.tr("Large pictures in one folder, small ones of the same names in another")
        )
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.choose_button)
        buttons.addWidget(self.choose_pairs_button)
        buttons.addStretch()
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(hint, 3)
        row.addStretch(1)
        layout = QVBoxLayout(page)
        layout.setSpacing(12)
        layout.addStretch(2)
        layout.addWidget(title)
        layout.addLayout(row)
        layout.addSpacing(6)
        layout.addLayout(buttons)
        layout.addStretch(3)
        return page

    def _lay_out(self) -> None:
        found = QWidget()
        top = QHBoxLayout()
        top.addWidget(self.folder, 1)
        for button in (self.use_all_button, self.pairs_button, self.no_pairs_button, self.change_button):
            top.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        lists = QSplitter(Qt.Orientation.Horizontal)
        lists.addWidget(self.thumbnails)
        lists.addWidget(self.left_out)
        lists.setStretchFactor(0, 3)
        lists.setStretchFactor(1, 2)
        lists.setChildrenCollapsible(False)
        inside = QVBoxLayout(found)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addLayout(top)
        inside.addWidget(self.facts)
        inside.addWidget(self.problem)
        inside.addWidget(self.progress)
        inside.addWidget(lists, 1)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(found)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self.runs)
        layout.addWidget(self._stack, 1)

    @Slot()
    def show_state(self) -> None:
        """Show the folder, and what of it was looked at so far."""
        spec, survey = self._draft.spec, self._survey
        self._stack.setCurrentIndex(1 if spec.pictures else 0)
        name = Path(spec.pictures).name
        pairs = self.tr("{} with small pictures from {}").format(name, Path(spec.low).name)
        self.folder.setText(pairs if spec.low else name)
        self.folder.setToolTip(spec.pictures)
        self.use_all_button.setVisible(bool(spec.exclude))
        self.no_pairs_button.setVisible(bool(spec.low))
        self.pairs_button.setVisible(not spec.low)
        self.facts.setText(self._facts())
        self.problem.say(self._problem())
        self.progress.setVisible(survey.is_busy)
        self.progress.setRange(0, survey.progress.total)
        self.progress.setValue(survey.progress.done)
        self._show_lists()

    def _facts(self) -> str:
        survey, usable = self._survey, self._survey.usable
        parts = [self.tr("{} pictures can be used").format(words.count(len(usable)))]
        if usable:
            parts.append(self.tr("{} megapixels").format(words.number(survey.pixels / 1e6)))
            small, large = (choose(usable, key=_pixels) for choose in (min, max))
            parts.append(
                self.tr("from {} × {} to {} × {}").format(small.width, small.height, large.width, large.height)
            )
        if survey.left_out:
            parts.append(self.tr("{} left out").format(words.count(len(survey.left_out))))
        if survey.is_busy and survey.progress.total:
            done, total = survey.progress.done, survey.progress.total
            parts.append(self.tr("looking: {} of {}").format(words.count(done), words.count(total)))
        return " · ".join(parts)

    def _problem(self) -> str:
        survey = self._survey
        if survey.failure is not None:
            return language.translated(f"{survey.failure.title} {survey.failure.hint}".strip())
        if survey.is_busy or not self._draft.spec.pictures:
            return ""
        least = smallest_side(self._draft.spec)
        small = sum(min(item.width, item.height) < least for item in survey.usable)
        if len(survey.usable) - small < 2:
            return self.tr("At least two different pictures of {} pixels on each side are needed.").format(least)
        if small:
            text = self.tr(
                "%Ln of them are smaller than {} pixels on a side, too small for this goal; they are left out.",
                None,
                small,
            )
            return text.format(least)
        return ""

    def _show_lists(self) -> None:
        """Add what is new to the lists; begin them anew with another folder."""
        survey = self._survey
        folder, used, left = self._shown
        if folder != survey.folder or used > len(survey.usable) or left > len(survey.left_out):
            self.thumbnails.clear()
            self.left_out.clear()
            used = left = 0
        for seen in survey.usable[used:]:
            if seen.thumbnail is not None:
                self.thumbnails.addItem(_item(seen, self.devicePixelRatioF()))
        for seen in survey.left_out[left:]:
            reason = language.translated(seen.reason)
            row = QTreeWidgetItem([seen.path.name, reason])
            row.setToolTip(0, str(seen.path))
            row.setToolTip(1, reason)
            self.left_out.addTopLevelItem(row)
        self._shown = survey.folder, len(survey.usable), len(survey.left_out)
        self.left_out.setVisible(bool(survey.left_out))

    @Slot()
    def _show_open_runs(self) -> None:
        if self._training.unfinished == self._open_runs:
            return
        self._open_runs = self._training.unfinished
        for old in self.open_runs():
            old.hide()
            old.deleteLater()
        for item in self._open_runs:
            card = OpenRun(item)
            card.resume_requested.connect(self.resume_requested)
            card.discard_requested.connect(self.discard_requested)
            self.runs.addWidget(card)

    def open_runs(self) -> Sequence[OpenRun]:
        """Return the cards of open runs."""
        return [card for card in self.findChildren(OpenRun) if not card.isHidden()]


def _pixels(seen: Seen) -> int:
    return seen.width * seen.height


def _thumbnails(name: str) -> QListWidget:
    view = QListWidget()
    view.setViewMode(QListWidget.ViewMode.IconMode)
    view.setIconSize(THUMBNAIL)
    view.setGridSize(THUMBNAIL + QSize(16, 34))
    view.setResizeMode(QListWidget.ResizeMode.Adjust)
    view.setMovement(QListWidget.Movement.Static)
    view.setUniformItemSizes(True)
    view.setTextElideMode(Qt.TextElideMode.ElideMiddle)
    view.setWordWrap(False)
    view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    view.setAcceptDrops(False)
    view.setAccessibleName(name)
    return view


def _left_out(titles: list[str]) -> QTreeWidget:
    view = QTreeWidget()
    view.setHeaderLabels(titles)
    view.setRootIsDecorated(False)
    view.setAlternatingRowColors(True)
    view.setColumnWidth(0, 150)
    view.setAcceptDrops(False)
    view.setAccessibleName(titles[0])
    return view


def _item(seen: Seen, ratio: float) -> QListWidgetItem:
    from sr_desktop.ui.pictures.layers import image_from  # late: numpy is loaded with the first picture

    assert seen.thumbnail is not None
    image = image_from(seen.thumbnail).scaled(
        THUMBNAIL * ratio, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    image.setDevicePixelRatio(ratio)
    ground = QPixmap(THUMBNAIL * ratio)  # all of one size, or names would not lie on one line
    ground.setDevicePixelRatio(ratio)
    ground.fill(Qt.GlobalColor.transparent)
    painter = QPainter(ground)
    size = image.deviceIndependentSize()
    painter.drawImage(QPointF((THUMBNAIL.width() - size.width()) / 2, (THUMBNAIL.height() - size.height()) / 2), image)
    painter.end()
    item = QListWidgetItem(QIcon(ground), seen.path.name)
    item.setToolTip(f"{seen.path}\n{seen.width} × {seen.height}")
    return item
