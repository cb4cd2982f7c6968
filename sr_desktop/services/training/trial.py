"""The look before step 1, in a child process: pictures are prepared, one batch goes through the network, the pace is measured."""

import shutil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal, Slot

from sr_desktop import paths
from sr_desktop.runs import events
from sr_desktop.runs.folder import RunFolder
from sr_desktop.runs.spec import RunSpec
from sr_desktop.services.notices import Kind, Notice
from sr_desktop.services.training.process import program
from sr_desktop.services.training.runs import DRAFT, serves

if TYPE_CHECKING:
    from sr_desktop.services.training.curves import Story


class _Probe(QObject):
    """`sr-desktop probe`, whose events are passed on as they come.

    Signals:
        told: An event.
        ended: It is over; `problem` says what went wrong, in the child's words.
    """

    told = Signal(object)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.problem = ""
        self._process: QProcess | None = None

    @property
    def is_alive(self) -> bool:
        return self._process is not None

    def start(self, arguments: list[str]) -> None:
        self.kill()
        name, first = program()
        self.problem = ""
        self._process = QProcess(self)
        self._process.setProgram(name)
        self._process.setArguments([*first, "probe", *arguments, "--pace", "--json"])
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._finish)
        self._process.start()
        self._process.closeWriteChannel()

    def kill(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            process.readyReadStandardOutput.disconnect(self._read)
            process.finished.disconnect(self._finish)
            process.kill()
            process.waitForFinished(5000)
            process.deleteLater()

    @Slot()
    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            event = events.from_line(bytes(self._process.readLine().data()).decode("utf-8", "replace"))
            if event is not None:
                self.told.emit(event)

    @Slot(int)
    def _finish(self, code: int) -> None:
        self._read()
        assert self._process is not None
        said = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace")
        lines = [line for line in said.splitlines() if line.startswith("sr-desktop probe: ")]
        if code != 0 or self._process.exitStatus() is QProcess.ExitStatus.CrashExit:
            self.problem = lines[-1].removeprefix("sr-desktop probe: ") if lines else said.strip() or str(code)
        self._process.deleteLater()
        self._process = None
        self.ended.emit()


class Trial(QObject):
    """Tries a spec before it is trained; the pictures it prepares go over into the run.

    Signals:
        changed: There is more to tell.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.spec: RunSpec | None = None
        self.story: Story | None = None
        self.failure: Notice | None = None
        self._probe = _Probe(self)
        self._probe.told.connect(self._take)
        self._probe.ended.connect(self._end)

    @property
    def is_busy(self) -> bool:
        """Whether it is still at it."""
        return self._probe.is_alive

    def passed(self, spec: RunSpec) -> bool:
        """Tell whether this spec was tried to the end."""
        return spec == self.spec and not self.is_busy and self.failure is None

    def start(self, spec: RunSpec) -> None:
        """Try a spec, unless just this one has been tried."""
        if spec == self.spec and self.failure is None:
            return
        from sr_desktop.services.training.curves import Story

        self.spec, self.story, self.failure = spec, Story(), None
        draft = RunFolder(paths.runs() / DRAFT)
        try:
            _clear(draft, spec)
            draft.create(spec)
        except OSError as error:
            self.failure = Notice(Kind.ERROR, self.tr("The pictures can't be prepared: {}.").format(error.strerror))
            self.changed.emit()
            return
        self._probe.start(["--scale", str(spec.scale), "--spec", str(draft.spec_file), "--run", str(draft.path)])
        self.changed.emit()

    def stop(self) -> None:
        """Give it up; it starts anew when it is asked for again."""
        if self._probe.is_alive:
            self._probe.kill()
            self.spec = None

    def forget(self) -> None:
        """Give it up, and remove what it prepared."""
        self.stop()
        self.spec = None
        shutil.rmtree(paths.runs() / DRAFT, ignore_errors=True)

    @Slot(object)
    def _take(self, event: events.Event) -> None:
        assert self.story is not None
        self.story.feed(event)
        self.changed.emit()

    @Slot()
    def _end(self) -> None:
        if self._probe.problem:
            self.failure = Notice(Kind.ERROR, self._probe.problem)
        self.changed.emit()


class Pace(QObject):
    """How fast this machine trains, measured once for each scale with a picture made for it.

    Signals:
        changed: More is known.
    """

    changed = Signal()

    PATCH = 20
    """Side of the patches it is measured with."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[tuple[int, bool], float] = {}
        self._measuring: tuple[int, bool] | None = None
        self._probe = _Probe(self)
        self._probe.told.connect(self._take)
        self._probe.ended.connect(self._end)

    def measure(self, spec: RunSpec) -> None:
        """Measure what a spec would need, unless that is known or under way."""
        key = (spec.scale, spec.small)
        if key in self._known or self._measuring == key:
            return
        self._measuring = key
        self._probe.start(["--scale", str(spec.scale), *(["--small"] if spec.small else [])])

    def learn(self, spec: RunSpec, patches_per_s: float) -> None:
        """Take in what was measured in a real run."""
        self._known[spec.scale, spec.small] = patches_per_s * (spec.patch / self.PATCH) ** 2
        self.changed.emit()

    def seconds(self, spec: RunSpec, steps: int) -> float | None:
        """Return how long so many steps of a spec take here; None while that is not known."""
        patches_per_s = self._known.get((spec.scale, spec.small))
        if not patches_per_s:
            return None
        return steps * spec.batch * (spec.patch / self.PATCH) ** 2 / patches_per_s

    def close(self) -> None:
        """Measure no more, until it is asked for again."""
        self._probe.kill()
        self._measuring = None

    @Slot(object)
    def _take(self, event: events.Event) -> None:
        if event["event"] == "pace" and self._measuring is not None:
            self._known[self._measuring] = float(event["patches_per_s"])

    @Slot()
    def _end(self) -> None:
        self._measuring = None
        self.changed.emit()


def _clear(draft: RunFolder, spec: RunSpec) -> None:
    """Remove an earlier draft, but for prepared pictures that serve for this one too."""
    if not draft.path.exists():
        return
    if serves(draft, spec):
        draft.events_file.unlink(missing_ok=True)
        return
    shutil.rmtree(draft.path)
