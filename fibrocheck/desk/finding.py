"""Finding a list: by the number that a person says, by an appointment, or by a code, typed or scanned."""

from __future__ import annotations

import os
from datetime import timedelta
from enum import Enum, Flag, auto
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.code.codes import ReadCode, code_length, read_code
from fibrocheck.copies.code.identity import identifier_of
from fibrocheck.copies.code.problems import CodeError, Problem
from fibrocheck.copies.code.spelling import Typed, characters
from fibrocheck.copies.folder.claims import NUMBER_DAYS, file_of
from fibrocheck.copies.folder.numbers import LENGTHS, is_number
from fibrocheck.copies.sources import list_in_code
from fibrocheck.desk.in_tray import InTray, Row, days_of
from fibrocheck.records.record import AMENDED, RecordError, checked_reference

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from datetime import date
    from uuid import UUID

    from fibrocheck.content.model import Content
    from fibrocheck.copies.folder.desk_folder import Folder
    from fibrocheck.records.reading import SavedRecord

DAYS_BACK = 60
"""So many days back from today an appointment is looked for."""


class Meaning(Flag):
    """What a text can be. One that is a number can be an appointment too: then both are shown."""

    NOTHING = 0
    NUMBER = auto()
    APPOINTMENT = auto()
    CODE = auto()


_NEAR = 5
"""Characters that a text may have more or less than a code and be meant as one: a group of it."""
_STRAY = 3
"""Characters of another kind that a text may have and be meant as a code."""


class NoCode(NamedTuple):
    """Why a text that looks like a code is none, and how many characters it has and should have."""

    problem: Problem
    typed: int
    length: int


class NumberFound(Enum):
    """What came of looking for a number, for pages that say it in their own words."""

    HERE = "the list of the shown day"
    MISHEARD = "the check digit does not fit: a digit was misheard, ask for the number again"
    OTHER_DAY = "no list has it on the shown day, but one has on another day of that week"
    NONE = "no list has it: it was taken back or removed, or the folder is another one"


class ByNumber(NamedTuple):
    """The list with a number, or why there is none."""

    found: NumberFound
    row: Row | None = None
    days: tuple[date, ...] = ()
    """Of `OTHER_DAY`: the days that have it, the newest first."""


class Searched(NamedTuple):
    """One day of a search: how far it is, and what that day has."""

    day: date
    rows: tuple[Row, ...]


class ByCode(NamedTuple):
    """The lists of a code in the folder; without one, the list that the code itself holds."""

    code: ReadCode
    rows: tuple[Row, ...]
    """Usually one; several that agree in identifier are never taken for one without asking."""
    in_code: SavedRecord
    """What the code holds, to be shown and kept if there is no row."""
    notes: tuple[str, ...] = ()
    """What staff need to know about how it was read, one sentence each, in English."""

    @property
    def is_corrected(self) -> bool:
        """Whether the list was corrected since the code was made: what it holds is no longer true."""
        records = (each.seen.record for each in self.rows)
        return any(each is not None and each.status == AMENDED for each in records)


def meaning(text: str, content: Content, today: date) -> Meaning:
    """Return what staff may have typed."""
    text = text.strip()
    found = Meaning.NOTHING
    if _is_like_a_number(text):
        found |= Meaning.NUMBER
    if _is_code(text, content, today):
        return found | Meaning.CODE
    try:
        checked_reference(text)
    except RecordError:
        return found
    return found | Meaning.APPOINTMENT


def not_quite_a_code(text: str, content: Content, today: date) -> NoCode | None:
    """Return why a text that looks like a code is none; `None` if it is one, or does not look like it."""
    try:
        read_code(text, content, today)
    except CodeError as error:
        found, length = _characters(text), code_length(content)
        strays = sum(not each.is_in_alphabet for each in found)
        is_long = bool(found) and abs(len(found) - length) <= _NEAR
        is_meant = is_long and strays <= (_STRAY if len(found) == length else 0)
        return NoCode(error.problem, len(found), length) if is_meant else None
    return None


def _characters(text: str) -> list[Typed]:
    try:
        return characters(text)
    except CodeError:
        return []


def by_number(text: str, day: date, tray: InTray, folder: Folder) -> ByNumber:
    """Return the list with a number on the day that is shown.

    Numbers are not used again within a week, so a list of another day of it is that person's if there is
    none here: pages say which day, and ask.
    """
    number = text.strip()
    row = next((each for each in tray.rows(day) if each.number == number), None)
    if row is not None:
        return ByNumber(NumberFound.HERE, row)
    if not is_number(number):
        return ByNumber(NumberFound.MISHEARD)
    around = (day + timedelta(days=each) for each in range(NUMBER_DAYS, -NUMBER_DAYS - 1, -1))
    days = tuple(each for each in around if os.path.lexists(folder.path / each.isoformat() / file_of(number)))
    return ByNumber(NumberFound.OTHER_DAY if days else NumberFound.NONE, days=days)


def by_appointment(
    text: str, folder: Folder, content: Content, days: int = DAYS_BACK, on: date | None = None
) -> Generator[Searched, None, None]:
    """Yield today and then each day before it, with the lists of an appointment. Stop when it is enough.

    Small and capital letters are the same. With a date `on`, an appointment of another date is another
    one, such as before a list is linked: has that appointment a list already? A day is read only when it
    is asked for. Nothing has an empty appointment.
    """
    wanted, today = text.strip().casefold(), folder.now().date()
    for back in range(days + 1 if wanted else 0):
        day = today - timedelta(days=back)
        rows = (each for each in InTray(folder, content).rows(day) if each.appointment.casefold() == wanted)
        yield Searched(day, tuple(each for each in rows if _may_be_on(on, each)))


def _may_be_on(day: date | None, row: Row) -> bool:
    return None in {day, row.appointment_date} or row.appointment_date == day


def by_code(code: ReadCode, folder: Folder | None, content: Content) -> ByCode:
    """Return the lists of a code, also after they were corrected, or what the code holds.

    Without a folder there is only that. It takes a moment (`copies.code.identity`).
    """
    held = list_in_code(code, content)
    identifier = identifier_of(code.letters)
    rows = tuple(_with_identifier(identifier, code.day, folder, content)) if folder else ()
    return ByCode(code, rows, held.saved, held.notes)


def _with_identifier(identifier: UUID, day: date, folder: Folder, content: Content) -> Iterator[Row]:
    """Yield the lists with an identifier, on the days that have a claim of it and on the code's own."""
    around = {day + timedelta(days=each) for each in (-1, 0, 1)}  # a visit lasts past midnight
    for each in days_of(folder):
        claim = folder.path / each.isoformat() / f"{identifier}.identifier"
        if each in around or os.path.lexists(claim):
            rows = InTray(folder, content).rows(each)
            yield from (row for row in rows if row.seen.record and row.seen.record.identifier == identifier)


def _is_like_a_number(text: str) -> bool:
    """Return whether a text has the form of a number, right or misheard."""
    return text.isascii() and text.isdigit() and len(text) in LENGTHS


def _is_code(text: str, content: Content, today: date) -> bool:
    try:
        read_code(text, content, today)
    except CodeError:
        return False
    return True
