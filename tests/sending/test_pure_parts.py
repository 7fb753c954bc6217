"""What is sent, and what replies say: without a server."""

from __future__ import annotations

import copy
import json
import uuid
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.records.elements import to_json
from fibrocheck.records.reading import SavedRecord, read_saved
from fibrocheck.records.record import Record
from fibrocheck.records.response import write_response
from fibrocheck.sending.comparing import difference, page_in
from fibrocheck.sending.problems import SendError
from fibrocheck.sending.replies import (
    MAX_SHOWN,
    Reply,
    found_in,
    outcome_text,
    place_in,
    place_of,
    refused,
    resource_in,
    version_in,
)
from fibrocheck.sending.resources import Link, as_bytes, is_draft, to_send
from fibrocheck.sending.settings import DOCUMENT, RESPONSE, XHTML, Settings
from tests.records.samples import ANSWERS, AUTHORED, IDENTIFIER, interviews
from tests.records.validators import complaints

from .lists import CLINIC
from .lists import refused as refusal

BASE = "https://fhir.imsk-spine.com/r4"
LINKS = (Link("Patient/p1"), Link("Patient/p1", "Encounter/e1"))
SETTINGS = [
    Settings(BASE, mode=mode, document_form=form, profile=profile, document_type=kind)
    for mode, form in ((RESPONSE, "text"), (DOCUMENT, "text"), (DOCUMENT, XHTML))
    for profile, kind in (("", ""), ("https://profile.org/p", "https://clinic.test/kinds|list"))
]


def saved_of(answers: Any, change: Any = lambda _: None) -> SavedRecord:
    resource = write_response(Record(answers, "es", AUTHORED, IDENTIFIER, "A-17"), CLINIC)
    change(resource)
    return read_saved(to_json(resource), CLINIC)


def difference_of(stored: dict[str, Any], sent: dict[str, Any], saved: SavedRecord) -> str:
    data = as_bytes(stored)
    if sent["resourceType"] == "DocumentReference":
        data = page_in(stored)[0] or b""
    return difference(stored, data, sent, saved, BASE)


@given(interviews(CLINIC), st.sampled_from(SETTINGS), st.sampled_from(LINKS))
def test_the_saved_list_is_not_changed_and_what_is_sent_equals_itself(
    answers: Any, settings: Settings, link: Link
) -> None:
    saved = saved_of(answers)
    before = copy.deepcopy(saved.resource)
    sent = to_send(saved, link, settings, AUTHORED)
    assert saved.resource == before
    assert difference_of(json.loads(as_bytes(sent)), sent, saved) == ""
    assert sent["subject"]["reference"] == "Patient/p1"
    identifiers = sent["identifier"] if isinstance(sent["identifier"], list) else [sent["identifier"]]
    assert identifiers == [{"system": "urn:ietf:rfc:3986", "value": IDENTIFIER.urn}]


@given(interviews(CLINIC), interviews(CLINIC), st.sampled_from(SETTINGS))
def test_other_answers_are_a_difference(answers: Any, others: Any, settings: Settings) -> None:
    saved, other = saved_of(answers), saved_of(others)
    sent, stored = (to_send(each, LINKS[0], settings, AUTHORED) for each in (saved, other))
    is_same = saved.record.answers == other.record.answers
    assert (difference_of(stored, sent, saved) == "") is is_same


def test_what_a_server_adds_is_no_difference() -> None:
    saved = saved_of(ANSWERS)
    for settings in SETTINGS:
        for link in LINKS:
            sent = to_send(saved, link, settings, AUTHORED)
            stored = json.loads(as_bytes(sent))
            stored |= {"id": "1", "meta": {"versionId": "3", "tag": [{"code": "x"}]}, "extension": []}
            stored["subject"] = {"reference": f"{BASE}/Patient/p1/_history/4", "display": "Ana"}
            if sent["resourceType"] == "QuestionnaireResponse":
                stored["item"].reverse()
                stored.pop("text")
            assert difference_of(dict(reversed(stored.items())), sent, saved) == ""


def test_what_another_server_gave_is_not_sent() -> None:
    saved = saved_of(ANSWERS, lambda r: r.update(id="7", meta={"versionId": "9"}, contained=[]))
    sent = to_send(saved, LINKS[0], SETTINGS[0], AUTHORED)
    assert "id" not in sent
    assert "meta" not in sent


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
@pytest.mark.parametrize("link", LINKS, ids=str)
def test_the_judges_of_records_accept_what_is_sent(settings: Settings, link: Link) -> None:
    sent = to_send(saved_of(ANSWERS), link, settings, AUTHORED)
    assert complaints(json.loads(as_bytes(sent))) == []


def test_a_document_says_first_what_it_is() -> None:
    saved = saved_of(ANSWERS)
    document = to_send(saved, LINKS[0], SETTINGS[2], AUTHORED)
    page = page_in(document)[0] or b""
    assert page.startswith(b"Reported by the patient. Not a diagnosis.\n\n")
    assert b"Fatigue" in page
    assert document["docStatus"] == "preliminary"


def test_a_page_in_markup_is_well_formed() -> None:
    from xml.etree import ElementTree as ET

    page = page_in(to_send(saved_of(ANSWERS), LINKS[0], SETTINGS[4], AUTHORED))[0] or b""
    text = page.decode().partition(">")[2] if page.startswith(b"<!") else page.decode()
    root = ET.fromstring(text)  # noqa: S314 - our own
    body = next(each for each in root if each.tag.endswith("body"))
    assert body[0].text == "Reported by the patient. Not a diagnosis."


def test_a_draft_is_known_by_its_words_and_its_address() -> None:
    assert not is_draft(saved_of(ANSWERS))
    assert is_draft(saved_of(ANSWERS)._replace(content=CLINIC._replace(url="https://example.org/q")))


def bundle(*resources: dict[str, Any], **more: Any) -> Reply:
    entry = [{"resource": each} for each in resources]
    value = {"resourceType": "Bundle", "entry": entry, **more}
    return Reply(200, {}, json.dumps(value).encode())


def patient(value: str, system: str = "s", id_: str = "1") -> dict[str, Any]:
    return {"resourceType": "Patient", "id": id_, "identifier": [{"system": system, "value": value}]}


def test_only_what_has_the_identifier_is_found() -> None:
    reply = bundle(patient("1"), patient("2"), patient("1", "other"), {"resourceType": "OperationOutcome"})
    assert found_in(reply, "Patient", "s", "1") == [patient("1")]
    assert len(found_in(reply, "Patient", "", "1")) == 2
    assert found_in(Reply(200, {}, b'{"resourceType": "Bundle"}'), "Patient", "s", "1") == []


def test_more_pages_than_one_are_no_answer_unless_two_are_known() -> None:
    more = {"link": [{"relation": "next", "url": "x"}]}
    with pytest.raises(Exception, match="does not search"):
        found_in(bundle(patient("2"), **more), "Patient", "s", "1")
    assert len(found_in(bundle(patient("1"), patient("1", id_="2"), **more), "Patient", "s", "1")) == 2


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://h/r4/Patient/a-1.b/_history/3", "Patient/a-1.b"),
        ("Patient/7", "Patient/7"),
        ("https://h/r4/Patient/7/", "Patient/7"),
        ("https://h/r4/OtherPatient/7", ""),
        ("https://h/r4/Patient/7?x=1", ""),
        ("https://h/r4/Patient/../7", ""),
        ("https://h/r4/Patient/" + "x" * 65, ""),
        ("", ""),
    ],
)
def test_the_place_of_an_address(address: str, place: str) -> None:
    assert place_of(address, "Patient") == place


def test_the_place_is_in_a_header_or_in_the_resource() -> None:
    body = json.dumps(patient("1", id_="9")).encode()
    assert place_in(Reply(201, {"location": "https://h/Patient/4"}, body), "Patient") == "Patient/4"
    assert place_in(Reply(200, {"content-location": "Patient/5"}, b""), "Patient") == "Patient/5"
    assert place_in(Reply(201, {}, body), "Patient") == "Patient/9"
    assert place_in(Reply(201, {}, b"<html>"), "Patient") == ""


@given(st.binary(max_size=300), st.dictionaries(st.sampled_from(["location", "etag"]), st.text(max_size=60)))
def test_any_reply_is_a_fact_or_a_sentence(body: bytes, headers: dict[str, str]) -> None:
    reply = Reply(500, headers, body)
    place_in(reply, "Patient")
    version_in(reply, {})
    assert str(refused(reply, "filing")).isprintable()


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda each: (
        st.lists(each, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["issue", "details", "text", "diagnostics", "entry", "resource", "link", "identifier"]
            ),
            each,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(ODD)
def test_odd_resources_are_read_without_trouble(value: Any) -> None:
    body = json.dumps({"resourceType": "Bundle", **value} if isinstance(value, dict) else value).encode()
    reply = Reply(400, {}, body)
    said = outcome_text(reply, {"x"})
    assert len(said) <= MAX_SHOWN
    assert said.isprintable()
    with suppress(SendError):
        found_in(reply, "Patient", "s", "1")


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"<!DOCTYPE html><html>Sign in</html>", "a web page or XML"),
        (b'{"resourceType": "Pati', "something other than JSON"),
        (b"[]", "something other than JSON"),
        (b'{"resourceType": "Person"}', "something other than a Patient"),
        (b"\xff\xfe", "something other than JSON"),
        (b"[" * 100_000, "something other than JSON"),
    ],
)
def test_what_is_no_resource_is_said(body: bytes, said: str) -> None:
    with refusal(said, "Check the address"):
        resource_in(Reply(200, {}, body), "Patient")


def test_what_a_server_says_is_shown_without_answers() -> None:
    said = "Coding 'most-days' (Most days) at item[0] of \"fatigue\" is not in over-2-years"
    reply = Reply(422, {}, json.dumps({"issue": [{"diagnostics": said}]}).encode())
    shown = outcome_text(reply, {"most-days", "Most days", "over-2-years"})
    assert shown == "Coding […] ([…]) at item[0] of […] is not in […]"


def test_a_uuid_is_found_with_and_without_its_prefix() -> None:
    saved = saved_of(ANSWERS)
    sent = to_send(saved, LINKS[0], SETTINGS[0], AUTHORED)
    stored = json.loads(as_bytes(sent))
    stored["identifier"]["value"] = str(uuid.UUID(str(IDENTIFIER)))
    assert difference_of(stored, sent, saved) in {"", "in a form that cannot be read"}
