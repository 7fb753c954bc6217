"""What is taken in the front desk's folder: numbers and identifiers, each by a folder with its name.

Making a folder either succeeds or finds it there, for all programs on all computers that share a disk,
and needs neither locks nor hard links, nor permission to list anything. What was claimed stays claimed
if the program is killed: a claim without a list is only a gap.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.folder.numbers import LENGTHS, numbers_at_random

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from uuid import UUID

NUMBER_DAYS = 7
"""A number is not used again within this many days. Two lists in the desk's hands never share one."""

_IDENTIFIER_DAYS = 1
"""How far the days can be apart on which lists with the same code are given: a visit lasts past midnight."""


class Claims(NamedTuple):
    """The claims of one day under the front desk's folder."""

    folder: Path
    day: date
    mode: int = 0o700
    """The mode of a claim's folder."""

    @property
    def place(self) -> Path:
        """The day's own folder."""
        return self.folder / self.day.isoformat()

    def new_number(self) -> str:
        """Claim a number at random that is used on none of the `NUMBER_DAYS` before and after; return it.

        It has three digits while one of those is free. `OSError` if no claim can be made.
        """
        days = self._days(NUMBER_DAYS)
        for length in LENGTHS:
            for number in numbers_at_random(length):
                # A list that staff put there by hand takes its number too.
                names = (_number(number), file_of(number))
                if not self._is_taken(names, days) and self._claim(names[0], NUMBER_DAYS):
                    return number
        raise AssertionError  # a million lists in a week

    def identifier(self, identifier: UUID) -> bool:
        """Claim an identifier; return `False` if another list has it. `OSError` if no claim can be made."""
        return self.is_new(identifier) and self._claim(_identifier(identifier), _IDENTIFIER_DAYS)

    def is_new(self, identifier: UUID) -> bool:
        """Return whether no list has this identifier so far, and claim nothing."""
        return not self._is_taken([_identifier(identifier)], self._days(_IDENTIFIER_DAYS))

    def keep_number(self, number: str) -> None:
        """Keep the number of a list that goes from being used again that week, however it came there."""
        with suppress(OSError), exact_modes():  # there already, or the list goes all the same
            os.mkdir(self._path(self.day, _number(number)), self.mode)

    def release_number(self, number: str) -> None:
        """Give back a number that no one has seen."""
        self._release(_number(number))

    def release_identifier(self, identifier: UUID | None) -> None:
        """Give back the identifier of a list that was not given, or was taken back, if it had one."""
        if identifier is not None:
            self._release(_identifier(identifier))

    def _claim(self, name: str, around: int) -> bool:
        """Claim a name that was free when it was looked for."""
        try:
            with exact_modes():
                os.mkdir(self._path(self.day, name), self.mode)
        except FileExistsError:
            return False
        # A clock that differs may have claimed it for another day since. Each of the two looks after it
        # claimed, so one of them sees the other. If both do, the number is a gap on both days.
        others = [day for day in self._days(around) if day != self.day]
        return not self._is_taken((name,), others)

    def _is_taken(self, names: Sequence[str], days: Sequence[date]) -> bool:
        return any(os.path.lexists(self._path(day, name)) for day in days for name in names)

    def _days(self, around: int) -> list[date]:
        """Return the days around this one, and itself, that have a folder."""
        days = (self.day + timedelta(days=number) for number in range(-around, around + 1))
        return [day for day in days if os.path.lexists(self._path(day, ""))]

    def _path(self, day: date, name: str) -> str:
        return os.path.join(self.folder, day.isoformat(), name)

    def _release(self, name: str) -> None:
        with suppress(OSError):  # then it is a gap
            (self.place / name).rmdir()


@contextmanager
def exact_modes() -> Iterator[None]:
    """Make folders with exactly the mode that is asked for, from the first moment.

    Not by `chmod` afterwards: it would take the set-group-ID bit away from a folder whose group the
    account is not in (chmod(2)), and the next file in it would get another group.
    """
    before = os.umask(0)
    try:
        yield
    finally:
        os.umask(before)


def file_of(number: str) -> str:
    """Return the name of the file of the list with this number."""
    return f"{number}.json"


def _number(number: str) -> str:
    return f"{number}.number"


def _identifier(identifier: UUID) -> str:
    return f"{identifier}.identifier"
