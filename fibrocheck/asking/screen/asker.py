"""The full screen: one page at a time, answered by keys, clicks or taps."""

import math
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from fibrocheck.asking.contract import GO_ON, Chosen, GoBack, Option, OtherWay, Page, Reply, StaffLock
from fibrocheck.asking.idle import IdleTimer
from fibrocheck.asking.screen.actions import (
    BACK,
    ENTER,
    HIDE,
    IDLE,
    LEAVE,
    MENU,
    STAFF,
    SWITCH,
    TOO_SMALL,
    WHY,
    Action,
    choose,
)
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.aside import (
    MORE_TIME,
    busy_page,
    hidden_page,
    idle_page,
    last_call_page,
    menu_page,
    staff_code_page,
    why_page,
)
from fibrocheck.asking.screen.layout import LayoutBuilder, offset_of, screenful_at
from fibrocheck.asking.screen.page_layout import Glyphs, PageLayout, Size
from fibrocheck.asking.screen.view import View
from fibrocheck.content.model import Content, Text
from fibrocheck.errors import STAFF_LEFT, VisitEnded
from fibrocheck.pages.text_layout import Line
from fibrocheck.pages.voice import Voice

BRIEFLY = 8.0
"""Seconds for which a brief message is shown."""

_OPENS_OTHER_PAGE = {WHY, HIDE, MENU, STAFF, IDLE}
"""After these actions the person sees another page, and then the first one as if it were new."""

_Answer = Action | GoBack | OtherWay


class ScreenAsker:
    """Asks on the full screen. Use as a context manager, which restores the terminal at the end."""

    def __init__(
        self,
        content: Content,
        language: str,
        glyphs: Glyphs,
        timer: IdleTimer | None = None,
        staff_code: StaffLock | None = None,
        *,
        large: bool = False,
    ) -> None:
        """Prepare to ask in one of the content's languages.

        With a staff code, only F12 and the code leave the program.
        """
        self.language = language
        self._content = content
        self._glyphs = glyphs
        self._timer = timer or IdleTimer()
        self._staff_code = staff_code
        self._large = large
        self._app = ScreenApp(glyphs, self._timer, locked=staff_code is not None)
        self._notice = ""
        self._fades_at: float | None = None

    def __enter__(self) -> Self:
        """Start to use the terminal."""
        self._app.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Restore the terminal."""
        self._app.__exit__(kind, error, trace)

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply | OtherWay:
        """Have one of the options chosen, with the focus on the answer so far."""
        view = View(self._question(page, options), choose(current or options[0].id), waits=page.waits)
        answer = self._answer(page, view)
        return Chosen((answer.id,)) if isinstance(answer, Action) else answer

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply | OtherWay:
        """Have any number of the options chosen, with the ones chosen so far marked."""
        marked, focus, fresh = current, None, True
        while True:
            view = View(self._question(page, options, marked), focus, several=True, waits=page.waits)
            answer = self._answer(page, view, fresh=fresh)
            if isinstance(answer, GoBack):
                return answer
            ids = tuple(option.id for option in options if option.id in marked)
            if isinstance(answer, OtherWay):
                return OtherWay(ids)
            if answer == ENTER:
                return Chosen(ids)
            marked, focus, fresh = marked ^ {answer.id}, answer, False

    def read(self, page: Page, *, from_end: bool = False) -> Reply | OtherWay:
        """Show a text by screenfuls; Back on the first one and going on from the last one end it."""
        offset = 0
        if from_end:
            *before, _ = self._screenfuls(page)
            offset = offset_of(before, len(before))
        while True:
            answer = self._answer(page, View(self._text(page, offset), waits=page.waits))
            if isinstance(answer, OtherWay):
                return answer
            # The window may have another size by now, and the text other screenfuls.
            screenfuls = self._screenfuls(page)
            number = screenful_at(screenfuls, offset) + (-1 if isinstance(answer, GoBack) else 1)
            if number < 0:
                return GoBack()
            if number >= len(screenfuls):
                return Chosen((GO_ON,))
            offset = offset_of(screenfuls, number)

    def tell(self, message: str) -> None:
        """Show a message at the top of the next page with options."""
        self._notice = message

    def tell_briefly(self, message: str) -> None:
        """Show a message with the next page for `BRIEFLY` seconds, or until a key does something there.

        On a page that is only read, it takes the place of the title.
        """
        self._notice, self._fades_at = message, time.monotonic() + BRIEFLY

    def busy(self, message: str) -> None:
        """Show a message alone on the screen; keys pressed meanwhile are dropped."""
        page = busy_page(message)
        self._app.flash(View(lambda size: self._layout(size).message(page)))

    # What answers a page, and what does not

    def _answer(self, page: Page, view: View, *, fresh: bool = True) -> _Answer:
        """Show a view until it is answered; menu, Why, Hide and other actions are handled meanwhile."""
        try:
            while True:
                event = self._app.show(view, fresh=fresh, seconds=None if self._fades_at is None else 1)
                self._fade()
                view, fresh = view._replace(focus=event.focus), event.action in _OPENS_OTHER_PAGE
                action = event.action
                if action == MENU and page.can_hide:
                    action = self._choose_from_menu(page)
                if answer := self._answer_of(page, action):
                    return answer
                self._handle(page, action)
        finally:
            self._notice, self._fades_at = "", None

    def _fade(self) -> None:
        """Drop a brief message when its time is over."""
        if self._fades_at is not None and time.monotonic() >= self._fades_at:
            self._notice, self._fades_at = "", None

    def _answer_of(self, page: Page, action: Action) -> _Answer | None:
        if action == ENTER or action.is_choice:
            return action
        if action == BACK and page.can_go_back:
            return GoBack()
        return OtherWay() if action in {SWITCH, TOO_SMALL} else None

    def _handle(self, page: Page, action: Action) -> None:
        """Handle an action that does not answer the page."""
        if action == WHY and page.why:
            self.read(why_page(page, self._voice))
        elif action == HIDE and page.can_hide:
            self._hide()
        elif action == STAFF and self._staff_code is not None:
            self._ask_staff_code(self._staff_code)
        elif action == IDLE:
            self._warn_idle()
        elif action == LEAVE:
            raise VisitEnded

    def _choose_from_menu(self, page: Page) -> Action:
        reply = self.choose(*menu_page(page, self._voice))
        return Action(reply.ids[0] if isinstance(reply, Chosen) else GO_ON)

    def _hide(self) -> None:
        if self.choose(*hidden_page(self._voice)) == Chosen((LEAVE.name,)):
            raise VisitEnded

    def _warn_idle(self) -> None:
        """Count down to the end of the visit.

        Any key, click or tap continues an idle visit. At the last call the person chooses: more time, or
        to go on without.
        """
        timer, focus, fresh = self._timer, None, True
        while timer.is_due():
            seconds, is_last_call = timer.seconds_left(), timer.is_last_call
            page_and_options = (
                last_call_page(seconds, self._voice, may_prolong=timer.may_prolong)
                if is_last_call
                else idle_page(seconds, self._voice)
            )
            view = View(self._question(*page_and_options), focus, any_key=not is_last_call)
            event = self._app.show(view, fresh=fresh and is_last_call, seconds=1)
            focus, fresh = event.focus, False
            if event.action == TOO_SMALL:  # numbered lines warn from here on
                return
            if is_last_call and event.action == choose(MORE_TIME):
                timer.prolong()
            elif is_last_call and event.action == choose(GO_ON):
                timer.dismiss()

    def _ask_staff_code(self, code: StaffLock) -> None:
        """Ask for the staff code; the right one ends the kiosk, Esc or a wrong one continues the visit."""
        words = self._content.words
        if seconds := math.ceil(code.seconds_to_wait()):
            self.tell(self._voice.say_seconds(words.staff_wait_one, words.staff_wait, seconds))
            return
        typed = self._type_staff_code()
        if typed is None:
            return
        if code.opens(typed):
            raise VisitEnded(STAFF_LEFT)
        self.tell(self._say(words.staff_wrong))

    def _type_staff_code(self) -> str | None:
        """Return the code typed, or `None` if the page was left."""
        typed = self._notice = ""
        while True:
            view = View(self._question(*staff_code_page(typed, self._voice)), typed=typed)
            event = self._app.show(view, fresh=False)
            typed = (event.typed or "")[: -1 if event.action == BACK else None]
            if event.action in {HIDE, IDLE}:
                return None
            if event.action == choose(GO_ON):
                return typed

    # How pages are laid out

    @property
    def _voice(self) -> Voice:
        return Voice(self._content, self.language)

    def _say(self, text: Text, **values: object) -> str:
        return self._voice.say(text, **values)

    def _layout(self, size: Size) -> LayoutBuilder:
        return LayoutBuilder(self._content, self.language, size, self._glyphs, self._large)

    def _question(
        self, page: Page, options: Sequence[Option], marked: frozenset[str] | None = None
    ) -> Callable[[Size], PageLayout]:
        return lambda size: self._layout(size).question(page, options, marked, self._notice)

    def _text(self, page: Page, offset: int) -> Callable[[Size], PageLayout]:
        def lay_out(size: Size) -> PageLayout:
            is_told = self._fades_at is not None
            return self._layout(size).reading_at(
                page._replace(section=self._notice) if is_told else page, offset
            )

        return lay_out

    def _screenfuls(self, page: Page) -> list[list[Line]]:
        return self._layout(self._app.size).screenfuls(page)
