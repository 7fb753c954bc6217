"""Who can read the front desk's folder: the modes of what is made in it, and the folders that are refused.

A folder without the set-group-ID bit is private: it belongs to the account that runs the program, and no
one else can read what is put in it. With that bit, a technician has prepared it for a group, the front
desk's: the group can read the lists, and others can do in the folders of the days what they can do in
this one, which is at most to add (the kiosk's README, "A folder for the front desk").
"""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.folder.claims import exact_modes
from fibrocheck.errors import StaffError
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from pathlib import Path

_OTHERS_READ, _OTHERS_WRITE, _GROUP_READS = stat.S_IROTH, stat.S_IWOTH, stat.S_IRGRP
_PREPARE = "A technician shares a folder as in the kiosk's README, under: A folder for the front desk"
_PRIVATE_FOLDER, _PRIVATE_FILE = 0o700, 0o600
_LIST_AND_ADD, _ADD = 0o700, 0o300
"""What the owner of a day's folder may do in it: a desk's account may list it, a kiosk's may not."""


class FolderError(StaffError):
    """A list cannot be given to the front desk, or not be changed there."""

    def __init__(self, path: Path, what: str, remedy: str) -> None:
        """Say in one line where, what is wrong, and what to do."""
        self._said = f"{what}. {remedy}."
        super().__init__(f"{printable(str(path))}: {self._said}")

    @property
    def on_page(self) -> str:
        """What is wrong and what to do, as a sentence."""
        return f"{self._said[:1].upper()}{self._said[1:]}"


class ListChangedError(FolderError):
    """The front desk has changed or linked a list since it was given: it is the desk's now."""


class Access(NamedTuple):
    """The modes of what is made in a folder, and whose it has to be."""

    folder_mode: int
    file_mode: int
    owner: int | None = None
    """The account that owns every day's folder; `None` if several may."""
    group: int | None = None
    """The group that every day's folder has; `None` if it does not matter."""


def access_of(path: Path, found: os.stat_result) -> Access:
    """Return what a folder allows, by what the system says about it; `FolderError` if it cannot be used."""
    if not stat.S_ISDIR(found.st_mode):
        raise FolderError(path, "this is not a folder", "Name the folder of the lists")
    if not hasattr(os, "geteuid"):  # Windows has no modes: a folder is as private as its own settings
        return Access(_PRIVATE_FOLDER, _PRIVATE_FILE)
    return (_shared if found.st_mode & stat.S_ISGID else _private)(path, found)


def _private(path: Path, found: os.stat_result) -> Access:
    account = os.geteuid()
    if found.st_uid != account:
        what = "the folder belongs to another account and is not shared by a group"
        raise FolderError(path, what, f"Choose one of your own. {_PREPARE}")
    if found.st_mode & _OTHERS_WRITE:
        raise FolderError(
            path, "every user of this computer can change this folder", "Choose one of your own"
        )
    return Access(_PRIVATE_FOLDER, _PRIVATE_FILE, owner=account)


def _shared(path: Path, found: os.stat_result) -> Access:
    if found.st_mode & _OTHERS_READ:
        raise FolderError(path, "every user of this computer can list this shared folder", _PREPARE)
    if not found.st_mode & _GROUP_READS:
        what = "the group of this shared folder cannot read it, so no one could read the lists"
        raise FolderError(path, what, _PREPARE)
    may_list = os.access(path, os.R_OK)
    owners = _LIST_AND_ADD if may_list else _ADD
    # An account that may only add owns the files that it adds, and could read them: not by their mode.
    own = _PRIVATE_FILE if may_list else 0
    return Access(
        owners | found.st_mode & 0o077,
        own | _GROUP_READS,
        group=found.st_gid,
    )


def make_folder(path: Path, access: Access) -> None:
    """Make a day's folder if it is missing; `FolderError` if it is not what this program makes.

    `OSError` if it cannot be made. The folder above it is never made.
    """
    with exact_modes(), suppress(FileExistsError):
        path.mkdir(access.folder_mode)
    check_folder(path, access)


def check_folder(path: Path, access: Access) -> None:
    """Raise `FolderError` if a day's folder is not what this program makes; `OSError` if it is missing.

    A folder of one's own that others can read, made by hand, is closed to them.
    """
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise FolderError(path, "this is not a folder", "Move it elsewhere")
    if access.owner is not None and found.st_uid != access.owner:
        raise FolderError(path, "the folder belongs to another account", "Move it elsewhere")
    if access.group is not None and found.st_gid != access.group:
        raise FolderError(path, "the folder has another group than the one above", "Run: chgrp and chmod g+s")
    if access.owner is not None and found.st_mode & 0o077:
        path.chmod(_PRIVATE_FOLDER)
