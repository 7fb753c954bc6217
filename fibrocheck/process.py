"""What a process that holds answers asks of the system: to keep its memory to itself."""

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4  # linux/prctl.h
_NO_CORE_FILE, _NO_CORE_AT_ALL = 0, 1
"""Bytes of a core dump. Linux ignores 0 if it pipes core dumps to a program, but not 1 (core_pattern(5))."""


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
    if sys.platform != "linux":
        return
    try:
        import _ctypes  # all of ctypes takes ten times as long to load

        itself: Any = None  # the program and its libraries
        prctl = _ctypes.dlsym(_ctypes.dlopen(itself, 0), "prctl")
        _ctypes.call_function(prctl, (option, value, 0, 0, 0))
    except (ImportError, AttributeError):  # another Python
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


def made_apart(make: Callable[[], bytes]) -> bytes:
    """Return what `make` returns, made in a child process: what it loads for that does not stay here.

    If that cannot be, as where processes cannot fork, it is made here.
    """
    if not hasattr(os, "fork"):
        return make()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(writing, make())
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as made:
        found = made.read()
    os.waitpid(child, 0)
    return found or make()
