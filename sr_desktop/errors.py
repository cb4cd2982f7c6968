"""Errors that a person can understand and act on; everything else that is raised is our bug."""


class UserError(Exception):
    """Something the person at the screen can understand and act on.

    Args:
        title: One sentence: what failed.
        hint: One sentence: what to try. Empty when there is nothing to try.
    """

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.title} {self.hint}".strip()


class UnreadableImageError(UserError):
    """A picture can't be read: broken, unknown, too large or gone."""


class DamagedImageError(UnreadableImageError):
    """A picture can't be read as a whole; a part of it may be there."""


class UnwritableImageError(UserError):
    """A picture can't be written: no space, no permission, or the format can't hold it."""


class ModelError(UserError):
    """A weights file is missing, broken, foreign, or does not fit what was asked of it."""


class DeviceError(UserError):
    """The device that was asked for is not there or can't do the work."""


class TrainingError(UserError):
    """A training run can't start or go on."""


class UsageError(UserError):
    """The request itself makes no sense; on the command line, exit status 2."""
