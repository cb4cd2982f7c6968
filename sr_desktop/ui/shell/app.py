"""Where all objects of the window are built and connected."""

import json
import logging
import os
import signal
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, QObject, QTimer, Slot, qVersion
from PySide6.QtWidgets import QApplication

from sr_desktop import faults, settings
from sr_desktop.services import notices, settings_options
from sr_desktop.services.faults import Faults
from sr_desktop.services.garbage import Collector
from sr_desktop.services.jobs import Job, Runner, Urgency
from sr_desktop.services.models.models import Models
from sr_desktop.services.notices import Notices
from sr_desktop.services.pictures import drag_copies
from sr_desktop.services.pictures.upscaler import Upscaler
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.settings import Settings
from sr_desktop.system import malloc
from sr_desktop.ui.folder.part import FolderPart
from sr_desktop.ui.pictures.actions import Actions
from sr_desktop.ui.pictures.commands import Commands
from sr_desktop.ui.pictures.compare_view import Comparison
from sr_desktop.ui.pictures.outgoing import Outgoing
from sr_desktop.ui.pictures.picture_page import PicturePage
from sr_desktop.ui.shell import language, screen, session_bus
from sr_desktop.ui.shell.notifications import IconProgress, Notifications
from sr_desktop.ui.shell.page import Page, Tab
from sr_desktop.ui.shell.program_commands import ProgramCommands
from sr_desktop.ui.shell.window import Window
from sr_desktop.ui.training.part import TrainingPart
from sr_desktop.ui.widgets import icons, theme
from sr_desktop.ui.widgets.focus import FocusMark

log = logging.getLogger(__name__)

ROLE = "window"
"""What the log and the crash dumps are named for."""

STARTED_VARIABLE = "SR_DESKTOP_STARTED_NS"
"""Set to the time (as `time.time_ns`) at which the program was started, it makes it print how long the first painting took
and end; `sr_desktop.ui.window_probe` sets it.
"""


def main(pictures: Sequence[Path]) -> int:
    """Open the window with these pictures and return the exit status once it is closed."""
    refusal = screen.problem()
    if refusal is not None:
        print(refusal, file=sys.stderr)  # noqa: T201  (there is no window to say it in)
        return 1
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal: Qt's loop would never see Python's exception
    with faults.watched(ROLE) as crash:
        return _run(pictures, crash)


def _run(pictures: Sequence[Path], crash: str) -> int:
    heard = Faults()
    heard.listen()
    application = make_application()
    program = Program()
    heard.happened.connect(program.report_fault)
    if crash:
        program.notices.add(notices.about_crash(crash))
    _log_surroundings(application)
    if STARTED_VARIABLE in os.environ:
        program.window.painted.connect(lambda: QTimer.singleShot(0, lambda: _tell_first_paint(program)))
    program.start(pictures)
    status = application.exec()
    heard.stop()
    return status


def _log_surroundings(application: QApplication) -> None:
    """Log what only a window knows of the computer; the rest is found by the doctor."""
    screens = ", ".join(
        f"{each.geometry().width()}×{each.geometry().height()}@{each.devicePixelRatio()}"
        for each in application.screens()
    )
    style, locale = application.style().objectName(), QLocale().name()
    log.info("Qt %s on %s, %s, screens %s, locale %s", qVersion(), application.platformName(), style, screens, locale)


def _tell_first_paint(program: "Program") -> None:
    passed_ms = (time.time_ns() - int(os.environ[STARTED_VARIABLE])) / 1e6
    found = {"first_paint_ms": passed_ms, "cpu_ms": time.process_time() * 1000}
    print(json.dumps({**found, "platform": QApplication.platformName()}))  # noqa: T201
    program.window.close()


def make_application() -> QApplication:
    """Return the Qt application, in the scheme the system has."""
    malloc.share_freed()
    application = QApplication(sys.argv[:1])
    application.setApplicationName("sr_desktop")
    application.setApplicationDisplayName("sr_desktop")
    application.setDesktopFileName(session_bus.APPLICATION)
    application.setWindowIcon(icons.application_icon())
    theme.follow_system(application)
    if application.style().objectName() == "fusion":
        FocusMark(application)
    return application


class Program(QObject):
    """The window and everything behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.notices = Notices(self)
        self.settings, notes = settings.load()
        for note in notes:
            self.notices.note(note)
        self._apply_look()
        self.garbage = Collector(self)
        self.runner = Runner(self)
        options = settings_options.options_from(self.settings)
        self.upscaler = Upscaler()
        self.workspace = Workspace(self.runner, self.upscaler, self.notices, options, self)
        self.models = Models(self.runner, Notices(self), self)
        self.models.listed.connect(self.workspace.take_models)
        self.models.renamed.connect(self.workspace.follow_rename)
        self.training = TrainingPart(self.runner, self.workspace, self.notices, self)
        self.training.training.learned.connect(self.models.refresh)
        self.actions = Actions(self)
        self.folder = FolderPart(self.runner, self.workspace, self.actions.save_diagnostics, self)
        outgoing = Outgoing(self.notices, self)
        self.page = PicturePage(self.workspace, self.actions, outgoing, self.settings.pixels, self.settings.photo_model)
        self.page.photo_hint.answered.connect(self._remember_photo_answer)
        do = self.actions
        self.window = Window(
            self._tabs(),
            do.quit,
            [do.documentation, do.save_diagnostics, None, do.licences, do.about],
            [do.preferences],
        )
        self.commands = Commands(
            self.workspace, do, self.window, self.page, outgoing, folder=lambda: self.settings.folder
        )
        self.program_commands = ProgramCommands(
            do, self.window, self.workspace, self.runner, lambda: self._current_settings, self._take_settings
        )
        self._pictures: tuple[Path, ...] = ()
        self._connect_view()
        self._connect_news()
        do.documentation.triggered.connect(self._show_documentation)
        self.window.painted.connect(self._begin_soon)
        self.window.closing.connect(self.close)

    def _connect_news(self) -> None:
        """Let someone who looks elsewhere hear of what they may wait for."""
        news = Notifications(self.window, lambda: self.settings.notifications)
        news.follow_notices(self.notices)
        news.follow_pictures(self.workspace)
        self.folder.told.connect(news.tell)
        self.training.told.connect(news.tell)
        progress = IconProgress(parent=self.window)
        self.folder.progressed.connect(lambda share: progress.take("batch", share))
        self.training.progressed.connect(lambda share: progress.take("training", share))

    def _tabs(self) -> list[Tab]:
        """Return the pages in their order; all but the first are made when they are first shown."""
        return [
            Tab("pictures", self.tr("&Pictures"), "picture", self.tr("Make pictures larger"), lambda: self.page),
            self.folder.tab(),
            self.training.tab(),
            Tab("models", self.tr("&Models"), "models", self.tr("What makes them larger"), self._models_page),
        ]

    def _models_page(self) -> Page:
        from sr_desktop.services.models.comparison import ModelComparison
        from sr_desktop.ui.models.page import ModelsPage

        comparison = ModelComparison(self.runner, self.upscaler, self)
        return ModelsPage(self.models, comparison, self.workspace)

    @Slot()
    def _show_documentation(self) -> None:
        from sr_desktop.ui.shell import guide

        if not guide.show(self.window.page_name):
            self.window.say(self.tr("The documentation could not be opened."))

    @Slot(str)
    def _remember_photo_answer(self, answer: str) -> None:
        self.settings = replace(self.settings, photo_model=answer)

    def _apply_look(self) -> None:
        """Use language, theme and text size, before anything with words in it is made."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        language.use(application, self.settings.language)
        if self.settings.theme != "system":
            theme.choose(application, self.settings.theme)
        if self.settings.text_size != 100:
            theme.scale_text(application, self.settings.text_size)

    @property
    def _current_settings(self) -> Settings:
        return settings_options.remembering(self.settings, self.workspace.options)

    @Slot(object)
    def _take_settings(self, chosen: Settings) -> None:
        """Use what a person set in the preferences, and keep it at once."""
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        if chosen.theme != self.settings.theme:
            theme.choose(application, chosen.theme)
        self.settings = chosen
        self.workspace.choose(replace(self.workspace.options, device=chosen.device))
        self._keep_settings(chosen)

    def _connect_view(self) -> None:
        actions, view = self.actions, self.page.view
        actions.fit.triggered.connect(view.fit)
        actions.actual.triggered.connect(lambda: view.zoom_to(1))
        actions.double.triggered.connect(lambda: view.zoom_to(2))
        actions.zoom_in.triggered.connect(lambda: view.step_zoom(1))
        actions.zoom_out.triggered.connect(lambda: view.step_zoom(-1))
        actions.side_by_side.toggled.connect(self._compare)
        actions.pixels.toggled.connect(self._show_before_as)
        is_divided = self.settings.comparison == Comparison.DIVIDER.value
        (actions.divider if is_divided else actions.side_by_side).setChecked(True)
        self._compare(not is_divided)
        actions.pixels.setChecked(self.settings.before == "pixels")
        actions.details.toggled.connect(self._show_details)
        actions.details.setChecked(self.settings.details)

    @Slot(bool)
    def _show_details(self, shows: bool) -> None:
        self.settings = replace(self.settings, details=shows)
        self.page.show_details(shows)

    @Slot(bool)
    def _compare(self, side_by_side: bool) -> None:
        comparison = Comparison.SIDE_BY_SIDE if side_by_side else Comparison.DIVIDER
        self.settings = replace(self.settings, comparison=comparison.value)
        self.page.compare(comparison)

    @Slot(bool)
    def _show_before_as(self, pixels: bool) -> None:
        self.settings = replace(self.settings, before="pixels" if pixels else "bicubic")
        self.page.show_before_as(pixels=pixels)

    def start(self, pictures: Sequence[Path]) -> None:
        """Show the window; everything that takes long begins when it is there."""
        self._pictures = tuple(pictures)
        self.window.show()

    @Slot()
    def _begin_soon(self) -> None:
        QTimer.singleShot(0, self._begin)  # let the first picture of the window reach the screen

    @Slot()
    def _begin(self) -> None:
        if self._pictures:
            self.commands.open(self._pictures)
        self.workspace.prepare()
        self.folder.begin(self.window)
        self.training.begin(self.window)
        self.runner.start(Job(drag_copies.remove_old, Urgency.IN_LINE))

    @Slot()
    def close(self) -> None:
        """Stop the work, wait for the thread, keep the settings; in that order."""
        self.folder.close()
        self.training.training.close()
        self.workspace.close()
        self.runner.close()
        self.garbage.close()
        self._keep_settings(self._current_settings)

    @staticmethod
    def _keep_settings(chosen: Settings) -> None:
        try:
            settings.save(chosen)
        except OSError:
            log.exception("the settings could not be saved")

    @Slot(object)
    def report_fault(self, error: Exception) -> None:
        """Show an exception that nobody caught."""
        self.notices.report(error)
