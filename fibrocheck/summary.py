"""What a person's answers add up to: their own answers, repeated back, and what to read about them.

Nothing is counted, weighed or concluded. No language, file, terminal or clock is known here.
"""

from collections.abc import Mapping
from typing import NamedTuple

from fibrocheck.content.model import MARKING_ANSWERS, NO, NOT_SURE, Content, Faq, FollowUp, Item, Question

Answer = str | tuple[str, ...]
"""One code, or for a question with several choices the chosen codes in the file's order."""
Answers = Mapping[str, Answer]
"""Answers by question id. A question that was skipped, or never asked, is simply not there."""


class Answered(NamedTuple):
    """A question and the answer given to it."""

    question: Question
    answer: Answer


class Marked(NamedTuple):
    """A symptom or factor the person marked or was not sure about, and which answer that was."""

    item: Item
    answer: str


class Summary(NamedTuple):
    """One visit's answers, sorted for reading back; every tuple is in the questionnaire's order."""

    marked: tuple[Marked, ...]
    not_sure: tuple[Item, ...]
    no: tuple[Item, ...]
    skipped: tuple[Question, ...]
    follow_ups: tuple[Answered, ...]
    education: tuple[Marked, ...]
    faq: tuple[Faq, ...]


def is_marked(answer: Answer | None) -> bool:
    """Whether that answer marks its item. Neither "not sure" nor a missing answer does."""
    return answer in MARKING_ANSWERS


def marked_symptoms(content: Content, answers: Answers) -> tuple[Item, ...]:
    """The symptoms marked so far, in the questionnaire's order."""
    return tuple(item for item in content.symptoms if is_marked(answers.get(item.id)))


def is_asked(follow_up: FollowUp, content: Content, answers: Answers) -> bool:
    """Whether enough of the symptoms that a follow-up is about are marked."""
    reasons = [
        item
        for item in marked_symptoms(content, answers)
        if not follow_up.if_marked or item.id in follow_up.if_marked
    ]
    return len(reasons) >= follow_up.at_least


def asked_questions(content: Content, answers: Answers) -> tuple[Question, ...]:
    """The questions these answers lead through: all items, and the follow-ups with a reason."""
    follow_ups = (each for each in content.follow_ups if is_asked(each, content, answers))
    return (*content.symptoms, *follow_ups, *content.factors)


def summarise(content: Content, answers: Answers) -> Summary:
    """Sort one visit's answers for reading back, with the education that belongs to them.

    `answers` may lack any question. A follow-up without its reason is left out even if answered.
    """
    education = tuple(
        Marked(item, answer)
        for item in content.items
        if isinstance(answer := answers.get(item.id), str)
        and (answer in MARKING_ANSWERS or answer == NOT_SURE)
    )
    asked = asked_questions(content, answers)
    return Summary(
        marked=tuple(each for each in education if each.answer != NOT_SURE),
        not_sure=tuple(each.item for each in education if each.answer == NOT_SURE),
        no=tuple(item for item in content.items if answers.get(item.id) == NO),
        skipped=tuple(question for question in asked if question.id not in answers),
        follow_ups=tuple(
            Answered(question, answers[question.id])
            for question in asked
            if isinstance(question, FollowUp) and question.id in answers
        ),
        education=education,
        faq=_related_first(content.faq, {each.item.id for each in education}),
    )


def _related_first(faq: tuple[Faq, ...], topics: set[str]) -> tuple[Faq, ...]:
    """The same questions, those about one of the topics first; otherwise in the file's order."""
    return tuple(sorted(faq, key=lambda each: topics.isdisjoint(each.related)))
