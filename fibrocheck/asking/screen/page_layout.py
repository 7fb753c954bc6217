"""One page laid out for one size of terminal, as data: what the layout makes and the screen paints."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple

from fibrocheck.asking.contract import GO_ON, SKIP, Option, Page, Problem
from fibrocheck.asking.screen.actions import Action, choose, other_key
from fibrocheck.pages.text_layout import (
    ACCENT,
    BLANK,
    CURSOR,
    DETAIL,
    PROBLEM,
    STRONG,
    TEXT,
    Line,
    Span,
    balanced,
    cells,
    wrap,
)

_CUT, _LEAST_CUT = " …", 2
"""What stands for the rest of a label, and the rows of the lowest list in which a label is cut."""

_VALUE_GAP, VALUE_GAP = 2, 3
"""The columns between a label and its value: at the right edge, and in a column of values."""

LEAD = "lead"
"""The style of the columns for the pointer in a box, or in a row that has a window of its own."""

POINTER_COLUMNS = 3
"""The columns before each option, in which the pointer is drawn."""


class Size(NamedTuple):
    """A terminal's size in character cells."""

    columns: int
    rows: int


MIN_SIZE = Size(columns=34, rows=11)
"""The smallest screen that shows a question with some of its options; plain mode is used below it."""


class Glyphs(NamedTuple):
    """The signs that the program draws, chosen for the terminal's font and encoding."""

    pointer: str = "❯"
    rule: str = "─"
    arrows: str = "↑↓"
    back: str = "←"
    forward: str = "→"
    to: str = "–"
    current: str = "●"
    done: str = "━"
    box: str = "╭╮╰╯─│"
    focused_box: str = "┏┓┗┛━┃"
    radio: tuple[str, str] = ("○", "●")
    filled: str = "█"
    has_half_blocks: bool = True


ASCII_GLYPHS = Glyphs(
    pointer=">",
    rule="-",
    arrows="Up/Down",
    back="<-",
    forward="->",
    to="-",
    current="*",
    done="=",
    box="++++-|",
    focused_box="####=#",
    radio=("( )", "(*)"),
    filled="#",
    has_half_blocks=False,
)

CONSOLE_GLYPHS = Glyphs(
    pointer="▶", to="-", done="█", focused_box="████─█", radio=("( )", "(●)"), has_half_blocks=False
)
"""For the Linux console: what the fonts of Debian's console-setup have (Lat15, Lat2 and Uni2, read in 2026).

In them, heavy and double lines look like thin ones, and half blocks are missing.
"""


class SoFar(NamedTuple):
    """What is shown of the answers so far, by option id.

    `marked` is `None` where only one option may be chosen. `keeps` if there is something that the key
    for going on keeps.
    """

    current: str | None = None
    marked: frozenset[str] | None = None
    keeps: bool = False


NOTHING_YET = SoFar()


class OptionLines(NamedTuple):
    """One option as lines, its key, if it has one, and the heading above it, if any.

    `gap` is the number of empty rows below it that belong to it. `is_apart` if it is no answer, but leads on
    without one; `is_way_on` as in `Option`. `other_key` chooses it too.
    """

    id: str
    key: str
    heading: tuple[str, ...]
    lines: tuple[Line, ...]
    gap: int = 0
    is_apart: bool = False
    is_way_on: bool = False
    other_key: str = ""

    @property
    def height(self) -> int:
        """The number of rows that the option needs."""
        return len(self.heading) + len(self.lines) + self.gap


class Rows:
    """The options and the foot of the page laid out last: a key at a long list changes two of its rows.

    No others are kept, as they may be answers.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._known: dict[tuple[object, ...], OptionLines] = {}
        self._feet: list[tuple[tuple[object, ...], tuple[Line, ...]]] = []

    def laid_out(
        self, lay_out: Callable[..., OptionLines], shown: Sequence[tuple[object, ...]]
    ) -> tuple[OptionLines, ...]:
        """Return options as lines, each from all that it shows; those that were there stay as they are."""
        known = self._known
        self._known = {each: known[each] if each in known else lay_out(*each) for each in shown}
        return tuple([self._known[each] for each in shown])

    def foot(self, lay_out: Callable[[], tuple[Line, ...]], *shown: object) -> tuple[Line, ...]:
        """Return the foot of a page that shows this; if one of the last two showed the same, that one.

        Two, as a page is tried with hints of keys and without.
        """
        for known, lines in self._feet:
            if known == shown:
                return lines
        self._feet = [(shown, lay_out()), *self._feet[:1]]
        return self._feet[0][1]


class PageLayout(NamedTuple):
    """Lines above the options, the options, and lines at the foot.

    `option_rows` is the height of the list of options; the list scrolls if it needs more. Then `more`
    holds the words for the options below and above, with a row for them under the list, if there is room.
    `way_on` is the last option as lines below the list, always in sight; empty if it is in the list.
    `drawn` are the options as boxes, which do not scroll; empty if they are rows of a list. `beside` is drawn
    beside the options, `beside_at` columns after the margin. `has_foot_boxes` if the foot is boxes too.
    """

    margin: int
    top: tuple[Line, ...]
    options: tuple[OptionLines, ...]
    option_rows: int
    foot: tuple[Line, ...]
    more: tuple[str, str] | None = None
    drawn: tuple[Line, ...] = ()
    has_foot_boxes: bool = False
    beside: tuple[Line, ...] = ()
    beside_at: int = 0
    way_on: tuple[Line, ...] = ()

    @property
    def listed(self) -> tuple[OptionLines, ...]:
        """The options of the list: all but the last one if that stands below it."""
        return self.options[:-1] if self.way_on else self.options

    @property
    def has_cursor(self) -> bool:
        """Whether the cursor stands in the text above the options."""
        return any(line and line[-1].style == CURSOR for line in self.top)

    @property
    def has_plain_rows(self) -> bool:
        """Whether the options are rows without keys, which the pointer alone chooses."""
        return not self.drawn and bool(self.options) and not self.options[0].key

    @property
    def rows_needed(self) -> int:
        """The number of rows that all options of the list need."""
        return len(self.drawn) or sum([each.height for each in self.listed])

    @property
    def scrolls(self) -> bool:
        """Whether the options need more rows than they have."""
        return self.rows_needed > self.option_rows

    def in_sight(self, first: int, focus: int) -> range:
        """Return the options that the list shows, each of them whole, from `first` on if the focus is there.

        Otherwise the list moves as little as it takes to show the focus.
        """
        first = min(first, focus)
        while first < focus and focus >= self._end_of_sight(first):
            first += 1
        return range(first, self._end_of_sight(first))

    def page_of(self, focus: int) -> int:
        """Return where the list begins if it shows the focus first; no further down than its end needs."""
        return min(focus, self.in_sight(0, len(self.listed) - 1).start)

    def _end_of_sight(self, first: int) -> int:
        """Return the option after the last whole one, if the list begins with `first`."""
        room = self.option_rows
        for number, option in enumerate(self.listed[first:], start=first):
            room -= option.height
            if room < 0:
                return max(number, first + 1)
        return len(self.listed)

    def rows_of(self, shown: range) -> range:
        """Return the rows of the whole list that these options take."""
        heights = [option.height for option in self.listed]
        start = sum(heights[: shown.start])
        return range(start, start + min(sum(heights[shown.start : shown.stop]), self.option_rows))

    @property
    def foot_actions(self) -> list[Action]:
        """The actions that can get the focus at the foot, in order."""
        found = dict.fromkeys([span.action for line in self.foot for span in line if span.action])
        return [each for each in found if isinstance(each, Action) and not each.is_choice]


def style_of(notice: str) -> str:
    """Return the style of a message above a page: what is wrong does not look like good news."""
    return PROBLEM if isinstance(notice, Problem) else ACCENT


def where_in_rows(page: Page, width: int) -> list[str]:
    """Return a page's section and position; a position such as "Page 2 of 4" is not broken."""
    *rows, last = wrap(page.section, width) or ("",)
    for gap in ("  ", " "):
        whole = f"{last}{gap}{page.position}".strip()
        if cells(whole) <= width:
            return [*rows, whole]
    return [*rows, last, page.position]


def indented(line: Line, margin: int) -> Line:
    """Return a line after the empty columns of the margin; an empty one stays empty."""
    return (Span(TEXT, " " * margin), *line) if line else BLANK


def side_by_side(left: Sequence[Line], right: Sequence[Line], at: int) -> Iterator[Line]:
    """Yield lines beside each other; those at the right begin at a column."""
    for one, other in zip_longest(left, right, fillvalue=BLANK):
        yield (*one, Span(TEXT, " " * (at - sum([cells(span.text) for span in one]))), *other)


def sign_of(option_id: str, so_far: SoFar, glyphs: Glyphs) -> str:
    """Return what stands between an option's key and its label: a box, or the sign of the answer so far."""
    if so_far.marked is not None and option_id not in {SKIP, GO_ON}:
        return "[x] " if option_id in so_far.marked else "[ ] "
    if so_far.current is None:
        return ""
    return f"{glyphs.current} " if option_id == so_far.current else " " * (cells(glyphs.current) + 1)


def option_lines(option: Option, key: str, width: int, box: str) -> OptionLines:
    """Return an option as lines of at most `width` columns, with its key and what its box shows before it."""
    heading = ("", *kept_or_wrapped(option.heading, width)) if option.heading else ()
    is_apart = option.is_apart or option.is_way_on or option.id in {SKIP, GO_ON}
    lead = f"{key}  {box}" if key else box
    option = option._replace(label=label_of(option, key))
    lines = (*_label_lines(option, lead, width), *_detail_lines(option, width, cells(lead)))
    return OptionLines(
        option.id,
        key.strip(),
        heading,
        lines,
        is_apart=is_apart,
        is_way_on=option.is_way_on,
        other_key=other_key(option, key),
    )


def apart(options: tuple[OptionLines, ...], rows: int) -> tuple[OptionLines, ...]:
    """Return options with empty rows above each that is set apart from those before it."""
    return tuple(
        each._replace(heading=("",) * rows) if each.is_apart and number and not each.heading else each
        for number, each in enumerate(options)
    )


def with_gaps(options: tuple[OptionLines, ...], rows: int, least: int = 0) -> tuple[OptionLines, ...]:
    """Return options with empty rows below each but the last, which belong to it; one of them is apart.

    With at least as many as make it `least` rows high.
    """
    gaps = [max(rows, least - len(each.lines)) for each in options] if least else [rows] * len(options)
    looser = [each._replace(gap=gap) for each, gap in zip(options[:-1], gaps, strict=False)]
    return apart((*looser, *options[-1:]), 1)


def label_of(option: Option, key: str) -> str:
    """Return an option's label, with the other key that chooses it."""
    other = other_key(option, key)
    return f"{option.label} ({other})" if other else option.label


def _detail_lines(option: Option, width: int, indent: int) -> Iterator[Line]:
    for row in wrap(option.details, width - indent) if option.details else ():
        yield (Span(DETAIL, " " * indent + row, choose(option.id)),)


def _label_lines(option: Option, lead: str, width: int) -> tuple[Line, ...]:
    action = choose(option.id)
    room = width - len(lead)
    space = room - cells(option.label) - cells(option.value)
    if option.value and space >= _VALUE_GAP:
        return ((Span(TEXT, f"{lead}{option.label}{' ' * space}{option.value}", action),),)
    label = [*_with_value_below(kept_or_wrapped(option.label, room), option.value, room)]
    leads = [lead, *[" " * len(lead)] * (len(label) - 1)]
    style = STRONG if option.details else TEXT  # a name is apart from what is said about it
    return tuple((Span(style, before + row, action),) for before, row in zip(leads, label, strict=True))


def _with_value_below(label: Sequence[str], value: str, room: int) -> Iterator[str]:
    """Yield the rows of a label, with its value at the right of the last one, or below it."""
    *rows, last = label
    yield from rows
    space = room - cells(last) - cells(value)
    if value and space >= _VALUE_GAP:
        yield f"{last}{' ' * space}{value}"
        return
    yield last
    yield from (f"  {row}" for row in wrap(value, room - 2) if value)


def cut_to(option: OptionLines, rows: int, width: int) -> OptionLines:
    """Return an option that is no higher than its list: its last row stays, where its value is."""
    if option.height <= rows or rows < _LEAST_CUT:
        return option
    *before, (*start, cut) = option.lines[: rows - 1]
    text = cut.text
    while cells(text) + cells(_CUT) > width:
        text = text.rpartition(" ")[0]
    lines = (*before, (*start, cut._replace(text=f"{text.rstrip()}{_CUT}")), option.lines[-1])
    return option._replace(heading=(), lines=lines, gap=0)


def kept_or_wrapped(text: str, room: int) -> tuple[str, ...]:
    """Return a text as it is if it fits: a row of a table has its columns below those of the others."""
    return (text,) if cells(text) <= room else wrap(text, room)


def lead(key: str) -> str:
    """Return what stands before a label."""
    return f"{key}  " if key else ""


def with_value(option: Option, key: str, labels: int, width: int) -> OptionLines:
    """Return an option with its value beside its label, both broken where they must be."""
    whole = option_lines(option._replace(value=""), key, width, "")
    if not option.value:
        return whole
    before = lead(key)
    room = labels - cells(before)
    values = wrap(option.value, width - labels - VALUE_GAP)
    label_rows = (option.label,) if cells(option.label) <= room else balanced(option.label, room)
    rows = zip_longest(label_rows, values, fillvalue="")
    lines = [
        (
            Span(TEXT, before if not number else " " * cells(before), choose(option.id)),
            Span(TEXT, label + " " * (room - cells(label) + VALUE_GAP), choose(option.id)),
            Span(TEXT, value, choose(option.id)),
        )
        for number, (label, value) in enumerate(rows)
    ]
    return whole._replace(lines=tuple(lines))
