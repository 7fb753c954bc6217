"""Sending from the desk: one patient, one list, once; if it goes wrong, the next page says how."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.in_tray import InTray
from fibrocheck.desk.lists import Lists, OpenList
from fibrocheck.desk.log import Log
from fibrocheck.desk.states import Who
from fibrocheck.reception.sender import Sender
from fibrocheck.records.elements import to_json
from fibrocheck.records.record import DESK
from fibrocheck.records.response import write_response
from fibrocheck.sending.settings import Settings
from tests.desk.lists import TODAY, put, record
from tests.reception.driving import BACK, FIRST, Line, Play, actions, in_lines, on_screen
from tests.reception.driving import Step as Do
from tests.sending import stub as deeds
from tests.sending.lists import CLINIC
from tests.sending.stub import Stub, served

MRN = "https://clinic.test/mrn"
WORDS = CLINIC.words
SEND: list[Do] = [FIRST, 1]
"""Open the list, and send it: the first thing there is to do with it."""

NUMBER, YEAR = Line("4711"), Line("1975")
WHO = {"subject": {"reference": "Patient/p2", "type": "Patient"}}


@pytest.fixture(params=[on_screen, in_lines], ids=["screen", "plain"])
def play(request: pytest.FixtureRequest, sender: Sender) -> Play:
    """Return one of the two ways to ask, at a desk where sending is set up."""

    def played(folder: Folder, steps: list[Do]) -> str:
        said: str = request.param(folder, steps, "273", content=CLINIC, sender=sender)
        return said

    return played


@pytest.fixture
def stub() -> Any:
    """A server with two patients."""
    with served() as running:
        patient = {**deeds.PATIENT, "id": "p2", "birthDate": "1975-02-01", "name": [{"text": "Luz Vega"}]}
        running.put({**patient, "identifier": [{"system": MRN, "value": "4711"}]})
        yield running


@pytest.fixture
def sender(stub: Stub) -> Sender:
    """The same server as a desk has it."""
    return Sender(Settings(stub.base, patient_system=MRN), CLINIC)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return the pauses between tries, which no test waits for."""
    pauses: list[float] = []
    monkeypatch.setattr("fibrocheck.sending.connection.time.sleep", pauses.append)
    return pauses


@pytest.fixture
def lists(folder: Folder) -> Lists:
    """A desk with the finished call 273."""
    put_list(folder, "273")
    return lists_of(folder)


def put_list(folder: Folder, number: str, **more: Any) -> None:
    made = record(device=DESK, reference="A-17")._replace(**more)
    put(folder, number, to_json(write_response(made, CLINIC)).encode())


def lists_of(folder: Folder) -> Lists:
    return Lists(folder, CLINIC, Log(folder, "other"), lambda: Who("AB", "other"))


def shown_in(folder: Folder, number: str = "273") -> OpenList:
    return lists_of(folder).look(TODAY, number)


def file_of(folder: Folder) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder.path / TODAY.isoformat() / "273.json").read_bytes())
    return found


def done_in(folder: Folder) -> list[str]:
    """Return what the log says but what leads to a list."""
    return [each for each in actions(folder) if each != "opened"]


def test_a_list_is_sent_read_back_marked_and_logged(
    play: Play, folder: Folder, lists: Lists, stub: Stub
) -> None:
    """The patient is kept in the record, the number of the list in the log, and no name anywhere."""
    said = play(folder, [*SEND, NUMBER, YEAR, BACK])
    (stored,) = stub.lists()
    assert stored["subject"]["reference"] == "Patient/p2"
    shown = lists.look(TODAY, "273")
    assert shown.state.in_chart is not None
    assert shown.state.in_chart == shown.state.sent
    assert WORDS.desk_sent["en"] in said
    assert done_in(folder) == ["patient named", "sent"]
    number = {"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}}
    subject = file_of(folder)["subject"]
    subject["identifier"]["type"]["coding"][0].pop("display")
    assert subject == {"type": "Patient", "identifier": {**number, "system": MRN, "value": "4711"}}
    day = folder.path / TODAY.isoformat()
    kept = b"".join(each.read_bytes() for each in day.iterdir() if each.is_file())
    assert b"Vega" not in kept
    assert [row.steps for row in InTray(folder, CLINIC).rows(TODAY)] == [()]
