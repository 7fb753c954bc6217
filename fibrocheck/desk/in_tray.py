"""The in-tray: one day's lists, each with what is to do next. Only the day that is shown is read.

A row stands for every file whose name ends in ".json", whatever is in it: nothing is hidden, and nothing
is removed by itself.
"""

from __future__ import annotations

import os
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from fibrocheck.copies.folder.access import FolderError
from fibrocheck.desk import states, versions
from fibrocheck.desk.day_files import LIST, DayFiles
from fibrocheck.desk.glance import Glance, Problem, glance, opened
from fibrocheck.records.record import DESK, ENTERED_IN_ERROR, IN_PROGRESS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from fibrocheck.content.model import Content
    from fibrocheck.copies.folder.desk_folder import Folder
    from fibrocheck.desk.states import State
    from fibrocheck.records.times import Moment


_Found = TypeVar("_Found")


class Step(Enum):
    """What is to do with a list next."""

    FINISH = "finish the call"
    LINK = "link it to an appointment"
    PRINT = "print it"
    CHART = "put it into the chart"
    WITHDRAW = "withdraw it from the chart: it is another patient's"


class Group(Enum):
    """Where a list stands on the start page."""

    TO_DO = "something is to do with it"
    DONE = "it is in the chart, or was entered in error"
    UNCLAIMED = "nobody has asked for it, and its time is over"


class Limits(NamedTuple):
    """After how many days something goes; the clinic sets them."""

    unclaimed: int = 1
    """Days after which a list that nobody asked for is unclaimed, and offered for removal."""
    in_chart: int = 7
    """Days after which a list that is in the chart is offered for removal."""


class Row(NamedTuple):
    """One file in the in-tray."""

    day: date
    number: str
    """The name of its file without ".json"; a number, unless somebody put the file there by hand."""
    group: Group
    steps: tuple[Step, ...]
    """What is to do, first things first; nothing if it cannot be opened."""
    seen: Glance
    """What the file says, or why it cannot be opened."""
    state: State

    @property
    def problem(self) -> Problem | None:
        """Why it cannot be opened; `None` if it can, as far as a quick look tells."""
        return self.seen.problem

    @property
    def time(self) -> Moment | None:
        """When the answers were confirmed; `None` if it cannot be opened."""
        return self.seen.record.authored if self.seen.record else None

    @property
    def language(self) -> str:
        """The language that the person read or heard; empty if it cannot be opened."""
        return self.seen.record.language if self.seen.record else ""

    @property
    def is_caller(self) -> bool:
        """Whether staff typed it for a caller; otherwise it is from a kiosk, or another computer."""
        return self.seen.record is not None and self.seen.record.device == DESK

    @property
    def is_linked(self) -> bool:
        """Whether staff know whose it is."""
        return self.seen.record is not None and states.is_linked(self.state, self.seen.record)

    @property
    def appointment(self) -> str:
        """The number of the appointment; empty if there is none."""
        if self.state.linked is not None:
            return self.state.linked.appointment
        return self.seen.record.reference if self.seen.record and self.is_caller else ""

    @property
    def appointment_date(self) -> date | None:
        """The day of that appointment; `None` if it is not known."""
        if self.state.linked is not None:
            return states.day_of(self.state.linked.appointment_date)
        return self.seen.record.appointment_date if self.seen.record and self.is_caller else None


_DEFAULT = Limits()


class _Key(NamedTuple):
    """What tells whether a row is still right."""

    day: date
    number: str
    file: tuple[int, ...]
    today: date
    state: tuple[str, ...]


class InTray:
    """The lists of the day that is shown. A file that has not changed is read only once."""

    def __init__(self, folder: Folder, content: Content, limits: Limits = _DEFAULT) -> None:
        """Read nothing yet."""
        self._folder, self._content, self._limits = folder, content, limits
        self._known: dict[_Key, Row] = {}

    def rows(self, day: date) -> tuple[Row, ...]:
        """Return the day's lists: the newest first, those that were put aside last.

        What changed since the last time is read again. `FolderError` if the folder cannot be listed.
        """
        files = DayFiles(self._folder, day)
        rows = ((key, self._known.get(key) or self._row(files, key)) for key in self._keys(files))
        self._known = {key: row for key, row in rows if row}
        return tuple(sorted(self._known.values(), key=_order))

    def days(self) -> list[date]:
        """Return the days that have a folder, the newest first; what is in them is not looked at."""
        return days_of(self._folder)

    def unclaimed(self, days: Iterable[date]) -> Iterator[tuple[date, tuple[Row, ...]]]:
        """Yield each day with its unclaimed lists, so that a page can say how far it is, and stop."""
        for day in days:
            rows = InTray(self._folder, self._content, self._limits).rows(day)
            yield day, tuple(each for each in rows if each.group is Group.UNCLAIMED)

    def checked(self, row: Row) -> Row:
        """Return a row after reading its list wholly, such as those on the screen.

        A quick look does not notice every damage.
        """
        if row.problem:
            return row
        files = DayFiles(self._folder, row.day)
        found = self._read(files, row.number, opened)
        if not isinstance(found, Glance):
            return row
        damaged = self._shown(row.day, row.number, found, row.state)
        self._known = {key: damaged if each is row else each for key, each in self._known.items()}
        return damaged

    def _keys(self, files: DayFiles) -> Iterator[_Key]:
        """Yield what tells whether a list or something beside it has changed, for each list."""
        names, today = files.names(), self._folder.now().date()
        beside = states.by_list(names)
        for name in names:
            number = name.removesuffix(LIST)
            if number != name and not name.startswith("."):
                state = tuple(beside.get(number, ()))
                yield _Key(files.day, number, _identity(files, name), today, state)

    def _row(self, files: DayFiles, key: _Key) -> Row | None:
        """Return the row of a list; `None` if it was removed a moment ago."""
        found = self._read(files, key.number, glance)
        state = states.state_of(files, key.state)
        return self._shown(files.day, key.number, found, state) if found else None

    def _read(
        self, files: DayFiles, number: str, look: Callable[[bytes, Content], _Found]
    ) -> _Found | Glance | None:
        """Look at a list's file. A killed desk may have left an older version: opening puts it right."""
        try:
            return look(versions.in_place(files, number), self._content)
        except versions.Gone:
            return None
        except FolderError as error:
            return Glance(problem=Problem.UNREADABLE, why=str(error))

    def _shown(self, day: date, number: str, found: Glance, state: State) -> Row:
        row = Row(day, number, Group.TO_DO, (), found, state)
        steps = tuple(_steps(row))
        is_over = (self._folder.now().date() - day).days >= self._limits.unclaimed
        group = Group.TO_DO if steps or found.problem else Group.DONE
        if is_over and steps[:1] == (Step.LINK,):
            group = Group.UNCLAIMED
        return row._replace(steps=steps, group=group)


def days_of(folder: Folder) -> list[date]:
    """Return the days that have a folder, the newest first; `FolderError` if it cannot be listed."""
    from datetime import date

    found = []
    with folder.reported():
        folder.access()
        for name in os.listdir(folder.path):
            try:
                day = date.fromisoformat(name)
            except ValueError:
                continue
            found += [day] if day.isoformat() == name else []
    return sorted(found, reverse=True)


def arrived(before: Iterable[Row], now: Iterable[Row]) -> tuple[Row, ...]:
    """Return the rows that were not there before, such as for a line that says what is new."""
    known = {(each.day, each.number) for each in before}
    return tuple(each for each in now if (each.day, each.number) not in known)


def _steps(row: Row) -> Iterator[Step]:
    """Yield what is to do with a list that can be opened, first things first."""
    record, state = row.seen.record, row.state
    if record is None:
        return
    if record.status == ENTERED_IN_ERROR:
        if state.charted is not None:
            yield Step.WITHDRAW
        return
    if record.status == IN_PROGRESS:
        yield Step.FINISH
        return
    if state.in_chart is not None:
        return
    if not row.is_linked:
        yield Step.LINK
    elif state.printed is None:
        yield Step.PRINT
        yield Step.CHART
    else:
        yield Step.CHART


def _order(row: Row) -> tuple[bool, float, str]:
    """Order the newest first, those put aside last; a list without a time of day stands at its end."""
    time = getattr(row.time, "timestamp", None)
    return (row.state.put_aside is not None, -time() if time else 0.0, row.number)


def _identity(files: DayFiles, name: str) -> tuple[int, ...]:
    try:
        found = os.lstat(files.path(name))
    except OSError:
        return ()
    return found.st_size, found.st_mtime_ns, found.st_ino
