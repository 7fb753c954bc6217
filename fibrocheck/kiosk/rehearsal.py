"""One page asked before the first patient, where nobody sees it: what is slow only once is over then.

Patterns, styles and line breaks are kept, and Python runs what it has run before faster. Each visit's process
is a copy of this one, and would do all that anew: a sixth of the time to its first page.
"""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

from fibrocheck.asking.contract import Looks
from fibrocheck.asking.switching import fits, fitting_glyphs, layout_for, screen_size
from fibrocheck.errors import LEFT, VisitEnded
from fibrocheck.visit.pages import opening_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fibrocheck.asking.contract import Option, Page
    from fibrocheck.asking.screen.asker import ScreenAsker
    from fibrocheck.content.model import Content
    from fibrocheck.kiosk.settings import Settings

_KEY = "1"


def rehearse(content: Content, settings: Settings) -> None:
    """Ask the first page on a screen of this terminal's size that is not shown, and answer it.

    Does nothing where visits are no copies of this process, or ask line by line. `VisitEnded` on a signal.
    """
    if settings.plain or not hasattr(os, "fork") or not fits(screen_size()):
        return
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.data_structures import Size
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output.vt100 import Vt100_Output

    from fibrocheck.asking.screen.asker import ScreenAsker

    columns, rows = screen_size()
    language = settings.language or next(iter(content.languages))
    looks = Looks(large=settings.large, touch=settings.touch)
    unseen = Vt100_Output(io.StringIO(), lambda: Size(rows, columns), term=os.environ.get("TERM"))
    with create_pipe_input() as keyboard:
        keyboard.send_text(_KEY)
        keyboard.close()  # after this key, nobody is there
        with (
            create_app_session(input=keyboard, output=unseen),
            ScreenAsker(content, language, fitting_glyphs(), layouts=layout_for, looks=looks) as asker,
        ):
            _ask(asker, *opening_page(content, settings.language))


def _ask(asker: ScreenAsker, page: Page, options: Sequence[Option]) -> None:
    try:
        _ = asker.choose(page, options) if options else asker.read(page)
    except VisitEnded as ended:
        if ended.exit_code != LEFT:  # by a signal, and not because the key did not answer the page
            raise
