"""A list is filed exactly once, whatever the server does and whenever the sender is killed."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fibrocheck.sending import receipts
from fibrocheck.sending.checking import abilities
from fibrocheck.sending.connection import TRIES
from fibrocheck.sending.filing import (
    Filed,
    SavedList,
    check_content,
    check_wording,
    open_list,
    send,
)
from fibrocheck.sending.replies import Reply
from fibrocheck.sending.settings import DOCUMENT
from fibrocheck.sending.transport import Request, Transport

from . import stub as stubs
from .lists import ABLE, CLINIC, FIXTURE, IMPATIENT, LINK, Killed, Tried, linked_to, list_in, refused, sent
from .stub import Stub, answers, good, outcome, served, store_and_answer


@pytest.mark.parametrize("mode", ["response", DOCUMENT])
def test_a_list_is_filed_read_back_and_noted(stub: Stub, item: SavedList, mode: str) -> None:
    kind = "DocumentReference" if mode == DOCUMENT else "QuestionnaireResponse"
    filed = sent(stub, item, mode=mode)
    [stored] = stub.lists(kind)
    assert filed == Filed(f"{kind}/{stored['id']}", "1")
    assert stored["subject"]["reference"] == "Patient/p1"
    assert item.path.read_bytes() == item.data
    receipt = receipts.read(item.path, stub.base)
    assert receipt is not None
    assert (receipt.state, receipt.location, receipt.version) == ("filed", filed.location, "1")
    assert "most-days" not in receipts.path_of(item.path).read_text(encoding="utf-8")
    assert receipts.path_of(item.path).stat().st_mode & 0o777 == 0o600
    assert not any(str(item.saved.record.identifier) in path for _, path in stub.asked)


@pytest.mark.parametrize("mode", ["response", DOCUMENT])
def test_the_same_list_again_is_there_already(stub: Stub, item: SavedList, mode: str) -> None:
    filed = sent(stub, item, mode=mode)
    assert sent(stub, item, mode=mode) == filed._replace(was_there=True)
    receipts.path_of(item.path).unlink()
    assert sent(stub, item, mode=mode) == filed._replace(was_there=True)
    assert len(stub.lists(filed.location.partition("/")[0])) == 1


def test_a_server_that_finds_nothing_is_asked_for_the_noted_place(stub: Stub, item: SavedList) -> None:
    filed = sent(stub, item)
    stub.finds = stub.is_conditional = False
    assert sent(stub, item) == filed._replace(was_there=True)
    assert len(stub.lists()) == 1


UNCLEAR = {
    "stored, and the reply was lost": stubs.store_and_drop,
    "stored, and half of the reply came": stubs.store_and_stop_half,
    "stored, and nothing came in time": stubs.store_and_be_slow,
    "stored, and a gateway gave up": store_and_answer(504, b"<html>"),
    "stored, and a gateway failed": store_and_answer(502),
    "stored, and the server timed out": store_and_answer(408),
    "broken off before it was stored": stubs.drop,
    "busy": answers(429, Retry_After="7"),
    "not available": answers(503, b"<html>sorry</html>"),
}


@pytest.mark.parametrize("deed", UNCLEAR.values(), ids=UNCLEAR)
@pytest.mark.parametrize("knows", ["finds and conditional", "finds", "conditional"])
def test_an_unclear_outcome_ends_with_one_list(
    stub: Stub, item: SavedList, deed: Callable[[Any], bool], knows: str
) -> None:
    stub.finds, stub.is_conditional = "finds" in knows, "conditional" in knows
    stub.deeds.append(deed)
    filed = sent(stub, item)
    assert filed.location in stub.stored
    assert len(stub.lists()) == 1


LOST = [name for name in UNCLEAR if name != "busy"]


@pytest.mark.parametrize("name", LOST)
def test_nothing_is_repeated_where_the_server_cannot_be_asked(stub: Stub, item: SavedList, name: str) -> None:
    """Neither in this run nor in the next: staff look in the chart first."""
    stub.finds = stub.is_conditional = False
    stub.deeds.append(UNCLEAR[name])
    before = len(stub.lists())
    with refused("the server may have this list", "Look in the patient's chart", ".sent"):
        sent(stub, item)
    with refused("may have this list already"):
        sent(stub, item)
    assert len(stub.lists()) - before <= 1
    assert sum(path == "/QuestionnaireResponse" for _, path in stub.asked) == 1


REFUSED = {
    400: "cannot read the request",
    401: "does not accept the sign-in",
    403: "does not permit",
    404: "no such thing",
    409: "conflict",
    410: "removed",
    412: "several",
    422: "rules",
    302: "elsewhere",
    418: "answered 418",
}


@pytest.mark.parametrize("status", REFUSED)
def test_what_the_server_refuses_is_said_and_not_repeated(stub: Stub, item: SavedList, status: int) -> None:
    said = "Answer 'most-days' of Most days is not permitted for over-2-years " + "x" * 500
    stub.deeds.extend([outcome(status, said)] * TRIES)
    with refused(REFUSED[status], f"({status})" if status != 418 else ""):
        sent(stub, item)
    assert len(stub.deeds) == TRIES - 1
    assert not stub.lists()
    assert receipts.read(item.path, stub.base) is None or status == 302
    assert item.path.read_bytes() == item.data
    stub.deeds.clear()
    assert sent(stub, item).location in stub.stored


@pytest.mark.parametrize("status", [408, 429, 502, 503, 504])
def test_a_busy_server_is_tried_five_times_and_then_later(stub: Stub, item: SavedList, status: int) -> None:
    stub.deeds.extend([answers(status)] * 2 * TRIES)
    tried = Tried(stub)
    with refused(f"answered {status}", "try again later", exit_code=75):
        send(tried.server, tried.settings, item, LINK, ABLE)
    assert len(stub.deeds) == TRIES
    assert len(tried.pauses) == len(tried.told) == TRIES - 1
    bodies = {
        body for (_, path), body in zip(stub.asked, stub.bodies, strict=True) if path.endswith("Response")
    }
    assert len(bodies) == 1
    stub.deeds.clear()
    sent(stub, item)
    assert len(stub.lists()) == 1


def test_a_server_error_is_not_repeated_but_can_be_tried_later(stub: Stub, item: SavedList) -> None:
    stub.deeds.append(store_and_answer(500))
    with refused("has an error (500)", exit_code=75):
        sent(stub, item)
    sent(stub, item)
    assert len(stub.lists()) == 1


def test_the_pause_that_a_server_asks_for_is_kept(stub: Stub, item: SavedList) -> None:
    tried = Tried(stub)
    stub.deeds.append(answers(503, Retry_After="33"))
    send(tried.server, tried.settings, item, LINK, ABLE)
    assert tried.pauses == [33.0]


def test_a_long_pause_is_left_to_staff(stub: Stub, item: SavedList) -> None:
    tried = Tried(stub)
    stub.deeds.append(answers(429, Retry_After="1800"))
    with refused("wait 30 minutes", exit_code=75):
        send(tried.server, tried.settings, item, LINK, ABLE)
    assert not tried.pauses


@pytest.mark.parametrize("body", [b"<html>Sign in to the guest network</html>", b"{}", b"[1]"])
def test_a_page_instead_of_a_reply_is_not_called_filed(stub: Stub, item: SavedList, body: bytes) -> None:
    stub.deeds.append(answers(200, body))
    with refused("did not say where"):
        sent(stub, item)
    assert not stub.lists()
    receipt = receipts.read(item.path, stub.base)
    assert receipt is not None
    assert receipt.state == "sending"


CHANGES = {
    "for another patient": lambda stored: stored.update(subject={"reference": "Patient/p2"}),
    "with another time": lambda stored: stored.update(authored="2026-11-30T09:15:31-05:00"),
    "with other answers": lambda stored: stored["item"].pop(),
    "with another status": lambda stored: stored.update(status="amended"),
    "with another identifier": lambda stored: stored.update(identifier={"value": "1"}),
    "in a form that cannot be read": lambda stored: stored.pop("questionnaire"),
    "withdrawn": lambda stored: stored.update(status="entered-in-error"),
    "for another visit": lambda stored: stored.update(encounter={"reference": "Encounter/e2"}),
}


@pytest.mark.parametrize("said", CHANGES)
def test_only_what_is_stored_as_it_was_sent_is_called_filed(stub: Stub, item: SavedList, said: str) -> None:
    def store_something_else(handler: Any) -> bool:
        sent_body = json.loads(handler.body)
        CHANGES[said](sent_body)
        handler.body = json.dumps(sent_body).encode()
        return True

    stub.deeds.append(store_something_else)
    with refused(said):
        sent(stub, item)
    receipt = receipts.read(item.path, stub.base)
    assert receipt is not None
    assert receipt.state == "sending"


@pytest.mark.parametrize("said", CHANGES)
def test_what_was_there_must_be_the_same(stub: Stub, item: SavedList, said: str) -> None:
    sent(stub, item)
    CHANGES[said](stub.lists()[0])
    with refused(""):
        sent(stub, item)
    assert len(stub.lists()) == 1


def test_a_list_is_not_filed_in_both_modes(stub: Stub, item: SavedList) -> None:
    sent(stub, item)
    with refused("as a QuestionnaireResponse", "--mode"):
        sent(stub, item, mode=DOCUMENT)
    assert not stub.lists("DocumentReference")


def test_a_list_that_is_there_twice_is_named(stub: Stub, item: SavedList) -> None:
    stub.makes_two = True
    sent_once = list(stub.lists())
    assert not sent_once
    with refused("twice"):
        sent(stub, item)
        sent(stub, item)


def test_a_list_that_the_clinic_removed_is_not_filed_again(stub: Stub, item: SavedList) -> None:
    filed = sent(stub, item)
    del stub.stored[filed.location]
    with refused("no longer has this list", ".sent"):
        sent(stub, item)
    assert not stub.lists()


def steps_of(stub: Stub, item: SavedList, monkeypatch: pytest.MonkeyPatch, kill_at: int) -> int:
    """Send, killed before or after a step (a request, or a write of the receipt); return the steps."""
    done = 0
    transport = Transport(read_seconds=IMPATIENT)
    write = receipts._write_all

    def here() -> None:
        nonlocal done
        done += 1
        if done == kill_at:
            raise Killed

    def step(what: Callable[[], Any]) -> Any:
        here()
        result = what()
        here()
        return result

    def killable(request: Request) -> Reply:
        reply: Reply = step(lambda: transport(request))
        return reply

    with monkeypatch.context() as patch:
        patch.setattr(receipts, "_write_all", lambda *each: step(lambda: write(*each)))
        tried = Tried(stub, killable)
        send(tried.server, tried.settings, item, LINK, abilities(tried.server, "response"))
    return done


@pytest.mark.parametrize("first", [good, stubs.store_and_drop, stubs.drop, store_and_answer(504)])
def test_killed_at_any_step_and_started_again_there_is_one_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: Callable[[Any], bool]
) -> None:
    kill_at = 0
    while True:
        kill_at += 1
        with served() as stub:
            stub.deeds.append(first)
            item = list_in(tmp_path, f"{kill_at}.json")
            try:
                steps_of(stub, item, monkeypatch, kill_at)
            except Killed:
                filed = sent(stub, item)
                assert [filed.location] == [each for each in stub.stored if each.startswith("Q")]
                assert item.path.read_bytes() == item.data
            else:
                break
    assert kill_at > 10


def test_two_senders_at_once_take_turns(stub: Stub, item: SavedList) -> None:
    with receipts.one_sender(item.path.parent), refused("another program is sending", exit_code=75):
        sent(stub, item)
    assert not stub.lists()
    sent(stub, item)


def test_a_folder_that_takes_no_receipt_is_refused_before_anything_goes(
    stub: Stub, item: SavedList, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(receipts, "write_temporary", full)
    with refused("the disk is full"):
        sent(stub, item)
    assert not stub.lists()


def test_a_damaged_receipt_is_refused(stub: Stub, item: SavedList) -> None:
    for text in ("", "{}", "[1]", '[{"state": "filed"}]', "\x00", "[[]]"):
        receipts.path_of(item.path).write_text(text)
        with refused("this receipt is damaged", "remove the receipt"):
            sent(stub, item)
    assert not stub.lists()


def test_what_must_not_be_sent_is_refused_whoever_calls(stub: Stub, tmp_path: Path) -> None:
    quiet = CLINIC._replace(clinic=FIXTURE.clinic)
    for said, item in (
        ("sends_to_chart", list_in(tmp_path, content=quiet)),
        ("--allow-draft", list_in(tmp_path, content=CLINIC._replace(url=FIXTURE.url))),
        ("another patient", list_in(tmp_path, change=linked_to("Patient/p2"))),
    ):
        with refused(said):
            sent(stub, item)
    assert not stub.lists()
    assert sent(stub, list_in(tmp_path, change=linked_to("Patient/p1")))


def test_a_draft_is_refused(tmp_path: Path) -> None:
    for content in (
        FIXTURE,
        CLINIC._replace(url=FIXTURE.url),
        CLINIC._replace(approval=FIXTURE.approval._replace(approved_by="")),
    ):
        item = list_in(tmp_path, content=content)
        with refused("--allow-draft"):
            check_wording(item, allow_draft=False)
        check_wording(item, allow_draft=True)
    check_wording(list_in(tmp_path), allow_draft=False)


def test_a_list_from_before_the_clinic_had_an_address_is_a_draft(tmp_path: Path) -> None:
    early = list_in(tmp_path, content=FIXTURE)
    with refused("--allow-draft"):
        check_wording(early._replace(saved=early.saved._replace(content=CLINIC)), allow_draft=False)


def test_a_clinic_that_did_not_decide_to_send_does_not() -> None:
    check_content(CLINIC)
    with refused("sends_to_chart"):
        check_content(FIXTURE)


def test_a_list_that_is_not_finished_or_of_another_questionnaire_is_refused(tmp_path: Path) -> None:
    for change, said in (
        (lambda r: r.update(status="in-progress"), "this call is not finished. Finish it at the desk."),
        (lambda r: r.update(status="entered-in-error"), "this list was entered in error"),
        (lambda r: r.update(status="stopped"), "only completed"),
        (lambda r: r.update(questionnaire="https://elsewhere.com/q|1"), "belongs to the questionnaire"),
    ):
        with refused(said, "visit.json"):
            list_in(tmp_path, change=change)
    with refused("no such file"):
        open_list(tmp_path / "none.json", CLINIC)
