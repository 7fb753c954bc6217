"""One visit's answers as a FHIR R4 QuestionnaireResponse: the saved record.

Every text and every Coding is copied whole from the Questionnaire, with its translations. A chart system
compares them, and HL7's validator refuses an item whose text differs from the Questionnaire's.
`language` is the language of those texts. The narrative, and an extension of our own, say which one the
person read. There is no subject: nobody has said yet who the patient is.
"""

from collections.abc import Collection

from fibrocheck.content.model import Content, Question
from fibrocheck.questions import Answers, asked_questions, checked, chosen, labels
from fibrocheck.records.addresses import DEVICES as DEVICE_SYSTEM
from fibrocheck.records.addresses import (
    INTERVIEW_LANGUAGE,
    address,
    canonical,
)
from fibrocheck.records.desk_notes import correction_extension, encounter
from fibrocheck.records.elements import (
    QuestionGroup,
    Resource,
    base_language,
    codings,
    in_every_language,
    question_groups,
)
from fibrocheck.records.narrative import language_of, narrative, tagged
from fibrocheck.records.record import DEVICES, IDENTIFIER_SYSTEM, SOURCES, Record
from fibrocheck.records.times import for_people, kept_as, written

DISPLAY = "http://hl7.org/fhir/StructureDefinition/display"
"""FHIR's extension for the name of what a canonical refers to, for people."""

Codes = dict[str, tuple[str, ...]]
"""The chosen codes by question id, in the questionnaire's order."""


def write_response(record: Record, content: Content) -> Resource:
    """Return a record as the resource that `reading.read_saved` reads.

    A skipped question is left out, unless it is among `skipped`: then it is there without an answer. A
    follow-up without its reason is left out. Raises `RecordError` for a reference that cannot be kept, and
    `ValueError` for an answer that the question does not have or a time without a time zone.
    """
    record = record._replace(authored=kept_as(record.authored))
    codes = _codes(record.answers, content)
    groups = _groups_of({*codes, *record.skipped}, content)
    resource: Resource = {
        "resourceType": "QuestionnaireResponse",
        "language": base_language(content),
        "text": _narrative(record, codes, content),
        "extension": _extensions(record, content),
        "identifier": {"system": IDENTIFIER_SYSTEM, "value": record.identifier.urn},
        "questionnaire": canonical(content),
        "_questionnaire": {"extension": [_display(content)]},
        "status": record.status,
        **encounter(record.reference, record.appointment_date, content),
        "authored": written(record.authored),
        **_people(record, content),
    }
    if groups:
        resource["item"] = [_group_item(group, codes, content) for group in groups]
    return resource


def with_narrative_in(language: str, resource: Resource, record: Record, content: Content) -> Resource:
    """Return a resource that was read, with its narrative in this language and nothing else changed."""
    if language_of(resource.get("text", {})) == language:
        return resource
    text = _narrative(record._replace(language=language), _codes(record.answers, content), content)
    return resource | {"text": text}


def _display(content: Content) -> Resource:
    return {"url": DISPLAY, "valueString": content.welcome.title[base_language(content)]}


def _extensions(record: Record, content: Content) -> list[Resource]:
    language = {"url": address(content, INTERVIEW_LANGUAGE), "valueCode": record.language}
    return [language, *([correction_extension(record.correction, content)] if record.correction else [])]


def _people(record: Record, content: Content) -> Resource:
    """Return what it was made on, and who answered, as far as that is known."""
    found: Resource = {}
    if record.device:
        identifier = {"system": address(content, DEVICE_SYSTEM), "value": record.device}
        display = DEVICES[record.device]
        found["author"] = {"type": "Device", "identifier": identifier, "display": display}
    if record.source:
        found["source"] = {"type": record.source, "display": SOURCES[record.source]}
    return found


def _codes(answers: Answers, content: Content) -> Codes:
    return {
        question.id: chosen(checked(question, answers[question.id], content, answers))
        for question in asked_questions(content, answers)
        if question.id in answers
    }


def _groups_of(ids: Collection[str], content: Content) -> tuple[QuestionGroup, ...]:
    """Return the groups with the questions that have these ids. FHIR does not allow empty groups."""
    kept = (
        group._replace(questions=tuple(each for each in group.questions if each.id in ids))
        for group in question_groups(content)
    )
    return tuple(group for group in kept if group.questions)


def _group_item(group: QuestionGroup, codes: Codes, content: Content) -> Resource:
    return {
        "linkId": group.link_id,
        **in_every_language("text", group.title, content),
        "item": [_question_item(each, codes.get(each.id, ()), content) for each in group.questions],
    }


def _question_item(question: Question, codes: tuple[str, ...], content: Content) -> Resource:
    coding = codings(question, content)
    answers = [{"valueCoding": coding[code]} for code in codes]
    return {
        "linkId": question.id,
        **in_every_language("text", question.ask, content),
        **({"answer": answers} if answers else {}),
    }


def _narrative(record: Record, codes: Codes, content: Content) -> Resource:
    language, words = record.language, content.words
    parts = [
        tagged("h1", words.told_us[language]),
        tagged("p", for_people(record.authored)),
    ]
    for group in _groups_of(codes, content):
        rows = "".join(_row(each, codes[each.id], content, language) for each in group.questions)
        parts += [tagged("h2", group.title[language]), f"<dl>{rows}</dl>"]
    return narrative(language, [*parts, tagged("p", words.not_a_diagnosis[language])])


def _row(question: Question, codes: tuple[str, ...], content: Content, language: str) -> str:
    words = labels(question, content)
    answer = ", ".join(words[code][language] for code in codes)
    return tagged("dt", question.ask[language]) + tagged("dd", answer)
