"""Standard input, output and error as the program needs them: all three there, and nothing cut short."""

import errno
import io
import os
import sys
from typing import Any, TextIO

_INPUT, _OUTPUT, _ERRORS = 0, 1, 2


def prepare() -> None:
    """Give each closed stream a stand-in, and make output that could be cut short write all of it.

    Without a stand-in, the next file that is opened would become the closed stream.
    """
    stand_ins = [_stand_in(number) for number in (_INPUT, _OUTPUT, _ERRORS)]
    sys.stdin = sys.stdin if stand_ins[_INPUT] is None else stand_ins[_INPUT]
    sys.stdout = _whole(sys.stdout) if stand_ins[_OUTPUT] is None else stand_ins[_OUTPUT]
    sys.stderr = _whole(sys.stderr) if stand_ins[_ERRORS] is None else stand_ins[_ERRORS]


def _stand_in(number: int) -> TextIO | None:
    """Return a stream that is empty, or drops what is written, for a closed one; `None` for an open one."""
    if _is_open(number):
        return None
    found = os.open(os.devnull, os.O_RDONLY if number == _INPUT else os.O_WRONLY)
    if found != number:
        os.dup2(found, number)
        os.close(found)
    if number == _INPUT:
        return open(number, encoding="utf-8", closefd=False)
    return open(number, "w", encoding="utf-8", errors="replace", closefd=False)


def _is_open(number: int) -> bool:
    """Return whether a stream is open, and in its own direction: input can be opened only for writing."""
    try:
        if number != _INPUT:
            os.write(number, b"")
        elif not os.isatty(number):  # reading a terminal stops a program in the background
            os.read(number, 0)
    except OSError as error:
        return error.errno != errno.EBADF
    return True


def _whole(stream: TextIO) -> TextIO:
    """Return an output stream that writes everything it is given, or raises.

    Python's unbuffered output (`python -u`) drops what a full pipe or a full disk does not take at
    once, and its buffered output fails if the pipe does not block.
    """
    buffer = getattr(stream, "buffer", None)
    if buffer is None:
        return stream
    if stream.errors == "strict" and isinstance(stream, io.TextIOWrapper):
        # A file's name may have characters that this encoding does not have.
        stream.reconfigure(errors="backslashreplace")
    if os.name != "posix":
        return stream
    number = stream.fileno()
    if isinstance(buffer, io.BufferedWriter) and os.get_blocking(number):
        return stream
    stream.flush()
    return io.TextIOWrapper(
        io.BufferedWriter(_PatientOutput(number)),
        encoding=stream.encoding,
        errors=stream.errors,
        line_buffering=True,
    )


class _PatientOutput(io.RawIOBase):
    """Output to a descriptor that writes all of it, and waits while there is no room."""

    def __init__(self, number: int) -> None:
        self._number = number

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._number

    def isatty(self) -> bool:
        return os.isatty(self._number)

    def write(self, data: Any) -> int:
        left = memoryview(data).cast("B")
        size = len(left)
        while left:
            try:
                left = left[os.write(self._number, left) :]
            except BlockingIOError:
                import select  # hardly ever needed

                select.select([], [self._number], [])
        return size


OUT_OF_SPACE = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
"""What the system reports when output does not fit: the disk, a limit on files, a quota."""
