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
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from sr_desktop import settings
from sr_desktop.services import choices, outgoing_files
from sr_desktop.services.garbage import Collector
from sr_desktop.services.jobs import Job, Runner, Urgency
from sr_desktop.services.notices import Notices
from sr_desktop.services.upscaling import Upscaler
from sr_desktop.services.workspace import Workspace
from sr_desktop.settings import Settings
from sr_desktop.ui import icons, screen, theme
from sr_desktop.ui.actions import Actions
from sr_desktop.ui.commands import Commands
from sr_desktop.ui.compare_view import Comparison
from sr_desktop.ui.outgoing import Outgoing
from sr_desktop.ui.page import Tab
from sr_desktop.ui.picture_page import PicturePage
from sr_desktop.ui.window import Window

log = logging.getLogger(__name__)

STARTED_VARIABLE = "SR_DESKTOP_STARTED_NS"
"""Set to the time (as `time.time_ns`) at which the program was started, it makes it print how long the first painting took
and end; `sr_desktop.ui.probe` sets it.
"""


def main(pictures: Sequence[Path]) -> int:
    """Open the window with these pictures and return the exit status once it is closed."""
    refusal = screen.problem()
    if refusal is not None:
        print(refusal, file=sys.stderr)  # noqa: T201  (there is no window to say it in)
        return 1
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # Ctrl+C in the terminal: Qt's loop would never see Python's exception
    application = make_application()
    program = Program()
    sys.excepthook = program.report_fault
    if STARTED_VARIABLE in os.environ:
        program.window.painted.connect(lambda: QTimer.singleShot(0, lambda: _tell_first_paint(program)))
    program.start(pictures)
    return application.exec()


def _tell_first_paint(program: "Program") -> None:
    passed_ms = (time.time_ns() - int(os.environ[STARTED_VARIABLE])) / 1e6
    found = {"first_paint_ms": passed_ms, "cpu_ms": time.process_time() * 1000}
    print(json.dumps({**found, "platform": QApplication.platformName()}))  # noqa: T201
    program.window.close()


def make_application() -> QApplication:
    """Return the Qt application, in the scheme the system has."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("sr_desktop")
    application.setApplicationDisplayName("sr_desktop")
    application.setDesktopFileName("sr-desktop")
    application.setWindowIcon(icons.application_icon())
    theme.follow_system(application)
    return application


class Program(QObject):
    """The window and everything behind it."""

    def __init__(self) -> None:
        super().__init__()
        self.notices = Notices(self)
        self.settings, notes = settings.load()
        for note in notes:
            self.notices.note(note)
        self.garbage = Collector(self)
        self.runner = Runner(self)
        options = choices.options_from(self.settings)
        self.workspace = Workspace(self.runner, Upscaler(), self.notices, options, self)
        self.actions = Actions(self)
        outgoing = Outgoing(self.notices, self)
        self.page = PicturePage(self.workspace, self.actions, outgoing, self.settings.pixels)
        self.window = Window(self._tabs(), self.actions.quit, [self.actions.about])
        self.commands = Commands(self.workspace, self.actions, self.window, self.page, outgoing)
        self._pictures: tuple[Path, ...] = ()
        self._connect_view()
        self.window.painted.connect(self._begin_soon)
        self.window.closing.connect(self.close)

    def _tabs(self) -> list[Tab]:
        """Return the pages in their order; all but the first are made when they are first shown."""
        return [Tab("pictures", self.tr("&Pictures"), "picture", self.tr("Make pictures larger"), lambda: self.page)]

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
        self.runner.start(Job(outgoing_files.remove_old, Urgency.IN_LINE))

    @Slot()
    def close(self) -> None:
        """Stop the work, wait for the thread, keep the settings; in that order."""
        self.workspace.close()
        self.runner.close()
        self.garbage.close()
        self._keep_settings(choices.remembering(self.settings, self.workspace.options))

    @staticmethod
    def _keep_settings(chosen: Settings) -> None:
        try:
            settings.save(chosen)
        except OSError:
            log.exception("the settings could not be saved")

    def report_fault(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an exception that nobody caught, and show it."""
        log.error("unexpected", exc_info=(kind, error, trace))
        if isinstance(error, Exception):
            self.notices.report(error)
