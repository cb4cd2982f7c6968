"""Several models on one picture: what each makes of it, and how close that comes where the truth is known."""

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_never

from PySide6.QtCore import QObject, Signal

from sr_desktop.engine.targets import Factor
from sr_desktop.progress import Progress, Task
from sr_desktop.services import import_torch, notices
from sr_desktop.services.jobs import Done, Failed, Job, Outcome, Runner, Stopped, Urgency
from sr_desktop.services.notices import Notice
from sr_desktop.services.pictures.upscaler import Options, Upscaled, Upscaler

if TYPE_CHECKING:
    from sr_desktop.engine.scoring import Pair, Score
    from sr_desktop.imaging.raster import Raster
    from sr_desktop.services.pictures.picture import Picture

MOST = 4
"""Models that can be looked at together."""


class Truth(Enum):
    """What the results are measured against."""

    NONE = auto()
    """Nothing: the picture as it is becomes larger."""
    ITSELF = auto()
    """The picture: what is enlarged is a smaller copy of it."""
    ORIGINAL = auto()
    """A larger original of the picture, from another file."""


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What is compared; equal to itself only.

    Attributes:
        name: What the picture is called.
        picture: Its samples, or the file they are in.
        models: Names of at most `MOST` models, all of one scale.
        scale: That scale.
        truth: What the results are measured against.
        original: The file with the larger original, where there is one.
        device: Where to compute.
    """

    name: str
    picture: "Raster | Path"
    models: tuple[str, ...]
    scale: int
    truth: Truth = Truth.NONE
    original: Path | None = None
    device: str = "auto"


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What the models are given and, if it is known, what they should give.

    Attributes:
        low: What is enlarged.
        high: What it should become; None if nobody knows.
        pair: Both as scores need them.
        bicubic: The score of the usual line to compare with.
    """

    low: "Picture"
    high: "Picture | None" = None
    pair: "Pair | None" = None
    bicubic: "Score | None" = None


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What one model made of it.

    Attributes:
        result: The larger picture.
        score: How close it comes; None if nobody knows.
    """

    result: Upscaled
    score: "Score | None"


class ModelComparison(QObject):
    """One question at a time, and the answers as they come.

    Signals:
        changed: There is more to show.
    """

    changed = Signal()

    def __init__(self, runner: Runner, upscaler: Upscaler, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.question: Question | None = None
        self.ground: Ground | None = None
        self.answers: dict[str, Answer | Notice] = {}
        self.failure: Notice | None = None
        self._runner = runner
        self._upscaler = upscaler
        self._job: Job | None = None

    @property
    def is_busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._job is not None

    def ask(self, question: Question) -> None:
        """Compare these models on this picture, in place of what was compared before."""
        self.stop()
        self.question, self.ground, self.answers, self.failure = question, None, {}, None
        self._start(Job(lambda: _ground(question)), self._take_ground)

    def stop(self) -> None:
        """Stop; what is there stays."""
        if self._job is not None:
            job, self._job = self._job, None
            job.stop()
            self.changed.emit()

    def _start(self, job: Job, take: Any) -> None:  # noqa: ANN401  (a result, or a notice)
        self._job = job
        job.work.urgency = Urgency.SHOWN

        def settle(outcome: Outcome) -> None:
            if self._job is not job:
                return  # another question was asked meanwhile
            self._job = None
            match outcome:
                case Done(result):
                    take(result)
                case Failed(error):
                    take(notices.about_error(error))
                case Stopped():
                    pass  # whoever stopped it knows
                case _:
                    assert_never(outcome)
            self.changed.emit()

        job.settled.connect(settle)
        self._runner.start(job)
        self.changed.emit()

    def _take_ground(self, ground: Ground | Notice) -> None:
        if isinstance(ground, Notice):
            self.failure = ground
            return
        self.ground = ground
        self._ask_next()

    def _ask_next(self) -> None:
        question, ground = self.question, self.ground
        assert question is not None
        assert ground is not None
        name = next((name for name in question.models if name not in self.answers), None)
        if name is None:
            return

        def take(answer: Answer | Notice) -> None:
            self.answers[name] = answer
            self._ask_next()

        options = Options(Factor(question.scale), name, question.device)
        self._start(Job(lambda: _answer(self._upscaler, ground, options)), take)


def _ground(question: Question) -> Task[Ground]:
    import_torch.import_torch()
    yield Progress(0, 1)
    from sr_desktop.engine import scoring
    from sr_desktop.imaging.raster import Raster
    from sr_desktop.services.pictures import picture as picture_values

    if isinstance(question.picture, Path):
        picture = yield from picture_values.read(question.picture)
    else:
        picture = yield from picture_values.prepared(question.picture)
    if question.truth is Truth.NONE:
        return Ground(picture)
    if question.truth is Truth.ORIGINAL:
        assert question.original is not None
        original = yield from picture_values.read(question.original)
        pair = scoring.pair(original.raster, question.scale, picture.raster)
    else:
        pair = scoring.pair(picture.raster, question.scale)
    yield Progress(0, 1)
    bicubic = scoring.score_bicubic(pair)
    yield Progress(0, 1)
    low = yield from picture_values.prepared(Raster(pair.low))
    high = yield from picture_values.prepared(Raster(pair.high))
    return Ground(low, high, pair, bicubic)


def _answer(upscaler: Upscaler, ground: Ground, options: Options) -> Task[Answer]:
    result = yield from upscaler.upscale(ground.low.raster, options)
    if ground.pair is None:
        return Answer(result, None)
    import numpy as np

    from sr_desktop.engine import scoring

    samples = np.asarray(result.picture.raster.samples, np.uint8)
    return Answer(result, scoring.score(samples, ground.pair.high, ground.pair.scale))
