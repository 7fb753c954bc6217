"""Reads files that others name: whatever the name leads to, reading ends and the memory does not fill."""

import errno
import os
import stat

File = str | os.PathLike[str]
"""A file's name. `pathlib` is left to modules that need more of it: it takes milliseconds to load."""


class NotRegularFile(OSError):  # noqa: N818 - what the file is, not an error of ours
    """The name leads to a pipe, a device, a socket or a folder."""


class FileTooLarge(OSError):  # noqa: N818 - as above
    """The file has more bytes than any file of its kind."""


def read_regular_file(file: File, max_bytes: int) -> bytes:
    """Return the bytes of a regular file of at most `max_bytes`.

    Raises `NotRegularFile` or `FileTooLarge`, another `OSError` if the system refuses, and `ValueError`
    for a name that no file can have.
    """
    # Without O_NONBLOCK, opening a pipe without a writer would wait forever.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(file, flags)
    try:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, "this is a folder")
        if not stat.S_ISREG(found.st_mode):
            raise NotRegularFile(errno.EINVAL, "not a regular file")
        return _read(descriptor, max_bytes, found.st_size)
    finally:
        os.close(descriptor)


def _read(descriptor: int, max_bytes: int, size: int) -> bytes:
    """Return all bytes. The system's `size` may be wrong: it is 0 in /proc, and a file can grow."""
    data = more = os.read(descriptor, min(size, max_bytes) + 1)
    while more and len(data) <= max_bytes:
        more = os.read(descriptor, max_bytes + 1 - len(data))
        data += more
    if len(data) > max_bytes:
        raise FileTooLarge(errno.EFBIG, "the file is too large")
    return data
