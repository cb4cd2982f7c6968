"""Any failure of one file as a sentence; a fault of ours goes to the log in full."""

import logging

from sr_desktop.batch.plan import PlanItem
from sr_desktop.errors import UserError

log = logging.getLogger(__name__)


class FaultError(UserError):
    """A fault in this program stopped one file."""


def explained(error: Exception, item: PlanItem) -> UserError:
    """Return an error in words."""
    match error:
        case UserError():
            return error
        case MemoryError():
            return UserError("There is not enough memory for the result.", "Choose a smaller scale or size.")
        case OSError():
            return UserError(f"{item.output} can't be written: {error.strerror}.", "Choose another output.")
    log.error("%s", item.given, exc_info=error)
    return FaultError(f"A fault in this program stopped it: {error}", "Please report it with the log file.")
