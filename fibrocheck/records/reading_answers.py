"""The answers in a record: of today's questionnaire, or of another version of it."""

from collections.abc import Iterable, Iterator, Mapping
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
    today = {question.id: question for question in content.questions}
    _check_sections(sections, content)
    found = [
        repeated.once("today", each, partial(_compared, each, today, content))
        for each in given
        if same_version or each.id in today
    ]
    if same_version:
        _check_places(given, today)
        if all(each.is_known for each in found) and all(each.id in today for each in asked):
            answers = _checked_together(_answers(given, today), content, repeated)
            if all(each.has_todays_words for each in found):
                skipped = tuple(each.id for each in asked if not each.answers)
                return ReadAnswers(answers, content, is_todays=True, skipped=skipped)
    own, answers = in_its_own_words(given, content)
    return ReadAnswers(answers, own, is_todays=False)


class _Compared(NamedTuple):
    """What today's questionnaire has of a question in a record."""

    is_known: bool
    has_todays_words: bool


def _compared(given: GivenQuestion, today: Mapping[str, Question], content: Content) -> _Compared:
    """Compare a question and its answers with today's, after `_check_question`."""
    _check_question(given, today.get(given.id), content)
    is_known = _is_known(given, today, content)
    return _Compared(is_known, is_known and _has_todays_words(given, today, content))


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


def _check_places(given: Iterable[GivenQuestion], today: Mapping[str, Question]) -> None:
    """Check each question's section and number of answers, as far as the questionnaire has it."""
    for each in given:
        if each.id not in today:
            continue
        belongs = SECTION_IDS[today[each.id].part]
        if each.section != belongs:
            what = f"the question {each.id} is in the section {each.section}, but belongs in {belongs}"
            raise RecordError(what)
        if len(each.answers) > 1 and not takes_several(today[each.id]):
            raise RecordError(f"the question {each.id} has several answers, but only one is allowed")


def _is_known(given: GivenQuestion, today: Mapping[str, Question], content: Content) -> bool:
    return given.id in today and set(given.codes) <= labels(today[given.id], content).keys()


def _has_todays_words(given: GivenQuestion, today: Mapping[str, Question], content: Content) -> bool:
    return all(own is None or own.base in text.values() for own, text in _pairs(given, today, content))


def _pairs(
    given: GivenQuestion, today: Mapping[str, Question], content: Content
) -> Iterator[tuple[OwnWords | None, Text]]:
    """Yield the words of a question and its answers in the record, and of the same today."""
    yield given.words, today[given.id].ask
    known = labels(today[given.id], content)
    yield from ((answer.words, known[answer.code]) for answer in given.answers)


def _answers(given: Iterable[GivenQuestion], today: Mapping[str, Question]) -> Answers:
    return {each.id: each.codes if takes_several(today[each.id]) else each.codes[0] for each in given}


def _checked_together(answers: Answers, content: Content, repeated: Repeated) -> Answers:
    """Return the answers as the interview keeps them, after checking each beside the others."""
    asked = {question.id: question for question in asked_questions(content, answers)}
    for question_id in answers:
        if question_id not in asked:
            what = f"the question {question_id} has an answer, but too few symptoms are marked for it"
            raise RecordError(what)
    given = (each for each in content.questions if each.id in answers)
    return {each.id: _checked(each, answers, content, repeated) for each in given}


def _checked(question: Question, answers: Answers, content: Content, repeated: Repeated) -> Answer:
    answer = answers[question.id]
    if isinstance(question, Item) and isinstance(answer, str):
        # What an item offers depends on no other answer.
        check = partial(_checked_beside, question, answer, content, answers)
        return repeated.once(f"checked {answer}", question, check)
    return _checked_beside(question, answer, content, answers)


def _checked_beside(question: Question, answer: Answer, content: Content, answers: Answers) -> Answer:
    try:
        return checked(question, answer, content, answers)
    except ValueError:
        # Its codes are the question's own, so one of them is a symptom that is not offered.
        raise RecordError(f"the answer to {question.id} is a symptom that is not marked") from None
