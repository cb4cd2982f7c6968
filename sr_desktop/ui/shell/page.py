"""What a page of the window is: the contract between the window and whatever is shown in it.

To add a page, write a subclass of `Page` and give the window a `Tab` for it in `ui/shell/app.py`. The window then has a tab, a
menu entry and the keys Ctrl+1, Ctrl+2 … in the order of the tabs. A page is made when it is first shown, so what it imports
(inside `Tab.make`) and builds delays no other page, nor the first painting.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from sr_desktop.ui.widgets import drops
from sr_desktop.ui.widgets.drops import Offer

PROGRAM = "sr_desktop"


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu of the window.

    Attributes:
        title: With `&` before the letter that opens it.
        actions: None is a line between two groups.
    """

    title: str
    actions: tuple[QAction | None, ...]


class Page(QWidget):
    """A page of the window; every method has an answer that suits a page without anything special.

    While another page is shown a page's menus are gone, and with them the keys of their actions.

    Signals:
        described: What `title`, `facts` or `activity` say is different now.
        dropped: `QMimeData` that was dropped on the window while this page was shown, even what `offer` refuses.
    """

    described = Signal()
    dropped = Signal(object)

    @property
    def title(self) -> str:
        """The window's title."""
        return PROGRAM

    @property
    def facts(self) -> str:
        """What the status line says of what is shown."""
        return ""

    @property
    def activity(self) -> str:
        """What the right end of the status line says is going on."""
        return ""

    @property
    def file_actions(self) -> Sequence[QAction | None]:
        """What the File menu begins with; the window adds Quit."""
        return ()

    @property
    def edit_actions(self) -> Sequence[QAction | None]:
        """What the Edit menu begins with; the window adds Preferences."""
        return ()

    @property
    def menus(self) -> Sequence[Menu]:
        """Further menus, between Edit and Go."""
        return ()

    @property
    def hides_below_drops(self) -> bool:
        """Whether its own words would be in the way of those that are shown over it during a drag."""
        return False

    def offer(self, data: QMimeData) -> Offer:
        """Return what of a drag can be taken here, or why nothing can."""
        return drops.offer(data)

    def welcome(self, offer: Offer) -> str:
        """Return what is said while something that can be taken is dragged over the page."""
        return self.tr("Drop to open")

    def may_close(self) -> bool:
        """Tell whether the window may close now; a page that first has to ask says no, and closes the window later."""
        return True


@dataclass(frozen=True, slots=True)
class Tab:
    """A place in the window for a page that may not have been made yet.

    Attributes:
        name: For the program: `pictures`, `train`.
        text: For a person, with `&` before the letter that opens it in the menu.
        icon: Name of an icon in the resources.
        tip: What the page is for, in a few words.
        make: Makes the page, when it is first shown.
    """

    name: str
    text: str
    icon: str
    tip: str
    make: Callable[[], Page]
