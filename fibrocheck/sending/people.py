"""Finds the one patient, and the one visit, that staff named. Never a guess: none and two are refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.errors import WrongUsage
from fibrocheck.records.desk_notes import PATIENT_NUMBER
from fibrocheck.sending.problems import SendError
from fibrocheck.sending.replies import FHIR_ID
from fibrocheck.text_safety import printable, quoted

if TYPE_CHECKING:
    from fibrocheck.records.elements import Resource
    from fibrocheck.sending.connection import Connection

PATIENT, ENCOUNTER = "Patient", "Encounter"
_LOOK = "Look in the chart, and name the patient by Patient/ID"
OTHERS = "the desk linked this list to another patient than the one named now"
LINK_AGAIN = "Check whose list it is, and link it again at the desk"
_MAX_NAMED = 200


class Named(NamedTuple):
    """Whom or what staff named: by its place on the server, or by an identifier `SYSTEM|VALUE`."""

    kind: str
    place: str = ""
    identifier: str = ""


class Patient(NamedTuple):
    """A patient, as shown to staff before anything is sent."""

    place: str
    name: str
    birth_date: str
    gender: str = ""

    @property
    def year(self) -> str:
        """The year of birth that staff type to confirm; empty if the server does not have it."""
        return self.birth_date[:4] if re.match(r"[0-9]{4}", self.birth_date) else ""


def named(text: str, kind: str = PATIENT, system: str = "") -> Named:
    """Return whom a text names; `WrongUsage` if it names no one.

    It is `Patient/ID`, `SYSTEM|VALUE` or, with a system of the settings, a value alone.
    """
    own, bar, value = text.partition("|")  # no address of a system has a bar
    place, _, id_ = text.partition("/")
    usable = text.isprintable() and text == text.strip() and len(text) <= _MAX_NAMED
    if usable and place == kind and FHIR_ID.fullmatch(id_):
        return Named(kind, place=text)
    if usable and bar and own and value:
        return Named(kind, identifier=text)
    if usable and system and text and not bar and "/" not in text:
        return Named(kind, identifier=f"{system}|{text}")
    raise WrongUsage(f"{quoted(text)} names no {kind.lower()}. Write {kind}/ID, or SYSTEM|VALUE.")


def linked(resource: Resource, base: str) -> Named | None:
    """Return the patient that a saved list was linked to at the desk; `None` if it was not.

    An identifier counts only with its system: without one, fibrocheck 0.1 kept the appointment there.
    """
    subject = resource.get("subject")
    if not isinstance(subject, dict):
        return None
    reference = str(subject.get("reference", "")).removeprefix(f"{base}/")
    identifier = subject.get("identifier")
    of = identifier if isinstance(identifier, dict) else {}
    try:
        if reference:
            return named(reference)
        return named(f"{of['system']}|{of['value']}") if of.get("system") else None
    except (WrongUsage, KeyError):
        return None


def subject_of(who: Named) -> Resource:
    """Return the member of a record that names a patient, which `linked` reads again."""
    if who.place:
        return {"reference": who.place, "type": PATIENT}
    system, _, value = who.identifier.partition("|")
    return {"type": PATIENT, "identifier": {"type": PATIENT_NUMBER, "system": system, "value": value}}


def find(server: Connection, who: Named) -> Patient:
    """Return the patient; `SendError` if there is none, there are several, or the entry is not in use."""
    resource = _one(server, who)
    server.people |= _private(resource, who)
    replaced = [each for each in _objects(resource.get("link")) if each.get("type") == "replaced-by"]
    if resource.get("active") is False or replaced:
        raise SendError("this entry of the patient is no longer in use", _LOOK)
    return Patient(
        f"{PATIENT}/{resource['id']}",
        _name(resource),
        printable(str(resource.get("birthDate", "")), 10),
        printable(str(resource.get("gender", "")), 10),
    )


def check_own(server: Connection, resource: Resource, patient: Patient) -> None:
    """Raise `SendError` if the desk linked a saved list to another patient than the one named now."""
    own = linked(resource, server.base)
    if own is not None and (own.place or find(server, own).place) != patient.place:
        raise SendError(OTHERS, LINK_AGAIN)


def find_visit(server: Connection, which: Named, patient: Patient) -> str:
    """Return the place of the visit; `SendError` if there is not exactly one, or it is another patient's."""
    resource = _one(server, which)
    subject = resource.get("subject")
    whose = str(subject.get("reference", "")) if isinstance(subject, dict) else ""
    if whose.removeprefix(f"{server.base}/") != patient.place:
        raise SendError("this visit belongs to another patient", "Look in the chart, and name another visit")
    return f"{ENCOUNTER}/{resource['id']}"


def _one(server: Connection, who: Named) -> Resource:
    what = who.kind.lower()
    if who.place:
        return server.read(who.place, f"looking for the {what}").resource
    found = server.search(who.kind, who.identifier)
    usable = [each for each in found if FHIR_ID.fullmatch(str(each.get("id", "")))]
    if not usable:
        raise SendError(f"the server has no {what} with this number", "Check the number and its system")
    if len(usable) > 1:
        places = " and ".join(f"{who.kind}/{each['id']}" for each in usable[:2])
        raise SendError(f"the server has more than one {what} with this number ({places})", _LOOK)
    return usable[0]


def _name(resource: Resource) -> str:
    """Return the patient's name, the official one if there are several."""
    names = _objects(resource.get("name"))
    official = [each for each in names if each.get("use") == "official"]
    for each in (*official, *names):
        given = each.get("given")
        parts = [*(given if isinstance(given, list) else ()), each.get("family")]
        text = each.get("text") or " ".join(str(part) for part in parts if part)
        if text:
            return printable(str(text), 80)
    return "no name"


def _private(resource: Resource, who: Named) -> set[str]:
    """Return what a message must not say of a patient: each name, the date of birth, and all numbers."""
    names = _objects(resource.get("name"))
    lists = [each.get(part) for each in names for part in ("given", "prefix", "suffix")]
    words = [word for each in lists if isinstance(each, list) for word in each]
    words += [each.get(part) for each in names for part in ("family", "text")]
    words += [each.get("value") for each in _objects(resource.get("identifier"))]
    words += [resource.get("birthDate"), who.identifier.partition("|")[2]]
    words += [word for each in words if isinstance(each, str) for word in each.split()]
    return {word for word in words if isinstance(word, str) and len(word) > 1}


def _objects(value: object) -> list[Resource]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
