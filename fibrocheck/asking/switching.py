"""The full screen or plain lines, depending on what the terminal can do and the person prefers.

F2 switches between the two on any page, and so does a window that becomes too small; every answer
is kept.
"""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from fibrocheck.asking.aloud import ReadAloud
from fibrocheck.asking.contract import (
    SKIP,
    Chosen,
    LanguageChosen,
    Looks,
    Option,
    OtherWay,
    Page,
    Reply,
    StaffLock,
)
from fibrocheck.asking.keyboard import signals_wait
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.page_layout import (
    ASCII_GLYPHS,
    CONSOLE_GLYPHS,
    MIN_SIZE,
    Glyphs,
    PageLayout,
    Size,
)
from fibrocheck.content.model import Content
from fibrocheck.surroundings import (
    ASCII,
    CONSOLE,
    USUAL,
    columns_and_rows,
    has_room_for_boxes,
    screen_works,
    signs,
)

if TYPE_CHECKING:
    from fibrocheck.asking.idle import IdleTimer
    from fibrocheck.asking.plain import PlainAsker
    from fibrocheck.asking.screen.asker import ScreenAsker
    from fibrocheck.early_page import EarlyPage


def screen_size() -> Size:
    """Return the terminal's current size."""
    return Size(*columns_and_rows())


def fits(size: Size) -> bool:
    """Return whether a terminal of this size is large enough for the full screen."""
    return size.columns >= MIN_SIZE.columns and size.rows >= MIN_SIZE.rows


def _low_rows() -> int:
    """Return the rows of a terminal that is too small for the full screen; 0 if it is not."""
    size = screen_size()
    return 0 if fits(size) else size.rows


def fitting_glyphs() -> Glyphs:
    """Return the signs that this terminal can show."""
    return GLYPHS[signs()]


def layout_for(
    content: Content,
    language: str,
    size: Size,
    glyphs: Glyphs,
    large: bool = False,  # noqa: FBT001, FBT002
    listens: bool = False,  # noqa: FBT001, FBT002
) -> LayoutBuilder:
    """Return what lays out pages for a terminal of this size."""
    if not has_room_for_boxes(*size):
        return LayoutBuilder(content, language, size, glyphs, large, listens)
    from fibrocheck.asking.screen.wide_layout import WideLayout  # not needed on a smaller terminal

    return WideLayout(content, language, size, glyphs, large, listens)


GLYPHS = {ASCII: ASCII_GLYPHS, CONSOLE: CONSOLE_GLYPHS, USUAL: Glyphs()}
"""The signs of each set."""

Opening = Callable[[LayoutBuilder], PageLayout]
"""Lays out the opening page, the first of a visit."""


class SwitchingAsker:
    """Asks on the full screen if possible, otherwise line by line. Use as a context manager."""

    def __init__(
        self,
        content: Content,
        language: str,
        *,
        plain: bool,
        large: bool = False,
        touch: bool = False,
        opening: Opening | None = None,
        timer: "IdleTimer | None" = None,
        staff_code: StaffLock | None = None,
        aloud: ReadAloud | None = None,
        early: "EarlyPage | None" = None,
    ) -> None:
        """Prepare to ask.

        `opening` lays out the opening page, which is shown while the libraries of the screen load; `early` is
        what shows it already.
        `timer` and `staff_code` belong to a kiosk, and so does `touch`: staff have no keyboard there.
        `aloud` reads the pages, in either way to ask.
        """
        self._aloud = aloud or ReadAloud()
        if timer is not None:
            timer.is_heard = lambda: self._aloud.is_reading
            timer.listens = lambda: self._aloud.reader is not None
        self._content = content
        self._language = language
        self._opening = opening
        self._early = early
        self._looks = Looks(large=large, touch=touch)
        self._timer = timer
        self._staff_code = staff_code
        self._may_switch = screen_works() and not plain
        self._held = ExitStack()
        self._grown_too_small = self._has_repeated = False
        self._screen: ScreenAsker | None = None

    def __enter__(self) -> Self:
        """Take the screen if it can be used and is large enough."""
        with ExitStack() as undone:
            undone.callback(self._held.close)
            if self._early:
                self._held.callback(self._early.close)
                self._early.hear_signals()
            if self._may_switch:
                self._use_screen()
                undone.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Restore the terminal."""
        self._aloud.close()
        self._close_plain()
        self._held.__exit__(kind, error, trace)

    @property
    def language(self) -> str:
        """The language of the program's own words."""
        return self._language

    @language.setter
    def language(self, language: str) -> None:
        self._language = self._current.language = language

    @property
    def is_plain(self) -> bool:
        """Whether the current way to ask is plain mode."""
        return self._screen is None

    @property
    def wrote_lines(self) -> bool:
        """Whether plain mode was used at any time: what it wrote is on the ordinary screen, or in a pipe."""
        return "_plain" in vars(self)

    def choose(self, page: Page, options: Sequence[Option], current: str | None = None) -> Reply:
        """Have one option chosen."""
        self._tell_if_voiceless()
        reply = self._ask(lambda asker, _ids: asker.choose(page, options, current))
        self._repeat_back(page, options, reply)
        return reply

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Reply:
        """Have any number of options chosen."""
        self._tell_if_voiceless()
        reply = self._ask(
            lambda asker, ids: asker.choose_many(page, options, current if ids is None else frozenset(ids))
        )
        if isinstance(reply, Chosen) and not reply.ids:  # each mark was heard when it was made
            self._repeat_back(page, options, reply)
        return reply

    def _tell_if_voiceless(self) -> None:
        """Say with the next page, once, that there is no voice after all: a person who sees reads on."""
        if trouble := self._aloud.given_up():
            self.tell(trouble[self._language])

    def _repeat_back(self, page: Page, options: Sequence[Option], reply: Reply) -> None:
        """Have the answer to a question read before the next page, unless it was the last thing heard."""
        if self._aloud.reader is None or not page.position or not isinstance(reply, Chosen):
            return
        words = self._content.words
        labels = [option.label for option in options if option.id in reply.ids and option.id != SKIP]
        if labels == [self._aloud.pointed_at]:
            return
        text = words.you_chose if labels else words.skipped
        said = text[self._language].replace("{answer}", ", ".join(labels))
        if labels and self._has_repeated:
            said = ", ".join(labels)  # that it is what was chosen is known by now
        self._has_repeated = self._has_repeated or bool(labels)
        self._aloud.reader.tell(said, self._language)

    def read(self, page: Page, *, at: float = 0.0) -> Reply:
        """Show a text."""
        return self._ask(lambda asker, _ids: asker.read(page, at=at))

    def tell(self, message: str) -> None:
        """Show a message with the next page."""
        self._current.tell(message)

    def tell_briefly(self, message: str) -> None:
        """Show a message with the next page; on the full screen for some seconds, or until the next key."""
        self._current.tell_briefly(message)

    def busy(self, message: str) -> None:
        """Show a message at once."""
        self._current.busy(message)

    def _ask(
        self, ask: Callable[["ScreenAsker | PlainAsker", tuple[str, ...] | None], Reply | OtherWay]
    ) -> Reply:
        """Ask, and ask in the other way whenever the reply is to switch."""
        if self._grown_too_small and fits(screen_size()):
            self._use_screen()
        marked: tuple[str, ...] | None = None
        try:
            while isinstance(reply := ask(self._current, marked), OtherWay):
                marked = marked if reply.ids is None else reply.ids
                self._switch()
        except LanguageChosen as chosen:
            chosen.ids = marked if chosen.ids is None else chosen.ids
            raise
        return reply

    @property
    def _current(self) -> "ScreenAsker | PlainAsker":
        return self._screen or self._plain

    @cached_property
    def _plain(self) -> "PlainAsker":
        return self._new_plain()

    def _new_plain(self) -> "PlainAsker":
        from fibrocheck.asking.plain import PlainAsker  # not needed before the first page

        asker = PlainAsker(
            self._content,
            self._language,
            sys.stdin,
            sys.stdout,
            width=screen_size().columns,
            may_switch=self._may_switch,
            timer=self._timer,
            staff_code=self._staff_code,
            aloud=self._aloud,
            looks=self._looks,
        )
        asker.rows = _low_rows()
        return asker

    def _new_screen(self, glyphs: Glyphs) -> "ScreenAsker":
        from fibrocheck.asking.screen.light_imports import load_screen_libraries

        load_screen_libraries()
        from fibrocheck.asking.screen.asker import ScreenAsker

        return ScreenAsker(
            self._content,
            self._language,
            glyphs,
            self._timer,
            self._staff_code,
            layouts=layout_for,
            looks=self._looks,
            aloud=self._aloud,
        )

    def _close_plain(self) -> None:
        if "_plain" in vars(self):  # it is made when it is first needed
            self._plain.close()

    def _switch(self) -> None:
        if self._screen is None:
            self._use_screen()
        else:
            self._use_plain(too_small=not fits(screen_size()))

    def _use_plain(self, *, too_small: bool) -> None:
        self._held.close()
        self._screen = None
        self._grown_too_small = too_small
        self._plain.width, self._plain.rows = screen_size().columns, _low_rows()
        self._plain.language = self._language
        self._plain.has_room = (lambda: fits(screen_size())) if too_small else None
        self._plain.open()  # before its first line is shown: from then on Ctrl-C asks, and does not end
        words = self._content.words
        self._plain.tell((words.too_small if too_small else words.plain_switched)[self._language])

    def _use_screen(self) -> None:
        """Take the screen and paint the opening page at once; stay in plain mode if it is too small."""
        if not fits(screen_size()):
            self._use_plain(too_small=True)
            return
        self._grown_too_small = False
        self._close_plain()
        glyphs = fitting_glyphs()
        if self._opening and not self._early and os.name == "posix":
            from fibrocheck.asking.screen.first_paint import opening_page_shown  # needs a POSIX terminal

            listens = self._aloud.is_offered
            large, size = self._looks.large, screen_size()
            builder = layout_for(self._content, self._language, size, glyphs, large, listens)
            opening_page = opening_page_shown(self._opening(builder), glyphs, sys.stdout)
            with signals_wait():
                # From Python 3.15 on, `enter_context` imports inspect, and the page would wait for it.
                opening_page.__enter__()
                self._held.callback(opening_page.__exit__, None, None, None)
        self._opening = self._early = None
        # Loading the libraries that read keys takes most of the start-up time, while the person
        # reads the opening page. Without the garbage collector they load about 5% faster.
        gc.disable()
        asker = self._new_screen(glyphs)
        gc.freeze()
        gc.enable()
        with signals_wait():
            self._screen = self._held.enter_context(asker)
