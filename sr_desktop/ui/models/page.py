"""The page for models: which there are, what is known of each, how they come and go, and several on one picture."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Slot
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from sr_desktop.library import own
from sr_desktop.library.catalogue import SUFFIX, Broken, Entry
from sr_desktop.services.models.comparison import MOST, ModelComparison
from sr_desktop.services.models.models import FOREIGN_SUFFIXES, Models
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.ui.models import dialogs as models_dialogs
from sr_desktop.ui.models.comparison import ModelsComparison
from sr_desktop.ui.models.details import ModelsDetails
from sr_desktop.ui.models.list import ModelsList
from sr_desktop.ui.shell.page import PROGRAM, Menu, Page
from sr_desktop.ui.widgets import drops, icons
from sr_desktop.ui.widgets.drops import Offer
from sr_desktop.ui.widgets.notice_bar import NoticeBar


class ModelsPage(Page):
    """Shows the models of this computer.

    Args:
        models: The models.
        comparison: Compares some of them.
        workspace: Has the picture they are compared on, and the device.
    """

    def __init__(
        self, models: Models, comparison: ModelComparison, workspace: Workspace, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._models = models
        self._workspace = workspace
        self._awaited = ""
        self.notice_bar = NoticeBar()
        self.list = ModelsList()
        self.details = ModelsDetails()
        self.comparison = ModelsComparison(comparison)
        self._make_actions()
        self._lay_out()
        self._connect()
        self._show_inventory()

    def _make_actions(self) -> None:
        self.import_action = self._action(self.tr("&Import…"), "Ctrl+O", "open", self._ask_for_files)
        self.export_action = self._action(self.tr("&Export…"), "Ctrl+E", "save", self._ask_where_to_export)
        self.rename_action = self._action(self.tr("&Rename…"), "F2", "", self._ask_for_name)
        self.delete_action = self._action(self.tr("&Delete"), "Delete", "", self._delete)
        self.verify_action = self._action(self.tr("&Verify"), "", "check", self._models.verify)
        self.measure_action = self._action(self.tr("&Measure Speed"), "", "clock", self._measure)
        self.compare_action = self._action(self.tr("&Compare on a Picture"), "", "side-by-side", self._compare)
        for action, tip in (
            (self.import_action, self.tr("Take model files in; dropping them here works too")),
            (self.export_action, self.tr("Give this model out, also for other programs")),
            (self.delete_action, self.tr("Move this model to the recycle bin")),
            (self.verify_action, self.tr("Check that all models are whole and can be used")),
            (self.measure_action, self.tr("Measure how fast the models are on this computer")),
            (self.compare_action, self.tr("Look at what the marked models make of one picture")),
        ):
            action.setToolTip(tip)

    def _action(self, text: str, keys: str, icon: str, do: object) -> QAction:
        action = QAction(text, self)
        action.setShortcut(keys)
        if icon:
            action.setIcon(icons.icon(icon))
        action.triggered.connect(do)
        return action

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(8, 6, 8, 6)
        row.setSpacing(6)
        for action in (self.import_action, self.export_action, self.rename_action, self.delete_action):
            row.addWidget(_button(action))
        row.addSpacing(10)
        row.addWidget(_button(self.verify_action))
        row.addWidget(_button(self.measure_action))
        row.addStretch()
        row.addWidget(_button(self.compare_action))
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.details)
        split.setStretchFactor(0, 1)
        split.setSizes([700, 320])
        self.hint = QLabel()
        self.hint.setContentsMargins(12, 6, 12, 8)
        self.hint.setWordWrap(True)
        self._overview = QWidget()
        overview = QVBoxLayout(self._overview)
        overview.setContentsMargins(0, 0, 0, 0)
        overview.setSpacing(0)
        overview.addLayout(row)
        overview.addWidget(split, 1)
        overview.addWidget(self.hint)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._overview)
        self._stack.addWidget(self.comparison)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice_bar)
        layout.addWidget(self._stack, 1)

    def _connect(self) -> None:
        models = self._models
        models.changed.connect(self._show_inventory)
        models.added.connect(self._await)
        models.renamed.connect(lambda _, new: self._await(new))
        models.notices.changed.connect(self._show_notice)
        self.notice_bar.close_button.clicked.connect(models.notices.dismiss)
        self.list.currentItemChanged.connect(self._show_current)
        self.list.marked.connect(self._refresh_actions)
        self.comparison.left.connect(self._show_list)
        self.dropped.connect(self._take)
        self._workspace.shown_changed.connect(self._refresh_actions)

    def showEvent(self, event: QShowEvent) -> None:
        """Look through the models: some may have come or gone elsewhere."""
        super().showEvent(event)
        if not event.spontaneous():
            self._models.refresh()

    # The contract of pages

    @property
    def title(self) -> str:
        """What is shown."""
        return f"{self.tr('Models')} – {PROGRAM}"

    @property
    def activity(self) -> str:
        """Whether something is under way."""
        return self.tr("Working…") if self._models.is_busy else ""

    @property
    def file_actions(self) -> Sequence[QAction | None]:
        """In and out."""
        return self.import_action, self.export_action

    @property
    def menus(self) -> Sequence[Menu]:
        """What can be done with a model; how the comparison is seen."""
        do = self.rename_action, self.delete_action, None, self.verify_action, self.measure_action, self.compare_action
        return Menu(self.tr("&Model"), do), Menu(self.tr("&View"), self.comparison.actions_of_view)

    def offer(self, data: QMimeData) -> Offer:
        """Take model files, and pictures while models are compared."""
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        found = tuple(path for path in files if path.suffix.lower() in (SUFFIX, *FOREIGN_SUFFIXES))
        if found:
            return Offer(found)
        if self._is_comparing:
            pictures = drops.offer(data)
            is_file = pictures.refusal or (pictures.files and pictures.files[0].is_file())
            return pictures if is_file else Offer(refusal=self.tr("Drop a picture file here."))
        return Offer(refusal=self.tr("Only models can be taken here: .safetensors, or .pth of usual FSRCNN code."))

    def welcome(self, offer: Offer) -> str:
        """Say what becomes of it."""
        if _is_model(offer.files[0]):
            return self.tr("Drop to import")
        return self.tr("Drop to compare on this picture")

    # What a person does

    @Slot(object)
    def _take(self, data: QMimeData) -> None:
        offer = self.offer(data)
        if offer.refusal:
            self._models.notices.refuse(self.tr("That can't be taken in."), offer.refusal)
        elif _is_model(offer.files[0]):
            self._import(list(offer.files))
        else:
            self.comparison.drop_picture(offer.files[0])

    @Slot()
    def _ask_for_files(self) -> None:
        models_dialogs.ask_for_files(self, self._import)

    def _import(self, files: list[Path]) -> None:
        for path in files:
            if path.suffix.lower() in FOREIGN_SUFFIXES:
                models_dialogs.ask_for_scale(self, path, partial(self._models.take_in, path))
            else:
                self._models.take_in(path)

    @Slot()
    def _ask_where_to_export(self) -> None:
        entry = self.list.current
        if isinstance(entry, Entry):
            models_dialogs.ask_where_to_export(self, entry.name, lambda path: self._models.give_out(entry, path))

    @Slot()
    def _ask_for_name(self) -> None:
        model = self.list.current
        if model is not None:
            path = model.path
            models_dialogs.ask_for_name(self, path.stem, lambda name: self._models.rename(path, name))

    @Slot()
    def _delete(self) -> None:
        model = self.list.current
        if model is not None:
            self._models.delete(model.path)

    @Slot()
    def _measure(self) -> None:
        inventory = self._models.inventory
        if inventory is not None:
            unknown = [entry for entry in inventory.models.entries if entry.sha256 not in inventory.speeds]
            self._models.measure(unknown or inventory.models.entries, self._workspace.options.device)

    @Slot()
    def _compare(self) -> None:
        shown = self._workspace.shown
        if shown is not None and shown.before is not None:
            self.comparison.take_picture(shown.source.name, shown.before.raster)
        self._stack.setCurrentWidget(self.comparison)
        self.comparison.begin(self.list.marked_models, self._workspace.options.device)
        self._refresh_actions()

    # What is shown

    @property
    def _is_comparing(self) -> bool:
        return self._stack.currentWidget() is self.comparison

    @Slot()
    def _show_list(self) -> None:
        self._stack.setCurrentWidget(self._overview)
        self.list.setFocus()
        self._refresh_actions()

    @Slot(str)
    def _await(self, name: str) -> None:
        """Make this model the current one when it is in the list."""
        self._awaited = name

    @Slot()
    def _show_inventory(self) -> None:
        inventory = self._models.inventory
        if inventory is not None:
            self.list.show_inventory(inventory)
            there: tuple[Entry | Broken, ...] = (*inventory.models.entries, *inventory.models.broken)
            if self._awaited in [model.path.stem for model in there]:
                self.list.choose(self._awaited)
                self._awaited = ""
            self._show_hint(has_own=any(own.is_own(model.path) for model in there))
        self._show_current()
        self.described.emit()

    def _show_hint(self, *, has_own: bool) -> None:
        if has_own:
            text = self.tr("Mark up to {} models of one scale to compare them on a picture.").format(MOST)
        else:
            text = self.tr("No models of your own yet. Train one, or drop a .safetensors or .pth file of FSRCNN here.")
        self.hint.setText(text)

    @Slot()
    def _show_current(self) -> None:
        model, inventory = self.list.current, self._models.inventory
        speed = inventory.speeds.get(model.sha256) if inventory is not None and isinstance(model, Entry) else None
        self.details.show_model(model, speed)
        self._refresh_actions()

    @Slot()
    def _refresh_actions(self) -> None:
        model = self.list.current
        shows_list = not self._is_comparing
        is_own = model is not None and own.is_own(model.path)
        self.export_action.setEnabled(shows_list and isinstance(model, Entry))
        self.rename_action.setEnabled(shows_list and is_own)
        self.delete_action.setEnabled(shows_list and is_own)
        self.measure_action.setEnabled(self._models.inventory is not None and not self._models.is_busy)
        self.verify_action.setEnabled(not self._models.is_busy)
        self.compare_action.setEnabled(shows_list and bool(self.list.marked_models))
        for action in self.comparison.actions_of_view:
            action.setEnabled(not shows_list)

    @Slot()
    def _show_notice(self) -> None:
        self.notice_bar.show_notice(self._models.notices.latest)


def _is_model(path: Path) -> bool:
    return path.suffix.lower() in (SUFFIX, *FOREIGN_SUFFIXES)


def _button(action: QAction) -> QPushButton:
    """Return a button that is as its action is."""
    button = QPushButton()

    def follow() -> None:
        button.setText(action.iconText())
        button.setIcon(action.icon())
        button.setToolTip(action.toolTip())
        button.setEnabled(action.isEnabled())

    follow()
    action.changed.connect(follow)
    button.clicked.connect(action.trigger)
    return button
