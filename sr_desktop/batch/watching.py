"""A folder watched: its new pictures join the batch once nobody writes to them any more."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sr_desktop.batch import fingerprints
from sr_desktop.batch.fingerprints import Glance
from sr_desktop.inputs import inputs as input_files
from sr_desktop.inputs.folder_walk import EVERYTHING, Choice
from sr_desktop.inputs.inputs import Found
from sr_desktop.progress import run

LOOK_EVERY_S = 2.0
QUIET_S = 5.0
"""For so long a file must not have changed. Copies of large files over a network pause for a second or two."""


@dataclass(slots=True)
class Watch:
    """Looks for pictures, and says which are ready, of each once: what changes later is for another run to replace.

    Attributes:
        inputs: Files and folders as given.
        choice: Which pictures of the folders are meant.
        quiet_s: For so long a file must not have changed.
    """

    inputs: Sequence[str]
    choice: Choice = EVERYTHING
    quiet_s: float = QUIET_S
    _seen: dict[str, tuple[Glance, float]] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def look(self, now: float) -> list[Found]:
        """Return the pictures that have become ready; `now` is any clock in seconds that never goes back.

        A folder that can't be opened now has nothing to say: it may be back at the next look.
        """
        return [item for item in run(input_files.find(self.inputs, self.choice)) if self._is_ready(item, now)]

    def _is_ready(self, item: Found, now: float) -> bool:
        if item.error is not None or item.given in self._taken:
            return False
        try:
            found = fingerprints.glance(item.path)
        except OSError:  # gone again
            return False
        before, since = self._seen.setdefault(item.given, (found, now))
        if before != found:
            self._seen[item.given] = (found, now)
            return False
        if now - since < self.quiet_s:
            return False
        del self._seen[item.given]
        self._taken.add(item.given)
        return True


def watch(watched: Watch, ready: Callable[[list[Found]], None], stop: threading.Event) -> None:
    """Look again and again, and hand over what is ready, until told to stop; to be run in a thread of its own.

    Args:
        watched: What to look at.
        ready: Called with pictures that have become ready, never with none.
        stop: Set it to end this.
    """
    while not stop.is_set():
        if found := watched.look(time.monotonic()):
            ready(found)
        stop.wait(LOOK_EVERY_S)
