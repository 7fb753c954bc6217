"""Pages on a wide terminal: a centred column, options and ways at the foot as boxes, one progress line.

From a little over 80 columns and 24 rows on. Boxes are used where all of them fit, with an empty row between;
otherwise options are rows, as on a smaller terminal.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import NamedTuple

from fibrocheck.asking.contract import GO_ON, SKIP, Option, Page
from fibrocheck.asking.screen.actions import choose, keys_of
from fibrocheck.asking.screen.boxes import EDGES, Box, barred, beside_each_other
from fibrocheck.asking.screen.foot import Foot
from fibrocheck.asking.screen.foot_boxes import BOX_GAP, LOW, TALL, BoxedFoot, wrapped
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.option_lines import (
    VALUE_GAP,
    OptionLines,
    apart,
    label_of,
    lead,
    option_lines,
    with_gaps,
    with_value,
)
from fibrocheck.asking.screen.page_layout import (
    NOTHING_YET,
    POINTER_COLUMNS,
    PageLayout,
    Rows,
    SoFar,
    Spacing,
    indented,
    sign_of,
    style_of,
    where_in_rows,
)
from fibrocheck.pages.text_layout import (
    ACCENT,
    ASIDE,
    BLANK,
    LABEL,
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
    wrap,
)

COLUMN = 84
"""The widest column of a page."""

_MIN_MARGIN = 3
_MIN_BUTTON = 24
_MAX_COLUMNS = 3
_MAX_VALUE = 28
"""The most columns of values beside labels; a list of several is in more rows."""


class _Try(NamedTuple):
    """A way to lay out options: as boxes in columns, or as rows if there are 0; the first fitting is used.

    `row_gap` and `row_least` as in `with_gaps`.
    """

    columns: int
    spacing: Spacing
    apart: int = 0
    row_gap: int = 0
    row_least: int = 0


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
_BOX_ROWS = 4
"""The least rows of a box, with the empty one below it."""

_USUAL_ROWS = 4 * _BOX_ROWS + 3
"""The rows of a question with four answers in boxes and a button, besides what sets that apart."""

_Boxes = tuple[list[Box], list[Box]]
"""The boxes of answers, and the button below them, if there is one."""

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
        is_answer = bool(page.place) and not page.acts
        so_far = so_far._replace(
            is_choice=so_far.marked is None and (is_answer or so_far.current is not None)
        )
        said, ask, term = self._text(notice, style_of(notice)), self._asked(page), self._term(page)
        rows, foot = self._options(options, so_far), self._foot_of(page, options, so_far)
        boxes_in = cache(lambda columns: self._boxes(page, options, so_far, columns))
        for attempt, least in self._tries(page, options, so_far, self.size.rows - len(foot)):
            drawn = tuple(self._drawn(boxes_in(attempt.columns), attempt)) if attempt.columns else ()
            if attempt.columns and not drawn:
                continue
            above = max(attempt.spacing.above_ask - len(said), 0)  # a message moves nothing
            spacing = attempt.spacing._replace(above_ask=above)
            text = [*said, *ask, *([BLANK] * spacing.above_term if term else []), *term]
            if least:
                text += [BLANK] * (len(said) + 2 + spacing.above_term - len(text))
            is_loose = not drawn and (attempt.row_gap or attempt.row_least)
            listed = with_gaps(rows, attempt.row_gap, attempt.row_least) if is_loose else apart(rows, 1)
            layout = self._page(page, text, listed, foot, spacing)._replace(drawn=drawn)
            if max(layout.rows_needed, least) <= layout.option_rows:
                return self._with_body(page, layout, so_far)
        return self._announced(layout)

    def _looser(self, page: Page) -> Iterator[tuple[Group, ...]]:
        """Yield the groups of a text from the loosest; those of a page that stays whole also without bars."""
        yield from super()._looser(page)
        yield from [page.groups] if page.stays_whole else ()

    def _marked(self, groups: tuple[Group, ...]) -> tuple[Group, ...]:
        bar, more = f"{self.glyphs.focused_box[-1]} ", 0 if self.large else self.column - self.text_width
        return tuple(barred(group, bar, more) for group in groups)

    def _reading(self, page: Page, text: Sequence[Line], spacing: Spacing) -> PageLayout:
        ways = [Option(GO_ON, page.go_on), *page.ways]
        boxes = [self._button(way, key) for way, key in zip(ways, keys_of(ways), strict=False)]
        drawn = tuple(_rows_of_boxes(boxes, self))
        foot = self._foot_with(page, "", keeps=False, several=False)
        listed = self._options(ways, NOTHING_YET)
        return self._page(page, list(text), listed, foot, spacing)._replace(drawn=drawn)

    def _tries(
        self, page: Page, options: Sequence[Option], so_far: SoFar, rows: int
    ) -> Iterator[tuple[_Try, int]]:
        """Yield how options may be laid out above the foot, and for how many rows of them there must be room.

        Questions have the same spacing, so that their boxes begin in the same row, also those with fewer
        options than most. The last way is there even if it does not fit.
        """
        tries = [
            each
            for each in (_BESIDE_BODY if page.shows_body else _tries(options))
            if each is _ROWS[-1] or _least_height(each, len(options)) <= rows
        ]
        is_alike = bool(page.place) and so_far.marked is None
        for _, alike in groupby(tries, key=lambda each: each.columns):
            same = tuple(alike)
            yield from ((each, _USUAL_ROWS + each.apart) for each in same if is_alike and each.columns)
            yield from ((each, 0) for each in same)

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
        air = [BLANK] if self.size.rows >= TALL else []
        inside = (
            *air,
            *self._header(page),
            self._progress(page),
            *[BLANK] * spacing.above_ask,
            *text,
            *below,
        )
        note = self._text(page.note, STRONG)
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
        if self.size.rows < LOW:
            return super()._way_on(option)
        width = max(cells(span.text) for line in option.lines for span in line) + EDGES + POINTER_COLUMNS + 2
        box = Box(choose(option.id), option.lines, max(width, _MIN_BUTTON), leads=True)
        return beside_each_other([box], self.glyphs, BOX_GAP)

    def _text(self, text: str, style: str) -> list[Line]:
        """Return what is no running text, in the whole column."""
        return [(Span(style, row),) for row in balanced(text, self.column)] if text else []

    def _is_boxed(self, foot: tuple[Line, ...]) -> bool:
        return any(span.text.startswith(self.glyphs.box[0]) for line in foot for span in line)

    def _header(self, page: Page) -> list[Line]:
        where = page.place or f"{page.section}  {page.position}".rstrip()
        clinic = self.content.clinic.name
        room = self.column - cells(where) - cells(clinic)
        if room < BOX_GAP:
            rows = wrap(where, self.column) if page.place else where_in_rows(page, self.column)
            return [(Span(LABEL, row),) for row in rows]
        return [(Span(ASIDE, clinic), Span(TEXT, " " * room), Span(LABEL, where))]

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
        return self._foot_with(page, keys, keeps=keeps, several=several)

    def _foot_with(self, page: Page, keys: str, *, keeps: bool, several: bool) -> tuple[Line, ...]:
        return self._kept_foot(
            lambda: self._boxed_foot(page, keys, keeps=keeps, several=several), *(page, keys, keeps, several)
        )

    def _boxed_foot(self, page: Page, choosing: str, *, keeps: bool, several: bool) -> tuple[Line, ...]:
        """Return the ways at the foot as boxes; as text if they would take too many rows."""
        foot = Foot(self._voice, self.glyphs, self.column + 2, self.listens)
        return BoxedFoot(foot, self.size.rows).lines(page, choosing, keeps=keeps, several=several)

    # Options

    def _boxes(self, page: Page, options: Sequence[Option], so_far: SoFar, columns: int) -> _Boxes:
        """Return options as boxes, to stand in columns from top to bottom; what is no answer is a button."""
        keys = dict(zip((each.id for each in options), keys_of(options), strict=False))
        answers = [each for each in options if not _is_button(each, options)]
        height = -(-len(answers) // columns)

        def boxes_of(*widths: int) -> list[Box]:
            at_columns = (widths[at // height] for at in range(len(answers)))
            return [
                self._box(each, keys[each.id], so_far, width)
                for each, width in zip(answers, at_columns, strict=True)
            ]

        if page.shows_body:
            from fibrocheck.asking.screen.body_figure import boxes_beside  # only for this question

            boxes = boxes_beside(self.column, BOX_GAP, answers, boxes_of)
        else:
            boxes = boxes_of(*[(self.column - BOX_GAP * (columns - 1)) // columns] * columns)
        last = [self._button(each, keys[each.id], so_far) for each in options if _is_button(each, options)]
        return boxes, last

    def _drawn(self, both: _Boxes, attempt: _Try) -> Iterator[Line]:
        """Yield boxes in columns, and the button below them."""
        boxes, buttons = both
        height = -(-len(boxes) // attempt.columns)
        for row in range(height):
            yield from [BLANK] if row else []
            yield from beside_each_other(boxes[row::height], self.glyphs, BOX_GAP)
        if boxes and buttons:
            yield from [BLANK] * (1 + attempt.apart)
            yield from _rows_of_boxes(buttons, self)

    def _box(self, option: Option, key: str, so_far: SoFar, width: int) -> Box:
        sign = sign_of(option.id, so_far, self.glyphs)
        inner = width - EDGES - POINTER_COLUMNS - 1
        lines = option_lines(option, key if key.strip() else "", inner, sign).lines
        return Box(choose(option.id), lines, width, leads=True)

    def _button(self, option: Option, key: str, so_far: SoFar = NOTHING_YET) -> Box:
        """Return the way on below answers; as wide before the first mark of several as after it."""
        say, words = self._voice.say, self.content.words
        both = (Option(SKIP, say(words.skip)), Option(GO_ON, say(words.go_on)))
        shown = [option] if so_far.marked is None else [option, *both]
        # Beside no other sign, there is no room for one.
        so_far = so_far if option.id == so_far.current else NOTHING_YET
        sign = sign_of(option.id, so_far, self.glyphs)
        labels = (f"{lead(key)}{sign}{label_of(each, key)}" for each in shown)
        width = max(map(cells, (*labels, lead(key) + option.details))) + EDGES + POINTER_COLUMNS + 2
        return self._box(option, key, so_far, min(max(width, _MIN_BUTTON), self.column))

    def _options(self, options: Sequence[Option], so_far: SoFar) -> tuple[OptionLines, ...]:
        """Return options as rows of a list, with the values below each other beside their labels."""
        if not any(option.value for option in options):
            return super()._options(options, so_far)
        width = self.column - POINTER_COLUMNS
        keys = list(zip(keys_of(options), options, strict=False))
        longest = max(cells(lead(key) + option.label) for key, option in keys if option.value)
        values = [cells(option.value) for option in options]
        widest = max(each for each in values if each <= _MAX_VALUE) or _MAX_VALUE
        labels = min(longest, width - VALUE_GAP - widest)
        shown = [(option, key, labels, width) for key, option in keys]
        return (self.rows or Rows()).laid_out(with_value, shown)


_PLACES = (*_ROWS[:4], *(_Try(0, spacing, row_least=2) for spacing in _SPACINGS), *_ROWS[4:])
"""For rows to change, each a place for a finger where there is room."""

_BESIDE_BODY = (*(each for each in _TRIES if each.columns == 2), *_ROWS)  # noqa: PLR2004 - left and right


def _tries(options: Sequence[Option]) -> Sequence[_Try]:
    """Return how options may be laid out: a table, or a list with headings, is always rows."""
    is_table = any(each.heading or each.is_way_on or (each.is_row and each.id != GO_ON) for each in options)
    few = len(options) < 4  # noqa: PLR2004 - two options and a button stay below each other
    one, two = ([each for each in _TRIES if each.columns == number] for number in (1, 2))
    if any(each.details for each in options):  # a name and what it means: not in narrow columns
        boxes = [*one, _Try(1, _SPACINGS[4]), *two, _Try(2, _SPACINGS[4])]
    else:
        boxes = one if few else [*_TRIES]
    rows = _PLACES if options[-1].is_way_on else _ROWS
    return rows if is_table else (*boxes, *rows)


def _least_height(attempt: _Try, options: int) -> int:
    """Return the rows that so many options need at the least."""
    if attempt.columns:
        return _BOX_ROWS * -(-(options - 1) // attempt.columns) + 3
    return max(1 + attempt.row_gap, attempt.row_least) * (options - 1)


def _is_button(option: Option, options: Sequence[Option]) -> bool:
    """Return whether an option is no answer, but the way on below the answers."""
    leads_on = option.id in {SKIP, GO_ON} or option.is_way_on or option.is_apart
    return option is options[-1] and len(options) > 1 and leads_on


def _rows_of_boxes(boxes: Sequence[Box], layout: WideLayout) -> Iterator[Line]:
    for number, row in enumerate(wrapped(boxes, layout.column)):
        yield from [BLANK] if number else []
        yield from beside_each_other(row, layout.glyphs, BOX_GAP)
