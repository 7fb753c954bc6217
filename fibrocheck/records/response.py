"""One visit's answers as a FHIR R4 QuestionnaireResponse: the saved record.

Every text and every Coding is copied whole from the Questionnaire, with its translations. A chart system
compares them, and HL7's validator refuses an item whose text differs from the Questionnaire's.
`language` and the narrative say which language the person read.
"""

import uuid
from datetime import datetime

from fibrocheck.content.model import Content, Question
from fibrocheck.questions import Answers, asked_questions, checked, chosen, labels
from fibrocheck.records.elements import (
    QuestionGroup,
    Resource,
    canonical,
    codings,
    in_every_language,
    question_groups,
)
from fibrocheck.records.narrative import narrative, tagged
from fibrocheck.records.record import IDENTIFIER_SYSTEM, Record, checked_reference

Codes = dict[str, tuple[str, ...]]
"""The chosen codes by question id, in the questionnaire's order."""


def response(
    content: Content,
    answers: Answers,
    *,
    language: str,
    authored: datetime,
    identifier: uuid.UUID,
    reference: str = "",
) -> Resource:
    """Return the record with these values; see `write_response`."""
    return write_response(Record(answers, language, authored, identifier, reference), content)


def write_response(record: Record, content: Content) -> Resource:
    """Return a record as the resource that `reading.read_response` reads.

    A skipped question is left out, and so is a follow-up without its reason. Raises `RecordError` for a
    reference that cannot be kept, and `ValueError` for an answer that the question does not have or a
    time without a time zone.
    """
    if record.authored.utcoffset() is None:
        raise ValueError("the time of a record needs its time zone")
    codes = _codes(record.answers, content)
    groups = _answered_groups(content, codes)
    resource: Resource = {
        "resourceType": "QuestionnaireResponse",
        "language": record.language,
        "text": _narrative(record, codes, content),
        "identifier": {"system": IDENTIFIER_SYSTEM, "value": record.identifier.urn},
        "questionnaire": canonical(content),
        "status": "completed",
    }
    if record.reference:
        resource["subject"] = {"identifier": {"value": checked_reference(record.reference)}}
    resource["authored"] = record.authored.isoformat(timespec="seconds")
    if groups:
        resource["item"] = [_group_item(group, codes, content) for group in groups]
    return resource


def _codes(answers: Answers, content: Content) -> Codes:
    return {
        question.id: chosen(checked(question, answers[question.id], content, answers))
        for question in asked_questions(content, answers)
        if question.id in answers
    }


def _answered_groups(content: Content, codes: Codes) -> tuple[QuestionGroup, ...]:
    """Return the groups with the questions that have an answer. FHIR does not allow empty groups."""
    answered = (
        group._replace(questions=tuple(each for each in group.questions if each.id in codes))
        for group in question_groups(content)
    )
    return tuple(group for group in answered if group.questions)


def _group_item(group: QuestionGroup, codes: Codes, content: Content) -> Resource:
    return {
        "linkId": group.link_id,
        **in_every_language("text", group.title, content),
        "item": [_question_item(question, codes[question.id], content) for question in group.questions],
    }


def _question_item(question: Question, codes: tuple[str, ...], content: Content) -> Resource:
    coding = codings(question, content)
    return {
        "linkId": question.id,
        **in_every_language("text", question.ask, content),
        "answer": [{"valueCoding": coding[code]} for code in codes],
    }


def _narrative(record: Record, codes: Codes, content: Content) -> Resource:
    language, words = record.language, content.words
    parts = [
        tagged("h1", words.told_us[language]),
        tagged("p", record.authored.isoformat(sep=" ", timespec="minutes")),
    ]
    for group in _answered_groups(content, codes):
        rows = "".join(_row(each, codes[each.id], content, language) for each in group.questions)
        parts += [tagged("h2", group.title[language]), f"<dl>{rows}</dl>"]
    return narrative(language, [*parts, tagged("p", words.not_a_diagnosis[language])])


def _row(question: Question, codes: tuple[str, ...], content: Content, language: str) -> str:
    words = labels(question, content)
    answer = ", ".join(words[code][language] for code in codes)
    return tagged("dt", question.ask[language]) + tagged("dd", answer)
