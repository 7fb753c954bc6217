"""Lists that go when their time is over: which ones, for staff to say yes, and removing them wholly."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.files import RECEIPT, SENDERS_LOCK
from fibrocheck.copies.folder.access import FolderError
from fibrocheck.copies.folder.claims import NUMBER_DAYS, Claims
from fibrocheck.desk import states, versions
from fibrocheck.desk.day_files import LIST, TEMPORARY, DayFiles
from fibrocheck.desk.in_tray import Group, InTray, Limits, Row, days_of
from fibrocheck.desk.log import Action
from fibrocheck.records.record import ENTERED_IN_ERROR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date
    from uuid import UUID

    from fibrocheck.content.model import Content
    from fibrocheck.copies.folder.desk_folder import Folder
    from fibrocheck.desk.log import Log
    from fibrocheck.desk.states import Who

_CLAIMS = (".number", ".identifier")
_OLD = timedelta(hours=1)
"""A temporary file this old belongs to a program that was killed: writing takes no second."""


class Due(NamedTuple):
    """A list whose time is over, and since when it has been what it is."""

    row: Row
    since: date
    """The day on which it came into the chart or was found to be wrong; that of the list if unclaimed."""

    @property
    def name(self) -> str:
        """The day and the number, for the log: 2026-11-25/273."""
        return f"{self.row.day.isoformat()}/{self.row.number}"


def due(folder: Folder, content: Content, limits: Limits, days: Iterable[date]) -> Iterator[Due]:
    """Yield the lists of these days that go, for staff to see before they say yes.

    Those in the chart and those entered in error after `limits.in_chart` days, unclaimed ones after
    `limits.unclaimed`. A file that cannot be opened is never among them, nor an unfinished call.
    """
    today = folder.now().date()
    for day in days:
        for row in InTray(folder, content, limits).rows(day):
            if found := _due(row, limits, today):
                yield found


def remove_due(
    found: Iterable[Due], folder: Folder, content: Content, limits: Limits, log: Log, who: Who
) -> Iterator[tuple[Due, bool]]:
    """Remove the lists that staff said yes to, one after the other; yield each with whether it is gone.

    One that changed since it was shown stays: staff may have taken it out of the chart. `FolderError` if
    the folder cannot be used.
    """
    today = folder.now().date()
    trays: dict[date, InTray] = {}
    for each in found:
        tray = trays.setdefault(each.row.day, InTray(folder, content, limits))
        rows = {row.number: row for row in tray.rows(each.row.day)}
        now = rows.get(each.row.number)
        is_same = now is not None and now.state == each.row.state and _due(now, limits, today) is not None
        if is_same:
            with log.doing(Action.REMOVED, who, each.name):
                identifier = now.seen.record.identifier if now and now.seen.record else None
                remove_list(DayFiles(folder, each.row.day), each.row.number, identifier)
        yield each, is_same


def remove_list(files: DayFiles, number: str, identifier: UUID | None) -> None:
    """Remove a list and everything beside it but its number, which is not used again that week.

    That holds for a list that somebody put there by hand too.
    Its identifier can be used again: the same code can be kept anew.

    First its versions, then the list, then what staff did and the receipt: a program that is killed leaves
    a whole list, or nothing with an answer in it.
    """
    claims = Claims(files.folder.path, files.day, files.folder.access().folder_mode)
    claims.keep_number(number)
    versions.remove_all(files, number)
    files.drop(f"{number}{LIST}")
    for name in states.of_list(number, files.names()):
        files.drop(name)
    files.drop(f"{number}{LIST}{RECEIPT}")
    claims.release_identifier(identifier)


def tidy(folder: Folder, clock: Callable[[], float] = time.time) -> None:
    """Remove what killed programs left, and the folders of old days in which nothing is left.

    That is temporary files older than an hour, and all that stood beside lists that are gone. A day's
    folder goes when its numbers may be used again; one with a log stays. What cannot be removed stays.
    """
    before = folder.now().date() - timedelta(days=2 * NUMBER_DAYS)
    for day in days_of(folder):
        with suppress(FolderError):
            files = DayFiles(folder, day)
            _drop_leftovers(files, clock() - _OLD.total_seconds())
            if day < before:
                _drop_empty(files)


def _due(row: Row, limits: Limits, today: date) -> Due | None:
    record, chart = row.seen.record, row.state.in_chart
    if record is None:
        return None
    if row.group is Group.UNCLAIMED:
        return Due(row, row.day)
    since, is_done = row.day, row.group is Group.DONE
    if record.status == ENTERED_IN_ERROR and record.correction:
        since = states.day_of(record.correction.at.isoformat()) or row.day
    elif chart:
        since = states.day_of(chart.at) or row.day
    return Due(row, since) if is_done and (today - since).days >= limits.in_chart else None


def _drop_leftovers(files: DayFiles, before: float) -> None:
    names = set(files.names())
    for name in names:
        if name.startswith(TEMPORARY) and name != SENDERS_LOCK:
            with suppress(FileNotFoundError, FolderError):
                if (files.place / name).lstat().st_mtime < before:
                    files.drop(name)
    lists = {name.removesuffix(LIST) for name in names if name.endswith(LIST)}
    for number in versions.by_list(names).keys() - lists:
        versions.remove_all(files, number)
    for number, beside in states.by_list(names).items():
        for name in beside if number not in lists else ():
            files.drop(name)
    for name in names:
        if name.endswith(f"{LIST}{RECEIPT}") and name.removesuffix(f"{LIST}{RECEIPT}") not in lists:
            files.drop(name)


def _drop_empty(files: DayFiles) -> None:
    """Remove a day's folder if it has only claims, and the lock of whoever sent lists from it."""
    names = set(files.names())
    if all(name.endswith(_CLAIMS) for name in names - {SENDERS_LOCK}):
        with suppress(OSError):  # a kiosk whose clock is wrong puts a list there at this moment
            (files.place / SENDERS_LOCK).unlink(missing_ok=True)
            for name in names - {SENDERS_LOCK}:
                (files.place / name).rmdir()
            files.place.rmdir()
