"""The desk on the full screen: its pages, and what leads away from them and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fibrocheck.asking.contract import GO_ON, Chosen, GoBack, Option, OtherWay, Page, Problem, Reply
from fibrocheck.asking.screen.actions import (
    BACK,
    FORWARD,
    HIDE,
    IDLE,
    LANGUAGE,
    LEAVE,
    MENU,
    PRESS,
    SWITCH,
    TICK,
    TOO_SMALL,
    WHY,
    Action,
    choose,
    press,
)
from fibrocheck.asking.screen.aside import why_page
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.page_layout import NOTHING_YET, SoFar
from fibrocheck.asking.screen.settling import with_cursor_after
from fibrocheck.asking.screen.view import View
from fibrocheck.asking.switching import layout_for
from fibrocheck.errors import VisitEnded
from fibrocheck.reception import pages
from fibrocheck.reception.call_pages import CALL
from fibrocheck.reception.contract import TICK as SECONDS_PASSED
from fibrocheck.reception.contract import Answer, Noted, Pressed, Scan, Typed, nothing_noted
from fibrocheck.reception.desk_app import SCANNED, DeskApp
from fibrocheck.reception.low_screen import is_small, shortened
from fibrocheck.visit.pages import ChoicePage

if TYPE_CHECKING:
    from fibrocheck.asking.idle import IdleTimer
    from fibrocheck.asking.screen.page_layout import Glyphs, PageLayout, Size
    from fibrocheck.content.model import Content
    from fibrocheck.reception.lock import Lock

_GLANCE = 0.001
"""Seconds in which keys are looked for during a search: those that were pressed wait already."""


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
        self._noted: Noted = nothing_noted
        super().__init__(content, language, glyphs, timer, large=large, layouts=layout_for)
        self._desk = self._app if isinstance(self._app, DeskApp) else None

    def _new_app(self, glyphs: Glyphs) -> DeskApp:
        return DeskApp(glyphs, self._timer)

    # The pages of the desk

    def ask(self, page: Page, options: Sequence[Option], current: str | None = None) -> Answer | OtherWay:
        """Have an option chosen, or one of the page's own keys pressed."""
        is_list = options[-1].is_way_on or options[-1].is_row
        way_on = options[-1].id if page.follows else ""
        so_far = SoFar(None if is_list else current, keeps=bool(way_on))
        view = View(self._question(page, options, so_far), choose(current or options[0].id))
        return self._reply(page, view, way_on)

    def _question(
        self, page: Page, options: Sequence[Option], so_far: SoFar = NOTHING_YET
    ) -> Callable[[Size], PageLayout]:
        """Return how a page is laid out; on a small screen, the lists have the room of what is not needed."""
        if so_far.marked is not None:
            self._noted(so_far.marked)
        whole = super()._question(page, options, so_far)
        if page.id not in {pages.START, CALL}:
            return whole
        laid_out = super()._question

        def lay_out(size: Size) -> PageLayout:
            return (laid_out(*shortened(page, options), so_far) if is_small(size) else whole)(size)

        return lay_out

    def write(
        self, page: Page, *, is_hidden: bool = False, text: str = "", is_selected: bool = False
    ) -> Typed | GoBack | Pressed | OtherWay:
        """Have a line typed."""
        typed, fresh = text, not page.continues
        while True:
            view = View(
                self._typing(page, is_hidden=is_hidden), choose(GO_ON), typed=typed, is_selected=is_selected
            )
            self._shows(page)
            event = self._app.show(view, fresh=fresh)
            is_selected = is_selected and event.typed == typed
            typed, fresh = event.typed or "", False
            if reply := self._written(page, event.action, typed):
                self._notice = "" if isinstance(reply, Typed | GoBack) else self._notice
                return reply
            self._aside(event.action)

    def _written(self, page: Page, action: Action, typed: str) -> Typed | GoBack | Pressed | OtherWay | None:
        """Return what an action replies on a page on which a line is typed."""
        if action in {MENU, LEAVE}:
            return self._by_detour(page, action, text=typed)
        if action.name == PRESS:
            return Pressed(action.id, text=typed)
        if action == choose(GO_ON):
            return Typed(typed)
        leaves = action == BACK or (action == HIDE and not page.can_hide)
        if leaves and page.can_go_back:
            return GoBack()
        return OtherWay() if action in {SWITCH, TOO_SMALL} else None

    def _typing(self, page: Page, *, is_hidden: bool) -> Callable[[Size], PageLayout]:
        options = [Option(GO_ON, self._say(self._content.words.go_on), is_row=True)]
        bare = page._replace(takes_line=True)

        def lay_out(size: Size) -> PageLayout:
            typed = self._app.typed or ""
            shown = "*" * len(typed) if is_hidden else f"> {typed}"
            layout = self._layout(size).question(bare._replace(term=shown), options, notice=self._notice)
            return with_cursor_after(layout, typed)

        return lay_out

    def _reply(self, page: Page, view: View, way_on: str) -> Answer | OtherWay:
        """Show a page until there is a reply; whatever leads away from it leads back to it.

        The arrow that goes on chooses `way_on`, if there is one.
        """
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
                fresh = event.action != TICK
                if event.action == FORWARD and way_on:
                    return Chosen((way_on,))
                if event.action in {MENU, LEAVE}:
                    if reply := self._by_detour(page, event.action, at):
                        return reply
                elif answer := self._answer_of(page, event.action):
                    return answer if isinstance(answer, GoBack | OtherWay) else Chosen((answer.id,))
                elif event.action == WHY and page.why:
                    if key := self._explain(page):
                        return Pressed(key, at)
                else:
                    self._aside(event.action)
        finally:
            self._notice = ""

    def _by_detour(
        self, page: Page, action: Action, at: str = "", text: str = ""
    ) -> Pressed | OtherWay | None:
        """Return what the menu, or the question whether to leave, replies; `None` to go on with the page."""
        chosen = self._menu(page) if action == MENU else self._leave(page)
        if isinstance(chosen, OtherWay):
            return chosen
        return Pressed(chosen, at, text) if chosen else None

    def _explain(self, page: Page) -> str:
        """Show why a question is asked; return the key of the page that was pressed there, or nothing."""
        keys = pages.signs_of(page)
        reply = self.read(why_page(page, self._voice)._replace(keys=keys))
        name = reply.ids[0] if isinstance(reply, Chosen) else ""
        return name if any(each.key == name for each in keys) else ""

    def _choose_from_menu(self, page: Page, options: Sequence[Option]) -> Action:
        """Return the action chosen in the desk's menu; one that does nothing to return to the page."""
        del options
        chosen = self._menu(page)
        if isinstance(chosen, OtherWay):
            return SWITCH
        return press(chosen) if chosen else Action(GO_ON)

    def _menu(self, page: Page) -> str | OtherWay | None:
        """Have a key of the page chosen in words, or what every page has."""
        self._notice = ""
        reply = self.ask(*pages.menu_page(page, self._voice))
        name = reply.key if isinstance(reply, Pressed) else reply.ids[0] if isinstance(reply, Chosen) else ""
        if name == SWITCH.name:
            return OtherWay()
        if name == LEAVE.name:
            return self._leave(page)
        if name == HIDE.name:
            self._aside(HIDE)
        if name == WHY.name:
            return self._explain(page)
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
        view = View(self._message(page), any_key=True)
        event = self._app.show(view, fresh=False, seconds=_GLANCE)
        if event.action != choose(GO_ON):
            self._aside(event.action)
        return event.action == choose(GO_ON)

    # What is not a reply

    def _aside(self, action: Action) -> None:
        if action == SCANNED and self._desk is not None:
            has_acted, self._desk.has_acted = self._desk.has_acted, False
            why = self._why_no_code(self._desk.burst)
            if has_acted or not why:
                raise Scan(self._desk.burst, has_acted=has_acted)
            self._notice = Problem(why)
        if action in {IDLE, HIDE}:
            self._hide()
        elif action == LEAVE:
            self._leave(Page(""))

    def _answer_of(self, page: Page, action: Action) -> Action | GoBack | OtherWay | None:
        """Return what an action answers: on a page that is read, one of its own keys is like an option.

        The key that hides does so in the menu too: behind it may be answers.
        """
        if action == HIDE:
            return None
        if action == LEAVE:
            key = self._leave(page)
            return press(key) if key else None
        return action if action.name == PRESS else super()._answer_of(page, action)

    def _handle(self, page: Page, options: Sequence[Option], action: Action) -> None:
        if action in {IDLE, HIDE, SCANNED}:
            self._aside(action)
        elif action not in {LANGUAGE, LEAVE}:
            super()._handle(page, options, action)

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply | OtherWay:
        """Have an option chosen, on a page that has no keys of its own."""
        self._shows(page)
        return super().choose(page, options, current)

    def choose_many(
        self,
        page: Page,
        options: Sequence[Option],
        current: frozenset[str] = frozenset(),
        noted: Noted = nothing_noted,
    ) -> Reply | OtherWay:
        """Have any number of options chosen; `noted` gets what is marked, from the first on."""
        self._shows(page)
        self._noted = noted
        try:
            return super().choose_many(page, options, current)
        finally:
            self._noted = nothing_noted

    def read(self, page: Page, *, at: float = 0.0) -> Reply | OtherWay:
        """Show a text."""
        self._shows(page)
        return super().read(page, at=at)

    def _leave(self, page: Page) -> str:
        """Ask whether to leave the desk; return the key of the page that was pressed there, or nothing."""
        self._notice = ""
        leaving, options = pages.leave_page(self._voice, self._kept)
        reply = self.ask(leaving._replace(keys=pages.signs_of(page)), options)
        if reply == Chosen((pages.LEAVE,)):
            raise VisitEnded
        return reply.key if isinstance(reply, Pressed) else ""

    def come_back(self) -> None:
        """Stay hidden until staff bring the screen back."""
        self._hide()

    def _hide(self) -> None:
        """Hide the screen until staff bring it back."""
        self._lock.hide()
        self._timer.touch()
        notice, self._notice = self._notice, ""
        typed = ""
        while self._lock.is_hidden:
            if self._lock.has_pin:
                typed = self._ask_pin(typed)
            else:
                self._until_a_key(pages.hidden_page(self._voice))
                self._lock.key()
        self._timer.touch()
        self._notice = notice

    def _ask_pin(self, typed: str) -> str:
        """Have the PIN typed; return what is typed so far after a key that does nothing there."""
        page = pages.locked_page(self._voice, self._lock.seconds_to_wait())
        view = View(self._typing(page, is_hidden=True), choose(GO_ON), typed=typed)
        self._shows(page)
        event = self._app.show(view, fresh=not typed)
        self._timer.touch()
        if event.action.name == PRESS:
            return event.typed or ""
        if event.action == choose(GO_ON):
            is_right = self._lock.unlock(event.typed or "")
            self._notice = "" if is_right else Problem(self._say(self._content.words.desk.pin_wrong))
        return ""

    def _until_a_key(self, shown: ChoicePage) -> None:
        page, options = shown
        self._shows(page)
        view = View(self._question(page, options), any_key=True)
        while self._app.show(view, fresh=True).action == IDLE:
            self._timer.touch()
