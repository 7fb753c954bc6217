"""Which clicks and taps count: not the second of a double click, nor one repeated by accident."""

import time

from prompt_toolkit.data_structures import Point

from fibrocheck.asking.screen.actions import Action
from fibrocheck.asking.screen.view import View

_DOUBLE_CLICK = 0.4
"""Seconds within which a second click on the same cell belongs to the first one."""

_SOON = 1.0
"""Seconds after a page is shown in which a tap may be one repeated by accident."""


class ClickFilter:
    """Remembers the last click, and since when the page has been shown."""

    def __init__(self) -> None:
        self._last, self._clicked_at = Point(-1, -1), 0.0
        self._shown_at = 0.0

    def page_shown(self) -> None:
        """Note that the person sees a new page from now on."""
        self._shown_at = time.monotonic()

    def counts(self, action: Action, position: Point, view: View) -> bool:
        """Return whether a click now, on this cell of a view, requests the action under it."""
        now = time.monotonic()
        if action == view.not_clicked or (
            action == view.not_clicked_at_once and now < self._shown_at + _SOON
        ):
            return False
        before, since = self._last, now - self._clicked_at
        self._last, self._clicked_at = position, now
        # The first click of a double click has already turned the page.
        return position != before or since >= _DOUBLE_CLICK
