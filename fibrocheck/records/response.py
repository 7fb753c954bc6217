"""One visit's answers as a FHIR R4 QuestionnaireResponse: the saved record.

Every text and every Coding is the Questionnaire's own, copied whole: base language, translations
beside it. A chart system compares them, and HL7's validator refuses an item whose text is not the
Questionnaire's. `language` and the narrative say which language the person read.
"""

import uuid
from datetime import datetime

from fibrocheck.content.model import Content, Question
from fibrocheck.questions import Answers, asked_questions, checked, chosen, labels
from fibrocheck.records.narrative import element, narrative
from fibrocheck.records.record import IDENTIFIER_SYSTEM, checked_reference
from fibrocheck.records.shared import (
    Resource,
    Section,
    canonical,
    in_every_language,
    options,
    sections,
)

Given = dict[str, tuple[str, ...]]
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
    """The record of one visit.

    A skipped question is left out, and so is a follow-up without its reason. `RecordError` for a
    reference that cannot be kept; `ValueError` for an answer that is none, or a time without its zone.
    """
    if authored.utcoffset() is None:
        raise ValueError("the time of a record needs its time zone")
    given = _given(content, answers)
    record: Resource = {
        "resourceType": "QuestionnaireResponse",
        "language": language,
        "text": _narrative(content, given, language, authored),
        "identifier": {"system": IDENTIFIER_SYSTEM, "value": identifier.urn},
        "questionnaire": canonical(content),
        "status": "completed",
    }
    if reference:
        record["subject"] = {"identifier": {"value": checked_reference(reference)}}
    record["authored"] = authored.isoformat(timespec="seconds")
    if given:
        record["item"] = [_group(section, given, content) for section in _answered(content, given)]
    return record


def _given(content: Content, answers: Answers) -> Given:
    return {
        question.id: chosen(checked(question, answers[question.id], content, answers))
        for question in asked_questions(content, answers)
        if question.id in answers
    }


def _answered(content: Content, given: Given) -> tuple[Section, ...]:
    """The sections with the questions that have an answer; FHIR allows no empty ones."""
    kept = (
        section._replace(questions=tuple(each for each in section.questions if each.id in given))
        for section in sections(content)
    )
    return tuple(section for section in kept if section.questions)


def _group(section: Section, given: Given, content: Content) -> Resource:
    return {
        "linkId": section.link_id,
        **in_every_language("text", section.title, content),
        "item": [_question(question, given[question.id], content) for question in section.questions],
    }


def _question(question: Question, codes: tuple[str, ...], content: Content) -> Resource:
    codings = options(question, content)
    return {
        "linkId": question.id,
        **in_every_language("text", question.ask, content),
        "answer": [{"valueCoding": codings[code]} for code in codes],
    }


def _narrative(content: Content, given: Given, language: str, authored: datetime) -> Resource:
    parts = [
        element("h1", content.words.told_us[language]),
        element("p", authored.isoformat(sep=" ", timespec="minutes")),
    ]
    for section in _answered(content, given):
        rows = "".join(_row(each, given[each.id], content, language) for each in section.questions)
        parts += [element("h2", section.title[language]), f"<dl>{rows}</dl>"]
    return narrative(language, [*parts, element("p", content.words.not_a_diagnosis[language])])


def _row(question: Question, codes: tuple[str, ...], content: Content, language: str) -> str:
    words = labels(question, content)
    chosen = ", ".join(words[code][language] for code in codes)
    return element("dt", question.ask[language]) + element("dd", chosen)
