"""A small FHIR server in this process that can misbehave: what it does is listed, one deed a request."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote

import jwt

from fibrocheck.sending.replies import has_identifier

Resource = dict[str, Any]

PATIENT: Resource = {
    "resourceType": "Patient",
    "id": "p1",
    "identifier": [{"system": "https://clinic.test/mrn", "value": "12|34"}],
    "name": [{"family": "Rivera", "given": ["Ana"]}],
    "birthDate": "1980-05-04",
    "gender": "female",
}
KINDS = ("QuestionnaireResponse", "DocumentReference", "Patient", "Encounter")


class Stub:
    """What the server has, what was asked of it, and what it does next."""

    def __init__(self) -> None:
        self.stored: dict[str, Resource] = {"Patient/p1": {**PATIENT, "meta": {"versionId": "1"}}}
        self.asked: list[tuple[str, str]] = []
        self.bodies: list[bytes] = []
        self.deeds: deque[Callable[[Handler], bool]] = deque()
        self.is_conditional = True
        self.finds = True
        self.makes_two = False
        self.public_key: Any = None
        self.tokens: list[str] = []
        self.claims: list[Resource] = []
        self.scopes: list[str] = []
        self.ended: set[str] = set()
        self.base = ""
        self.connections = 0

    def lists(self, kind: str = "QuestionnaireResponse") -> list[Resource]:
        """Return the lists that it has."""
        return [each for place, each in self.stored.items() if place.startswith(f"{kind}/")]

    def put(self, resource: Resource) -> Resource:
        """Store a resource under its id, as a new version."""
        place = f"{resource['resourceType']}/{resource['id']}"
        old = self.stored.get(place, {}).get("meta", {}).get("versionId", "0")
        meta = {**resource.get("meta", {}), "versionId": str(int(old) + 1)}
        self.stored[place] = {**resource, "meta": meta}
        return self.stored[place]

    def matching(self, kind: str, token: str) -> list[Resource]:
        """Return what has an identifier, written as a search does."""
        system, value = re.split(r"(?<!\\)\|", token, maxsplit=1) if "|" in token else ("", token)
        value = re.sub(r"\\(.)", r"\1", value)
        system = re.sub(r"\\(.)", r"\1", system)
        return [each for each in self.lists(kind) if has_identifier(each, system, value)]

    def statement(self) -> Resource:
        """Return what it says about itself."""
        resource = [
            {
                "type": kind,
                "interaction": [{"code": code} for code in ("create", "read", "update", "search-type")],
                "conditionalCreate": self.is_conditional,
                "searchParam": [{"name": "identifier", "type": "token"}]
                if self.finds or kind == "Patient"
                else [],
            }
            for kind in KINDS
        ]
        rest = [{"mode": "server", "resource": resource}]
        return {
            "resourceType": "CapabilityStatement",
            "fhirVersion": "4.0.1",
            "software": {"name": "Stub"},
            "rest": rest,
        }


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    stub: Stub
    protocol_version = "HTTP/1.1"

    def setup(self) -> None:
        """Count a connection."""
        super().setup()
        self.stub.connections += 1

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (ConnectionError, ValueError):
            self.close_connection = True

    def do_GET(self) -> None:
        self.answer()

    do_POST = do_PUT = do_GET  # noqa: N815 - http.server's names

    def answer(self) -> None:
        """Do the next deed of the list; it returns whether to answer as usual afterwards."""
        self.body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.path = self.path.removeprefix("/fhir")
        self.stub.asked.append((self.command, self.path))
        self.stub.bodies.append(self.body)
        is_list = self.command in {"POST", "PUT"} and not self.path.endswith(("_search", "/token"))
        if is_list and self.stub.deeds and not self.stub.deeds.popleft()(self):
            return
        self.usual()

    def usual(self) -> None:
        """Answer as a good server does."""
        if self.path == "/metadata":
            self.reply(200, self.stub.statement())
        elif self.path == "/.well-known/smart-configuration":
            self.reply(200, {"token_endpoint": f"{self.stub.base}/token", "capabilities": ["permission-v2"]})
        elif self.path == "/token":
            self.token()
        elif self.stub.public_key and not self.is_signed():
            self.reply(401, _outcome("the token has ended"))
        elif self.command == "GET":
            self.read()
        elif self.command == "PUT":
            self.update()
        elif self.path.endswith("/_search"):
            self.search()
        else:
            self.create()

    def token(self) -> None:
        form = parse_qs(self.body.decode())
        self.stub.scopes.append(form["scope"][0])
        try:
            claims = jwt.decode(
                form["client_assertion"][0],
                self.stub.public_key,
                algorithms=["ES384", "RS384"],
                audience=f"{self.stub.base}/token",
            )
        except jwt.PyJWTError:
            self.reply(401, {"error": "invalid_client", "error_description": "the secret Rivera"})
            return
        self.stub.claims.append(claims)
        token = f"token-{len(self.stub.tokens)}"
        self.stub.tokens.append(token)
        self.reply(200, {"access_token": token, "token_type": "bearer", "expires_in": 300})

    def is_signed(self) -> bool:
        token = self.headers.get("authorization", "").removeprefix("Bearer ")
        return token in self.stub.tokens and token not in self.stub.ended

    def read(self) -> None:
        found = self.stub.stored.get(self.path.strip("/"))
        self.reply(200 if found else 404, found or _outcome("there is none"))

    def search(self) -> None:
        kind = self.path.split("/")[1]
        token = parse_qs(self.body.decode())["identifier"][0]
        found = (
            self.stub.matching(kind, token) if self.stub.finds or kind == "Patient" else self.stub.lists(kind)
        )
        entry = [{"resource": each, "search": {"mode": "match"}} for each in found]
        self.reply(200, {"resourceType": "Bundle", "type": "searchset", "entry": entry})

    def create(self) -> None:
        self.reply(*self.store())

    def store(self) -> tuple[int, Resource, dict[str, str]]:
        """Store what was posted, and return the reply to it."""
        resource = json.loads(self.body)
        kind = resource["resourceType"]
        condition = unquote(self.headers.get("if-none-exist", "").removeprefix("identifier="))
        there = self.stub.matching(kind, condition) if self.stub.is_conditional else []
        if len(there) > 1:
            return 412, _outcome("more than one"), {}
        status = 200 if there else 201
        for _ in range(2 if self.stub.makes_two else 1):
            if not there:
                stored = self.stub.put({**resource, "id": f"q{len(self.stub.stored)}"})
        stored = there[0] if there else stored
        return status, {}, {"Location": f"{self.stub.base}/{kind}/{stored['id']}/_history/1"}

    def update(self) -> None:
        place = self.path.strip("/")
        current = self.stub.stored[place]["meta"]["versionId"]
        if self.headers.get("if-match") != f'W/"{current}"':
            self.reply(412, _outcome("another version"))
            return
        self.reply(200, self.stub.put(json.loads(self.body)))

    def reply(
        self, status: int, value: Resource | bytes, headers: dict[str, str] | None = None, kind: str = ""
    ) -> None:
        """Send a reply."""
        data = value if isinstance(value, bytes) else json.dumps(value).encode() if value else b""
        self.send_response(status)
        for name, each in {"Content-Type": kind or "application/fhir+json", **(headers or {})}.items():
            self.send_header(name, each)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def _outcome(text: str) -> Resource:
    return {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "diagnostics": text}]}


# Deeds, for the requests that write.


def good(_: Handler) -> bool:
    """Answer as usual."""
    return True


def store_and_drop(handler: Handler) -> bool:
    """Store the list, and break off before the reply."""
    handler.store()
    handler.close_connection = True
    return False


def drop(handler: Handler) -> bool:
    """Break off before anything is stored."""
    handler.close_connection = True
    return False


def store_and_stop_half(handler: Handler) -> bool:
    """Store the list, and send half of the reply."""
    handler.store()
    handler.wfile.write(b'HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{"resourceType"')
    handler.close_connection = True
    return False


def store_and_be_slow(handler: Handler) -> bool:
    """Store the list, and keep silent for longer than anyone waits."""
    handler.store()
    handler.rfile.read(1)  # until the other side goes
    handler.close_connection = True
    return False


def answers(status: int, body: Resource | bytes = b"", **headers: str) -> Callable[[Handler], bool]:
    """Return the deed of answering with a status, storing nothing."""

    def deed(handler: Handler) -> bool:
        kind = "text/html" if isinstance(body, bytes) else ""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        handler.reply(status, body, named, kind)
        return False

    return deed


def store_and_answer(status: int, body: Resource | bytes = b"") -> Callable[[Handler], bool]:
    """Return the deed of storing the list and answering as if it had not worked, as a gateway does."""

    def deed(handler: Handler) -> bool:
        handler.store()
        return answers(status, body)(handler)

    return deed


def outcome(status: int, text: str) -> Callable[[Handler], bool]:
    """Return the deed of refusing with an OperationOutcome."""
    return answers(status, _outcome(text))


@contextmanager
def served(context: Any = None) -> Iterator[Stub]:
    """Serve a stub; with a TLS context over https."""
    stub = Stub()
    handler = type("StubHandler", (Handler,), {"stub": stub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if context else "http"
    stub.base = f"{scheme}://{'localhost' if context else '127.0.0.1'}:{server.server_port}/fhir"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def wait_until_asked(stub: Stub, number: int) -> None:
    """Return once so many requests have come."""
    while len(stub.asked) < number:
        time.sleep(0.01)
