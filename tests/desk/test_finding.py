"""Finding lists: by the number of the shown day, by an appointment back day by day, by a code."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.copies.code.codes import make_code, read_code
from fibrocheck.copies.code.identity import identifier_of
from fibrocheck.copies.code.spelling import grouped
from fibrocheck.copies.folder.numbers import is_number, numbers_at_random
from fibrocheck.desk.finding import (
    DAYS_BACK,
    ByNumber,
    Meaning,
    NumberFound,
    by_appointment,
    by_code,
    by_number,
    meaning,
)
from fibrocheck.desk.in_tray import InTray, Row
from fibrocheck.desk.keeping import keep_code
from fibrocheck.desk.lists import Lists
from fibrocheck.records.record import DESK, TYPED_WRONG
from tests.desk.lists import CONTENT, TODAY, put, record, written
from tests.desk.test_lists import desk
from tests.records.samples import ANSWERS

NUMBER, OTHER, *_ = numbers_at_random(3)
CODE = make_code(CONTENT, ANSWERS, "es", TODAY, 700)


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    """A desk without lists."""
    return desk(tmp_path / "records", "MR")


def looked_for(lists: Lists, text: str, day: date = TODAY) -> ByNumber:
    """Look for a number."""
    return by_number(text, day, InTray(lists.folder, CONTENT), lists.folder)


def test_a_number_means_the_shown_day(lists: Lists) -> None:
    """The same number of another week is another person's."""
    put(lists.folder, NUMBER, record())
    put(lists.folder, NUMBER, record(), days_ago=20)
    found = looked_for(lists, f" {NUMBER} ")
    assert (found.found, found.row and found.row.day) == (NumberFound.HERE, TODAY)
    found = looked_for(lists, NUMBER, TODAY - timedelta(days=20))
    assert found.row is not None
    assert found.row.day == TODAY - timedelta(days=20)


def test_yesterdays_number_is_found_on_its_day(lists: Lists) -> None:
    """It is not opened by itself."""
    put(lists.folder, NUMBER, record(), days_ago=1)
    found = looked_for(lists, NUMBER)
    assert (found.found, found.row, found.days) == (NumberFound.OTHER_DAY, None, (TODAY - timedelta(days=1),))
    assert looked_for(lists, OTHER).found is NumberFound.NONE


def test_every_misheard_digit_is_noticed(lists: Lists) -> None:
    """Each one of the number replaced by each other one."""
    put(lists.folder, NUMBER, record())
    for place in range(3):
        for digit in "0123456789":
            wrong = NUMBER[:place] + digit + NUMBER[place + 1 :]
            expected = NumberFound.HERE if wrong == NUMBER else NumberFound.MISHEARD
            assert looked_for(lists, wrong).found is expected


def test_an_appointment_is_looked_for_back_from_today(lists: Lists) -> None:
    """Day by day, and no further than somebody waits for it."""
    put(lists.folder, "273", record(device=DESK, reference="A-17"), days_ago=3)
    put(lists.folder, "281", record(device=DESK, reference="a-17"))
    put(lists.folder, "290", record(device=DESK, reference="A-170"))
    put(lists.folder, "304", record())
    lists.link(lists.open(TODAY, "304"), "A-17", None)
    search = by_appointment(" a-17", lists.folder, CONTENT)
    first = next(search)
    assert first.day == TODAY
    assert sorted(each.number for each in first.rows) == ["281", "304"]
    rest = list(search)
    assert [each.day for each in rest] == [TODAY - timedelta(days=day) for day in range(1, DAYS_BACK + 1)]
    assert [each.number for found in rest for each in found.rows] == ["273"]


def test_a_day_is_read_only_when_it_is_asked_for(lists: Lists, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any key stops the search."""
    read: list[date] = []
    real = InTray.rows

    def rows(tray: InTray, day: date) -> tuple[Row, ...]:
        read.append(day)
        return real(tray, day)

    monkeypatch.setattr(InTray, "rows", rows)
    search = by_appointment("A-17", lists.folder, CONTENT)
    for days in range(1, 4):
        next(search)
        assert len(read) == days
    search.close()
    assert len(read) == 3


def test_an_undone_link_is_no_longer_found(lists: Lists) -> None:
    """Nor the appointment that a closed list names by itself."""
    put(lists.folder, "273", record(reference="A-17"))
    assert next(by_appointment("A-17", lists.folder, CONTENT)).rows == ()
    shown = lists.link(lists.open(TODAY, "273"), "A-17", None)
    assert len(next(by_appointment("A-17", lists.folder, CONTENT)).rows) == 1
    lists.unlink(shown)
    assert next(by_appointment("A-17", lists.folder, CONTENT)).rows == ()


def test_an_appointment_that_has_a_list_already_is_known(lists: Lists) -> None:
    """On the same date, or if one of the dates is not known; also if the list is days old."""
    day = date(2026, 12, 3)
    put(lists.folder, "273", record(), days_ago=8)
    lists.link(lists.open(TODAY - timedelta(days=8), "273"), "A-17", day)
    for asked, is_known in ((day, True), (None, True), (TODAY, False)):
        found = by_appointment("a-17", lists.folder, CONTENT, on=asked)
        assert any(each.rows for each in found) is is_known
    assert list(by_appointment(" ", lists.folder, CONTENT)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Meaning.NOTHING),
        ("\x1b", Meaning.NOTHING),
        ("273", Meaning.NUMBER | Meaning.APPOINTMENT),
        ("271", Meaning.NUMBER | Meaning.APPOINTMENT),
        ("A-17", Meaning.APPOINTMENT),
        ("27", Meaning.APPOINTMENT),
        ("x" * 101, Meaning.NOTHING),
        (grouped(CODE).lower(), Meaning.CODE),
        (CODE[:-1], Meaning.APPOINTMENT),
    ],
)
def test_what_a_text_can_mean(text: str, expected: Meaning) -> None:
    """A number that is an appointment too is looked for as both."""
    assert meaning(text, CONTENT, TODAY) == expected


@given(st.text(max_size=110))
def test_whatever_is_typed_has_a_meaning(text: str) -> None:
    """Never an error; every number that was given is one."""
    assert (Meaning.NUMBER in meaning(text, CONTENT, TODAY)) or not is_number(text.strip())


def test_a_code_finds_the_list_with_its_identifier_also_after_it_was_corrected(lists: Lists) -> None:
    """And says so."""
    made = record(language="es", identifier=identifier_of(CODE))
    given = lists.folder.give(written(made), made.identifier)
    put(lists.folder, "273", record())
    code = read_code(CODE, CONTENT, TODAY)
    found = by_code(code, lists.folder, CONTENT)
    assert [each.number for each in found.rows] == [given.number]
    assert not found.is_corrected
    shown = lists.link(lists.open(given.day, given.number), "A-17", None)
    lists.correct(shown, {"sleep": "no"}, TYPED_WRONG)
    found = by_code(code, lists.folder, CONTENT)
    assert found.is_corrected
    assert lists.open(found.rows[0].day, found.rows[0].number).record.answers == {"sleep": "no"}


def test_a_code_without_a_list_is_opened_itself_and_can_be_kept(lists: Lists) -> None:
    """Under an appointment, on whatever day; then it finds that list."""
    code = read_code(make_code(CONTENT, ANSWERS, "es", TODAY - timedelta(days=30), 5), CONTENT, TODAY)
    found = by_code(code, lists.folder, CONTENT)
    assert found.rows == ()
    assert found.in_code.record.answers == ANSWERS
    assert by_code(code, None, CONTENT).in_code.record == found.in_code.record
    kept = keep_code(lists, found, "A-17", date(2026, 12, 3))
    assert (kept.record.answers, kept.record.language) == (ANSWERS, "es")
    assert (kept.record.reference, kept.record.appointment_date) == ("A-17", date(2026, 12, 3))
    assert (kept.day, kept.record.authored) == (TODAY, TODAY - timedelta(days=30))
    again = by_code(code, lists.folder, CONTENT)
    assert [each.number for each in again.rows] == [kept.number]
    with pytest.raises(ValueError, match="has a list of this code"):
        keep_code(lists, again, "A-17", None)


def test_a_removed_list_is_not_found_and_its_code_can_be_kept_anew(lists: Lists) -> None:
    """The person still has the code."""
    code = read_code(CODE, CONTENT, TODAY)
    kept = keep_code(lists, by_code(code, lists.folder, CONTENT), "", None)
    lists.remove(kept)
    found = by_code(code, lists.folder, CONTENT)
    assert found.rows == ()
    assert keep_code(lists, found, "", None).record.answers == ANSWERS


def test_two_lists_with_one_identifier_are_both_shown(lists: Lists) -> None:
    """Staff choose."""
    made = record(identifier=identifier_of(CODE))
    for number in ("273", "281"):
        put(lists.folder, number, made)
    assert len(by_code(read_code(CODE, CONTENT, TODAY), lists.folder, CONTENT).rows) == 2
