"""A date in words, whose month cannot be read as its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from fibrocheck.pages.voice import Voice

_MONTHS = 12


def date_in_words(day: date, voice: Voice) -> str:
    """Return a date such as "November 30, 2026"; 2026-11-30 if the language does not name twelve months."""
    words = voice.content.words
    names = [name.strip() for name in voice.say(words.months).split(",")]
    if len(names) != _MONTHS:
        return day.isoformat()
    return voice.say(words.date_in_words, day=day.day, month=names[day.month - 1], year=day.year)
