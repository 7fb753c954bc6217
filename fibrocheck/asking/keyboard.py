"""A terminal's keyboard: its queue, its echo, and the signals that end a program at a terminal."""

import select
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from types import FrameType
from typing import Any, TextIO

from fibrocheck.errors import VisitEnded

try:  # without the enumerations that `signal` makes of each number and handler: 400 for a visit
    import _signal as quick  # type: ignore[import-not-found]
except ImportError:  # another Python
    quick = signal

handler_of: Callable[[int], Any] = quick.getsignal
set_handler: Callable[[int, Any], Any] = quick.signal

_POLL = 0.05  # seconds

_DO_NOT_END = {"SIGCHLD", "SIGCONT", "SIGINFO", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGWINCH"}
_IGNORED_BY_PYTHON = {"SIGPIPE", "SIGXFSZ"}  # writing fails with an error instead
_CANNOT_BE_CAUGHT = {"SIGKILL", "SIGSTOP"}
_FAULTS = {"SIGBUS", "SIGFPE", "SIGILL", "SIGSEGV"}
"""Signals of a faulty program: after a handler returns, the same instruction fails again, forever."""


def drop_typed_ahead(terminal: int) -> None:
    """Drop the keys typed at a terminal so far; `terminal` is its file descriptor."""
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        with suppress(termios.error):  # the terminal may be gone
            termios.tcflush(terminal, termios.TCIFLUSH)


def typed_within(terminal: TextIO, seconds: float) -> bool:
    """Wait at most `seconds` until something is typed; return whether it was."""
    if sys.platform == "win32":  # select works only for sockets there
        import msvcrt

        end = time.monotonic() + seconds
        while not msvcrt.kbhit() and time.monotonic() < end:
            time.sleep(_POLL)
        return msvcrt.kbhit()
    return bool(select.select([terminal], [], [], seconds)[0])


@contextmanager
def hidden_typing(terminal: TextIO) -> Iterator[None]:
    """Turn off a terminal's echo and its editing of lines, so that each key is read by itself.

    Ctrl-C is one of them, and sends no signal.
    """
    if sys.platform == "win32" or not terminal.isatty():
        yield
        return
    import termios

    shown = termios.tcgetattr(terminal)
    hide_typing(terminal)
    try:
        yield
    finally:
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(terminal, termios.TCSADRAIN, shown)


def hide_typing(terminal: TextIO) -> None:
    """Turn off what `hidden_typing` does, once more inside it: another program may have turned it on."""
    if sys.platform == "win32" or not terminal.isatty():
        return
    import termios

    hidden = termios.tcgetattr(terminal)
    hidden[3] &= ~(termios.ECHO | termios.ICANON)
    hidden[6][termios.VMIN], hidden[6][termios.VTIME] = 1, 0
    hidden[6][termios.VINTR] = b"\0"  # no key (termios(3))
    termios.tcsetattr(terminal, termios.TCSADRAIN, hidden)


@contextmanager
def signals_wait() -> Iterator[None]:
    """Block signals between taking the terminal and being ready to restore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ending_signals())
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@cache
def ending_signals() -> frozenset[int]:
    """Return every signal that would end this process if it were not caught, and that can be caught."""
    others = _DO_NOT_END | _IGNORED_BY_PYTHON | _CANNOT_BE_CAUGHT | _FAULTS
    # Real-time signals are numbers without a name.
    return frozenset(number for number in signal.valid_signals() if getattr(number, "name", "") not in others)


def handle_ending_signals(handler: Callable[[int, object], None]) -> dict[int, Any]:
    """Have a handler called for what ends a program, and return the handlers until then by signal.

    Ignored signals remain ignored.
    """
    before = {number: handler_of(number) for number in ending_signals()}
    handled = {number: each for number, each in before.items() if each not in {quick.SIG_IGN, None}}
    for number in handled:
        set_handler(number, handler)
    return handled


@contextmanager
def ended_by_signals(ignored: Iterable[str] = ()) -> Iterator[Callable[[], None]]:
    """Raise `VisitEnded` on each of `ending_signals`, so that the terminal can be restored.

    Signals named in `ignored` are ignored instead. Yield a function that raises it again, because
    Python drops what a signal raises in a finalizer; the traceback that it prints then is left out.
    """
    raised: list[VisitEnded] = []

    def end(number: int, _frame: FrameType | None) -> None:
        raised.append(VisitEnded(128 + number))
        raise raised[0]

    def check() -> None:
        if raised:
            raise raised[0]

    actions = dict.fromkeys(ending_signals(), end)
    actions |= {getattr(signal, name): quick.SIG_IGN for name in ignored if hasattr(signal, name)}
    before = {number: set_handler(number, action) for number, action in actions.items()}
    report, sys.unraisablehook = sys.unraisablehook, _but_signals(sys.unraisablehook)
    try:
        yield check
    finally:
        sys.unraisablehook = report
        for number, handler in before.items():
            # None if a handler was not installed from Python.
            set_handler(number, quick.SIG_DFL if handler is None else handler)


def _but_signals(report: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return a hook that reports errors in finalizers, but not that a signal ended the program there."""

    def hook(unraisable: Any) -> None:
        if not isinstance(unraisable.exc_value, VisitEnded):
            report(unraisable)

    return hook
