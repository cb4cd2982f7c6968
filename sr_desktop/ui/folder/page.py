"""The page for folders: what a batch will do, its files with their stories, and what comes next."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QMimeData, QTimer, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMessageBox, QStackedWidget, QVBoxLayout, QWidget

from sr_desktop.batch.plan import sizes
from sr_desktop.errors import UserError
from sr_desktop.services.folder import planning as folder_planning
from sr_desktop.services.folder.batch import Conversion, Phase
from sr_desktop.services.folder.request import Wishes
from sr_desktop.services.folder.rows import Row, Tally, tally
from sr_desktop.services.folder.thumbnails import Thumbnails
from sr_desktop.services.notices import Kind, Notice
from sr_desktop.services.pictures.document import Result, Source
from sr_desktop.services.pictures.upscaler import Options
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.system.file_names import shown
from sr_desktop.ui.folder import closing as folder_closing
from sr_desktop.ui.folder import words as folder_words
from sr_desktop.ui.folder.actions import FolderActions
from sr_desktop.ui.folder.commands import FolderCommands
from sr_desktop.ui.folder.lines import FilterLine, SummaryLine
from sr_desktop.ui.folder.model import FolderModel
from sr_desktop.ui.folder.setup import FolderSetup, shortened
from sr_desktop.ui.folder.start import FolderStart
from sr_desktop.ui.folder.table import FolderTable
from sr_desktop.ui.pictures.options_bar import OptionsBar
from sr_desktop.ui.shell import language
from sr_desktop.ui.shell.page import PROGRAM, Menu, Page
from sr_desktop.ui.widgets import drops, wording
from sr_desktop.ui.widgets.drops import Offer
from sr_desktop.ui.widgets.notice_bar import NoticeBar

TICK_MS = 500
"""How often totals and times are told anew while a batch runs."""

FIRST_PIXELS = 3840
"""Offered when a size in pixels is asked for and none has been before."""


class FolderPage(Page):
    """Shows a conversion, and passes on what a person does to it.

    Signals:
        picture_requested: A `Source` that the person wants to see on the page for pictures.
        marked: What the page's tab says of a batch that runs, so that it is seen from other pages.

    Args:
        conversion: The batch.
        thumbnails: Makes them.
        workspace: Knows the models and devices there are, and the notices.
        report_action: Saves what a report needs.
    """

    picture_requested = Signal(object)
    marked = Signal(str)

    def __init__(
        self, conversion: Conversion, thumbnails: Thumbnails, workspace: Workspace, report_action: QAction | None = None
    ) -> None:
        super().__init__()
        self._conversion = conversion
        self._thumbnails = thumbnails
        self._workspace = workspace
        self._question: QMessageBox | None = None
        self._closes_at_end = False
        self._said_at_end = ""
        self.actions_ = FolderActions(self)
        self.notice_bar = NoticeBar(report_action)
        self.start_page = FolderStart(self.actions_.choose_folder, self.actions_.add_files)
        self.setup = FolderSetup(self.actions_.choose_output)
        self.model = FolderModel(conversion, thumbnails, self)
        self.table = FolderTable(self.model, self.actions_.remove)
        self.filter = FilterLine(self.actions_)
        self.summary = SummaryLine(self.actions_)
        target = conversion.wishes.preset.options.target
        self.options = OptionsBar(conversion.wishes.preset.options, getattr(target, "pixels", FIRST_PIXELS))
        self._ticking = QTimer(self)
        self._ticking.setInterval(TICK_MS)
        self.commands = FolderCommands(conversion, self.actions_, workspace.notices, self)
        self._lay_out()
        self._connect()
        self.show_everything()

    def _lay_out(self) -> None:
        work = QWidget()
        inside = QVBoxLayout(work)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        for widget in (self.setup, self.filter, self.table, self.summary, self.options):
            inside.addWidget(widget, 1 if widget is self.table else 0)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start_page)
        self.stack.addWidget(work)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice_bar)
        layout.addWidget(self.stack, 1)

    def _connect(self) -> None:
        conversion = self._conversion
        conversion.changed.connect(self.show_everything)
        conversion.ended.connect(self._say_end)
        self._ticking.timeout.connect(self._tick)
        self._workspace.ready_changed.connect(self.show_everything)
        self._workspace.notices.changed.connect(self._show_notice)
        self.notice_bar.close_button.clicked.connect(self._workspace.notices.dismiss)
        self.dropped.connect(lambda data: self.commands.take(self.offer(data)))
        self.actions_.remove.triggered.connect(self.table.remove_chosen)
        self.setup.chosen.connect(conversion.choose)
        self.setup.output_chosen.connect(conversion.choose_output)
        self.options.chosen.connect(self._choose_options)
        self.filter.wanted.connect(self.model.filter)
        self.table.opened.connect(self._open_row)
        self.table.removal_requested.connect(conversion.remove)
        self.table.selectionModel().selectionChanged.connect(self._refresh_actions)
        self.start_page.unfinished.go_on_button.clicked.connect(conversion.go_on)
        self.start_page.unfinished.forget_button.clicked.connect(conversion.forget)

    # What the window asks

    @property
    def title(self) -> str:
        """What is converted, and how far it is: the bar of the system's programs shows it."""
        inputs = self._conversion.wishes.inputs
        if not inputs:
            return PROGRAM
        parts = [self._share(), shown(Path(inputs[0])), PROGRAM]
        return " – ".join(part for part in parts if part)

    @property
    def activity(self) -> str:
        """What the batch is at."""
        run = self._conversion.run
        if run is not None and run.is_ending:
            return self.tr("Finishing…")
        return self.tr("Looking for pictures…") if self._conversion.phase is Phase.LOOKING else ""

    @property
    def file_actions(self) -> Sequence[QAction | None]:
        """Open, add, save, close."""
        do = self.actions_
        return do.choose_folder, do.add_folder, do.add_files, None, do.save_list, do.show_results, None, do.clear

    @property
    def menus(self) -> Sequence[Menu]:
        """What can be done with a batch."""
        do = self.actions_
        runs = do.try_three, do.start, do.pause, do.resume, None, do.stop_after, do.stop_now
        return (Menu(self.tr("&Batch"), (*runs, None, do.retry, do.remove)),)

    @property
    def hides_below_drops(self) -> bool:
        """While there is no batch the page itself says what to drop."""
        return self._conversion.phase is Phase.EMPTY

    def offer(self, data: QMimeData) -> Offer:
        """Take files and folders only."""
        offer = drops.offer(data)
        if offer.has_image:
            return Offer(refusal=self.tr("There is no file in it. Drop it on the page for pictures."))
        return offer

    def welcome(self, offer: Offer) -> str:
        """Say whether it begins a batch or comes to one."""
        return (
            self.tr("Drop to add it to the list") if self.commands.can_add else self.tr("Drop to see what will be done")
        )

    def may_close(self) -> bool:
        """Ask while a batch runs; the window closes when it has ended."""
        if self._conversion.run is None:
            return True
        if self._question is None:
            self._question = folder_closing.ask(self, self._finish_and_close, self._stop_and_close)
            self._question.finished.connect(self._forget_question)
        return False

    @Slot()
    def _forget_question(self) -> None:
        self._question = None

    def _finish_and_close(self) -> None:
        self._closes_at_end = True
        self._conversion.stop_after_this()

    def _stop_and_close(self) -> None:
        self._closes_at_end = True
        self._conversion.stop_now()

    # Showing

    @Slot()
    def show_everything(self) -> None:
        """Show the batch as it is now."""
        conversion = self._conversion
        run, wishes = conversion.run, conversion.wishes
        is_empty = conversion.phase is Phase.EMPTY
        self.stack.setCurrentIndex(0 if is_empty else 1)
        self.start_page.unfinished.show_words(self._offer_words(conversion.unfinished))
        if conversion.phase is not Phase.READY:
            self._said_at_end = ""
        self.setup.setVisible(run is None)
        preview, is_wrong = self._preview()
        self.setup.show_wishes(wishes, preview, is_wrong=is_wrong)
        self.options.show_options(wishes.preset.options, self._workspace.ready)
        for box in self.options.boxes:
            box.setEnabled(run is None)
        self._refresh_actions()
        self._show_notice()
        self._tick()
        if run is not None and not self._ticking.isActive():
            self._ticking.start()
        elif run is None:
            self._ticking.stop()
            self._settle_closing()
        self.described.emit()

    def _offer_words(self, wishes: Wishes | None) -> str:
        if wishes is None or not wishes.inputs:
            return ""
        name = shown(Path(wishes.inputs[0]))
        return self.tr("“{}” was not finished the last time. What is done is kept.").format(name)

    def _settle_closing(self) -> None:
        if self._question is not None:
            self._question.reject()
        if self._closes_at_end:
            self._closes_at_end = False
            self.window().close()

    def _preview(self) -> tuple[str, bool]:
        """Return what the first result will be called or what is wrong, and whether something is."""
        conversion = self._conversion
        if conversion.problem is not None:
            return language.translated(conversion.problem.title), True
        if conversion.planned is None or not conversion.rows.all:
            return "", False
        wishes, item = conversion.wishes, conversion.rows.all[0].item
        try:
            path = folder_planning.preview(wishes, conversion.planned.models, item, len(conversion.rows.all))
        except UserError as error:
            return language.translated(error.title), True
        return "→ " + shortened(path, wishes.output or item.folder), False

    @Slot()
    def _refresh_actions(self) -> None:
        found = tally(self._conversion.rows.all)
        self.actions_.refresh(self._conversion, found, has_chosen=self.table.selectionModel().hasSelection())
        primary = self.actions_.primary(self._conversion, found)
        self.options.show_action(primary)
        self.filter.retry_button.setVisible(primary is not self.actions_.retry and self.actions_.retry.isEnabled())

    @Slot()
    def _tick(self) -> None:
        """Show what goes on changing."""
        conversion = self._conversion
        self.model.arrange_if_stale()
        self.filter.show_counts(tally(conversion.rows.all).counts)
        self.summary.show_text(self._summary(), is_running=conversion.run is not None)
        self._show_progress()
        self.marked.emit(self._share())
        if conversion.run is not None:
            self.described.emit()

    def _share(self) -> str:
        run = self._conversion.run
        return "" if run is None else wording.percent(int(run.tally.share * 100) / 100)

    def _summary(self) -> str:
        conversion, run = self._conversion, self._conversion.run
        if run is not None:
            return folder_words.totals(run.tally, run.seconds)
        if self._said_at_end:
            return self._said_at_end
        if conversion.phase is not Phase.READY:
            return ""
        if not conversion.rows.all:
            return "" if conversion.problem else self.tr("There are no pictures here.")
        left_out = conversion.planned.left_out if conversion.planned is not None else 0
        total_bytes = sizes(row.item for row in conversion.rows.all)
        return folder_words.planned(conversion.tally, left_out, conversion.outlook.forecast, total_bytes)

    def _show_progress(self) -> None:
        conversion, run = self._conversion, self._conversion.run
        if run is not None:
            share = run.tally.share
            self.options.show_progress(share, self._doing(share))
        elif conversion.phase is Phase.LOOKING:
            looked = conversion.outlook.looked
            words = self.tr("Looking at {} of {}").format(*map(folder_words.number, (looked.done, looked.total)))
            is_known = looked.total > 1
            self.options.show_progress(looked.fraction, words if is_known else "", is_steady=is_known)
        else:
            self.options.show_progress(None, "")

    def _doing(self, share: float) -> str:
        run = self._conversion.run
        assert run is not None
        if run.pause is not None:
            return self.tr("Paused")
        if run.is_pausing:
            return self.tr("Pausing after what is at work…")
        left = wording.time_left(run.time_left(share)) if not run.is_ending else self.tr("finishing what is at work")
        return wording.SEPARATOR.join(part for part in (self._share(), left) if part)

    @Slot()
    def _show_notice(self) -> None:
        """Show why the batch waits, if it does, else the newest message."""
        run = self._conversion.run
        reason = run.pause.reason if run is not None and run.pause is not None else None
        if reason is None:
            self.notice_bar.show_notice(self._workspace.notices.latest)
        else:
            self.notice_bar.show_notice(Notice(Kind.ERROR, reason.title, reason.hint))
        self.notice_bar.close_button.setVisible(reason is None)

    @Slot(object)
    def _say_end(self, found: Tally) -> None:
        self._said_at_end = wording.SEPARATOR.join((folder_words.ended(found), folder_words.made(found)))
        self._tick()

    # What a person does

    @Slot(object)
    def _choose_options(self, options: Options) -> None:
        self._conversion.choose(replace(self._conversion.wishes.preset, options=options))

    @Slot(object)
    def _open_row(self, row: Row) -> None:
        """Show a picture beside its result, if it has one."""
        options, item = self._conversion.wishes.preset.options, row.item
        has_result = row.state in ("done", "skipped")
        seconds = row.outcome.seconds if row.outcome is not None else 0.0
        result = Result(item.target, options, seconds) if has_result else None
        self.picture_requested.emit(replace(Source.file(item.source), result=result))
