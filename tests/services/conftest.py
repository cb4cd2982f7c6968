"""A real runner, and nothing left of it afterwards."""

from collections.abc import Iterator

import pytest

from sr_desktop.services.jobs import Runner


@pytest.fixture
def runner(qapp) -> Iterator[Runner]:
    """A runner with its real thread."""
    runner = Runner()
    yield runner
    runner.close()
