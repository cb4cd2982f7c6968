"""Several models on one picture, in panes with one zoom and one position, and their scores where the truth is known."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from sr_desktop.library.catalogue import Entry
from sr_desktop.services.models.comparison import Ground, ModelComparison, Question, Truth
from sr_desktop.services.notices import Notice
from sr_desktop.system import file_names
from sr_desktop.ui.models import words as models_words
from sr_desktop.ui.models.grid import GridView, Pane
from sr_desktop.ui.pictures.captions import Caption
from sr_desktop.ui.shell import language
from sr_desktop.ui.widgets import file_dialogs, icons, wording

if TYPE_CHECKING:
    from sr_desktop.engine.scoring import Score
    from sr_desktop.imaging.raster import Raster


class ModelsComparison(QWidget):
    """Asks which picture and which truth, and shows what each model makes of it.

    Signals:
        left: Back to the list.
    """

    left = Signal()

    def __init__(self, comparison: ModelComparison, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparison = comparison
        self._models: tuple[Entry, ...] = ()
        self._name = ""
        self._picture: Raster | Path | None = None
        self._original: Path | None = None
        self._device = "auto"
        self.grid = GridView()
        self.back_button = QPushButton(self.tr("Back to the List"))
        self.back_button.setShortcut("Esc")
        self.picture_label = Caption()
        self.choose_button = QPushButton(self.tr("Choose a Picture…"))
        self.truth_box = QComboBox()
        self.truth_box.setAccessibleName(self.tr("How they are compared"))
        for truth, text, tip in self._truths():
            self.truth_box.addItem(text, truth)
            self.truth_box.setItemData(self.truth_box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.zoom = QLabel()
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.zoom.setMinimumWidth(self.fontMetrics().horizontalAdvance("1000.0 %"))
        self.actions_of_view = self._made_actions()
        self._lay_out()
        self.back_button.clicked.connect(self._leave)
        self.choose_button.clicked.connect(self._ask_for_picture)
        self.truth_box.activated.connect(self._take_truth)
        self.grid.viewport_changed.connect(self._show_zoom)
        comparison.changed.connect(self.show_comparison)

    def _truths(self) -> list[tuple[Truth, str, str]]:
        return [
            (Truth.NONE, self.tr("Enlarge it, by eye"), self.tr("There is no truth to measure against")),
            (
                Truth.ITSELF,
                self.tr("Make it smaller, then measure"),
                self.tr("A smaller copy is enlarged and measured against the picture itself"),
            ),
            (
                Truth.ORIGINAL,
                self.tr("Measure against an original…"),
                self.tr("You choose the larger picture that this one was made from"),
            ),
        ]

    def _made_actions(self) -> tuple[QAction, ...]:
        fit = QAction(icons.icon("fit"), self.tr("&Fit"), self)
        fit.setShortcut("Ctrl+0")
        fit.triggered.connect(self.grid.fit)
        actual = QAction(icons.icon("actual"), self.tr("&Real Pixels"), self)
        actual.setShortcut("1")
        actual.triggered.connect(lambda: self.grid.zoom_to(1))
        closer = QAction(self.tr("Zoom &In"), self)
        closer.setShortcut(QKeySequence.StandardKey.ZoomIn)
        closer.triggered.connect(lambda: self.grid.step_zoom(1))
        farther = QAction(self.tr("Zoom &Out"), self)
        farther.setShortcut(QKeySequence.StandardKey.ZoomOut)
        farther.triggered.connect(lambda: self.grid.step_zoom(-1))
        return fit, actual, closer, farther

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(10)
        row.addWidget(self.back_button)
        row.addWidget(self.picture_label, 1)
        row.addWidget(self.choose_button)
        row.addWidget(self.truth_box)
        row.addWidget(self.zoom)
        for action in self.actions_of_view[:2]:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setIconSize(icons.SMALL)
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.grid, 1)

    @property
    def truth(self) -> Truth:
        """What is measured against."""
        truth = self.truth_box.currentData()
        assert isinstance(truth, Truth)
        return truth

    def begin(self, models: Sequence[Entry], device: str) -> None:
        """Compare these models, on the picture of before if there is one."""
        self._models, self._device = tuple(models), device
        self._ask()
        self.grid.setFocus()

    def take_picture(self, name: str, picture: "Raster | Path | None") -> None:
        """Use this picture from now on; `begin` compares."""
        if picture is self._picture:
            return
        self._name, self._picture = name, picture
        self.grid.fit()
        if self.truth is Truth.ORIGINAL:
            self._original = None  # it was that of another picture
            self.truth_box.setCurrentIndex(0)

    def drop_picture(self, path: Path) -> None:
        """Use this file, and compare."""
        self.take_picture(file_names.shown(path), path)
        self._ask()

    def _ask(self) -> None:
        """Ask anew; without a picture say how to choose one."""
        if self._picture is None or not self._models:
            self._comparison.stop()
            self.show_comparison()
            return
        question = Question(
            self._name,
            self._picture,
            tuple(entry.name for entry in self._models),
            self._models[0].scale,
            self.truth,
            self._original,
            self._device,
        )
        self._comparison.ask(question)

    @property
    def _folder(self) -> str:
        """Where pictures are looked for: where the last one was."""
        if isinstance(self._picture, Path):
            return str(self._picture.parent)
        return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)

    @Slot()
    def _leave(self) -> None:
        self._comparison.stop()
        self.left.emit()

    @Slot()
    def _ask_for_picture(self) -> None:
        file_dialogs.ask_for_pictures(self, self._folder, lambda files: self.drop_picture(files[0]))

    @Slot(int)
    def _take_truth(self, number: int) -> None:
        if self.truth is not Truth.ORIGINAL:
            self._ask()
            return
        dialog = file_dialogs.ask_for_pictures(self, self._folder, self._take_original)
        dialog.rejected.connect(self._refuse_original)

    def _take_original(self, files: list[Path]) -> None:
        self._original = files[0]
        self._ask()

    @Slot()
    def _refuse_original(self) -> None:
        if self._original is None:
            self.truth_box.setCurrentIndex(0)
            self._ask()

    @Slot()
    def show_comparison(self) -> None:
        """Show what there is of the answer."""
        self.picture_label.setText(self._name)
        ground, failure = self._comparison.ground, self._comparison.failure
        if self._picture is None:
            self.grid.say(self.tr("Drop a picture here, or choose one"))
        elif failure is not None:
            self.grid.say(_failed(failure))
        elif ground is None:
            self.grid.say(self.tr("Getting ready…") if self._comparison.is_busy else self.tr("Stopped"))
        else:
            self._show_answers(ground)
        self._show_zoom()

    def _show_answers(self, ground: Ground) -> None:
        from sr_desktop.ui.pictures.layers import (  # late: numpy is loaded with the first picture
            BicubicLayer,
            PyramidLayer,
        )

        question = self._comparison.question
        assert question is not None
        low = ground.low.pyramid
        width, height = low.width * question.scale, low.height * question.scale
        panes = []
        if ground.high is not None:
            caption = wording.SEPARATOR.join((self.tr("Original"), wording.size(width, height)))
            panes.append(Pane(caption, PyramidLayer(ground.high.pyramid, width=width, height=height)))
        bicubic = BicubicLayer(low, width=width, height=height)
        panes.append(Pane(_caption(self.tr("Bicubic"), ground.bicubic), bicubic))
        panes += [self._pane(name, width, height) for name in question.models]
        self.grid.show_panes(panes, width=width, height=height)

    def _pane(self, name: str, width: int, height: int) -> Pane:
        from sr_desktop.ui.pictures.layers import PyramidLayer

        answer = self._comparison.answers.get(name)
        if answer is None:
            return Pane(name, message=self.tr("Upscaling…") if self._comparison.is_busy else self.tr("Stopped"))
        if isinstance(answer, Notice):
            return Pane(name, message=_failed(answer))
        layer = PyramidLayer(answer.result.picture.pyramid, width=width, height=height)
        return Pane(_caption(name, answer.score), layer)

    @Slot()
    def _show_zoom(self) -> None:
        self.zoom.setText(wording.percent(self.grid.viewport.zoom) if self.grid.layers() else "")


def _failed(notice: Notice) -> str:
    return "\n".join(language.translated(text) for text in (notice.title, notice.hint) if text)


def _caption(name: str, score: "Score | None") -> str:
    if score is None:
        return name
    parts = name, models_words.decibels(score.psnr_y_db), models_words.ssim(score.ssim_y)
    return wording.SEPARATOR.join(parts)
