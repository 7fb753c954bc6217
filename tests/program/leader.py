"""What a shell is to the program: leads the session of its terminal and outlives it.

When the leader of a session ends, the system resets the terminal. So a program that leads its own
session always seems to give the terminal back as it was found; behind this one it must do so itself.

    python leader.py STATUS STAYS PROGRAM [ARGUMENT...]

STATUS and STAYS are open pipes: the program's process id and then its wait status are written to
the first, and the end of the second ends this. With STATUS `-` the program itself leads the session.
After the last that the program wrote to the terminal comes one NUL.
"""

import fcntl
import os
import signal
import sys
import termios
from contextlib import suppress
from typing import NoReturn

LAST = b"\0"
_WHILE_LEADING = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    """Take the terminal, run the program on it, and wait."""
    status, stays, *program = sys.argv[1:]
    take(0)
    if status == "-":
        os.execv(program[0], program)
    for pipe in (int(status), int(stays)):
        os.set_inheritable(pipe, False)
    child = fork()
    if child == 0:
        os.execv(program[0], program)
    outlive(child, int(status), int(stays), terminal=1)


def take(terminal: int) -> None:
    """Make a terminal the one of the session that this process leads."""
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


def fork() -> int:
    """Fork, and return what `os.fork` returns; the parent does not end by what is meant for the child."""
    for number in _WHILE_LEADING:
        signal.signal(number, lambda *_: None)  # not SIG_IGN, which the program would inherit
    return os.fork()


def outlive(child: int, status: int, stays: int, terminal: int | None) -> NoReturn:
    """Say which process the program is, wait for its end, say how it ended, and end when all is read."""
    with suppress(OSError):  # whoever reads this may be gone
        os.write(status, f"{child}\n".encode())
    ended = os.waitpid(child, 0)[1]
    with suppress(OSError):  # so may the terminal
        if terminal is not None:
            os.write(terminal, LAST)
    with suppress(OSError):
        os.write(status, f"{ended}\n".encode())
        os.read(stays, 1)
    os._exit(0)


def follow() -> None:
    """In the child of `fork`, hear signals as a program that has just been started."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in _WHILE_LEADING[1:]:
        signal.signal(number, signal.SIG_DFL)


if __name__ == "__main__":
    main()
