"""Keeping calls: half done, resumed, confirmed; and what happens when that cannot be written."""

import errno
import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest

from fibrocheck.copies.code.codes import read_code
from fibrocheck.copies.code.identity import identifier_of
from fibrocheck.copies.folder.access import FolderError
from fibrocheck.copies.formats import CHART
from fibrocheck.desk import versions
from fibrocheck.desk.caller import Caller
from fibrocheck.desk.finding import by_code
from fibrocheck.desk.in_tray import InTray, Step
from fibrocheck.desk.keeping import Call, Kept, call_of, call_record, keep_call
from fibrocheck.desk.lists import Lists, OpenList
from fibrocheck.desk.log import entries
from fibrocheck.records.record import (
    COMPLETED,
    DESK,
    IN_PROGRESS,
    RELATED_PERSON,
    TYPED_WRONG,
    RecordError,
)
from tests.copies.folder.killed import NOON
from tests.copies.test_files import failing, mounted
from tests.desk.lists import CONTENT, TODAY
from tests.desk.test_lists import desk
from tests.records.samples import ANSWERS

DAY = date(2026, 12, 3)
CALL = Call("es", "B-204", DAY, RELATED_PERSON)
HALF = {"sleep": "no"}


@pytest.fixture
def lists(tmp_path: Path) -> Lists:
    """A desk without lists."""
    return desk(tmp_path / "records", "MR")


def files(lists: Lists) -> dict[str, bytes]:
    """Return every file that is not the log, by name."""
    found = (each for each in lists.folder.path.rglob("*") if each.is_file() and each.suffix != ".log")
    return {each.name: each.read_bytes() for each in found}


def half(lists: Lists) -> Kept:
    """Put a call aside."""
    return keep_call(lists, HALF, CALL, is_finished=False)


def test_a_call_is_kept_as_a_list_of_the_desk(lists: Lists) -> None:
    """With its appointment, its date, who answered, and its code."""
    kept = keep_call(lists, ANSWERS, CALL, is_finished=True)
    record = kept.shown.record
    assert (record.answers, record.language, record.authored, record.status) == (
        ANSWERS,
        "es",
        NOON,
        COMPLETED,
    )
    assert (record.reference, record.appointment_date) == ("B-204", DAY)
    assert (record.device, record.source) == (DESK, RELATED_PERSON)
    assert identifier_of(kept.code) == record.identifier
    assert kept.shown == lists.look(TODAY, kept.shown.number)
    assert kept.shown.is_linked
    assert kept.shown.state.linked is not None
    assert kept.shown.state.linked.by == "MR"
    assert [each.number for each in entries(lists.folder, TODAY)] == ["", kept.shown.name]


def test_who_answered_stands_there_only_if_it_was_asked(lists: Lists) -> None:
    """And an appointment only if there is one."""
    kept = keep_call(lists, ANSWERS, Call("en"), is_finished=True)
    value = json.loads(kept.shown.data)
    assert "source" not in value
    assert "encounter" not in value
    assert kept.shown == lists.look(TODAY, kept.shown.number)


def test_a_call_that_was_put_aside_is_not_finished(lists: Lists) -> None:
    """It has a number and no code, and says so wherever it is shown."""
    kept = half(lists)
    assert (kept.shown.record.status, kept.code) == (IN_PROGRESS, "")
    (row,) = InTray(lists.folder, CONTENT).rows(TODAY)
    assert row.steps == (Step.FINISH,)
    assert CONTENT.words.not_finished["en"] in str(CHART.render(lists.copy(kept.shown)))


def test_a_call_goes_on_where_it_was_and_keeps_its_number(lists: Lists) -> None:
    """Put aside again, then confirmed: one list, with a code of what was confirmed, and nothing of before."""
    kept = half(lists).shown
    caller = Caller(CONTENT, lists.open(TODAY, kept.number).record.answers)
    assert caller.answers == HALF
    more = keep_call(lists, {**HALF, "headaches": "no"}, call_of(kept), is_finished=False, before=kept).shown
    done = keep_call(lists, ANSWERS, call_of(more), is_finished=True, before=more)
    assert (done.shown.number, done.shown.record.status) == (kept.number, COMPLETED)
    assert done.shown == lists.look(TODAY, kept.number)
    assert lists.earlier(done.shown) == ()
    assert [name for name in files(lists) if name.endswith(".json")] == [f"{kept.number}.json"]
    assert not any(b'"headaches"' in data and b"in-progress" in data for data in files(lists).values())
    found = by_code(read_code(done.code, CONTENT, TODAY), lists.folder, CONTENT)
    assert [each.number for each in found.rows] == [kept.number]
    claims = [each.name for each in lists.folder.path.rglob("*.identifier")]
    assert claims == [f"{done.shown.record.identifier}.identifier"]


def test_an_unfinished_call_is_kept_again_without_a_new_identifier(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making one takes a moment, and a page may keep the call after every answer."""
    kept = half(lists).shown
    monkeypatch.setattr("fibrocheck.desk.keeping.identifier_of", failing(AssertionError()))
    more = keep_call(lists, {}, CALL, is_finished=False, before=kept).shown
    assert more.record.identifier == kept.record.identifier


def test_a_call_may_be_finished_on_another_day(tmp_path: Path) -> None:
    """It stays under the day and the number that it has; its time is that of the confirmation."""
    lists = desk(tmp_path / "records", "MR")
    kept = half(lists).shown
    lists.folder._now = lambda: NOON + timedelta(days=1)
    done = keep_call(lists, ANSWERS, CALL, is_finished=True, before=kept).shown
    assert (done.day, done.record.authored) == (TODAY, NOON + timedelta(days=1))


def test_another_appointment_is_noted_when_a_call_goes_on(lists: Lists) -> None:
    """And the record agrees."""
    kept = half(lists).shown
    done = keep_call(lists, ANSWERS, Call("es", "C-1"), is_finished=True, before=kept).shown
    assert (done.record.reference, done.record.appointment_date) == ("C-1", None)
    assert lists.open(TODAY, kept.number).record == done.record


def test_two_desks_that_go_on_with_one_call(lists: Lists) -> None:
    """The second is told, with both; its answers are still its own to keep elsewhere."""
    kept = half(lists).shown
    other = desk(lists.folder.path, "KB")
    theirs = other.open(TODAY, kept.number)
    keep_call(lists, ANSWERS, CALL, is_finished=True, before=kept)
    before = files(lists)
    with pytest.raises(versions.Newer) as refusal:
        keep_call(other, {}, CALL._replace(appointment="C-1"), is_finished=True, before=theirs)
    assert other.compare(refusal.value) is not None
    assert files(lists) == before
    assert len([*lists.folder.path.rglob("*.identifier")]) == 1


@pytest.mark.parametrize("number", ["x" * 101, "A\x1b17", " A-17"])
def test_an_appointment_that_cannot_be_printed_keeps_nothing(lists: Lists, number: str) -> None:
    """The page asks for it again."""
    with pytest.raises(RecordError):
        keep_call(lists, ANSWERS, CALL._replace(appointment=number), is_finished=True)
    assert files(lists) == {}


@pytest.mark.parametrize("step", ["open", "mkdir", "fsync", "replace"])
@pytest.mark.parametrize("is_new", [True, False])
def test_a_full_disk_is_told_and_the_call_can_be_kept_later(
    lists: Lists, monkeypatch: pytest.MonkeyPatch, step: str, *, is_new: bool
) -> None:
    """Nothing of it is written, and the half that was kept stays."""
    before = None if is_new else half(lists).shown
    kept = files(lists)
    with monkeypatch.context() as broken:
        for owner in (os, Path) if step in {"mkdir", "replace"} else (os,):
            broken.setattr(owner, step, failing(OSError(errno.ENOSPC, "")))
        with pytest.raises(FolderError, match="the disk is full"):
            keep_call(lists, ANSWERS, CALL, is_finished=True, before=before)
    assert files(lists) == kept
    assert keep_call(lists, ANSWERS, CALL, is_finished=True, before=before).shown.record.answers == ANSWERS
    assert len([name for name in files(lists) if name.endswith(".json")]) == 1


def test_a_list_that_is_safe_is_never_called_unsaved(lists: Lists, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full just after it: only the history lacks a line."""
    real = lists.folder.give

    def give(*arguments: object, **more: object) -> object:
        found = real(*arguments, **more)  # type: ignore[arg-type] # as they come
        monkeypatch.setattr(os, "open", failing(OSError(errno.ENOSPC, "")))
        return found

    monkeypatch.setattr(lists.folder, "give", give)
    kept = keep_call(lists, ANSWERS, CALL, is_finished=True)
    monkeypatch.undo()
    assert lists.look(TODAY, kept.shown.number).record == kept.shown.record


def test_without_a_folder_there_is_a_record_and_a_code() -> None:
    """For print, chart text and saving."""
    record, code = call_record(ANSWERS, CALL, CONTENT, NOON)
    assert identifier_of(code) == record.identifier
    assert (record.answers, record.device, record.status) == (ANSWERS, DESK, COMPLETED)
    assert read_code(code, CONTENT, TODAY).answers == ANSWERS


def test_a_real_disk_that_fills_up(tmp_path: Path) -> None:
    """Calls are kept until it is full; then it is said, and all that was kept is whole and can be read."""
    with mounted(tmp_path / "disk", "size=400k,mode=700") as disk:
        lists, kept = desk(disk, "MR"), list[OpenList]()
        with pytest.raises(FolderError, match="the disk is full"):
            kept.extend(keep_call(lists, ANSWERS, CALL, is_finished=True).shown for _ in range(100))
        assert kept
        tray = InTray(lists.folder, CONTENT)
        rows = [tray.checked(row) for row in tray.rows(TODAY)]
        assert sorted(each.number for each in rows) == sorted(each.number for each in kept)
        assert not any(each.problem for each in rows)
        with pytest.raises(FolderError, match="the disk is full"):
            lists.correct(kept[0], HALF, TYPED_WRONG)
        assert lists.look(TODAY, kept[0].number).record.answers == ANSWERS
        assert not any(name.startswith(".") for name in kept[0].files.names())
