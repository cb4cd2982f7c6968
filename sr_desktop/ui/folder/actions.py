"""Everything a person can ask for on the Folder page, and what of it is possible now."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence

from sr_desktop.services.folder.batch import Conversion, Phase
from sr_desktop.services.folder.rows import Tally
from sr_desktop.ui.widgets import icons

Keys = QKeySequence.StandardKey


class FolderActions(QObject):
    """The page's actions; whoever can do them connects to `triggered`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        add = self._add
        self.choose_folder = add(self.tr("&Open Folder…"), Keys.Open, "folder", self.tr("Choose a folder to convert"))
        self.add_folder = add(self.tr("Add F&older…"), "", "folder", self.tr("Add the pictures of a folder"))
        self.add_files = add(self.tr("&Add Files…"), "Ctrl+Shift+O", "open", self.tr("Add pictures to the list"))
        self.choose_output = add(self.tr("C&hoose…"), "", "folder", self.tr("Choose the folder for results"))
        self.save_list = add(
            self.tr("&Save List…"), Keys.Save, "save", self.tr("Save what became of each file as a table (CSV)")
        )
        self.show_results = add(
            self.tr("Show &Results"), "", "folder", self.tr("Open the folder that the results go to")
        )
        self.clear = add(self.tr("&Close Batch"), Keys.Close, "close", self.tr("Clear the list; results stay"))
        self.start = add(self.tr("&Start"), "Ctrl+Return", "resume", self.tr("Convert all files that wait"))
        self.try_three = add(
            self.tr("&Try Three"), "Ctrl+T", "upscale", self.tr("Convert three files first, a small and a large one")
        )
        self.pause = add(
            self.tr("&Pause"), "Ctrl+.", "pause", self.tr("Finish what is at work, then let go of memory and cores")
        )
        self.resume = add(self.tr("R&esume"), "", "resume", self.tr("Go on"))
        self.stop_after = add(self.tr("Stop &After This File"), "", "stop", self.tr("Finish what is at work and stop"))
        self.stop_now = add(
            self.tr("Stop &Now"), "", "stop", self.tr("Stop at once; what is at work can be started again")
        )
        self.retry = add(self.tr("Try &Failed Again"), "Ctrl+R", "upscale", self.tr("Try all files again that failed"))
        self.remove = add(
            self.tr("Re&move from List"), "", "close", self.tr("Leave the selected files out; nothing is deleted")
        )

    def _add(self, text: str, keys: QKeySequence.StandardKey | str, icon: str, tip: str) -> QAction:
        action = QAction(icons.icon(icon), text, self)
        action.setIconVisibleInMenu(False)
        if isinstance(keys, QKeySequence.StandardKey):
            action.setShortcuts(keys)
        elif keys:
            action.setShortcut(QKeySequence(keys))
        shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({shortcut})" if shortcut else tip)
        return action

    def primary(self, conversion: Conversion, found: Tally) -> QAction | None:
        """Return what comes next; `found` is what all rows come to."""
        run = conversion.run
        if conversion.phase is Phase.LOOKING:
            return None
        if run is not None:
            return self.resume if run.is_pausing or run.pause is not None else self.pause
        if found.counts["waiting"] or conversion.problem is not None:
            return self.start
        if found.retryable:
            return self.retry
        return self.show_results if found.total else None

    def refresh(self, conversion: Conversion, found: Tally, *, has_chosen: bool) -> None:
        """Allow what is possible now; `found` is what all rows come to."""
        run = conversion.run
        is_planned = conversion.planned is not None
        is_ready = conversion.phase is Phase.READY
        goes_on = run is not None and not run.is_ending
        can_join = is_ready or goes_on
        is_held = run is not None and (run.is_pausing or run.pause is not None)
        can_start = is_ready and is_planned and bool(found.counts["waiting"])
        self.choose_folder.setEnabled(run is None)
        for action in (self.add_files, self.add_folder):
            action.setEnabled(conversion.phase is Phase.EMPTY or can_join)
        self.save_list.setEnabled(bool(found.total))
        self.show_results.setEnabled(bool(found.total))
        self.clear.setEnabled(run is None and conversion.phase is not Phase.EMPTY)
        self.start.setEnabled(can_start)
        self.try_three.setEnabled(can_start and found.counts["waiting"] > 3)
        self.pause.setEnabled(goes_on and not is_held)
        self.resume.setEnabled(goes_on and is_held)
        self.stop_after.setEnabled(goes_on)
        self.stop_now.setEnabled(run is not None)
        self.retry.setEnabled(can_join and is_planned and bool(found.retryable))
        self.remove.setEnabled(can_join and has_chosen)
