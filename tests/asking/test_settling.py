"""The last page settles for a moment: nothing of it moves when what can be chosen there comes."""

import pytest

from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.page_layout import Glyphs, Size
from fibrocheck.asking.screen.settling import with_cursor_at_end, without_ways
from fibrocheck.asking.switching import layout_for
from fibrocheck.copies.visit_copies import Delivered
from fibrocheck.pages.text_layout import CURSOR, Line
from fibrocheck.pages.voice import Voice
from fibrocheck.visit.end_pages import goodbye_page
from tests.asking.test_pages import CONTENT, plain
from tests.asking.test_painted import SEEN


def texts(lines: tuple[Line, ...]) -> list[str]:
    """Return lines without their styles."""
    return [plain(line).rstrip() for line in lines]


@pytest.mark.parametrize(("size", "language"), SEEN, ids=str)
def test_the_page_stays_where_it_is_when_its_ways_come(size: Size, language: str) -> None:
    """Its text and its note; only empty rows are filled."""
    page, options = goodbye_page(
        Voice(CONTENT, language),
        delivered=Delivered("273", "", (), is_printed=False),
        closes=True,
        settles=True,
    )
    later = layout_for(CONTENT, language, size, Glyphs()).question(page, options)
    first = without_ways(later, page.note)
    assert not page.note or {*texts(first.foot)} - {""}
    assert texts(first.top) == texts(later.top)
    assert len(first.foot) == len(later.foot)
    assert {*texts(first.foot)} - {""} == {
        each for each in texts(later.foot) if each and each.strip() in page.note
    }
    assert not first.option_rows


def test_a_message_has_the_cursor_after_its_last_word() -> None:
    """Not in the corner of the screen."""
    from fibrocheck.asking.screen.aside import busy_page

    shown = with_cursor_at_end(layout_for(CONTENT, "en", Size(160, 50), Glyphs()).message(busy_page("Wait.")))
    (line,) = [line for line in shown.top if any(span.style == CURSOR for span in line)]
    assert plain(line).strip() == "Wait."
    assert line[-1].style == CURSOR
    assert plain(line).endswith(". "), "a cursor close to a number looks like one more sign of it"


def test_the_note_with_the_seconds_is_there_from_the_first_moment() -> None:
    """As the asker shows it: the seconds are added when the page is drawn."""
    page, options = goodbye_page(
        Voice(CONTENT, "en"), delivered=Delivered("273", "", (), is_printed=False), closes=True, settles=True
    )
    asker = ScreenAsker(CONTENT, "en", Glyphs(), layouts=layout_for)
    shown = " ".join(texts(asker._settling(page, options)(Size(160, 50)).foot))
    assert page.closes_in
    assert page.note in " ".join(shown.split())
