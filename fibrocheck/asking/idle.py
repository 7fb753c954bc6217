"""The rules by which a visit ends if the person has left: when to warn, how often, and when to end.

The askers only show the warning. Both ask `IdleTimer.is_due` about once a second, and then
`IdleTimer.seconds_left`; what they know about the page is passed in.
"""

import math
import time
from collections.abc import Callable

from fibrocheck.errors import IDLE_TOO_LONG, VisitEnded

_ANNOUNCED = (45, 20, 10)
"""Seconds before the end at which a warning is repeated where it cannot be updated in place."""


def _nothing() -> None:
    """Report no sign of life."""


class IdleTimer:
    """Counts the seconds since the last input, and reports to the kiosk that the visit is running.

    The warning is due after `idle` seconds without input, and the visit ends `warning` seconds later;
    without `idle` it never ends by itself. `beat` is called about once a second. `clock` returns
    seconds, and is replaced in tests.
    """

    def __init__(
        self,
        idle: float | None = None,
        warning: float = 45,
        beat: Callable[[], None] = _nothing,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._idle = idle
        self._warning = warning
        self._clock = clock
        self._touched = clock()
        self.beat = beat

    def touch(self) -> None:
        """Note a key press, a click or a tap."""
        self._touched = self._clock()

    def is_due(self, *, waits: bool = False) -> bool:
        """Return whether to show the warning now; never on a page that waits (see `Page.waits`)."""
        return self._idle is not None and not waits and self._untouched >= self._idle

    def seconds_left(self) -> int:
        """Return the whole seconds until the end of the visit, at least 1; only while `is_due`.

        Raise `VisitEnded` when they have passed.
        """
        seconds = math.ceil((self._idle or 0) + self._warning - self._untouched)
        if seconds <= 0:
            raise VisitEnded(IDLE_TOO_LONG)
        return seconds

    @property
    def _untouched(self) -> float:
        return self._clock() - self._touched


class Announcements:
    """The warnings of one idle person that are written or spoken: not each second, but a few."""

    def __init__(self) -> None:
        self._last: float = math.inf

    def is_due(self, seconds: int) -> bool:
        """Return whether to announce now how many seconds are left; if so, count it as announced.

        The first warning is always due, a later one once a further moment of `_ANNOUNCED` has passed.
        """
        due = self._last == math.inf or any(seconds <= moment < self._last for moment in _ANNOUNCED)
        if due:
            self._last = seconds
        return due
