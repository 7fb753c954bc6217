"""Who sits at the desk: initials, a PIN if they like, and the screen that hides when nobody is there.

Knows no terminal. Times are seconds of a clock that only goes forward, such as `time.monotonic`.
"""

from __future__ import annotations

import platform

from fibrocheck.desk.states import Who
from fibrocheck.kiosk.staff_code import StaffCode

HIDE_AFTER = 120.0
"""Seconds without a key after which the screen hides."""

ANSWERS_FOR = 60.0
"""Seconds for which a list's answers are shown."""

MAX_INITIALS = 4
MIN_PIN, MAX_PIN = 4, 12

_PREFIX = "desk pin "
"""Before each PIN: a short staff code is locked after one wrong try, a PIN after three."""


def initials_of(typed: str) -> str:
    """Return initials as they are kept, in capitals; empty if they are none: one to four letters."""
    found = "".join(typed.split()).upper()
    return found if found.isalpha() and len(found) <= MAX_INITIALS else ""


def is_pin(typed: str) -> bool:
    """Return whether this can be a PIN: digits only, so that a keypad has them."""
    return typed.isascii() and typed.isdigit() and MIN_PIN <= len(typed) <= MAX_PIN


def this_computer() -> str:
    """Return the name of this computer, for the log."""
    return platform.node().partition(".")[0] or "desk"


class Staff:
    """The person who works at the desk now.

    The PIN itself is not kept, only a slow hash of it.
    """

    def __init__(self, initials: str, pin: str, now: float, *, computer: str) -> None:
        """Begin with initials and a PIN, or an empty one; `ValueError` if either cannot be."""
        if not initials_of(initials) or (pin and not is_pin(pin)):
            raise ValueError("initials are one to four letters, and a PIN is four to twelve digits")
        self.who = Who(initials_of(initials), computer)
        self._code = StaffCode(_PREFIX + pin) if pin else None
        self._last_key = now
        self._is_hidden = False

    @property
    def has_pin(self) -> bool:
        """Whether the screen comes back only with the PIN."""
        return self._code is not None

    def is_hidden(self, now: float) -> bool:
        """Return whether the screen has to be hidden: nobody has pressed a key for a while.

        Once it is hidden it stays so until `show` or `unlock`.
        """
        self._is_hidden = self._is_hidden or now - self._last_key >= HIDE_AFTER
        return self._is_hidden

    def seconds_left(self, now: float) -> float:
        """Return after how many seconds the screen will hide; 0 if it is hidden."""
        return 0.0 if self.is_hidden(now) else HIDE_AFTER - (now - self._last_key)

    def key(self, now: float) -> bool:
        """Note a key; return whether it may do anything: none does while the screen is hidden.

        Where no PIN was set, it brings the screen back.
        """
        if not self.is_hidden(now):
            self._last_key = now
            return True
        if not self.has_pin:
            self._come_back(now)
        return False

    def hide(self) -> None:
        """Hide the screen at once, such as before leaving the desk."""
        self._is_hidden = True

    def unlock(self, pin: str, now: float) -> bool:
        """Bring the screen back if this is the PIN; return whether it is. Wrong ones are counted.

        What can be no PIN, such as an empty line, is none of them. While `seconds_to_wait` is not over, none
        is right.
        """
        if self._code is not None and not self._is_right(pin, self._code):
            return False
        self._come_back(now)
        return True

    def _is_right(self, pin: str, code: StaffCode) -> bool:
        return is_pin(pin) and not self.seconds_to_wait() and code.opens(_PREFIX + pin)

    def seconds_to_wait(self) -> float:
        """Return how long no PIN is accepted, after too many wrong ones."""
        return self._code.seconds_to_wait() if self._code else 0.0

    def _come_back(self, now: float) -> None:
        self._is_hidden, self._last_key = False, now
