"""What the handout says: one visit's answers to hold in the hand, and the next step.

Plain data in one language, put together once, so that the printed page and the plain text cannot
tell different things. No file, clock or template is known here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.model import with_words
from fibrocheck.pages.sections import approval
from fibrocheck.pages.text_layout import (
    BLANK,
    MEASURE,
    Group,
    Heading,
    Line,
    Paragraph,
    Row,
    cells,
    group_lines,
    plain,
)
from fibrocheck.pages.voice import Voice
from fibrocheck.text_safety import is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from fibrocheck.content.model import Item, Question
    from fibrocheck.summary import Summary

_ONE_LINE = str.maketrans(dict.fromkeys("\t\n\v\f\r\x85\u2028\u2029", " "))


class Fact(NamedTuple):
    """A label and what stands beside it."""

    label: str
    value: str = ""


class Answers(NamedTuple):
    """Questions that were answered alike, under their title; the value is empty where the title says it."""

    title: str
    facts: tuple[Fact, ...]


class WorthTelling(NamedTuple):
    """An item that was marked or not sure, and what is worth telling the clinician about it."""

    term: str
    tell: str
    get_help: str = ""


class Handout(NamedTuple):
    """Everything that stands on a handout, in one language, free of hidden characters."""

    language: str
    clinic: str
    title: str
    about: tuple[Fact, ...]
    """The date, and the reference where one was given."""
    not_a_diagnosis: str
    told_title: str
    nothing_marked: str
    told: tuple[Answers, ...]
    telling_title: str
    telling: tuple[WorthTelling, ...]
    help_label: str
    step_title: str
    advice: str
    contact: tuple[Fact, ...]
    ask_at_desk: str
    booking: Fact | None
    scan: str
    bring: str
    safety_title: str
    signs: tuple[str, ...]
    crisis: str
    no_triage: str
    approval: str


def handout(summary: Summary, voice: Voice, *, date: date, reference: str = "") -> Handout:
    """Everything a handout says about one visit.

    The date is written as in the record (2026-11-30): the same in every language, and nobody can
    take its month for its day.
    """
    content, say = voice.content, voice.say
    words, clinic, step, safety = content.words, content.clinic, content.next_step, content.safety
    booking = Fact(say(words.booking), clinic.booking_url) if clinic.booking_url else None
    contact = _given(Fact(say(words.phone), clinic.phone), Fact(say(words.address), clinic.address))
    page = Handout(
        language=voice.language,
        clinic=clinic.name,
        title=say(words.summary),
        about=_given(Fact(say(words.date), date.isoformat()), Fact(say(words.reference), reference)),
        not_a_diagnosis=say(words.not_a_diagnosis),
        told_title=say(words.told_us),
        nothing_marked="" if summary.marked else say(words.told_nothing),
        told=_told(summary, voice),
        telling_title=say(words.worth_telling),
        telling=tuple(_worth_telling(each.item, voice) for each in summary.education),
        help_label=say(words.getting_help),
        step_title=say(step.title),
        advice=say(step.advice),
        contact=contact,
        booking=booking,
        ask_at_desk="" if contact or booking else say(step.ask_at_desk),
        scan=say(words.scan),
        bring=say(step.bring),
        safety_title=say(safety.title),
        signs=tuple(say(sign) for sign in safety.emergency),
        crisis=say(safety.crisis),
        no_triage=say(safety.no_triage),
        approval=approval(voice),
    )
    return with_words(page, _seen)


def render_text_handout(page: Handout) -> str:
    """The handout as lines of at most 72 columns, for a printer or a file: no weights, no form feeds."""
    groups: list[Group] = [
        (Heading(page.clinic), *(Paragraph(_labelled(fact.label, fact.value)) for fact in page.about)),
        _titled(page.title, "=", Paragraph(page.not_a_diagnosis)),
        _titled(page.told_title, "-", *_paragraphs(page.nothing_marked)),
        *(_answers(answers) for answers in page.told),
        *([_titled(page.telling_title, "-")] if page.telling else []),
        *(_to_tell(each, page.help_label) for each in page.telling),
        _titled(page.step_title, "-", Paragraph(page.advice)),
        (*_ways(page), *_paragraphs(page.ask_at_desk)),
        _paragraphs(page.bring),
        _titled(page.safety_title, "-", *(Paragraph(sign, hang="- ") for sign in page.signs)),
        _paragraphs(page.crisis, page.no_triage),
        _paragraphs(page.approval),
    ]
    lines: list[Line] = []
    for group in groups:
        lines += [*group_lines(group, MEASURE), BLANK]
    return plain(lines[:-1])


def _told(summary: Summary, voice: Voice) -> tuple[Answers, ...]:
    """The person's answers, read back in the order of the summary; what is empty is left out."""
    words, say = voice.content.words, voice.say
    marked = [Fact(say(each.item.term), voice.answer(each.item, each.answer)) for each in summary.marked]
    more = [
        Fact(say(each.question.term), voice.answer(each.question, each.answer)) for each in summary.follow_ups
    ]
    groups = (
        (words.told_marked, marked),
        (words.follow_ups, more),
        (words.told_not_sure, _terms(summary.not_sure, voice)),
        (words.told_no, _terms(summary.no, voice)),
        (words.told_skipped, _terms(summary.skipped, voice)),
    )
    return tuple(Answers(say(title), tuple(facts)) for title, facts in groups if facts)


def _terms(questions: Iterable[Question], voice: Voice) -> list[Fact]:
    return [Fact(voice.say(question.term)) for question in questions]


def _worth_telling(item: Item, voice: Voice) -> WorthTelling:
    get_help = voice.say(item.get_help) if item.get_help else ""
    return WorthTelling(voice.say(item.term), voice.say(item.tell_your_clinician), get_help)


def _given(*facts: Fact) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.value.strip())


def _seen(text: str) -> str:
    """The same with every hidden character made visible: a reference may come from anywhere."""
    return "".join("\ufffd" if is_hidden(c) else c for c in text.translate(_ONE_LINE)).strip()


def _titled(title: str, underline: str, *below: Paragraph) -> Group:
    return (Heading(title), Heading(underline * min(cells(title), MEASURE)), *below)


def _paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in texts if text)


def _answers(answers: Answers) -> Group:
    rows = (
        Row(fact.label, fact.value) if fact.value else Paragraph(fact.label, hang="  ")
        for fact in answers.facts
    )
    return (Heading(answers.title), *rows)


def _ways(page: Handout) -> tuple[Paragraph, ...]:
    """How to reach the clinic; the link on a line of its own, to be copied or typed in one piece."""
    ways = tuple(Paragraph(_labelled(fact.label, fact.value)) for fact in page.contact)
    if page.booking is None:
        return ways
    return (*ways, Paragraph(f"{page.booking.label}:"), Paragraph(page.booking.value, hang="  "))


def _to_tell(each: WorthTelling, help_label: str) -> Group:
    texts = [each.tell, *([_labelled(help_label, each.get_help)] if each.get_help else [])]
    return (Heading(each.term), *(Paragraph(text, hang="  ") for text in texts))


def _labelled(label: str, value: str) -> str:
    return f"{label}: {value}" if label else value
