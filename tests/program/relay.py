"""A slow line, such as ssh over a phone: whatever is sent arrives later, in the same pieces.

    python relay.py SECONDS PROGRAM [ARGUMENT...]

The program gets a terminal of its own; what is typed here and what it writes there each take so long.
Where `COPY_TO` names a pipe, what the program writes goes there too.
"""

import fcntl
import os
import select
import signal
import sys
import termios
import time
import tty
from contextlib import suppress

HERE, OUT = 0, 1


def main() -> int:
    """Relay until the program ends, then the last of what it wrote; its exit code."""
    seconds, *program = sys.argv[1:]
    found = termios.tcgetattr(HERE)
    child, there = os.forkpty()
    if child == 0:
        os.execv(program[0], program)
    pass_size_on(there)
    signal.signal(signal.SIGWINCH, lambda *_: pass_size_on(there))
    tty.setraw(HERE)
    try:
        relay(there, float(seconds))
    finally:
        termios.tcsetattr(HERE, termios.TCSADRAIN, found)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def relay(there: int, seconds: float) -> None:
    """Carry every piece to the other side, `seconds` after it came."""
    on_the_way: list[tuple[float, int, bytes]] = []
    open_ends = {HERE: there, there: OUT}
    copy = os.open(os.environ["COPY_TO"], os.O_WRONLY) if "COPY_TO" in os.environ else None
    while there in open_ends or on_the_way:
        wait = on_the_way[0][0] - time.monotonic() if on_the_way else None
        for end in select.select([*open_ends], [], [], wait and max(wait, 0))[0]:
            piece = b""
            with suppress(OSError):  # the program has ended
                piece = os.read(end, 65536)
            if piece:
                on_the_way.append((time.monotonic() + seconds, open_ends[end], piece))
            else:
                del open_ends[end]
        while on_the_way and on_the_way[0][0] <= time.monotonic():
            _, end, piece = on_the_way.pop(0)
            with suppress(OSError):  # the program has ended
                os.write(end, piece)
            if copy is not None and end == OUT:
                os.write(copy, piece)


def pass_size_on(there: int) -> None:
    """Make the program's terminal as large as this one."""
    fcntl.ioctl(there, termios.TIOCSWINSZ, fcntl.ioctl(HERE, termios.TIOCGWINSZ, b"\0" * 8))


if __name__ == "__main__":
    sys.exit(main())
