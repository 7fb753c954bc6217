"""A list as a few lines of text for a chart note, each on a line of its own however long it is.

Every line says that these are the patient's own answers. A factor is named by what was asked, never by
its term alone: "told by a clinician of an autoimmune condition".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.content.model import NO, NOT_SURE, YES
from fibrocheck.pages.clinician_page import answered_by, fact_of, in_order, numbers, typed_on
from fibrocheck.pages.paper import answer_in, without_answer
from fibrocheck.pages.paper_dates import date_in_words
from fibrocheck.pages.sections import approval

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fibrocheck.content.model import Item
    from fibrocheck.pages.paper import Visit
    from fibrocheck.pages.voice import Voice

MAX_LINES = 10


def render_chart(visit: Visit, voice: Voice) -> str:
    """Return the note in the voice's language: at most ten lines, unwrapped, each ended by a newline."""
    lines = (
        _about(visit, voice),
        _numbers(visit, voice),
        " ".join(_follow_ups(visit, voice)),
        *_items(voice.content.symptoms, visit, voice),
        *_items(voice.content.factors, visit, voice),
        voice.say(voice.content.words.never_asked),
        _wording(visit, voice),
    )
    return "".join(f"{line}\n" for line in lines if line)


def _about(visit: Visit, voice: Voice) -> str:
    words, say = voice.content.words, voice.say
    who, where = answered_by(visit.source, words), typed_on(visit.device, words)
    facts = (
        (words.language, voice.content.languages[visit.language]),
        (words.answered_by, say(who) if who else ""),
        (words.typed_on, say(where) if where else ""),
    )
    known = [f"{say(label)}: {value}." for label, value in facts if value]
    title = f"{say(words.list_title)} ({say(voice.content.name)}), {date_in_words(visit.date, voice)}."
    unfinished = "" if visit.is_finished else say(words.not_finished) + ". "
    return " ".join((unfinished + title, say(words.own_answers), *known))


def _numbers(visit: Visit, voice: Voice) -> str:
    return " ".join(f"{fact.label}: {fact.value}." for fact in numbers(visit, voice))


def _follow_ups(visit: Visit, voice: Voice) -> Iterator[str]:
    for question in in_order(voice.content):
        fact = fact_of(question, visit, voice)
        yield f"{fact.label}: {fact.value}."


def _items(items: tuple[Item, ...], visit: Visit, voice: Voice) -> tuple[str, ...]:
    """Return two lines: what was marked, then all other answers; nothing without questions."""
    if not items:
        return ()
    words, say = voice.content.words, voice.say
    labels = {choice.id: choice.label for item in items for choice in item.choices}
    others = {code: say(label) for code, label in labels.items() if code in {NO, NOT_SURE}}
    marked = {code: say(label) for code, label in labels.items() if code not in others}
    others |= without_answer(visit, voice)
    lead = say(words.factors) if YES in labels else f"{say(words.symptoms)}, {say(words.last_month)}"
    first = " ".join(_answered(items, code, label, visit, voice) for code, label in marked.items())
    second = " ".join(_answered(items, code, label, visit, voice) for code, label in others.items())
    return (f"{lead}. {first}", f"{lead}. {second}")


def _answered(items: Iterable[Item], code: str, label: str, visit: Visit, voice: Voice) -> str:
    names = [voice.say(item.chart or item.term) for item in items if answer_in(visit, item.id) == code]
    return f"{label}: {'; '.join(names) or '-'}."


def _wording(visit: Visit, voice: Voice) -> str:
    content, words = voice.content, voice.content.words
    other = f" {voice.say(words.other_version)}" if visit.is_other_version else ""
    return f"{voice.say(words.wording_version, version=content.version)}. {approval(voice)}{other}"
