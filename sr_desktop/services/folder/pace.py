"""How fast a run is, pauses left out."""

SOONEST_S = 2.0
"""How long a run must have been at work before its pace says anything."""


class Pace:
    """A stopwatch for a run that may be held; all times are of one clock, in seconds."""

    def __init__(self) -> None:
        self._before = 0.0
        self._since: float | None = None

    def begin(self, now: float) -> None:
        """Begin at zero."""
        self._before, self._since = 0.0, now

    def hold(self, now: float) -> None:
        """Stand still."""
        self._before, self._since = self.seconds(now), None

    def go_on(self, now: float) -> None:
        """Run again."""
        if self._since is None:
            self._since = now

    def seconds(self, now: float) -> float:
        """Return how long it has run."""
        return self._before + (now - self._since if self._since is not None else 0.0)

    def time_left(self, share: float, now: float) -> float | None:
        """Return how long it still takes when this share, 0 to 1, is done; None while that says nothing."""
        passed = self.seconds(now)
        if passed < SOONEST_S or share <= 0:
            return None
        return passed / share * (1 - share)
