"""Days as staff type them: which days a line may mean."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fibrocheck.asking.typed_choices import folded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fibrocheck.pages.voice import Voice

_PARTS = re.compile(r"([0-9]{1,2})[-/. ]([0-9]{1,2})(?:[-/. ]((?:20)?[0-9]{2}))?", re.ASCII)
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})", re.ASCII)
_MONTH_FIRST = "en"
"""The language whose speakers write the month first, as in the clinic's country; others may do either."""

_CENTURY = 2000
_LATE, _EARLY = timedelta(days=7), timedelta(days=366)


def is_near(day: date, today: date) -> bool:
    """Return whether a visit may well be on a day; one further off is a slip of the finger more likely."""
    return today - _LATE <= day <= today + _EARLY


def days_meant(typed: str, today: date, voice: Voice) -> tuple[date, ...]:
    """Return the days that a line may mean: one, several if it can be read in two ways, or none.

    Of several, those that are not past come first. In English the month does, unless only the other reading
    is near.

    Nothing is today. Otherwise "tomorrow" and the like in any language of the questionnaire, 2026-11-27,
    11/27/2026 and 27/11/2026, both with a year of two digits or without one, which is then the nearest day.
    """
    text = folded(typed)
    if not text:
        return (today,)
    words = voice.content.words.desk
    for days, names in ((-1, words.yesterday), (0, words.today), (1, words.tomorrow)):
        if text in map(folded, names.values()):
            return (today + timedelta(days),)
    found = dict.fromkeys(_numbered(text, today, voice.language))
    return tuple(sorted(found, key=lambda each: each < today))


def _numbered(text: str, today: date, language: str) -> Iterator[date]:
    """Yield the days that a line of numbers may mean."""
    if match := _YEAR_FIRST.fullmatch(text):
        yield from _existing(int(match[1]), int(match[2]), int(match[3]), today)
    elif match := _PARTS.fullmatch(text):
        year = _CENTURY + int(match[3]) % 100 if match[3] else 0
        first, second = int(match[1]), int(match[2])
        by_month = [*_existing(year, first, second, today)]
        by_day = [*_existing(year, second, first, today)]
        if language != _MONTH_FIRST:
            yield from (*by_day, *by_month)
            return
        yield from by_month or by_day
        if by_month and not is_near(by_month[0], today):
            yield from (each for each in by_day if is_near(each, today))


def _existing(year: int, month: int, day: int, today: date) -> Iterator[date]:
    """Yield the day of these numbers if there is one; without a year, the one nearest to today."""
    found = []
    for each in (year,) if year else range(today.year - 1, today.year + 2):
        try:
            found.append(date(each, month, day))
        except ValueError:
            continue
    yield from sorted(found, key=lambda each: abs(each - today))[:1]
