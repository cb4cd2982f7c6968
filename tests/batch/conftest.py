"""Folders of small pictures, converted in this process, and what a batch told."""

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from sr_desktop.batch.batch import Batch, Manner
from sr_desktop.batch.events import Event, Finished, Outcome
from sr_desktop.batch.models import Models
from sr_desktop.batch.naming import naming
from sr_desktop.batch.options import Options, made_with
from sr_desktop.batch.plan import Plan, Planner
from sr_desktop.engine.targets import Factor, Target
from sr_desktop.inputs.inputs import find
from sr_desktop.library import catalogue
from sr_desktop.progress import run
from tests.conftest import put_picture


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch) -> Path:
    """The folder in which the person stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def photo(here):
    """Puts a picture into the folder and returns its path."""
    return lambda name, **options: put_picture(here / name, **options)


@dataclass
class Wish:
    """What a person asks for; each of its batches is planned anew, as by a command."""

    inputs: tuple[str, ...] = ("in",)
    output: str | None = "out"
    overwrite: bool = False
    jobs: int = 2
    stays_open: bool = False
    naming: dict = field(default_factory=dict)

    @property
    def target(self) -> Target:
        return Factor(2)

    @property
    def options(self) -> Options:
        return Options(self.target, overwrite=self.overwrite)

    @property
    def files(self) -> dict[int, Path]:
        return {2: catalogue.bundled(2).path}

    def planner(self) -> Planner:
        named = naming(self.inputs, self.output, self.target, **self.naming)
        made = made_with(self.options, self.files, "auto")
        return Planner(named, made, (2,), overwrite=self.overwrite)

    def plan(self) -> Plan:
        return run(self.planner().plan(run(find(self.inputs))))

    def batch(self, plan: Plan | None = None) -> Batch:
        models = Models(self.files, "cpu", "auto", lambda sentence: None)
        made = made_with(self.options, self.files, "auto")
        return Batch(
            self.plan() if plan is None else plan,
            self.options,
            models,
            made,
            Manner(self.jobs, stays_open=self.stays_open),
        )

    def events(self) -> list[Event]:
        return list(self.batch().run())

    def outcomes(self) -> list[Outcome]:
        return outcomes(self.events())

    def states(self) -> list[str]:
        return [outcome.state for outcome in self.outcomes()]


def outcomes(events) -> list[Outcome]:
    """Return the outcomes in the order of the plan."""
    finished = sorted((event for event in events if isinstance(event, Finished)), key=lambda event: event.number)
    return [event.outcome for event in finished]


def results(folder) -> dict[str, bytes]:
    """Return all files below a folder but for the journal, hidden and temporary ones, too."""
    paths = [path for path in Path(folder).rglob("*") if path.is_file() and ".sr_desktop" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def touch(path, seconds=10):
    """Give a file another time, as copying it does."""
    status = path.stat()
    os.utime(path, (status.st_atime + seconds, status.st_mtime + seconds))
