"""Compares what a server has with what was sent. Pure. Only what is equal is called filed."""

from __future__ import annotations

import base64
from contextlib import suppress
from typing import TYPE_CHECKING

from fibrocheck.records.reading import read_saved
from fibrocheck.records.record import RecordError
from fibrocheck.sending.replies import has_identifier
from fibrocheck.sending.resources import DOCUMENT_REFERENCE

if TYPE_CHECKING:
    from fibrocheck.records.elements import Resource
    from fibrocheck.records.reading import SavedRecord

ENTERED_IN_ERROR = "entered-in-error"

WITHDRAWN = "withdrawn"
OTHER_PATIENT, OTHER_VISIT = "for another patient", "for another visit"
OTHER_TIME, OTHER_ANSWERS, OTHER_STATUS = "with another time", "with other answers", "with another status"
OTHER_LIST, UNREADABLE, OTHER_PAGE = (
    "with another identifier",
    "in a form that cannot be read",
    "with another text",
)


def difference(stored: Resource, data: bytes, sent: Resource, saved: SavedRecord, base: str) -> str:
    """Return the first thing in which a stored copy differs from what was sent, in words; "" if in nothing.

    `data` are the bytes of the stored QuestionnaireResponse, or of the page in a stored DocumentReference.
    """
    if stored.get("status") == ENTERED_IN_ERROR:
        return WITHDRAWN
    if _reference(stored, "subject", base) != _reference(sent, "subject", base):
        return OTHER_PATIENT
    own = saved.record.identifier.urn
    if not any(has_identifier(stored, "", each) for each in (own, own.removeprefix("urn:uuid:"))):
        return OTHER_LIST
    if sent["resourceType"] == DOCUMENT_REFERENCE:
        return _document_difference(stored, data, sent, base)
    return _response_difference(stored, data, sent, saved, base)


def page_in(document: Resource) -> tuple[bytes | None, str]:
    """Return the page in a stored document, or where else on its server the page is."""
    with suppress(KeyError, IndexError, TypeError, ValueError, AttributeError):
        attachment = document["content"][0]["attachment"]
        if "data" in attachment:
            return base64.b64decode(attachment["data"], validate=True), ""
        return None, str(attachment.get("url", ""))
    return None, ""


def _document_difference(stored: Resource, data: bytes, sent: Resource, base: str) -> str:
    if (stored.get("status"), stored.get("docStatus")) != (sent["status"], sent["docStatus"]):
        return OTHER_STATUS
    if _visits(stored, base) != _visits(sent, base):
        return OTHER_VISIT
    return "" if data == page_in(sent)[0] else OTHER_PAGE


def _response_difference(stored: Resource, data: bytes, sent: Resource, saved: SavedRecord, base: str) -> str:
    try:
        found = read_saved(data, saved.content)
    except RecordError:
        return UNREADABLE
    if _reference(stored, "encounter", base) != _reference(sent, "encounter", base):
        return OTHER_VISIT
    if found.record.authored != saved.record.authored:
        return OTHER_TIME
    if found.record.answers != saved.record.answers:
        return OTHER_ANSWERS
    return "" if found.record.status == saved.record.status else OTHER_STATUS


def _reference(resource: Resource, key: str, base: str) -> str:
    value = resource.get(key)
    return _relative(value, base) if isinstance(value, dict) else ""


def _visits(document: Resource, base: str) -> list[str]:
    context = document.get("context")
    visits = context.get("encounter") if isinstance(context, dict) else None
    return [_relative(each, base) for each in visits or () if isinstance(each, dict)]


def _relative(reference: Resource, base: str) -> str:
    """Return where a reference leads, without the server's own address and without a version."""
    return str(reference.get("reference", "")).removeprefix(f"{base}/").partition("/_history/")[0]
