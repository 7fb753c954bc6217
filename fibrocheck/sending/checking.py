"""Asks a server what it can do, before anything is sent. Nothing is written there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.sending.people import PATIENT
from fibrocheck.sending.problems import SendError
from fibrocheck.sending.replies import resource_in
from fibrocheck.sending.resources import kind_of
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fibrocheck.records.elements import Resource
    from fibrocheck.sending.connection import Connection
    from fibrocheck.sending.settings import Settings


class Abilities(NamedTuple):
    """What a server says that it can do with one type of resource."""

    creates: bool
    """Whether it takes new ones."""
    reads: bool
    is_conditional: bool
    """Whether it creates one only if it has none with the identifier."""
    finds: bool
    """Whether it finds one by its identifier."""
    replaces: bool
    """Whether it takes a new version, as correcting and withdrawing need."""


class Checked(NamedTuple):
    """What `send --check` found: lines for staff, and whether a list could be sent."""

    lines: tuple[str, ...]
    is_ready: bool


def abilities_in(statement: Resource, kind: str) -> Abilities:
    """Return what a CapabilityStatement says about a type of resource."""
    found = _described(statement, kind)
    codes = {each.get("code") for each in _objects(found.get("interaction"))}
    finds = any(each.get("name") == "identifier" for each in _objects(found.get("searchParam")))
    return Abilities(
        creates="create" in codes,
        reads="read" in codes or "vread" in codes,
        is_conditional=found.get("conditionalCreate") is True,
        finds=finds and "search-type" in codes,
        replaces="update" in codes,
    )


def abilities(server: Connection, mode: str) -> Abilities:
    """Return what the server can do with the lists of a mode; `SendError` if it cannot take or show them."""
    kind = kind_of(mode)
    able = abilities_in(_statement(server), kind)
    if not able.creates:
        remedy = "Use --mode document" if mode == "response" else "Use --mode response"
        raise SendError(f"the server takes no {kind}", f"{remedy}, or ask who looks after the server")
    if not able.reads:
        raise SendError(f"the server does not let us read back a {kind}", "Ask who looks after the server")
    return able


def check(server: Connection, settings: Settings) -> Checked:
    """Return what is possible at a server, in plain words. If a client_id is set up, it signs in too.

    `SendError` or `TryLater` if that cannot be found out.
    """
    statement = _statement(server)
    kind = kind_of(settings.mode)
    able, people = abilities_in(statement, kind), abilities_in(statement, PATIENT)
    name = statement.get("software")
    software = name.get("name", "") if isinstance(name, dict) else ""
    lines = [
        (
            f"Server: {server.base} ({printable(str(software), 60) or 'no name'}), FHIR"
            f" {printable(str(statement.get('fhirVersion', 'of unknown version')), 20)}"
        ),
        _can(able.creates, f"Takes lists as {kind}"),
        _can(able.reads, "Lets us read back what was filed"),
        _can(able.is_conditional, "Files a list only once (conditional create)"),
        _can(able.finds, "Finds a list by its identifier"),
        _can(able.replaces, "Takes corrections and withdrawals"),
        _can(people.reads, "Shows a patient by Patient/ID"),
        _can(people.finds, "Finds a patient by number"),
        *_signing_in(server),
    ]
    if not able.is_conditional and not able.finds:
        lines.append("After an unclear outcome nothing is repeated: staff look in the chart.")
    is_r4 = str(statement.get("fhirVersion", "4")).startswith("4.")
    if not is_r4:
        lines.append("This is not FHIR R4 (4.0). Lists are FHIR R4.")
    lines.append("Nothing was written there.")
    return Checked(tuple(lines), able.creates and able.reads and people.reads and is_r4)


def _statement(server: Connection) -> Resource:
    return resource_in(server.get("metadata", "asking what the server can do"), "CapabilityStatement")


def _signing_in(server: Connection) -> Iterable[str]:
    if server.sign_in is None:
        return ("Signing in: not set up (no client_id).",)
    server.sign_in.token(server.scopes)
    return ("Signing in: works.",)


def _can(is_so: bool, what: str) -> str:  # noqa: FBT001 - reads as a sentence
    return f"{what}: {'yes' if is_so else 'no'}"


def _described(statement: Resource, kind: str) -> Resource:
    for rest in _objects(statement.get("rest")):
        for each in _objects(rest.get("resource")):
            if each.get("type") == kind:
                return each
    return {}


def _objects(value: object) -> list[Resource]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
