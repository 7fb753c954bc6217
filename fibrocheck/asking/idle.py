"""The rules by which a visit ends by itself: when to warn, how often, and when to end.

A visit ends if the person has left, and after the longest time that a visit may take. The askers only
show the warnings. Both ask `IdleTimer.is_due` about once a second, and then `IdleTimer.seconds_left`;
what they know about the page is passed in.
"""

import math
import time
from collections.abc import Callable

from fibrocheck.errors import IDLE_TOO_LONG, TIME_IS_UP, VisitEnded

LAST_CALL = 120.0
"""Seconds before the end of the longest visit at which the person is warned."""

REPEATS_WITHIN = 1.5
"""The same key again within this many seconds may be one that is held down.

Keyboards wait up to 1 second before the first repeat.
"""

_ANNOUNCED = (45, 20, 10)
"""Seconds before the end at which a warning is repeated where it cannot be updated in place."""


def _nothing() -> None:
    """Report no sign of life."""


def _never() -> bool:
    """Say that nothing is being spoken."""
    return False


class IdleTimer:
    """Counts the seconds since the last sign of life and since the visit began, and reports to the kiosk.

    A first warning is due after `idle` seconds without a sign of life, and the visit ends `warning`
    seconds later. Whatever the person does, the visit ends after `longest` seconds, with a warning
    `LAST_CALL` seconds before (see `is_last_call`). Without either, it never ends by itself. `beat` is
    called about once a second. `clock` returns seconds, and is replaced in tests.
    """

    def __init__(
        self,
        idle: float | None = None,
        warning: float = 45,
        beat: Callable[[], None] = _nothing,
        clock: Callable[[], float] = time.monotonic,
        *,
        longest: float = math.inf,
    ) -> None:
        self._idle = math.inf if idle is None else idle
        self._warning = warning
        self._clock = clock
        self._touched = self._pressed = clock()
        self._key: str | None = None
        self._longest = longest
        # Short visits, as in tests, are warned later.
        self._calls = (min(LAST_CALL, longest / 2), min(warning, longest / 4))
        self._began: float | None = None
        self.beat = beat
        self.is_heard: Callable[[], bool] = _never
        """Whether a page is being spoken: that time does not count as time without a sign of life."""
        self.listens: Callable[[], bool] = _never
        """Whether the person has pages read aloud: the longest visit can then be prolonged twice."""
        self._prolonged = 0
        self._start_again()

    def touch(self, key: str | None = None, *, does_something: bool = True) -> None:
        """Note a key, a click or a line; it is a sign of life if it does something.

        A `key` that is held down is a sign of life only once: something may lie on the keyboard.
        """
        now = self._clock()
        is_repeat = key is not None and key == self._key and now - self._pressed < REPEATS_WITHIN
        self._key, self._pressed = key, now
        if does_something and not is_repeat:
            self._touched = now

    def is_due(self, *, waits: bool = False) -> bool:
        """Return whether to show a warning now; never on a page that waits (see `Page.waits`).

        The longest visit begins when a page that waits has been left.
        """
        if waits:
            self._start_again()
            return False
        if self._began is None:
            self._began = self._clock()
        self._wait_for_voice()
        return self._is_idle or self._is_last_call_due

    @property
    def is_last_call(self) -> bool:
        """Whether the warning is about the longest visit: the person is here, but has little time left."""
        return not self._is_idle and self._is_last_call_due

    @property
    def may_prolong(self) -> bool:
        """Whether the person can have more time."""
        return self._prolonged < (2 if self.listens() else 1)

    def prolong(self) -> None:
        """Give the person the time of a longest visit again, if they still may."""
        if self.may_prolong:
            self._prolonged, self._calls_heard = self._prolonged + 1, 0

    def dismiss(self) -> None:
        """Note that the person has seen the last call and goes on. It is repeated shortly before the end."""
        self._calls_heard = sum(self._left <= call for call in self._calls)

    def seconds_left(self) -> int:
        """Return the whole seconds until the end of the visit, at least 1; only while `is_due`.

        Raise `VisitEnded` when they have passed.
        """
        until_idle = self._idle + self._warning - self._untouched
        if until_idle <= 0:
            raise VisitEnded(IDLE_TOO_LONG)
        if self._left <= 0:
            raise VisitEnded(TIME_IS_UP)
        return math.ceil(min(until_idle, self._left) if self._is_idle else self._left)

    def seconds_until(self, quiet: float) -> int:
        """Return the whole seconds until there was no sign of life for so many; 0 if that is over."""
        self._wait_for_voice()
        return max(math.ceil(quiet - self._untouched), 0)

    def _wait_for_voice(self) -> None:
        if self.is_heard():
            self._touched = self._clock()

    def _start_again(self) -> None:
        self._began = None
        self._prolonged = 0
        self._calls_heard = 0

    @property
    def _is_idle(self) -> bool:
        return self._untouched >= self._idle

    @property
    def _is_last_call_due(self) -> bool:
        calls = self._calls[self._calls_heard :]
        return self._left <= (calls[0] if calls else 0)

    @property
    def _left(self) -> float:
        """The seconds until the end of the longest visit."""
        if self._began is None:
            return math.inf
        return self._began + self._longest * (1 + self._prolonged) - self._clock()

    @property
    def _untouched(self) -> float:
        return self._clock() - self._touched


class Announcements:
    """The warnings of one person that are written or spoken: not each second, but a few."""

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
