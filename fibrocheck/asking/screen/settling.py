"""The cursor in the text of a page: where nothing is asked at this moment, and where a line is typed."""

from fibrocheck.asking.screen.page_layout import PageLayout
from fibrocheck.pages.text_layout import BLANK, CURSOR, TEXT, Line, Span

_CURSOR = Span(CURSOR, "")


def with_cursor_at_end(layout: PageLayout) -> PageLayout:
    """Return a page with the cursor after its text; it would be in the corner of the screen."""
    last = max((number for number, line in enumerate(layout.top) if _text(line).strip()), default=0)
    top = [(*line, _CURSOR) if at == last else line for at, line in enumerate(layout.top)]
    return layout._replace(top=tuple(top))


def with_cursor_after(layout: PageLayout, typed: str) -> PageLayout:
    """Return a page on which a line is typed, with the cursor where the next character will be."""
    shown = with_cursor_at_end(layout)
    if typed.strip() and not typed.endswith(" "):
        return shown
    gap = Span(TEXT, " ")  # no row ends in spaces
    top = [(*line[:-1], gap, line[-1]) if line[-1:] == (_CURSOR,) else line for line in shown.top]
    return shown._replace(top=tuple(top))


def without_ways(layout: PageLayout, note: str) -> PageLayout:
    """Return a page without what can be chosen; its text and its note stay where they are."""
    foot = tuple(line if _text(line).strip() in note else BLANK for line in layout.foot)
    bare = layout._replace(foot=foot, has_foot_boxes=False, option_rows=0, more=None)
    return with_cursor_at_end(bare._replace(drawn=(), beside=(), way_on=()))


def _text(line: Line) -> str:
    return "".join(span.text for span in line)
