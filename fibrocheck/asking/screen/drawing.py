"""How the pages of a visit are drawn: laid out for the size that the window has at that moment."""

import time
from collections.abc import Callable, Sequence

from fibrocheck.asking.contract import GO_ON, SKIP, Looks, Option, Page
from fibrocheck.asking.idle import IdleTimer
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.listening import Listening
from fibrocheck.asking.screen.page_layout import NOTHING_YET, Glyphs, PageLayout, Rows, Size, SoFar
from fibrocheck.asking.screen.settling import with_cursor_at_end, without_ways
from fibrocheck.asking.screen.veil import veiled
from fibrocheck.content.model import Content
from fibrocheck.content.text import Text
from fibrocheck.pages.text_layout import STRONG, Group, Paragraph
from fibrocheck.pages.voice import Voice

Layouts = Callable[[Content, str, Size, Glyphs, bool, bool], LayoutBuilder]
"""Returns what lays out pages: for a content, language, size and signs; with large text or not, and whether
pages can be read aloud."""


class Drawing:
    """The part of an asker on the screen that turns pages into layouts, with the message of the moment."""

    def __init__(
        self,
        content: Content,
        language: str,
        glyphs: Glyphs,
        timer: IdleTimer,
        listening: Listening,
        *,
        layouts: Layouts,
        looks: Looks,
    ) -> None:
        self.language = language
        self._content = content
        self._glyphs = glyphs
        self._timer = timer
        self._layouts = layouts
        self.looks = looks
        self._listening = listening
        self._notice = ""
        self._fades_at: float | None = None
        self._said: list[tuple[str, Group]] = []
        self._offered: set[tuple[str, str]] = set()
        self._rows = Rows()

    @property
    def _voice(self) -> Voice:
        return Voice(self._content, self.language)

    def _say(self, text: Text, **values: object) -> str:
        return self._voice.say(text, **values)

    def _last_row(self, *, is_marked: bool) -> Option:
        """Return the row that goes on from a question, or skips it while nothing is marked."""
        words = self._content.words
        return Option(GO_ON, self._say(words.go_on)) if is_marked else Option(SKIP, self._say(words.skip))

    def _fade(self) -> None:
        """Drop a brief message when its time is over."""
        if self._fades_at is not None and time.monotonic() >= self._fades_at:
            self._notice, self._fades_at = "", None

    def _layout(self, size: Size) -> LayoutBuilder:
        listens = self._listening.aloud.is_offered
        found = self._layouts(self._content, self.language, size, self._glyphs, self.looks.large, listens)
        return found._replace(rows=self._rows)

    def _question(
        self, page: Page, options: Sequence[Option], so_far: SoFar = NOTHING_YET
    ) -> Callable[[Size], PageLayout]:
        return lambda size: self._veiled(
            self._layout(size).question(self._now(page), options, so_far, self._notice), size
        )

    def _now(self, page: Page) -> Page:
        """Return a page with the seconds until it closes, if it does."""
        if not page.closes_in:
            return page
        words, seconds = self._content.words, self._timer.seconds_until(page.closes_in)
        closes = self._voice.say_seconds(words.closes_in_one, words.closes_in, seconds)
        return page._replace(note=f"{page.note} {closes}".strip())

    def _text(self, page: Page, offset: int) -> Callable[[Size], PageLayout]:
        def lay_out(size: Size) -> PageLayout:
            is_told = self._fades_at is not None
            shown = page._replace(section=self._notice) if is_told else page
            shown = shown.with_skips() if self._listening.reader else shown
            return self._veiled(self._layout(size).reading_at(shown, offset), size)

        return lay_out

    def _message(self, page: Page) -> Callable[[Size], PageLayout]:
        return lambda size: self._veiled(with_cursor_at_end(self._layout(size).message(page)), size)

    def _said_first(self, page: Page, options: Sequence[Option], size: Size) -> Page | None:
        """Return what a page leaves out as one to read, unless all of it was read before.

        What is left out about an option is read only where it is offered first, not if it then says something
        else: on a later page, it would stand before what was done.
        """
        if not (page.groups or any(each.details for each in options)):
            return None
        left_out = [(id_, (self.language, text)) for id_, text in self._layout(size).left_out(page, options)]
        new = tuple(
            text[1]
            for id_, text in left_out
            if ((self.language, id_) not in self._offered if id_ else text not in self._said)
        )
        self._offered |= {(self.language, each.id) for each in options}
        if not new:
            return None
        self._said = [text for _, text in left_out]
        ask = ((Paragraph(page.ask, STRONG),),) if page.ask else ()
        go_on = self._say(self._content.words.go_on)
        note = page.note if page.groups and page.groups[0] in new else ""
        return page._replace(ask="", groups=(*ask, *new), go_on=go_on, settles=False, note=note)

    def _settling(self, page: Page, options: Sequence[Option]) -> Callable[[Size], PageLayout]:
        question = self._question(page, options)
        return lambda size: without_ways(question(size), self._now(page).note)

    def _veiled(self, layout: PageLayout, size: Size) -> PageLayout:
        """Return a layout, or one with nothing of it to be seen if the person only listens."""
        if not self._listening.is_blank:
            return layout
        return veiled(layout, self._say(self._content.words.aloud_blank), size.columns)
