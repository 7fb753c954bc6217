"""The desk on the full screen: what a scanner types acts on no page, and pages have keys of their own."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from prompt_toolkit.keys import Keys

from fibrocheck.asking.contract import GO_ON, Chosen, GoBack, Option, OtherWay, Page, Reply
from fibrocheck.asking.screen.actions import (
    BACK,
    HIDE,
    IDLE,
    LANGUAGE,
    LEAVE,
    PRESS,
    SWITCH,
    TICK,
    TOO_SMALL,
    WHY,
    Action,
    choose,
    press,
)
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.aside import why_page
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.page_layout import SoFar
from fibrocheck.asking.screen.view import View
from fibrocheck.asking.switching import layout_for
from fibrocheck.desk.scanner import Pace, is_burst
from fibrocheck.errors import VisitEnded
from fibrocheck.reception import pages
from fibrocheck.reception.contract import MOVED, Answer, Pressed, Scan, Typed
from fibrocheck.reception.contract import TICK as SECONDS_PASSED
from fibrocheck.visit.pages import ChoicePage

if TYPE_CHECKING:
    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

    from fibrocheck.asking.idle import IdleTimer
    from fibrocheck.asking.screen.page_layout import Glyphs, PageLayout, Size
    from fibrocheck.asking.screen.page_windows import PageWindows
    from fibrocheck.content.model import Content
    from fibrocheck.reception.lock import Lock

_SCANNED, _MOVED = Action("scanned"), press(MOVED)
_NAMED = {Keys.PageUp: "pageup", Keys.PageDown: "pagedown"}
_CHARACTERS = {str(Keys.ControlM): "\r", str(Keys.ControlJ): "\n", str(Keys.ControlI): "\t"}
_GLANCE = 0.001
"""Seconds in which keys are looked for during a search: those that were pressed wait already."""

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

    def _bindings(self) -> KeyBindings:
        keys = super()._bindings()
        for key, name in _NAMED.items():
            self._bind(keys, key, self._pressing(name))
        return keys

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
        """Add a key to the text; where there is none to erase, the key goes back."""
        is_back = event.key_sequence[0].key in {Keys.Left, Keys.Backspace} and not self.typed
        return False if is_back else super()._type(event)

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
            self._request(_SCANNED)
        elif typed:
            self.has_acted = False
            self._act()

    def _request_scan(self) -> None:
        self._scan_waits = False
        self._request(_SCANNED)

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


class DeskScreen(ScreenAsker):
    """Asks at the desk on the full screen."""

    def __init__(
        self,
        content: Content,
        language: str,
        glyphs: Glyphs,
        timer: IdleTimer,
        lock: Lock,
        *,
        large: bool,
        why_no_code: Callable[[str], str] = lambda _burst: "",
    ) -> None:
        """Take what a `ScreenAsker` takes; `why_no_code` says why a scan is no code; empty if it is."""
        self._lock, self._why_no_code = lock, why_no_code
        self._kept = ""
        super().__init__(content, language, glyphs, timer, large=large, layouts=layout_for)
        self._desk = self._app if isinstance(self._app, DeskApp) else None

    def _new_app(self, glyphs: Glyphs) -> ScreenApp:
        return DeskApp(glyphs, self._timer)

    # The pages of the desk

    def ask(self, page: Page, options: Sequence[Option], current: str | None = None) -> Answer | OtherWay:
        """Have an option chosen, or one of the page's own keys pressed."""
        is_list = options[-1].is_way_on or options[-1].is_row
        so_far = SoFar(None if is_list else current)
        view = View(self._question(page, options, so_far), choose(current or options[0].id))
        return self._reply(page, view)

    def write(self, page: Page, *, is_hidden: bool = False, text: str = "") -> Typed | GoBack | OtherWay:
        """Have a line typed."""
        typed, fresh = text, True
        while True:
            view = View(self._typing(page, is_hidden=is_hidden), choose(GO_ON), typed=typed)
            self._shows(page)
            event = self._app.show(view, fresh=fresh)
            typed, fresh = event.typed or "", False
            action = event.action
            if action == choose(GO_ON):
                self._notice = ""
                return Typed(typed)
            if action == BACK or (action == HIDE and page.can_go_back):
                self._notice = ""
                return GoBack()
            if action in {SWITCH, TOO_SMALL}:
                return OtherWay()
            self._aside(action)

    def _typing(self, page: Page, *, is_hidden: bool) -> Callable[[Size], PageLayout]:
        options = [Option(GO_ON, self._say(self._content.words.go_on), is_row=True)]
        bare = page._replace(can_hide=False)  # every character is text there, also 0 for the menu

        def lay_out(size: Size) -> PageLayout:
            typed = self._app.typed or ""
            shown = "*" * len(typed) if is_hidden else f"> {typed}"
            return self._layout(size).question(bare._replace(term=shown), options, notice=self._notice)

        return lay_out

    def _reply(self, page: Page, view: View) -> Answer | OtherWay:
        """Show a page until there is a reply; whatever leads away from it leads back to it."""
        fresh, ticks = not page.continues, 0
        try:
            while True:
                self._shows(page._replace(continues=page.continues or not fresh))
                event = self._app.show(view, fresh=fresh, seconds=1 if page.refreshes else None)
                view, fresh = view._replace(focus=event.focus), False
                at = event.focus.id if event.focus and event.focus.is_choice else ""
                ticks = ticks + 1 if event.action == TICK else 0
                if ticks >= page.refreshes > 0 and at:
                    return Pressed(SECONDS_PASSED, at)
                if event.action.name == PRESS:
                    return Pressed(event.action.id, at)
                if answer := self._answer_of(page, event.action):
                    return answer if isinstance(answer, GoBack | OtherWay) else Chosen((answer.id,))
                fresh = event.action != TICK
                if event.action.name == "menu":
                    chosen = self._menu(page)
                    if chosen is not None:
                        return chosen if isinstance(chosen, OtherWay) else Pressed(chosen, at)
                elif event.action == WHY and page.why:
                    self.read(why_page(page, self._voice))
                else:
                    self._aside(event.action)
        finally:
            self._notice = ""

    def _menu(self, page: Page) -> str | OtherWay | None:
        """Have a key of the page chosen in words, or what every page has."""
        reply = self.ask(*pages.menu_page(page, self._voice))
        name = reply.ids[0] if isinstance(reply, Chosen) else ""
        if name == SWITCH.name:
            return OtherWay()
        if name in {LEAVE.name, HIDE.name}:
            self._aside(Action(name))
        return name if any(each.key == name for each in page.keys) else None

    def _shows(self, page: Page) -> None:
        if page.id not in {pages.LEAVING, pages.MENU}:
            self._kept = page.kept
        if self._desk is not None:
            self._desk.shows(page)

    def was_stopped(self, message: str) -> bool:
        """Show a message at once; return whether a key was pressed since the last one like it."""
        page = Page("", ask=message, can_go_back=False, can_hide=False, can_change_language=False, id="busy")
        self._shows(page._replace(continues=True))
        view = View(lambda size: self._layout(size).message(page), any_key=True)
        event = self._app.show(view, fresh=False, seconds=_GLANCE)
        if event.action != choose(GO_ON):
            self._aside(event.action)
        return event.action == choose(GO_ON)

    # What is not a reply

    def _aside(self, action: Action) -> None:
        if action == _SCANNED and self._desk is not None:
            has_acted, self._desk.has_acted = self._desk.has_acted, False
            why = self._why_no_code(self._desk.burst)
            if has_acted or not why:
                raise Scan(self._desk.burst, has_acted=has_acted)
            self._notice = why
        if action in {IDLE, HIDE}:
            self._hide()
        elif action == LEAVE:
            self._leave()

    def _answer_of(self, page: Page, action: Action) -> Action | GoBack | OtherWay | None:
        """Return what an action answers: on a page that is read, one of its own keys is like an option."""
        return action if action.name == PRESS else super()._answer_of(page, action)

    def _handle(self, page: Page, options: Sequence[Option], action: Action) -> None:
        if action in {IDLE, HIDE, LEAVE, _SCANNED}:
            self._aside(action)
        elif action != LANGUAGE:
            super()._handle(page, options, action)

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply | OtherWay:
        """Have an option chosen, on a page that has no keys of its own."""
        self._shows(page)
        return super().choose(page, options, current)

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply | OtherWay:
        """Have any number of options chosen."""
        self._shows(page)
        return super().choose_many(page, options, current)

    def read(self, page: Page, *, at: float = 0.0) -> Reply | OtherWay:
        """Show a text."""
        self._shows(page)
        return super().read(page, at=at)

    def _leave(self) -> None:
        if self.ask(*pages.leave_page(self._voice, self._kept)) == Chosen((pages.LEAVE,)):
            raise VisitEnded

    def come_back(self) -> None:
        """Stay hidden until staff bring the screen back."""
        self._hide()

    def _hide(self) -> None:
        """Hide the screen until staff bring it back."""
        self._lock.hide()
        self._timer.touch()
        notice, self._notice = self._notice, ""
        while self._lock.is_hidden:
            if self._lock.has_pin:
                self._ask_pin()
            else:
                self._until_a_key(pages.hidden_page(self._voice))
                self._lock.key()
        self._timer.touch()
        self._notice = notice

    def _ask_pin(self) -> None:
        page = pages.locked_page(self._voice, self._lock.seconds_to_wait())
        view = View(self._typing(page, is_hidden=True), choose(GO_ON), typed="")
        self._shows(page)
        event = self._app.show(view, fresh=True)
        self._timer.touch()
        if event.action == choose(GO_ON):
            is_right = self._lock.unlock(event.typed or "")
            self._notice = "" if is_right else self._say(self._content.words.desk.pin_wrong)

    def _until_a_key(self, shown: ChoicePage) -> None:
        page, options = shown
        self._shows(page)
        view = View(self._question(page, options), any_key=True)
        while self._app.show(view, fresh=True).action == IDLE:
            self._timer.touch()
