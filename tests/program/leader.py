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

LAST = b"\0"


def main() -> None:
    """Take the terminal, run the program on it, and wait."""
    status, stays, *program = sys.argv[1:]
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    if status == "-":
        os.execv(program[0], program)
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP):
        # Not SIG_IGN, which the program would inherit.
        signal.signal(number, lambda *_: None)
    for pipe in (int(status), int(stays)):
        os.set_inheritable(pipe, False)
    child = os.fork()
    if child == 0:
        os.execv(program[0], program)
    os.write(int(status), f"{child}\n".encode())
    ended = os.waitpid(child, 0)[1]
    with suppress(OSError):  # the terminal may be gone
        os.write(1, LAST)
    os.write(int(status), f"{ended}\n".encode())
    os.read(int(stays), 1)


if __name__ == "__main__":
    main()
