"""The staff code: where a kiosk gets it from, and how its environment forgets it."""

import os
import sys

from fibrocheck.errors import WrongUsage
from fibrocheck.kiosk.staff_code import MAX_LENGTH, MIN_LENGTH, OLD_MIN_LENGTH, is_usable


def get_staff_code() -> str:
    """Return the code that ends the kiosk: from the environment, or typed twice at the terminal.

    An empty code in the environment is an error, not a reason to prompt: if the kiosk started by
    itself, a patient would answer. One there may have the length of older codes (see `is_too_short`).
    Raise `WrongUsage` if the code cannot be typed at a kiosk or the two differ.
    """
    code, min_length = _take_from_environment("FIBROCHECK_STAFF_CODE"), OLD_MIN_LENGTH
    if code is None and sys.stdin.isatty():
        from getpass import getpass

        rule = f"{MIN_LENGTH} to {MAX_LENGTH} letters a to z and digits"
        code, min_length = getpass(f"Staff code for leaving the kiosk (F12), {rule}: "), MIN_LENGTH
        if getpass("Repeat the staff code: ") != code:
            raise WrongUsage("The two staff codes differ. Start again and type the same code twice.")
    if code is None or not is_usable(code, min_length=min_length):
        raise WrongUsage(
            f"A staff code has {MIN_LENGTH} to {MAX_LENGTH} letters a to z and digits."
            " Set FIBROCHECK_STAFF_CODE to one, or type one when prompted."
        )
    return code


def _take_from_environment(name: str) -> str | None:
    """Return a variable's value, or None if it is not set, and remove it from the environment.

    On Linux, /proc/PID/environ keeps showing the environment that a process started with, whatever
    it changes later, so the value is overwritten in memory.
    """
    value = os.environ.get(name)
    if value and sys.platform == "linux":
        import ctypes

        getenv = ctypes.CDLL(None).getenv
        getenv.restype = ctypes.c_void_p
        ctypes.memset(getenv(name.encode()), 0, len(os.fsencode(value)))
    os.environ.pop(name, None)
    return value
