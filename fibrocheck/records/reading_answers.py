"""The answers in a record: of today's questionnaire, or of another version of it."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from fibrocheck.content.model import SECTION_IDS, Content, Item, Question
from fibrocheck.content.text import Text
from fibrocheck.questions import Answer, Answers, asked_questions, checked, labels, takes_several
from fibrocheck.records.elements import section_titles
from fibrocheck.records.other_version import in_its_own_words
from fibrocheck.records.reading_items import GivenQuestion, GivenSection, OwnWords, named, read_items
from fibrocheck.records.record import USE_ITS_QUESTIONS, RecordError
from fibrocheck.records.strict_json import Repeated


class ReadAnswers(NamedTuple):
    """The answers of a record, and the questionnaire to show them with."""

    answers: Answers
    content: Content
    is_todays: bool
    """Whether that is today's questionnaire, and not one made of the record's own words."""
    skipped: tuple[str, ...] = ()
    """The questions of today's that are there without an answer."""


def read_answers(
    items: list[Any], content: Content, *, same_version: bool, repeated: Repeated | None = None
) -> ReadAnswers:
    """Return the answers in the items of a record; `repeated` is what other records of the run had too.

    Raises `RecordError` if the record contradicts itself or today's questionnaire: if something is there
    twice, or with the words of something else. If the version is today's, also for a question in another
    section, too many answers, and an answer that the question cannot have beside the others.
    """
    repeated = repeated or Repeated()
    sections = read_items(items, content, repeated)
    asked = [question for section in sections for question in section.questions]
    given = [question for question in asked if question.answers]
    today = repeated.once("questions", content, partial(_by_id, content))
    _check_sections(sections, content)
    found = {
        each.id: repeated.once("today", each, partial(_compared, each, today, content))
        for each in given
        if same_version or each.id in today
    }
    if same_version:
        _check_places(found.values())
        if all(each.is_known for each in found.values()) and all(each.id in today for each in asked):
            answers = _checked_together(found, content)
            if all(each.has_todays_words for each in found.values()):
                skipped = tuple(each.id for each in asked if not each.answers)
                return ReadAnswers(answers, content, is_todays=True, skipped=skipped)
    own, answers = in_its_own_words(given, content)
    return ReadAnswers(answers, own, is_todays=False)


def _by_id(content: Content) -> dict[str, Question]:
    return {question.id: question for question in content.questions}


class _Compared(NamedTuple):
    """What today's questionnaire has of a question in a record."""

    is_known: bool
    has_todays_words: bool
    misplaced: str
    """What is wrong with its section or the number of its answers; empty if nothing is."""
    answer: Answer
    is_kept: bool
    """Whether it is an answer whatever the others are, in the form in which the interview keeps it."""


_UNKNOWN = _Compared(is_known=False, has_todays_words=False, misplaced="", answer=(), is_kept=False)


def _compared(given: GivenQuestion, today: Mapping[str, Question], content: Content) -> _Compared:
    """Compare a question and its answers with today's, after `_check_question`."""
    question = today.get(given.id)
    _check_question(given, question, content)
    if question is None:
        return _UNKNOWN
    codes = labels(question, content)
    is_known = set(given.codes) <= codes.keys()
    answer = given.codes if takes_several(question) else given.codes[0]
    return _Compared(
        is_known,
        is_known and _has_todays_words(given, question.ask, codes),
        _misplaced(given, question),
        answer,
        # What an item offers depends on no other answer.
        is_kept=isinstance(question, Item) and answer in codes,
    )


def _check_sections(sections: Iterable[GivenSection], content: Content) -> None:
    titles = section_titles(content)
    for section in sections:
        if _is_of_another(section.words, titles[section.id], titles.values()):
            what = f"the section {section.id} has the words of another section"
            raise RecordError(what, USE_ITS_QUESTIONS)


def _check_question(given: GivenQuestion, today: Question | None, content: Content) -> None:
    """Check that neither the question nor an answer has the words of another one."""
    others = [question.ask for question in content.questions]
    if _is_of_another(given.words, today.ask if today else {}, others):
        what = f"the question {named(given.id)} has the words of another question"
        raise RecordError(what, USE_ITS_QUESTIONS)
    known = labels(today, content) if today else {}
    for answer in given.answers:
        if _is_of_another(answer.words, known.get(answer.code, {}), known.values()):
            what = f"the answer to {named(given.id)} has words that do not match its code"
            raise RecordError(what, USE_ITS_QUESTIONS)


def _is_of_another(words: OwnWords | None, its_own: Text, others: Iterable[Text]) -> bool:
    """Return whether words are today's words of something else."""
    if words is None or words.base in its_own.values():
        return False
    return any(words.base in other.values() for other in others)


def _check_places(found: Iterable[_Compared]) -> None:
    for each in found:
        if each.misplaced:
            raise RecordError(each.misplaced)


def _misplaced(given: GivenQuestion, question: Question) -> str:
    """Return what is wrong with a question's section or the number of its answers; empty if nothing is."""
    belongs = SECTION_IDS[question.part]
    if given.section != belongs:
        return f"the question {given.id} is in the section {given.section}, but belongs in {belongs}"
    if len(given.answers) > 1 and not takes_several(question):
        return f"the question {given.id} has several answers, but only one is allowed"
    return ""


def _has_todays_words(given: GivenQuestion, ask: Text, codes: Mapping[str, Text]) -> bool:
    """Return whether a question and its answers, all of today's codes, have today's words or none."""
    pairs = ((given.words, ask), *((answer.words, codes[answer.code]) for answer in given.answers))
    return all(own is None or own.base in text.values() for own, text in pairs)


def _checked_together(found: Mapping[str, _Compared], content: Content) -> Answers:
    """Return the answers as the interview keeps them, after checking each beside the others."""
    answers = {question_id: each.answer for question_id, each in found.items()}
    asked = {question.id for question in asked_questions(content, answers)}
    for question_id in answers:
        if question_id not in asked:
            what = f"the question {question_id} has an answer, but too few symptoms are marked for it"
            raise RecordError(what)
    return {
        each.id: answers[each.id] if found[each.id].is_kept else _checked_beside(each, content, answers)
        for each in content.questions
        if each.id in answers
    }


def _checked_beside(question: Question, content: Content, answers: Answers) -> Answer:
    try:
        return checked(question, answers[question.id], content, answers)
    except ValueError:
        # Its codes are the question's own, so one of them is a symptom that is not offered.
        raise RecordError(f"the answer to {question.id} is a symptom that is not marked") from None
