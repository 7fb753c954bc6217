"""Rows of a list without keys, as they are drawn with the pointer at one of them."""

from fibrocheck.asking.contract import Option, Page
from fibrocheck.asking.screen.actions import choose
from fibrocheck.asking.screen.option_lines import option_lines
from fibrocheck.asking.screen.page_layout import Glyphs, Size
from fibrocheck.asking.screen.row_list import rows_in_sight
from fibrocheck.asking.switching import layout_for
from fibrocheck.pages.text_layout import STRONG, TEXT
from tests.asking.test_pages import CONTENT, plain


def test_all_rows_of_what_the_pointer_is_at_are_strong() -> None:
    """A label of two rows with its value is one thing."""
    first = Option("a", "Two rows " * 6, value="Most days")
    others = [first, Option("b", "Another")]
    layout = layout_for(CONTENT, "en", Size(40, 12), Glyphs()).question(Page("a", "Title"), others)
    layout = layout._replace(options=tuple(option_lines(each, "", 34, "") for each in others), option_rows=9)
    rows = rows_in_sight(layout, range(2), choose("a"), ">", 40)
    of_first = [span for row in rows[:-1] for span in row if span.text.strip() and span.style != "pointer"]
    assert len(rows) > 2
    assert {span.style for span in of_first} == {STRONG}
    assert {span.style for span in rows[-1] if span.text.strip()} == {TEXT}
    assert plain(rows[-1]).strip() == "Another"
