"""A FHIR server as sending needs it: read, search, create and replace, with repeats where they are safe."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from fibrocheck.sending.deadline import Deadline
from fibrocheck.sending.problems import NoReply, SendError, TryLater
from fibrocheck.sending.replies import (
    Reply,
    found_in,
    refused,
    resource_in,
    version_in,
)
from fibrocheck.sending.transport import Request, Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from fibrocheck.records.elements import Resource
    from fibrocheck.sending.settings import Settings
    from fibrocheck.sending.signing_in import SignIn

TRIES = 5
LONGEST_WAIT = 60.0
"""Seconds: a server that asks for a longer pause is left alone for now."""
REPEATED = frozenset({408, 429, 502, 503, 504})
_OK, _CREATED, _UNAUTHORIZED = 200, 201, 401
FHIR_JSON = "application/fhir+json"


class Stored(NamedTuple):
    """A resource as the server has it."""

    resource: Resource
    version: str
    data: bytes
    """The bytes that the server sent."""


class Connection:
    """A server, and how to sign in there. Messages never hold an answer, a name or a token.

    Every method raises `SendError` if the server refuses, and `TryLater` after five tries in vain.
    """

    def __init__(
        self,
        base: str,
        send: Callable[[Request], Reply],
        *,
        sleep: Callable[[float], object] | None = None,
        tell: Callable[[str], object] = lambda _: None,
        deadline: Deadline | None = None,
    ) -> None:
        """Send requests below `base` by `send`. `tell` takes a line for staff when a try was in vain.

        No pause is longer than `deadline` leaves: then it is left alone for now.
        """
        self.base = base
        self._send = send
        self._sleep = sleep or time.sleep  # looked up here, so that a test need not wait
        self._tell = tell
        self.deadline = deadline or Deadline()
        self.sign_in: SignIn | None = None
        self.scopes: Sequence[str] = ()
        self.private: Collection[str] = ()
        """Words of the list that no message may show, such as answers."""
        self.people: set[str] = set()
        """Names and dates of birth that the server gave here: no message may show them either."""

    def ask(self, request: Request) -> Reply:
        """Send a request that may be repeated, and return its reply, whatever its status."""
        return self.repeated(lambda: self._send(request))

    def repeated(self, attempt: Callable[[], Reply]) -> Reply:
        """Return the reply of an attempt, which is repeated while only waiting helps."""
        for number in range(1, TRIES + 1):
            try:
                reply = attempt()
                if reply.status not in REPEATED:
                    return reply
                why, wait = f"the server answered {reply.status}", _asked_wait(reply)
            except NoReply as error:
                why, wait = error.reason, None
            seconds = max(2 ** (number - 1) * random.uniform(0.5, 1.5), wait or 0)  # noqa: S311 - spreads tries
            is_last = number == TRIES or (wait or 0) > LONGEST_WAIT
            if is_last or seconds >= self.deadline.left:
                break
            self._tell(f"{why}; try {number + 1} of {TRIES} in {seconds:.0f} s")
            self._sleep(seconds)
        raise TryLater(f"{self.base}: {why}", _when(wait))

    def signed(self, request: Request) -> Reply:
        """Send one request, with a token if the server wants one; a token that has ended is renewed once."""
        if self.sign_in is None:
            return self._send(request)
        reply = self._send(self._with_token(request))
        if reply.status == _UNAUTHORIZED:
            reply = self._send(self._with_token(request, renew=True))
        return reply

    def _with_token(self, request: Request, *, renew: bool = False) -> Request:
        assert self.sign_in is not None  # noqa: S101 - its callers have looked
        token = self.sign_in.token(self.scopes, renew=renew)
        return request._replace(headers={**request.headers, "Authorization": f"Bearer {token}"})

    def get(self, path: str, doing: str) -> Reply:
        """Return the reply to reading something below the base; `SendError` if it is not there."""
        request = Request("GET", f"{self.base}/{path}", {"Accept": FHIR_JSON, "Cache-Control": "no-cache"})
        reply = self.repeated(lambda: self.signed(request))
        if reply.status != _OK:
            raise self.refusal(reply, doing)
        return reply

    def read(self, place: str, doing: str) -> Stored:
        """Return the resource at `TYPE/ID`."""
        kind, _, id_ = place.partition("/")
        reply = self.get(f"{kind}/{quote(id_, safe='')}", doing)
        resource = resource_in(reply, kind)
        if resource.get("id") != id_:
            raise SendError(f"{doing}: the server answered with another {kind}", "Ask who looks after it")
        return Stored(resource, version_in(reply, resource), reply.body)

    def search(self, kind: str, identifier: str) -> list[Resource]:
        """Return the resources with an identifier, `SYSTEM|VALUE`. It is in the body, never in an address."""
        system, _, value = identifier.partition("|")
        reply = self.repeated(lambda: self.signed(self._search(kind, system, value)))
        if reply.status != _OK:
            raise self.refusal(reply, f"searching for the {kind}")
        return found_in(reply, kind, system, value)

    def _search(self, kind: str, system: str, value: str) -> Request:
        headers = {"Accept": FHIR_JSON, "Content-Type": "application/x-www-form-urlencoded"}
        token = f"{_escaped(system)}|{_escaped(value)}" if system else _escaped(value)
        return Request(
            "POST", f"{self.base}/{kind}/_search", headers, urlencode({"identifier": token}).encode()
        )

    def create(self, kind: str, body: bytes, identifier: str) -> Reply:
        """Try once to create a resource unless the server has one with the identifier; return the reply.

        `NoReply` if the outcome is not known. Whoever repeats must look first whether it is there.
        """
        headers = {
            "Accept": FHIR_JSON,
            "Content-Type": FHIR_JSON,
            "If-None-Exist": f"identifier={quote(identifier, safe='')}",
            "Prefer": "return=minimal",
        }
        return self.signed(Request("POST", f"{self.base}/{kind}", headers, body))

    def replace(self, place: str, body: bytes, version: str) -> Reply:
        """Try once to replace a version of a resource; return the reply, or raise `NoReply`."""
        headers = {"Accept": FHIR_JSON, "Content-Type": FHIR_JSON, "If-Match": f'W/"{version}"'}
        return self.signed(Request("PUT", f"{self.base}/{place}", headers, body))

    def refusal(self, reply: Reply, doing: str) -> SendError:
        """Return the error for a reply, without private words."""
        tokens = self.sign_in.private() if self.sign_in else ()
        return refused(reply, doing, {*self.private, *self.people, *tokens})


def connect(
    settings: Settings,
    tell: Callable[[str], object] = lambda _: None,
    deadline: Deadline | None = None,
) -> Connection:
    """Return a connection for these settings. Nothing is sent yet.

    `SendError` if the key or the certificates cannot be used. `tell` takes a line for staff when a try
    was in vain.
    """
    transport = Transport(settings.ca_file, deadline=deadline)
    connection = Connection(settings.server, transport, tell=tell, deadline=deadline)
    if settings.client_id:
        from fibrocheck.sending.signing_in import SignIn, read_key

        connection.sign_in = SignIn(settings, read_key(settings), connection.ask)
    return connection


def _escaped(value: str) -> str:
    """Return a part of a search token: FHIR gives a meaning to commas, bars and dollar signs."""
    for sign in "\\,|$":
        value = value.replace(sign, f"\\{sign}")
    return value


def _asked_wait(reply: Reply) -> float | None:
    """Return the seconds that a server asks to wait; `None` if it does not say, or not clearly."""
    from urllib3 import Retry
    from urllib3.exceptions import InvalidHeader

    try:
        return Retry().parse_retry_after(reply.headers["retry-after"])
    except (KeyError, InvalidHeader, ValueError, OverflowError):
        return None


def _when(wait: float | None) -> str:
    if wait is None or wait <= LONGEST_WAIT:
        return "Check the network and the address, and try again later"
    return f"The server asks to wait {wait / 60:.0f} minutes: try again then"
