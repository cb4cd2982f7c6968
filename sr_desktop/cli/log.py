"""The log file: what a person need not read, but whoever looks for a fault does."""

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from sr_desktop import paths

LOG_NAME = "command-line.log"


def path() -> Path:
    """Return where the log is kept."""
    return paths.logs() / LOG_NAME


@contextlib.contextmanager
def recorded() -> Iterator[None]:
    """Keep the program's warnings and faults in the log file during the block; without one where it can't be written."""
    handler = _handler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logger = logging.getLogger("sr_desktop")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.close()


def _handler() -> logging.Handler:
    try:
        paths.logs().mkdir(parents=True, exist_ok=True)
        return logging.FileHandler(path(), encoding="utf-8")
    except OSError:  # a home that can't be written to is no reason not to upscale; `doctor` reports it
        return logging.NullHandler()
