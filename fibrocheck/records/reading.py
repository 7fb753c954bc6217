"""A saved record read back: bytes -> `Record`, or `RecordError` with one sentence that says why not."""

import re
import uuid
from datetime import datetime
from typing import Any

from fibrocheck.content.model import Content
from fibrocheck.records.element_types import IDENTIFIER, RECORD, SUBJECT, checked_element
from fibrocheck.records.reading_answers import read_answers
from fibrocheck.records.record import (
    IDENTIFIER_SYSTEM,
    USE_ITS_QUESTIONS,
    USE_SAVED_FILE,
    Record,
    RecordError,
    checked_reference,
)
from fibrocheck.records.strict_json import parse
from fibrocheck.text_safety import printable, quoted

UUID = re.compile(r"urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
# FHIR's dateTime with a time zone; from the year 1000 on, so that no zone can move it out of the calendar.
AUTHORED = re.compile(
    r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
    r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
)


def read_response(data: bytes | str, content: Content) -> Record:
    """Return the record in the bytes of a file.

    Raises `RecordError` unless it is complete and belongs to this questionnaire. What other systems may
    add to any FHIR resource is ignored; contradictions are refused.
    """
    value = parse(data)
    if not isinstance(value, dict):
        raise RecordError("the record is not a JSON object", USE_SAVED_FILE)
    if value.get("resourceType") != "QuestionnaireResponse":
        raise RecordError("this is not a saved record (a FHIR QuestionnaireResponse)", USE_SAVED_FILE)
    record = checked_element(value, RECORD, "the record")
    _check_questionnaire(record["questionnaire"], content)
    _check_status(record["status"])
    return Record(
        answers=read_answers(record.get("item", []), content),
        language=_language(record["language"], content),
        authored=_authored(record["authored"]),
        identifier=_identifier(record["identifier"]),
        reference=_reference(record.get("subject")),
    )


def _check_questionnaire(named: str, content: Content) -> None:
    # A version contains no bar, but an address may.
    url, _, version = named.rpartition("|")
    if named == content.url:
        what = "the record does not say which version of the questionnaire it belongs to"
        raise RecordError(what, USE_ITS_QUESTIONS)
    if url != content.url:
        its, this = _address(url or named), _address(content.url)
        what = f"the record belongs to the questionnaire {its}, but this is {this}"
        raise RecordError(what, USE_ITS_QUESTIONS)
    if version != content.version:
        its, this = quoted(version), quoted(content.version)
        what = f"the record was made with version {its} of the questionnaire, but this is version {this}"
        raise RecordError(what, USE_ITS_QUESTIONS)


def _address(url: str) -> str:
    return f'"{printable(url)}"'


def _check_status(status: str) -> None:
    if status != "completed":
        what = f"the record has the status {quoted(status)}, but only completed records can be shown"
        raise RecordError(what, "Use the completed record")


def _language(language: str, content: Content) -> str:
    if language not in content.languages:
        what = f"the record is in the language {quoted(language)}, which this questionnaire does not have"
        raise RecordError(what, USE_ITS_QUESTIONS)
    return language


def _authored(authored: str) -> datetime:
    if not AUTHORED.fullmatch(authored):
        raise RecordError("the record does not have a date, time and time zone (authored)")
    try:
        return datetime.fromisoformat(authored)
    except ValueError:
        raise RecordError("the record has a date or time that does not exist (authored)") from None


def _identifier(value: dict[str, Any]) -> uuid.UUID:
    identifier = checked_element(value, IDENTIFIER, "the identifier of the record")
    match = UUID.fullmatch(identifier.get("value", ""))
    if identifier.get("system") != IDENTIFIER_SYSTEM or not match:
        raise RecordError("the identifier of the record is not a urn:uuid")
    return uuid.UUID(match[1])


def _reference(value: dict[str, Any] | None) -> str:
    if value is None:
        return ""
    subject = checked_element(value, SUBJECT, "the subject of the record")
    where = "the identifier of the subject"
    identifier = checked_element(subject["identifier"], IDENTIFIER, where) if "identifier" in subject else {}
    return checked_reference(identifier["value"]) if "value" in identifier else ""
