"""The child process of a run: started with the command line a person would use, stopped with a line, let go with another."""

import signal
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer, Signal, Slot

from sr_desktop.runs.folder import RunFolder
from sr_desktop.services.notices import Kind, Notice

GRACE_MS = 20_000
"""After a wish to stop; between two steps the child looks, but a check of large pictures may take seconds."""

_LOG_BYTES = 6000

_OUT_OF_MEMORY = ("MemoryError", "not enough memory", "out of memory", "Cannot allocate memory")


def program() -> tuple[str, list[str]]:
    """Return the program that understands the command line, and what its arguments begin with."""
    if getattr(sys, "frozen", False):
        here = Path(sys.executable)
        return str(here.with_name("sr-desktop-cli" + here.suffix)), []  # the one that has a standard output
    return sys.executable, ["-m", "sr_desktop"]


class RunProcess(QObject):
    """Trains one run in a process of its own. What it does is in the run's folder; here is only whether it lives.

    Signals:
        ended: The process is gone; `failure` says whether something went wrong.
    """

    ended = Signal()

    def __init__(self, run: RunFolder, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self.failure: Notice | None = None
        self._process: _Process | None = None
        self._was_killed = False
        self._grace = QTimer(self)
        self._grace.setSingleShot(True)
        self._grace.setInterval(GRACE_MS)
        self._grace.timeout.connect(self.kill)

    @property
    def is_alive(self) -> bool:
        """Whether there is a process that belongs to this one."""
        return self._process is not None

    @property
    def pid(self) -> int:
        """The number of the process; 0 if there is none."""
        return int(self._process.processId()) if self._process is not None else 0

    def arguments(self) -> list[str]:
        """Return the command line behind the program's name."""
        return ["train", "--spec", str(self._run.spec_file), "--run", str(self._run.path), "--child", "--json"]

    def start(self) -> None:
        """Start the run, or go on with it from its last checkpoint."""
        name, first = program()
        self._process = process = _Process(self)
        self._was_killed, self.failure = False, None
        process.setProgram(name)
        process.setArguments([*first, *self.arguments()])
        process.setStandardOutputFile(
            QProcess.nullDevice()
        )  # the same events are in the folder, for whoever comes later
        process.setStandardErrorFile(str(self._run.log_file))
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._fail)
        process.start()

    def stop(self) -> None:
        """Ask the child to save and end; one that does not is killed after a while."""
        if self._process is not None:
            self._process.write(b"stop\n")
            self._grace.start()

    @Slot()
    def kill(self) -> None:
        """End the child now; its last checkpoint stays."""
        if self._process is not None:
            self._was_killed = True
            self._process.kill()

    def wait(self) -> None:
        """Wait until a child that was killed is gone, which takes a moment."""
        if self._process is not None:
            self._process.waitForFinished(5000)

    def detach(self) -> None:
        """Let the child go on without this program."""
        if self._process is None:
            return
        process, self._process = self._process, None
        process.finished.disconnect(self._finish)
        process.errorOccurred.disconnect(self._fail)
        process.let_go()

    @Slot(int, QProcess.ExitStatus)
    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        if status is QProcess.ExitStatus.CrashExit and not self._was_killed:
            self.failure = self._crash(code)
        elif status is QProcess.ExitStatus.NormalExit and code != 0:
            self.failure = self._error()
        self._forget()

    @Slot(QProcess.ProcessError)
    def _fail(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart and self._process is not None:
            title = self.tr("The training could not be started.")
            self.failure = Notice(Kind.ERROR, title, self._process.errorString())
            self._forget()

    def _forget(self) -> None:
        self._grace.stop()
        if self._process is not None:
            self._process.deleteLater()
            self._process = None
        self.ended.emit()

    def _crash(self, code: int) -> Notice:
        kept = self.tr("What was learned up to the last checkpoint is kept; you can resume.")
        if code == getattr(signal, "SIGKILL", None):
            title = self.tr("The training was ended from outside; most often that means that memory ran out.")
        else:
            title = self.tr("The training crashed.")
        return Notice(Kind.ERROR, title, kept, self._log())

    def _error(self) -> Notice:
        log = self._log()
        if any(words in log for words in _OUT_OF_MEMORY):
            hint = self.tr("Close other programs or choose a smaller batch, then resume; nothing learned is lost.")
            return Notice(Kind.ERROR, self.tr("There was not enough memory for the training."), hint, log)
        said = [line for line in log.splitlines() if line.startswith("sr-desktop train: ")]
        if said:
            return Notice(Kind.ERROR, said[-1].removeprefix("sr-desktop train: "), "", log)
        hint = self.tr("This is a fault of the program. Copy the details into a report; you can try to resume.")
        return Notice(Kind.ERROR, self.tr("The training failed."), hint, log)

    def _log(self) -> str:
        """Return the end of what the child wrote to standard error."""
        try:
            return self._run.log_file.read_bytes()[-_LOG_BYTES:].decode("utf-8", "replace")
        except OSError:
            return ""


class _Process(QProcess):
    """A process that can be let go: Qt's own destructor would kill it."""

    def let_go(self) -> None:
        """Tell the child that nobody listens any more, and forget that there is one."""
        self.write(b"detach\n")
        self.waitForBytesWritten(2000)  # a pipe takes a line at once, whether or not the child reads it yet
        self.setProcessState(QProcess.ProcessState.NotRunning)
        self.deleteLater()
