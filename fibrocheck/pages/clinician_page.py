"""Page 1 of a handout, for the clinician: every question in its place, with its answer.

The same question has the same place for everyone. Nothing is counted, sorted or left out: a question
without an answer says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.body import has_places
from fibrocheck.content.model import FACTOR, MOST_DAYS, FollowUp
from fibrocheck.pages.figure import Figure, figure, has_sides
from fibrocheck.pages.paper import NOT_YET, Fact, Visit, answer_in, not_empty, without_answer
from fibrocheck.pages.paper_dates import date_in_words
from fibrocheck.pages.sections import approval
from fibrocheck.questions import chosen, is_asked, takes_several

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fibrocheck.content.model import Content, Item
    from fibrocheck.content.program_words import Words
    from fibrocheck.content.text import Text
    from fibrocheck.pages.voice import Voice


NO_MARK = -1
"""The column of a question that nobody has asked yet."""


class TableRow(NamedTuple):
    """One question of a table, and the column of its answer, or `NO_MARK` if it was not asked yet."""

    label: str
    column: int
    is_bold: bool = False
    question: str = ""
    """What was asked, if the answer can be understood only with it."""


class Table(NamedTuple):
    """Questions with the same choices; the last column is for those without an answer."""

    title: str
    aside: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


class ClinicianPage(NamedTuple):
    """All words of the page, in one language."""

    language: str
    clinic: str
    title: str
    questionnaire: str
    own_answers: str
    copy_of: str
    """Of which page this one is a copy in the language of the clinic; empty on the page itself."""
    not_finished: str
    other_version: str
    numbers: tuple[Fact, ...]
    date: str
    blanks: tuple[str, ...]
    """What is filled in by hand at the top."""
    about: tuple[Fact, ...]
    facts: tuple[Fact, ...]
    """The follow-up questions that one answer in words is enough for."""
    areas: tuple[Fact, ...]
    """Those about places of the body."""
    figure: Figure | None
    circle_sides: str
    """To mark the side by hand; empty if no area is marked that has two."""
    tables: tuple[Table, ...]
    never_asked: str
    medicines: str
    want_to_ask: str
    questions: tuple[str, ...]
    at_the_visit: tuple[str, ...]
    """What is filled in by hand at the foot."""
    foot: str
    code: Fact | None


def clinician_page(visit: Visit, voice: Voice, *, is_copy: bool = False) -> ClinicianPage:
    """Return the page of one visit, in the voice's language; as a copy, it says so at its top."""
    content, say = voice.content, voice.say
    words, ask = content.words, content.questions_to_ask
    areas = [each for each in in_order(content) if has_places(tuple(choice.id for choice in each.choices))]
    facts = [each for each in in_order(content) if each not in areas]
    return ClinicianPage(
        language=voice.language,
        clinic=content.clinic.name,
        title=say(words.list_title),
        questionnaire=say(content.name),
        own_answers=say(words.own_answers),
        copy_of=say(words.clinic_copy) if is_copy else "",
        not_finished="" if visit.is_finished else _not_finished(visit, voice),
        other_version=say(words.other_version) if visit.is_other_version else "",
        numbers=numbers(visit, voice),
        date=date_in_words(visit.date, voice),
        blanks=(say(words.name_blank), say(words.birth_blank)),
        about=_about(visit, voice),
        facts=tuple(fact_of(each, visit, voice) for each in facts),
        areas=tuple(fact_of(each, visit, voice) for each in areas),
        figure=_figure(areas, visit, voice),
        circle_sides=say(words.circle_sides) if has_sides(_marked(areas, visit, content)) else "",
        tables=tuple(_tables(visit, voice)),
        never_asked=say(words.never_asked),
        medicines=say(words.medicines),
        want_to_ask=say(words.want_to_ask),
        questions=tuple(map(say, ask.questions)) if ask else (),
        at_the_visit=(say(words.changed_at_visit), say(words.seen_by)),
        foot=f"{say(words.wording_version, version=content.version)}. {approval(voice)}",
        code=Fact(say(words.code), visit.code) if visit.code else None,
    )


def _not_finished(visit: Visit, voice: Voice) -> str:
    """Return that a visit is not finished, and how to tell what nobody has asked yet."""
    words = voice.content.words
    not_yet = f". {voice.say(words.no_mark)}" if visit.not_asked else ""
    return f"{voice.say(words.not_finished)}{not_yet}"


def numbers(visit: Visit, voice: Voice) -> tuple[Fact, ...]:
    """Return the numbers that a list is found by: of the front desk, and of the appointment."""
    words = voice.content.words
    return not_empty(
        Fact(voice.say(words.list_number), visit.number),
        Fact(voice.say(words.reference), visit.reference),
    )


def answered_by(source: str, words: Words) -> Text | None:
    """Return the words for who answered; `None` if it is not known."""
    known = {"Patient": words.by_patient, "RelatedPerson": words.by_other, "Practitioner": words.by_staff}
    return known.get(source)


def typed_on(device: str, words: Words) -> Text | None:
    """Return the words for what the answers were typed on; `None` if it is not known."""
    known = {"kiosk": words.on_kiosk, "front-desk": words.on_desk, "computer": words.on_computer}
    return known.get(device)


def _about(visit: Visit, voice: Voice) -> tuple[Fact, ...]:
    """Return who answered, where, what staff noted, the language, and a line for an interpreter."""
    words, say = voice.content.words, voice.say
    who, where = answered_by(visit.source, words), typed_on(visit.device, words)
    return (
        Fact(say(words.answered_by), say(who) if who else ""),
        *([Fact(say(words.typed_on), say(where))] if where else []),
        *_of_staff(visit, voice),
        Fact(say(words.language), voice.content.languages[visit.language]),
        Fact(say(words.interpreter)),
    )


def _of_staff(visit: Visit, voice: Voice) -> tuple[Fact, ...]:
    """Return what staff noted: the day of the appointment, and who corrected the answers and when."""
    words, days = voice.content.words, (visit.appointment_day, visit.corrected_on)
    appointment, corrected = (date_in_words(day, voice) if day else "" for day in days)
    by = f"{visit.corrected_by}, {corrected}" if visit.corrected_by and corrected else visit.corrected_by
    return not_empty(Fact(voice.say(words.visit_day), appointment), Fact(voice.say(words.corrected_by), by))


def in_order(content: Content) -> list[FollowUp]:
    """Return the follow-ups: first the one about the marked symptoms, last those with several choices."""
    return sorted(content.follow_ups, key=lambda each: (not each.offer_marked, takes_several(each)))


def fact_of(question: FollowUp, visit: Visit, voice: Voice) -> Fact:
    """Return a follow-up's label with its answer, or that it was not asked or not answered."""
    words = voice.content.words
    if not is_asked(question, voice.content, visit.answers):
        value = voice.say(words.not_asked)
    elif question.id in visit.answers:
        value = voice.answer(question, visit.answers[question.id])
    else:
        value = without_answer(visit, voice)[str(answer_in(visit, question.id))]
    return Fact(voice.say(question.term), value)


def _figure(areas: Iterable[FollowUp], visit: Visit, voice: Voice) -> Figure | None:
    """Return the figure with all marked areas; `None` if no question is about the body."""
    words, asked = voice.content.words, list(areas)
    if not asked:
        return None
    said = "; ".join(": ".join(fact_of(each, visit, voice)) for each in asked)
    marked = _marked(asked, visit, voice.content)
    return figure(marked, voice.say(words.front), voice.say(words.back_view), said)


def _marked(areas: Iterable[FollowUp], visit: Visit, content: Content) -> tuple[str, ...]:
    return tuple(code for each in areas for code in _chosen(each, visit, content))


def _chosen(question: FollowUp, visit: Visit, content: Content) -> tuple[str, ...]:
    answer = visit.answers.get(question.id)
    return chosen(answer) if answer and is_asked(question, content, visit.answers) else ()


def _tables(visit: Visit, voice: Voice) -> Iterable[Table]:
    """Yield the symptoms, then the factors; nothing for a part without questions."""
    content, words, say = voice.content, voice.content.words, voice.say
    parts = (
        (content.symptoms, words.symptoms, words.last_month),
        (content.factors, words.factors, words.factors_note),
    )
    for items, title, aside in parts:
        if items:
            labels = _labels(items, visit, voice)
            rows = tuple(_row(item, visit, tuple(labels), voice) for item in items)
            yield Table(say(title), say(aside), (*labels.values(), say(words.not_answered)), rows)


def _labels(items: tuple[Item, ...], visit: Visit, voice: Voice) -> dict[str, str]:
    """Return the choices of these questions, in order, with their words.

    In a record of another version, each question has its own; those of the answered ones were read.
    """
    last = sorted(items, key=lambda item: item.id in visit.answers)
    labels = {choice.id: voice.say(choice.label) for item in last for choice in item.choices}
    codes = dict.fromkeys(choice.id for item in items for choice in item.choices)
    return {code: labels[code] for code in codes}


def _row(item: Item, visit: Visit, codes: tuple[str, ...], voice: Voice) -> TableRow:
    answer = answer_in(visit, item.id)
    column = codes.index(answer) if isinstance(answer, str) and answer in codes else len(codes)
    column = NO_MARK if answer == NOT_YET else column
    term, question = voice.say(item.term), voice.say(item.ask)
    # A record of another version has no terms of its own: there the question is the term.
    is_needed = item.part == FACTOR and question != term
    return TableRow(term, column, answer == MOST_DAYS, question if is_needed else "")
