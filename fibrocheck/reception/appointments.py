"""The number and the day of an appointment, typed by staff."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.asking.contract import Chosen
from fibrocheck.desk.finding import by_appointment
from fibrocheck.reception import pages
from fibrocheck.reception.rows import row_id
from fibrocheck.records.record import RecordError, checked_reference

if TYPE_CHECKING:
    from fibrocheck.desk.in_tray import Row
    from fibrocheck.reception.place import Place

_SHORT = re.compile(r"([0-9]{1,2})[-/]([0-9]{1,2})", re.ASCII)
_DAYS_BACK = 7
"""So many days back another list of the same appointment is looked for before it is linked."""


class Appointment(NamedTuple):
    """An appointment; the number may be empty, and then there is no day."""

    number: str = ""
    day: date | None = None


def ask_appointment(place: Place, title: str = "", *, but: str = "") -> Appointment | None:
    """Return an appointment as staff type it; `None` to go back.

    If another list than `but` is of this appointment already, that is said and asked.
    """
    while True:
        number = place.write(pages.appointment_page(place.voice, title))
        if number is None:
            return None
        if not number:
            return Appointment()
        try:
            checked_reference(number)
        except RecordError as error:
            place.fail(error)
            continue
        day = _ask_day(place, number)
        if day is not None and _is_alone(place, number, day, but):
            return Appointment(number, day)


def _ask_day(place: Place, number: str) -> date | None:
    while True:
        typed = place.write(pages.appointment_day_page(place.voice, number))
        if typed is None:
            return None
        day = day_of(typed, place.today)
        if day is not None:
            return day
        place.tell(place.content.words.desk.no_day)


def _is_alone(place: Place, number: str, day: date, but: str) -> bool:
    """Return whether no other list has the appointment, or staff say that it is right."""
    other = next((row for row in _with(place, number, day) if row_id(row) != but), None)
    if other is None:
        return True
    words = place.content.words
    ask = place.say(words.desk.taken, number=other.number)
    page, options = pages.yes_or_no(place.voice, "desk-taken", words.desk.title, ask, words.desk.taken_yes)
    return place.asker.ask(page, options) == Chosen((pages.YES,))


def _with(place: Place, number: str, day: date) -> list[Row]:
    if place.folder is None:
        return []
    found = by_appointment(number, place.folder, place.content, _DAYS_BACK, on=day)
    return [row for searched in found for row in searched.rows]


def day_of(typed: str, today: date) -> date | None:
    """Return a day as staff type it: nothing for today, 2026-11-25, or 11-25 for the one nearest to today."""
    text = typed.strip()
    if not text:
        return today
    short = _SHORT.fullmatch(text)
    try:
        if not short:
            return date.fromisoformat(text)
        month, day = int(short[1]), int(short[2])
        return min(
            (date(today.year + years, month, day) for years in (-1, 0, 1)), key=lambda each: abs(each - today)
        )
    except ValueError:
        return None
