"""One prompt_toolkit application for a whole visit, showing one view after another.

It runs from the first page to the last, so the terminal stays in raw mode and on its alternate
screen all the while: no key slips through between two pages, and nothing stays behind. The list
of choices is questionary's; its `select` is not used, because the hidden text buffer under it
lets Ctrl-O, Alt-Enter and pastes past every check.
"""

import asyncio
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, Self

from prompt_toolkit.application import Application, get_app_session
from prompt_toolkit.application import application as application_module
from prompt_toolkit.data_structures import Point
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.key_binding.bindings.mouse import load_mouse_bindings
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout as Layers
from prompt_toolkit.layout import Window
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from fibrocheck.asking.idle import Watch
from fibrocheck.asking.keyboard import drop_typed_ahead
from fibrocheck.asking.screen.keys import WholeKeys
from fibrocheck.asking.screen.layout import (
    BACK,
    CHOOSE,
    ENTER,
    FLOOR,
    HIDE,
    HOTKEYS,
    IDLE,
    LEAVE,
    MORE,
    MORE_KEY,
    OTHER_MORE_KEYS,
    STAFF,
    SWITCH,
    TICK,
    TOO_SMALL,
    TYPED,
    WHY,
    Glyphs,
    Size,
)
from fibrocheck.asking.screen.theme import STYLES
from fibrocheck.asking.screen.view import DOWN, UP, Sheet, View
from fibrocheck.errors import LEFT, VisitEnded
from fibrocheck.pages.palette import shows_colours

ESCAPE_DELAY = 0.05
"""Seconds to wait after ESC for the rest of a key's sequence; a person's Esc feels instant."""

_Handler = Callable[[KeyPressEvent], None]

_ACTION_OF_KEY = {
    Keys.Left: BACK,
    Keys.Backspace: BACK,
    Keys.Delete: BACK,
    "?": WHY,
    Keys.Escape: HIDE,
    Keys.ControlC: LEAVE,
    Keys.F2: SWITCH,
    Keys.F12: STAFF,
}
_STEPS = {Keys.Up: UP, Keys.BackTab: UP, "-": UP, Keys.Down: DOWN, Keys.Tab: DOWN, "+": DOWN}
"""A keypad has no arrows while it gives digits; its `*` marks."""

_SIGNALS = ("SIGINT", "SIGTERM", "SIGHUP")
_TICK = 1.0  # seconds
_MOMENT = 0.05  # seconds
_DOUBLE_CLICK = 0.4
"""Seconds within which a second click on the same place belongs to the first one."""


class Stage:
    """The terminal while it belongs to a visit. Use as a context manager."""

    def __init__(self, glyphs: Glyphs, watch: Watch, *, locked: bool) -> None:
        """Take the terminal's input and output, and change nothing on it yet.

        `locked` where Ctrl-C does nothing at all.
        """
        self._locked = locked
        self._glyphs = glyphs
        self._watch = watch
        self._ending: int | None = None
        session = get_app_session()
        self._input, self._output = session.input, session.output
        self._keys = _whole_keys(self._input)
        if isinstance(self._output, Vt100_Output):
            # A full screen needs no cursor reports; waiting for one costs a second where
            # a terminal does not answer.
            self._output.enable_cpr = False
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(self._failed)
        self._asked: asyncio.Future[str] = self._loop.create_future()
        self._view: View | None = None
        self._sheet: Sheet | None = None
        self._application = self._build()
        self._running: asyncio.Task[Any] | None = None
        self._handlers: dict[signal.Signals, Any] = {}
        self._clicked_on, self._clicked_at = Point(-1, -1), 0.0

    def __enter__(self) -> Self:
        """Listen to signals; the screen is taken when the first view is shown.

        A signal that is ignored stays ignored.
        """
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                self._handlers[number] = signal.getsignal(number)
                with suppress(NotImplementedError):  # Windows delivers none of them to a loop
                    self._loop.add_signal_handler(number, self._end, 128 + number)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the terminal back as it was found."""
        if self._running and not self._running.done():
            self._application.exit()
            with suppress(OSError):  # the terminal may be gone
                self._loop.run_until_complete(self._running)
        for number, handler in self._handlers.items():
            with suppress(NotImplementedError):
                self._loop.remove_signal_handler(number)
            signal.signal(number, handler)
        self._loop.close()

    @property
    def size(self) -> Size:
        """The terminal's size now."""
        size = self._output.get_size()
        return Size(size.columns, size.rows)

    def show(self, view: View, *, fresh: bool, seconds: float | None = None) -> str:
        """Show a view until something is asked for, and return what; `TICK` when `seconds` are over.

        `fresh` when the person has not seen it yet: what they typed before is dropped, so that a
        double press never answers the next question. `VisitEnded` by a signal, or when the terminal
        is gone.
        """
        self._asked = self._loop.create_future()
        self._view, self._sheet = view, None
        if self._running is None:
            self._running = self._loop.create_task(
                self._application.run_async(set_exception_handler=False, handle_sigint=False)
            )
        elif fresh:
            drop_typed_ahead(self._input.fileno())
            # Drawn whole: a screen reader speaks what is written, and would otherwise get only the
            # letters in which this page differs from the last one. The renderer's own way to forget
            # what it drew (`erase`) leaves the mouse and pastes unguarded for a moment.
            self._application.renderer._last_screen = None  # noqa: SLF001
        self._application.invalidate()
        try:
            action = self._loop.run_until_complete(self._until_asked(self._running, seconds))
        except (EOFError, OSError):
            # A terminal that goes sends SIGHUP too, a moment before or after its last byte.
            self._loop.run_until_complete(asyncio.sleep(_MOMENT))
            action = LEAVE
            self._ending = self._ending or LEFT
        if self._ending is not None:
            raise VisitEnded(self._ending)
        return action

    def flash(self, view: View) -> None:
        """Draw a view that asks for nothing, and come back at once."""
        self._asked = self._loop.create_future()
        self._view, self._sheet = view, None
        self._application.invalidate()
        self._loop.run_until_complete(asyncio.sleep(_MOMENT))

    async def _until_asked(self, running: asyncio.Task[Any], seconds: float | None) -> str:
        while not self._asked.done() and self._ending is None:
            await asyncio.wait(
                (self._asked, running), timeout=seconds or _TICK, return_when=asyncio.FIRST_COMPLETED
            )
            if running.done():
                running.result()
            self._tick(is_over=seconds is not None)
        return self._asked.result() if self._asked.done() else LEAVE

    def _tick(self, *, is_over: bool) -> None:
        """Look after what time brings: the sign of life, a stuck key sequence, an idle person."""
        self._watch.beat()
        if self._keys is not None:
            self._keys.give_up_stale()
        if is_over:
            self._act(TICK)
        elif self._watch.is_due and self._view and not self._view.waits:
            self._act(IDLE)

    def _end(self, exit_code: int) -> None:
        """End the visit by a signal, whatever is being asked."""
        self._ending = exit_code
        self._act(LEAVE)

    def _act(self, action: str) -> None:
        """Answer `show` with an action; the first one counts."""
        if not self._asked.done():
            self._asked.set_result(action)

    def _failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Pass on an error of ours; ignore bytes that the library could not read as a key."""
        error = context.get("exception")
        if error is not None and _is_ours(error) and not self._asked.done():
            self._asked.set_exception(error)

    # What stands on the screen

    def _build(self) -> Application[None]:
        with _no_keys_for_editing():
            application: Application[None] = Application(
                layout=Layers(Window()),
                key_bindings=self._bindings(),
                style=Style.from_dict(STYLES),
                include_default_pygments_style=False,
                full_screen=True,
                mouse_support=not _keeps_esc_back(),
                color_depth=None if shows_colours() else ColorDepth.MONOCHROME,
                erase_when_done=True,
                input=self._input,
                output=self._output,
            )
        application.ttimeoutlen = ESCAPE_DELAY
        application.before_render += lambda _application: self._lay_out()
        application.key_processor.after_key_press += lambda _processor: self._watch.touch()
        return application

    def _lay_out(self) -> None:
        """Before each drawing: lay the view out if it is new, or the terminal has another size."""
        size = self.size
        if size.columns < FLOOR.columns or size.rows < FLOOR.rows:
            self._act(TOO_SMALL)
        if self._view is not None and (self._sheet is None or self._sheet.size != size):
            self._sheet = Sheet(self._view, size, self._glyphs, self._clicked, self._focus)
            # A layout remembers every window that ever had the focus, so each sheet has its own.
            self._application.layout = Layers(self._sheet.container)
            self._sheet.focus(self._view.focus)

    def _focus(self, window: Window) -> None:
        self._application.layout.focus(window)

    def _clicked(self, action: str, place: Point) -> None:
        if not self._is_second_click(place):
            self._act(action)

    def _is_second_click(self, place: Point) -> bool:
        """Whether a click ends a double click, whose first one has turned the page already."""
        before, since = self._clicked_on, time.monotonic() - self._clicked_at
        self._clicked_on, self._clicked_at = place, time.monotonic()
        return place == before and since < _DOUBLE_CLICK

    # What the keys do

    def _bindings(self) -> KeyBindings:
        keys = KeyBindings()
        for key, action in _ACTION_OF_KEY.items():
            does_nothing = self._locked and action == LEAVE
            keys.add(key, eager=True)((lambda _event: None) if does_nothing else self._acting(action))
        for number, key in enumerate(HOTKEYS):
            keys.add(key, eager=True)(self._choosing(number, key))
            if key.isalpha():
                keys.add(key.upper(), eager=True)(self._choosing(number, key))
        for key in (Keys.Enter, Keys.ControlJ):
            keys.add(key, eager=True)(self._entering)
        for key, step in _STEPS.items():
            keys.add(key, eager=True)(self._stepping(step))
        for more in OTHER_MORE_KEYS:
            keys.add(more, eager=True)(self._acting(MORE))
        for key in (" ", "*"):
            keys.add(key, eager=True)(self._marking)
        keys.add(Keys.Right, eager=True)(self._going_right)
        # Pasted text is nobody's answer.
        keys.add(Keys.BracketedPaste, eager=True)(lambda _event: None)
        return keys

    def _acting(self, action: str) -> _Handler:
        return lambda _event: self._act(action)

    def _choosing(self, number: int, key: str) -> _Handler:
        def choose(_event: KeyPressEvent) -> None:
            if self._view and self._view.typed is not None:
                self._view.typed += key.lower()
                self._act(TYPED)
            elif self._sheet and number < len(self._sheet.frame.options):
                self._act(CHOOSE + self._sheet.frame.options[number].id)
            elif key == MORE_KEY:
                self._act(MORE)

        return choose

    def _stepping(self, step: int) -> _Handler:
        def step_on(_event: KeyPressEvent) -> None:
            if self._sheet:
                self._sheet.step(step)

        return step_on

    def _entering(self, _event: KeyPressEvent) -> None:
        """Enter acts on what is focused; a view where several may be marked decides itself."""
        if self._view:
            goes_on = self._view.many and self._view.on_choice
            self._act(ENTER if goes_on else self._view.focus)

    def _marking(self, _event: KeyPressEvent) -> None:
        if self._view and self._view.many:
            self._act(self._view.focus)

    def _going_right(self, event: KeyPressEvent) -> None:
        """Mark where several may be marked, so that the arrows and Enter are enough; elsewhere say why."""
        if self._view and self._view.many and self._view.on_choice:
            self._marking(event)
        else:
            self._act(WHY)


@contextmanager
def _no_keys_for_editing() -> Iterator[None]:
    """Let an application be built that knows the mouse, and no other keys than those bound here.

    prompt_toolkit gives every application about 580 bindings for editing text, and there is no text to
    edit here: making them takes longer than all of our own, and the first key waits for them once
    more. It has no option for fewer; `tests/asking/test_libraries.py` notices when that changes.
    """
    names = vars(application_module)
    every = names.get("load_key_bindings")
    names["load_key_bindings"] = load_mouse_bindings
    try:
        yield
    finally:
        names["load_key_bindings"] = every


def _whole_keys(keyboard: Input) -> WholeKeys | None:
    """Have a keyboard deliver whole keys only; `None` on Windows, where it always does."""
    parser = getattr(keyboard, "vt100_parser", None)
    if parser is None or isinstance(parser, WholeKeys):
        return parser
    whole = WholeKeys(parser)
    vars(keyboard)["vt100_parser"] = whole  # no setting of the library's: a test sees that it works
    return whole


def _keeps_esc_back() -> bool:
    """Whether this is GNU screen: with mouse reports on it keeps an Esc to itself until the next key.

    Over ssh only the terminal's name says so.
    """
    named = os.environ.get("TERM", "").split(".")[0] == "screen" and "TMUX" not in os.environ
    return named or "STY" in os.environ


def _is_ours(error: BaseException) -> bool:
    """Whether an error passed through this package, rather than only through the library."""
    trace = error.__traceback__
    while trace is not None:
        if str(trace.tb_frame.f_globals.get("__name__")).startswith("fibrocheck"):
            return True
        trace = trace.tb_next
    return False
