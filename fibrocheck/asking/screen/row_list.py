"""A list of rows that have no keys, such as those of a call: what is in sight of it, as lines.

A list of choices with keys is questionary's, which makes all of its rows anew with each key: too slow for
those that the front desk has.
"""

from collections.abc import Iterator

from fibrocheck.asking.screen.actions import Action, choose
from fibrocheck.asking.screen.option_lines import OptionLines
from fibrocheck.asking.screen.page_layout import POINTER_COLUMNS, PageLayout
from fibrocheck.pages.text_layout import CURSOR, STRONG, TEXT, Line, Span


def rows_in_sight(
    layout: PageLayout, sight: range, focus: Action | None, pointer: str, columns: int
) -> list[Line]:
    """Return the rows of the options in `sight`, with the pointer at the one that has the focus.

    They begin at the left edge of a page of so many columns.
    """
    lead = Span(TEXT, " " * (layout.margin + POINTER_COLUMNS))
    gap = " " * (columns - 2 * layout.margin)
    lines: list[Line] = []
    for option in layout.listed[sight.start : sight.stop]:
        lines += [(lead, Span("separator", heading or " ")) for heading in option.heading]
        has_focus = focus is not None and focus == choose(option.id)
        lines += _pointed(option, lead, pointer) if has_focus else [(lead, *line) for line in option.lines]
        lines += [(Span(TEXT, " " * layout.margin), Span(TEXT, gap, choose(option.id)))] * option.gap
    return lines[: layout.option_rows]


def _pointed(option: OptionLines, lead: Span, pointer: str) -> Iterator[Line]:
    """Yield the lines of the option that has the focus, the first of them with the pointer and the cursor."""
    first, *others = (
        [span._replace(style=STRONG) if span.style == TEXT else span for span in line]
        for line in option.lines
    )
    before = Span(TEXT, lead.text[:-POINTER_COLUMNS])
    yield (before, Span("pointer", f" {pointer} "), Span(CURSOR, ""), *first)
    yield from ((lead, *line) for line in others)
