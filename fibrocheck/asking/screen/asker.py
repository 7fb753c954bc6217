"""The full screen: one page at a time inside the same frame, answered by keys, clicks or taps."""

import math
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Self

from fibrocheck.asking.contract import GO_ON, Chosen, GoBack, Option, OtherWay, Page, Reply, StaffLock
from fibrocheck.asking.idle import Watch
from fibrocheck.asking.screen.app import Stage
from fibrocheck.asking.screen.layout import (
    BACK,
    CHOOSE,
    ENTER,
    HIDE,
    IDLE,
    LEAVE,
    MORE,
    STAFF,
    SWITCH,
    TOO_SMALL,
    WHY,
    Frame,
    Glyphs,
    Layout,
    Size,
    place_of,
    screenful_at,
)
from fibrocheck.asking.screen.view import View
from fibrocheck.content.model import Content, Text
from fibrocheck.errors import IDLE_TOO_LONG, STAFF_LEFT, VisitEnded
from fibrocheck.pages.text_layout import Heading, Line, Paragraph
from fibrocheck.pages.voice import Voice

_STOP = "stop"
_OTHER_PAGES = {WHY, HIDE, MORE, STAFF, IDLE}
"""What is shown on a page of its own, after which the first page is new to the eye again."""


class ScreenAsker:
    """Asks on the full screen. Use as a context manager; the terminal is given back at the end."""

    def __init__(
        self,
        content: Content,
        language: str,
        glyphs: Glyphs,
        watch: Watch | None = None,
        staff_code: StaffLock | None = None,
        *,
        large: bool = False,
    ) -> None:
        """Prepare to ask in one of the content's languages.

        With a staff code no key leaves the program but F12 and the code.
        """
        self.language = language
        self._content = content
        self._glyphs = glyphs
        self._watch = watch or Watch()
        self._staff_code = staff_code
        self._large = large
        self._stage = Stage(glyphs, self._watch, locked=staff_code is not None)
        self._notice = ""

    def __enter__(self) -> Self:
        """Listen to the terminal."""
        self._stage.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the terminal back as it was found."""
        self._stage.__exit__(kind, error, trace)

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply | OtherWay:
        """Ask for one of the options, with the answer so far preselected."""
        view = View(self._drawn(page, options), focus=CHOOSE + (current or options[0].id))
        reply = self._reply(page, view)
        return Chosen((reply.removeprefix(CHOOSE),)) if isinstance(reply, str) else reply

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply | OtherWay:
        """Ask for any number of the options, with those chosen so far marked."""
        marked, focus, fresh = current, "", True
        while True:
            view = View(self._drawn(page, options, marked), focus, many=True)
            reply = self._reply(page, view, fresh=fresh)
            if isinstance(reply, GoBack):
                return reply
            ids = tuple(option.id for option in options if option.id in marked)
            if isinstance(reply, OtherWay):
                return OtherWay(ids)
            if reply == ENTER:
                return Chosen(ids)
            marked, focus, fresh = marked ^ {reply.removeprefix(CHOOSE)}, reply, False

    def read(self, page: Page, *, from_end: bool = False) -> Reply | OtherWay:
        """Show a text by screenfuls; Back on the first one, and going on from the last, end it."""
        place = 0
        if from_end:
            *before, _ = self._screenfuls(page)
            place = place_of(before, len(before))
        while True:
            reply = self._reply(page, View(self._drawn_text(page, place)))
            if isinstance(reply, OtherWay):
                return reply
            # The window may have another size by now, and the text other screenfuls.
            screenfuls = self._screenfuls(page)
            number = screenful_at(screenfuls, place) + (-1 if isinstance(reply, GoBack) else 1)
            if number < 0:
                return GoBack()
            if number >= len(screenfuls):
                return Chosen((GO_ON,))
            place = place_of(screenfuls, number)

    def tell(self, message: str) -> None:
        """Say one thing at the top of the next page of choices."""
        self._notice = message

    def busy(self, message: str) -> None:
        """Show the message alone on the screen; whatever is pressed meanwhile is dropped."""
        page = Page("", ask=message, can_go_back=False, can_hide=False)
        self._stage.flash(View(lambda size: self._layout(size).message(page)))

    def _reply(self, page: Page, view: View, *, fresh: bool = True) -> str | GoBack | OtherWay:
        """Show a view until it is answered, with Why and Hide seen to on the way."""
        view.waits = page.waits
        try:
            return self._answered(page, view, fresh=fresh)
        finally:
            self._notice = ""

    def _answered(self, page: Page, view: View, *, fresh: bool) -> str | GoBack | OtherWay:
        while True:
            action = self._stage.show(view, fresh=fresh)
            fresh = action in _OTHER_PAGES
            if action == ENTER or action.startswith(CHOOSE):
                return action
            if action == BACK and page.can_go_back:
                return GoBack()
            if action in {SWITCH, TOO_SMALL}:
                return OtherWay()
            if reply := self._step_aside(page, action):
                return reply

    def _step_aside(self, page: Page, action: str) -> GoBack | OtherWay | None:
        """See to what does not answer the page; the page comes back, unless a reply is returned."""
        if action == WHY and page.why:
            self._explain(page)
        elif action == HIDE and page.can_hide:
            self._hide()
        elif action == MORE and page.can_hide:
            return self._offer_more(page)
        elif action == STAFF and self._staff_code is not None:
            self._let_staff_out(self._staff_code)
        elif action == IDLE:
            self._ask_whether_anybody_is_there()
        elif action == LEAVE:
            raise VisitEnded
        return None

    def _explain(self, page: Page) -> None:
        words = self._content.words
        groups = ((Heading(page.ask),), (Paragraph(page.why),))
        self.read(Page(self._say(words.why), groups=groups, go_on=self._say(words.go_on)))

    def _offer_more(self, page: Page) -> GoBack | OtherWay | None:
        """Everything that the keys at the foot do, as a page of choices."""
        words = self._content.words
        offers = (
            (GO_ON, words.go_on, True),
            (BACK, words.back, page.can_go_back),
            (WHY, words.why, bool(page.why)),
            (SWITCH, words.line_by_line, True),
            (_STOP, words.stop_and_erase, True),
        )
        options = [Option(code, self._say(text)) for code, text, is_offered in offers if is_offered]
        reply = self.choose(
            page._replace(ask=self._say(words.more), term="", why="", can_hide=False, waits=False),
            options,
        )
        chosen = reply.ids[0] if isinstance(reply, Chosen) else GO_ON
        if chosen == _STOP:
            raise VisitEnded
        if chosen == WHY:
            self._explain(page)
        replies: dict[str, GoBack | OtherWay] = {BACK: GoBack(), SWITCH: OtherWay()}
        return replies.get(chosen)

    def _hide(self) -> None:
        words = self._content.words
        page = Page("", ask=self._say(words.hidden), can_go_back=False, can_hide=False)
        options = (
            Option(GO_ON, self._say(words.go_on)),
            Option(_STOP, self._say(words.stop_and_erase)),
        )
        if self.choose(page, options) == Chosen((_STOP,)):
            raise VisitEnded

    def _ask_whether_anybody_is_there(self) -> None:
        """Count down to the end of the visit; any key, click or tap goes on instead."""
        words, since = self._content.words, self._watch.touched
        while self._watch.touched == since:
            seconds = math.ceil(self._watch.seconds_left)
            if seconds <= 0:
                raise VisitEnded(IDLE_TOO_LONG)
            page = Page(
                "",
                ask=self._say(words.still_there),
                term=self._say(words.erased_in, seconds=seconds),
                can_go_back=False,
                can_hide=False,
            )
            view = View(self._drawn(page, (Option(GO_ON, self._say(words.go_on)),)))
            self._stage.show(view, fresh=False, seconds=1)

    def _let_staff_out(self, code: StaffLock) -> None:
        """Ask for the staff code; the right one ends the kiosk, Esc or a wrong one goes on."""
        words = self._content.words
        if seconds := math.ceil(code.seconds_to_wait()):
            self.tell(self._say(words.staff_wait, seconds=seconds))
            return
        go_on = (Option(GO_ON, self._say(words.go_on)),)
        typed = self._notice = ""
        while True:
            stars = "*" * len(typed)
            page = Page("", ask=self._say(words.staff_code), term=stars, can_go_back=False)
            view = View(self._drawn(page, go_on), typed=typed)
            action = self._stage.show(view, fresh=False)
            typed = (view.typed or "")[: -1 if action == BACK else None]
            if action in {HIDE, IDLE}:
                return
            if action == CHOOSE + GO_ON:
                break
        if code.opens(typed):
            raise VisitEnded(STAFF_LEFT)
        self.tell(self._say(words.staff_wrong))

    def _say(self, text: Text, **values: object) -> str:
        return Voice(self._content, self.language).say(text, **values)

    def _layout(self, size: Size) -> Layout:
        return Layout(self._content, self.language, size, self._glyphs, self._large)

    def _drawn(
        self, page: Page, options: Sequence[Option], marked: frozenset[str] | None = None
    ) -> Callable[[Size], Frame]:
        return lambda size: self._layout(size).question(page, options, marked, self._notice)

    def _drawn_text(self, page: Page, place: int) -> Callable[[Size], Frame]:
        return lambda size: self._layout(size).reading_at(page, place)

    def _screenfuls(self, page: Page) -> list[list[Line]]:
        return self._layout(self._stage.size).screenfuls(page)
