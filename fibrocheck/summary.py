"""What a person's answers add up to: their own answers, repeated back, and what to read about them.

Nothing is counted, weighted or concluded. Knows no language, file, terminal or clock.
"""

from collections.abc import Collection
from typing import NamedTuple

from fibrocheck.content.model import NO, NOT_SURE, Content, Faq, FollowUp, Item, Question
from fibrocheck.questions import Answer, Answers, asked_questions, is_marked


class Answered(NamedTuple):
    """A question and the answer given to it."""

    question: Question
    answer: Answer


class Asked(NamedTuple):
    """A factor, and the answer if there is one."""

    item: Item
    answer: Answer | None
    is_open: bool = False
    """Whether it was not asked about yet, as in a call that is not finished."""


class Marked(NamedTuple):
    """A symptom or factor the person marked or was not sure about, and which answer that was."""

    item: Item
    answer: str


class Summary(NamedTuple):
    """One visit's answers, grouped to be repeated back; every tuple is in the questionnaire's order."""

    marked: tuple[Marked, ...]
    not_sure: tuple[Item, ...]
    no: tuple[Item, ...]
    skipped: tuple[Question, ...]
    not_asked: tuple[Question, ...]
    follow_ups: tuple[Answered, ...]
    factors: tuple[Asked, ...]
    """Every factor: what Yes or No means depends on the question, so each is shown with its own."""
    education: tuple[Marked, ...]
    faq: tuple[Faq, ...]


def summarise(content: Content, answers: Answers, not_asked: Collection[str] = ()) -> Summary:
    """Return one visit's answers, grouped to be repeated back, with the education that belongs to them.

    Any question may be missing from `answers`. A follow-up that is not asked, given the other answers,
    is left out even if it has one. `not_asked` are the ids of those that nobody has asked yet; all others
    without an answer were skipped.
    """
    education = tuple(
        Marked(item, answer)
        for item in content.items
        if isinstance(answer := answers.get(item.id), str) and (is_marked(answer) or answer == NOT_SURE)
    )
    asked = asked_questions(content, answers)
    return Summary(
        marked=tuple(each for each in education if each.answer != NOT_SURE),
        not_sure=tuple(each.item for each in education if each.answer == NOT_SURE),
        no=tuple(item for item in content.items if answers.get(item.id) == NO),
        skipped=tuple(each for each in asked if each.id not in answers and each.id not in not_asked),
        not_asked=tuple(each for each in asked if each.id in not_asked),
        follow_ups=tuple(
            Answered(question, answers[question.id])
            for question in asked
            if isinstance(question, FollowUp) and question.id in answers
        ),
        factors=tuple(Asked(item, answers.get(item.id), item.id in not_asked) for item in content.factors),
        education=education,
        faq=_related_first(content.faq, {each.item.id for each in education}),
    )


def most_in_the_way_first(summary: Summary) -> tuple[Marked, ...]:
    """Return what there is education about, beginning with what the person said is most in the way."""
    first = {
        each.answer
        for each in summary.follow_ups
        if isinstance(each.question, FollowUp) and each.question.offer_marked
    }
    return tuple(sorted(summary.education, key=lambda each: each.item.id not in first))


def _related_first(faq: tuple[Faq, ...], topics: set[str]) -> tuple[Faq, ...]:
    """Return the questions with those about one of the topics first, otherwise in the file's order."""
    return tuple(sorted(faq, key=lambda each: topics.isdisjoint(each.related)))
