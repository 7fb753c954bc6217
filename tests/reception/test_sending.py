"""Sending from the desk: one patient, one list, once; if it goes wrong, the next page says how."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from fibrocheck.copies.files import RECEIPT
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.in_tray import InTray, Step
from fibrocheck.desk.lists import Lists, NotFinished, OpenList
from fibrocheck.desk.log import Log
from fibrocheck.desk.states import Who
from fibrocheck.errors import StaffError
from fibrocheck.pages.text_layout import Paragraph
from fibrocheck.pages.voice import Voice
from fibrocheck.reception import pages
from fibrocheck.reception.lock import DeskTimer, Lock
from fibrocheck.reception.place import Place
from fibrocheck.reception.sender import Sender
from fibrocheck.reception.sending_page import facts, offers
from fibrocheck.records.elements import to_json
from fibrocheck.records.record import DESK, IN_PROGRESS, TYPED_WRONG, WRONG_PATIENT
from fibrocheck.records.response import write_response
from fibrocheck.sending.checking import abilities
from fibrocheck.sending.folder import Batch, Counts, send_linked
from fibrocheck.sending.replies import Reply
from fibrocheck.sending.settings import Settings
from fibrocheck.sending.transport import Request
from tests.desk.lists import TODAY, put, record
from tests.reception.driving import BACK, FIRST, Line, Play, actions, in_lines, on_screen
from tests.reception.driving import Step as Do
from tests.sending import stub as deeds
from tests.sending.lists import CLINIC, Killed
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
    return at_desk(request.param, sender)


@pytest.fixture
def lines(sender: Sender) -> Play:
    """Return the quicker way to ask, for what is the same in both."""
    return at_desk(in_lines, sender)


def at_desk(way: Play, sender: Sender) -> Play:
    """Return a way to ask at a desk where sending is set up."""

    def played(folder: Folder, steps: list[Do]) -> str:
        return way(folder, steps, "273", content=CLINIC, sender=sender)

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
    """Return what the log says but what leads to a list, in the order of words: the clock stands still."""
    return sorted(each for each in actions(folder) if each != "opened")


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
    assert WORDS.desk.sent["en"] in said
    assert done_in(folder) == ["patient named", "sent"]
    number = {"type": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}}
    subject = file_of(folder)["subject"]
    subject["identifier"]["type"]["coding"][0].pop("display")
    assert subject == {"type": "Patient", "identifier": {**number, "system": MRN, "value": "4711"}}
    day = folder.path / TODAY.isoformat()
    kept = b"".join(each.read_bytes() for each in day.iterdir() if each.is_file())
    assert b"Vega" not in kept
    assert [row.steps for row in InTray(folder, CLINIC).rows(TODAY)] == [()]


def test_the_number_and_the_year_are_asked_until_they_are_right(
    play: Play, folder: Folder, lists: Lists, stub: Stub
) -> None:
    """What names no patient, whom the server does not have, another year: each is said, nothing is sent."""
    wrong: list[Do] = [Line(""), Line("Person/1"), Line("9999"), NUMBER, Line("1980"), Line("75")]
    said = play(folder, [*SEND, *wrong, BACK, *SEND[1:], NUMBER, YEAR, BACK])
    assert "names no patient" in said
    assert "the server has no patient with this number" in said
    assert said.count(WORDS.desk.year_wrong["en"]) == 2
    assert len(stub.lists()) == 1
    assert done_in(folder) == ["patient named", "sent"]
    assert lists.look(TODAY, "273").state.sent is not None


@pytest.mark.parametrize(("before", "typed"), [([], "9999"), ([NUMBER], "1980")], ids=["number", "year"])
def test_a_line_that_was_refused_stays_to_be_compared(
    folder: Folder, sender: Sender, before: list[Do], typed: str
) -> None:
    """As the lines of a search and of a visit do."""
    put_list(folder, "273")
    seen: list[str | None] = []
    steps = [*SEND, *before, Line(typed), BACK, BACK]
    on_screen(folder, steps, content=CLINIC, sender=sender, see=lambda _, view: seen.append(view.typed))
    assert typed in seen


def test_going_back_sends_nothing(play: Play, folder: Folder, lists: Lists, stub: Stub) -> None:
    """Not even the patient is kept before the year was typed."""
    play(folder, [*SEND, BACK, 1, NUMBER, BACK, BACK])
    assert not stub.lists()
    assert done_in(folder) == []
    assert "subject" not in lists.look(TODAY, "273").saved.resource


def test_two_patients_with_one_number_are_refused(
    lines: Play, folder: Folder, lists: Lists, stub: Stub
) -> None:
    """Staff name the right one by its place."""
    stub.put({**stub.stored["Patient/p2"], "id": "p3"})
    said = lines(folder, [*SEND, NUMBER, Line("Patient/p2"), YEAR, BACK])
    assert "more than one patient" in said
    assert stub.lists()[0]["subject"]["reference"] == "Patient/p2"
    assert lists.look(TODAY, "273").saved.resource["subject"] == WHO["subject"]


def test_without_a_date_of_birth_nothing_is_sent(
    lines: Play, folder: Folder, lists: Lists, stub: Stub
) -> None:
    """There is nothing to confirm the patient by."""
    del stub.stored["Patient/p2"]["birthDate"]
    said = lines(folder, [*SEND, NUMBER, BACK])
    assert "no date of birth" in said
    assert not stub.lists()
    assert lists.look(TODAY, "273").state.charted is None


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        (deeds.answers(503), "the server answered 503"),
        (deeds.answers(200, b"<html>"), "did not say where it filed"),
        (deeds.outcome(422, "no"), "the server's rules refuse this (422)"),
        (deeds.answers(403), "does not permit this"),
        (deeds.drop, "the connection broke off"),
    ],
)
def test_what_the_server_refuses_is_said_and_sent_again_without_the_number(
    lines: Play,
    folder: Folder,
    lists: Lists,
    stub: Stub,
    waits: list[float],
    deed: Callable[[deeds.Handler], bool],
    said: str,
) -> None:
    """Nothing is lost: the patient is kept, and the second time only the year is asked."""
    stub.deeds.extend([deed] * 5)
    notices = lines(folder, [*SEND, NUMBER, YEAR, BACK])
    assert said in notices
    assert not stub.lists()
    assert lists.look(TODAY, "273").state.charted is None
    assert done_in(folder) == ["not sent", "patient named", "sent"]
    assert len(waits) in {0, 4}
    stub.deeds.clear()
    lines(folder, [*SEND, YEAR, BACK])
    assert len(stub.lists()) == 1
    assert done_in(folder) == ["not sent", "patient named", "sent", "sent"]


def test_a_lost_reply_files_one_list(
    lines: Play, folder: Folder, lists: Lists, stub: Stub, waits: list[float]
) -> None:
    """It is looked for before it goes again, and staff are told that it is tried again."""
    stub.deeds.append(deeds.store_and_drop)
    said = lines(folder, [*SEND, NUMBER, YEAR, BACK])
    assert len(stub.lists()) == 1
    assert WORDS.desk.sent["en"] in said
    assert len(waits) == 1
    assert lists.look(TODAY, "273").state.in_chart is not None


def test_what_is_there_and_not_marked_is_marked_without_asking(
    lines: Play, folder: Folder, lists: Lists, stub: Stub, sender: Sender
) -> None:
    """After a kill between the server and the mark, or `fibrocheck send FOLDER`: the receipt says it."""
    named = lists.name_patient(lists.look(TODAY, "273"), WHO["subject"])
    sender.send(named, sender.find(named, sender.named("4711")))
    asked = len(stub.asked)
    assert lists.look(TODAY, "273").state.charted is None
    assert offers(desk_of(sender), named, [])[0] == ("send", WORDS.desk.in_chart)
    lines(folder, [*SEND, BACK])
    assert len(stub.asked) == asked
    assert lists.look(TODAY, "273").state.in_chart is not None


def test_a_receipt_without_an_end_says_so_and_the_list_is_found_there(
    lines: Play, folder: Folder, lists: Lists, stub: Stub, waits: list[float]
) -> None:
    """The reply was lost five times: it is not known whether the list is there, until it is sent again."""
    stub.deeds.extend([deeds.answers(503)] * 5)
    lines(folder, [*SEND, NUMBER, YEAR, BACK])
    assert len(waits) == 4
    sender = Sender(Settings(stub.base, patient_system=MRN), CLINIC)
    assert WORDS.desk.send_open["en"] in facts_of(sender, lists.look(TODAY, "273"))
    item = lists.look(TODAY, "273")
    stub.put({**item.saved.resource, **WHO, "id": "q9"})
    assert WORDS.desk.sent_before["en"] in lines(folder, [*SEND, YEAR, BACK])
    assert len(stub.lists()) == 1


def test_a_corrected_list_replaces_the_one_in_the_chart(
    play: Play, folder: Folder, lists: Lists, stub: Stub
) -> None:
    """Until it is sent again, the page says that the chart has an older version."""
    play(folder, [*SEND, NUMBER, YEAR, BACK])
    lists.correct(lists.look(TODAY, "273"), {"sleep": "no"}, TYPED_WRONG)
    assert [row.steps[-1] for row in InTray(folder, CLINIC).rows(TODAY)] == [Step.CHART]
    shown = lists.look(TODAY, "273")
    assert shown.state.charted is not None
    assert shown.state.in_chart is None
    play(folder, [*SEND, YEAR, BACK])
    (stored,) = stub.lists()
    assert (stored["status"], stored["meta"]["versionId"]) == ("amended", "2")
    assert lists.look(TODAY, "273").state.in_chart is not None


def test_a_wrong_patients_list_is_withdrawn(play: Play, folder: Folder, lists: Lists, stub: Stub) -> None:
    """It is still to do until then."""
    play(folder, [*SEND, NUMBER, YEAR, BACK])
    lists.correct(lists.look(TODAY, "273"), lists.look(TODAY, "273").record.answers, WRONG_PATIENT)
    assert [row.steps for row in InTray(folder, CLINIC).rows(TODAY)] == [(Step.WITHDRAW,)]
    said = play(folder, [FIRST, 1, 1, 1, 2, BACK])
    assert WORDS.desk.withdrawn["en"] in said
    assert stub.lists()[0]["status"] == "entered-in-error"
    assert lists.look(TODAY, "273").state.sent is None
    assert [row.steps for row in InTray(folder, CLINIC).rows(TODAY)] == [()]
    assert done_in(folder) == ["corrected", "patient named", "sent", "withdrawn"]


def test_what_somebody_changed_at_the_clinic_is_not_withdrawn(
    lines: Play, folder: Folder, lists: Lists, stub: Stub
) -> None:
    """That is said, and the list stays marked as sent."""
    lines(folder, [*SEND, NUMBER, YEAR, BACK])
    lists.correct(lists.look(TODAY, "273"), lists.look(TODAY, "273").record.answers, WRONG_PATIENT)
    stub.put(stub.lists()[0])
    said = lines(folder, [FIRST, 1, 2, BACK])
    assert "somebody has changed the list at the server" in said
    assert lists.look(TODAY, "273").state.sent is not None


def test_one_list_is_never_in_two_charts(lines: Play, folder: Folder, lists: Lists, stub: Stub) -> None:
    """Linked anew and named as another patient's, it must first be withdrawn, and is not sent again then."""
    lines(folder, [*SEND, NUMBER, YEAR, BACK])
    lists.link(lists.look(TODAY, "273"), "A-18", None)
    other: list[Do] = [*SEND, Line("Patient/p1"), Line("1980"), BACK]
    assert "for another patient" in lines(folder, other)
    withdraw = at(Sender(Settings(stub.base), CLINIC), lists.look(TODAY, "273"), "withdraw")
    said = lines(folder, [FIRST, withdraw, 2, 1, Line("1980"), BACK])
    assert "this list was withdrawn" in said
    (stored,) = stub.lists()
    assert (stored["subject"]["reference"], stored["status"]) == ("Patient/p2", "entered-in-error")


# The patient


def desk_of(sender: Sender) -> Place:
    """Return a desk without an asker, at which sending is set up."""
    timer, lock = DeskTimer(), Lock(lambda: None)
    place = Place(CLINIC, Voice(CLINIC, "en"), None, timer, lock)  # type: ignore[arg-type] # nothing is asked
    place.sender = sender
    return place


def facts_of(sender: Sender, shown: OpenList) -> str:
    """Return what the page of a list says about it."""
    place = desk_of(sender)
    page, _ = pages.list_page(shown, place.voice, [("", WORDS.desk.show)], facts(place, shown))
    return "\n".join(str(line.text) for group in page.groups for line in group if isinstance(line, Paragraph))


def at(sender: Sender, shown: OpenList, name: str) -> int:
    """Return the number of something that is offered for a list."""
    place = desk_of(sender)
    found = offers(place, shown, pages.offers_of(shown, place.voice, printer=False))
    return [each for each, _ in found].index(name) + 1


def test_a_patient_is_named_without_sending_and_undone(
    play: Play, folder: Folder, lists: Lists, stub: Stub, sender: Sender
) -> None:
    """Sending then asks for the year alone."""
    name = at(sender, shown_in(folder), "name-patient")
    play(folder, [FIRST, name, NUMBER, 2, BACK])
    assert file_of(folder)["subject"]["identifier"]["value"] == "4711"
    undo = at(sender, shown_in(folder), "undo-patient")
    play(folder, [FIRST, undo, BACK])
    assert "subject" not in file_of(folder)
    play(folder, [FIRST, name, NUMBER, 1, name, Line("Patient/p2"), 2, 1, YEAR, BACK])
    assert stub.lists()[0]["subject"]["reference"] == "Patient/p2"
    assert done_in(folder) == ["patient named", "patient named", "patient undone", "sent"]
    assert lists.look(TODAY, "273").state.sent is not None


@pytest.mark.parametrize("how", ["link", "unlink"])
def test_linking_it_anew_undoes_the_patient(folder: Folder, lists: Lists, how: str) -> None:
    """Also with the same appointment; and what it was sent as is still in a chart."""
    named = lists.name_patient(lists.look(TODAY, "273"), WHO["subject"])
    assert named.saved.resource["subject"] == WHO["subject"]
    sent = lists.sent(named, lambda: None)
    after = lists.link(sent, "A-17", None) if how == "link" else lists.unlink(sent)
    assert "subject" not in after.saved.resource
    assert (after.state.in_chart, after.state.sent) == (None, sent.state.sent)
    assert "subject" not in file_of(folder)


def test_the_page_says_what_the_chart_has(folder: Folder, lists: Lists, stub: Stub, sender: Sender) -> None:
    """This version, an older one, or that of somebody else; also what `fibrocheck send FOLDER` filed."""
    named = lists.name_patient(lists.look(TODAY, "273"), WHO["subject"])
    assert facts_of(sender, named).splitlines() == ["Visit A-17", "Patient Patient/p2"]
    filed = sender.send(named, sender.find(named, sender.named("Patient/p2")))
    assert (filed.was_there, len(stub.lists())) == (False, 1)
    assert WORDS.desk.sent_mark["en"] in facts_of(sender, named)
    sent = lists.sent(named, lambda: None)
    assert "Sent to the chart (AB, 12:00)" in facts_of(sender, sent)
    corrected = lists.correct(sent, {"sleep": "no"}, TYPED_WRONG)
    assert "The chart has an older version (AB, 12:00)" in facts_of(sender, corrected)
    unlinked = lists.link(lists.unlink(corrected), "", None)
    assert "It is still in a chart (AB, 12:00)" in facts_of(sender, unlinked)
    assert shown_in(folder).state.in_chart is None


def test_killed_at_any_request_the_next_desk_goes_on(lists: Lists, stub: Stub, sender: Sender) -> None:
    """Before a request goes or after its reply has come: one list at the server, and marked in the end."""
    shown = lists.name_patient(lists.look(TODAY, "273"), WHO["subject"])
    patient = sender.find(shown, sender.named("4711"))
    is_killed, step = True, 0
    while is_killed:
        step += 1
        another, is_killed = dying(Sender(sender._settings, CLINIC), step), True
        with suppress(Killed):
            lists.sent(shown, partial(another.send, shown, patient))
            is_killed = False
        assert lists.sent(shown, partial(sender.send, shown, patient)).state.sent
        (stored,) = stub.lists()
        del stub.stored[f"QuestionnaireResponse/{stored['id']}"]
        shown.files.drop(f"273.json{RECEIPT}")
    assert step == 1 + 2 * len(("what the server can do", "look", "create", "read back"))


def dying(sender: Sender, step: int) -> Sender:
    """Return a desk that is killed at this step: before each request is one, and after its reply."""
    server, steps = sender._server, iter(range(step - 1, -1, -1))
    ask = server._send

    def die_or(request: Request) -> Reply:
        for do in (lambda: None, lambda: ask(request)):
            reply = do()
            if not next(steps):
                raise Killed
        assert reply is not None
        return reply

    server._send = die_or
    return sender


def test_a_folder_sends_what_was_named_at_the_desk(
    folder: Folder, lists: Lists, stub: Stub, sender: Sender
) -> None:
    """In the folders of its days; neither versions, nor half a call, nor what is another patient's."""
    for number in ("281", "290"):
        put_list(folder, number)
    put_list(folder, "304", status=IN_PROGRESS)
    lists.name_patient(lists.look(TODAY, "273"), WHO["subject"])
    wrong = lists.name_patient(lists.look(TODAY, "281"), {"reference": "Patient/p1"})
    lists.correct(wrong, wrong.record.answers, WRONG_PATIENT)
    server, settings, told = sender._server, sender._settings, list[str]()
    able = abilities(server, settings.mode)
    batch = Batch(server, settings, CLINIC, able, lambda *_: None, told.append)
    before = {each: each.read_bytes() for each in folder.path.rglob("*") if each.is_file()}
    assert send_linked(batch, folder.path) == Counts(filed=1, refused=3)
    assert len(told) == 3
    for number, why in (("281", "entered in error"), ("290", "Name the patient"), ("304", "not finished")):
        assert any(f"{number}.json: " in each and why in each for each in told)
    assert stub.lists()[0]["subject"]["reference"] == "Patient/p2"
    assert all(path.read_bytes() == data for path, data in before.items())
    new = {each.name for each in folder.path.rglob("*") if each.is_file() and each not in before}
    assert new == {"273.json.sent", ".fibrocheck-sending.lock"}
    assert send_linked(batch, folder.path) == Counts(there=1, refused=3)
    assert {row.number for row in InTray(folder, CLINIC).rows(TODAY)} == {"273", "281", "290", "304"}


# Where nothing is sent


def test_a_draft_is_refused_before_anything_is_asked(
    lines: Play, folder: Folder, lists: Lists, stub: Stub
) -> None:
    """Its wording was not approved, or its address is an example's."""
    put(folder, "273", record(device=DESK))
    said = lines(folder, [*SEND, BACK])
    assert "its wording is not approved" in said
    assert not stub.asked
    assert lists.look(TODAY, "273").state.charted is None


def test_a_clinic_that_does_not_send_is_offered_nothing(folder: Folder, lists: Lists, stub: Stub) -> None:
    """`clinic.sends_to_chart` decides: patients read about it. The desk says so at its start."""
    quiet = CLINIC._replace(clinic=CLINIC.clinic._replace(sends_to_chart=False))
    sender = Sender(Settings(stub.base), quiet)
    place, shown = desk_of(sender), lists.look(TODAY, "273")
    others = pages.offers_of(shown, place.voice, printer=False)
    assert (offers(place, shown, others), facts(place, shown)) == (others, [])
    with pytest.raises(StaffError, match="sends_to_chart"):
        sender.check_clinic()
    assert shown_in(folder).state.charted is None


def test_half_a_call_cannot_be_sent_or_named(folder: Folder, sender: Sender) -> None:
    """It is not offered either."""
    put_list(folder, "273", status=IN_PROGRESS)
    shown, lists = shown_in(folder), lists_of(folder)
    offered = {name for name, _ in offers(desk_of(sender), shown, [])}
    assert offered == set()
    with pytest.raises(NotFinished):
        lists.sent(shown, lambda: None)
    with pytest.raises(NotFinished):
        lists.name_patient(shown, WHO["subject"])
