"""What the actions of the program as a whole do, whatever page is shown."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from sr_desktop.services.jobs import Done, Failed, Job, Outcome, Runner, Urgency
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.ui.pictures.actions import Actions
from sr_desktop.ui.shell.window import Window

if TYPE_CHECKING:
    from sr_desktop.settings import Settings


class ProgramCommands(QObject):
    """Connects actions with dialogs; each is loaded when it is asked for.

    Args:
        actions: What is connected.
        window: Holds the dialogs.
        workspace: Has devices and notices.
        runner: Does what takes long.
        current: Returns the settings of now.
        choose: Takes other settings.
    """

    def __init__(
        self,
        actions: Actions,
        window: Window,
        workspace: Workspace,
        runner: Runner,
        current: "Callable[[], Settings]",
        choose: "Callable[[Settings], None]",
    ) -> None:
        super().__init__(window)
        self._window = window
        self._workspace = workspace
        self._runner = runner
        self._current = current
        self._choose = choose
        self._saving: dict[Job, Path] = {}
        actions.preferences.triggered.connect(self.show_preferences)
        actions.save_diagnostics.triggered.connect(self.ask_for_diagnostics)
        actions.licences.triggered.connect(self.show_licences)
        actions.about.triggered.connect(self.show_about)

    @Slot()
    def show_preferences(self) -> None:
        """Show the settings, to be changed."""
        from sr_desktop.ui.shell.preferences import Preferences

        dialog = Preferences(self._current(), self._workspace.ready, self._window)
        dialog.chosen.connect(self._choose)
        dialog.open()

    @Slot()
    def ask_for_diagnostics(self) -> None:
        """Let the person choose what a report tells, and where it is saved."""
        from sr_desktop.ui.shell.diagnostics_dialog import DiagnosticsDialog

        DiagnosticsDialog(self.save_diagnostics, self._window).open()

    def save_diagnostics(self, path: Path, names_home: bool) -> None:
        """Examine the computer and save what was found."""
        from sr_desktop.doctor import diagnostics

        job = Job(lambda: diagnostics.making(path, names_home=names_home), Urgency.ASKED)
        self._saving[job] = path
        job.settled.connect(self._say_saved)
        self._window.say(self.tr("Looking at this computer…"))
        self._runner.start(job)

    @Slot(object)
    def _say_saved(self, outcome: Outcome) -> None:
        job = self.sender()
        assert isinstance(job, Job)
        path = self._saving.pop(job)
        match outcome:
            case Done():
                hint = self.tr("Look into it if you like, and attach it to your report. Nothing was sent.")
                self._workspace.notices.note(self.tr("Diagnostics are saved as {}.").format(path), hint)
            case Failed(error):
                self._workspace.notices.report(error)
            case _:
                pass  # stopped because the window closes

    @Slot()
    def show_licences(self) -> None:
        """Show under which terms the program and its libraries come."""
        from sr_desktop.ui.shell.licences import Licences

        Licences(self._window).show()

    @Slot()
    def show_about(self) -> None:
        """Show versions and terms."""
        from sr_desktop.ui.shell.about import About

        About(self._window).show()
