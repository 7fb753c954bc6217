"""The versions of a list that the desk changed: none is lost, and none is replaced unseen.

The first change makes two folders, `273.1.version` with the list as it was and `273.2.version` with the
new one; the next one makes `273.3.version`. Making such a folder either succeeds or finds it there, so of
two desks that change the same version only one does. From then on the change is made, and others may
already build on it; nothing that follows may take it back. After that, `273.json` is replaced by the
newest. A program that ends in between leaves an older one there: whoever looks at the list next takes the
newest from its folder, and the next change replaces the file.

Of an unfinished call only the newest version is kept. Some folders before it stay, with digests in place of
the records: were they removed, a desk that looked before could make one again and take its own change for
the newest, or take a file that a slow desk put last for one from a backup.

A list that somebody else put in the place of `273.json` since, such as from a backup, is in none of the
folders. Then the file is the newest.
"""

from __future__ import annotations

import re
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.folder.access import FolderError
from fibrocheck.desk.day_files import LIST, DayFiles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_RECORD, _DIGEST = "record", "digest"
_NAME = re.compile(r"(?P<list>.+)\.(?P<version>[0-9]{1,9})\.version", re.DOTALL)
_MAX_TRIES = 5
_DIGESTS = 8
"""How many folders stay before the newest. One was too few for a desk that a busy computer held up while two
others changed a call twice."""


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
    with day.prepared(new) as temporary:
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
                _check_base(day, number, base, new)
                _put_newest(day, number, base + 1, temporary)
                if not keep:
                    _drop_before(day, number, base, seen)
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


def _check_base(day: DayFiles, number: str, base: int, new: bytes) -> None:
    """Raise `Newer` if the version that was changed is gone, unless others built on the new one since.

    The new one is removed then: another desk changed the list more than once, or removed it.
    """
    numbers = versions_of(number, day.names())
    is_replaced = base + 1 in numbers and _read(day, number, base + 1) is None
    if base in numbers or is_replaced:
        return
    day.drop(_name(number, base + 1))
    raise Newer(day, number, new, newest(day, number))


def _put_newest(day: DayFiles, number: str, version: int, temporary: Path) -> None:
    """Put a version that was made in the list's place, and again a newer one that others make meanwhile.

    The change is made already: an error here is for `settle` to put right.
    """
    with suppress(FolderError, OSError):
        if versions_of(number, day.names())[-1:] == [version]:
            day.put_prepared(f"{number}{LIST}", temporary)
        if versions_of(number, day.names())[-1:] != [version]:
            settle(day, number)


def _drop_before(day: DayFiles, number: str, last: int, record: bytes) -> None:
    """Leave digests of a version and some before it; the list is safe if that cannot be done."""
    with suppress(FolderError):
        _leave_digest(day, number, last, record)
        for each in versions_of(number, day.names()):
            if each <= last - _DIGESTS:
                day.drop(_name(number, each))
            elif each < last and (left := _read(day, number, each)) is not None:
                _leave_digest(day, number, each, left)  # a program ended before it did


def _leave_digest(day: DayFiles, number: str, version: int, record: bytes) -> None:
    day.put(f"{_name(number, version)}/{_DIGEST}", _digest(record))
    day.drop(f"{_name(number, version)}/{_RECORD}")


def _newest(day: DayFiles, number: str, versions: list[int]) -> _Newest:
    file = in_place(day, number)
    highest = versions[-1] if versions else 0
    for version in reversed(versions):
        if _is_of(day, number, version, file):
            last = _read(day, number, highest)
            return _Newest(file if last is None else last, highest, highest)
    return _Newest(file, 0, highest)


def _is_of(day: DayFiles, number: str, version: int, record: bytes) -> bool:
    """Return whether a record is that of a version, or was."""
    return _read(day, number, version) == record or _read(day, number, version, _DIGEST) == _digest(record)


def _read(day: DayFiles, number: str, version: int, name: str = _RECORD) -> bytes | None:
    """Return the record of a version, or its digest; `None` if it is gone or cannot be read."""
    try:
        return day.read(f"{_name(number, version)}/{name}")
    except OSError:
        return None


def _digest(record: bytes) -> bytes:
    return sha256(record).digest()


def _name(number: str, version: int) -> str:
    return f"{number}.{version}.version"
