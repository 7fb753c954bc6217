"""Saves a copy completely or not at all, and never overwrites a file without `force`.

The copy is written to a temporary file in the same folder, flushed to the disk, and then renamed.
Renaming either happens or does not: a visit that is killed at any moment leaves the old file or the
new one, never half of one. Only the owner can read the temporary file, and its name says nothing
about the visit.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from fibrocheck.errors import StaffError
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from pathlib import Path

_OWNER_ONLY = 0o600
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class SaveError(StaffError):
    """A copy could not be saved."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        """Say in one line where, what happened, and what to do."""
        super().__init__(f"{printable(str(path))}: not saved, {what}. {remedy}.")


def check_writable(path: Path, *, force: bool = False) -> None:
    """Raise `SaveError` if it is already clear that a copy cannot be saved under that name."""
    try:
        _check_free(path, force=force)
        if not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "")
    except (OSError, ValueError) as error:
        raise _save_error(path, error) from None


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
    # Only random digits: if the program is killed, the name of the file left behind reveals nothing.
    temporary = path.parent / f".fibrocheck-{os.urandom(8).hex()}.tmp"
    descriptor = os.open(temporary, _CREATE, _OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if force:
            temporary.replace(path)
        else:
            _rename_if_free(temporary, path)
    finally:
        with suppress(OSError):  # it was renamed, or nothing more can be done
            temporary.unlink()
    _flush_folder(path.parent)


def _rename_if_free(temporary: Path, path: Path) -> None:
    """Rename the file; `FileExistsError` if the name is taken, even since a moment ago."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no hard links and report it with different errors. Claim the name with
        # an empty file, then replace that. Any other problem occurs again here.
        os.close(os.open(path, _CREATE, _OWNER_ONLY))
        try:
            temporary.replace(path)
        except BaseException:
            path.unlink()
            raise


def _flush_folder(folder: Path) -> None:
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
    errno.EFBIG: ("the file would be too large for this disk", "Choose another place"),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter one"),
    errno.ELOOP: ("the symbolic links in the path form a loop", "Choose another folder"),
    errno.EIO: ("the disk reported an error", "Choose another disk, and have this one checked"),
}


def _save_error(path: Path, error: OSError | ValueError) -> SaveError:
    """Return the error that says in plain words what the system reported, and what to do."""
    if not isinstance(error, OSError):
        return SaveError(path, "this file name is not valid", "Choose another name")
    other = ((error.strerror or "it could not be written").lower(), "Choose another place")
    return SaveError(path, *_REASONS.get(error.errno or 0, other))
