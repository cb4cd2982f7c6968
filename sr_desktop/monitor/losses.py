"""The training loss of a run in bounded memory: the same windows however the losses arrive in blocks."""

import math
from collections import deque
from dataclasses import dataclass, field

import numpy as np

WINDOW = 50
"""Losses in one window. With fewer, one healthy batch in a few hundred looks like trouble (measured on 37 long logs)."""

RECENT_WINDOWS = 64
"""Windows kept at full resolution."""

LONG_WINDOWS = 512
"""Windows of the whole run; when there are more, neighbours are merged two by two."""


@dataclass(frozen=True, slots=True)
class Window:
    """The losses of a stretch of steps, in short.

    Attributes:
        step: The last step of the stretch.
        count: Number of losses.
        mean: Mean of the finite losses; infinite if there are none.
        deviation: Their standard deviation.
    """

    step: int
    count: int
    mean: float
    deviation: float

    def merged(self, later: "Window") -> "Window":
        """Return the window of both stretches."""
        count = self.count + later.count
        share = later.count / count
        step = later.mean - self.mean if math.isfinite(later.mean) and math.isfinite(self.mean) else math.inf
        mean = self.mean + share * step
        variance = (1 - share) * self.deviation**2 + share * later.deviation**2 + share * (1 - share) * step**2
        return Window(later.step, count, mean, math.sqrt(variance))


@dataclass(slots=True)
class Losses:
    """The training loss of every step, as windows of `WINDOW` losses that do not depend on how blocks were cut.

    Attributes:
        recent: The last windows at full resolution, oldest first.
        whole: Windows of the whole run, each of `width` base windows.
        best: Base window with the smallest mean.
        first: The first base window.
        start: The loss of the very first batch.
        bad_steps: How many losses were not finite.
        first_bad_step: The step of the first of them.
        last_bad_step: The step of the last of them.
    """

    recent: deque[Window] = field(default_factory=lambda: deque(maxlen=RECENT_WINDOWS))
    whole: list[Window] = field(default_factory=list)
    width: int = 1
    best: Window | None = None
    first: Window | None = None
    start: float = math.nan
    bad_steps: int = 0
    first_bad_step: int | None = None
    last_bad_step: int | None = None
    _open: list[tuple[int, float]] = field(default_factory=list)
    _merging: list[Window] = field(default_factory=list)

    def add(self, step: int, loss: float) -> bool:
        """Take in the loss of one step; say whether it is time to look: a window is full, or the loss not finite."""
        bad = not math.isfinite(loss)
        if math.isnan(self.start):
            self.start = loss
        if bad:
            self.bad_steps += 1
            self.first_bad_step = step if self.first_bad_step is None else self.first_bad_step
            self.last_bad_step = step
        self._open.append((step, loss))
        full = len(self._open) == WINDOW
        if full:
            self._keep(_window(self._open))
            self._open = []
        return full or bad

    def _keep(self, window: Window) -> None:
        self.recent.append(window)
        self.first = self.first or window
        if self.best is None or window.mean < self.best.mean:
            self.best = window
        self._merging.append(window)
        if len(self._merging) == self.width:
            self.whole.append(_joined(self._merging))
            self._merging = []
        if len(self.whole) == LONG_WINDOWS:
            pairs = zip(self.whole[0::2], self.whole[1::2], strict=True)
            self.whole = [earlier.merged(later) for earlier, later in pairs]
            self.width *= 2


def _window(losses: list[tuple[int, float]]) -> Window:
    values = np.array([loss for _, loss in losses])
    finite = values[np.isfinite(values)]
    if finite.size == 0:
        return Window(losses[-1][0], len(losses), math.inf, 0.0)
    scale = float(np.abs(finite).max()) or 1.0  # squares of losses near 1e200 would not fit
    return Window(losses[-1][0], len(losses), float(finite.mean()), float((finite / scale).std()) * scale)


def _joined(windows: list[Window]) -> Window:
    joined = windows[0]
    for window in windows[1:]:
        joined = joined.merged(window)
    return joined
