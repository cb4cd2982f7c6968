"""The log file of the command line: what a person need not read, but whoever looks for a fault does."""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from sr_desktop import faults
from sr_desktop.errors import UserError

ROLE = "command-line"

log = logging.getLogger(__name__)


def path() -> Path:
    """Return where the log is kept."""
    return faults.log_path(ROLE)


@contextlib.contextmanager
def recorded() -> Iterator[None]:
    """Keep warnings and faults in the log file during the block, and a dump if the process crashes."""
    with faults.watched(ROLE):
        try:
            yield
        except (UserError, BrokenPipeError):
            raise
        except Exception:
            log.exception("unexpected")
            raise
