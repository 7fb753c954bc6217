"""Pages on a wide terminal: a centred column, options and ways at the foot as boxes, one progress line.

From a little over 80 columns and 24 rows on. Boxes are used where all of them fit, with an empty row between;
otherwise options are rows, as on a smaller terminal.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fibrocheck.asking.contract import GO_ON, SKIP, Option, Page
from fibrocheck.asking.screen.actions import HOTKEYS, choose, keys_of
from fibrocheck.asking.screen.boxes import EDGES, Box, barred, beside_each_other
from fibrocheck.asking.screen.foot import Foot, FootKey, shortened
from fibrocheck.asking.screen.foot_boxes import BOX_GAP, foot_box, foot_lines, wrapped
from fibrocheck.asking.screen.layout import LayoutBuilder, Spacing
from fibrocheck.asking.screen.page_layout import (
    NOTHING_YET,
    POINTER_COLUMNS,
    OptionLines,
    PageLayout,
    Rows,
    SoFar,
    indented,
    label_of,
    lead,
    option_lines,
    sign_of,
    style_of,
    where_in_rows,
    with_gaps,
    with_value,
)
from fibrocheck.pages.text_layout import (
    ACCENT,
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
    cells,
    wrap,
)

COLUMN = 84
"""The widest column of a page."""

_MIN_MARGIN = 3
_MIN_BUTTON = 24
_MAX_COLUMNS = 3
_TALL = 36
"""From this many rows on, there is room above the header, and for the keys in words below the boxes."""

_MANY = 44
"""From this many rows on, more than one row of boxes at the foot leaves enough for the page."""

_LOW = 28
"""Below this many rows, the foot is text."""

_FOOT_TRIES = (2, BOX_GAP), (1, BOX_GAP), (1, 1)
"""The columns in a box at the foot beside its text, and between boxes, for one row of them."""

_BODY_MARGIN = 37
"""The columns at the right of the page in which the body has room."""

_TABLE_COLUMNS, _WIDER = 128, 132
"""From how many columns on rows to change stand in two columns, and the most that such a page takes."""

_VALUE_SHARE = 0.62
"""The part of the column that labels may take if there are values beside them."""


class _Try(NamedTuple):
    """A way to lay out options: as boxes in columns, or as rows if there are 0; the first fitting is used."""

    columns: int
    spacing: Spacing
    apart: int = 0
    row_gap: int = 0


def _spacing(above_ask: int, above_term: int, above_options: int) -> Spacing:
    return Spacing(True, above_ask, above_term, above_options, 1)  # noqa: FBT003 - with rules


_SPACINGS = tuple(
    _spacing(*each) for each in ((3, 1, 2), (2, 1, 1), (1, 1, 1), (1, 0, 1), (0, 0, 1), (0, 0, 0))
)
_WIDEST, _WIDE, _USUAL, _CLOSE, *_ = _SPACINGS
_TRIES = (
    *(_Try(1, spacing, apart=1) for spacing in (_WIDEST, _WIDE, _USUAL)),
    *(_Try(1, spacing) for spacing in (_USUAL, _CLOSE)),
    *(_Try(2, spacing, apart=1) for spacing in (_WIDEST, _WIDE, _USUAL)),
    *(_Try(2, spacing) for spacing in (_USUAL, _CLOSE)),
    *(_Try(_MAX_COLUMNS, spacing) for spacing in (_WIDE, _USUAL, _CLOSE)),
)
_ROWS = (
    *(_Try(0, spacing, row_gap=1) for spacing in (_WIDEST, _WIDE, _USUAL, _CLOSE)),
    *(_Try(0, spacing) for spacing in (_WIDE, _USUAL, _CLOSE, *_SPACINGS[4:])),
)


class WideLayout(LayoutBuilder):
    """Lays out the pages of a visit on a wide terminal."""

    @property
    def column(self) -> int:
        """The columns of the page."""
        return min(COLUMN, self.size.columns - 2 * _MIN_MARGIN)

    @property
    def margin(self) -> int:
        """The empty columns at the left, so that the page is in the middle."""
        return (self.size.columns - self.column) // 2

    @property
    def text_width(self) -> int:
        """The columns available to running text."""
        return min(LARGE_MEASURE if self.large else MEASURE, self.column)

    @property
    def _spacings(self) -> tuple[Spacing, ...]:
        return _SPACINGS

    def _question(self, page: Page, options: Sequence[Option], so_far: SoFar, notice: str) -> PageLayout:
        ask = [*self._text(notice, style_of(notice)), *self._asked(page)]
        if options[-1].is_way_on and (table := self._table(page, options, so_far, ask)):
            return table
        term, foot = self._term(page), self._foot_of(page, options, so_far)
        rows, layout = self._options(options, so_far), None
        for attempt in self._tries(page, options):
            text = [*ask, *([BLANK] * attempt.spacing.above_term if term else []), *term]
            listed = rows if attempt.columns else with_gaps(rows, attempt.row_gap)
            drawn = tuple(self._drawn(page, options, so_far, attempt)) if attempt.columns else ()
            layout = self._page(page, text, listed, foot, attempt.spacing)._replace(drawn=drawn)
            if not layout.scrolls:
                return self._with_body(page, layout, so_far)
        return self._announced(layout or self._page(page, ask, (), foot, _USUAL))

    def _table(
        self, page: Page, options: Sequence[Option], so_far: SoFar, ask: list[Line]
    ) -> PageLayout | None:
        """Return a list of rows to change in two columns, if the screen is large enough for that."""
        if self.size.columns < _TABLE_COLUMNS:
            return None
        return _WiderLayout(*self).in_columns(page, options, so_far, ask)

    def _looser(self, groups: tuple[Group, ...]) -> Iterator[tuple[Group, ...]]:
        """Yield the groups of a text with bars at warnings and gaps, with bars alone, and as they are."""
        bar = f"{self.glyphs.focused_box[-1]} "
        yield from super()._looser(tuple(barred(group, bar) for group in groups))
        yield groups

    def _reading(self, page: Page, text: Sequence[Line], spacing: Spacing) -> PageLayout:
        ways = [Option(GO_ON, page.go_on), *page.ways]
        boxes = [self._button(way, key) for way, key in zip(ways, keys_of(ways), strict=False)]
        drawn = tuple(_rows_of_boxes(boxes, self))
        foot = self._boxed_foot(page, "", keeps=False, several=False)
        listed = self._options(ways, NOTHING_YET)
        return self._page(page, list(text), listed, foot, spacing)._replace(drawn=drawn)

    def _tries(self, page: Page, options: Sequence[Option]) -> Sequence[_Try]:
        """Return how options may be laid out; boxes leave room for the body only beside the column."""
        if page.shows_body and self.margin < _BODY_MARGIN:
            return _ROWS
        return _tries(options)

    # The parts of a page

    def _page(
        self,
        page: Page,
        text: list[Line],
        options: tuple[OptionLines, ...],
        foot: tuple[Line, ...],
        spacing: Spacing,
    ) -> PageLayout:
        below = [BLANK] * spacing.above_options if text and not (options and options[0].heading) else []
        air = [BLANK] if self.size.rows >= _TALL else []
        inside = (
            *air,
            *self._header(page),
            self._progress(page),
            *[BLANK] * spacing.above_ask,
            *text,
            *below,
        )
        note = [(Span(STRONG, row),) for row in wrap(page.note, self.column)] if page.note else []
        bottom = (
            *([BLANK] if note else ()),
            *note,
            *([BLANK] if note else ()),
            *foot,
            *(air if foot else ()),
        )
        margin = self.margin
        top, bottom = (tuple([indented(line, margin) for line in lines]) for lines in (inside, bottom))
        rows = max(self.size.rows - len(top) - len(bottom), 0)
        layout = PageLayout(margin, top, options, rows, bottom, has_foot_boxes=self._is_boxed(foot))
        return self._with_way_on(layout, spacing) if options else layout

    def _way_on(self, option: OptionLines) -> Iterator[Line]:
        """Yield the way on as a box; as a row where the foot is text too."""
        if self.size.rows < _LOW:
            return super()._way_on(option)
        width = max(cells(span.text) for line in option.lines for span in line) + EDGES + POINTER_COLUMNS + 2
        box = Box(choose(option.id), option.lines, max(width, _MIN_BUTTON), leads=True)
        return beside_each_other([box], self.glyphs, BOX_GAP)

    def _is_boxed(self, foot: tuple[Line, ...]) -> bool:
        return any(span.text.startswith(self.glyphs.box[0]) for line in foot for span in line)

    def _header(self, page: Page) -> list[Line]:
        where = page.place or f"{page.section}  {page.position}".rstrip()
        clinic = self.content.clinic.name
        room = self.column - cells(where) - cells(clinic)
        if room < BOX_GAP:
            rows = wrap(where, self.column) if page.place else where_in_rows(page, self.column)
            return [(Span(ACCENT, row),) for row in rows]
        return [(Span(ASIDE, clinic), Span(TEXT, " " * room), Span(ACCENT, where))]

    def _progress(self, page: Page) -> Line:
        """Return the line under the header, its first part heavier: how much of the visit is done."""
        number, total = page.progress
        done = self.column * number // total if total else 0
        rest = Span(QUIET, self.glyphs.rule * (self.column - done))
        return (Span(ACCENT, self.glyphs.done * done), rest) if done else (rest,)

    def _foot_of(self, page: Page, options: Sequence[Option], so_far: SoFar) -> tuple[Line, ...]:
        several = so_far.marked is not None
        answers = options[:-1] if several else options
        keys = "".join(key for key, _ in zip(keys_of(options), answers, strict=False)).strip()
        # Where several are marked, the last option goes on: what a tap finds at the foot stays in its place.
        keeps = so_far.keeps and not several
        return self._kept_foot(
            lambda: self._boxed_foot(page, keys, keeps=keeps, several=several), *(page, keys, keeps, several)
        )

    def _boxed_foot(self, page: Page, choosing: str, *, keeps: bool, several: bool) -> tuple[Line, ...]:
        """Return the ways at the foot as boxes; as text if they would take too many rows.

        A page that changes has as many rows as its largest form has, some of them empty.
        """
        foot = Foot(self._voice, self.glyphs, self.column + 2, self.listens)
        largest = page.largest or page
        rows = self._ways(foot, page, keeps=keeps)
        most = self._ways(foot, largest, keeps=keeps) if page.largest else rows
        rule: Line = (Span(QUIET, self.glyphs.rule * self.column),)
        if self.size.rows < _LOW or (len(most) > 1 and self.size.rows < _MANY):
            lines = foot.rows(foot.ways(page, keeps=keeps))
            room = len(foot.rows(foot.ways(largest, keeps=keeps))) - len(lines)
            return (rule, *(line[1:] for line in lines), *[BLANK] * room)
        above = [BLANK] if self.size.rows >= _TALL else []
        boxes = foot_lines(rows, self.column, self.glyphs)
        room = len(foot_lines(most, self.column, self.glyphs)) - len(boxes) if page.largest else 0
        return (*above, rule, *[BLANK] * room, *boxes, *self._in_words(foot, choosing, several=several))

    def _ways(self, foot: Foot, page: Page, *, keeps: bool) -> list[list[Box]]:
        """Return the ways at the foot as boxes in rows: in one, also if that leaves out the first to go.

        On a low screen, where more rows would be text, so do the next (see `shortened`).
        """
        tries = shortened(foot.ways(page, keeps=keeps))
        whole, *fewer = dict.fromkeys(tries[:2] if self.size.rows >= _MANY else tries)
        rows = self._foot_rows(whole)
        if len(rows) <= 1:
            return rows
        return next((each for each in map(self._foot_rows, fewer) if len(each) <= 1), rows)

    def _foot_rows(self, keys: Sequence[FootKey]) -> list[list[Box]]:
        """Return the keys as boxes in one row if they fit, otherwise in as few as they need."""
        found: list[list[list[Box]]] = []
        for pad, gap in _FOOT_TRIES:
            boxes = [foot_box(key, key.action, pad) for key in keys if key.action]
            found.append(wrapped(boxes, self.column, gap))
            if len(found[-1]) <= 1:
                return found[-1]
        return found[1]

    def _in_words(self, foot: Foot, choosing: str, *, several: bool) -> tuple[Line, ...]:
        """Return the keys that choose, in words, if there is room for them."""
        if self.size.rows < _TALL:
            return ()
        if not choosing:
            return (BLANK,)  # so that what is above stands where it does on other pages
        keys = foot.marking_keys(choosing) if several else foot.choosing_keys(choosing)
        text = "   ".join(f"{key.name} {key.does}" for key in keys)
        return ((Span(ASIDE, text),),) if cells(text) <= self.column else (BLANK,)

    # Options

    def _drawn(self, page: Page, options: Sequence[Option], so_far: SoFar, attempt: _Try) -> Iterator[Line]:
        """Yield options as boxes, in columns from top to bottom; what is no answer is a button below them."""
        columns = attempt.columns
        width = (self.column - BOX_GAP * (columns - 1)) // columns
        keys = dict(zip((each.id for each in options), keys_of(options), strict=False))
        answers = [each for each in options if not _is_button(each, options)]
        is_question = bool(page.place) and so_far.marked is None and not page.acts
        boxes = [self._box(each, keys[each.id], so_far, width, is_question=is_question) for each in answers]
        height = -(-len(boxes) // columns)
        for row in range(height):
            yield from [BLANK] if row else []
            yield from beside_each_other(boxes[row::height], self.glyphs, BOX_GAP)
        buttons = [self._button(each, keys[each.id], so_far) for each in options if _is_button(each, options)]
        if buttons:
            yield from [BLANK] * (1 + attempt.apart if boxes else 0)
            yield from _rows_of_boxes(buttons, self)

    def _box(self, option: Option, key: str, so_far: SoFar, width: int, *, is_question: bool = False) -> Box:
        sign = sign_of(option.id, so_far, self.glyphs)
        if is_question:
            sign = f"{self.glyphs.radio[option.id == so_far.current]}  "
        inner = width - EDGES - POINTER_COLUMNS - 1
        lines = option_lines(option, key if key.strip() else "", inner, sign).lines
        return Box(choose(option.id), lines, width, leads=True)

    def _button(self, option: Option, key: str, so_far: SoFar = NOTHING_YET) -> Box:
        so_far = (
            so_far if option.id == so_far.current else NOTHING_YET
        )  # beside no other sign, no room for one
        label = f"{key}  {sign_of(option.id, so_far, self.glyphs)}{label_of(option, key)}"
        width = max(cells(label), cells(lead(key) + option.details)) + EDGES + POINTER_COLUMNS + 2
        return self._box(option, key, so_far, min(max(width, _MIN_BUTTON), self.column))

    def _options(self, options: Sequence[Option], so_far: SoFar) -> tuple[OptionLines, ...]:
        """Return options as rows of a list, with the values below each other beside their labels."""
        if not any(option.value for option in options):
            return super()._options(options, so_far)
        width = self.column - POINTER_COLUMNS
        keys = list(zip(keys_of(options), options, strict=False))
        longest = max(cells(lead(key) + option.label) for key, option in keys if option.value)
        labels = min(longest, int(width * _VALUE_SHARE))
        shown = [(option, key, labels, width) for key, option in keys]
        return (self.rows or Rows()).laid_out(with_value, shown)


class _WiderLayout(WideLayout):
    """Lays out the one page that needs more than the usual column."""

    @property
    def column(self) -> int:
        """The columns of the page."""
        return min(_WIDER, self.size.columns - 2 * _MIN_MARGIN)

    def in_columns(
        self, page: Page, options: Sequence[Option], so_far: SoFar, ask: list[Line]
    ) -> PageLayout | None:
        """Return rows to change in two columns, above what goes on; nothing if they do not fit."""
        from fibrocheck.asking.screen.wide_table import in_columns  # only for this page

        listed = tuple(each._replace(is_way_on=False, heading=()) for each in self._options(options, so_far))
        button = self._button(options[-1], HOTKEYS[0])
        drawn = (*in_columns(options[:-1], self.column), BLANK, *_rows_of_boxes([button], self))
        foot = self._foot_of(page, options, so_far)
        layouts = (self._page(page, ask, listed, foot, each)._replace(drawn=drawn) for each in _SPACINGS)
        return next((layout for layout in layouts if not layout.scrolls), None)


def _tries(options: Sequence[Option]) -> Sequence[_Try]:
    """Return how options may be laid out: a table, or a list with headings, is always rows."""
    is_table = any(each.heading or each.is_way_on or (each.is_row and each.id != GO_ON) for each in options)
    few = len(options) < 4  # noqa: PLR2004 - two options and a button stay below each other
    one, two = ([each for each in _TRIES if each.columns == number] for number in (1, 2))
    if any(each.details for each in options):  # a name and what it means: not in narrow columns
        boxes = [*one, _Try(1, _SPACINGS[4]), *two]
    else:
        boxes = one if few else [*_TRIES]
    return _ROWS if is_table else (*boxes, *_ROWS)


def _is_button(option: Option, options: Sequence[Option]) -> bool:
    """Return whether an option is no answer, but the way on below the answers."""
    leads_on = option.id in {SKIP, GO_ON} or option.is_way_on or option.is_apart
    return option is options[-1] and len(options) > 1 and leads_on


def _rows_of_boxes(boxes: Sequence[Box], layout: WideLayout) -> Iterator[Line]:
    for number, row in enumerate(wrapped(boxes, layout.column)):
        yield from [BLANK] if number else []
        yield from beside_each_other(row, layout.glyphs, BOX_GAP)
