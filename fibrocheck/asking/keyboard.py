"""A terminal's keyboard: its queue, its echo, and signals from it."""

import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

_POLL = 0.05  # seconds


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
    """Turn off a terminal's echo and its editing of lines, so that each key is read by itself."""
    if sys.platform == "win32" or not terminal.isatty():
        yield
        return
    import termios

    shown = termios.tcgetattr(terminal)
    hidden = termios.tcgetattr(terminal)
    hidden[3] &= ~(termios.ECHO | termios.ICANON)
    hidden[6][termios.VMIN], hidden[6][termios.VTIME] = 1, 0
    termios.tcsetattr(terminal, termios.TCSADRAIN, hidden)
    try:
        yield
    finally:
        with suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(terminal, termios.TCSADRAIN, shown)


@contextmanager
def signals_wait() -> Iterator[None]:
    """Block signals between taking the terminal and being ready to restore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
