"""What is asked of a batch beside size and model: where results go, what they are called, which files are meant."""

import os
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QSpinBox,
    QToolButton,
    QWidget,
)

from sr_desktop.batch.template import FIELDS
from sr_desktop.imaging.formats import WRITABLE
from sr_desktop.services.folder.request import Preset, Wishes
from sr_desktop.ui.widgets import theme


class FolderSetup(QWidget):
    """Shows wishes, and reports what a person makes of them.

    Signals:
        chosen: A `Preset` that is another than the one that is shown.
        output_chosen: A folder for results; empty for beside the originals.

    Args:
        choose_output: Asks for that folder.
    """

    chosen = Signal(object)
    output_chosen = Signal(str)

    def __init__(self, choose_output: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._preset = Preset()
        self.output = _field(self.tr("Folder for results"), self.tr("beside the originals"))
        self.template = _field(self.tr("Names of results"), "")
        self.preview = QLabel()
        self.preview.setTextFormat(Qt.TextFormat.PlainText)
        self.preview.setMinimumWidth(60)
        self.include = _field(self.tr("Only names like"), self.tr("all pictures"))
        self.include.setToolTip(self.tr("Patterns such as *.jpg or scans/*, with spaces between them"))
        self.exclude = _field(self.tr("But not names like"), self.tr("none left out"))
        self.exclude.setToolTip(self.tr("Files and folders to leave out, such as *_old* or drafts"))
        self.format = QComboBox()
        self.format.addItem(self.tr("Same format"), "")
        for name in WRITABLE:
            self.format.addItem(name, name)
        self.quality = QSpinBox()
        self.quality.setRange(0, 100)
        self.quality.setSpecialValueText(self.tr("Usual quality"))
        self.quality.setPrefix(self.tr("Quality "))
        self.quality.setKeyboardTracking(False)
        self.existing = QComboBox()
        for text, data in (
            (self.tr("Keep what is there, and say so"), "refuse"),
            (self.tr("Skip what is there"), "skip"),
            (self.tr("Replace what is there"), "replace"),
        ):
            self.existing.addItem(text, data)
        self.recursive = QCheckBox(self.tr("Folders in folders"))
        self.flatten = QCheckBox(self.tr("All results in one folder"))
        self.strip = QCheckBox(self.tr("Without camera data"))
        self.keep_times = QCheckBox(self.tr("Dates of the originals"))
        self.low_priority = QCheckBox(self.tr("Other programs first"))
        self._name_all()
        self._lay_out(choose_output)
        self._connect()

    def _name_all(self) -> None:
        for widget, name, tip in (
            (self.format, self.tr("Format"), self.tr("Format of results")),
            (self.quality, self.tr("Quality"), self.tr("For JPEG, WebP and AVIF; lower is smaller")),
            (self.existing, self.tr("Existing results"), self.tr("What becomes of files that are there already")),
            (self.recursive, self.tr("Folders in folders"), self.tr("Take the pictures in folders below, too")),
            (
                self.flatten,
                self.tr("All results in one folder"),
                self.tr("Make no folders like those of the originals"),
            ),
            (self.strip, self.tr("Without camera data"), self.tr("Leave out camera, dates, place and texts")),
            (self.keep_times, self.tr("Dates of the originals"), self.tr("Results get the dates of their originals")),
            (self.low_priority, self.tr("Other programs first"), self.tr("Slower while you work with others")),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(tip)

    def _lay_out(self, choose_output: QAction) -> None:
        choose = QToolButton()
        choose.setDefaultAction(choose_output)
        self.fields = QToolButton()
        self.fields.setText("{…}")
        self.fields.setToolTip(self.tr("What names can hold"))
        self.fields.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.fields.setMenu(self._fields_menu())
        grid = QGridLayout(self)
        grid.setContentsMargins(10, 8, 10, 6)
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(6)
        rows = (
            (self.tr("&Results in"), self.output, (self.output, choose, self.flatten)),
            (self.tr("&Names"), self.template, (self.template, self.fields, self.preview)),
            (self.tr("&Take"), self.include, (self.include, self.exclude, self.recursive)),
            (self.tr("&Write"), self.format, (self.format, self.quality, self.existing)),
            ("", None, (self.strip, self.keep_times, self.low_priority)),
        )
        for place, (text, buddy, widgets) in enumerate(rows):
            label = QLabel(text)
            if buddy is not None:
                label.setBuddy(buddy)
            grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignRight)
            grid.addLayout(self._line(widgets), place, 1)
        grid.setColumnStretch(1, 1)

    def _line(self, widgets: tuple[QWidget, ...]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(6)
        for widget in widgets:
            line.addWidget(widget, 2 if isinstance(widget, QLineEdit) or widget is self.preview else 0)
        if not any(isinstance(widget, QLineEdit) for widget in widgets):
            line.addStretch()
        return line

    def _fields_menu(self) -> QMenu:
        menu = QMenu(self)
        for field, meaning in FIELDS.items():
            menu.addAction(f"{{{field}}}  {meaning}").triggered.connect(partial(self._insert, field))
        return menu

    def _insert(self, field: str, _: bool = False) -> None:
        self.template.insert(f"{{{field}}}" if self.template.text() else f"{{stem}}_{{{field}}}")
        self.template.setFocus()

    def _connect(self) -> None:
        self.output.textEdited.connect(self.output_chosen)
        for field in (self.template, self.include, self.exclude):
            field.textEdited.connect(self._report)
        for box in (self.format, self.existing):
            box.currentIndexChanged.connect(self._report)
        self.quality.valueChanged.connect(self._report)
        for check in self._checks():
            check.toggled.connect(self._report)

    def _checks(self) -> tuple[QCheckBox, ...]:
        return self.recursive, self.flatten, self.strip, self.keep_times, self.low_priority

    def show_wishes(self, wishes: Wishes, preview: str, *, is_wrong: bool) -> None:
        """Show wishes, and what a template makes of the first file, or what is wrong with it."""
        preset = self._preset = wishes.preset
        inputs = (self.format, self.existing, self.quality, *self._checks())
        blockers = [QSignalBlocker(widget) for widget in inputs]
        for field, text in (
            (self.output, wishes.output),
            (self.template, preset.template),
            (self.include, " ".join(preset.include)),
            (self.exclude, " ".join(preset.exclude)),
        ):
            if not field.hasFocus() or not field.isModified():  # nobody writes in what someone is writing
                field.setText(text)
        self.template.setPlaceholderText("{stem}" if wishes.output else "{stem}_{scale}x")
        self.format.setCurrentIndex(self.format.findData(preset.format))
        self.quality.setValue(preset.quality)
        self.existing.setCurrentIndex(self.existing.findData(preset.existing))
        for check, is_on in zip(self._checks(), _switches(preset), strict=True):
            check.setChecked(is_on)
        self.flatten.setEnabled(bool(wishes.output))
        self._show_preview(preview, is_wrong)
        for blocker in blockers:
            blocker.unblock()

    def _show_preview(self, text: str, is_wrong: bool) -> None:
        self.preview.setText(text)
        self.preview.setToolTip(text)
        palette = self.palette()
        if is_wrong:
            line = theme.notice_colours(palette, is_error=True).line
            palette.setColor(palette.ColorRole.WindowText, line)
        self.preview.setPalette(palette)

    @Slot()
    def _report(self) -> None:
        preset = replace(
            self._preset,
            template=self.template.text().strip(),
            include=tuple(self.include.text().split()),
            exclude=tuple(self.exclude.text().split()),
            format=self.format.currentData(),
            quality=self.quality.value(),
            existing=self.existing.currentData(),
            recursive=self.recursive.isChecked(),
            flatten=self.flatten.isChecked(),
            strip_metadata=self.strip.isChecked(),
            keep_times=self.keep_times.isChecked(),
            low_priority=self.low_priority.isChecked(),
        )
        if preset != self._preset:
            self._preset = preset
            self.chosen.emit(preset)


def _switches(preset: Preset) -> tuple[bool, ...]:
    return preset.recursive, preset.flatten, preset.strip_metadata, preset.keep_times, preset.low_priority


def shortened(path: str, base: str) -> str:
    """Return a path from the last part of `base` on, as far as it lies in it."""
    head = os.path.dirname(base)  # noqa: PTH120  (texts, as a person wrote them)
    return os.path.relpath(path, head) if head and path.startswith(os.path.join(head, "")) else path  # noqa: PTH118


def _field(name: str, placeholder: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    field.setPlaceholderText(placeholder)
    field.setAcceptDrops(False)  # a folder dropped here is meant for the page
    return field
