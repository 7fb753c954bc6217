"""When the desk's screen and the answers on it hide, by the clock that askers look at about once a second."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from fibrocheck.asking.idle import IdleTimer
from fibrocheck.desk.staff import ANSWERS_FOR, HIDE_AFTER
from fibrocheck.reception.contract import Closed

if TYPE_CHECKING:
    from collections.abc import Callable

    from fibrocheck.desk.staff import Staff


class DeskTimer(IdleTimer):
    """Is due when nobody has pressed a key for a while; then the screen is hidden."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(HIDE_AFTER, clock=clock)
        self._closes_at: float | None = None

    def show_answers(self) -> None:
        """Have `Closed` raised when answers have been shown long enough, whatever is pressed."""
        self._closes_at = self._clock() + ANSWERS_FOR

    def answers_hidden(self) -> None:
        """Note that no answers are shown."""
        self._closes_at = None

    def is_due(self, *, waits: bool = False) -> bool:
        """Return whether to hide the screen."""
        if self._closes_at is not None and self._clock() >= self._closes_at:
            self._closes_at = None
            raise Closed
        return super().is_due(waits=waits)


class Lock:
    """What hides the screen, and brings it back by any key or by the PIN. Without staff it does nothing."""

    def __init__(self, unlocked: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        """`unlocked` is called each time the screen comes back."""
        self._clock, self._unlocked = clock, unlocked
        self.staff: Staff | None = None

    @property
    def has_pin(self) -> bool:
        """Whether the screen comes back only with the PIN."""
        return self.staff is not None and self.staff.has_pin

    @property
    def is_hidden(self) -> bool:
        """Whether the screen is to be hidden."""
        return self.staff is not None and self.staff.is_hidden(self._clock())

    def hide(self) -> None:
        """Hide the screen."""
        if self.staff is not None:
            self.staff.hide()

    def key(self) -> None:
        """Bring the screen back, where no PIN was set."""
        if self.staff is not None:
            self.staff.key(self._clock())
            self._unlocked()

    def seconds_to_wait(self) -> float:
        """Return how long no PIN is accepted."""
        return self.staff.seconds_to_wait() if self.staff else 0.0

    def unlock(self, pin: str) -> bool:
        """Bring the screen back if this is the PIN."""
        opened = self.staff is None or self.staff.unlock(pin, self._clock())
        if opened:
            self._unlocked()
        return opened
