"""Rows of the in-tray in words: what stands in each column, and what is to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.asking.contract import Option
from fibrocheck.desk.glance import Problem
from fibrocheck.desk.in_tray import Group, Row, Step
from fibrocheck.pages.paper_dates import date_in_words
from fibrocheck.pages.text_layout import cells
from fibrocheck.records.record import DESK, ENTERED_IN_ERROR, KIOSK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fibrocheck.content.program_words import Words
    from fibrocheck.content.text import Text
    from fibrocheck.pages.voice import Voice
    from fibrocheck.records.times import Moment

_GAP = "  "
NO_TIME = "·"
"""Stands for the time of a list that has none: it came by code, or cannot be opened."""


def row_id(row: Row) -> str:
    """Return the id of a row's option: the day and the number."""
    return f"{row.day.isoformat()}/{row.number}"


def row_options(rows: Sequence[Row], voice: Voice, *, today: date, prints: bool) -> list[Option]:
    """Return an option for each row, its columns below each other, with what is to do at its right.

    `prints` if there is a printer. Above the first are the names of the columns; one that is empty in every
    row is left out.
    """
    table = [heads(voice), *(columns(row, voice, today=today) for row in rows)]
    kept = [column for column in zip(*table, strict=True) if {*column[1:]} - {"", NO_TIME}]
    widths = [max(map(cells, column)) for column in kept]
    head, *lines = (_padded(line, widths) for line in zip(*kept, strict=True))
    return [
        Option(row_id(row), line, to_do(row, voice, prints=prints), "" if number else head, is_row=True)
        for number, (row, line) in enumerate(zip(rows, lines, strict=True))
    ]


def heads(voice: Voice) -> list[str]:
    """Return the names of the columns."""
    words = voice.content.words
    named = (words.desk.head_number, words.desk.head_time, words.language, words.desk.head_visit)
    return [voice.say(each) for each in (*named, words.desk.head_from)]


def columns(row: Row, voice: Voice, *, today: date) -> list[str]:
    """Return a row's number, time, language, appointment and where it is from."""
    other_day = filter(None, [_other_day(row.day, today, voice)])
    language = voice.content.languages.get(row.language, row.language)
    return [
        " ".join([row.number, *other_day]),
        time_of(row.time) or NO_TIME,
        language,
        ", ".join(filter(None, (row.appointment, _other_day(row.appointment_date, today, voice)))),
        origin(row, voice),
    ]


def _other_day(day: date | None, today: date, voice: Voice) -> str:
    """Return a day in words; empty if there is none, or if it is the one that is shown."""
    return "" if day in {None, today} else date_in_words(day, voice)


def time_of(moment: Moment | None) -> str:
    """Return the time of day as staff read it in any language, such as 14:40; empty if there is none."""
    as_time = getattr(moment, "strftime", None) if hasattr(moment, "hour") else None
    return str(as_time("%H:%M")) if as_time else ""


def time_of_day(at: str) -> str:
    """Return the time of day of an event, such as 14:40."""
    return at[11:16]


def origin(row: Row, voice: Voice) -> str:
    """Return where a list is from."""
    words = voice.content.words
    device = row.seen.record.device if row.seen.record else ""
    known = {KIOSK: words.desk.from_kiosk, DESK: words.desk.from_caller}
    is_from_code = row.seen.record is not None and not time_of(row.time)
    text = known.get(device) or (words.desk.from_code if is_from_code else None)
    return voice.say(text) if text else ""


def to_do(row: Row, voice: Voice, *, prints: bool) -> str:
    """Return what is to do with a list next, or what it is; `prints` if there is a printer."""
    words, say = voice.content.words, voice.say
    if row.problem:
        return say(problem_text(row.problem, words))
    steps = ", ".join(say(_step(each, words)) for each in row.steps if prints or each is not Step.PRINT)
    if row.seen.record and row.seen.record.status == ENTERED_IN_ERROR:
        return ", ".join(filter(None, (say(words.desk.wrong_patient_mark), steps)))
    done = say(words.desk.done_mark) if row.group is Group.DONE else ""
    aside = say(words.desk.aside_mark) if row.state.put_aside else ""
    return ", ".join(filter(None, (steps or done, aside)))


def problem_text(problem: Problem, words: Words) -> Text:
    """Return why a file cannot be opened."""
    return {
        Problem.HALF_WRITTEN: words.desk.half_written,
        Problem.DAMAGED: words.desk.damaged,
        Problem.FOREIGN: words.desk.foreign,
        Problem.NEWER: words.desk.newer_file,
        Problem.UNREADABLE: words.desk.unreadable,
    }[problem]


def _step(step: Step, words: Words) -> Text:
    return {
        Step.FINISH: words.desk.step_finish,
        Step.LINK: words.desk.step_link,
        Step.PRINT: words.desk.step_print,
        Step.CHART: words.desk.step_chart,
        Step.WITHDRAW: words.desk.step_withdraw,
    }[step]


def _padded(line: Sequence[str], widths: Sequence[int]) -> str:
    whole = _GAP.join(text + " " * (width - cells(text)) for text, width in zip(line, widths, strict=True))
    return whole.rstrip()
