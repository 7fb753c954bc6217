"""Page 2 of a handout, for the patient: the next step, when to get help, what is worth telling.

Help and the next step are the same for everyone and always whole. The rest is shortened until it fits:
first the sources, to a line, then the tips. What is worth telling is shortened only where nothing else is
left to shorten and neither smaller type nor smaller gaps would help. Large print then tells about some items,
those most in the way first, and where the rest is: a name alone tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.pages.clinician_page import numbers
from fibrocheck.pages.paper import Fact, Visit, not_empty
from fibrocheck.pages.paper_dates import date_in_words
from fibrocheck.pages.paper_room import lines
from fibrocheck.summary import most_in_the_way_first, summarise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fibrocheck.content.text import Text
    from fibrocheck.pages.voice import Voice
    from fibrocheck.summary import Marked

WHOLE, SHORT_SOURCES, SOURCES_IN_A_LINE, NO_TIPS, SHORT_TELLING, TERMS_ONLY = range(6)
"""How much of the page is left out, from nothing to all that may be."""

LARGE, NORMAL, SMALL, SMALLER, SMALLEST = 18.0, 11.0, 10.0, 9.5, 9.0
"""Sizes of the page, in points. Large print has 18 (American Printing House for the Blind, "Large Print
Guidelines"), and nothing for a patient less than 9 (European Commission, "Guideline on the readability of
the labelling and package leaflet of medicinal products")."""

NARROWEST = 525.0
"""The room across A4 inside the margins, in points; Letter has more."""


SMALL_PRINT = 0.85
"""The size of small print against the rest of the page, which large print does not have."""


class Fit(NamedTuple):
    """How the page is made to fit: the size of its type, how much is left out, and whether gaps are small."""

    size: float
    level: int
    is_tight: bool = False
    most: int | None = None
    """How many items stand under what is worth telling; `None` for all."""

    @property
    def is_large(self) -> bool:
        """Whether it is large print, on two sides."""
        return self.size >= LARGE


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
    telling_rest: str
    """Where the items are that the page has no room for; empty if it has them all."""
    tips_label: str
    sources: Fact | None
    not_a_diagnosis: str


def patient_page(visit: Visit, voice: Voice, fit: Fit) -> PatientPage:
    """Return the page of one visit, shortened to the level of the fit, from `WHOLE` to `TERMS_ONLY`."""
    content, say = voice.content, voice.say
    words, clinic, step = content.words, content.clinic, content.next_step
    safety, more = content.safety, content.get_help
    summary = summarise(content, visit.answers)
    education = summary.education
    is_cut = fit.most is not None and len(education) > fit.most
    told = most_in_the_way_first(summary)[: fit.most] if is_cut else education
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
        telling=tuple(_worth_telling(each, voice, fit.level) for each in told),
        telling_rest=say(words.rest_in_normal_print) if is_cut else "",
        tips_label=say(words.could_try),
        sources=_sources(education, voice, fit),
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


def _sources(education: Iterable[Marked], voice: Voice, fit: Fit) -> Fact | None:
    """Return where the page's facts come from, those of the help block first.

    Shortened, each publisher is named once: what a title has before its first comma. In a line, as many of
    them are named as it holds.
    """
    content, label = voice.content, voice.say(voice.content.words.sources)
    ids = [*content.safety.sources, *content.get_help.sources]
    ids += [source for each in education for source in each.item.sources]
    titles = [voice.title_of(each) for each in ids]
    if not titles:
        return None
    if fit.level == WHOLE:
        return Fact(label, "; ".join(dict.fromkeys(titles)))
    publishers = tuple(dict.fromkeys(title.partition(",")[0] for title in titles))
    if fit.level == SHORT_SOURCES:
        return Fact(label, "; ".join(publishers))
    return Fact(label, _in_a_line(label, publishers, fit))


def _in_a_line(label: str, names: tuple[str, ...], fit: Fit) -> str:
    """Return the names, or as many of the first ones as stand in a line with the label and an ellipsis."""
    size = fit.size if fit.is_large else fit.size * SMALL_PRINT
    for count in range(len(names), 1, -1):
        listed = "; ".join(names[:count]) + ("" if count == len(names) else "; …")
        if lines(f"{label}: {listed}", NARROWEST, size) == 1:
            return listed
    return names[0] + ("; …" if len(names) > 1 else "")
