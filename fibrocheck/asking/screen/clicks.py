"""Which clicks and taps count: not the second of a double one, one repeated by accident, nor a swipe."""

import time

from prompt_toolkit.data_structures import Point

from fibrocheck.asking.screen.actions import PRESS, Action
from fibrocheck.asking.screen.view import View

_DOUBLE_CLICK = 0.4
"""Seconds within which a second click on the same place belongs to the first one."""

_NEAR = Point(x=4, y=1)
"""The columns and rows by which the second tap of a finger may be off."""

_SOON = 1.0
"""Seconds after a page is shown in which a tap may be one repeated by accident."""

_HELD = 2.0
"""Seconds for which staff hold the corner of a touch screen."""


class ClickFilter:
    """Remembers the last click, and since when the page has been shown and the corner pressed."""

    def __init__(self) -> None:
        self._last, self._clicked_at = Point(-9, -9), 0.0
        self._shown_at = 0.0
        self._pressed_at: float | None = None
        self._pressed: Action | None = None

    def page_shown(self) -> None:
        """Note that the person sees a new page from now on."""
        self._shown_at, self._pressed = time.monotonic(), None

    def pressed(self, action: Action) -> None:
        """Note that a finger or a button is put down on an action; it counts when it is let go there."""
        self._pressed = action

    def counts(self, action: Action, position: Point, view: View) -> bool:
        """Return whether a click now, on this cell of a view, requests the action under it."""
        now = time.monotonic()
        pressed, self._pressed = self._pressed, None
        if action != pressed:  # a swipe ends here: who wants to scroll chooses nothing
            return False
        if action == view.not_clicked or (
            action == view.not_clicked_at_once and now < self._shown_at + _SOON
        ):
            return False
        before, since = self._last, now - self._clicked_at
        self._last, self._clicked_at = position, now
        # The first click of a double click has already turned the page. On a keypad, the same key may be
        # meant twice.
        is_near = abs(position.x - before.x) <= _NEAR.x and abs(position.y - before.y) <= _NEAR.y
        return not is_near or since >= _DOUBLE_CLICK or (action.name == PRESS and view.typed is not None)

    def corner_held(self, *, is_pressed: bool) -> bool:
        """Note that the corner is pressed or let go; return whether it was held long enough."""
        now, since = time.monotonic(), self._pressed_at
        self._pressed_at = now if is_pressed else None
        return not is_pressed and since is not None and now - since >= _HELD
