"""The start page and the lists of lists: what each says, and the rows under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.asking.contract import Key, Option
from fibrocheck.desk.in_tray import Group, Row
from fibrocheck.pages.paper_dates import date_in_words
from fibrocheck.pages.text_layout import Paragraph
from fibrocheck.reception.pages import (
    DONE,
    EMPTY,
    FIND,
    NEW,
    NEWER,
    OLDER,
    PATIENT,
    START,
    TO_DO,
    UNCLAIMED,
    page,
    yes_or_no,
)
from fibrocheck.reception.rows import row_options

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fibrocheck.content.text import Text
    from fibrocheck.desk.removing import Due
    from fibrocheck.pages.voice import Voice
    from fibrocheck.visit.pages import ChoicePage


def start_page(
    voice: Voice,
    initials: str,
    day: date,
    rows: Sequence[Row],
    group: Group,
    *,
    prints: bool,
    new: str = "",
    keys: Sequence[Key] = (),
) -> ChoicePage:
    """Return the in-tray of a day, with one group of its rows; `prints` if there is a printer."""
    words, say = voice.content.words, voice.say
    counts = {each: sum(row.group is each for row in rows) for each in Group}
    titles = {
        Group.TO_DO: words.desk.to_do,
        Group.DONE: words.desk.done,
        Group.UNCLAIMED: words.desk.unclaimed,
    }
    shown = [row for row in rows if row.group is group]
    empty = "" if shown else say(words.desk.nothing)
    ask = " · ".join(filter(None, (say(titles[group], number=counts[group]), empty, new)))
    made = page(
        voice,
        START,
        words.desk.title,
        ask,
        position=f"{initials} · {date_in_words(day, voice)}",
        can_go_back=False,
        keys=tuple(keys),
        takes_text=True,
        refreshes=5,
    )
    options = row_options(shown, voice, today=day, prints=prints) if shown else []
    return made, options or [Option(EMPTY, say(words.desk.new_caller), is_row=True)]


def start_keys(voice: Voice, group: Group, *, has_folder: bool) -> tuple[Key, ...]:
    """Return the keys of the start page; digits begin the number of a list, none of which begins with 0."""
    words, say = voice.content.words, voice.say
    others = (
        (Key(TO_DO, say(words.desk.key_to_do)), group is not Group.TO_DO),
        (Key(DONE, say(words.desk.key_done)), group is not Group.DONE),
        (Key(UNCLAIMED, say(words.desk.key_unclaimed)), group is not Group.UNCLAIMED),
        (Key(OLDER, say(words.desk.key_day), "PgUp"), True),
        (Key(NEWER, "", "PgDn"), True),
    )
    shown = [key for key, is_shown in others if is_shown] if has_folder else []
    return (
        Key(NEW, say(words.desk.key_new)),
        Key(FIND, say(words.desk.key_find)),
        *shown,
        Key(PATIENT, say(words.desk.key_patient)),
        *(Key(digit) for digit in "123456789"),
    )


def rows_page(voice: Voice, rows: Sequence[Row], today: date, ask: Text, *, prints: bool) -> ChoicePage:
    """Return a choice of several lists that were found; `prints` if there is a printer."""
    words = voice.content.words
    options = row_options(rows, voice, today=today, prints=prints)
    return page(voice, "desk-found", words.desk.find, voice.say(ask)), options


def due_page(voice: Voice, due: Sequence[Due]) -> ChoicePage:
    """Return the lists that go, before anything is removed."""
    words, say = voice.content.words, voice.say
    names = "  ".join(f"{each.row.number} ({date_in_words(each.row.day, voice)})" for each in due)
    asked, options = yes_or_no(
        voice, "desk-due", words.desk.remove, say(words.desk.due, number=len(due)), words.desk.remove_yes
    )
    return asked._replace(groups=((Paragraph(names),),)), options
