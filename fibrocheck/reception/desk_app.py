"""The desk's application: what a scanner types acts on no page, and pages have keys of their own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from prompt_toolkit.keys import Keys

from fibrocheck.asking.contract import Page
from fibrocheck.asking.screen.actions import IDLE, Action, press
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.desk.scanner import Pace, is_burst
from fibrocheck.reception.contract import MOVED

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyPressEvent

    from fibrocheck.asking.idle import IdleTimer
    from fibrocheck.asking.screen.page_layout import Glyphs
    from fibrocheck.asking.screen.page_windows import PageWindows

SCANNED = Action("scanned")
"""The request by what a scanner typed."""

_MOVED = press(MOVED)
_NAMED = {Keys.PageUp: "pageup", Keys.PageDown: "pagedown"}
_CHARACTERS = {str(Keys.ControlM): "\r", str(Keys.ControlJ): "\n", str(Keys.ControlI): "\t"}
_MAX_KEPT = 64
"""Keys that wait for the next page, such as digits typed faster than pages are drawn."""

_Handler = Callable[["KeyPressEvent"], None]
_Held = tuple[_Handler, "KeyPressEvent"]


class DeskApp(ScreenApp):
    """The application, with every character held for a moment to see whether a scanner types."""

    def __init__(self, glyphs: Glyphs, timer: IdleTimer) -> None:
        self._pace, self._held = Pace(), list[_Held]()
        self._page = Page("")
        self.burst, self.has_acted, self._scan_waits = "", False, False
        self._read_at: float | None = None
        super().__init__(glyphs, timer, locked=False)

    def shows(self, page: Page) -> None:
        """Note which page the next view is of: which keys it has, and whether keys typed ahead count."""
        self._page = page
        self._scan_waits &= page.continues
        if not page.continues:
            self._held.clear()
        elif self._scan_waits:
            self._loop.call_soon(self._request_scan)
        elif self._held and not self._pace.waiting:
            self._loop.call_soon(self._act)

    def _keys(self) -> dict[str, _Handler]:
        return super()._keys() | {key: self._pressing(name) for key, name in _NAMED.items()}

    def _unless_taken(self, handler: _Handler) -> _Handler:
        whole = super()._unless_taken(handler)

        def handling(event: KeyPressEvent) -> None:
            self._timer.touch()
            (key_press,) = event.key_sequence
            character = _CHARACTERS.get(str(key_press.key), str(key_press.key))
            if len(character) > 1 or self.typed is not None:
                self._settle(self._pace.ended())
                self._act()
                whole(event)
            else:
                self._hold(character, self._own(character, whole) or whole, event)

        return handling

    def _type(self, event: KeyPressEvent) -> bool:
        """Add a key to the text, unless it is one of the page's own.

        The arrow goes back, as the foot says; the key that erases does so where there is nothing to erase.
        """
        key = event.key_sequence[0].key
        is_back = (key == Keys.Left and self._page.can_go_back) or (key == Keys.Backspace and not self.typed)
        if is_back:
            return False
        if any(each.key == key for each in self._page.keys):
            self._request(press(str(key)))
            return True
        return super()._type(event)

    def _own(self, character: str, whole: _Handler) -> _Handler | None:
        """Return what a character does if it is one of the page's own keys when its turn comes.

        If a text is typed by then, as when a number is pasted whose first digit opens the search, it is text.
        """
        key = character.lower()

        def pressing(event: KeyPressEvent) -> None:
            (whole if self.typed is not None else self._pressing(key))(event)

        return pressing if any(each.key == key for each in self._page.keys) else None

    def _pressing(self, key: str) -> _Handler:
        def pressing(_event: KeyPressEvent) -> None:
            if any(each.key == key for each in self._page.keys):
                self._request(press(key))

        return pressing

    def _hold(self, character: str, handler: _Handler, event: KeyPressEvent) -> None:
        now = self._now()
        self._settle(self._pace.arrived(character, now))
        if self._may_act_at_once(character):
            self.has_acted = True
            handler(event)
        else:
            self._held = [*self._held, (handler, event)][:_MAX_KEPT]
        self._loop.call_later(self._pace.seconds_left(now), self._look)

    def _may_act_at_once(self, character: str) -> bool:
        """Return whether a character is the first one after a pause, and can be undone if a scan follows."""
        is_first = self._pace.waiting == 1 and not self._held and not self._requested.done()
        return is_first and any(each.key == character and each.at_once for each in self._page.keys)

    def _now(self) -> float:
        """Return the time at which the keys that are handled now were read, however long handling takes."""
        if self._read_at is None:
            self._read_at = time.monotonic()
            self._loop.call_soon(self._all_handled)
        return self._read_at

    def _all_handled(self) -> None:
        self._read_at = None

    def _look(self) -> None:
        now = time.monotonic()
        left = self._pace.seconds_left(now)
        if left:
            self._loop.call_later(left, self._look)
        else:
            self._settle(self._pace.taken(now))

    def _settle(self, typed: str) -> None:
        """Act on what was typed together, or report it as scanned."""
        if is_burst(typed):
            self._held.clear()
            self.burst = typed
            # The first character may have acted just now: then it is the next page's.
            self._scan_waits = self._requested.done()
            self._request(SCANNED)
        elif typed:
            self.has_acted = False
            self._act()

    def _request_scan(self) -> None:
        self._scan_waits = False
        self._request(SCANNED)

    def _act(self) -> None:
        """Do what the keys that were held do, until one of them is a reply."""
        while self._held and not self._requested.done():
            handler, event = self._held.pop(0)
            handler(event)
            self._application.invalidate()

    def _tick(self, *, is_over: bool) -> None:
        """Do what is due; the screen hides also where a page is shown for a second at a time."""
        if self._timer.is_due():
            self._request(IDLE)
        super()._tick(is_over=is_over)

    def _move(self, move: Callable[[PageWindows], None]) -> None:
        super()._move(move)
        if self._page.follows:
            self._request(_MOVED)
