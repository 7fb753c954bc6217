"""Changes to prompt_toolkit for which it has no option, and a terminal that its mouse reports disturb."""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from prompt_toolkit import renderer
from prompt_toolkit.application import Application
from prompt_toolkit.application import application as application_module
from prompt_toolkit.cursor_shapes import DynamicCursorShapeConfig
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.key_binding.bindings.mouse import load_mouse_bindings
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.layout.screen import Screen
from prompt_toolkit.styles import BaseStyle, DynamicStyle

from fibrocheck.asking.contract import Looks
from fibrocheck.asking.screen.keys import KeyFilter
from fibrocheck.asking.screen.theme import colour_depth_of, cursor_of, style_of


class Unanswered(Application[None]):
    """An application with no styles but ours, that does not draw a page again after the key that answered it.

    The library draws after every key, at the latest after 10 ms of other work: on a busy machine, before the
    next page. It has no option for that.
    """

    def __init__(self, *, is_answered: Callable[[], bool], **options: Any) -> None:
        """Take the library's options; nothing is drawn while the page `is_answered`."""
        self._is_answered = is_answered
        send_changed_rows_only()
        super().__init__(**options)

    def _redraw(self, render_as_done: bool = False) -> None:  # noqa: FBT001, FBT002 - the library's
        if render_as_done or not self._is_answered():
            super()._redraw(render_as_done)

    def _create_merged_style(self, include_default_pygments_style: Any) -> BaseStyle:
        """Return our own styles: no page has one of the library's 150, which take 6% of a start to read."""
        del include_default_pygments_style
        return DynamicStyle(lambda: self.style)


def new_application(
    keys: KeyBindings, looks: Callable[[], Looks], *, is_answered: Callable[[], bool], **streams: Any
) -> Application[None]:
    """Return an application that fills the screen and takes these keys and the mouse, with nothing on it yet.

    `looks` returns how it looks at that moment; `is_answered` is `Unanswered`'s. `streams` are the library's
    input and output.
    """
    with without_editing_keys():
        return Unanswered(
            is_answered=is_answered,
            layout=Layout(Window()),
            key_bindings=keys,
            style=DynamicStyle(lambda: style_of(looks())),
            cursor=DynamicCursorShapeConfig(lambda: cursor_of(looks())),
            include_default_pygments_style=False,
            full_screen=True,
            mouse_support=not keeps_esc_back(),
            color_depth=lambda: colour_depth_of(looks()),
            erase_when_done=True,
            **streams,
        )


def send_changed_rows_only() -> None:
    """Have prompt_toolkit compare only rows that differ from the frame before; the others stay as they are.

    It compares each row cell by cell, with each key. It has no option for that;
    `tests/asking/test_libraries.py` notices when it compares rows otherwise.
    """
    names = vars(renderer)
    whole = names.get("_output_screen_diff")
    if whole is not None and not isinstance(whole, _ChangedRows):
        names["_output_screen_diff"] = _ChangedRows(whole)


class _ChangedRows:
    """The library's function that sends what has changed, given only the rows that have.

    It gets copies of rows, because it fills the gaps in them while it reads.
    """

    def __init__(self, send: Callable[..., Any]) -> None:
        self._send = send

    def __call__(
        self, app: Any, output: Any, screen: Screen, at: Any, depth: Any, before: Screen | None,
        style: Any, is_done: Any, **others: Any,
    ) -> Any:  # fmt: skip
        """Take and return what the library's function does."""
        is_whole = is_done or others["previous_width"] != others["size"].columns
        drawn, seen = screen.data_buffer, before.data_buffer if before and not is_whole else {}
        changed = {y: row.copy() for y, row in drawn.items() if y not in seen or seen[y] != row}
        screen.data_buffer = defaultdict(drawn.default_factory, changed)
        if before and not is_whole:
            gone = {y: row for y, row in seen.items() if y in changed or y not in drawn}
            before.data_buffer = defaultdict(drawn.default_factory, gone)
        try:
            return self._send(app, output, screen, at, depth, before, style, is_done, **others)
        finally:
            screen.data_buffer = drawn


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
