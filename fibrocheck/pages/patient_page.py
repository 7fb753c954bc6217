"""Page 2 of a handout, for the patient: the next step, when to get help, what is worth telling.

Help and the next step are the same for everyone and always whole. The rest is shortened until it fits:
first the sources, then the tips, then what is worth telling.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.pages.clinician_page import numbers
from fibrocheck.pages.paper import Fact, Visit, not_empty
from fibrocheck.pages.paper_dates import date_in_words
from fibrocheck.summary import summarise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fibrocheck.content.model import Text
    from fibrocheck.pages.voice import Voice
    from fibrocheck.summary import Marked

WHOLE, SHORT_SOURCES, NO_TIPS, SHORT_TELLING, TERMS_ONLY = range(5)
"""How much of the page is left out, from nothing to all that may be."""


class TitledList(NamedTuple):
    """A title and what is listed under it."""

    title: str
    entries: tuple[str, ...]


class WorthTelling(NamedTuple):
    """An item that was marked or answered "not sure", and what the clinician should hear about it."""

    term: str
    tell: str
    tip: str = ""


class PatientPage(NamedTuple):
    """All words of the page, in one language."""

    language: str
    clinic: str
    numbers: tuple[Fact, ...]
    date: str
    step_title: str
    advice: str
    contact: tuple[Fact, ...]
    ask_at_desk: str
    booking: Fact | None
    scan: str
    bring: tuple[str, ...]
    help_title: str
    help_lists: tuple[TitledList, ...]
    help_texts: tuple[str, ...]
    """What follows the signs; the first is about a crisis."""
    telling_title: str
    telling: tuple[WorthTelling, ...]
    tips_label: str
    sources: Fact | None
    not_a_diagnosis: str


def patient_page(visit: Visit, voice: Voice, level: int) -> PatientPage:
    """Return the page of one visit, shortened to a level from `WHOLE` to `TERMS_ONLY`."""
    content, say = voice.content, voice.say
    words, clinic, step = content.words, content.clinic, content.next_step
    safety, more = content.safety, content.get_help
    education = summarise(content, visit.answers).education
    booking = Fact(say(words.booking), clinic.booking_url) if clinic.booking_url else None
    contact = not_empty(Fact(say(words.phone), clinic.phone), Fact(say(words.address), clinic.address))
    return PatientPage(
        language=voice.language,
        clinic=clinic.name,
        numbers=numbers(visit, voice),
        date=date_in_words(visit.date, voice),
        step_title=say(step.title),
        advice=say(step.advice),
        contact=contact,
        ask_at_desk="" if contact or booking else say(step.ask_at_desk),
        booking=booking,
        scan=say(words.scan),
        bring=_said(voice, step.bring, step.bring_too),
        help_title=say(words.getting_help),
        help_lists=_help_lists(voice),
        help_texts=_said(voice, safety.crisis, *more.also, safety.no_triage),
        telling_title=say(words.worth_telling),
        telling=tuple(_worth_telling(each, voice, level) for each in education),
        tips_label=say(words.could_try),
        sources=_sources(education, voice, level),
        not_a_diagnosis=say(words.not_a_diagnosis),
    )


def _said(voice: Voice, *texts: Text | None) -> tuple[str, ...]:
    return tuple(voice.say(text) for text in texts if text)


def _help_lists(voice: Voice) -> tuple[TitledList, ...]:
    safety, more = voice.content.safety, voice.content.get_help
    lists = ((safety.title, (*safety.emergency, *more.emergency)), (more.same_day_title, more.same_day))
    return tuple(TitledList(voice.say(title), _said(voice, *signs)) for title, signs in lists if title)


def _worth_telling(marked: Marked, voice: Voice, level: int) -> WorthTelling:
    item = marked.item
    tell = voice.say(item.tell_your_clinician) if level < TERMS_ONLY else ""
    if level == SHORT_TELLING:
        tell = tell[: tell.find(". ") + 1] or tell
    tip = voice.say(item.self_care) if item.self_care and level < NO_TIPS else ""
    return WorthTelling(voice.say(item.term), tell, tip)


def _sources(education: Iterable[Marked], voice: Voice, level: int) -> Fact | None:
    """Return where the page's facts come from.

    Shortened, each publisher is named once: what a title has before its first comma. On a page without
    all of what is worth telling, only the sources of the help block are named.
    """
    content = voice.content
    ids = [*content.safety.sources, *content.get_help.sources]
    if level < SHORT_TELLING:
        ids += [source for each in education for source in each.item.sources]
    titles = [content.sources[each].title for each in ids]
    names = titles if level == WHOLE else [title.partition(",")[0] for title in titles]
    listed = "; ".join(dict.fromkeys(names))
    return Fact(voice.say(content.words.sources), listed) if listed else None
