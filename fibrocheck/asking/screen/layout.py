"""Lays pages out: the position of every line on a full-screen page, for any size of terminal.

Pure: sizes and words in, lines out. The screen paints them, and so does `first_paint`, before the
libraries that read keys are loaded.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from fibrocheck.asking.contract import GO_ON, Option, Page
from fibrocheck.asking.screen.actions import HOTKEYS, choose
from fibrocheck.asking.screen.foot import Foot
from fibrocheck.asking.screen.page_layout import POINTER_COLUMNS, Glyphs, OptionLines, PageLayout, Size
from fibrocheck.content.model import Content
from fibrocheck.pages.text_layout import (
    ACCENT,
    AGAIN,
    BLANK,
    MEASURE,
    QUIET,
    STRONG,
    TEXT,
    Line,
    Span,
    cells,
    paginate,
    wrap,
)
from fibrocheck.pages.voice import Voice

_VALUE_GAP = 2  # columns


class _Spacing(NamedTuple):
    """The empty lines and rules of a page; the first spacing in which everything fits is used."""

    rules: bool
    above_ask: int
    above_term: int
    above_options: int


_ROOMY = _Spacing(rules=True, above_ask=1, above_term=1, above_options=1)
_CLOSE = _Spacing(rules=True, above_ask=0, above_term=0, above_options=1)
_TIGHT = _Spacing(rules=True, above_ask=0, above_term=0, above_options=0)
_BARE = _Spacing(rules=False, above_ask=0, above_term=0, above_options=0)
_SPACINGS = (_ROOMY, _CLOSE, _TIGHT, _BARE)
_LARGE_MEASURE = 48  # columns
_ROOMY_ROWS = 20
"""From this height on, a page that does not fit keeps its spacing."""


class LayoutBuilder(NamedTuple):
    """Lays out the pages of a visit in one language, with these signs, for one size.

    `large` has shorter lines, and an empty line above each option if there is room.
    """

    content: Content
    language: str
    size: Size
    glyphs: Glyphs
    large: bool = False

    @property
    def margin(self) -> int:
        """The empty columns at either side."""
        return 3 if self.size.columns >= 60 else 1  # noqa: PLR2004 - a wide screen has room for three

    @property
    def text_width(self) -> int:
        """The columns available to running text."""
        return min(_LARGE_MEASURE if self.large else MEASURE, self.size.columns - 2 * self.margin)

    def question(
        self, page: Page, options: Sequence[Option], marked: frozenset[str] | None = None, notice: str = ""
    ) -> PageLayout:
        """Return a question above its options.

        `marked` holds the ids marked so far if several may be marked. `notice` is shown above the question.
        """
        ask = [*self._text(notice, ACCENT), *self._text(page.ask, STRONG)]
        term = self._text(page.term, QUIET)
        foot = self._foot.question(page, len(options), several=marked is not None)
        lines = self._options(options, marked)
        if self.large:
            apart = tuple(each._replace(heading=(*each.heading, "")) for each in lines)
            roomy = self._page(page, [*ask, *([BLANK, *term] if term else [])], apart, foot, _ROOMY)
            if not roomy.scrolls:
                return roomy
        tried = [
            self._page(
                page, [*ask, *([BLANK] * spacing.above_term if term else []), *term], lines, foot, spacing
            )
            for spacing in _SPACINGS
        ]
        scrolling = tried[_SPACINGS.index(_CLOSE)] if self.size.rows >= _ROOMY_ROWS else tried[-1]
        return next((each for each in tried if not each.scrolls), scrolling)

    def message(self, page: Page) -> PageLayout:
        """Return a page that says one thing and asks nothing: its only option gets no row."""
        options = self._options([Option(GO_ON, page.go_on)], None)
        layout = self._page(page, self._text(page.ask, STRONG), options, (), _ROOMY)
        return layout._replace(option_rows=0)

    # Pages that are read

    def screenfuls(self, page: Page) -> list[list[Line]]:
        """Return a page's text in portions that each fit above the option that goes on."""
        return self._paginated(page)[1]

    def reading(self, page: Page, number: int) -> PageLayout:
        """Return one screenful of a text, counted from 0."""
        return self._screenful(page, number, *self._paginated(page))

    def reading_at(self, page: Page, offset: int) -> PageLayout:
        """Return the screenful of a text that contains an offset (see `offset_of`)."""
        spacing, screenfuls = self._paginated(page)
        return self._screenful(page, screenful_at(screenfuls, offset), spacing, screenfuls)

    def _screenful(
        self, page: Page, number: int, spacing: _Spacing, screenfuls: list[list[Line]]
    ) -> PageLayout:
        if len(screenfuls) > 1:
            page = self._numbered(page, number + 1, len(screenfuls))
        return self._reading(page, screenfuls[number], spacing)

    def _paginated(self, page: Page) -> tuple[_Spacing, list[list[Line]]]:
        """Return the text on one screenful with the widest spacing in which it fits, or on several."""
        for spacing in _SPACINGS:
            screenfuls = self._split(page, spacing)
            if len(screenfuls) == 1:
                return spacing, screenfuls
        several = _ROOMY if self.size.rows >= _ROOMY_ROWS else _BARE
        # The page numbers may take a line of the header, and the longer option one more row.
        widest = max((self._numbered(page, n, 10) for n in (1, 10)), key=lambda p: cells(p.go_on))
        return several, self._split(widest, several)

    def _split(self, page: Page, spacing: _Spacing) -> list[list[Line]]:
        layout = self._reading(page, [BLANK], spacing)
        return paginate(page.groups, self.text_width, max(layout.option_rows - layout.rows_needed + 1, 1))

    def _numbered(self, page: Page, number: int, total: int) -> Page:
        """Return the page as one of several screenfuls; only the last one keeps the page's own `go_on`."""
        voice, words = self._voice, self.content.words
        position = voice.say(words.screenful, number=number, total=total)
        return page._replace(
            position=position, go_on=page.go_on if number == total else voice.say(words.go_on)
        )

    def _reading(self, page: Page, text: Sequence[Line], spacing: _Spacing) -> PageLayout:
        options = self._options([Option(GO_ON, page.go_on)], None)
        return self._page(page, list(text), options, self._foot.reading(page), spacing)

    # The parts of a page

    @property
    def _voice(self) -> Voice:
        return Voice(self.content, self.language)

    @property
    def _foot(self) -> Foot:
        return Foot(self._voice, self.glyphs, self.size.columns)

    def _page(
        self,
        page: Page,
        text: list[Line],
        options: tuple[OptionLines, ...],
        foot: tuple[Line, ...],
        spacing: _Spacing,
    ) -> PageLayout:
        rule = [self._rule()] if spacing.rules else []
        above = [BLANK] * spacing.above_ask
        below = [BLANK] * spacing.above_options if text else []
        indented = [_indented(line, self.margin) for line in text]
        top = (*self._header(page), *rule, *above, *indented, *below)
        bottom = (*rule, *foot)
        return PageLayout(self.margin, top, options, self.size.rows - len(top) - len(bottom), bottom)

    def _header(self, page: Page) -> list[Line]:
        where = f"{page.section}  {page.position}".rstrip()
        room = self.size.columns - 2 - cells(where)
        clinic = self.content.clinic.name
        if cells(clinic) + 2 > room:
            return [(Span(ACCENT, f" {row}"),) for row in wrap(where, self.size.columns - 2)]
        gap = Span(TEXT, " " * (room - cells(clinic)))
        return [(Span(QUIET, f" {clinic}"), gap, Span(ACCENT, where))]

    def _rule(self) -> Line:
        return (Span(QUIET, " " + self.glyphs.rule * (self.size.columns - 2)),)

    def _text(self, text: str, style: str) -> list[Line]:
        return [(Span(style, row),) for row in wrap(text, self.text_width)] if text else []

    def _options(self, options: Sequence[Option], marked: frozenset[str] | None) -> tuple[OptionLines, ...]:
        width = self.size.columns - 2 * self.margin - POINTER_COLUMNS
        if self.margin == 1 and any(option.value for option in options):
            width -= 1  # keeps the values away from the scroll signs at the edge of a long list
        return tuple(
            _option_lines(option, key, width, marked) for key, option in zip(HOTKEYS, options, strict=False)
        )


def offset_of(screenfuls: Sequence[Sequence[Line]], number: int) -> int:
    """Return the offset at which a screenful begins.

    An offset counts the text's characters without spaces, so it is the same for every window size.
    """
    return sum(map(_characters, screenfuls[:number]))


def screenful_at(screenfuls: Sequence[Sequence[Line]], offset: int) -> int:
    """Return the number of the screenful that contains an offset."""
    begins = accumulate(map(_characters, screenfuls[:-1]), initial=0)
    return sum(begin <= offset for begin in begins) - 1


def _characters(lines: Sequence[Line]) -> int:
    spans = (span for line in lines for span in line if span.style != AGAIN)
    return sum(len("".join(span.text.split())) for span in spans)


def _option_lines(option: Option, key: str, width: int, marked: frozenset[str] | None) -> OptionLines:
    heading = ("", *wrap(option.heading, width)) if option.heading else ()
    return OptionLines(option.id, heading, _label_lines(option, key, width, marked))


def _label_lines(option: Option, key: str, width: int, marked: frozenset[str] | None) -> tuple[Line, ...]:
    box = "" if marked is None else ("[x] " if option.id in marked else "[ ] ")
    lead = f"{key}  {box}"
    action = choose(option.id)
    room = width - len(lead)
    space = room - cells(option.label) - cells(option.value)
    if option.value and space >= _VALUE_GAP:
        return ((Span(TEXT, f"{lead}{option.label}{' ' * space}{option.value}", action),),)
    label = [*wrap(option.label, room), *(f"  {row}" for row in wrap(option.value, room - 2) if option.value)]
    leads = [lead, *[" " * len(lead)] * (len(label) - 1)]
    return tuple((Span(TEXT, before + row, action),) for before, row in zip(leads, label, strict=True))


def _indented(line: Line, margin: int) -> Line:
    return (Span(TEXT, " " * margin), *line) if line else BLANK
