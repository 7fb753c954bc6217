"""What a process that holds answers does about its memory and about signals."""

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

from fibrocheck.errors import VisitEnded

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4  # linux/prctl.h
_NO_CORE_FILE, _NO_CORE_AT_ALL = 0, 1
"""Bytes of a core dump. Linux ignores 0 if it pipes core dumps to a program, but not 1 (core_pattern(5))."""

_DO_NOT_END = {"SIGCHLD", "SIGCONT", "SIGINFO", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGWINCH"}
_IGNORED_BY_PYTHON = {"SIGPIPE", "SIGXFSZ"}  # writing fails with an error instead
_CANNOT_BE_CAUGHT = {"SIGKILL", "SIGSTOP"}
_FAULTS = {"SIGBUS", "SIGFPE", "SIGILL", "SIGSEGV"}
"""Signals of a faulty program: after a handler returns, the same instruction fails again, forever."""


def ending_signals() -> frozenset[int]:
    """Return every signal that would end this process if it were not caught, and that can be caught."""
    others = _DO_NOT_END | _IGNORED_BY_PYTHON | _CANNOT_BE_CAUGHT | _FAULTS
    # Real-time signals are numbers without a name.
    return frozenset(number for number in signal.valid_signals() if getattr(number, "name", "") not in others)


@contextmanager
def ended_by_signals(ignored: Iterable[str] = ()) -> Iterator[Callable[[], None]]:
    """Raise `VisitEnded` on each of `ending_signals`, so that the terminal can be restored.

    Signals named in `ignored` are ignored instead. Yield a function that raises it again, because
    Python drops what a signal raises in a finalizer.
    """
    raised: list[VisitEnded] = []

    def end(number: int, _frame: FrameType | None) -> None:
        raised.append(VisitEnded(128 + number))
        raise raised[0]

    def check() -> None:
        if raised:
            raise raised[0]

    actions = dict.fromkeys(ending_signals(), end)
    actions |= {getattr(signal, name): signal.SIG_IGN for name in ignored if hasattr(signal, name)}
    before = {number: signal.signal(number, action) for number, action in actions.items()}
    try:
        yield check
    finally:
        for number, handler in before.items():
            # None if a handler was not installed from Python.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def protect_memory() -> None:
    """Forbid core dumps, and keep other processes of the same user from reading this memory.

    On Linux, only root can read it. Programs started later may not dump core either.
    """
    with suppress(ImportError):  # Windows has no such limits
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        wanted = _NO_CORE_AT_ALL if sys.platform == "linux" and most != 0 else _NO_CORE_FILE
        resource.setrlimit(resource.RLIMIT_CORE, (wanted, wanted))
    _prctl(_PR_SET_DUMPABLE, 0)


def die_with_parent() -> None:
    """Send this process SIGTERM when its parent ends, even if that was killed."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _prctl(option: int, value: int) -> None:
    """Call prctl(2) on Linux; other systems do not have it."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
