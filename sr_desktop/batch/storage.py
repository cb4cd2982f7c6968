"""Whether a failure is the file's own, or that of the disk or share, which would fail all others as well."""

import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sr_desktop.batch import journal
from sr_desktop.errors import UnreadableImageError, UserError

_FULL = {errno.ENOSPC, errno.EDQUOT}
_AWAY = {
    getattr(errno, name)
    for name in ("EIO", "ESTALE", "ENOTCONN", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ETIMEDOUT",
                 "ENODEV", "ENXIO", "EROFS", "EREMOTEIO", "ESHUTDOWN")
    if hasattr(errno, name)
}  # fmt: skip
_AWAY_ON_WINDOWS = {21, 53, 55, 59, 64, 67, 121, 1117, 1167, 1231, 1232}
"""ERROR_NOT_READY, _BAD_NETPATH, _DEV_NOT_EXIST, _UNEXP_NET_ERR, _NETNAME_DELETED, _BAD_NET_NAME, _SEM_TIMEOUT,
_IO_DEVICE, _DEVICE_NOT_CONNECTED, _NETWORK_UNREACHABLE, _HOST_UNREACHABLE. Source: winerror.h."""

LEAST_FREE_BYTES = 16_000_000
"""A disk is tried again from here on: less would soon be full again."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why nothing can be read or written at present.

    Attributes:
        kind: What has to come back.
        folder: The folder it is about.
        sentence: For a person.
    """

    kind: Literal["input gone", "output gone", "full", "away"]
    folder: Path
    sentence: UserError

    def may_be_over(self) -> bool:
        """Tell whether another try is worth it."""
        if self.kind == "input gone":
            return self.folder.is_dir()
        if not journal.is_there(self.folder):
            return False
        return self.kind != "full" or shutil.disk_usage(self.folder).free >= LEAST_FREE_BYTES


_GOES_ON = "The batch goes on by itself."


def trouble(error: BaseException, *, folder: str, home: Path) -> Trouble | None:
    """Return the trouble behind a failure, or None if it is the file's own.

    Args:
        error: What was raised while one file was converted.
        folder: The folder in which its input was found; empty if it was given by itself.
        home: The output folder that has the journal.
    """
    if isinstance(error, UnreadableImageError | FileNotFoundError) and folder and not os.path.isdir(folder):  # noqa: PTH112
        sentence = UserError(f"The folder {folder} is gone.", f"Bring it back. {_GOES_ON}")
        return Trouble("input gone", Path(folder), sentence)
    cause = error if isinstance(error, OSError) else error.__cause__
    if isinstance(error, UnreadableImageError) or not isinstance(cause, OSError):
        return None
    if not journal.is_there(home):
        return Trouble("output gone", home, UserError(f"The folder {home} is gone.", f"Bring it back. {_GOES_ON}"))
    if cause.errno in _FULL:
        return Trouble("full", home, UserError(f"The disk of {home} is full.", f"Free some space. {_GOES_ON}"))
    if cause.errno in _AWAY or getattr(cause, "winerror", None) in _AWAY_ON_WINDOWS:
        sentence = UserError(f"The disk of {home} can't be written to: {cause.strerror}.", f"Check it. {_GOES_ON}")
        return Trouble("away", home, sentence)
    return None
