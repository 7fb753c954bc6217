"""Saving a copy: the whole of it under its name, or nothing, and never over another file unasked.

The copy is written to a temporary name in the same folder, flushed to the disk, and only then given
its name. That last step either happens or does not: a visit that is killed at any moment leaves the
old file or the new one, never half of one. The temporary file is readable by its owner alone, and
its name says nothing about the visit.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from fibrocheck.errors import StaffError
from fibrocheck.text_safety import printable, quoted

if TYPE_CHECKING:
    from pathlib import Path

JSON, HTML, TXT = "json", "html", "txt"
_FORMS = {".json": JSON, ".html": HTML, ".txt": TXT}

_OWNER_ONLY = 0o600
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class SaveError(StaffError):
    """A copy that could not be saved: where, what happened, what to do."""


def form_of(path: Path) -> str:
    """The form that a file's suffix asks for: `json`, `html` or `txt`; `SaveError` for any other."""
    form = _FORMS.get(path.suffix.lower())
    if form is None:
        what = f"the name ends in {quoted(path.suffix)}" if path.suffix else "the name has no suffix"
        raise _error(path, what, "End it in .txt, .html or .json, such as visit.txt")
    return form


def refuse_early(path: Path, *, force: bool = False) -> None:
    """`SaveError` where it is plain already that a copy cannot be saved under that name."""
    form_of(path)
    try:
        _refuse_what_is_there(path, force=force)
        if not path.parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, "")
    except (OSError, ValueError) as error:
        raise _told(path, error) from None


def save(path: Path, text: str, *, force: bool = False) -> None:
    """Write the text to a file that only its owner can read; `SaveError` if that cannot be done.

    Without `force` a file that is there already stays as it is, even if it appears at this moment.
    With `force` it is replaced, if it is an ordinary file; a link is never followed or replaced.
    """
    try:
        _refuse_what_is_there(path, force=force)
        _write(path, text.encode("utf-8", errors="replace"), force=force)
    except (OSError, ValueError) as error:
        raise _told(path, error) from None


def _refuse_what_is_there(path: Path, *, force: bool) -> None:
    """Say so early, before anything is written, when the name is taken by what must stay."""
    try:
        mode = path.lstat().st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise _error(path, "this is a folder", "Add a file name, such as visit.txt")
    if stat.S_ISLNK(mode):
        raise _error(path, "this is a link to somewhere else", "Name the file itself, or another one")
    if not stat.S_ISREG(mode):
        raise _error(path, "this is not an ordinary file", "Choose another name")
    if not force:
        raise FileExistsError(errno.EEXIST, "")


def _write(path: Path, data: bytes, *, force: bool) -> None:
    # Only random digits: a file that a killed program leaves behind tells nothing by its name.
    temporary = path.parent / f".fibrocheck-{secrets.token_hex(8)}.tmp"
    descriptor = os.open(temporary, _CREATE, _OWNER_ONLY)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if force:
            temporary.replace(path)
        else:
            _name_if_free(temporary, path)
    finally:
        with suppress(OSError):  # it has its name, or nothing more can be done
            temporary.unlink()
    _flush_folder(path.parent)


def _name_if_free(temporary: Path, path: Path) -> None:
    """Give the file its name; `FileExistsError` if another has it, even since a moment ago."""
    try:
        path.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no hard links and say so in many ways. Take the name with an empty
        # file and put the copy in its place; whatever else is wrong is met again here.
        os.close(os.open(path, _CREATE, _OWNER_ONLY))
        try:
            temporary.replace(path)
        except BaseException:
            path.unlink()
            raise


def _flush_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where folders can be flushed. The copy is there anyway."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


_NO_SPACE = ("no space is left there", "Make room, or choose another place")
_NOT_ALLOWED = ("you are not allowed to write there", "Choose a folder of your own")
_REASONS = {
    errno.EEXIST: ("a file of that name is there already", "Choose another name, or add --force"),
    errno.ENOENT: ("the folder does not exist", "Create it, or choose another one"),
    errno.ENOTDIR: ("part of the way there is a file and not a folder", "Check the folder's name"),
    errno.EACCES: _NOT_ALLOWED,
    errno.EPERM: _NOT_ALLOWED,
    errno.EROFS: ("nothing can be written to that disk", "Choose another place"),
    errno.ENOSPC: _NO_SPACE,
    getattr(errno, "EDQUOT", errno.ENOSPC): _NO_SPACE,
    errno.EFBIG: ("the file would be too large for that disk", "Choose another place"),
    errno.ENAMETOOLONG: ("the name is too long", "Choose a shorter one"),
    errno.ELOOP: ("the links to that folder lead in a circle", "Choose another folder"),
    errno.EIO: ("the disk reported a fault", "Choose another disk, and have this one looked at"),
}


def _told(path: Path, error: OSError | ValueError) -> SaveError:
    """What the system said, in words that say what to do."""
    if not isinstance(error, OSError):
        return _error(path, "no file can have that name", "Choose another name")
    other = ((error.strerror or "it could not be written").lower(), "Choose another place")
    return _error(path, *_REASONS.get(error.errno or 0, other))


def _error(path: Path, what: str, remedy: str) -> SaveError:
    return SaveError(f"{printable(str(path))}: not saved, {what}. {remedy}.")
