"""The files of one day in the front desk's folder: what there is, and how the desk writes beside a list.

Besides what `copies.folder.desk_folder` names:

    2026-11-25/273.2.version/record    a version of the list 273 (`versions`)
    2026-11-25/273.4-3fa9c1.state      something that staff did with it (`states`)
    2026-11-25/front-3fa9c1.log        what one running desk did on that day (`log`)

A name is that of a list if it ends in ".json", whatever stands before that: nothing is hidden.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.files import flush_folder, remove, write_temporary
from fibrocheck.copies.folder.access import Access, make_folder
from fibrocheck.copies.folder.claims import exact_modes
from fibrocheck.file_reading import read_regular_file
from fibrocheck.records.strict_json import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from fibrocheck.copies.folder.desk_folder import Folder

LIST = ".json"
TEMPORARY = ".fibrocheck-"
"""How the names of temporary files and folders begin."""


class DayFiles(NamedTuple):
    """One day in the folder. Everything raises `FolderError`, a sentence for staff, unless it says more."""

    folder: Folder
    day: date

    @property
    def place(self) -> Path:
        """The day's own folder, which may not exist."""
        return self.folder.path / self.day.isoformat()

    def names(self) -> list[str]:
        """Return all names in the day's folder; none if there is no such folder."""
        with self.folder.reported():
            self.folder.access()  # the folder itself must be there: a share may be gone
            try:
                return os.listdir(self.place)
            except FileNotFoundError:
                return []

    def read(self, name: str) -> bytes:
        """Return the bytes of a file; `OSError` if it is gone or cannot be read."""
        return read_regular_file(self.path(name), MAX_BYTES)

    def path(self, name: str) -> str:
        """Return where a file is; a text, which is made faster than a path, for a day of a thousand."""
        return os.path.join(self.folder.path, self.day.isoformat(), name)

    def put(self, name: str, data: bytes) -> None:
        """Write a file completely or not at all, over one of that name."""
        with self.prepared(data) as temporary:
            self.put_prepared(name, temporary)

    def touch(self, name: str) -> None:
        """Make a file another one for the kiosk that gave it, with the same in it: now it is the desk's."""
        with suppress(OSError):  # it is gone, or another account's alone
            os.utime(self.path(name))

    @contextmanager
    def prepared(self, data: bytes) -> Iterator[Path]:
        """Give a temporary file with this data, safe on the disk; it is gone afterwards unless it was put."""
        with self.folder.reported():
            temporary = write_temporary(self.place, data, self.make().file_mode)
        try:
            yield temporary
        finally:
            remove(temporary)

    def put_prepared(self, name: str, temporary: Path) -> None:
        """Give a prepared file its name, over one of that name."""
        with self.folder.reported():
            temporary.replace(self.place / name)
            flush_folder(self.place)

    def claim(self, name: str, file: str, data: bytes) -> bool:
        """Make a folder of this name with a file in it; return `False` if the name is taken.

        It appears with the file already inside, or not at all. Renaming a folder never replaces one that
        has something in it, on any disk: no locks and no hard links are needed.
        """
        with self.folder.reported():
            access = self.make()
            temporary = self.place / f"{TEMPORARY}{os.urandom(8).hex()}.tmp"
            with exact_modes():
                temporary.mkdir(access.folder_mode)
            try:
                write_temporary(temporary, data, access.file_mode).replace(temporary / file)
                flush_folder(temporary)
                is_free = _renamed(temporary, self.place / name)
            finally:
                shutil.rmtree(temporary, ignore_errors=True)
            flush_folder(self.place)
            return is_free

    def drop(self, name: str) -> None:
        """Remove a file, or a folder with all that is in it, if it is there.

        A folder goes under another name first: it is there with all its files or not at all.
        """
        with self.folder.reported():
            path = self.place / name
            if not path.is_dir() or path.is_symlink():
                path.unlink(missing_ok=True)
            else:
                aside = self.place / f"{TEMPORARY}{os.urandom(8).hex()}.tmp"
                with suppress(FileNotFoundError):
                    path.rename(aside)
                shutil.rmtree(aside, ignore_errors=True)
            flush_folder(self.place)

    def make(self) -> Access:
        """Make the day's folder if it is missing; return the modes of what is made in it."""
        with self.folder.reported():
            access = self.folder.access()
            make_folder(self.place, access)
            return access


def _renamed(folder: Path, name: Path) -> bool:
    try:
        folder.rename(name)
    except OSError:
        if os.path.lexists(name):
            return False
        raise
    return True
