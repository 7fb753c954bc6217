"""Lists whose time is over: which ones go, that a yes removes them wholly, and that nothing else goes."""

import os
import time
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from fibrocheck.copies.files import RECEIPT, SENDERS_LOCK
from fibrocheck.copies.folder import claims
from fibrocheck.desk import states
from fibrocheck.desk.in_tray import Limits
from fibrocheck.desk.lists import Lists
from fibrocheck.desk.log import Action, entries
from fibrocheck.desk.removing import due, remove_due, tidy
from fibrocheck.records.record import DESK, IN_PROGRESS, WRONG_PATIENT
from tests.copies.folder.killed import NOON
from tests.desk.lists import CONTENT, TODAY, put, record
from tests.desk.test_lists import desk

LIMITS = Limits()


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    """A desk without lists."""
    return desk(tmp_path / "records", "MR")


def at(lists: Lists, days: int) -> None:
    """Set the clock of the desk so many days after today."""
    lists.folder._now = lambda: NOON + timedelta(days=days)


def due_on(lists: Lists, days: int, limits: Limits = LIMITS) -> list[str]:
    """Return the numbers of the lists that go so many days after today."""
    at(lists, days)
    return sorted(each.row.number for each in due(lists.folder, CONTENT, limits, [TODAY]))


def morning(lists: Lists) -> None:
    """Have lists of every kind today."""
    for number in ("273", "281", "290", "304"):
        put(lists.folder, number, record())
    put(lists.folder, "312", record(device=DESK, status=IN_PROGRESS))
    put(lists.folder, "328", b'{"half')
    put(lists.folder, "336", record(device=DESK))
    lists.mark(lists.link(lists.open(TODAY, "281"), "A-17", None), Action.IN_CHART)
    lists.mark(lists.link(lists.open(TODAY, "290"), "A-18", None), Action.PRINTED)
    lists.correct(lists.link(lists.open(TODAY, "304"), "A-19", None), {}, WRONG_PATIENT)


def test_what_goes_when(lists: Lists) -> None:
    """Unclaimed after a day; in the chart, or wrong, after seven. The clinic can set both."""
    morning(lists)
    assert due_on(lists, 0) == []
    assert due_on(lists, 1) == ["273"]
    assert due_on(lists, 6) == ["273"]
    assert due_on(lists, 7) == ["273", "281", "304"]
    assert due_on(lists, 400) == ["273", "281", "304"]
    assert due_on(lists, 2, Limits(unclaimed=3, in_chart=2)) == ["281", "304"]


def test_the_days_count_from_when_it_came_into_the_chart(lists: Lists) -> None:
    """Not from when it was given."""
    put(lists.folder, "273", record(device=DESK))
    at(lists, 5)
    lists.mark(lists.open(TODAY, "273"), Action.IN_CHART)
    assert due_on(lists, 11) == []
    assert due_on(lists, 12) == ["273"]


def test_a_yes_removes_them_wholly_and_nothing_else(lists: Lists) -> None:
    """Versions, states, the list; each is in the log."""
    morning(lists)
    at(lists, 7)
    shown = list(due(lists.folder, CONTENT, LIMITS, [TODAY]))
    gone = list(remove_due(shown, lists.folder, CONTENT, LIMITS, lists.log, lists.who))
    assert [is_gone for _, is_gone in gone] == [True] * 3
    place = lists.folder.path / "2026-11-25"
    left = {each.name.partition(".")[0] for each in place.iterdir() if each.suffix not in {".log", ".number"}}
    assert left == {"290", "312", "328", "336"}
    removed = [each.number for each in entries(lists.folder, lists.folder.now().date())]
    assert sorted(removed) == ["2026-11-25/273", "2026-11-25/281", "2026-11-25/304"]


def test_what_changed_since_it_was_shown_stays(lists: Lists) -> None:
    """Somebody took it out of the chart, claimed it, or removed it meanwhile."""
    morning(lists)
    at(lists, 7)
    shown = list(due(lists.folder, CONTENT, LIMITS, [TODAY]))
    lists.link(lists.open(TODAY, "273"), "A-1", None)
    lists.mark(lists.open(TODAY, "281"), Action.OUT_OF_CHART)
    lists.remove(lists.open(TODAY, "304"))
    gone = list(remove_due(shown, lists.folder, CONTENT, LIMITS, lists.log, lists.who))
    assert [is_gone for _, is_gone in gone] == [False] * 3
    assert lists.open(TODAY, "273").record.answers
    assert lists.open(TODAY, "281").record.answers


def test_tidying_takes_what_killed_programs_left(lists: Lists) -> None:
    """Old temporary files with answers in them, and what belongs to no list; nothing else."""
    morning(lists)
    files = lists.look(TODAY, "281").files
    (files.place / ".fibrocheck-01.tmp").write_text("answers")
    (files.place / ".fibrocheck-02.tmp").mkdir()
    (files.place / ".fibrocheck-02.tmp" / "record").write_text("answers")
    files.drop("281.json")
    before = set(files.names())
    tidy(lists.folder)
    assert set(files.names()) == {name for name in before if not name.startswith("281.")}
    tidy(lists.folder, lambda: time.time() + 2 * 3600)
    assert not any(name.startswith(".") for name in files.names())
    assert {"273.json", "328.json", "304.1.version"} <= set(files.names())


def test_a_day_goes_when_its_numbers_may_be_used_again(lists: Lists) -> None:
    """If nothing is left in it; a day with a log or with something else stays."""
    empty, kept = (put(lists.folder, "273", b"{}", days_ago=ago) for ago in (20, 21))
    for files in (empty, kept):
        os.mkdir(files.place / "273.number")
        files.drop("273.json")
    kept.put("front-abcdef.log", b"")
    tidy(lists.folder)
    assert not empty.place.exists()
    assert sorted(kept.names()) == ["273.number", "front-abcdef.log"]
    young = put(lists.folder, "273", b"{}", days_ago=13)
    os.mkdir(young.place / "273.number")
    young.drop("273.json")
    tidy(lists.folder)
    assert young.names() == ["273.number"]


def test_an_event_whose_day_cannot_be_read_counts_from_the_day_of_the_list(lists: Lists) -> None:
    """A damaged time never makes a list go earlier than its own day says, nor stay for ever."""
    files = put(lists.folder, "273", record(device=DESK))
    states.note(files, "273", states.Event(states.IN_CHART, "soon"))
    assert due_on(lists, 6) == []
    assert due_on(lists, 7) == ["273"]


def test_a_receipt_goes_with_its_list_and_a_lock_with_its_day(lists: Lists) -> None:
    """A lock that somebody may hold is never removed while the day has lists."""
    files, old = put(lists.folder, "273", record(device=DESK)), put(lists.folder, "281", b"{}", days_ago=20)
    for each, number in ((files, "273"), (files, "290"), (old, "281")):
        each.put(f"{number}.json{RECEIPT}", b"[]")
        each.put(SENDERS_LOCK, b"")
    old.drop("281.json")
    tidy(lists.folder, lambda: time.time() + 7200)
    assert sorted(files.names()) == sorted(["273.json", f"273.json{RECEIPT}", SENDERS_LOCK])
    assert not old.place.exists()
    lists.remove(lists.open(TODAY, "273"))
    assert [each for each in files.names() if not each.endswith((".log", ".number"))] == [SENDERS_LOCK]


def test_the_number_of_a_list_that_was_put_there_by_hand_is_not_given_again_when_it_is_removed(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As that of a list that was given: somebody may still have it in mind."""
    put(lists.folder, "278", record())
    lists.remove(lists.open(TODAY, "278"))
    monkeypatch.setattr(claims, "numbers_at_random", lambda _length: ["278", "281"])
    assert lists.folder.give(b"{}", uuid4()).number == "281"


def test_what_is_still_in_a_chart_by_mistake_is_not_removed_by_age(lists: Lists) -> None:
    """It would take the receipt along, by which it is withdrawn."""
    put(lists.folder, "273", record(device=DESK))
    sent = lists.sent(lists.open(TODAY, "273"), lambda: None)
    wrong = lists.correct(sent, {}, WRONG_PATIENT)
    assert due_on(lists, 8) == []
    lists.withdrawn(wrong, lambda: None)
    assert due_on(lists, 8) == ["273"]
