"""A training that another program did, or a run of which only the events are left, as the window shows it: to look at only."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.spec import RunSpec
from sr_desktop.services.jobs import Runner
from sr_desktop.services.training.run import Run, State

if TYPE_CHECKING:
    from sr_desktop.services.training.curves import Story


class LoggedRun(Run):
    """What a log tells, once it has been read; nobody is at it, and nothing but the log is there.

    Args:
        path: The log.
        story: What it tells.
        runner: Writes its table.
    """

    def __init__(self, path: Path, story: "Story", runner: Runner, parent: QObject | None = None) -> None:
        # What was asked is not in a log: of this only the length and the name are ever shown.
        spec = RunSpec("", 2, str(path.with_name(_stem(path))), steps=story.step)
        super().__init__(RunFolder(path), runner, parent, spec=spec)
        self.path = path
        self.story = story

    @property
    def state(self) -> State:
        """Always the same."""
        return State.LOGGED

    def discard(self) -> None:
        """Show it no more; the log is not ours."""
        self.close()


def _stem(path: Path) -> str:
    return path.name.removesuffix(".gz").removesuffix(path.with_name(path.name.removesuffix(".gz")).suffix)
