"""Finding a list by what was typed or scanned, and opening it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.asking.contract import Chosen
from fibrocheck.copies.code.problems import CodeError, Problem
from fibrocheck.desk.finding import (
    Meaning,
    NumberFound,
    by_appointment,
    by_code,
    by_number,
    meaning,
    not_quite_a_code,
)
from fibrocheck.desk.keeping import keep_code
from fibrocheck.desk.log import Action
from fibrocheck.desk.scanner import Why, scanned
from fibrocheck.pages.paper_dates import date_in_words
from fibrocheck.reception import pages, start_pages
from fibrocheck.reception.appointments import ask_appointment
from fibrocheck.reception.contract import Typed
from fibrocheck.reception.copies_of_list import show_loose
from fibrocheck.reception.open_list import open_list, show_list
from fibrocheck.reception.rows import row_id

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fibrocheck.content.text import Text
    from fibrocheck.copies.code.codes import ReadCode
    from fibrocheck.desk.finding import ByCode
    from fibrocheck.desk.in_tray import Row
    from fibrocheck.reception.place import Place


def find(place: Place, day: date, typed: str = "") -> None:
    """Have a number, an appointment or a code typed, and open what has it. `day` is the one that is shown.

    The keys after those that are `typed` already may have arrived with them: they belong to the same text.
    A text by which nothing is found stays in the line, so that it can be compared and corrected.
    """
    page, text, is_refused = pages.find_page(place.voice)._replace(continues=bool(typed)), typed, False
    while True:
        reply = place.asker.write(page, text=text, is_selected=is_refused)
        text = reply.text.strip() if isinstance(reply, Typed) else ""
        if not text or find_text(place, day, text):
            return
        page, is_refused = page._replace(continues=False), True


def find_text(place: Place, day: date, text: str) -> bool:
    """Open the list that has a number, an appointment or a code; if nothing has it, say why.

    Return whether something was found.
    """
    what = meaning(text, place.content, place.today)
    if Meaning.CODE in what:
        find_code(place, _read(text, place))
        return True
    if place.folder is None or place.lists is None or place.tray is None:
        _say_none(place, text, place.content.words.desk.no_folder)
        return False
    numbered, said = _by_number(place, day, text) if Meaning.NUMBER in what else ([], None)
    others = _by_appointment(place, text, day, numbered) if Meaning.APPOINTMENT in what else []
    found = list({row_id(row): row for row in (*numbered, *(others or ()))}.values())
    if found:
        _open_one(place, found, said if numbered else None)
    elif others is not None:
        _say_none(place, text, said or place.content.words.desk.not_found)
    return bool(found)


def _say_none(place: Place, text: str, otherwise: Text) -> None:
    """Say what is wrong with a text that looks like a code, and of any other text what there is to say."""
    words, slip = place.content.words.desk, not_quite_a_code(text, place.content, place.today)
    if slip is None:
        place.problem(otherwise)
        return
    said = {
        Problem.LENGTH: words.code_length,
        Problem.OTHER_QUESTIONNAIRE: words.scan_other,
        Problem.FUTURE: words.scan_future,
    }
    place.problem(said.get(slip.problem, words.code_slip), number=slip.typed, length=slip.length)


def find_scan(place: Place, burst: str) -> None:
    """Open the list of a code that was scanned, or say why there is none."""
    find_code(place, scanned(burst, place.content, place.today).code)


def why_no_code(place: Place, burst: str) -> str:
    """Return why nothing can be opened by what a scanner typed; empty if it is a code."""
    found = scanned(burst, place.content, place.today)
    return "" if found.code else place.say(_why_text(place, found.why or Why.NO_CODE))


def find_code(place: Place, code: ReadCode | None) -> None:
    """Open the list of a code; without one in the folder, what the code holds."""
    if code is None:
        place.problem(place.content.words.desk.scan_damaged)
        return
    place.asker.busy(place.say(place.content.words.one_moment))

    def looked() -> ByCode:
        place.logged(Action.CODE_READ)
        return by_code(code, place.folder, place.content)

    found = place.tried(looked)
    if found is None:
        return
    for note in found.notes:
        place.tell(place.content.words.for_staff, reason=note)
    if found.rows:
        if found.is_corrected:
            place.tell(place.content.words.desk.code_corrected)
        _open_one(place, list(found.rows), None)
    else:
        _open_held(place, found)


def _open_held(place: Place, found: ByCode) -> None:
    """Keep the list that a code holds under an appointment, after asking whose it is."""
    from fibrocheck.copies.report import copy_of

    words, language = place.content.words, place.content.languages.get(found.code.language, "")
    facts = place.say(
        words.desk.code_held,
        day=date_in_words(found.code.day, place.voice),
        language=language,
    )
    ask = f"{facts} {place.say(words.desk.ask_name)} {place.say(words.desk.is_it)}"
    asked = pages.yes_or_no(place.voice, "desk-code", words.desk.title, ask, words.desk.yes_link)
    if not place.agrees(asked):
        return
    lists = place.lists
    if lists is None:
        show_loose(place, copy_of(found.in_code, None), place.say(words.desk.title))
        return
    appointment = ask_appointment(place)
    if appointment is not None:
        kept = place.tried(lambda: keep_code(lists, found, *appointment))
        if kept is not None:
            place.tell(words.desk.kept, number=kept.number)
            show_list(place, lists, kept)


def _by_number(place: Place, day: date, text: str) -> tuple[list[Row], Text | None]:
    """Return the lists with a number, and what to say if there is none."""
    words = place.content.words
    if place.tray is None or place.folder is None:
        return [], None
    found = by_number(text, day, place.tray, place.folder)
    if found.row is not None:
        return [found.row], None
    rows = [row for other in found.days for row in place.tray.rows(other) if row.number == text.strip()]
    place.tray.rows(day)
    said = {
        NumberFound.MISHEARD: words.desk.misheard,
        NumberFound.OTHER_DAY: words.desk.other_day,
        NumberFound.NONE: words.desk.no_number,
    }
    return rows, said[found.found]


def _by_appointment(place: Place, text: str, day: date, numbered: Sequence[Row]) -> list[Row] | None:
    """Return the lists of an appointment, of the newest day that has some; `None` if a key stops the search.

    If a list of the shown day has the text as its number, only that day is looked at.
    """
    words, folder, tray = place.content.words, place.folder, place.tray
    if folder is None or tray is None:
        return []
    if any(row.day == day for row in numbered):
        return [row for row in tray.rows(day) if row.appointment.casefold() == text.strip().casefold()]
    for searched in by_appointment(text, folder, place.content):
        if searched.rows:
            return list(searched.rows)
        day_said = date_in_words(searched.day, place.voice)
        if place.asker.was_stopped(place.say(words.desk.searching, day=day_said)):
            place.tell(words.desk.search_stopped, day=day_said)
            return None
    return []


def _open_one(place: Place, rows: list[Row], said: Text | None) -> None:
    """Open the only list that was found; if there are several or it is of another day, ask which."""
    words = place.content.words
    if place.lists is None:
        return
    (row, *others) = rows
    if others or said:
        page, options = start_pages.rows_page(
            place.voice, rows, place.today, said or words.desk.which, prints=bool(place.printer)
        )
        reply = place.asker.ask(page, options)
        chosen = reply.ids[0] if isinstance(reply, Chosen) else ""
        row_chosen = next((each for each in rows if row_id(each) == chosen), None)
        if row_chosen is None:
            return
        row = row_chosen
    open_list(place, place.lists, row.day, row.number)


def _read(text: str, place: Place) -> ReadCode | None:
    from fibrocheck.copies.code.codes import read_code

    try:
        return read_code(text, place.content, place.today)
    except CodeError:
        return None


def _why_text(place: Place, why: Why) -> Text:
    words = place.content.words
    return {
        Why.NO_CODE: words.desk.scan_no_code,
        Why.CUT_OFF: words.desk.scan_cut_off,
        Why.DAMAGED: words.desk.scan_damaged,
        Why.SEVERAL: words.desk.scan_several,
        Why.LAYOUT: words.desk.scan_layout,
        Why.OTHER_QUESTIONNAIRE: words.desk.scan_other,
        Why.FUTURE: words.desk.scan_future,
    }[why]
