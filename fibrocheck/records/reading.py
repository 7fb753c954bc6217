"""A saved record -> `Record`, or the one sentence that says why not."""

import re
import uuid
from collections.abc import Collection
from datetime import datetime
from typing import Any

from fibrocheck.content.model import Content, Question, Text
from fibrocheck.questions import Answer, Answers, asked_questions, chosen, labels, offered, takes_several
from fibrocheck.records.record import IDENTIFIER_SYSTEM, Record, RecordError, checked_reference
from fibrocheck.records.shared import Section, answer_system, sections
from fibrocheck.records.strict_json import Shape, fitted, parse, shape
from fibrocheck.text_safety import printable, quoted

RECORD = shape(
    needed=("questionnaire", "status", "language", "identifier", "authored"),
    resourceType=str,
    meta=dict,
    language=str,
    text=dict,
    contained=list,
    identifier=dict,
    basedOn=list,
    partOf=list,
    questionnaire=str,
    status=str,
    subject=dict,
    encounter=dict,
    authored=str,
    author=dict,
    source=dict,
    item=list,
)
SECTION = shape(needed=("linkId",), linkId=str, definition=str, text=str, item=list)
QUESTION = shape(needed=("linkId",), linkId=str, definition=str, text=str, answer=list)
ANSWER = shape(needed=("valueCoding",), valueCoding=dict)
CODING = shape(needed=("system", "code"), system=str, version=str, code=str, display=str, userSelected=bool)
IDENTIFIER = shape(use=str, type=dict, system=str, value=str, period=dict, assigner=dict)
SUBJECT = shape(reference=str, type=str, identifier=dict, display=str)

UUID = re.compile(r"urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
# FHIR's dateTime with its zone; from the year 1000 on, so that no zone can move it out of the calendar.
AUTHORED = re.compile(
    r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
    r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
)

OUR_OWN = "Name a file that fibrocheck saved"
ITS_QUESTIONS = "Name the questions.yaml that it was made with, with --questions"


def read_response(data: bytes | str, content: Content) -> Record:
    """The record in the bytes of a file; `RecordError` unless it is whole and of this questionnaire.

    What other systems may add to any FHIR resource is passed over; what contradicts is refused.
    """
    value = parse(data)
    if not isinstance(value, dict):
        raise RecordError("the record is not a JSON object", OUR_OWN)
    if value.get("resourceType") != "QuestionnaireResponse":
        raise RecordError("this is not a saved record (a FHIR QuestionnaireResponse)", OUR_OWN)
    record = fitted(value, RECORD, "the record")
    _check_questionnaire(record["questionnaire"], content)
    _check_status(record["status"])
    return Record(
        answers=_answers(record.get("item", []), content),
        language=_language(record["language"], content),
        authored=_authored(record["authored"]),
        identifier=_identifier(record["identifier"]),
        reference=_reference(record.get("subject")),
    )


def _check_questionnaire(named: str, content: Content) -> None:
    # A version has no bar, an address may have one.
    url, _, version = named.rpartition("|")
    if named == content.url:
        what = "the record does not say which version of the questionnaire it belongs to"
        raise RecordError(what, ITS_QUESTIONS)
    if url != content.url:
        its, this = _address(url or named), _address(content.url)
        what = f"the record belongs to the questionnaire {its}, and this is {this}"
        raise RecordError(what, ITS_QUESTIONS)
    if version != content.version:
        made, this = quoted(version), quoted(content.version)
        what = f"the record was made with version {made} of the questionnaire, and this is version {this}"
        raise RecordError(what, ITS_QUESTIONS)


def _address(url: str) -> str:
    return f'"{printable(url)}"'


def _check_status(status: str) -> None:
    if status != "completed":
        what = f"the record has the status {quoted(status)}, and only a completed one can be shown"
        raise RecordError(what, "Use the completed record")


def _language(language: str, content: Content) -> str:
    if language not in content.languages:
        what = f"the record is in the language {quoted(language)}, which this questionnaire does not have"
        raise RecordError(what, ITS_QUESTIONS)
    return language


def _authored(authored: str) -> datetime:
    if not AUTHORED.fullmatch(authored):
        raise RecordError("the record does not say when it was made, with its time zone (authored)")
    try:
        return datetime.fromisoformat(authored)
    except ValueError:
        raise RecordError("the record was made at a time that does not exist (authored)") from None


def _identifier(value: dict[str, Any]) -> uuid.UUID:
    identifier = fitted(value, IDENTIFIER, "the identifier of the record")
    match = UUID.fullmatch(identifier.get("value", ""))
    if identifier.get("system") != IDENTIFIER_SYSTEM or not match:
        raise RecordError("the identifier of the record is not a urn:uuid")
    return uuid.UUID(match[1])


def _reference(value: dict[str, Any] | None) -> str:
    if value is None:
        return ""
    subject = fitted(value, SUBJECT, "the subject of the record")
    where = "the identifier of the subject"
    identifier = fitted(subject["identifier"], IDENTIFIER, where) if "identifier" in subject else {}
    return checked_reference(identifier["value"]) if "value" in identifier else ""


def _answers(groups: list[Any], content: Content) -> Answers:
    known = {section.link_id: section for section in sections(content)}
    answers: dict[str, Answer] = {}
    for group in _items(groups, SECTION, known, "", content):
        answers |= _in_section(group, known[group["linkId"]], content)
    _check_follow_ups(answers, content)
    return answers


def _in_section(group: dict[str, Any], section: Section, content: Content) -> dict[str, Answer]:
    _check_words(group.get("text"), section.title, f"the section {section.link_id}")
    known = {question.id: question for question in section.questions}
    items = _items(group.get("item", []), QUESTION, known, section.link_id, content)
    for item in items:
        question = known[item["linkId"]]
        _check_words(item.get("text"), question.ask, f"the question {question.id}")
    # A question that another system kept without an answer was skipped; it never counts as "no".
    answered = [item for item in items if "answer" in item]
    return {item["linkId"]: _answer(item["answer"], known[item["linkId"]], content) for item in answered}


def _items(
    given: list[Any], wanted: Shape, known: Collection[str], section: str, content: Content
) -> list[dict[str, Any]]:
    """The questions of a section, or the sections themselves, each known, once, and in its order."""
    thing = "question" if section else "section"
    for item in given:
        link_id = item.get("linkId") if isinstance(item, dict) else None
        # First of all: a question where a section belongs would otherwise only look misshapen.
        if isinstance(link_id, str) and link_id not in known:
            raise RecordError(_stray(link_id, section, content))
        named = f"the {thing} {link_id}" if isinstance(link_id, str) else f"a {thing} of the record"
        fitted(item, wanted, named)
    _check_order([item["linkId"] for item in given], known, thing)
    return given


def _stray(link_id: str, found_in: str, content: Content) -> str:
    """What to say of a link id that is not known where it was found."""
    for section in sections(content):
        if link_id in (question.id for question in section.questions):
            found = f"in the section {found_in}" if found_in else "outside its section"
            return f"the question {link_id} is {found}, and belongs in {section.link_id}"
    thing = "question" if found_in else "section"
    return f"the record has the {thing} {quoted(link_id)}, which this questionnaire does not have"


def _check_order(link_ids: list[str], known: Collection[str], thing: str) -> None:
    for number, link_id in enumerate(link_ids):
        if link_id in link_ids[:number]:
            raise RecordError(f"the record has the {thing} {link_id} twice")
    if link_ids != [link_id for link_id in known if link_id in link_ids]:
        raise RecordError(f"the {thing}s of the record are not in the order of the questionnaire")


def _answer(given: list[Any], question: Question, content: Content) -> Answer:
    codes = [_code(answer, question, content) for answer in given]
    if len(codes) > 1 and not takes_several(question):
        raise RecordError(f"the question {question.id} has several answers, where one is allowed")
    if len(set(codes)) != len(codes):
        raise RecordError(f"the question {question.id} has the same answer twice")
    if not takes_several(question):
        return codes[0]
    return tuple(code for code in labels(question, content) if code in codes)


def _code(answer: object, question: Question, content: Content) -> str:
    where = f"the answer to {question.id}"
    coding = fitted(fitted(answer, ANSWER, where)["valueCoding"], CODING, where)
    if coding["system"] != answer_system(content):
        raise RecordError(f"{where} has a code of another system")
    code: str = coding["code"]
    words = labels(question, content).get(code)
    if words is None:
        raise RecordError(f"{where} has a code that the question does not have")
    if "display" in coding and coding["display"] not in words.values():
        raise RecordError(f"{where} has words that are not those of its code", ITS_QUESTIONS)
    return code


def _check_words(found: str | None, text: Text, where: str) -> None:
    """Words may be left out or be those of any language, but must not say something else."""
    if found is not None and found not in text.values():
        raise RecordError(f"{where} has other words than in this questionnaire", ITS_QUESTIONS)


def _check_follow_ups(answers: Answers, content: Content) -> None:
    asked = {question.id for question in asked_questions(content, answers)}
    for follow_up in content.follow_ups:
        answer = answers.get(follow_up.id)
        if answer is None:
            continue
        if follow_up.id not in asked:
            what = f"the question {follow_up.id} has an answer, but too few symptoms are marked for it"
            raise RecordError(what)
        if not set(chosen(answer)) <= set(offered(follow_up, content, answers)):
            raise RecordError(f"the answer to {follow_up.id} is a symptom that is not marked")
