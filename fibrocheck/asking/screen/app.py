"""One prompt_toolkit application for a whole visit, showing one view after another.

It runs from the first page to the last, so the terminal stays in raw mode and on its alternate
screen throughout: no key gets through between two pages, and no text remains afterwards. The list
of options is questionary's; its `select` is not used, because the hidden text buffer under it
lets Ctrl-O, Alt-Enter and pastes past every check.
"""

import asyncio
import gc
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import TracebackType
from typing import Any, Self

from prompt_toolkit.application import Application, get_app_session
from prompt_toolkit.data_structures import Point
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Layout, Window
from prompt_toolkit.output.vt100 import Vt100_Output

from fibrocheck.asking.contract import GO_ON, Looks
from fibrocheck.asking.idle import IdleTimer
from fibrocheck.asking.keyboard import drop_typed_ahead, handle_ending_signals, set_handler
from fibrocheck.asking.screen import toolkit
from fibrocheck.asking.screen.actions import (
    DOWN,
    HOTKEYS,
    IDLE,
    INVITE,
    LEAVE,
    LISTEN,
    MENU,
    MENU_KEYS,
    STAFF,
    TICK,
    TOO_SMALL,
    Action,
    choose,
)
from fibrocheck.asking.screen.clicks import ClickFilter
from fibrocheck.asking.screen.key_table import ACTION_OF_KEY, MOVES, MOVES_HEARD, SELECT, typed_after
from fibrocheck.asking.screen.listening import Listening
from fibrocheck.asking.screen.page_layout import MIN_SIZE, Glyphs, PageLayout, Size
from fibrocheck.asking.screen.page_windows import PageWindows
from fibrocheck.asking.screen.view import Event, View
from fibrocheck.errors import LEFT, VisitEnded

ESCAPE_DELAY = 0.05
"""Seconds to wait after ESC for the rest of a key's sequence; a person's Esc feels instant."""

_Handler = Callable[[KeyPressEvent], None]
_Move = Callable[[PageWindows], None]

_TICK = 1.0  # seconds
_MOMENT = 0.05  # seconds


class ScreenApp:
    """The application that owns the terminal during a visit. Use as a context manager."""

    def __init__(
        self,
        glyphs: Glyphs,
        timer: IdleTimer,
        *,
        locked: bool,
        listening: Listening | None = None,
    ) -> None:
        """Prepare to use the terminal, without changing anything on it yet.

        If `locked`, Ctrl-C does nothing. `listening` is told of keys and the pointer.
        """
        self._listening = listening
        self.looks = Looks()
        self._locked, self._glyphs, self._timer = locked, glyphs, timer
        self._ending: int | None = None
        session = get_app_session()
        self._input, self._output = session.input, session.output
        self._key_filter = toolkit.filter_keys(self._input)
        if isinstance(self._output, Vt100_Output):
            # A full screen needs no cursor reports; some terminals take a second not to answer.
            self._output.enable_cpr = False
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(self._failed)
        self._requested: asyncio.Future[Action] = self._loop.create_future()
        self._view: View | None = None
        self._windows: PageWindows | None = None
        self._kept: PageWindows | None = None  # of the view before, if the next one is the same page
        self._pressed: str | None = None
        self._before: tuple[object, ...] = ()
        self._detour: Action | None = None
        self._resume: Action | None = None
        self._is_stale = False
        self.typed: str | None = None
        self._application = self._build()
        self._running: asyncio.Task[Any] | None = None
        self._handlers: dict[int, Any] = {}
        self._clicks = ClickFilter()

    def __enter__(self) -> Self:
        """Handle signals; the screen is taken when the first view is shown."""
        # Not by `add_signal_handler`: it lists all signals for each of the 50, 8% of a start.
        self._handlers = handle_ending_signals(self._signalled)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Restore the terminal."""
        if self._running and not self._running.done():
            if not self._application.is_done:  # it ends by itself if its input has ended
                self._application.exit()
            with suppress(OSError, EOFError):  # the terminal may be gone
                self._loop.run_until_complete(self._running)
        for number, handler in self._handlers.items():
            set_handler(number, handler)
        self._loop.close()

    @property
    def size(self) -> Size:
        """The terminal's size now."""
        size = self._output.get_size()
        return Size(size.columns, size.rows)

    def show(self, view: View, *, fresh: bool, seconds: float | None = None) -> Event:
        """Show a view until an action is requested, or until `seconds` have passed (`TICK`).

        `fresh` if the person has not seen the page yet: keys typed before are dropped, so that a
        double press never answers the next question. Raise `VisitEnded` after a signal, or if the
        terminal is gone.
        """
        self._set_view(view, fresh=fresh)
        if fresh:
            self._clicks.page_shown()
        # A page that is gone is a cycle of 200 kB and holds answers: it is freed while the next one is
        # read, in about a millisecond, as all that was there at the start is frozen.
        self._loop.call_later(_MOMENT, gc.collect)
        if self._running is None:
            gc.freeze()
            self._running = self._loop.create_task(
                self._application.run_async(set_exception_handler=False, handle_sigint=False)
            )
        elif fresh:
            drop_typed_ahead(self._input.fileno())
            # Drawn completely: a screen reader would otherwise get only the letters in which this page
            # differs. The renderer's own `erase` leaves the mouse and pastes unguarded for a moment.
            self._application.renderer._last_screen = None  # noqa: SLF001
        self._application.invalidate()
        try:
            action = self._loop.run_until_complete(self._until_requested(self._running, seconds))
        except (EOFError, OSError):
            # A terminal that is closed also sends SIGHUP, a moment before or after its last byte.
            self._loop.run_until_complete(asyncio.sleep(_MOMENT))
            action = LEAVE
            self._ending = self._ending or LEFT
        if self._ending is not None:
            raise VisitEnded(self._ending)
        return Event(action, self._focus, self.typed)

    def flash(self, view: View, seconds: float = _MOMENT) -> None:
        """Draw a view that asks nothing, and return after a moment; keys have no effect meanwhile."""
        self._set_view(view, fresh=True)
        self._application.invalidate()
        self._loop.run_until_complete(asyncio.sleep(seconds))

    def _set_view(self, view: View, *, fresh: bool) -> None:
        self._requested = self._loop.create_future()
        self._kept = None if fresh else self._windows
        self._view, self._windows, self.typed = view, None, view.typed
        self._is_selected = view.is_selected
        self._detour, self._resume, self._is_stale = view.detour, None, False

    @property
    def _focus(self) -> Action | None:
        if self._windows is not None:
            return self._windows.focus
        return self._view.focus if self._view else None

    async def _until_requested(self, running: asyncio.Task[Any], seconds: float | None) -> Action:
        while not self._requested.done() and self._ending is None:
            await asyncio.wait(
                (self._requested, running), timeout=seconds or _TICK, return_when=asyncio.FIRST_COMPLETED
            )
            if running.done():
                running.result()
            self._tick(is_over=seconds is not None)
        return self._requested.result() if self._requested.done() else LEAVE

    def _tick(self, *, is_over: bool) -> None:
        """Do what is due about once a second: the sign of life, an unfinished key, the idle warning."""
        self._timer.beat()
        if self._key_filter is not None:
            self._key_filter.give_up_stale()
        if is_over:
            self._request(TICK)
        elif self._view and self._timer.is_due(waits=self._view.waits):
            self._request(IDLE)
        elif self._listening and self._listening.aloud.is_wanted():
            self._request(LISTEN)

    def _signalled(self, number: int, _frame: object) -> None:
        """Wake the loop to end the visit: what a signal raises by itself can be lost in a finalizer."""
        self._loop.call_soon_threadsafe(self._end, 128 + number)

    def _end(self, exit_code: int) -> None:
        """End the visit after a signal, on any page."""
        self._ending = exit_code
        self._request(LEAVE)

    def _request(self, action: Action) -> None:
        """Have `show` return an action; the first request counts."""
        if not self._requested.done():
            self._requested.set_result(action)

    def _failed(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Have `show` raise an error of this package; ignore bytes that the library cannot decode."""
        error = context.get("exception")
        if error is not None and toolkit.is_ours(error) and not self._requested.done():
            self._requested.set_exception(error)

    # What is on the screen

    def _build(self) -> Application[None]:
        application = toolkit.new_application(
            self._bindings(),
            lambda: self.looks,
            is_answered=lambda: self._requested.done(),  # noqa: PLW0108 - a new one for each view
            input=self._input,
            output=self._output,
        )
        application.ttimeoutlen = ESCAPE_DELAY
        application.before_render += lambda _application: self._lay_out()
        application.key_processor.before_key_press += lambda _processor: self._note_state()
        application.key_processor.after_key_press += lambda _processor: self._note_key_press()
        return application

    def _note_state(self) -> None:
        """Remember what is on the screen before a key or a click."""
        self._pressed, self._before = None, self._state

    def _note_key_press(self) -> None:
        """Tell the timer of a key or a click, and whether it did something."""
        every_key_does = self._view is not None and self._view.any_key
        self._timer.touch(self._pressed, does_something=every_key_does or self._state != self._before)

    @property
    def _state(self) -> tuple[object, ...]:
        """What a key or a click can change."""
        asked = self._listening and self._listening.asked
        return self._requested.done(), self._focus, self._windows and self._windows.steps, self.typed, asked

    def _lay_out(self) -> None:
        """Lay the view out before it is drawn, if it is new or the terminal has another size."""
        size = self.size
        if size.columns < MIN_SIZE.columns or size.rows < MIN_SIZE.rows:
            self._request(TOO_SMALL)
        if self._view and (self._windows is None or self._windows.size != size or self._is_stale):
            focus, self._is_stale = self._focus, False
            layout, kept = self._view.lay_out(size), self._windows or self._kept
            is_kept = kept is not None and kept.shows(layout, size)
            self._windows = kept if kept and is_kept else self._new_windows(layout, size)
            self._kept = None
            self._windows.move_focus_to(focus)
            if self._listening:
                self._listening.read()  # from now on, keys count

    def _new_windows(self, layout: PageLayout, size: Size) -> PageWindows:
        does: dict[str, Any] = {
            "pressed": self._clicks.pressed,
            "clicked": self._clicked,
            "corner": self._corner,
        }
        windows = PageWindows(layout, size, self._glyphs, self.looks, focused=self._focus_on, **does)
        # A layout remembers every window that had the focus, so each page has its own.
        self._application.layout = Layout(windows.container)
        return windows

    def _focus_on(self, window: Window) -> None:
        layout = self._application.layout
        if layout.current_window is not window:
            layout.focus(window)

    def _clicked(self, action: Action, position: Point) -> None:
        if self._view is not None and self._clicks.counts(action, position, self._view):
            self._request(action)

    def _corner(self, is_pressed: bool) -> None:  # noqa: FBT001 - called by the window with one value
        if self._clicks.corner_held(is_pressed=is_pressed) and self.looks.touch:
            self._request(STAFF)  # staff held the corner of a touch screen

    # What the keys do

    def _bindings(self) -> KeyBindings:
        """Return one binding for all keys: making many, and finding the right one, takes the library long.

        Its own bindings, of the mouse, come first, as they are for certain keys.
        """
        self._meanings, keys = self._keys(), KeyBindings()
        keys.add(Keys.BracketedPaste, eager=True)(lambda _event: None)  # a paste is never an answer
        keys.add(Keys.Any)(self._unless_taken(self._mean))
        return keys

    def _keys(self) -> dict[str, _Handler]:
        """Return what each key does; any other has no meaning."""
        keys = {key: self._requesting(action) for key, action in ACTION_OF_KEY.items()}
        for key in HOTKEYS:
            keys[key] = keys[key.upper()] = self._choosing(key)
        keys |= dict.fromkeys(SELECT, self._selecting)
        keys |= {key: partial(self._moving, key) for key in MOVES}
        keys |= dict.fromkeys(MENU_KEYS, partial(self._unmeant, otherwise=MENU))
        return keys | {"0": self._requesting(MENU), Keys.Tab: self._tabbing}

    def _mean(self, event: KeyPressEvent) -> None:
        self._meanings.get(event.key_sequence[0].key, self._unmeant)(event)

    def _unless_taken(self, handler: _Handler) -> _Handler:
        """Return a handler for pages on which a key may be text, or where any key does the same."""

        def handling(event: KeyPressEvent) -> None:
            self._pressed = event.data
            if self._listening and self._listening.takes(event.data, typing=self.typed is not None):
                return
            if self._view and self._view.any_key:
                self._request(choose(GO_ON))
            elif self.typed is None or not self._type(event):
                handler(event)

        return handling

    def _unmeant(self, _event: KeyPressEvent, otherwise: Action | None = None) -> None:
        """Offer to read aloud at a key without a meaning, on a page that does so; otherwise do nothing."""
        if self._view and self._view.invites and self._listening and not self._listening.reader:
            self._request(INVITE)
        elif otherwise:
            self._request(otherwise)

    def _type(self, event: KeyPressEvent) -> bool:
        """Add a key to the text or take its last character away; return whether the key did that."""
        typed = typed_after(event.key_sequence[0].key, self.typed or "", is_selected=self._is_selected)
        if typed is None:
            return False
        self.typed, self._is_selected = typed, False
        self._is_stale = True  # drawn again, without `show` ending: keys of the same burst count
        return True

    def _requesting(self, action: Action) -> _Handler:
        def requesting(_event: KeyPressEvent) -> None:
            if not (self._locked and action == LEAVE):
                self._request(action)

        return requesting

    def _choosing(self, key: str) -> _Handler:
        def choosing(event: KeyPressEvent) -> None:
            options = self._windows.layout.options if self._windows else ()
            chosen = [option for option in options if key in {option.key, option.other_key}]
            if chosen:
                self._request(choose(chosen[0].id))
            else:
                self._unmeant(event)

        return choosing

    def _moving(self, key: str, _event: KeyPressEvent) -> None:
        is_heard = self._listening is not None and self._listening.reader is not None
        if key == "+" and is_heard:
            self._tab()  # a keypad has no Tab: to listeners, `+` is one
        else:
            self._resume = self._detour = None
            self._move((MOVES_HEARD if is_heard else MOVES)[key])

    def _tabbing(self, event: KeyPressEvent) -> None:
        """Focus what is next; after a mark first the option that goes on, so that two keys are enough."""
        self._unmeant(event)
        self._tab()

    def _tab(self) -> None:
        if detour := self._detour:
            self._resume, self._detour = self._focus, None
            self._move(lambda windows: windows.move_focus_to(detour))
            return
        if self._windows and self._resume:
            self._windows.move_focus_to(self._resume)
            self._resume = None
        self._move(lambda windows: windows.step(DOWN))

    def _move(self, move: _Move) -> None:
        if self._windows:
            move(self._windows)
            if self._listening:
                self._listening.moved(self._focus)

    def _selecting(self, _event: KeyPressEvent) -> None:
        """Request what the pointer points at."""
        if self._focus is not None:
            self._request(self._focus)
