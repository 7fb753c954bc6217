"""The kiosk's terminal: which keys and signals it ignores, and how it is erased."""

import contextlib
import sys
from typing import Any, Self

from fibrocheck.asking.erasing import KEEP_TITLE, erase_sequence
from fibrocheck.errors import StaffError, VisitEnded

KEYBOARD_SIGNALS = ("SIGINT", "SIGQUIT", "SIGTSTP", "SIGTTOU", "SIGBREAK")
"""The names of the signals that a keyboard can send. No system has all of them."""

_DISABLED = b"\0"  # _POSIX_VDISABLE
_STD_OUTPUT, _VIRTUAL_TERMINAL = -11, 4  # winbase.h, wincon.h


def require_terminal() -> None:
    """Raise `StaffError` unless input and output are a terminal."""
    if not sys.stdin.isatty() or not sys.stdout.isatty():
        raise StaffError("The kiosk needs a terminal for its input and output. Start it on one.")


class KioskTerminal:
    """The terminal of a kiosk, as a context manager: locked inside, its first modes restored after it."""

    def __enter__(self) -> Self:
        self._original = self._locked = None
        if sys.platform == "win32":
            _enable_escape_sequences()
        else:
            import termios

            self._original = termios.tcgetattr(sys.stdin)
            self._locked = _locked(self._original)
        _write(KEEP_TITLE)
        self.erase()
        return self

    def __exit__(self, *_: object) -> None:
        self._reset(self._original)

    def erase(self) -> None:
        """Lock the terminal again, and erase all that was shown.

        Raise `VisitEnded` if the terminal is gone: there is no one left to serve.
        """
        self._reset(self._locked)
        if not sys.stdin.isatty():
            raise VisitEnded(129)

    def read_single_keys(self) -> None:
        """Pass on each key at once, without Enter or echo, until the next `erase`."""
        if sys.platform != "win32" and self._locked is not None:
            import termios

            modes = [*self._locked]
            modes[3] &= ~(termios.ICANON | termios.ECHO)
            self._reset(modes)

    def _reset(self, modes: list[Any] | None) -> None:
        """Set the modes, drop what was typed ahead, and erase."""
        with contextlib.suppress(OSError):  # the terminal may be gone
            if sys.platform != "win32" and modes is not None:
                import termios

                with contextlib.suppress(termios.error):
                    termios.tcsetattr(sys.stdin, termios.TCSAFLUSH, modes)
            _write(erase_sequence())


def erase_after_supervisor() -> None:
    """Erase the terminal after a visit whose supervisor was killed; its modes stay as they are."""
    with contextlib.suppress(OSError):  # the terminal may be gone
        _write(erase_sequence())


def _write(sequence: str) -> None:
    sys.stdout.write(sequence)
    sys.stdout.flush()


def _locked(original: list[Any]) -> list[Any]:
    """Return terminal modes in which no key stops or ends anything, even between two visits."""
    if sys.platform == "win32":
        return original
    import termios

    modes = [*original[:6], [*original[6]]]
    modes[0] &= ~(termios.IXON | termios.IXOFF)  # Ctrl-S and Ctrl-Q
    modes[3] &= ~termios.ISIG  # Ctrl-C, Ctrl-Z and Ctrl-\
    modes[6][termios.VEOF] = _DISABLED  # Ctrl-D
    return modes


def _enable_escape_sequences() -> None:
    """Let a Windows console obey escape sequences; by default it shows them as text."""
    if sys.platform == "win32":
        import ctypes

        mode, console = ctypes.c_ulong(), ctypes.windll.kernel32
        output = console.GetStdHandle(_STD_OUTPUT)
        if console.GetConsoleMode(output, ctypes.byref(mode)):
            console.SetConsoleMode(output, mode.value | _VIRTUAL_TERMINAL)
