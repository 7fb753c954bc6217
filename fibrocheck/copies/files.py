"""Saves a copy completely or not at all, and never overwrites a file without `force`.

The copy is written to a temporary file in the same folder, flushed to the disk, and then renamed.
Renaming either happens or does not: a visit that is killed at any moment leaves the old file, the new
one or none, never half of one or an empty one. Only the owner can read the temporary file, and its
name says nothing about the visit.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager, suppress
from itertools import count
from typing import TYPE_CHECKING

from fibrocheck.copies.rename import rename_if_free
from fibrocheck.errors import StaffError, system_words
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECEIPT = ".sent"
"""The end of the name of a list's receipt, beside the list: `273.json.sent` (`sending.receipts`)."""

SENDERS_LOCK = ".fibrocheck-sending.lock"
"""The file that only one program at a time can lock, in each folder that lists are sent from."""

_OWNER_ONLY = 0o600
MAX_COPY = 64 * 1024
"""The bytes that a disk must have room for before a visit; a record has about 30,000."""

_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class SaveError(StaffError):
    """A copy could not be saved."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        """Say in one line where, what happened, and what to do."""
        super().__init__(f"{printable(str(path))}: not saved, {what}. {remedy}.")


def check_writable(path: Path, *, force: bool = False) -> None:
    """Raise `SaveError` if a copy cannot be saved under that name, tried by writing one beside it."""
    try:
        _check_free(path, force=force)
        remove(write_temporary(path.parent, bytes(MAX_COPY)))
    except (OSError, ValueError) as error:
        raise _save_error(path, error) from None


def save_numbered(path: Path, document: str | bytes) -> Path:
    """Save a document like `save`, under the next free number if the name is taken; return its path."""
    for candidate in numbered(path):
        try:
            save(candidate, document)
        except SaveError:
            if not is_taken(candidate):
                raise
        else:
            return candidate
    raise AssertionError  # there is always another number


def numbered(path: Path) -> Iterator[Path]:
    """Yield the path, then the same with -2, -3 … before its suffix."""
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem}-{number}{path.suffix}")


def is_taken(path: Path) -> bool:
    """Return whether anything has this name, be it a link that leads nowhere."""
    return os.path.lexists(path)


def save(path: Path, document: str | bytes, *, force: bool = False) -> None:
    """Write a document to a file that only its owner can read; `SaveError` if that cannot be done.

    Without `force` an existing file stays as it is, even if it appears at this moment. With `force`
    it is replaced, if it is an ordinary file; a link is never followed or replaced.
    """
    data = document.encode("utf-8", errors="replace") if isinstance(document, str) else document
    try:
        _check_free(path, force=force)
        _write(path, data, force=force)
    except (OSError, ValueError) as error:
        raise _save_error(path, error) from None


def _check_free(path: Path, *, force: bool) -> None:
    """Raise `SaveError` or `FileExistsError` if the name is taken by something that must stay."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise SaveError(path, "this is a folder", "Add a file name, such as visit.txt")
    if stat.S_ISLNK(mode):
        raise SaveError(path, "this is a symbolic link", "Name the file it points to, or another file")
    if not stat.S_ISREG(mode):
        raise SaveError(path, "this is not an ordinary file", "Choose another name")
    if not force:
        raise FileExistsError(errno.EEXIST, "")


def _write(path: Path, data: bytes, *, force: bool) -> None:
    temporary = write_temporary(path.parent, data)
    try:
        if force:
            temporary.replace(path)
        else:
            _rename_if_free(temporary, path)
    finally:
        remove(temporary)
    flush_folder(path.parent)


def write_temporary(folder: Path, data: bytes, mode: int = _OWNER_ONLY) -> Path:
    """Return a new temporary file with this data, flushed to the disk; none is left after an error.

    It has this mode, whatever the umask.
    """
    # Only random digits: if the program is killed, the name of the file left behind reveals nothing.
    temporary = folder / f".fibrocheck-{os.urandom(8).hex()}.tmp"
    descriptor = os.open(temporary, _CREATE, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            if hasattr(os, "fchmod"):
                os.fchmod(descriptor, mode)  # whatever the umask
            file.write(data)
            file.flush()
            os.fsync(descriptor)
    except BaseException:
        remove(temporary)
        raise
    return temporary


def remove(temporary: Path) -> None:
    """Remove a temporary file if it is still there and can be removed."""
    with suppress(OSError):  # it was renamed, or nothing more can be done
        temporary.unlink()


def _rename_if_free(temporary: Path, path: Path) -> None:
    """Rename the file; `FileExistsError` if the name is taken, even since a moment ago."""
    if os.name == "nt":
        temporary.rename(path)  # never over an existing file there
        return
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no hard links and report it with different errors. Any other problem
        # occurs again here.
        _rename_without_links(temporary, path)


def _rename_without_links(temporary: Path, path: Path) -> None:
    """Rename the file by a system call that never replaces one.

    A system or a file system may not have it. Then visits take turns in the folder, and only another
    program that takes the name at this moment could lose its file.
    """
    if rename_if_free(os.fsencode(temporary), os.fsencode(path)):
        return
    with _turn_in(path.parent):
        if is_taken(path):
            raise FileExistsError(errno.EEXIST, "")
        temporary.replace(path)


@contextmanager
def _turn_in(folder: Path) -> Iterator[None]:
    """Have the folder to oneself among the visits that save without links in it, if the system can lock."""
    import fcntl

    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # ends with the process, however that ends
        yield
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Make the new name survive a power cut, if the system can flush folders. The copy is saved anyway."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


_DENIED = ("permission denied", "Choose a folder that you can write to")
_DISK_FULL = ("the disk is full", "Free some space, or choose another place")
_REASONS = {
    errno.EEXIST: ("the file already exists", "Choose another name, or add --force"),
    errno.ENOENT: ("the folder does not exist", "Create it, or choose another one"),
    errno.ENOTDIR: ("part of the path is a file, not a folder", "Check the path"),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EROFS: ("the disk is read-only", "Choose another place"),
    errno.ENOSPC: _DISK_FULL,
    getattr(errno, "EDQUOT", errno.ENOSPC): _DISK_FULL,
    errno.EFBIG: ("the file would be larger than the system allows", "Choose another place"),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter one"),
    errno.ELOOP: ("the symbolic links in the path form a loop", "Choose another folder"),
    errno.EIO: ("the disk reported an error", "Choose another disk, and have this one checked"),
}


def _save_error(path: Path, error: OSError | ValueError) -> SaveError:
    """Return the error that says in plain words what the system reported, and what to do."""
    return SaveError(path, *reason_of(error))


def reason_of(error: OSError | ValueError) -> tuple[str, str]:
    """Return what the system reported in plain words, and what to do."""
    if not isinstance(error, OSError):
        return "this file name is not valid", "Choose another name"
    other = (system_words(error, "it could not be written"), "Choose another place")
    return _REASONS.get(error.errno or 0, other)
