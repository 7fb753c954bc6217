"""The cursor in the text of a page: where nothing is asked at this moment, and where a line is typed."""

from fibrocheck.asking.screen.page_layout import PageLayout
from fibrocheck.pages.text_layout import BLANK, CURSOR, TEXT, Line, Span

_CURSOR, _GAP = Span(CURSOR, ""), Span(TEXT, " ")


def with_cursor_at_end(layout: PageLayout) -> PageLayout:
    """Return a page with the cursor after its text: it would be in the corner of the screen.

    Close to a number, it would look like one more sign of it.
    """
    return _with_cursor(layout, _GAP, _CURSOR)


def _with_cursor(layout: PageLayout, *spans: Span) -> PageLayout:
    last = max((number for number, line in enumerate(layout.top) if _text(line).strip()), default=0)
    top = [(*line, *spans) if at == last else line for at, line in enumerate(layout.top)]
    return layout._replace(top=tuple(top))


def with_cursor_after(layout: PageLayout, typed: str) -> PageLayout:
    """Return a page on which a line is typed, with the cursor where the next character will be."""
    is_in_word = typed.strip() and not typed.endswith(" ")
    return _with_cursor(layout, _CURSOR) if is_in_word else _with_cursor(layout, _GAP, _CURSOR)


def without_ways(layout: PageLayout, note: str) -> PageLayout:
    """Return a page without what can be chosen; its text and its note stay where they are."""
    foot = tuple(line if _text(line).strip() in note else BLANK for line in layout.foot)
    bare = layout._replace(foot=foot, has_foot_boxes=False, option_rows=0, more=None)
    return with_cursor_at_end(bare._replace(drawn=(), beside=(), way_on=()))


def _text(line: Line) -> str:
    return "".join(span.text for span in line)
