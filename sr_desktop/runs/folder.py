"""The folder of a run: what was asked, what happened, what was learned so far, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sr_desktop.errors import UsageError
from sr_desktop.runs import events
from sr_desktop.runs.events import Event
from sr_desktop.runs.spec import RunSpec, read_spec, to_toml
from sr_desktop.system import atomic_write


@dataclass(frozen=True, slots=True)
class RunFolder:
    """Where the files of a run lie.

    Attributes:
        path: The folder.
    """

    path: Path

    @property
    def spec_file(self) -> Path:
        """`run.toml`: the spec."""
        return self.path / "run.toml"

    @property
    def events_file(self) -> Path:
        """`events.jsonl`: everything that happened, oldest first."""
        return self.path / "events.jsonl"

    @property
    def checkpoint_file(self) -> Path:
        """`checkpoint.pt`: the state to resume from."""
        return self.path / "checkpoint.pt"

    @property
    def best_file(self) -> Path:
        """`best.safetensors`: the weights that scored best on the held-out pictures."""
        return self.path / "best.safetensors"

    @property
    def log_file(self) -> Path:
        """`log.txt`: what the window's child wrote to standard error."""
        return self.path / "log.txt"

    @property
    def lock_file(self) -> Path:
        """`lock`: locked while a process trains the run; see `runs.run_lock`."""
        return self.path / "lock"

    @property
    def stop_file(self) -> Path:
        """`stop`: whoever makes it asks the process that trains the run to stop and keep what was learned."""
        return self.path / "stop"

    @property
    def before_file(self) -> Path:
        """`before.npz`: crops of held-out pictures as bicubic and the base have them, and the originals."""
        return self.path / "before.npz"

    @property
    def now_file(self) -> Path:
        """`now.npz`: the same crops as the network had them at the last check."""
        return self.path / "now.npz"

    @property
    def worst_file(self) -> Path:
        """`worst.npz`: crops of the held-out pictures that gained least, once the run has ended."""
        return self.path / "worst.npz"

    @property
    def cache(self) -> Path:
        """`cache/`: decoded pictures; can be made again, and is removed when the run has finished."""
        return self.path / "cache"

    @property
    def exists(self) -> bool:
        """Whether a run was ever started here."""
        return self.spec_file.exists()

    def create(self, spec: RunSpec) -> None:
        """Make the folder and write the spec.

        Raises:
            OSError: It can't be written.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        atomic_write.write_whole(self.spec_file, to_toml(spec).encode())

    def spec(self) -> RunSpec:
        """Return what was asked.

        Raises:
            UsageError: The folder holds no readable spec.
        """
        if not self.exists:
            raise UsageError(f"There is no training run in {self.path}.", "Choose a folder that has a run.toml.")
        return read_spec(self.spec_file)

    def events(self) -> Iterator[Event]:
        """Yield what happened, oldest first; nothing if nothing did."""
        if self.events_file.exists():
            yield from events.read(self.events_file)

    def end(self) -> Event | None:
        """Return the last event if it ended the run for good: a stopped or failed run can go on."""
        last = None
        for event in self.events():
            if event["event"] == "end":
                last = event if event.get("reason") == "finished" else None
            elif event["event"] == "start":
                last = None
        return last


def find_runs(folder: Path) -> list[RunFolder]:
    """Return the runs in a folder of runs, newest first; hidden folders are drafts, not runs."""
    if not folder.is_dir():
        return []
    found = [
        RunFolder(path) for path in folder.iterdir() if not path.name.startswith(".") and (path / "run.toml").is_file()
    ]
    return sorted(found, key=lambda run: run.spec_file.stat().st_mtime, reverse=True)
