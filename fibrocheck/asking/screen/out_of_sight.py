"""What a list that scrolls shows of what is out of sight: how many options, above and below, and signs."""

from collections.abc import Iterable, Sequence

from fibrocheck.asking.screen.actions import DOWN, TURN_DOWN, TURN_UP, UP
from fibrocheck.asking.screen.page_layout import POINTER_COLUMNS, PageLayout
from fibrocheck.pages.text_layout import ASIDE, BLANK, TEXT, Line, Span

_MIN_LIST = 3
"""A list of this many rows or more gives one of them to the number of options out of sight."""

_NO_KEY = " " * POINTER_COLUMNS + "…  "
"""What stands where choices have the pointer and a key, before the number of those out of sight."""

_EDGE = 3
"""The columns at the right of a list in the middle of which its scroll signs are."""


def announced(layout: PageLayout, more: tuple[str, str]) -> PageLayout:
    """Return a list with a row for the number of options below it; `more` are the words, below and above.

    The number of those above it has the empty row there; where there is none, it is in the same row.
    """
    if layout.option_rows < _MIN_LIST:
        return layout
    first, way_on = layout.options[0], tuple([line for line in layout.way_on if line])
    rows = layout.option_rows - 1 + len(layout.way_on) - len(way_on)  # the way on is right below the number
    if first.heading[:1] != ("",):
        return layout._replace(option_rows=rows, more=more, way_on=way_on)
    # The empty row above the first heading is one of the page then, also when the list has scrolled.
    options = (first._replace(heading=first.heading[1:]), *layout.options[1:])
    top = (*layout.top, BLANK)
    return layout._replace(top=top, options=options, option_rows=rows - 1, more=more, way_on=way_on)


def line_of_more(layout: PageLayout, sight: range, directions: Iterable[int]) -> Line:
    """Return how many options are out of sight there, if any; a tap turns the list there.

    A number in the column of the keys would look like one.
    """
    below, above = layout.more or ("", "")
    out_of_sight = {
        DOWN: (len(layout.listed) - sight.stop, below, TURN_DOWN),
        UP: (sight.start, above, TURN_UP),
    }
    line = [Span(TEXT, " " * layout.margin), Span(ASIDE, _NO_KEY)]
    for each in directions:
        count, said, turn = out_of_sight[each]
        if count:
            text = said.replace("{number}", str(count))
            line += [Span(ASIDE, text, turn), Span(TEXT, " " * POINTER_COLUMNS)]
    return tuple(line[:-1])


def edge_lines(layout: PageLayout, sight: range) -> Sequence[Line]:
    """Return the edge of a list that scrolls: signs for more above and below; a tap scrolls there."""
    rows, margin = layout.option_rows, layout.margin
    below = sight.stop < len(layout.listed)
    signs = {0: "^" if sight.start else " ", rows - 1: "v" if below else " "}
    shown = [signs.get(row, " ").center(min(margin, _EDGE)).ljust(margin) for row in range(rows)]
    turns = [TURN_UP] * (rows // 2) + [TURN_DOWN] * (rows - rows // 2)
    return [(Span("scroll", text, turn),) for text, turn in zip(shown, turns, strict=True)]
