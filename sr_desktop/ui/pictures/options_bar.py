"""What shall be done: size, model, device; what is being done; and the one button for what comes next."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QSpinBox, QWidget

from sr_desktop.engine.targets import LONGEST_SIDE, Factor, Height, LongSide, Target, Width
from sr_desktop.library.catalogue import Entry, default_name, name_at
from sr_desktop.services.pictures.upscaler import Options, Ready
from sr_desktop.ui.models import words as models_words

PROGRESS_WIDTH = 140

_SIDES: dict[str, type[Width] | type[Height] | type[LongSide]] = {
    "width": Width,
    "height": Height,
    "long side": LongSide,
}


class OptionsBar(QWidget):
    """Shows the options and reports what a person makes of them.

    Signals:
        chosen: `Options` that are others than those shown.
    """

    chosen = Signal(object)

    def __init__(self, options: Options, pixels: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = options
        self._ready: Ready | None = None
        self.size_box = _combo(self.tr("Size"), self.tr("How much larger, or which size the result has"))
        for scale in (2, 3, 4):
            self.size_box.addItem(self.tr("{}× larger").format(scale), scale)
        self.size_box.insertSeparator(self.size_box.count())
        for text, side in (
            (self.tr("Width"), "width"),
            (self.tr("Height"), "height"),
            (self.tr("Long side"), "long side"),
        ):
            self.size_box.addItem(text, side)
        self.pixels_box = QSpinBox()
        self.pixels_box.setRange(1, LONGEST_SIDE)
        self.pixels_box.setValue(pixels)
        self.pixels_box.setSuffix(self.tr(" px"))
        self.pixels_box.setKeyboardTracking(False)
        self.pixels_box.lineEdit().setAcceptDrops(False)  # a file dropped here is meant for the window
        self.pixels_box.setAccessibleName(self.tr("Pixels"))
        self.pixels_box.setToolTip(self.tr("Pixels along that side of the result"))
        self.model_box = _combo(self.tr("Model"), self.tr("The network that makes it larger"))
        self.quality_box = _combo(
            self.tr("Quality"), self.tr("Best: eight passes for each picture, in eight times the time")
        )
        self.quality_box.addItem(self.tr("Standard quality"), 1)
        self.quality_box.addItem(self.tr("Best quality (8 passes)"), 8)
        self.device_box = _combo(self.tr("Device"), self.tr("Where it is computed"))
        self.progress = QProgressBar()
        self.progress.setFixedWidth(PROGRESS_WIDTH)
        self.progress.setTextVisible(False)
        self.progress.setRange(0, 1000)
        self.doing = QLabel()
        self.doing.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QPushButton()
        self.button.setDefault(True)
        self.button.setMinimumWidth(110)
        self.button.clicked.connect(self._trigger)
        self._action: QAction | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.setSpacing(6)
        self.boxes = (self.size_box, self.pixels_box, self.model_box, self.quality_box, self.device_box)
        for widget in self.boxes:
            layout.addWidget(widget)
        layout.addSpacing(6)
        layout.addWidget(self.progress)
        layout.addWidget(self.doing, 1)
        layout.addWidget(self.button)
        self.size_box.currentIndexChanged.connect(self._report)
        self.pixels_box.valueChanged.connect(self._report)
        self.model_box.currentIndexChanged.connect(self._report)
        self.quality_box.currentIndexChanged.connect(self._report)
        self.device_box.currentIndexChanged.connect(self._report)
        self.show_options(options, None)
        self.show_progress(None, "")

    def show_options(self, options: Options, ready: Ready | None) -> None:
        """Show these options, and what else there is to choose from once it is known."""
        self._options, self._ready = options, ready
        blockers = [QSignalBlocker(box) for box in self.boxes]
        target = options.target
        if isinstance(target, Factor):
            self.size_box.setCurrentIndex(self.size_box.findData(target.scale))
        else:
            side = next(name for name, kind in _SIDES.items() if isinstance(target, kind))
            self.size_box.setCurrentIndex(self.size_box.findData(side))
            self.pixels_box.setValue(target.pixels)
        self.pixels_box.setVisible(not isinstance(target, Factor))
        self._fill(self.model_box, self._models(target), options.model)
        self.quality_box.setCurrentIndex(self.quality_box.findData(options.passes))
        self._fill(self.device_box, self._devices(), options.device)
        for blocker in blockers:
            blocker.unblock()

    def show_progress(self, fraction: float | None, text: str, *, is_steady: bool = True) -> None:
        """Show how far something is, that something goes on without a measure, or only a text."""
        self.progress.setVisible(fraction is not None)
        if fraction is not None:
            self.progress.setRange(0, 1000 if is_steady else 0)
            self.progress.setValue(round(fraction * 1000))
        self.doing.setText(text)

    def show_action(self, action: QAction | None) -> None:
        """Let the button do this; without anything to do there is no button."""
        self._action = action
        self.button.setVisible(action is not None)
        if action is None:
            return
        self.button.setText(action.iconText())
        self.button.setIcon(action.icon())
        self.button.setToolTip(action.toolTip())
        self.button.setEnabled(action.isEnabled())

    @staticmethod
    def _fill(box: QComboBox, items: Sequence[tuple[str, str, str]], chosen: str) -> None:
        """Offer (data, text, tooltip); what is chosen stays so even if nobody knows it (yet)."""
        if not any(data == chosen for data, _, _ in items):
            items = [*items, (chosen, chosen, "")]
        box.clear()
        for data, text, tip in items:
            box.addItem(text, data)
            box.setItemData(box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        box.setCurrentIndex(box.findData(chosen))

    def _models(self, target: Target) -> list[tuple[str, str, str]]:
        standard = default_name(target.scale) if isinstance(target, Factor) else self.tr("one of the next larger scale")
        items = [("", self.tr("Standard model"), self.tr("The bundled {}").format(standard))]
        if self._ready is not None:
            others = (entry for entry in self._ready.models.entries if entry.name != default_name(entry.scale))
            with_scale = not isinstance(target, Factor)
            items += [
                (
                    entry.name,
                    models_words.choice(entry, with_scale=with_scale),
                    f"{entry.name}: {entry.card.description}",
                )
                for entry in others
                if _fits(entry, target)
            ]
        return items

    def _devices(self) -> list[tuple[str, str, str]]:
        items = [("auto", self.tr("Best device"), self.tr("A graphics card if there is one that can be used"))]
        if self._ready is not None:
            items += [(kind, name, "") for kind, name in self._ready.devices]
        return items

    @Slot()
    def _report(self) -> None:
        size = self.size_box.currentData()
        target: Target = Factor(size) if isinstance(size, int) else _SIDES[size](self.pixels_box.value())
        model = self.model_box.currentData()
        offered = [data for data, _, _ in self._models(target)]
        if self._ready is not None and model not in offered:
            alike = name_at(model, target.scale) if isinstance(target, Factor) else ""
            model = alike if alike in offered else ""
        options = Options(target, model, self.device_box.currentData(), self.quality_box.currentData())
        if options != self._options:
            self.show_options(options, self._ready)
            self.chosen.emit(options)

    @Slot()
    def _trigger(self) -> None:
        if self._action is not None:
            self._action.trigger()


def _fits(entry: Entry, target: Target) -> bool:
    return not isinstance(target, Factor) or entry.scale == target.scale


def _combo(name: str, tip: str) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setToolTip(tip)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return box
