"""The front desk's folder: an in-tray with one FHIR record for each list that a person gave.

Under the folder (`--records`):

    2026-11-25/273.json        the list with the number 273, given on that day
    2026-11-25/273.number/     the number is taken, also after the list is gone (`claims`)
    2026-11-25/UUID.identifier/    the identifier is taken

Nothing else ends in ".json". Temporary files and folders are ".fibrocheck-DIGITS.tmp". Everything works
in a folder that the account can add to and not list. A list is there completely or not at all, however
the program ends.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck import __released__
from fibrocheck.copies.files import MAX_COPY, flush_folder, reason_of, remove, write_temporary
from fibrocheck.copies.folder.access import (
    Access,
    FolderError,
    ListChangedError,
    access_of,
    check_folder,
    make_folder,
)
from fibrocheck.copies.folder.claims import Claims, exact_modes, file_of
from fibrocheck.records.times import local_now

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from uuid import UUID

_RELEASED = date.fromisoformat(__released__)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MIDNIGHT = timedelta(hours=1)
"""Around midnight, two clocks may differ by this much."""

_LONGEST_BREAK = timedelta(days=366)
"""A clinic may close for holidays, but its clock is wrong if the newest list is older than this."""

_CHECK_CLOCK = "Set the clock of this computer, or print the list or show its code instead"
_CHECK_BOTH = f"{_CHECK_CLOCK}. If it is right, move the lists of that day elsewhere"
_NO_ANSWER = ("the network folder does not answer", "Check the network and the mount")
_NETWORK = {
    getattr(errno, name): _NO_ANSWER
    for name in ("ESTALE", "ENOTCONN", "ETIMEDOUT", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH")
    if hasattr(errno, name)
}
"""What a share reports whose server or connection is gone."""


class IdentifierTaken(FolderError):  # noqa: N818 - a reason to draw again, not to tell staff
    """Another list in the folder has the identifier. The list needs a new code."""


class ClockError(FolderError):
    """The computer's date cannot be right. Everything else about the folder may be."""


class Given(NamedTuple):
    """A list that was given: the day and the number that find it, and what tells whether it is unchanged."""

    day: date
    number: str
    found: tuple[int, ...]
    identifier: UUID | None
    """`None` if another list in the folder has the identifier too."""


class Folder:
    """The front desk's folder. Every method raises `FolderError`, one sentence for staff."""

    def __init__(self, path: Path, now: Callable[[], datetime] = local_now) -> None:
        """Use a folder that exists. `now` is the clock, for tests."""
        self.path = path
        self._now = now
        self._disk: int | None = None

    def now(self) -> datetime:
        """Return the time by the clock of this folder."""
        return self._now()

    def check_ready(self) -> None:
        """Raise `FolderError` if a list cannot be given now, tried by writing one; nothing of it is left.

        It is a `ClockError` only if all else is ready. From then on, the folder must stay on its disk: a
        share that is unmounted leaves an empty folder.
        """
        with self.reported():
            self._disk = self.path.stat().st_dev
            self._try(self.access())
        self.check_clock()

    def check_clock(self) -> None:
        """Raise `ClockError` if the date cannot be right: a list would be filed under a wrong day.

        It must not be before this version of the program, before the newest list, or more than a year
        after that. Lists are looked for only if the account may list the folder.
        """
        now = self._now()
        today, newest = now.date(), self._newest_day()
        if today < _RELEASED:
            what = f"the clock shows {today}, which is before this program was made"
            raise ClockError(self.path, what, _CHECK_CLOCK)
        if newest and newest > (now + _MIDNIGHT).date():
            what = f"the clock shows {today}, which is before the newest list ({newest})"
            raise ClockError(self.path, what, _CHECK_BOTH)
        if newest and today - newest > _LONGEST_BREAK:
            what = f"the clock shows {today}, more than a year after the newest list ({newest})"
            raise ClockError(self.path, what, _CHECK_BOTH)

    def is_new(self, identifier: UUID) -> bool:
        """Return whether no list in the folder has this identifier. Nothing is written."""
        return Claims(self.path, self._now().date()).is_new(identifier)

    def give(self, record: bytes, identifier: UUID, *, is_fixed: bool = False) -> Given:
        """Put a list into the folder, and return its number and how to find it.

        `IdentifierTaken` if another list has its identifier, so that a new code can be drawn, unless it
        `is_fixed`: somebody has the code already.
        """
        self.check_clock()
        with self.reported():
            access = self.access()
            claims = Claims(self.path, self._now().date(), access.folder_mode)
            make_folder(claims.place, access)
            own = identifier if claims.identifier(identifier) else None
            if own is None and not is_fixed:
                what = "another list has this identifier"
                raise IdentifierTaken(self.path, what, "Give the list a new code")
            with _after_error(lambda: claims.release_identifier(own)):
                number = claims.new_number()
                with _after_error(lambda: claims.release_number(number)):
                    found = put(claims.place / file_of(number), record, access)
        return Given(claims.day, number, found, own)

    def find(self, day: date, number: str) -> Given:
        """Return how to find a list that is there, for `give_again` in another process than gave it."""
        with self.reported():
            self.access()
            path = self._path(day, number)
            try:
                return Given(day, number, _identity(path.lstat()), None)
            except FileNotFoundError:
                raise FolderError(path, "there is no such list", "Check the number and the day") from None

    def give_again(self, given: Given, record: bytes) -> Given:
        """Replace a list after a change, and return how to find it. The number and the day stay.

        A list that the front desk has changed or linked since is not replaced; one that it removed is put
        back.
        """
        with self.reported():
            access, path = self.access(), self._unchanged(given)
            check_folder(path.parent, access)
            return given._replace(found=put(path, record, access))

    def take_back(self, given: Given) -> None:
        """Remove a list. Its number is not used again that week, its identifier may be.

        A list that the front desk has changed or linked since stays; one that it removed is gone anyway.
        """
        with self.reported():
            self.access()
            path = self._unchanged(given)
            path.unlink(missing_ok=True)
            flush_folder(path.parent)
            Claims(self.path, given.day).release_identifier(given.identifier)

    def _unchanged(self, given: Given) -> Path:
        """Return the path of a list; `FolderError` if the file there is another than was given."""
        path = self._path(given.day, given.number)
        with suppress(FileNotFoundError):
            if _identity(path.lstat()) != given.found:
                what = f"the front desk has changed or linked the list {given.number} since it was given"
                raise ListChangedError(path, what, "Tell the front desk what to change")
        return path

    def _path(self, day: date, number: str) -> Path:
        return self.path / day.isoformat() / file_of(number)

    def access(self) -> Access:
        """Return what the folder allows; `FolderError` if it is not the one that was there at the start."""
        found = self.path.stat()
        if self._disk not in {None, found.st_dev}:
            what = "this folder is on another disk than when the program started"
            raise FolderError(self.path, what, "Check that the share is mounted, and start the program again")
        return access_of(self.path, found)

    def _try(self, access: Access) -> None:
        """Write and remove a list in a folder as a day has it. Today's, if it is there, must be usable."""
        today = self.path / self._now().date().isoformat()
        if os.path.lexists(today):
            check_folder(today, access)
        folder = self.path / f".fibrocheck-{os.urandom(8).hex()}.tmp"
        with exact_modes():
            folder.mkdir(access.folder_mode)
        try:
            file = write_temporary(folder, bytes(MAX_COPY), access.file_mode)
            mode = file.lstat().st_mode
            remove(file)
        finally:
            folder.rmdir()
        if os.name != "nt" and mode & 0o007:
            what = "every user of this computer could read the lists, because this disk has no permissions"
            raise FolderError(self.path, what, "Choose another disk, or mount it for this account only")

    def _newest_day(self) -> date | None:
        """Return the newest day with a list; `None` if there is none, or if the folder cannot be listed."""
        with suppress(OSError, ValueError):  # also a name that no folder can have
            names = sorted(filter(_DAY.fullmatch, os.listdir(self.path)), reverse=True)
            return next(filter(None, map(self._day_with_lists, names)), None)
        return None

    def _day_with_lists(self, name: str) -> date | None:
        with suppress(OSError, ValueError):  # not a folder, not for this account, or no date
            if any(each.endswith(".json") for each in os.listdir(self.path / name)):
                return date.fromisoformat(name)
        return None

    @contextmanager
    def reported(self) -> Iterator[None]:
        """Turn what the system reports into a sentence for staff."""
        try:
            yield
        except (OSError, ValueError) as error:
            reason = _NETWORK.get(error.errno or 0) if isinstance(error, OSError) else None
            raise FolderError(self.path, *(reason or reason_of(error))) from None


def put(path: Path, record: bytes, access: Access) -> tuple[int, ...]:
    """Write a list completely or not at all, over its earlier version; return what identifies the file."""
    temporary = write_temporary(path.parent, record, access.file_mode)
    try:
        found = _identity(temporary.lstat())
        temporary.replace(path)
    except BaseException:
        remove(temporary)
        raise
    flush_folder(path.parent)
    return found


def _identity(status: os.stat_result) -> tuple[int, ...]:
    """Return what changes when somebody writes a file. Some shares number their files anew at any time."""
    return status.st_size, status.st_mtime_ns


@contextmanager
def _after_error(release: Callable[[], None]) -> Iterator[None]:
    """Give a claim back if the system refused the list. No one has seen the number."""
    try:
        yield
    except OSError:
        release()
        raise
