"""One patient for one list: named exactly, found exactly once."""

from __future__ import annotations

import json
from typing import Any

import pytest

from fibrocheck.errors import WrongUsage
from fibrocheck.sending.people import Named, Patient, check_own, find, find_visit, linked, named, subject_of
from fibrocheck.sending.replies import Reply

from .lists import Tried, refused
from .stub import PATIENT, Stub

NUMBER = Named("Patient", identifier="https://clinic.test/mrn|12|34")


@pytest.mark.parametrize(
    "text", ["", "Patient/", "12", "|12", "s|", "Patient/a/b", "Person/1", " s|1", "s|1\n"]
)
def test_what_names_no_patient_is_wrong_usage(text: str) -> None:
    with pytest.raises(WrongUsage, match="Write Patient/ID"):
        named(text)


def test_a_patient_is_named_by_place_by_number_or_by_number_alone() -> None:
    assert named("Patient/a.1-b") == Named("Patient", place="Patient/a.1-b")
    assert named("https://c/mrn|12") == Named("Patient", identifier="https://c/mrn|12")
    assert named("12", system="https://c/mrn") == Named("Patient", identifier="https://c/mrn|12")


def test_a_patient_is_found_both_ways(stub: Stub) -> None:
    expected = Patient("Patient/p1", "Ana Rivera", "1980-05-04", "female")
    assert find(Tried(stub).server, Named("Patient", place="Patient/p1")) == expected
    assert find(Tried(stub).server, NUMBER) == expected
    assert expected.year == "1980"
    assert all("12" not in path for _, path in stub.asked)


@pytest.mark.parametrize("who", [NUMBER, Named("Patient", place="Patient/p1")])
def test_a_refusal_that_names_the_patient_is_told_without_the_name(stub: Stub, who: Named) -> None:
    """What a server says of a list that it refuses may stand in a log for months."""
    stub.put({**PATIENT, "name": [*PATIENT["name"], {"text": "Ana María Ríos", "prefix": ["Dra."]}]})
    server = Tried(stub).server
    find(server, who)
    said = "RIVERA, Ana born 1980-05-04 MRN 12|34; María; Dra. Ríos: item 2 is wrong"
    body = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "diagnostics": said}]}
    told = str(server.refusal(Reply(400, {}, json.dumps(body).encode()), "filing the list"))
    for private in ("rivera", "ana", "1980", "12|34", "mar", "os:", "dra."):
        assert private not in told.lower(), told
    assert "item 2 is wrong" in told


def test_none_and_two_are_refused(stub: Stub) -> None:
    with refused("no patient with this number"):
        find(Tried(stub).server, Named("Patient", identifier="https://clinic.test/mrn|99"))
    with refused("404"):
        find(Tried(stub).server, Named("Patient", place="Patient/p9"))
    stub.put({**PATIENT, "id": "p2"})
    with refused("more than one patient", "Patient/p1 and Patient/p2"):
        find(Tried(stub).server, NUMBER)


@pytest.mark.parametrize(
    "change", [{"active": False}, {"link": [{"type": "replaced-by", "other": {"reference": "Patient/p2"}}]}]
)
def test_an_entry_that_is_no_longer_used_is_refused(stub: Stub, change: dict[str, Any]) -> None:
    stub.put({**PATIENT, **change})
    with refused("no longer in use"):
        find(Tried(stub).server, NUMBER)


@pytest.mark.parametrize("value", ["x", 7, [7], {"type": "replaced-by"}])
def test_what_a_server_may_not_say_about_a_patient_is_ignored(stub: Stub, value: object) -> None:
    stub.put({**PATIENT, "link": value, "name": value, "birthDate": value, "gender": value})
    assert find(Tried(stub).server, NUMBER).name == "no name"


@pytest.mark.parametrize("who", [NUMBER, Named("Patient", place="Patient/p1")])
def test_whom_the_desk_named_is_read_again(stub: Stub, who: Named) -> None:
    assert linked({"subject": subject_of(who)}, stub.base) == who


def test_a_visit_must_be_this_patients(stub: Stub) -> None:
    patient = find(Tried(stub).server, NUMBER)
    for id_, whose in (("e1", "Patient/p1"), ("e2", "Patient/p2"), ("e3", f"{stub.base}/Patient/p1")):
        stub.put({"resourceType": "Encounter", "id": id_, "subject": {"reference": whose}})
    server = Tried(stub).server
    for id_ in ("e1", "e3"):
        which = Named("Encounter", place=f"Encounter/{id_}")
        assert find_visit(server, which, patient) == which.place
    with refused("another patient"):
        find_visit(server, Named("Encounter", place="Encounter/e2"), patient)


def test_a_list_is_not_sent_to_another_patient_than_the_desk_linked_it_to(stub: Stub) -> None:
    stub.put({**PATIENT, "id": "p2", "identifier": []})
    server = Tried(stub).server
    this, other = (find(server, Named("Patient", place=f"Patient/{id_}")) for id_ in ("p1", "p2"))
    number = {"identifier": {"system": "https://clinic.test/mrn", "value": "12|34"}}
    for subject in ({"reference": "Patient/p1"}, number):
        check_own(server, {"subject": subject}, this)
        with refused("another patient than the one named"):
            check_own(server, {"subject": subject}, other)
    check_own(server, {}, other)


BASE = "https://fhir.imsk-spine.com/r4"


@pytest.mark.parametrize(
    ("subject", "who"),
    [
        (None, None),
        ({"display": "Ana"}, None),
        ({"identifier": {"value": "A-17"}}, None),
        ({"reference": "Person/1"}, None),
        ({"reference": "https://elsewhere.com/r4/Patient/1"}, None),
        ({"reference": "Patient/1"}, Named("Patient", place="Patient/1")),
        ({"reference": f"{BASE}/Patient/1"}, Named("Patient", place="Patient/1")),
        ({"identifier": {"system": "s", "value": "1"}}, Named("Patient", identifier="s|1")),
        ([1], None),
        ({"identifier": {"system": "s"}}, None),
    ],
)
def test_a_list_is_linked_only_to_a_patient_of_this_server(subject: Any, who: Named | None) -> None:
    assert linked({"subject": subject}, BASE) == who
