"""The full screen: one page at a time inside the same frame, answered by keys, clicks or taps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from fibrocheck.asking import GO_ON, Chosen, GoBack, Option, OtherWay, Page, Reply
from fibrocheck.asking.frame import (
    BACK,
    CHOOSE,
    ENTER,
    HIDE,
    LEAVE,
    SWITCH,
    TOO_SMALL,
    WHY,
    Frame,
    Glyphs,
    Layout,
    Size,
)
from fibrocheck.asking.stage import Stage
from fibrocheck.content.model import Content
from fibrocheck.endings import VisitEnded
from fibrocheck.rendering.typeset import Heading, Paragraph

_STOP = "stop"


@dataclass(slots=True)
class _View:
    """What the stage shows: a way to lay a page out, and the person's place on it."""

    frame: Callable[[Size], Frame]
    focus: str = ""
    many: bool = False


class ScreenAsker:
    """Asks on the full screen. Use as a context manager; the terminal is given back at the end."""

    def __init__(self, content: Content, language: str, glyphs: Glyphs) -> None:
        """Prepare to ask in one of the content's languages."""
        self.language = language
        self._content = content
        self._glyphs = glyphs
        self._stage = Stage(glyphs)
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
        view = _View(self._drawn(page, options), focus=CHOOSE + (current or options[0].id))
        reply = self._reply(page, view)
        return Chosen((reply.removeprefix(CHOOSE),)) if isinstance(reply, str) else reply

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply | OtherWay:
        """Ask for any number of the options, with those chosen so far marked."""
        marked, focus, fresh = current, "", True
        while True:
            view = _View(self._drawn(page, options, marked), focus, many=True)
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
        number = len(self._layout(self._stage.size).screenfuls(page)) - 1 if from_end else 0
        while True:
            reply = self._reply(page, _View(self._drawn_text(page, number)))
            if isinstance(reply, OtherWay):
                return reply
            screenfuls = len(self._layout(self._stage.size).screenfuls(page))
            number = min(number, screenfuls - 1) + (-1 if isinstance(reply, GoBack) else 1)
            if number < 0:
                return GoBack()
            if number >= screenfuls:
                return Chosen((GO_ON,))

    def tell(self, message: str) -> None:
        """Say one thing at the top of the next page of choices."""
        self._notice = message

    def _reply(self, page: Page, view: _View, *, fresh: bool = True) -> str | GoBack | OtherWay:
        """Show a view until it is answered, with Why and Hide seen to on the way."""
        while True:
            action = self._stage.show(view, fresh=fresh)
            fresh = True
            if action == BACK and page.can_go_back:
                return GoBack()
            if action == WHY and page.why:
                self._explain(page)
            elif action == HIDE and page.can_hide:
                self._hide()
            elif action in {SWITCH, TOO_SMALL}:
                return OtherWay()
            elif action == ENTER or action.startswith(CHOOSE):
                return action
            elif action == LEAVE:
                raise VisitEnded
            elif action.isdecimal():
                raise VisitEnded(int(action))
            else:
                fresh = False

    def _explain(self, page: Page) -> None:
        words = self._content.words
        groups = ((Heading(page.ask),), (Paragraph(page.why),))
        self.read(Page(words.why[self.language], groups=groups, go_on=words.go_on[self.language]))

    def _hide(self) -> None:
        words = self._content.words
        page = Page("", ask=words.hidden[self.language], can_go_back=False, can_hide=False)
        options = (
            Option(GO_ON, words.go_on[self.language]),
            Option(_STOP, words.stop_and_erase[self.language]),
        )
        if self.choose(page, options) == Chosen((_STOP,)):
            raise VisitEnded

    def _layout(self, size: Size) -> Layout:
        return Layout(self._content, self.language, size, self._glyphs)

    def _drawn(
        self, page: Page, options: Sequence[Option], marked: frozenset[str] | None = None
    ) -> Callable[[Size], Frame]:
        notice, self._notice = self._notice, ""
        return lambda size: self._layout(size).question(page, options, marked, notice)

    def _drawn_text(self, page: Page, number: int) -> Callable[[Size], Frame]:
        return lambda size: self._layout(size).reading(page, number)
