"""Everything a person can ask for, with its keys; what is possible now is decided in one place."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from sr_desktop.services.pictures.document import Document, State
from sr_desktop.services.pictures.workspace import Workspace
from sr_desktop.ui.widgets import icons

Keys = QKeySequence.StandardKey


class Actions(QObject):
    """The program's actions; whoever can do them connects to `triggered`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        add = self._add
        self.open = add(self.tr("&Open…"), Keys.Open, "open", self.tr("Open pictures"))
        self.open_recent = add(self.tr("Open &Recent"), None, "", self.tr("Open what was open before"))
        self.open_sample = add(
            self.tr("Open the Sa&mple"), None, "picture", self.tr("Open a picture that comes with the program")
        )
        self.save = add(self.tr("&Save"), Keys.Save, "save", self.tr("Save the result beside the original"))
        self.save_as = add(self.tr("Save &As…"), "Ctrl+Shift+S", "", self.tr("Save the result where you want it"))
        self.save_all = add(self.tr("Save A&ll"), "Ctrl+Alt+S", "", self.tr("Save every result beside its original"))
        self.show_in_folder = add(self.tr("Show in &Folder"), "", "", self.tr("Open the folder with the saved result"))
        self.close_picture = add(self.tr("&Close Picture"), Keys.Close, "", self.tr("Close the picture that is shown"))
        self.quit = add(self.tr("&Quit"), Keys.Quit, "", self.tr("Close the window"))
        self.copy = add(self.tr("&Copy Result"), Keys.Copy, "copy", self.tr("Copy the result"))
        self.paste = add(self.tr("&Paste"), Keys.Paste, "", self.tr("Open the picture on the clipboard"))
        self.upscale = add(
            self.tr("&Upscale"), "Ctrl+Return", "upscale", self.tr("Make the picture larger with these options")
        )
        self.stop = add(self.tr("S&top"), "Esc", "stop", self.tr("Stop what is under way"))
        self.previous = add(self.tr("P&revious Picture"), "PgUp", "", self.tr("Show the picture before"))
        self.next = add(self.tr("&Next Picture"), "PgDown", "", self.tr("Show the picture after"))
        self.fit = add(self.tr("&Fit"), "Ctrl+0", "fit", self.tr("Show the whole picture"))
        self.actual = add(
            self.tr("&Real Pixels"), "1", "actual", self.tr("One pixel of the result is one of the screen")
        )
        self.double = add(
            self.tr("&Double Pixels"), "2", "", self.tr("One pixel of the result is two by two of the screen")
        )
        self.zoom_in = add(self.tr("Zoom &In"), Keys.ZoomIn, "", self.tr("Show it larger"))
        self.zoom_out = add(self.tr("Zoom &Out"), Keys.ZoomOut, "", self.tr("Show it smaller"))
        self.side_by_side = add(
            self.tr("&Side by Side"), "Ctrl+B", "side-by-side", self.tr("Before and after side by side")
        )
        self.divider = add(
            self.tr("&Divider"), "Ctrl+D", "divider", self.tr("Before and after in one pane, with a divider to move")
        )
        self.pixels = add(
            self.tr("Original as &Pixels"),
            "Ctrl+P",
            "pixels",
            self.tr("Show the original's own pixels instead of bicubic"),
        )
        self.details = add(
            self.tr("De&tails"), "Ctrl+I", "details", self.tr("List what of the picture is kept and what is changed")
        )
        self.preferences = add(
            self.tr("Pre&ferences…"), Keys.Preferences, "", self.tr("Language, theme, where results are saved")
        )
        if self.preferences.shortcut().isEmpty():
            self.preferences.setShortcut(QKeySequence("Ctrl+,"))  # only macOS has a standard for it
        self.documentation = add(
            self.tr("&Documentation"), Keys.HelpContents, "", self.tr("Read about what is shown here")
        )
        self.save_diagnostics = add(
            self.tr("Save &Diagnostics…"), None, "", self.tr("Save one file with what a report needs; nothing is sent")
        )
        self.licences = add(self.tr("&Licences"), None, "", self.tr("Under which terms the libraries come"))
        self.about = add(self.tr("&About"), "", "", self.tr("Versions and terms"))
        self._make_choices()

    def _add(self, text: str, keys: QKeySequence.StandardKey | str | None, icon: str, tip: str) -> QAction:
        action = QAction(text, self)
        if isinstance(keys, QKeySequence.StandardKey):
            action.setShortcuts(keys)
        elif keys:
            action.setShortcut(QKeySequence(keys))
        if icon:
            action.setIcon(icons.icon(icon))
            action.setIconVisibleInMenu(False)
        action.setToolTip(self._tip(tip, action))
        return action

    @staticmethod
    def _tip(text: str, action: QAction) -> str:
        shortcut = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        return f"{text} ({shortcut})" if shortcut else text

    def _make_choices(self) -> None:
        group = QActionGroup(self)
        for action in (self.side_by_side, self.divider):
            action.setCheckable(True)
            group.addAction(action)
        self.pixels.setCheckable(True)
        self.details.setCheckable(True)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.preferences.setMenuRole(QAction.MenuRole.PreferencesRole)

    def primary(self, workspace: Workspace) -> QAction:
        """Return what comes next for the picture that is shown."""
        shown = workspace.shown
        if shown is not None and (shown.is_busy or shown.state is State.WAITING):
            return self.stop
        if shown is not None and shown.is_current(workspace.options):
            return self.save
        return self.upscale

    def _name(self, shown: Document | None) -> None:
        """Let the button say what saving and upscaling mean now."""
        is_saved = shown is not None and shown.after is not None and shown.saved_as is not None
        has_failed = shown is not None and shown.state is State.FAILED
        self.save.setIconText(self.tr("Saved") if is_saved else self.tr("Save"))
        self.save.setIcon(icons.icon("check" if is_saved else "save"))
        name = shown.suggested_name if shown is not None else ""
        self.save.setToolTip(self._tip(self.tr("Save {} beside the original").format(name) if name else "", self.save))
        self.upscale.setIconText(self.tr("Try Again") if has_failed else self.tr("Upscale"))

    def refresh(self, workspace: Workspace) -> None:
        """Allow what is possible now."""
        shown = workspace.shown
        has_result = shown is not None and shown.after is not None
        self._name(shown)
        has_picture = shown is not None and shown.before is not None
        place = workspace.documents.index(shown) if shown is not None else 0
        self.save.setEnabled(shown is not None and shown.has_unsaved_result and not shown.is_saving)
        self.save_as.setEnabled(has_result)
        self.copy.setEnabled(has_result)
        self.save_all.setEnabled(any(document.has_unsaved_result for document in workspace.documents))
        self.show_in_folder.setEnabled(shown is not None and shown.saved_as is not None)
        self.close_picture.setEnabled(shown is not None)
        self.upscale.setEnabled(shown is not None and _can_be_upscaled(shown, workspace))
        self.stop.setEnabled(workspace.is_busy)
        self.previous.setEnabled(place > 0)
        self.next.setEnabled(place + 1 < len(workspace.documents))
        for action in (self.fit, self.actual, self.double, self.zoom_in, self.zoom_out):
            action.setEnabled(has_picture)
        for action in (self.side_by_side, self.divider, self.pixels):
            action.setEnabled(has_picture)
        self.details.setEnabled(shown is not None)


def _can_be_upscaled(document: Document, workspace: Workspace) -> bool:
    if document.is_busy or document.state is State.WAITING:
        return False
    return not document.is_current(workspace.options)
