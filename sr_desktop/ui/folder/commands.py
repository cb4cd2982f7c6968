"""What the Folder page's actions do, and what comes of drops and dialogs."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from sr_desktop.services.folder.batch import Conversion
from sr_desktop.services.notices import Notices
from sr_desktop.ui.folder import dialogs as folder_dialogs
from sr_desktop.ui.folder.actions import FolderActions
from sr_desktop.ui.widgets import file_dialogs
from sr_desktop.ui.widgets.drops import Offer


class FolderCommands(QObject):
    """Connects actions with what they act on.

    Args:
        conversion: The batch.
        actions: What is connected.
        notices: Gets why something can't be taken.
        page: Holds the dialogs.
    """

    def __init__(self, conversion: Conversion, actions: FolderActions, notices: Notices, page: QWidget) -> None:
        super().__init__(page)
        self._conversion = conversion
        self._notices = notices
        self._page = page
        for action, do in (
            (actions.choose_folder, self._ask_for_folder),
            (actions.add_folder, self._ask_for_another_folder),
            (actions.add_files, self._ask_for_files),
            (actions.choose_output, self._ask_for_output),
            (actions.save_list, self._ask_where_to_save_list),
            (actions.show_results, self._show_results),
            (actions.clear, conversion.clear),
            (actions.start, conversion.start),
            (actions.try_three, conversion.try_three),
            (actions.pause, conversion.hold),
            (actions.resume, conversion.resume),
            (actions.stop_after, conversion.stop_after_this),
            (actions.stop_now, conversion.stop_now),
            (actions.retry, conversion.retry_failed),
        ):
            action.triggered.connect(do)

    @property
    def can_add(self) -> bool:
        """Whether what is dropped comes to the batch, rather than begins another."""
        return self._conversion.run is not None or bool(self._conversion.rows.waiting())

    def take(self, offer: Offer) -> None:
        """Take what was dropped, or say why not."""
        if offer.refusal:
            self._notices.refuse(self.tr("That can't be converted."), offer.refusal)
        else:
            self._add(offer.files)

    def _add(self, files: Sequence[Path]) -> None:
        if self.can_add:
            self._conversion.add(files)
        else:
            self._conversion.open(files)

    @Slot()
    def _ask_for_folder(self) -> None:
        self._ask(self._conversion.open)

    @Slot()
    def _ask_for_another_folder(self) -> None:
        self._ask(self._add)

    def _ask(self, take: Callable[[Sequence[Path]], None]) -> None:
        inputs = self._conversion.wishes.inputs
        start = inputs[-1] if inputs else ""
        folder_dialogs.ask_for_folder(self._page, self.tr("Choose a Folder"), start, lambda path: take([path]))

    @Slot()
    def _ask_for_files(self) -> None:
        file_dialogs.ask_for_pictures(self._page, "", self._add)

    @Slot()
    def _ask_for_output(self) -> None:
        title, folder = self.tr("Choose the Folder for Results"), self._conversion.wishes.output
        start = folder if os.path.isdir(folder) else os.path.dirname(folder)  # noqa: PTH112, PTH120
        folder_dialogs.ask_for_folder(self._page, title, start, lambda path: self._conversion.choose_output(str(path)))

    @Slot()
    def _ask_where_to_save_list(self) -> None:
        wishes = self._conversion.wishes
        beside = Path(wishes.output or wishes.inputs[0])
        suggestion = beside.with_name(f"{beside.name}.{folder_dialogs.SUFFIX}")
        folder_dialogs.ask_where_to_save_list(self._page, suggestion, self._conversion.save_list)

    @Slot()
    def _show_results(self) -> None:
        wishes = self._conversion.wishes
        QDesktopServices.openUrl(QUrl.fromLocalFile(wishes.output or wishes.inputs[0]))
