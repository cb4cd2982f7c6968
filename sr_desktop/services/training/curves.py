"""What the events of a run come to: its curves in bounded memory, its figures, its notices. No Qt; numpy."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sr_desktop.monitor import event_parsing
from sr_desktop.monitor.forecast import Outlook
from sr_desktop.monitor.monitor import Monitor
from sr_desktop.progress import Progress, Task
from sr_desktop.runs import events, sources
from sr_desktop.runs.events import Event
from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.notices import Cause, Notice, Severity

Floats = NDArray[np.float64]

MOST_BLOCKS = 1200
"""Points of the loss curve; when there are more, neighbours are merged. A screen is no wider."""

WINDOWS = 50
"""The running mean looks at this part of the run, so that it is as smooth in a long run as in a short one."""

SMALLEST_WINDOW = 5
BAND_ERRORS = 2.0
"""Standard errors on each side of the running mean: where it would lie nineteen times in twenty."""

_LINES_PER_STEP = 100


@dataclass(slots=True)
class Block:
    """Neighbouring steps.

    Attributes:
        step: The last of them.
        mean: Their mean loss.
        rate: The learning rate at the last.
        count: How many they are.
    """

    step: int
    mean: float
    rate: float
    count: int

    def join(self, later: "Block") -> None:
        """Take in the steps that follow."""
        self.count += later.count
        self.mean += later.count / self.count * (later.mean - self.mean)
        self.step, self.rate = later.step, later.rate


class Blocks:
    """The training loss over the steps, as blocks that grow with the run.

    Attributes:
        items: The blocks, oldest first.
    """

    def __init__(self) -> None:
        self.items: list[Block] = []
        self._width = 0

    def add(self, block: Block) -> None:
        """Take in a block; one whose loss is not finite leaves a gap."""
        if block.count <= 0 or not math.isfinite(block.mean):
            return
        if self.items and self.items[-1].count < self._width:
            self.items[-1].join(block)
        else:
            self.items.append(block)
        if len(self.items) > MOST_BLOCKS:
            for earlier, later in zip(self.items[0::2], self.items[1::2], strict=False):
                earlier.join(later)
            self.items = self.items[0::2]
            self._width = self.items[0].count

    def curve(self) -> tuple[Floats, Floats]:
        """Return the steps and the mean losses."""
        return np.array([item.step for item in self.items], float), np.array([item.mean for item in self.items])

    def rates(self) -> tuple[Floats, Floats]:
        """Return the steps and the learning rates, where they are known."""
        known = [item for item in self.items if math.isfinite(item.rate)]
        return np.array([item.step for item in known], float), np.array([item.rate for item in known])

    def running_mean(self) -> tuple[Floats, Floats, Floats]:
        """Return steps, running mean, and half the width of its uncertainty band."""
        steps, means = self.curve()
        window = max(SMALLEST_WINDOW, len(means) // WINDOWS)
        if len(means) < window:
            return steps[:0], means[:0], means[:0]
        sums, squares = (np.concatenate([[0.0], np.cumsum(values)]) for values in (means, means**2))
        mean = (sums[window:] - sums[:-window]) / window
        variance = np.maximum((squares[window:] - squares[:-window]) / window - mean**2, 0)
        middle = window // 2
        return steps[middle : middle + len(mean)], mean, BAND_ERRORS * np.sqrt(variance / window)


@dataclass(frozen=True, slots=True)
class Score:
    """A check on the held-out pictures."""

    step: int
    psnr_db: float


class Story:
    """A run as its events tell it.

    Args:
        is_watched: Whether a monitor's notices are among the events, as in runs of this program; else they are given here.

    Attributes:
        step: The last step known.
        time_s: Seconds of training so far.
        blocks: The loss.
        scores: The checks, oldest first.
        notices: As they stand now, in the order they came.
        left_out: Path and reason of each picture that is not used.
        prepared: Pictures read so far, and how many there are.
        data: Figures about the pictures, once they are read.
        device: What it is computed on.
        patches_per_s: The pace of the last block.
        end: The end event, if the last sitting has ended.
        probe: The last look inside the network.
        pace: Patches per second, if they were measured before step 1.
        sittings: How often it was started, the first time included.
        is_reading: Whether pictures are being prepared for the next sitting.
    """

    def __init__(self, *, is_watched: bool = True) -> None:
        self._is_watched = is_watched
        self.step = 0
        self.time_s = 0.0
        self.blocks = Blocks()
        self.scores: list[Score] = []
        self.bicubic_db: float | None = None
        self.base_db: float | None = None
        self.notices: list[Notice] = []
        self.left_out: list[tuple[str, str]] = []
        self.prepared = Progress(0, 0)
        self.data: dict[str, Any] = {}
        self.device = ""
        self.patches_per_s: float | None = None
        self.pace: float | None = None
        self.end: Event | None = None
        self.probe: Event | None = None
        self.sittings = 0
        self.is_reading = False
        self._monitor = Monitor()
        self._sitting: tuple[int, float] | None = None

    @property
    def best(self) -> Score | None:
        """The best check, the earliest if several are equal."""
        return max(self.scores, key=lambda score: (score.psnr_db, -score.step), default=None)

    @property
    def steps_per_s(self) -> float | None:
        """The pace of this sitting, checks included."""
        if self._sitting is None:
            return None
        step, time_s = self._sitting
        return (self.step - step) / (self.time_s - time_s) if self.time_s > time_s and self.step > step else None

    def outlook(self) -> Outlook | None:
        """Return what going on should bring, if it can be told."""
        return self._monitor.outlook()

    def feed(self, event: Event) -> None:
        """Take in one event; kinds that are not known are skipped."""
        kind = event["event"]
        if kind != "notice":  # one that is over still names the step it came at
            self.step = event["step"]
        self.time_s = max(
            self.time_s, event_parsing.number(event.get("time_s")) if event.get("time_s") is not None else 0.0
        )
        if kind != "notice":
            news = self._monitor.feed(event)
            if not self._is_watched:
                self._take_notices(news)
        match kind:
            case "start":
                self.sittings, self.is_reading, self.end, self._sitting = self.sittings + 1, False, None, None
                self.data, self.device = dict(event.get("data") or {}), str(event.get("device", ""))
            case "prepare":
                self.prepared = Progress(int(event["done"]), int(event["total"]))
                self.is_reading, self.end = True, None
            case "left_out":
                self.left_out.append((str(event["path"]), str(event["reason"])))
            case "step":
                self._take_losses(event)
            case "check":
                self._take_check(event)
            case "notice" if self._is_watched:
                self._take_notice(event)
            case "probe":
                self.probe = event
            case "pace":
                self.pace = event_parsing.number(event.get("patches_per_s"))
            case "end":
                self.end = event
            case _:
                pass  # checkpoints, experiments, and kinds of newer versions

    def _take_losses(self, event: Event) -> None:
        if self._sitting is None:
            self._sitting = (self.step, self.time_s)
        values = event.get("values") or []
        pace = event_parsing.number(event.get("patches_per_s"))
        if math.isfinite(pace):
            self.patches_per_s = pace
        rate = event_parsing.number(event.get("learning_rate"))
        mean = event.get("mean")
        if mean is None and values:  # a log has no means, and a resumed run begins without losses
            mean = fmean(map(event_parsing.number, values))
        self.blocks.add(Block(self.step, event_parsing.number(mean), rate, len(values)))

    def _take_check(self, event: Event) -> None:
        bicubic, base = (
            event_parsing.number(event.get("bicubic_psnr_db")),
            event_parsing.number(event.get("base_psnr_db")),
        )
        self.bicubic_db = bicubic if math.isfinite(bicubic) else self.bicubic_db
        self.base_db = base if math.isfinite(base) else self.base_db
        psnr_db = event_parsing.number(event.get("psnr_db"))
        if math.isfinite(psnr_db):
            self.scores.append(Score(self.step, psnr_db))

    def _take_notice(self, event: Event) -> None:
        try:
            notice = Notice.from_event(event)
        except (KeyError, ValueError):
            return  # of a newer version: readers skip what they don't know
        self._take_notices([notice])

    def _take_notices(self, news: Sequence[Notice]) -> None:
        for notice in news:
            key = _identity(notice)
            known = [_identity(item) for item in self.notices]
            if key in known:
                self.notices[known.index(key)] = notice
            else:
                self.notices.append(notice)


def _identity(notice: Notice) -> tuple[int, Cause, Severity]:
    return notice.step, notice.cause, notice.severity


def read(run: RunFolder) -> Task[tuple[Story, int]]:
    """Return the story of a run so far and how many bytes of its events that took."""
    story, position = Story(), 0
    for number, (event, end) in enumerate(events_after(run.events_file, 0)):
        story.feed(event)
        position = end
        if number % _LINES_PER_STEP == 0:
            yield Progress(0, 1)
    return story, position


def read_log(path: Path) -> Task[Story]:
    """Return the story in anything that `runs.sources` reads, with what a monitor says to it.

    Raises:
        LogError: It can't be read.
    """
    yield Progress(0, 1)
    story = Story(is_watched=False)
    for number, event in enumerate(sources.events_of(path)):
        story.feed({"time_s": 0.0, **event})
        if number % _LINES_PER_STEP == 0:
            yield Progress(0, 1)
    return story


def events_after(path: Path, position: int) -> Iterator[tuple[Event, int]]:
    """Yield the events behind a position in a file, each with where its line ends; a line half written is for next time."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return
    with file:
        file.seek(position)
        for line in file:
            if not line.endswith(b"\n"):
                return
            position += len(line)
            if (event := events.from_line(line.decode("utf-8", "replace"))) is not None:
                yield event, position
