"""The answers in a saved record, read against the questionnaire that it belongs to."""

from collections.abc import Collection, Mapping
from typing import Any

from fibrocheck.content.model import Content, Question, Text
from fibrocheck.questions import Answer, Answers, asked_questions, checked, labels, takes_several
from fibrocheck.records.element_types import ANSWER, CODING, GROUP, QUESTION, ElementType, checked_element
from fibrocheck.records.elements import QuestionGroup, answer_system, question_groups
from fibrocheck.records.record import USE_ITS_QUESTIONS, RecordError
from fibrocheck.text_safety import quoted

Items = list[dict[str, Any]]


def read_answers(items: list[Any], content: Content) -> Answers:
    """Return the answers in the items of a record.

    Raises `RecordError` if an item, a text or a code is not the questionnaire's, if something is there
    twice or out of order, and if a question has an answer that it cannot have beside the others.
    """
    known = {group.link_id: group for group in question_groups(content)}
    answers: dict[str, Answer] = {}
    for item in _known_items(items, GROUP, known, "", content):
        answers |= _answers_in(item, known[item["linkId"]], content)
    return _checked_together(answers, content)


def _answers_in(item: dict[str, Any], group: QuestionGroup, content: Content) -> dict[str, Answer]:
    _check_words(item.get("text"), group.title, f"the section {group.link_id}")
    known = {question.id: question for question in group.questions}
    items = _known_items(item.get("item", []), QUESTION, known, group.link_id, content)
    for each in items:
        question = known[each["linkId"]]
        _check_words(each.get("text"), question.ask, f"the question {question.id}")
    # A question that another system kept without an answer was skipped; it never counts as "no".
    answered = [each for each in items if "answer" in each]
    return {each["linkId"]: _answer(each["answer"], known[each["linkId"]], content) for each in answered}


def _known_items(
    items: list[Any], wanted: ElementType, known: Collection[str], section: str, content: Content
) -> Items:
    """Return the items, after checking that each is known, occurs once, and is in its place.

    They are the questions of a section, or the sections themselves if `section` is empty.
    """
    thing = "question" if section else "section"
    for item in items:
        link_id = item.get("linkId") if isinstance(item, dict) else None
        # Before the type: a question in place of a section is best described by where it belongs.
        if isinstance(link_id, str) and link_id not in known:
            raise RecordError(_unknown_item(link_id, section, content))
        named = f"the {thing} {link_id}" if isinstance(link_id, str) else f"a {thing} of the record"
        checked_element(item, wanted, named)
    _check_order([item["linkId"] for item in items], known, thing)
    return items


def _unknown_item(link_id: str, found_in: str, content: Content) -> str:
    """Return what is wrong with a link id that is not known in the section where it was found."""
    for group in question_groups(content):
        if link_id in (question.id for question in group.questions):
            found = f"in the section {found_in}" if found_in else "outside its section"
            return f"the question {link_id} is {found}, but belongs in {group.link_id}"
    thing = "question" if found_in else "section"
    return f"the record has the {thing} {quoted(link_id)}, which this questionnaire does not have"


def _check_order(link_ids: list[str], known: Collection[str], thing: str) -> None:
    for number, link_id in enumerate(link_ids):
        if link_id in link_ids[:number]:
            raise RecordError(f"the record has the {thing} {link_id} twice")
    if link_ids != [link_id for link_id in known if link_id in link_ids]:
        raise RecordError(f"the {thing}s of the record are not in the order of the questionnaire")


def _answer(given: list[Any], question: Question, content: Content) -> Answer:
    codes = tuple(_code(answer, question, content) for answer in given)
    if len(codes) > 1 and not takes_several(question):
        raise RecordError(f"the question {question.id} has several answers, but only one is allowed")
    if len(set(codes)) != len(codes):
        raise RecordError(f"the question {question.id} has the same answer twice")
    return codes if takes_several(question) else codes[0]


def _code(answer: object, question: Question, content: Content) -> str:
    where = f"the answer to {question.id}"
    coding = checked_element(checked_element(answer, ANSWER, where)["valueCoding"], CODING, where)
    if coding["system"] != answer_system(content):
        raise RecordError(f"{where} has a code from another system")
    code: str = coding["code"]
    words = labels(question, content).get(code)
    if words is None:
        raise RecordError(f"{where} has a code that the question does not have")
    if "display" in coding and coding["display"] not in words.values():
        raise RecordError(f"{where} has words that do not match its code", USE_ITS_QUESTIONS)
    return code


def _check_words(found: str | None, text: Text, where: str) -> None:
    """Words may be missing or in any language of the questionnaire, but must not say something else."""
    if found is not None and found not in text.values():
        raise RecordError(f"{where} has different words in this questionnaire", USE_ITS_QUESTIONS)


def _checked_together(answers: Answers, content: Content) -> Answers:
    """Return the answers as the interview keeps them, after checking each beside the others."""
    asked = {question.id: question for question in asked_questions(content, answers)}
    return {question_id: _checked(question_id, asked, answers, content) for question_id in answers}


def _checked(question_id: str, asked: Mapping[str, Question], answers: Answers, content: Content) -> Answer:
    if question_id not in asked:
        what = f"the question {question_id} has an answer, but too few symptoms are marked for it"
        raise RecordError(what)
    try:
        return checked(asked[question_id], answers[question_id], content, answers)
    except ValueError:
        # Its codes are the question's own, so one of them is a symptom that is not offered.
        raise RecordError(f"the answer to {question_id} is a symptom that is not marked") from None
