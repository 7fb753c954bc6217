"""What a server's replies say. Pure: bytes go in, facts or one sentence for staff come out."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from fibrocheck.records.elements import Resource
from fibrocheck.sending.problems import SendError, TryLater
from fibrocheck.text_safety import printable

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

MAX_SHOWN = 160
"""The characters shown of what a server says about an error."""

FHIR_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_REPLACED = "[…]"
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"|`[^`]*`|‘[^’]*’|“[^”]*”|«[^»]*»")
_CHECK_ADDRESS = "Check the address of the server"


class Reply(NamedTuple):
    """A whole reply. The names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def json_in(reply: Reply, what: str) -> Resource:
    """Return the JSON object in a reply; `SendError` if it is a web page, cut short, or anything else."""
    try:
        value = json.loads(reply.body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        value = None
    if isinstance(value, dict):
        return value
    is_page = reply.body.lstrip()[:1] == b"<"
    got = "a web page or XML" if is_page else "something other than JSON"
    raise SendError(f"{what}: the server answered with {got}", _CHECK_ADDRESS)


def resource_in(reply: Reply, kind: str) -> Resource:
    """Return the resource in a reply; `SendError` if it is of another type."""
    value = json_in(reply, kind)
    if value.get("resourceType") != kind:
        raise SendError(f"the server answered with something other than a {kind}", _CHECK_ADDRESS)
    return value


def found_in(reply: Reply, kind: str, system: str, value: str) -> list[Resource]:
    """Return the resources that a search found and that have the identifier.

    Others are left out: a server may ignore a search parameter that it does not know, and answer with
    everything. `SendError` if there are more pages: then nobody knows how many there are.
    """
    bundle = resource_in(reply, "Bundle")
    entries = [each.get("resource") for each in _objects(bundle.get("entry"))]
    found = [each for each in _objects(entries) if each.get("resourceType") == kind]
    matches = [each for each in found if has_identifier(each, system, value)]
    has_more = any(each.get("relation") == "next" for each in _objects(bundle.get("link")))
    if has_more and len(matches) < 2:  # noqa: PLR2004 - two are known to be too many
        raise SendError(
            f"the server does not search for the identifier of a {kind}", "Ask who looks after the server"
        )
    return matches


def has_identifier(resource: Resource, system: str, value: str) -> bool:
    """Return whether a resource has an identifier, in any of the forms that FHIR allows."""
    own = resource.get("identifier")
    identifiers = own if isinstance(own, list) else [own]
    return any(
        each.get("value") == value and (not system or each.get("system") == system)
        for each in _objects(identifiers)
    )


def place_in(reply: Reply, kind: str) -> str:
    """Return the place of a resource on the server, `TYPE/ID`, that a reply names; empty if it names none."""
    for header in ("location", "content-location"):
        if found := place_of(reply.headers.get(header, ""), kind):
            return found
    try:
        id_ = resource_in(reply, kind).get("id")
    except SendError:
        return ""
    return f"{kind}/{id_}" if isinstance(id_, str) and FHIR_ID.fullmatch(id_) else ""


def place_of(address: str, kind: str) -> str:
    """Return `TYPE/ID` of an address such as https://host/base/TYPE/ID/_history/1; empty if it has none."""
    found = re.search(rf"(?:^|/){kind}/({FHIR_ID.pattern})(?:/_history/{FHIR_ID.pattern})?/?$", address)
    return f"{kind}/{found[1]}" if found else ""


def version_in(reply: Reply, resource: Resource) -> str:
    """Return the version of a resource: the server's own, or that in its ETag; empty if there is none."""
    meta = resource.get("meta")
    own = meta.get("versionId") if isinstance(meta, dict) else None
    tag = re.fullmatch(r'(?:W/)?"([^"]{1,64})"', reply.headers.get("etag", ""))
    version = own if isinstance(own, str) else tag[1] if tag else ""
    return version if FHIR_ID.fullmatch(version) else ""


def refused(reply: Reply, doing: str, private: Collection[str] = ()) -> SendError:
    """Return the error for a reply that is no success.

    `doing` is what was asked for, such as "filing the list". `private` are words that must not be shown.
    """
    what, remedy = _STATUS.get(reply.status, _other(reply.status))
    said = outcome_text(reply, private)
    kind = TryLater if reply.status in _LATER or reply.status >= _SERVER_ERROR else SendError
    return kind(f"{doing}: {what}{said and f' ({said})'}", remedy)


def outcome_text(reply: Reply, private: Collection[str] = ()) -> str:
    """Return what an OperationOutcome says about errors, shortened and without private words; or ""."""
    try:
        value = json.loads(reply.body.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return ""
    issues = value.get("issue") if isinstance(value, dict) else None
    texts = [text for each in _objects(issues) if (text := _issue_text(each))]
    said = "; ".join(dict.fromkeys(texts))
    return printable(" ".join(without(said, private).split()), MAX_SHOWN)


def without(text: str, private: Collection[str]) -> str:
    """Return a text without private words, and without quoted parts: those are mostly values."""
    text = _QUOTED.sub(_REPLACED, text)
    for word in sorted(private, key=len, reverse=True):
        if word:
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", _REPLACED, text, flags=re.IGNORECASE)
    return text


def _issue_text(issue: Resource) -> str:
    details = issue.get("details")
    texts = (details.get("text") if isinstance(details, dict) else None, issue.get("diagnostics"))
    return next((each for each in texts if isinstance(each, str)), "")


def _objects(value: Any) -> Iterator[Resource]:
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


_LATER = {408, 429}
_SERVER_ERROR = 500
_ASK = "Ask who looks after the server"
_WAIT = "Try again later"
_STATUS = {
    400: ("the server cannot read the request (400)", _ASK),
    401: ("the server does not accept the sign-in (401)", "Check client_id and the key in the settings"),
    403: ("the server does not permit this (403)", "Ask who looks after the server for permission"),
    404: ("the server has no such thing (404)", f"{_CHECK_ADDRESS}, and what --patient or --encounter names"),
    408: ("the server waited too long (408)", _WAIT),
    409: ("the server says that this is in conflict with what it has (409)", _ASK),
    410: ("this was removed from the server (410)", _ASK),
    412: ("the server has several of these, or a newer one (412)", "Look in the patient's chart first"),
    422: ("the server's rules refuse this (422)", _ASK),
    429: ("the server is busy (429)", _WAIT),
    503: ("the server is not available (503)", _WAIT),
}


def _other(status: int) -> tuple[str, str]:
    if 300 <= status < 400:  # noqa: PLR2004 - the numbers are those of HTTP
        return f"the server sends requests elsewhere ({status}), which is not followed", _CHECK_ADDRESS
    if status >= _SERVER_ERROR:
        return f"the server has an error ({status})", _WAIT
    return f"the server answered {status}", _ASK
