"""Pages that ask nothing at this moment: they have a cursor, but neither options nor ways at the foot."""

from fibrocheck.asking.screen.page_layout import PageLayout
from fibrocheck.pages.text_layout import BLANK, CURSOR, Line, Span


def with_cursor_at_end(layout: PageLayout) -> PageLayout:
    """Return a page with the cursor after its text; it would be in the corner of the screen."""
    last = max((number for number, line in enumerate(layout.top) if _text(line).strip()), default=0)
    top = [(*line, Span(CURSOR, "")) if at == last else line for at, line in enumerate(layout.top)]
    return layout._replace(top=tuple(top))


def without_ways(layout: PageLayout, note: str) -> PageLayout:
    """Return a page without what can be chosen; its text and its note stay where they are."""
    foot = tuple(line if _text(line).strip() in note else BLANK for line in layout.foot)
    bare = layout._replace(foot=foot, has_foot_boxes=False, option_rows=0, more=None)
    return with_cursor_at_end(bare._replace(drawn=(), beside=(), way_on=()))


def _text(line: Line) -> str:
    return "".join(span.text for span in line)
