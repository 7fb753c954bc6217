"""The in-tray of a day: every file is a row, with what is to do next or why it cannot be opened."""

import json
import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from fibrocheck.copies.folder.access import FolderError
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk import states
from fibrocheck.desk.day_files import DayFiles
from fibrocheck.desk.glance import Problem, Wording
from fibrocheck.desk.in_tray import Group, InTray, Row, Step, arrived
from fibrocheck.records.record import AMENDED, DESK, ENTERED_IN_ERROR, IN_PROGRESS
from tests.copies.folder.killed import NOON
from tests.desk.lists import CONTENT, TODAY, folder_in, put, record, written

WHO = states.Who("MR", "front")
MANY, DAYS = 1000, 20


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder at noon, with nothing in it."""
    return folder_in(tmp_path / "records")


def done(day: DayFiles, number: str, *actions: str, **more: str) -> None:
    """Do these things with a list."""
    for action in actions:
        states.note(day, number, states.event(action, WHO, NOON, **more))


def only(folder: Folder, day_ago: int = 0) -> Row:
    """Return the only row of a day."""
    (row,) = InTray(folder, CONTENT).rows(TODAY - timedelta(days=day_ago))
    return row


def test_a_row_says_what_a_list_is(folder: Folder) -> None:
    """Number, time, language, where it is from."""
    put(folder, "273", record(language="es"))
    row = only(folder)
    assert (row.number, row.language, row.time, row.is_caller) == ("273", "es", NOON, False)
    assert (row.appointment, row.problem, row.group) == ("", None, Group.TO_DO)


@pytest.mark.parametrize(
    ("actions", "steps", "group"),
    [
        ((), (Step.LINK,), Group.TO_DO),
        ((states.LINKED,), (Step.PRINT, Step.CHART), Group.TO_DO),
        ((states.LINKED, states.UNLINKED), (Step.LINK,), Group.TO_DO),
        ((states.LINKED, states.PRINTED), (Step.CHART,), Group.TO_DO),
        ((states.LINKED, states.PRINTED, states.CORRECTED), (Step.PRINT, Step.CHART), Group.TO_DO),
        ((states.LINKED, states.PRINTED, states.IN_CHART), (), Group.DONE),
        ((states.LINKED, states.IN_CHART), (), Group.DONE),
        ((states.LINKED, states.IN_CHART, states.CORRECTED), (Step.PRINT, Step.CHART), Group.TO_DO),
        ((states.LINKED, states.IN_CHART, states.OUT_OF_CHART), (Step.PRINT, Step.CHART), Group.TO_DO),
    ],
)
def test_what_is_to_do_next(
    folder: Folder, actions: tuple[str, ...], steps: tuple[Step, ...], group: Group
) -> None:
    """With a kiosk's list, in the order of the day."""
    done(put(folder, "273", record()), "273", *actions)
    assert (only(folder).steps, only(folder).group) == (steps, group)


def test_a_callers_list_is_linked_from_the_start(folder: Folder) -> None:
    """Staff know who it was; unless that was undone."""
    day = put(folder, "273", record(device=DESK, reference="B-204"))
    assert (only(folder).steps, only(folder).appointment) == ((Step.PRINT, Step.CHART), "B-204")
    done(day, "273", states.UNLINKED)
    assert only(folder).steps == (Step.LINK,)
    done(day, "273", states.LINKED, appointment="B-205")
    assert only(folder).appointment == "B-205"


@pytest.mark.parametrize(
    ("status", "steps", "group"),
    [
        (IN_PROGRESS, (Step.FINISH,), Group.TO_DO),
        (AMENDED, (Step.PRINT, Step.CHART), Group.TO_DO),
        (ENTERED_IN_ERROR, (), Group.DONE),
    ],
)
def test_the_status_of_a_record_decides_too(
    folder: Folder, status: str, steps: tuple[Step, ...], group: Group
) -> None:
    """Of a caller's list."""
    put(folder, "273", record(device=DESK, status=status))
    assert (only(folder).steps, only(folder).group) == (steps, group)


def test_a_wrong_patients_list_is_to_do_until_it_is_out_of_the_chart(folder: Folder) -> None:
    """However it came there, and whatever is done with it meanwhile."""
    day = put(folder, "273", record(device=DESK, status=ENTERED_IN_ERROR))
    done(day, "273", states.IN_CHART)
    done(day, "273", states.CORRECTED)
    assert (only(folder).steps, only(folder).group) == ((Step.WITHDRAW,), Group.TO_DO)
    done(day, "273", states.UNLINKED)
    assert only(folder).group is Group.TO_DO
    done(day, "273", states.OUT_OF_CHART)
    assert (only(folder).steps, only(folder).group) == ((), Group.DONE)


def test_a_list_that_nobody_asked_for_is_unclaimed_the_next_day(folder: Folder) -> None:
    """It is found day by day; one that was linked is not."""
    put(folder, "273", record(), days_ago=1)
    put(folder, "281", record(), days_ago=3)
    done(put(folder, "290", record(), days_ago=3), "290", states.LINKED)
    put(folder, "304", record())
    assert only(folder, day_ago=1).group is Group.UNCLAIMED
    tray = InTray(folder, CONTENT)
    found = {day: [each.number for each in rows] for day, rows in tray.unclaimed(tray.days())}
    assert list(found.values()) == [[], ["273"], ["281"]]


WHOLE = written(record())


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", Problem.HALF_WRITTEN),
        (WHOLE[:-200], Problem.HALF_WRITTEN),
        (WHOLE[:100], Problem.HALF_WRITTEN),
        (WHOLE[: WHOLE.index(b"urn:uuid")], Problem.HALF_WRITTEN),
        (b"\0" * 500, Problem.DAMAGED),
        (b"%PDF-1.7", Problem.DAMAGED),
        (b"\xff\xfe", Problem.DAMAGED),
        (b"[" * 100_000, Problem.DAMAGED),
        (b"[1]", Problem.FOREIGN),
        (b"{}", Problem.FOREIGN),
        (b'{"resourceType": "Patient"}', Problem.FOREIGN),
        (WHOLE.replace(b"urn:uuid", b"https://clinic.test/other|1#urn:uuid"), Problem.FOREIGN),
        (WHOLE.replace(b'"authored": "2026', b'"authored": "20x6'), Problem.DAMAGED),
        (WHOLE.replace(b'"completed"', b'"stopped"'), Problem.DAMAGED),
        (WHOLE.replace(b'"completed"', b'"sent"').replace(b"|2026.11.0", b"|2027.1.0"), Problem.NEWER),
    ],
)
def test_a_file_that_is_no_list_is_shown_with_the_reason(
    folder: Folder, data: bytes, problem: Problem
) -> None:
    """It is in the list of what is to do, stays in the folder, and does not disturb the others."""
    put(folder, "281", record(minute=1))
    day = put(folder, "273", data)
    good, bad = InTray(folder, CONTENT).rows(TODAY)
    assert (good.number, good.problem) == ("281", None)
    assert (bad.number, bad.problem, bad.group, bad.steps) == ("273", problem, Group.TO_DO, ())
    assert bad.seen.why.isprintable()
    assert day.read("273.json") == data


def test_other_things_under_a_lists_name_are_shown_too(folder: Folder) -> None:
    """A folder, a link that leads nowhere, a name that is no number."""
    day = put(folder, "copy of 273", record())
    (day.place / "281.json").mkdir()
    (day.place / "290.json").symlink_to("nowhere")
    (day.place / "notes.txt").write_text("no list")
    found = {each.number: each.problem for each in InTray(folder, CONTENT).rows(TODAY)}
    assert found == {"copy of 273": None, "281": Problem.UNREADABLE}
    # A link that leads nowhere is as good as gone.


def test_damage_that_only_a_whole_reading_finds_is_found_when_it_is_shown(folder: Folder) -> None:
    """And remembered until the file changes."""
    value = json.loads(WHOLE)
    value["item"].append(value["item"][0])
    put(folder, "273", json.dumps(value).encode())
    tray = InTray(folder, CONTENT)
    (row,) = tray.rows(TODAY)
    assert row.problem is None
    assert tray.checked(row).problem is Problem.DAMAGED
    (again,) = tray.rows(TODAY)
    assert again.problem is Problem.DAMAGED
    assert tray.checked(again) == again
    put(folder, "273", WHOLE)
    (mended,) = tray.rows(TODAY)
    assert tray.checked(mended) is mended


@pytest.mark.parametrize(
    ("version", "wording"),
    [("2025.1.0", Wording.OTHER), ("2027.1.0", Wording.NEWER), ("draft", Wording.OTHER)],
)
def test_a_list_of_another_version_can_be_opened_and_says_so(
    folder: Folder, version: str, wording: Wording
) -> None:
    """With its own words."""
    put(folder, "273", WHOLE.replace(f"|{CONTENT.version}".encode(), f"|{version}".encode()))
    tray = InTray(folder, CONTENT)
    (row,) = tray.rows(TODAY)
    assert (row.seen.wording, tray.checked(row).problem) == (wording, None)


def test_the_newest_list_comes_first_and_those_put_aside_last(folder: Folder) -> None:
    """In the order of their times, not of their numbers or files."""
    for number, minute in (("273", 1), ("281", 3), ("290", 2)):
        put(folder, number, record(minute=minute))
    tray = InTray(folder, CONTENT)
    assert [each.number for each in tray.rows(TODAY)] == ["281", "290", "273"]
    before = tray.rows(TODAY)
    assert arrived((), before) == before
    assert arrived(before, tray.rows(TODAY)) == ()
    done(DayFiles(folder, TODAY), "281", states.PUT_ASIDE)
    assert [each.number for each in tray.rows(TODAY)] == ["290", "273", "281"]


def test_a_folder_that_is_gone_is_an_error_and_a_day_without_lists_is_not(folder: Folder) -> None:
    """A share that is not mounted must not look like an empty day."""
    tray = InTray(folder, CONTENT)
    assert tray.rows(TODAY) == ()
    folder.path.rmdir()
    with pytest.raises(FolderError, match="does not exist"):
        tray.rows(TODAY)
    with pytest.raises(FolderError, match="does not exist"):
        tray.days()


def test_only_the_day_that_is_shown_is_read_and_only_what_changed_is_read_again(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1,000 lists today and 20,000 in the folder: as many files are opened as the day has, then one."""
    data = written(record())
    for days_ago in range(DAYS + 1):
        day = put(folder, "100", data, days_ago)
        source = day.place / "100.json"
        for number in range(101, 100 + MANY if days_ago == 0 else 120):
            os.link(source, day.place / f"{number}.json")
    tray, opened = InTray(folder, CONTENT), list[str]()
    real = DayFiles.read

    def read(day: DayFiles, name: str) -> bytes:
        opened.append(f"{day.day}/{name}")
        return real(day, name)

    monkeypatch.setattr(DayFiles, "read", read)
    started = time.process_time()
    assert len(tray.rows(TODAY)) == MANY
    assert time.process_time() - started < 1
    assert len(opened) == MANY
    assert all(each.startswith(f"{TODAY}/") for each in opened)
    opened.clear()
    put(folder, "500", record())
    assert len(tray.rows(TODAY)) == MANY
    assert opened == [f"{TODAY}/500.json"]
