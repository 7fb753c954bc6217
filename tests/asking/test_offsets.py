"""If the window changes its size while a text is read, no part of the text is skipped."""

from itertools import product

import pytest

from fibrocheck.asking.contract import Page
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.page_layout import Glyphs, Size
from fibrocheck.content.model import Content
from fibrocheck.pages.sections import summary_sections
from fibrocheck.pages.text_layout import offset_of, screenful_at
from fibrocheck.pages.voice import Voice
from fibrocheck.summary import summarise
from fibrocheck.visit.pages import welcome_page

SIZES = [Size(34, 11), Size(40, 12), Size(60, 14), Size(63, 20), Size(80, 24), Size(160, 50)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_text_being_read_is_still_on_the_screen_after_a_resize(language: str, content: Content) -> None:
    """From every screenful at every size to every other size, and back to the same screenful."""
    answers = dict.fromkeys((item.id for item in content.symptoms), "most-days")
    voice = Voice(content, language)
    sections = summary_sections(summarise(content, answers), voice)
    pages = [
        welcome_page(voice, can_go_back=True),
        *(Page(each.title, groups=each.groups, go_on="Go on") for each in sections),
    ]
    seen = 0
    for page in pages:
        screenfuls = {
            size: LayoutBuilder(content, language, size, Glyphs()).screenfuls(page) for size in SIZES
        }
        for before, after in product(SIZES, SIZES):
            for number in range(len(screenfuls[before])):
                offset = offset_of(screenfuls[before], number)
                shown = screenful_at(screenfuls[after], offset)
                ends = offset_of(screenfuls[after], shown + 1)
                assert offset_of(screenfuls[after], shown) <= offset
                assert offset < ends
                assert screenful_at(screenfuls[before], offset) == number
                seen += 1
    assert seen > len(pages) * len(SIZES) ** 2
