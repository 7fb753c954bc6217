"""The content of the handout: one visit's answers and the next step, to take home.

Plain data in one language, put together once, so that the printed page and the plain text cannot
differ. It does not depend on files, clocks or templates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.model import FACTOR, with_words
from fibrocheck.pages.sections import approval, unmarked
from fibrocheck.pages.text_layout import (
    BLANK,
    MEASURE,
    Asked,
    Group,
    Heading,
    Line,
    Paragraph,
    Row,
    cells,
    group_lines,
    unstyled,
)
from fibrocheck.pages.voice import Voice
from fibrocheck.text_safety import is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from fibrocheck.content.model import Item
    from fibrocheck.summary import Summary

_ONE_LINE = str.maketrans(dict.fromkeys("\t\n\v\f\r\x85\u2028\u2029", " "))


class Fact(NamedTuple):
    """A label and its value."""

    label: str
    value: str = ""
    question: str = ""
    """What was asked, where the value can be understood only with it."""


class AnswerList(NamedTuple):
    """A title and the questions with that kind of answer. If the title is the answer, values are empty."""

    title: str
    facts: tuple[Fact, ...]
    note: str = ""


class WorthTelling(NamedTuple):
    """An item that was marked or answered "not sure", and what the clinician should hear about it."""

    term: str
    tell: str


class Handout(NamedTuple):
    """All words on a handout, in one language, without hidden characters."""

    language: str
    clinic: str
    title: str
    about: tuple[Fact, ...]
    """The date, and the reference if there is one."""
    not_a_diagnosis: str
    other_version: str
    """That the questions are those of another version; empty if they are not."""
    answers_title: str
    nothing_marked: str
    answer_lists: tuple[AnswerList, ...]
    worth_telling_title: str
    worth_telling: tuple[WorthTelling, ...]
    step_title: str
    advice: str
    contact: tuple[Fact, ...]
    ask_at_desk: str
    booking: Fact | None
    scan: str
    bring: tuple[str, ...]
    ask_title: str
    ask: tuple[str, ...]
    """Questions that the person could ask, and their title; empty if there are none."""
    help_title: str
    safety_title: str
    signs: tuple[str, ...]
    same_day_title: str
    same_day: tuple[str, ...]
    help_texts: tuple[str, ...]
    """What follows the signs; the first is about a crisis."""
    sources: str
    approval: str


def handout(
    summary: Summary, voice: Voice, *, date: date, reference: str = "", is_other_version: bool = False
) -> Handout:
    """Return the handout of one visit.

    `is_other_version` says that the questions are not today's, although all other texts are.

    The date is written as in the record (2026-11-30): the same in every language, and its month
    cannot be read as its day.
    """
    content, say = voice.content, voice.say
    words, clinic, step = content.words, content.clinic, content.next_step
    safety, more, ask = content.safety, content.get_help, content.questions_to_ask
    booking = Fact(say(words.booking), clinic.booking_url) if clinic.booking_url else None
    contact = _not_empty(Fact(say(words.phone), clinic.phone), Fact(say(words.address), clinic.address))
    page = Handout(
        language=voice.language,
        clinic=clinic.name,
        title=say(words.summary),
        about=_not_empty(Fact(say(words.date), date.isoformat()), Fact(say(words.reference), reference)),
        not_a_diagnosis=say(words.not_a_diagnosis),
        other_version=say(words.other_version) if is_other_version else "",
        answers_title=say(words.told_us),
        nothing_marked="" if summary.marked else say(words.told_nothing),
        answer_lists=_answer_lists(summary, voice),
        worth_telling_title=say(words.worth_telling),
        worth_telling=tuple(_worth_telling(each.item, voice) for each in summary.education),
        step_title=say(step.title),
        advice=say(step.advice),
        contact=contact,
        booking=booking,
        ask_at_desk="" if contact or booking else say(step.ask_at_desk),
        scan=say(words.scan),
        bring=tuple(say(text) for text in (step.bring, step.bring_too) if text),
        ask_title=say(ask.title) if ask else "",
        ask=tuple(map(say, ask.questions)) if ask else (),
        help_title=say(words.getting_help),
        safety_title=say(safety.title),
        signs=tuple(map(say, (*safety.emergency, *more.emergency))),
        same_day_title=say(more.same_day_title) if more.same_day_title else "",
        same_day=tuple(map(say, more.same_day)),
        help_texts=tuple(map(say, (safety.crisis, *more.also, safety.no_triage))),
        sources=_sources(summary, voice),
        approval=approval(voice),
    )
    return with_words(page, _visible)


def render_text_handout(page: Handout) -> str:
    """Return the handout in lines of at most 72 columns, for a printer or a file, without control codes."""
    groups: list[Group] = [
        (Heading(page.clinic), *(Paragraph(_labelled(fact.label, fact.value)) for fact in page.about)),
        _titled(page.title, "=", Paragraph(page.not_a_diagnosis)),
        _titled(page.answers_title, "-", *_paragraphs(page.other_version, page.nothing_marked)),
        *(_answer_group(each) for each in page.answer_lists),
        *([_titled(page.worth_telling_title, "-")] if page.worth_telling else []),
        *((Heading(each.term), Paragraph(each.tell, hang="  ")) for each in page.worth_telling),
        _titled(page.step_title, "-", Paragraph(page.advice)),
        (*_contact_lines(page), *_paragraphs(page.ask_at_desk)),
        _paragraphs(*page.bring),
        _list_of(page.ask_title, page.ask),
        _titled(page.help_title, "-"),
        _list_of(page.safety_title, page.signs),
        _list_of(page.same_day_title, page.same_day),
        _paragraphs(*page.help_texts),
        _paragraphs(page.sources),
        _paragraphs(page.approval),
    ]
    lines: list[Line] = []
    for group in filter(None, groups):
        lines += [*group_lines(group, MEASURE), BLANK]
    return unstyled(lines[:-1])


def _answer_lists(summary: Summary, voice: Voice) -> tuple[AnswerList, ...]:
    """Return the person's answers in the order of the summary, without empty lists."""
    words, say = voice.content.words, voice.say
    marked = [
        Fact(say(each.item.term), voice.answer(each.item, each.answer))
        for each in summary.marked
        if each.item.part != FACTOR
    ]
    more = [
        Fact(say(each.question.term), voice.answer(each.question, each.answer)) for each in summary.follow_ups
    ]
    others = [
        (title, [Fact(say(each.term)) for each in listed]) for title, listed in unmarked(summary, voice)
    ]
    groups = ((words.told_marked, marked), (words.follow_ups, more), *others)
    lists = tuple(AnswerList(say(title), tuple(facts)) for title, facts in groups if facts)
    return (*lists, *_factors(summary, voice))


def _factors(summary: Summary, voice: Voice) -> tuple[AnswerList, ...]:
    """Return the list of all factors, each with its question; none if there are no factors."""
    words, say = voice.content.words, voice.say
    facts = [
        Fact(say(item.term), voice.answer(item, answer), _question_below(item, voice))
        for item, answer in summary.factors
    ]
    return (AnswerList(say(words.factors), tuple(facts), say(words.factors_note)),) if facts else ()


def _question_below(item: Item, voice: Voice) -> str:
    """Return an item's question, to be shown below its term; empty if the question stands there already.

    It does in a record of another version, which has no terms.
    """
    return "" if item.ask == item.term else voice.say(item.ask)


def _worth_telling(item: Item, voice: Voice) -> WorthTelling:
    return WorthTelling(voice.say(item.term), voice.say(item.tell_your_clinician))


def _sources(summary: Summary, voice: Voice) -> str:
    """Return where the page's facts come from, each publisher once: what stands before the first comma."""
    content = voice.content
    used = [
        content.safety.sources,
        content.get_help.sources,
        *(each.item.sources for each in summary.education),
    ]
    titles = (content.sources[each].title for ids in used for each in ids)
    names = dict.fromkeys(title.partition(",")[0] for title in titles)
    return f"{voice.say(content.words.sources)}: {'; '.join(names)}" if names else ""


def _not_empty(*facts: Fact) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.value.strip())


def _visible(text: str) -> str:
    """Return the text on one line with hidden characters made visible: a reference may come from anywhere."""
    return "".join("\ufffd" if is_hidden(c) else c for c in text.translate(_ONE_LINE)).strip()


def _titled(title: str, underline: str, *below: Paragraph) -> Group:
    return (Heading(title), Heading(underline * min(cells(title), MEASURE)), *below)


def _paragraphs(*texts: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(text) for text in texts if text)


def _answer_group(answers: AnswerList) -> Group:
    return (Heading(answers.title), *_paragraphs(answers.note), *map(_answer_row, answers.facts))


def _answer_row(fact: Fact) -> Asked | Row | Paragraph:
    if fact.question:
        return Asked(fact.label, fact.value, fact.question)
    return Row(fact.label, fact.value) if fact.value else Paragraph(fact.label, hang="  ")


def _list_of(title: str, texts: Iterable[str]) -> Group:
    """Return a titled list; nothing without a title."""
    return (Heading(title), *(Paragraph(text, hang="- ") for text in texts)) if title else ()


def _contact_lines(page: Handout) -> tuple[Paragraph, ...]:
    """Return how to reach the clinic. The link is on a line of its own, so that it can be copied whole."""
    contact = tuple(Paragraph(_labelled(fact.label, fact.value)) for fact in page.contact)
    if page.booking is None:
        return contact
    return (*contact, Paragraph(f"{page.booking.label}:"), Paragraph(page.booking.value, hang="  "))


def _labelled(label: str, value: str) -> str:
    return f"{label}: {value}" if label else value
