"""A questionnaire made of a record's own words, for records of another version.

A record has every question and answer in the words that the person read. It has no short terms and no
education: those are today's, and the page says so.
"""

from collections.abc import Sequence

from fibrocheck.content.model import (
    FACTOR,
    ONE_CHOICE,
    SECTION_IDS,
    SEVERAL_CHOICES,
    SYMPTOM,
    Choice,
    Content,
    FollowUp,
    Item,
    Question,
)
from fibrocheck.content.text import Text
from fibrocheck.questions import Answers, labels
from fibrocheck.records.reading_items import GivenAnswer, GivenQuestion, OwnWords, named
from fibrocheck.records.record import USE_ITS_QUESTIONS, RecordError


def in_its_own_words(given: Sequence[GivenQuestion], content: Content) -> tuple[Content, Answers]:
    """Return the questionnaire with exactly the questions of a record, in its words, and its answers.

    A question that today's questionnaire does not have, or not with that answer, becomes a follow-up: it
    is shown with its answer, and there is nothing to read about it. Raises `RecordError` for a question
    or an answer that has no words, here or there.
    """
    today = {question.id: question for question in content.questions}
    questions = [_question(each, today.get(each.id), content) for each in given]
    answers = {
        question.id: each.codes if question.kind == SEVERAL_CHOICES else each.codes[0]
        for question, each in zip(questions, given, strict=True)
    }
    items = [each for each in questions if isinstance(each, Item)]
    own = content._replace(
        symptoms=tuple(each for each in items if each.part == SYMPTOM),
        follow_ups=tuple(each for each in questions if isinstance(each, FollowUp)),
        factors=tuple(each for each in items if each.part == FACTOR),
    )
    return own, answers


def _question(given: GivenQuestion, today: Question | None, content: Content) -> Question:
    ask = _text(given.words, today.ask if today else None, content)
    if ask is None:
        what = f"the record has the question {named(given.id)} without words, and this questionnaire does not"
        raise RecordError(f"{what} have it", USE_ITS_QUESTIONS)
    term = today.term if today and ask == today.ask else ask
    choices = tuple(_choice(each, given, today, content) for each in given.answers)
    if isinstance(today, Item) and _is_answered_as_today(given, today, content):
        return today._replace(term=term, ask=ask, choices=choices)
    several = len(choices) > 1 or (today is not None and today.kind == SEVERAL_CHOICES)
    kind = SEVERAL_CHOICES if several else ONE_CHOICE
    # It is asked whatever is marked: its answer is there.
    return FollowUp(given.id, term, ask, ask, choices, kind, at_least=0)


def _is_answered_as_today(given: GivenQuestion, today: Item, content: Content) -> bool:
    """Return whether the summary knows where to put an item with these answers."""
    known = labels(today, content)
    in_place = given.section == SECTION_IDS[today.part]
    return in_place and len(given.answers) == 1 and set(given.codes) <= known.keys()


def _choice(answer: GivenAnswer, given: GivenQuestion, today: Question | None, content: Content) -> Choice:
    known = labels(today, content) if today else {}
    label = _text(answer.words, known.get(answer.code), content)
    if label is None:
        what = f"the answer to {named(given.id)} has a code that the question does not have"
        raise RecordError(what, USE_ITS_QUESTIONS)
    return Choice(answer.code, label)


def _text(own: OwnWords | None, today: Text | None, content: Content) -> Text | None:
    """Return the record's own words in every language; today's if they are the same or it has none."""
    if own is None or (today is not None and own.base in today.values()):
        return today
    return {language: own.translated.get(language, own.base) for language in content.languages}
