"""What is sent: a copy of a saved list with the patient added. Pure: knows no server and no file.

The list's identifier stays, so that a server can tell that it has the list already. What the record holds
is never changed, only added to.
"""

from __future__ import annotations

import base64
import copy
import hashlib
import re
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.records.addresses import canonical
from fibrocheck.records.elements import Resource, to_json
from fibrocheck.records.record import IDENTIFIER_SYSTEM
from fibrocheck.records.times import written
from fibrocheck.sending.settings import DOCUMENT, XHTML, Settings
from fibrocheck.text_safety import is_example

if TYPE_CHECKING:
    from datetime import datetime

    from fibrocheck.records.reading import SavedRecord

QUESTIONNAIRE_RESPONSE, DOCUMENT_REFERENCE = "QuestionnaireResponse", "DocumentReference"

FROM_ANOTHER_SERVER = ("id", "meta")
"""What a server gives to a resource; another one gives its own."""

_BODY = re.compile(rb"<body[^>]*>")
"""The beginning of the pages to print."""

_UNKNOWN_KIND = {
    "system": "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
    "code": "UNK",
    "display": "Unknown",
}
_CLINICAL_NOTE = {
    "system": "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category",
    "code": "clinical-note",
    "display": "Clinical Note",
}
"""US Core requires a kind from LOINC, or "unknown", and a category (DocumentReference, 6.1)."""


class Link(NamedTuple):
    """Whom and which visit a list belongs to, as references on the server: `Patient/123`."""

    patient: str
    encounter: str = ""


def kind_of(mode: str) -> str:
    """Return the type of resource that is filed in a mode."""
    return DOCUMENT_REFERENCE if mode == DOCUMENT else QUESTIONNAIRE_RESPONSE


def identifier_of(saved: SavedRecord) -> str:
    """Return the list's identifier as servers search for it: `urn:ietf:rfc:3986|urn:uuid:…`."""
    return f"{IDENTIFIER_SYSTEM}|{saved.record.identifier.urn}"


def is_draft(saved: SavedRecord) -> bool:
    """Return whether the words were not approved, or a questionnaire's address is nobody's."""
    url = str(saved.resource.get("questionnaire", "")).partition("|")[0]
    no_address = is_example(saved.content.url) or is_example(url) or url.startswith("urn:")
    return no_address or not saved.content.approval.approved_by


def to_send(saved: SavedRecord, link: Link, settings: Settings, now: datetime) -> Resource:
    """Return what is filed in the mode of the settings. The saved list is not changed."""
    if settings.mode == DOCUMENT:
        return _document(saved, link, settings, now)
    return _response(saved, link, settings)


def as_bytes(resource: Resource) -> bytes:
    """Return a resource as the body of a request. The same resource gives the same bytes."""
    return to_json(resource).encode()


def _response(saved: SavedRecord, link: Link, settings: Settings) -> Resource:
    own = {key: value for key, value in saved.resource.items() if key not in FROM_ANOTHER_SERVER}
    resource: Resource = copy.deepcopy(own)
    resource["subject"] = {"reference": link.patient, "type": "Patient"}
    # A record from elsewhere may have an identifier of another system; ours finds it again.
    resource["identifier"] = _identifier(saved)
    if link.encounter:
        resource["encounter"] = {**resource.get("encounter", {}), "reference": link.encounter}
    return resource | _profile(settings)


def _document(saved: SavedRecord, link: Link, settings: Settings, now: datetime) -> Resource:
    data, media_type = page_of(saved, settings)
    content, record = saved.content, saved.record
    title = content.name[content.clinic_language]
    resource: Resource = {
        "resourceType": DOCUMENT_REFERENCE,
        "identifier": [_identifier(saved)],
        "status": "current",
        "docStatus": "preliminary",
        "type": {"coding": [_kind(settings)], "text": title},
        "category": [{"coding": [_CLINICAL_NOTE]}],
        "subject": {"reference": link.patient, "type": "Patient"},
        "date": written(now),
        "description": f"{title} ({canonical(content)})",
        "content": [
            {
                "attachment": {
                    "contentType": media_type,
                    "language": content.clinic_language,
                    "data": base64.b64encode(data).decode(),
                    "size": len(data),
                    "hash": base64.b64encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode(),
                    "title": title,
                    "creation": written(record.authored),
                }
            }
        ],
    }
    if "author" in saved.resource:
        resource["author"] = [copy.deepcopy(saved.resource["author"])]
    if link.encounter:
        resource["context"] = {"encounter": [{"reference": link.encounter}]}
    return resource | _profile(settings)


def page_of(saved: SavedRecord, settings: Settings) -> tuple[bytes, str]:
    """Return the page that a document holds, and its media type. Its first line is the contract's."""
    from fibrocheck.copies.formats import CHART, HTML
    from fibrocheck.copies.report import copy_of

    visit = copy_of(saved, None)
    language = saved.content.clinic_language
    first = saved.content.words.reported[language]
    if settings.document_form == XHTML:
        pages = _bytes(HTML.render(visit._replace(shown_in=language)))
        top = f"<p>{escape(first)}</p>".encode()
        return _BODY.sub(lambda found: found[0] + top, pages, count=1), "application/xhtml+xml"
    return f"{first}\n\n".encode() + _bytes(CHART.render(visit)), "text/plain; charset=utf-8"


def _bytes(page: str | bytes) -> bytes:
    return page.encode() if isinstance(page, str) else page


def _identifier(saved: SavedRecord) -> Resource:
    return {"system": IDENTIFIER_SYSTEM, "value": saved.record.identifier.urn}


def _kind(settings: Settings) -> Resource:
    system, _, code = settings.document_type.rpartition("|")
    return {"system": system, "code": code} if system else _UNKNOWN_KIND


def _profile(settings: Settings) -> Resource:
    return {"meta": {"profile": [settings.profile]}} if settings.profile else {}
