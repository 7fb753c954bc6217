"""The number and the day of an appointment, typed by staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.asking.contract import Chosen, Option
from fibrocheck.desk.finding import by_appointment
from fibrocheck.pages.paper_dates import date_in_words
from fibrocheck.reception import pages
from fibrocheck.reception.rows import row_id
from fibrocheck.reception.typed_days import days_meant, is_near
from fibrocheck.records.record import RecordError, checked_reference

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fibrocheck.desk.in_tray import Row
    from fibrocheck.reception.place import Place

_DAYS_BACK = 7
"""So many days back another list of the same appointment is looked for before it is linked."""


class Appointment(NamedTuple):
    """An appointment; the number may be empty, and then there is no day."""

    number: str = ""
    day: date | None = None


_NONE = Appointment()


def ask_appointment(
    place: Place, title: str = "", *, but: str = "", before: Appointment = _NONE
) -> Appointment | None:
    """Return an appointment as staff type it; `None` to go back.

    If another list than `but` is of this appointment already, that is said and asked. An empty line keeps
    what it was `before`: there is another way to take it off.
    """
    number: str | None = before.number
    while True:
        number = place.write(pages.appointment_page(place.voice, title), text=number or "")
        if number is None:
            return None
        number = number or before.number
        if not number:
            return Appointment()
        try:
            checked_reference(number)
        except RecordError as error:
            place.fail(error)
            continue
        day = _ask_day(place, number, title, before.day if number == before.number else None)
        if day is not None and _is_alone(place, number, day, but):
            return Appointment(number, day)


def _ask_day(place: Place, number: str, title: str, before: date | None) -> date | None:
    """Return the day of an appointment as staff type it; `None` to go back. What they typed stays."""
    typed: str | None = ""
    while True:
        asked = pages.appointment_day_page(place.voice, number, title, before)
        typed = place.write(asked, text=typed or "")
        if typed is None:
            return None
        days = (before,) if before and not typed else days_meant(typed, place.today, place.voice)
        if not days:
            place.problem(place.content.words.desk.no_day)
            continue
        day = _which(place, days) if len(days) > 1 else days[0]
        if day is not None and _is_meant(place, day):
            return day


def _which(place: Place, days: Sequence[date]) -> date | None:
    """Ask which of several days is meant; `None` to go back."""
    words, named = place.content.words, {each.isoformat(): each for each in days}
    page = pages.page(place.voice, "desk-which-day", words.desk.title, place.say(words.desk.which_day))
    options = [Option(name, date_in_words(each, place.voice)) for name, each in named.items()]
    reply = place.asker.ask(page, options)
    return named[reply.ids[0]] if isinstance(reply, Chosen) else None


def _is_meant(place: Place, day: date) -> bool:
    """Return whether a day is near, or staff say that it is right."""
    if is_near(day, place.today):
        return True
    words = place.content.words
    ask = place.say(words.desk.far_day, day=date_in_words(day, place.voice))
    asked = pages.yes_or_no(place.voice, "desk-far-day", words.desk.title, ask, words.desk.taken_yes)
    return place.agrees(asked)


def _is_alone(place: Place, number: str, day: date, but: str) -> bool:
    """Return whether no other list has the appointment, or staff say that it is right."""
    other = next((row for row in _with(place, number, day) if row_id(row) != but), None)
    if other is None:
        return True
    words = place.content.words
    ask = place.say(words.desk.taken, number=other.number)
    asked = pages.yes_or_no(place.voice, "desk-taken", words.desk.title, ask, words.desk.taken_yes)
    return place.agrees(asked)


def _with(place: Place, number: str, day: date) -> list[Row]:
    if place.folder is None:
        return []
    found = by_appointment(number, place.folder, place.content, _DAYS_BACK, on=day)
    return [row for searched in found for row in searched.rows]
