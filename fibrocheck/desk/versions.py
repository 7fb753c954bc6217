"""The versions of a list that the desk changed: none is lost, and none is replaced unseen.

The first change makes two folders, `273.1.version` with the list as it was and `273.2.version` with the
new one; the next one makes `273.3.version`. Making such a folder either succeeds or finds it there, so of
two desks that change the same version only one does. After that, `273.json` is replaced by the newest. A
program that ends in between leaves an older one there: whoever looks at the list next takes the newest
from its folder, and the next change replaces the file.

A list that somebody else put in the place of `273.json` since, such as from a backup, is in none of the
folders. Then the file is the newest.
"""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.folder.access import FolderError
from fibrocheck.desk.day_files import LIST, DayFiles

if TYPE_CHECKING:
    from collections.abc import Iterable

_RECORD = "record"
_NAME = re.compile(r"(?P<list>.+)\.(?P<version>[0-9]{1,9})\.version", re.DOTALL)
_MAX_TRIES = 5


class Newer(FolderError):  # noqa: N818 - a refusal with something to show, not a fault
    """The list is no longer the one that was changed: both are kept here, for staff to compare."""

    def __init__(self, day: DayFiles, number: str, yours: bytes, newest: bytes) -> None:
        """Say which list it is. `newest` is in the folder, `yours` is not kept."""
        what = f"the list {number} was changed by someone else meanwhile"
        super().__init__(day.place / f"{number}{LIST}", what, "Compare both, then change the newer one")
        self.yours, self.newest = yours, newest


class Gone(FolderError):  # noqa: N818 - as above
    """The list is not in the folder any more."""

    def __init__(self, day: DayFiles, number: str) -> None:
        """Say which list it is."""
        path = day.place / f"{number}{LIST}"
        super().__init__(path, "there is no such list any more", "Look at the list of the day again")


class _Newest(NamedTuple):
    """The newest version of a list, and its number; 0 if it is in none of the folders."""

    record: bytes
    version: int
    highest: int
    """The highest number there is."""


def versions_of(number: str, names: Iterable[str]) -> list[int]:
    """Return the numbers of a list's versions among a day's names, from the first."""
    return by_list(name for name in names if name.startswith(f"{number}.")).get(number, [])


def by_list(names: Iterable[str]) -> dict[str, list[int]]:
    """Return the numbers of the versions among a day's names, by list, from the first."""
    found: dict[str, list[int]] = {}
    for name in names:
        if match := _NAME.fullmatch(name):
            found.setdefault(match["list"], []).append(int(match["version"]))
    return {each: sorted(numbers) for each, numbers in found.items()}


def newest(day: DayFiles, number: str) -> bytes:
    """Return the newest version of a list; `FolderError` if it cannot be read, `Gone` if it is gone."""
    return _newest(day, number, versions_of(number, day.names())).record


def in_place(day: DayFiles, number: str) -> bytes:
    """Return what is in the list's own file, which is not the newest if a program was killed.

    `FolderError` if it cannot be read, `Gone` if it is gone.
    """
    with day.folder.reported():
        try:
            return day.read(f"{number}{LIST}")
        except FileNotFoundError:
            raise Gone(day, number) from None


def earlier(day: DayFiles, number: str) -> list[bytes]:
    """Return the versions of a list before the newest, from the first."""
    numbers = versions_of(number, day.names())
    last = _newest(day, number, numbers).version
    kept = [each for each in numbers if not last or each < last]
    return [record for each in kept if (record := _read(day, number, each)) is not None]


def replace(day: DayFiles, number: str, seen: bytes, new: bytes, *, keep: bool = True) -> None:
    """Put a new version in the place of the one that was seen.

    `Newer` if the list is another one by now, with both; nothing is changed then. Without `keep` the
    earlier ones are removed, such as those of a call that was not finished. `FolderError` if it cannot be
    written: the list is then as it was.
    """
    for _ in range(_MAX_TRIES):
        found = _newest(day, number, versions_of(number, day.names()))
        if found.record != seen:
            raise Newer(day, number, new, found.record)
        base = found.highest
        if not found.version:
            base += 1
            if not day.claim(_name(number, base), _RECORD, seen):
                continue
        if day.claim(_name(number, base + 1), _RECORD, new):
            _finish(day, number, base + 1, new, keep=keep)
            return
    raise Newer(day, number, new, newest(day, number))


def settle(day: DayFiles, number: str) -> bytes:
    """Return the newest version like `newest`, and put it in the list's place if it is not there.

    It is not after a program ended while it changed the list. Nothing happens if that cannot be done.
    """
    record = newest(day, number)
    with suppress(FolderError):
        if record != in_place(day, number):
            day.put(f"{number}{LIST}", record)
    return record


def check_newest(day: DayFiles, number: str, seen: bytes, new: bytes) -> None:
    """Raise `Newer` if the list is another one than was seen by now, before anything is noted about it."""
    found = newest(day, number)
    if found != seen:
        raise Newer(day, number, new, found)


def remove_all(day: DayFiles, number: str) -> None:
    """Remove all versions of a list but its file."""
    for each in versions_of(number, day.names()):
        day.drop(_name(number, each))


def _finish(day: DayFiles, number: str, version: int, new: bytes, *, keep: bool) -> None:
    """Put a version that was claimed in the list's place, unless another one is newer."""
    numbers = versions_of(number, day.names())
    if numbers[-1:] != [version]:
        # The folders before it were removed by a desk that had gone further already.
        day.drop(_name(number, version))
        raise Newer(day, number, new, newest(day, number))
    try:
        day.put(f"{number}{LIST}", new)
    except FolderError:
        day.drop(_name(number, version))
        raise
    if not keep:
        _drop(day, number, numbers[:-1])


def _drop(day: DayFiles, number: str, versions: list[int]) -> None:
    """Remove versions that are of no use any more; the list is safe whether that can be done or not."""
    for each in versions:
        with suppress(FolderError):
            day.drop(_name(number, each))


def _newest(day: DayFiles, number: str, versions: list[int]) -> _Newest:
    file = in_place(day, number)
    highest = versions[-1] if versions else 0
    for version in reversed(versions):
        if _read(day, number, version) == file:
            last = _read(day, number, highest)
            return _Newest(file if last is None else last, highest, highest)
    return _Newest(file, 0, highest)


def _read(day: DayFiles, number: str, version: int) -> bytes | None:
    try:
        return day.read(f"{_name(number, version)}/{_RECORD}")
    except OSError:
        return None


def _name(number: str, version: int) -> str:
    return f"{number}.{version}.version"
