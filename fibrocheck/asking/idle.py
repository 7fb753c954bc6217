"""Whether the person is still there."""

import time
from collections.abc import Callable


def _nothing() -> None:
    """Nobody needs to know that the visit is alive."""


class Watch:
    """Counts the seconds since a person last touched anything, and tells the kiosk that it does.

    `idle` is how long nobody may touch anything before the warning, `warning` how long the warning
    lasts, both in seconds; without `idle` nobody is hurried. `beat` is called about once a second.
    """

    def __init__(
        self, idle: float | None = None, warning: float = 45, beat: Callable[[], None] = _nothing
    ) -> None:
        self._idle = idle
        self._warning = warning
        self.beat = beat
        self.touched = time.monotonic()

    def touch(self) -> None:
        """Somebody pressed a key, clicked or tapped."""
        self.touched = time.monotonic()

    @property
    def untouched(self) -> float:
        """Seconds since somebody touched anything."""
        return time.monotonic() - self.touched

    @property
    def is_due(self) -> bool:
        """Whether it is time to ask if anybody is there."""
        return self._idle is not None and self.untouched >= self._idle

    @property
    def seconds_left(self) -> float:
        """Seconds until everything is erased; endless where nobody is hurried."""
        return float("inf") if self._idle is None else self._idle + self._warning - self.untouched
