"""What a kiosk keeps secret, and how: the staff code, and the memory of its processes."""

import os
import signal
import sys

from fibrocheck.errors import WrongUsage
from fibrocheck.kiosk.staff_code import LONGEST, SHORTEST, StaffCode, is_usable

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4  # linux/prctl.h


def asked_staff_code() -> StaffCode:
    """The code that leaves the kiosk: from the environment, or typed twice at the terminal.

    An empty one in the environment is a mistake, and not a reason to ask: at a kiosk that starts by
    itself a patient would answer. `WrongUsage` if it cannot be typed at a kiosk or the two differ.
    """
    code = _taken_from_environment("FIBROCHECK_STAFF_CODE")
    if code is None and sys.stdin.isatty():
        from getpass import getpass

        code = getpass("Staff code, to leave the kiosk with F12: ")
        if getpass("The same code again: ") != code:
            raise WrongUsage("The two staff codes differ. Start again and type the same one twice.")
    if code is None or not is_usable(code):
        raise WrongUsage(
            f"A staff code has {SHORTEST} to {LONGEST} letters a to z and digits."
            " Set FIBROCHECK_STAFF_CODE, or type one that fits."
        )
    return StaffCode(code)


def _taken_from_environment(name: str) -> str | None:
    """A value from the environment, which then is nowhere in it any more.

    Linux shows what a process and its children were started with as /proc/PID/environ, whatever they
    have changed since, so it is overwritten there.
    """
    value = os.environ.get(name)
    if value and sys.platform == "linux":
        import ctypes

        getenv = ctypes.CDLL(None).getenv
        getenv.restype = ctypes.c_void_p
        ctypes.memset(getenv(name.encode()), 0, len(os.fsencode(value)))
    os.environ.pop(name, None)
    return value


def keep_secrets() -> None:
    """No core dumps, and no other process of the same user may look into this one's memory."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _prctl(_PR_SET_DUMPABLE, 0)


def die_with_parent() -> None:
    """A visit whose supervisor was killed ends too, rather than wait for nobody."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _prctl(option: int, value: int) -> None:
    """Ask the Linux kernel; elsewhere there is nothing to ask."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(option, value, 0, 0, 0)
