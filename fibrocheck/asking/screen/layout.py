"""Lays pages out: the position of every line on a full-screen page, for any size of terminal.

Pure: sizes and words in, lines out. The screen paints them, and so does `first_paint`, before the
libraries that read keys are loaded.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product, repeat
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.asking.contract import GO_ON, Option, Page
from fibrocheck.asking.screen.actions import keys_of
from fibrocheck.asking.screen.foot import Foot, seen_at_foot
from fibrocheck.asking.screen.option_lines import OptionLines, apart, option_lines, with_gaps
from fibrocheck.asking.screen.page_layout import (
    ENDLESS,
    LEAD,
    NOTHING_YET,
    POINTER_COLUMNS,
    ROOMY_ROWS,
    Glyphs,
    PageLayout,
    Rows,
    Size,
    SoFar,
    Spacing,
    airy,
    indented,
    rows_kept,
    sign_of,
    style_of,
    under_notice,
    where_in_rows,
)
from fibrocheck.content.model import Content
from fibrocheck.pages.text_layout import (
    ASIDE,
    BLANK,
    LARGE_MEASURE,
    MEASURE,
    QUIET,
    STRONG,
    TEXT,
    Group,
    Line,
    Span,
    balanced,
    cells,
    paginate,
    screenful_at,
)
from fibrocheck.pages.voice import Voice

if TYPE_CHECKING:
    from fibrocheck.asking.screen.room_for_options import Fitted


_ROOMY = Spacing(rules=True, above_ask=1, above_term=1, above_options=1, above_last=1)
_ROOMY_LIST = Spacing(rules=True, above_ask=1, above_term=1, above_options=1)
_CLOSE = Spacing(rules=True, above_ask=0, above_term=0, above_options=1, above_last=1)
_CLOSER = Spacing(rules=True, above_ask=0, above_term=0, above_options=0, above_last=1)
_TIGHT = Spacing(rules=True, above_ask=0, above_term=0, above_options=0)
_BARE = Spacing(rules=False, above_ask=0, above_term=0, above_options=0)
_NAMELESS = Spacing(rules=False, above_ask=0, above_term=0, above_options=0, named=False)
_Paginated = tuple[Spacing, list[list[Line]]]
_SPACINGS = (_ROOMY, _ROOMY_LIST, _CLOSE, _CLOSER, _TIGHT, _BARE)
_Try = tuple[bool, Spacing]
_TRIES: tuple[_Try, ...] = (
    *((True, each) for each in _SPACINGS[:-1]),
    *((False, each) for each in _SPACINGS),
)
"""The spacings of a question, with hints of keys at the foot, then without; the first that fits is used."""
_ROOMY_TRY = (True, _CLOSE)  # what a high screen keeps if none fits


class LayoutBuilder(NamedTuple):
    """Lays out the pages of a visit in one language, with these signs, for one size.

    `large` has shorter lines, and an empty line above each option if there is room. `listens` if pages can
    be read aloud. `rows` has those of the page before.
    """

    content: Content
    language: str
    size: Size
    glyphs: Glyphs
    large: bool = False
    listens: bool = False
    rows: Rows | None = None

    @property
    def margin(self) -> int:
        """The empty columns at either side."""
        return 3 if self.size.columns >= 60 else 1  # noqa: PLR2004 - a wide screen has room for three

    @property
    def _spacings(self) -> tuple[Spacing, ...]:
        return _SPACINGS

    @property
    def text_width(self) -> int:
        """The columns available to running text."""
        return min(LARGE_MEASURE if self.large else MEASURE, self.size.columns - 2 * self.margin)

    def question(
        self, page: Page, options: Sequence[Option], so_far: SoFar = NOTHING_YET, notice: str = ""
    ) -> PageLayout:
        """Return a question above its options, with `notice` above it, or in the place of its title.

        Where there is no room for all of it, some is left out (see `room_for_options`).
        """
        layout = self._question(page, options, so_far, notice)
        return self._fitted(layout, page, options, so_far, notice).layout if layout.scrolls else layout

    def left_out(self, page: Page, options: Sequence[Option]) -> list[tuple[str, Group]]:
        """Return what of a page with options has no room on it: of its text, and about options by id."""
        layout = self._question(page, options, NOTHING_YET, "")
        if not layout.scrolls:
            return []
        from fibrocheck.asking.screen.room_for_options import left_out

        return left_out(page, options, self._fitted(layout, page, options, NOTHING_YET, ""))

    def _fitted(
        self, layout: PageLayout, page: Page, options: Sequence[Option], so_far: SoFar, notice: str
    ) -> "Fitted":
        from fibrocheck.asking.screen.room_for_options import with_more_in_sight  # few pages are so full

        def lay_out(page: Page, options: Sequence[Option], notice: str) -> PageLayout:
            return self._question(page, options, so_far, notice)

        return with_more_in_sight(layout, lay_out, page, options, notice, self.size, self.text_width)

    def _question(self, page: Page, options: Sequence[Option], so_far: SoFar, notice: str) -> PageLayout:
        several = so_far.marked is not None
        answers = options[:-1] if several else options
        keys = "".join(key for key, _ in zip(keys_of(options), answers, strict=False)).strip()

        def foot_of(*, hints: bool) -> tuple[Line, ...]:
            # On a low foot, the arrow takes no row from a list below which the way on is always in sight.
            keeps = (True, False) if options[-1].is_way_on and not hints else (so_far.keeps,)

            def lay_out() -> tuple[Line, ...]:
                foot = partial(self._foot.question, page, keys, several=several, hints=hints)
                return min((foot(keeps=each) for each in keeps), key=len)

            return self._kept_foot(lay_out, page, keys, several, keeps, hints)

        full = foot_of(hints=True)
        said, asked = self._text(notice, style_of(notice)), self._asked(page)
        ask = under_notice(said, asked)
        term = self._term(page)
        listed = self._options(options, so_far)
        if self.large:
            text = [*ask, *([BLANK, *term] if term else [])]
            roomy = self._page(page, text, with_gaps(listed, 1), full, _ROOMY)
            if not roomy.scrolls:
                return roomy
        tried: dict[_Try, PageLayout] = {}
        for hints, spacing in self._tries_of(page, len(options)):
            layout = self._spaced(page, ask, term, listed, foot_of(hints=hints), spacing)
            if not layout.scrolls:
                return self._with_body(page, layout, so_far)
            tried[hints, spacing] = layout
        return self._announced(tried[_ROOMY_TRY] if self.size.rows >= ROOMY_ROWS else layout)

    def _tries_of(self, page: Page, options: int) -> tuple[_Try, ...]:
        """Return the spacings to try, with hints of keys at the foot or without; few if the page changes."""
        is_roomy = self.size.rows >= ROOMY_ROWS
        # Above a page without a title stands the clinic's name alone, which makes way at last.
        tries = _TRIES if page.section or page.position else (*_TRIES, (False, _NAMELESS))
        if options > self.size.rows:  # none fits
            return (_ROOMY_TRY if is_roomy else tries[-1],)
        return (_ROOMY_TRY, (False, _CLOSE)) if page.largest and is_roomy else tries

    def _with_body(self, page: Page, layout: PageLayout, so_far: SoFar) -> PageLayout:
        """Return a page with the body beside its areas, if it asks for them and there is room."""
        if not page.shows_body:
            return layout
        from fibrocheck.asking.screen.body_figure import with_body  # only for this question

        return with_body(layout, so_far.marked or (), self.size.columns, self._voice, self.glyphs)

    def _spaced(
        self,
        page: Page,
        ask: list[Line],
        term: list[Line],
        options: tuple[OptionLines, ...],
        foot: tuple[Line, ...],
        spacing: Spacing,
    ) -> PageLayout:
        between = [BLANK] * spacing.above_term if term else []
        lines = apart(options, spacing.above_last)
        return self._page(page, [*ask, *between, *term], lines, foot, spacing)

    def _announced(self, layout: PageLayout) -> PageLayout:
        """Return a list that scrolls with what says how many options are out of sight."""
        from fibrocheck.asking.screen.out_of_sight import announced  # few lists scroll

        words = self.content.words
        return announced(layout, (self._voice.say(words.more_below), self._voice.say(words.more_above)))

    def message(self, page: Page) -> PageLayout:
        """Return a page that says one thing and asks nothing: its only option gets no row."""
        options = self._options([Option(GO_ON, page.go_on)], NOTHING_YET)
        return self._page(page, self._asked(page), options, (), _ROOMY)._replace(option_rows=0)

    def _asked(self, page: Page) -> list[Line]:
        """Return what a page with options says, and what is said below it."""
        (text,) = paginate(page.groups, self.text_width, ENDLESS)
        ask, most = (self._text(each.ask, STRONG) for each in (page, page.largest or page))
        ask += [BLANK] * (rows_kept(len(most), self.size) - len(ask))
        return [*ask, *([BLANK] if ask and text else []), *text]

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
        self, page: Page, number: int, spacing: Spacing, screenfuls: list[list[Line]]
    ) -> PageLayout:
        if len(screenfuls) > 1:
            page = self._numbered(page, number + 1, len(screenfuls))
        page = page.on_screenful(number, len(screenfuls))
        return self._reading(page, screenfuls[number], spacing)

    def _paginated(self, page: Page) -> _Paginated:
        """Return the text of a page in portions, and their spacing; what it was if nothing has changed."""
        *looks, rows = self
        return (rows or Rows()).text(lambda: self._newly_paginated(page), looks, page)

    def _newly_paginated(self, page: Page) -> _Paginated:
        """Return the text on one screenful with the widest spacing in which it fits, or on several."""
        is_drawn = page.picture and self.glyphs.has_half_blocks
        for is_large, spacing in product((True, False), self._spacings) if is_drawn else ():
            if illustrated := self._illustrated(page, spacing, is_large=is_large):
                return spacing, [illustrated]
        # Only what must be on one screenful is without its rules, or without the bars at its warnings.
        spacings = self._spacings if page.stays_whole or self.size.rows < ROOMY_ROWS else self._spacings[:-1]
        rows = {spacings[-1]: self._rows_for_text(page, spacings[-1])}
        for groups in self._looser(page):
            if len(paginate(groups, self.text_width, rows[spacings[-1]])) == 1:
                return self._widest(page, groups, rows)
        roomy = self._spacings[:3] if self.size.rows >= ROOMY_ROWS else (_BARE,)
        # The page numbers may take a line of the header, and the longer option or foot one more row.
        widest = max((self._numbered(page, n, 10) for n in (1, 10)), key=lambda p: cells(p.go_on))
        widest = widest._replace(can_go_back=True)
        return min(((each, self._split(widest, each)) for each in roomy), key=lambda found: len(found[1]))

    def _widest(self, page: Page, groups: tuple[Group, ...], rows: dict[Spacing, int]) -> _Paginated:
        """Return a text that fits in the tightest spacing in the widest; `rows` are those known so far."""
        for spacing in self._spacings:
            high = rows.get(spacing) or self._rows_for_text(page, spacing)
            screenfuls = paginate(groups, self.text_width, high)
            if len(screenfuls) == 1:
                break
        return spacing, screenfuls

    def _looser(self, page: Page) -> Iterator[tuple[Group, ...]]:
        """Yield the groups of a text with gaps between its paragraphs, then as they are."""
        marked = self._marked(page.groups)
        yield tuple(map(airy, marked))
        yield marked

    def _marked(self, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        """Return the groups of a text, with bars at warnings where there is room for them."""
        return groups

    def _split(self, page: Page, spacing: Spacing) -> list[list[Line]]:
        return paginate(self._marked(page.groups), self.text_width, self._rows_for_text(page, spacing))

    def _rows_for_text(self, page: Page, spacing: Spacing) -> int:
        layout = self._reading(page, [BLANK], spacing)
        return max(layout.option_rows - layout.rows_needed + 1, 1)

    def _illustrated(self, page: Page, spacing: Spacing, *, is_large: bool) -> list[Line]:
        """Return a page's picture with the text beside it, or below it; no lines if it cannot be shown."""
        from fibrocheck.asking.screen.picture import with_picture  # few pages have one

        room = Size(self.text_width, self._rows_for_text(page, spacing))
        return with_picture(page, room, self.size.columns - 2 * self.margin, is_large=is_large)

    def _numbered(self, page: Page, number: int, total: int) -> Page:
        """Return the page as one of several screenfuls; only the last one keeps the page's own `go_on`."""
        voice, words = self._voice, self.content.words
        position = voice.say(words.screenful, number=number, total=total)
        return page._replace(
            position=position, go_on=page.go_on if number == total else voice.say(words.go_on)
        )

    def _reading(self, page: Page, text: Sequence[Line], spacing: Spacing) -> PageLayout:
        ways = [Option(GO_ON, page.go_on), *page.ways]
        keys = "".join(key for key, _ in zip(keys_of(ways), ways, strict=False))
        foot = self._foot
        lines = foot.question(page, keys, several=False, keeps=True) if page.ways else foot.reading(page)
        return self._page(page, list(text), self._options(ways, NOTHING_YET), lines, spacing)

    # The parts of a page

    @property
    def _voice(self) -> Voice:
        return Voice(self.content, self.language)

    def _kept_foot(
        self, lay_out: Callable[[], tuple[Line, ...]], page: Page, *others: object
    ) -> tuple[Line, ...]:
        """Return the foot of a page, as it was if nothing on which it depends has changed."""
        *looks, _rows = self
        return (self.rows or Rows()).foot(lay_out, looks, seen_at_foot(page), *others)

    @property
    def _foot(self) -> Foot:
        return Foot(self._voice, self.glyphs, self.size.columns, self.listens)

    def _page(
        self,
        page: Page,
        text: list[Line],
        options: tuple[OptionLines, ...],
        foot: tuple[Line, ...],
        spacing: Spacing,
    ) -> PageLayout:
        rule = [self._rule()] if spacing.rules else []
        below = [BLANK] * spacing.above_options if text and not options[0].heading else []
        body = [indented(line, self.margin) for line in text]
        header = self._header(page) if spacing.named else ()
        top = (*header, *rule, *[BLANK] * spacing.above_ask, *body, *below)
        note = [indented(line, self.margin) for line in self._text(page.note, STRONG)]
        bottom = (*([BLANK] * spacing.above_term if note else ()), *note, *rule, *foot)
        page_rows = max(self.size.rows - len(top) - len(bottom), 0)
        return self._with_way_on(PageLayout(self.margin, top, options, page_rows, bottom), spacing)

    def _with_way_on(self, layout: PageLayout, spacing: Spacing) -> PageLayout:
        """Return a page with the way on below its list, where it is always in sight."""
        last = layout.options[-1]
        if not last.is_way_on:
            return layout
        lines = [BLANK] * spacing.above_last + [indented(line, self.margin) for line in self._way_on(last)]
        return layout._replace(way_on=tuple(lines), option_rows=max(layout.option_rows - len(lines), 0))

    def _way_on(self, option: OptionLines) -> Iterator[Line]:
        """Yield the way on as rows with room for the pointer."""
        for number, line in enumerate(option.lines):
            style = LEAD if number == 0 else TEXT
            yield (Span(style, " " * POINTER_COLUMNS, line[0].action), *line)

    def _header(self, page: Page) -> list[Line]:
        where = f"{page.section}  {page.position}".rstrip()
        room = self.size.columns - 2 - cells(where)
        clinic = self.content.clinic.name
        if cells(clinic) + 2 > room:
            rows = where_in_rows(page, self.size.columns - 2)
            return [(Span(style_of(page.section), f" {row}"),) for row in rows]
        gap = Span(TEXT, " " * (room - cells(clinic)))
        return [(Span(ASIDE, f" {clinic}"), gap, Span(style_of(page.section), where))]

    def _rule(self) -> Line:
        return (Span(QUIET, " " + self.glyphs.rule * (self.size.columns - 2)),)

    def _term(self, page: Page) -> list[Line]:
        """Return what stands below a question: quiet if the clinic's term, not if typed, or a countdown."""
        return self._text(page.term, ASIDE if page.position else TEXT)

    def _text(self, text: str, style: str) -> list[Line]:
        return [(Span(style, row),) for row in balanced(text, self.text_width)] if text else []

    def _options(self, options: Sequence[Option], so_far: SoFar) -> tuple[OptionLines, ...]:
        width = self.size.columns - 2 * self.margin - POINTER_COLUMNS
        if self.margin == 1 and any(option.value for option in options):
            width -= 1  # keeps the values away from the scroll signs at the edge of a long list
        # Rows to change have their values in one column, or each below its label if there is no room for one.
        values = (width * 4 // 9 if self.margin > 1 else 0) if options[-1].is_way_on else None
        signs = [sign_of(each.id, so_far, self.glyphs) for each in options]
        shown = zip(options, keys_of(options), repeat(width), signs, repeat(values), strict=False)
        found = (self.rows or Rows()).laid_out(option_lines, [*shown])
        if self.size.rows >= ROOMY_ROWS:
            return found
        return tuple(
            each._replace(heading=tuple(filter(None, each.heading))) if each.heading else each
            for each in found
        )
