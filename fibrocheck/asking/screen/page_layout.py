"""One page laid out for one size of terminal, as data: what the layout makes and the screen paints."""

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Any, NamedTuple, TypeVar

from fibrocheck.asking.contract import GO_ON, SKIP, Page, Problem
from fibrocheck.asking.screen.actions import Action
from fibrocheck.asking.screen.option_lines import OptionLines
from fibrocheck.pages.text_layout import (
    BLANK,
    CURSOR,
    LABEL,
    PROBLEM,
    TEXT,
    Block,
    Gap,
    Group,
    Line,
    Paragraph,
    Span,
    cells,
    wrap,
)

LEAD = "lead"
"""The style of the columns for the pointer in a box, or in a row that has a window of its own."""

ROOMY_ROWS = 20
"""From this height on, a page that does not fit keeps its spacing."""

_MAX_KEPT_ROWS = 3
"""The most rows that a low page keeps for a question that may become longer: its list needs them."""

ENDLESS = 10_000
"""More rows than any text has."""

POINTER_COLUMNS = 3
"""The columns before each option, in which the pointer is drawn."""


_Text = TypeVar("_Text")


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
    for going on keeps. `is_choice` if one of the options has a sign of its own, also before any is chosen.
    """

    current: str | None = None
    marked: frozenset[str] | None = None
    keeps: bool = False
    is_choice: bool = False


NOTHING_YET = SoFar()


class Spacing(NamedTuple):
    """The empty lines and rules of a page, and its title; the first in which everything fits is used."""

    rules: bool
    above_ask: int
    above_term: int
    above_options: int
    above_last: int = 0
    named: bool = True


class Rows:
    """The options, the foot and the text of the page laid out last: a key at a long list changes two rows.

    No others are kept, as they may be answers.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._known: dict[tuple[object, ...], OptionLines] = {}
        self._feet: list[tuple[tuple[object, ...], tuple[Line, ...]]] = []
        self._text: tuple[tuple[object, ...], Any] = (), None

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

    def text(self, lay_out: Callable[[], _Text], *shown: object) -> _Text:
        """Return the text of a page that shows this, as it was if the last one showed the same."""
        known, text = self._text
        if known != shown:
            text = lay_out()
            self._text = shown, text
        found: _Text = text
        return found


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
    return PROBLEM if isinstance(notice, Problem) else LABEL


def rows_kept(rows: int, size: Size) -> int:
    """Return how many rows a page keeps for its question while it changes; fewer than the longest if low."""
    return rows if size.rows >= ROOMY_ROWS else min(rows, _MAX_KEPT_ROWS)


def under_notice(notice: Sequence[Line], asked: Sequence[Line]) -> list[Line]:
    """Return a notice and what a page says below it. It takes the empty rows that were kept there."""
    if not notice:
        return [*asked]
    first = next((at for at, line in enumerate(asked) if line), len(asked))
    last = next((at for at in range(len(asked), first, -1) if asked[at - 1]), first)
    before = min(len(notice), first)
    after = min(len(notice) - before, len(asked) - last)
    return [*notice, *asked[before : len(asked) - after]]


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


def airy(group: Group) -> Group:
    """Return a group with a gap between its paragraphs; a list stays together."""
    blocks: list[Block] = []
    for block in group:
        both = [*blocks[-1:], block]
        if len(both) > 1 and all(isinstance(each, Paragraph) and not each.hang for each in both):
            blocks.append(Gap())
        blocks.append(block)
    return tuple(blocks)


def side_by_side(left: Sequence[Line], right: Sequence[Line], at: int) -> Iterator[Line]:
    """Yield lines beside each other; those at the right begin at a column."""
    for one, other in zip_longest(left, right, fillvalue=BLANK):
        yield (*one, Span(TEXT, " " * (at - sum([cells(span.text) for span in one]))), *other)


def sign_of(option_id: str, so_far: SoFar, glyphs: Glyphs) -> str:
    """Return what stands between an option's key and its label: a box, or the sign of the answer so far."""
    if so_far.marked is not None and option_id not in {SKIP, GO_ON}:
        return "[x] " if option_id in so_far.marked else "[ ] "
    if so_far.current is None and not so_far.is_choice:
        return ""
    sign, gap = glyphs.radio[option_id == so_far.current], " " * (1 + so_far.is_choice)
    is_bare = option_id in {SKIP, GO_ON} and option_id != so_far.current  # it is no answer
    return f"{' ' * cells(sign) if is_bare else sign}{gap}"
