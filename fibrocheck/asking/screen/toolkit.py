"""Changes to prompt_toolkit for which it has no option, and a terminal that its mouse reports disturb."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from prompt_toolkit.application import Application
from prompt_toolkit.application import application as application_module
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding.bindings.mouse import load_mouse_bindings
from prompt_toolkit.styles import BaseStyle, DynamicStyle

from fibrocheck.asking.screen.keys import KeyFilter


class Unanswered(Application[None]):
    """An application with no styles but ours, that does not draw a page again after the key that answered it.

    The library draws after every key, at the latest after 10 ms of other work: on a busy machine, before the
    next page. It has no option for that.
    """

    def __init__(self, *, is_answered: Callable[[], bool], **options: Any) -> None:
        """Take the library's options; nothing is drawn while the page `is_answered`."""
        self._is_answered = is_answered
        super().__init__(**options)

    def _redraw(self, render_as_done: bool = False) -> None:  # noqa: FBT001, FBT002 - the library's
        if render_as_done or not self._is_answered():
            super()._redraw(render_as_done)

    def _create_merged_style(self, include_default_pygments_style: Any) -> BaseStyle:
        """Return our own styles: no page has one of the library's 150, which take 6% of a start to read."""
        del include_default_pygments_style
        return DynamicStyle(lambda: self.style)


@contextmanager
def without_editing_keys() -> Iterator[None]:
    """Build an application that has mouse bindings, and no other keys than the ones bound here.

    prompt_toolkit gives every application about 580 bindings for editing text, and no text is edited
    here: creating them takes longer than creating all of ours, and the first key press waits for them
    again. It has no option for fewer; `tests/asking/test_libraries.py` notices when that changes.
    """
    names = vars(application_module)
    every = names.get("load_key_bindings")
    names["load_key_bindings"] = load_mouse_bindings
    try:
        yield
    finally:
        names["load_key_bindings"] = every


def filter_keys(keyboard: Input) -> KeyFilter | None:
    """Let only whole keys through from a keyboard; `None` on Windows, where all keys are whole."""
    parser = getattr(keyboard, "vt100_parser", None)
    if parser is None or isinstance(parser, KeyFilter):
        return parser
    key_filter = KeyFilter(parser)
    vars(keyboard)["vt100_parser"] = key_filter  # the library has no setting for it; a test checks it
    return key_filter


def keeps_esc_back() -> bool:
    """Return whether this is GNU screen: with mouse reports on, it holds an Esc until the next key.

    Over SSH the terminal's name is the only sign.
    """
    named = os.environ.get("TERM", "").split(".")[0] == "screen" and "TMUX" not in os.environ
    return named or "STY" in os.environ


def is_ours(error: BaseException) -> bool:
    """Return whether an error passed through this package, and not only through the library."""
    trace = error.__traceback__
    while trace is not None:
        if str(trace.tb_frame.f_globals.get("__name__")).startswith("fibrocheck"):
            return True
        trace = trace.tb_next
    return False
