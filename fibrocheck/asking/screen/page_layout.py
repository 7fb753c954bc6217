"""One page laid out for one size of terminal, as data: what the layout makes and the screen paints."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from fibrocheck.asking.contract import Page
from fibrocheck.asking.screen.actions import Action, action_of
from fibrocheck.pages.text_layout import BLANK, TEXT, Line, Span, cells, wrap

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


class OptionLines(NamedTuple):
    """One option as lines, its key, if it has one, and the heading above it, if any.

    `gap` is the number of empty rows below it that belong to it. `is_apart` if it is no answer, but leads on
    without one; `is_way_on` as in `Option`.
    """

    id: str
    key: str
    heading: tuple[str, ...]
    lines: tuple[Line, ...]
    gap: int = 0
    is_apart: bool = False
    is_way_on: bool = False

    @property
    def height(self) -> int:
        """The number of rows that the option needs."""
        return len(self.heading) + len(self.lines) + self.gap


class Rows:
    """The options of the page that was laid out last: a key at a long list changes two of its rows.

    No others are kept, as they may be answers.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._known: dict[tuple[object, ...], OptionLines] = {}

    def laid_out(
        self, lay_out: Callable[..., OptionLines], shown: Sequence[tuple[object, ...]]
    ) -> tuple[OptionLines, ...]:
        """Return options as lines, each from all that it shows; those that were there stay as they are."""
        known = self._known
        self._known = {each: known[each] if each in known else lay_out(*each) for each in shown}
        return tuple([self._known[each] for each in shown])


class PageLayout(NamedTuple):
    """Lines above the options, the options, and lines at the foot.

    `option_rows` is the height of the list of options; the list scrolls if it needs more. Then `more`
    holds the words for the options below and above, with a row for them under the list, if there is room.
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

    @property
    def rows_needed(self) -> int:
        """The number of rows that all options need."""
        return len(self.drawn) or sum(
            [len(each.heading) + len(each.lines) + each.gap for each in self.options]
        )

    @property
    def scrolls(self) -> bool:
        """Whether the options need more rows than they have."""
        return self.rows_needed > self.option_rows

    def choices_ahead(self, index: int, direction: int) -> int:
        """Return how many options after (1) or before (-1) one fill the list; at least 1."""
        ahead = self.options[index + 1 :] if direction > 0 else self.options[:index][::-1]
        room = self.option_rows
        for count, option in enumerate(ahead):
            room -= option.height
            if room < 0:
                return max(count, 1)
        return max(len(ahead), 1)

    def out_of_sight(self, scrolled: int) -> tuple[int, int]:
        """Return how many options are below and above the rows that the list shows."""
        below = above = row = 0
        for option in self.options:
            label = row + len(option.heading)
            above += label < scrolled
            below += label + len(option.lines) > scrolled + self.option_rows
            row += option.height
        return below, above

    @property
    def foot_actions(self) -> list[Action]:
        """The actions that can get the focus at the foot, in order."""
        actions = (action_of(span) for line in self.foot for span in line)
        return list(dict.fromkeys(each for each in actions if each and not each.is_choice))


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
