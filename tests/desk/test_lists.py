"""What staff do with a list: linking opens it, a correction keeps what was, two desks never lose a change."""

import errno
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fibrocheck.copies.folder.access import FolderError, ListChangedError
from fibrocheck.desk import states, versions
from fibrocheck.desk.changes import CorrectionError
from fibrocheck.desk.glance import Problem
from fibrocheck.desk.lists import CannotOpen, EnteredInError, Lists, NotFinished, NotLinked, OpenList
from fibrocheck.desk.log import Action, Log, entries
from fibrocheck.desk.states import Who
from fibrocheck.records.elements import to_json
from fibrocheck.records.record import (
    AMENDED,
    COMPLETED,
    CORRECTIONS,
    DESK,
    ENTERED_IN_ERROR,
    IN_PROGRESS,
    KIOSK,
    PATIENT_CHANGED,
    TYPED_WRONG,
    WRONG_PATIENT,
    Correction,
    RecordError,
)
from fibrocheck.records.response import write_response
from tests.copies.folder.killed import NOON
from tests.copies.test_files import failing
from tests.desk.lists import CONTENT, TODAY, folder_in, put, record, written
from tests.records.samples import ANSWERS, reworded

DAY = date(2026, 12, 3)
FEWER = {"sleep": "no"}


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    """A desk with the list 273 of a kiosk."""
    found = desk(tmp_path / "records", "MR")
    put(found.folder, "273", record())
    return found


def desk(path: Path, initials: str) -> Lists:
    """Return a desk where somebody works."""
    folder = folder_in(path)
    return Lists(folder, CONTENT, Log(folder, "front"), lambda: Who(initials, "front"))


def opened(lists: Lists) -> OpenList:
    """Open the list 273."""
    return lists.open(TODAY, "273")


def linked(lists: Lists) -> OpenList:
    """Open the list 273 and link it."""
    return lists.link(opened(lists), "A-17", DAY)


def file_of(lists: Lists) -> Any:
    """Return the record in the list's file."""
    return json.loads((lists.folder.path / "2026-11-25" / "273.json").read_bytes())


def actions(lists: Lists) -> list[str]:
    """Return what the log says was done."""
    return [f"{'not ' * each.failed}{each.action}" for each in entries(lists.folder, TODAY)]


@pytest.mark.parametrize(("number", "day"), [("A-17", DAY), ("", None)])
def test_a_list_that_the_desk_has_linked_is_no_longer_the_patients_to_change(
    tmp_path: Path, number: str, day: date | None
) -> None:
    """With a number or without, although its answers are the same. Staff read what the desk may have done."""
    here = desk(tmp_path / "records", "MR")
    given = here.folder.give(written(record()), record().identifier)
    shown = here.open(given.day, given.number)
    here.folder.give_again(given, written(record()))
    given = here.folder.find(given.day, given.number)
    answers = here.link(here.look(shown.day, shown.number), number, day).record.answers
    assert answers == record().answers
    with pytest.raises(ListChangedError, match="has changed or linked the list"):
        here.folder.take_back(given)
    with pytest.raises(ListChangedError, match="has changed or linked the list"):
        here.folder.give_again(given, written(record()))


def test_a_kiosks_list_is_closed_until_it_is_linked(lists: Lists) -> None:
    """No copy can be made of it, and it cannot be printed, corrected or put into the chart."""
    shown = opened(lists)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: lists.copy(shown),
        lambda: lists.mark(shown, Action.PRINTED),
        lambda: lists.mark(shown, Action.IN_CHART),
        lambda: lists.correct(shown, FEWER, TYPED_WRONG),
    )
    for attempt in attempts:
        with pytest.raises(NotLinked):
            attempt()
    assert actions(lists) == ["opened"]
    copy = lists.copy(lists.link(shown, "", None))
    assert (copy.number, copy.record.answers) == ("273", ANSWERS)


def test_linking_writes_the_appointment_into_the_record_and_undoing_takes_it_out(lists: Lists) -> None:
    """With its date. Who and when stands beside it. Nothing else of the record changes."""
    before = file_of(lists)
    shown = linked(lists)
    identifier = file_of(lists)["encounter"]["identifier"]
    assert (identifier["value"], identifier["period"]["start"]) == ("A-17", "2026-12-03")
    assert {key: value for key, value in file_of(lists).items() if key != "encounter"} == before
    assert (shown.record.reference, shown.record.appointment_date) == ("A-17", DAY)
    assert shown.state.linked == states.Event("linked", NOON.isoformat(), "MR", "front", "A-17", "2026-12-03")
    shown = lists.link(shown, "B-2", None)
    assert file_of(lists)["encounter"]["identifier"].keys() == {"type", "system", "value"}
    shown = lists.unlink(shown)
    assert file_of(lists) == before
    assert not shown.is_linked
    assert [each.action for each in shown.state.history] == ["linked", "linked", "unlinked"]


@pytest.mark.parametrize("number", ["x" * 101, "A\x1b17", " A-17", "A\u202e17"])
def test_an_appointment_that_cannot_be_printed_is_refused(lists: Lists, number: str) -> None:
    """Before anything is written."""
    with pytest.raises(RecordError):
        lists.link(opened(lists), number, None)
    assert opened(lists).state.history == ()


def test_a_link_that_was_noted_but_not_yet_in_the_record_is_made_good(lists: Lists) -> None:
    """The desk was killed in between; whoever opens the list next puts it right."""
    shown = opened(lists)
    event = states.event(states.LINKED, lists.who, NOON, appointment="A-17", appointment_date="2026-12-03")
    states.note(shown.files, "273", event)
    assert "encounter" not in file_of(lists)
    assert opened(lists).record.reference == "A-17"
    assert file_of(lists)["encounter"]["identifier"]["value"] == "A-17"


def test_what_other_systems_added_stays(lists: Lists) -> None:
    """When it is linked and when it is corrected."""
    more: dict[str, Any] = {
        "id": "q1",
        "meta": {"versionId": "3"},
        "subject": {"reference": "Patient/7"},
        "extension": [{"url": "https://other.test/x", "valueCode": "y"}],
    }
    value = json.loads(written(record()))
    put(
        lists.folder,
        "273",
        json.dumps(value | more | {"extension": value["extension"] + more["extension"]}).encode(),
    )
    shown = lists.correct(linked(lists), FEWER, PATIENT_CHANGED)
    found = file_of(lists)
    assert {key: found[key] for key in ("id", "meta", "subject")} == {
        key: more[key] for key in ("id", "meta", "subject")
    }
    assert more["extension"][0] in found["extension"]
    assert shown.record.answers == FEWER
    assert found["identifier"] == value["identifier"]
    assert found["authored"] == value["authored"]
    assert found["author"] == value["author"]


@pytest.mark.parametrize("nothing", [None, []])
def test_a_record_without_extensions_can_be_corrected(lists: Lists, nothing: object) -> None:
    """Some servers write null."""
    put(lists.folder, "273", json.dumps(json.loads(written(record())) | {"extension": nothing}).encode())
    shown = lists.correct(linked(lists), FEWER, PATIENT_CHANGED)
    assert shown.record.correction is not None
    assert shown.record.answers == FEWER


@pytest.mark.parametrize("why", CORRECTIONS)
def test_a_correction_says_who_when_and_why_and_keeps_what_was(lists: Lists, why: str) -> None:
    """A wrong patient's list is entered in error, with its answers as they were."""
    shown = lists.mark(lists.mark(linked(lists), Action.PRINTED), Action.IN_CHART)
    before = shown.saved
    shown = lists.correct(shown, FEWER, why)
    assert shown.record.status == (ENTERED_IN_ERROR if why == WRONG_PATIENT else AMENDED)
    assert shown.record.correction == Correction("MR", NOON, why)
    assert shown.record.answers == (ANSWERS if why == WRONG_PATIENT else FEWER)
    assert shown.record[2:4] == before.record[2:4]
    assert lists.earlier(shown)[-1].record == before.record
    assert shown.state.printed is None
    assert shown.state.in_chart is None
    assert shown.state.history[-1].why == why


def test_a_list_entered_in_error_is_not_copied_and_can_be_made_right(lists: Lists) -> None:
    """If the mark was the mistake."""
    shown = lists.correct(linked(lists), {}, WRONG_PATIENT)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: lists.copy(shown),
        lambda: lists.mark(shown, Action.PRINTED),
        lambda: lists.mark(shown, Action.IN_CHART),
    )
    for attempt in attempts:
        with pytest.raises(EnteredInError):
            attempt()
    right = lists.correct(shown, ANSWERS, TYPED_WRONG)
    assert lists.copy(right).record.status == AMENDED


def test_a_list_without_an_answer_is_a_correction_too(lists: Lists) -> None:
    """No group is left in the record."""
    shown = lists.correct(linked(lists), {}, PATIENT_CHANGED)
    assert shown.record.answers == {}
    assert "item" not in file_of(lists)


def test_two_desks_that_correct_one_list(lists: Lists) -> None:
    """The second is refused and sees both; what it did is neither in the folder nor in the state."""
    other = desk(lists.folder.path, "KB")
    mine, theirs = linked(lists), opened(other)
    lists.correct(mine, FEWER, PATIENT_CHANGED)
    with pytest.raises(versions.Newer) as refusal:
        other.correct(theirs, {"sleep": "most-days"}, TYPED_WRONG)
    both = other.compare(refusal.value)
    assert both is not None
    yours, newest = both
    assert (yours.record.answers, newest.record.answers) == ({"sleep": "most-days"}, FEWER)
    found = opened(other)
    assert found.record.answers == FEWER
    assert [each.action for each in found.state.history] == ["linked", "corrected"]
    other.correct(found, {"sleep": "most-days"}, TYPED_WRONG)
    assert len(other.earlier(opened(other))) == 3


def test_a_link_of_another_desk_is_no_reason_to_refuse_a_link(lists: Lists) -> None:
    """The last one counts, and both stand in the history."""
    other = desk(lists.folder.path, "KB")
    mine, theirs = opened(lists), opened(other)
    lists.link(mine, "A-17", None)
    shown = other.link(theirs, "B-2", None)
    assert shown.record.reference == "B-2"
    assert [each.by for each in shown.state.history] == ["MR", "KB"]


def test_an_unfinished_call_and_a_list_of_other_words_cannot_be_corrected(lists: Lists) -> None:
    """Each says what to do; a wrong patient's list can be marked whatever its words."""
    put(lists.folder, "273", record(device=DESK, status=IN_PROGRESS))
    with pytest.raises(CorrectionError, match="Finish the call first"):
        lists.correct(opened(lists), FEWER, TYPED_WRONG)
    old = reworded(CONTENT, lambda words: {key: f"{text}!" for key, text in words.items()})
    resource = write_response(record(device=DESK), old._replace(version="2025.1.0"))
    put(lists.folder, "273", to_json(resource).encode())
    shown = opened(lists)
    with pytest.raises(CorrectionError, match="other wording"):
        lists.correct(shown, FEWER, TYPED_WRONG)
    assert lists.correct(shown, {}, WRONG_PATIENT).record.status == ENTERED_IN_ERROR


def test_an_unfinished_call_can_be_printed_and_does_not_go_into_the_chart(lists: Lists) -> None:
    """Its pages say that it is not finished."""
    put(lists.folder, "273", record(device=DESK, status=IN_PROGRESS))
    assert lists.mark(opened(lists), Action.PRINTED).state.printed is not None
    with pytest.raises(NotFinished):
        lists.mark(opened(lists), Action.IN_CHART)


def test_marks_are_noted_and_can_be_undone(lists: Lists) -> None:
    """Each with who and when."""
    shown = linked(lists)
    for action in (Action.PRINTED, Action.IN_CHART, Action.PUT_ASIDE):
        shown = lists.mark(shown, action)
    assert None not in shown.state[:4]
    for action in (Action.OUT_OF_CHART, Action.TAKEN_UP):
        shown = lists.mark(shown, action)
    assert (shown.state.in_chart, shown.state.put_aside) == (None, None)
    with pytest.raises(KeyError):
        lists.mark(shown, Action.SENT)


def test_what_was_printed_before_another_desk_corrected_it_is_not_marked_as_printed(lists: Lists) -> None:
    """The paper is old: it has to be printed again."""
    shown = linked(lists)
    lists.correct(shown, FEWER, PATIENT_CHANGED)
    for action in (Action.PRINTED, Action.IN_CHART):
        with pytest.raises(versions.Newer):
            lists.mark(shown, action)
    assert opened(lists).state.printed is None


def test_a_list_that_is_linked_to_another_appointment_is_printed_again(lists: Lists) -> None:
    """The paper and the chart that it is in are somebody else's."""
    for again in (lambda shown: shown, lists.unlink):
        shown = linked(lists)
        shown = lists.mark(lists.mark(shown, Action.PRINTED), Action.IN_CHART)
        shown = lists.link(again(shown), "B-2", None)
        assert (shown.state.printed, shown.state.in_chart) == (None, None)


def test_removing_leaves_nothing_but_the_number(lists: Lists) -> None:
    """Versions and states too."""
    given = lists.folder.give(written(record()), record().identifier)
    shown = lists.correct(lists.link(lists.open(given.day, given.number), "A-17", DAY), FEWER, TYPED_WRONG)
    lists.remove(shown)
    left = {name for name in shown.files.names() if name.startswith(given.number)}
    assert left == {f"{given.number}.number"}
    with pytest.raises(versions.Gone):
        lists.correct(shown, FEWER, TYPED_WRONG)


def test_what_cannot_be_opened_says_why(lists: Lists) -> None:
    """It stays where it is."""
    put(lists.folder, "281", b'{"half')
    with pytest.raises(CannotOpen) as refusal:
        lists.open(TODAY, "281")
    assert refusal.value.seen.problem is Problem.HALF_WRITTEN
    with pytest.raises(versions.Gone):
        lists.open(TODAY, "999")
    assert (lists.folder.path / "2026-11-25" / "281.json").read_bytes() == b'{"half'


@pytest.mark.parametrize("step", ["open", "replace", "fsync"])
def test_a_full_disk_is_told_and_changes_nothing(
    lists: Lists, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Each action; afterwards all goes on."""
    shown = linked(lists)
    before = file_of(lists)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: lists.link(shown, "B-2", None),
        lambda: lists.unlink(shown),
        lambda: lists.mark(shown, Action.PRINTED),
        lambda: lists.correct(shown, FEWER, TYPED_WRONG),
        lambda: lists.remove(shown) if step != "replace" else lists.mark(shown, Action.PRINTED),
    )
    for attempt in attempts:
        with monkeypatch.context() as broken:
            for owner in (os, Path) if step == "replace" else (os,):
                broken.setattr(owner, step, failing(OSError(errno.ENOSPC, "")))
            with pytest.raises(FolderError, match="the disk is full"):
                attempt()
        assert file_of(lists) == before
        assert lists.look(TODAY, "273")[2:] == shown[2:]
    assert lists.correct(shown, FEWER, TYPED_WRONG).record.answers == FEWER


def test_the_log_has_every_action_and_no_answer(lists: Lists) -> None:
    """With the day and number of the list, and what was refused."""
    shown = lists.mark(linked(lists), Action.PRINTED)
    shown = lists.correct(shown, {"sleep": "most-days", "ptsd-emotional": "yes"}, TYPED_WRONG)
    lists.unlink(shown)
    lists.remove(lists.look(TODAY, "273"))
    assert actions(lists) == ["opened", "linked", "printed", "corrected", "link undone", "removed"]
    assert {each.number for each in entries(lists.folder, TODAY)} == {"2026-11-25/273"}
    for each in (lists.folder.path / "2026-11-25").glob("*.log"):
        text = each.read_text()
        assert not any(word in text for word in ("sleep", "ptsd", "most-days", "yes", "A-17"))


def test_whose_record_it_is_stays(lists: Lists) -> None:
    """A kiosk's list stays a kiosk's, whoever corrects it."""
    shown = lists.correct(linked(lists), FEWER, PATIENT_CHANGED)
    assert (shown.record.device, shown.name, shown.day) == (KIOSK, "2026-11-25/273", TODAY)
    assert COMPLETED not in file_of(lists)["status"]
