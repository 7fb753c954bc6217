"""What stands over a page is left by the keys that lead back; a text has a way past it while some follows."""

import io
from types import SimpleNamespace
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from fibrocheck.asking.aloud import ReadAloud
from fibrocheck.asking.contract import GoBack, Looks, Option, Page
from fibrocheck.asking.plain import PlainAsker
from fibrocheck.asking.screen.aside import PageAndOptions, line_by_line_page, menu_page
from fibrocheck.asking.screen.asker import ScreenAsker
from fibrocheck.asking.screen.page_layout import Glyphs, Size
from fibrocheck.asking.settings import LINE_ROWS, rows_of, settings_page
from fibrocheck.asking.switching import layout_for
from fibrocheck.content.model import Content
from fibrocheck.pages.voice import Voice
from fibrocheck.speech.controls import controls_page
from fibrocheck.visit.end_pages import SKIP_TO_END
from tests.asking.driving import at_each_page
from tests.asking.test_pages import sat

ESCAPE, LEFT, BACKSPACE = "\x1b", "\x1b[D", "\x7f"


def over_a_page(content: Content) -> list[PageAndOptions]:
    """Return the menu of a page without a way back, the settings, lines, and how reading aloud sounds."""
    voice, reader = Voice(content, "en"), SimpleNamespace(is_blank=False, can_hide=True, trouble=None)
    first = Page("Part", ask="Asked?", can_go_back=False, id="first")
    return [
        menu_page(first, [Option("a", "A")], voice),
        settings_page(rows_of(LINE_ROWS, voice, Looks()), voice),
        line_by_line_page(voice),
        controls_page(reader, voice),
    ]


@pytest.mark.parametrize("key", [ESCAPE, LEFT, BACKSPACE], ids=["Esc", "left", "erase"])
def test_what_stands_over_a_page_is_left_by_each_key_that_leads_back(key: str, content: Content) -> None:
    """Esc hides nothing there, so it goes back."""
    with (
        create_pipe_input() as terminal,
        create_app_session(input=terminal, output=DummyOutput()),
        ScreenAsker(content, "en", Glyphs()) as asker,
    ):
        at_each_page(asker, lambda: terminal.send_text(key))
        for page, options in over_a_page(content):
            assert isinstance(asker.choose(page, options), GoBack), page.id


def test_line_by_line_they_are_left_by_the_letter_that_leads_back(content: Content) -> None:
    """And it is named."""
    for page, options in over_a_page(content)[1:]:
        out = io.StringIO()
        assert isinstance(PlainAsker(content, "en", io.StringIO("b\n"), out).choose(page, options), GoBack)
        assert content.words.plain_back["en"] in " ".join(out.getvalue().split())


def ways_of(page: Page, content: Content, size: Size, *, heard: bool = False) -> list[bool]:
    """Return for each screenful of a text whether it offers to skip the rest."""
    layout = layout_for(content, "en", size, Glyphs(), False, False)
    shown = page.with_skips() if heard else page
    screenfuls = [layout.reading(shown, number) for number in range(len(layout.screenfuls(shown)))]
    return [SKIP_TO_END in {option.id for option in each.options} for each in screenfuls]


@pytest.mark.parametrize("size", [Size(80, 24), Size(160, 50), Size(40, 12)], ids=str)
def test_the_rest_of_a_text_is_skipped_only_where_some_follows(size: Size, content: Content) -> None:
    """A person who hears it has not read any of it yet, so they can skip all of it."""
    page = sat(content, "en").seen["about-marked"]
    on_screen = ways_of(page, content, size)
    assert on_screen == [True] * (len(on_screen) - 1) + [False]
    assert len(on_screen) > 1 or size.rows > 24
    assert all(ways_of(page, content, size, heard=True))


@pytest.mark.parametrize("is_heard", [False, True], ids=["read", "heard"])
def test_line_by_line_a_text_is_there_at_once_and_skipped_only_by_ear(
    is_heard: bool,
    content: Content,
) -> None:
    """A person who reads goes on with Enter."""
    page, out = sat(content, "en").seen["about-marked"], io.StringIO()
    aloud = ReadAloud()
    aloud.reader = _Deaf() if is_heard else None
    PlainAsker(content, "en", io.StringIO("1\n"), out, aloud=aloud).read(page)
    assert (content.words.skip_to_end["en"] in out.getvalue()) == is_heard


class _Deaf:
    """A reader that says nothing."""

    def __getattr__(self, _name: str) -> Any:
        return lambda *_, **__: None
