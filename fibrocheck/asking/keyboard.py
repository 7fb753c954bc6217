"""What waits in a terminal's keyboard queue."""

import select
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

_LOOK = 0.05  # seconds between two looks at the keyboard


def drop_typed_ahead(terminal: int) -> None:
    """Forget the keys typed at a terminal before now."""
    if sys.platform == "win32":
        import msvcrt

        while msvcrt.kbhit():
            msvcrt.getwch()
    else:
        import termios

        with suppress(termios.error):  # the terminal may be gone
            termios.tcflush(terminal, termios.TCIFLUSH)


def typed_within(terminal: TextIO, seconds: float) -> bool:
    """Wait until something is typed, so many seconds at most; whether it was."""
    if sys.platform == "win32":  # where only sockets can be waited for
        import msvcrt

        end = time.monotonic() + seconds
        while not msvcrt.kbhit() and time.monotonic() < end:
            time.sleep(_LOOK)
        return msvcrt.kbhit()
    return bool(select.select([terminal], [], [], seconds)[0])


@contextmanager
def hidden_typing(terminal: TextIO) -> Iterator[None]:
    """Do not show what is typed, where that is a terminal with an echo to turn off."""
    if sys.platform == "win32" or not terminal.isatty():
        yield
        return
    import termios

    shown = termios.tcgetattr(terminal)
    hidden = termios.tcgetattr(terminal)
    hidden[3] &= ~termios.ECHO
    termios.tcsetattr(terminal, termios.TCSADRAIN, hidden)
    try:
        yield
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, shown)


@contextmanager
def signals_wait() -> Iterator[None]:
    """Let no signal come between taking the terminal and being ready to give it back."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
