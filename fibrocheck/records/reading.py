"""A saved record read back: bytes -> `SavedRecord`, or `RecordError` with one sentence that says why not."""

import re
import uuid
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from fibrocheck.content.model import Content
from fibrocheck.records.addresses import DEVICES as DEVICE_SYSTEM
from fibrocheck.records.addresses import INTERVIEW_LANGUAGE, is_address
from fibrocheck.records.desk_notes import day_of_appointment, read_correction
from fibrocheck.records.element_types import IDENTIFIER, RECORD, REFERENCE, checked_element
from fibrocheck.records.elements import Resource, base_language
from fibrocheck.records.narrative import language_of
from fibrocheck.records.reading_answers import read_answers
from fibrocheck.records.record import (
    DEVICES,
    ENTERED_IN_ERROR,
    IDENTIFIER_SYSTEM,
    IN_PROGRESS,
    MAX_REFERENCE_LENGTH,
    SHOWN,
    SOURCES,
    USE_ITS_QUESTIONS,
    USE_SAVED_FILE,
    OtherPatientError,
    Record,
    RecordError,
)
from fibrocheck.records.strict_json import Repeated, parse
from fibrocheck.records.times import Moment
from fibrocheck.text_safety import printable, quoted

UUID = re.compile(r"urn:uuid:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.IGNORECASE)
# FHIR's dateTime, a day or a time with a time zone; from the year 1000 on, so that no zone can move it out of
# the calendar.
AUTHORED = re.compile(
    r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}(?P<time>T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]+)?"
    r"(?:Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00))?"
)


class SavedRecord(NamedTuple):
    """A record that was read, and what is needed to show it again."""

    record: Record
    content: Content
    """The questionnaire to show it with: today's, or one made of the record's own words."""
    is_other_version: bool
    """Whether the questionnaire is made of the record's own words; what there is to read is today's."""
    resource: Resource
    """Everything that was read, additions of other systems included."""


class Head(NamedTuple):
    """What a record says besides its answers."""

    record: Record
    """Without answers."""
    version: str
    """The version of the wording; empty if it names none."""
    resource: Resource
    """Everything in it."""
    items: list[Any]
    """Its sections, not looked at yet."""


def read_saved(
    data: bytes | str,
    content: Content,
    statuses: Sequence[str] = SHOWN,
    repeated: Repeated | None = None,
) -> SavedRecord:
    """Return the record in the bytes of a file; `repeated` is for a run over many of this questionnaire.

    A record of another version is read with its own words. Raises `RecordError` unless it has one of the
    statuses and belongs to this questionnaire. What other systems may add to any FHIR resource is kept in
    `resource` and otherwise ignored; contradictions are refused.
    """
    value = parse(data, repeated)
    head = read_head(value, content, statuses)
    same_version = head.version == content.version
    answers = read_answers(head.items, content, same_version=same_version, repeated=repeated)
    # In any other record, all questions without an answer were skipped.
    skipped = answers.skipped if head.record.status == IN_PROGRESS else ()
    record = head.record._replace(answers=answers.answers, skipped=skipped)
    return SavedRecord(record, answers.content, not answers.is_todays, head.resource)


def read_head(value: object, content: Content, statuses: Sequence[str] = SHOWN) -> Head:
    """Return everything in a record but the answers, quickly, from the JSON value that it is.

    Raises `RecordError` like `read_saved`, except for what is wrong with the answers.
    """
    if not isinstance(value, dict):
        raise RecordError("the record is not a JSON object", USE_SAVED_FILE)
    if value.get("resourceType") != "QuestionnaireResponse":
        raise RecordError("this is not a saved record (a FHIR QuestionnaireResponse)", USE_SAVED_FILE)
    element = checked_element(_with_one_identifier(value), RECORD, "the record")
    version = _version(element["questionnaire"], content)
    record = Record(
        answers={},
        status=_checked_status(element["status"], statuses),
        language=_language(element, content),
        authored=_authored(element["authored"]),
        identifier=_identifier(element["identifier"]),
        reference=_reference(encounter := _identifier_in(element, "encounter"), element),
        device=_device(element, content),
        source=_source(element),
        appointment_date=day_of_appointment(encounter),
        correction=read_correction(element.get("extension", []), content),
    )
    return Head(record, version, value, element.get("item", []))


def _with_one_identifier(value: Resource) -> Resource:
    """Return the record with our identifier if it has a list of them, as FHIR R5 allows."""
    identifiers = value.get("identifier")
    if not isinstance(identifiers, list) or not identifiers:
        return value
    ours = [
        each for each in identifiers if isinstance(each, dict) and each.get("system") == IDENTIFIER_SYSTEM
    ]
    return value | {"identifier": (ours or identifiers)[0]}


def _version(named: str, content: Content) -> str:
    """Return the version in a canonical, empty if there is none; `RecordError` if it is another's."""
    # A version contains no bar, but an address may.
    url, _, version = named.rpartition("|")
    if is_address(named, content):
        url, version = named, ""
    if not is_address(url, content):
        its, this = f'"{printable(url or named)}"', f'"{printable(content.url)}"'
        what = f"the record belongs to the questionnaire {its}, but this is {this}"
        raise RecordError(what, USE_ITS_QUESTIONS)
    return version


def _checked_status(status: str, statuses: Sequence[str]) -> str:
    if status == ENTERED_IN_ERROR and status not in statuses:
        raise OtherPatientError
    if status not in statuses:
        what = f"the record has the status {quoted(status)}, but only completed records can be shown"
        raise RecordError(what, "Use the completed record")
    return status


def _language(element: Resource, content: Content) -> str:
    """Return the language that the person read, as far as the questionnaire has it.

    It is in our extension. Without that, the narrative has it, and in records of fibrocheck 0.1 `language`.
    """
    found = (_matching(tag, content) for tag in _tags(element, content) if isinstance(tag, str))
    return next(filter(None, found), base_language(content))


def _tags(element: Resource, content: Content) -> Iterator[object]:
    """Yield the languages that a record says it is in, the best first."""
    for each in element.get("extension", []):
        if isinstance(each, dict) and is_address(str(each.get("url")), content, INTERVIEW_LANGUAGE):
            yield each.get("valueCode")
    yield language_of(element.get("text", {}))
    yield element.get("language")


def _matching(tag: str, content: Content) -> str:
    """Return the questionnaire's language for a tag, such as `es` for `es-US` (RFC 4647, lookup); or ""."""
    if tag in content.languages:
        return tag
    known = {language.lower(): language for language in content.languages}
    tag = tag.lower().replace("_", "-")
    while tag and tag not in known:
        tag = tag.rpartition("-")[0]
    return known.get(tag, "")


def _authored(authored: str) -> Moment:
    match = AUTHORED.fullmatch(authored)
    if not match:
        what = "the record does not have a date, or a date, time and time zone (authored)"
        raise RecordError(what)
    try:
        return datetime.fromisoformat(authored) if match["time"] else date.fromisoformat(authored)
    except ValueError:
        raise RecordError("the record has a date or time that does not exist (authored)") from None


def _identifier(value: dict[str, Any]) -> uuid.UUID:
    """Return the UUID in an identifier; of another system's, a UUID made from it, always the same."""
    identifier = checked_element(value, IDENTIFIER, "the identifier of the record")
    system, text = identifier.get("system", ""), identifier.get("value", "")
    match = UUID.fullmatch(text)
    if match:
        return uuid.UUID(match[1])
    if system == IDENTIFIER_SYSTEM or not text:
        raise RecordError("the identifier of the record is not a urn:uuid")
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{system}|{text}")


def _reference(encounter: Resource, element: Resource) -> str:
    """Return the appointment number.

    It is the identifier of the `encounter`. In records of fibrocheck 0.1 it is that of the subject, with
    neither system nor type; any other identifier of the subject is the patient's own.
    """
    subject = _identifier_in(element, "subject")
    old = {} if subject.keys() & {"system", "type"} else subject
    value = encounter.get("value") or old.get("value") or ""
    return printable(value.strip(), MAX_REFERENCE_LENGTH)


def _device(element: Resource, content: Content) -> str:
    identifier = _identifier_in(element, "author")
    is_ours = is_address(identifier.get("system", ""), content, DEVICE_SYSTEM)
    return identifier["value"] if is_ours and identifier.get("value") in DEVICES else ""


def _source(element: Resource) -> str:
    """Return who answered: only the type, never who it is."""
    source = checked_element(element.get("source", {}), REFERENCE, "the source of the record")
    kind = source.get("type") or source.get("reference", "").partition("/")[0]
    return kind if kind in SOURCES else ""


def _identifier_in(element: Resource, key: str) -> dict[str, Any]:
    """Return the identifier in a reference to another resource; empty if there is none."""
    if key not in element:
        return {}
    reference = checked_element(element[key], REFERENCE, f"the {key} of the record")
    return checked_element(reference.get("identifier", {}), IDENTIFIER, f"the identifier of the {key}")
