"""Saved lists to send, and the questionnaire of a clinic that sends them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fibrocheck.content.model import Approval, Content
from fibrocheck.errors import StaffError
from fibrocheck.records.elements import Resource, to_json
from fibrocheck.records.record import COMPLETED, Record
from fibrocheck.records.response import write_response
from fibrocheck.sending.checking import Abilities, abilities
from fibrocheck.sending.connection import Connection
from fibrocheck.sending.filing import Filed, SavedList, open_list, send
from fibrocheck.sending.replies import Reply
from fibrocheck.sending.resources import Link
from fibrocheck.sending.settings import RESPONSE, Settings
from fibrocheck.sending.transport import Request, Transport
from tests.fixture import questionnaire
from tests.records.samples import ANSWERS, AUTHORED

from .stub import Stub

FIXTURE = questionnaire()
CLINIC = FIXTURE._replace(
    url="https://imsk-spine.com/fibrocheck",
    approval=Approval("Dr. Gray", "2026-11-20"),
    clinic=FIXTURE.clinic._replace(sends_to_chart=True),
)
ABLE = Abilities(creates=True, reads=True, is_conditional=True, finds=True, replaces=True)
LINK = Link("Patient/p1")
IMPATIENT = 0.3
"""Seconds until a silent server is given up in tests."""


def list_in(
    folder: Path,
    name: str = "visit.json",
    *,
    content: Content = CLINIC,
    answers: dict[str, object] | None = None,
    identifier: uuid.UUID | None = None,
    status: str = COMPLETED,
    change: Callable[[Resource], object] = lambda _: None,
) -> SavedList:
    """Save a list in a folder and return it."""
    record = Record(
        answers or ANSWERS,  # type: ignore[arg-type] # of the samples' type
        "en",
        AUTHORED,
        identifier or uuid.uuid5(uuid.NAMESPACE_URL, name),
        "APPT-4711",
        status,
    )
    resource = write_response(record, content)
    change(resource)
    path = folder / name
    path.write_text(to_json(resource), encoding="utf-8")
    path.chmod(0o600)
    return open_list(path, content)


def linked_to(patient: str) -> Callable[[Resource], object]:
    """Return the change by which the desk links a list to a patient."""
    return lambda resource: resource.__setitem__("subject", {"reference": patient})


class Tried:
    """A connection to a stub whose pauses are noted and not waited for."""

    def __init__(self, stub: Stub, send: Callable[[Request], Reply] | None = None) -> None:
        self.pauses: list[float] = []
        self.told: list[str] = []
        self.settings = Settings(stub.base)
        transport = Transport(read_seconds=IMPATIENT)
        self.server = Connection(
            stub.base, send or transport, sleep=self.pauses.append, tell=self.told.append
        )


def sent(stub: Stub, item: SavedList, link: Link = LINK, mode: str = RESPONSE) -> Filed:
    """Send a list as the command does."""
    tried = Tried(stub)
    settings = tried.settings._replace(mode=mode)
    return send(tried.server, settings, item, link, abilities(tried.server, mode))


class Killed(BaseException):
    """The program ends here, as by SIGKILL: no handler of ours catches it."""


@contextmanager
def refused(*parts: str, exit_code: int = 1) -> Iterator[None]:
    """Expect one sentence with what to do, with these parts, and without any answer in it."""
    with pytest.raises(StaffError) as caught:
        yield
    said = str(caught.value)
    assert caught.value.exit_code == exit_code, said
    assert "\n" not in said
    assert said.endswith(".")
    assert said.count(". ") >= 1, said
    for part in parts:
        assert part in said, said
    for private in ("most-days", "Most days", "Rivera", "over-2-years", "token-"):
        assert private not in said, said
