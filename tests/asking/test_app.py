"""The application that owns the terminal, at its end."""

import gc
import signal
from unittest.mock import Mock, patch

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from fibrocheck.asking.contract import Option, Page
from fibrocheck.asking.idle import IdleTimer
from fibrocheck.asking.keyboard import ending_signals
from fibrocheck.asking.screen.actions import LEAVE, choose
from fibrocheck.asking.screen.app import ScreenApp
from fibrocheck.asking.screen.aside import busy_page
from fibrocheck.asking.screen.layout import LayoutBuilder
from fibrocheck.asking.screen.page_layout import Glyphs
from fibrocheck.asking.screen.page_windows import PageWindows
from fibrocheck.asking.screen.view import View
from fibrocheck.content.model import Content


def test_a_terminal_that_is_closed_just_as_the_visit_ends_is_no_error(content: Content) -> None:
    """The library then ends its application by itself, and must not be asked to end it again."""
    view = View(lambda size: LayoutBuilder(content, "en", size, Glyphs()).message(busy_page("")))
    with (
        create_pipe_input() as pipe,
        create_app_session(input=pipe, output=DummyOutput()),
        ScreenApp(Glyphs(), IdleTimer(), locked=False) as app,
    ):
        application = app._application

        def end_both(_: object) -> None:
            if not application.is_done:
                application.exit(exception=EOFError)  # as the library does when its input ends
                app._request(LEAVE)

        application.after_render += end_both
        assert app.show(view, fresh=True).action == LEAVE
        assert app._running is not None
        assert not app._running.done()


def test_the_start_lists_the_signals_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """`asyncio` would for each of about 50, and Python makes an enumeration's member of each number."""
    listed = Mock(return_value=signal.valid_signals())
    monkeypatch.setattr(signal, "valid_signals", listed)
    ending_signals.cache_clear()
    with (
        create_pipe_input() as pipe,
        create_app_session(input=pipe, output=DummyOutput()),
        ScreenApp(Glyphs(), IdleTimer(), locked=False) as app,
    ):
        assert len(app._handlers) > 20
    assert listed.call_count == 1


def test_the_next_page_is_laid_out_and_drawn_once(content: Content) -> None:
    """From the key that answers a question to the whole next one, whatever else the library does then."""
    page, options = Page("", ask="How often?"), [Option("a", "Most days"), Option("b", "No")]
    with (
        create_pipe_input() as pipe,
        create_app_session(input=pipe, output=DummyOutput()),
        patch.object(LayoutBuilder, "_spaced", autospec=True, side_effect=LayoutBuilder._spaced) as laid_out,
        ScreenApp(Glyphs(), IdleTimer(), locked=False) as app,
    ):
        drawn = Mock(side_effect=lambda _: pipe.send_text("1"))
        app._application.after_render += drawn
        for number in (1, 2, 3):
            lay_out = Mock(
                side_effect=lambda size: LayoutBuilder(content, "en", size, Glyphs()).question(page, options)
            )
            assert app.show(View(lay_out), fresh=False).action == choose("a")
            assert (lay_out.call_count, laid_out.call_count, drawn.call_count) == (1, number, number)


def test_a_page_that_is_gone_is_freed_with_what_it_held(content: Content) -> None:
    """A cycle that nobody collects would hold answers, and 200 kB for each page of a visit."""

    def view() -> View:
        return View(lambda size: LayoutBuilder(content, "en", size, Glyphs()).message(busy_page("")))

    with (
        create_pipe_input() as pipe,
        create_app_session(input=pipe, output=DummyOutput()),
        ScreenApp(Glyphs(), IdleTimer(), locked=False) as app,
    ):
        later = Mock()
        app._application.after_render += lambda _: app._request(LEAVE)
        module = "fibrocheck.asking.screen.app.gc"
        with patch.object(app._loop, "call_later", later), patch(module, gc):
            app.show(view(), fresh=True)
            app.show(view(), fresh=False)  # such as after a mark
        called, _ = [call.args for call in later.call_args_list if call.args[1] is gc.collect]
        for _ in range(5):
            app.show(view(), fresh=True)
        called[1]()
        assert sum(type(each) is PageWindows for each in gc.get_objects()) <= 2
