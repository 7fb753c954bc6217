"""The log of a day: a line for each action of every desk, whatever happens in between, and no answer."""

import errno
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from fibrocheck.copies.folder.access import FolderError
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.day_files import DayFiles
from fibrocheck.desk.log import Action, Log, as_text, entries
from fibrocheck.desk.states import Who
from tests.copies.folder.killed import NOON
from tests.copies.test_files import failing
from tests.desk.lists import TODAY, folder_in
from tests.desk.logging_desk import LINES

WHO = Who("MR", "front")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A folder at noon, with nothing in it."""
    return folder_in(tmp_path / "records")


def test_a_line_says_when_who_where_which_list_and_what(folder: Folder) -> None:
    """And if it could not be done."""
    log = Log(folder, "front.clinic")
    with log.doing(Action.PRINTED, WHO, "2026-11-24/273"):
        pass
    with pytest.raises(ZeroDivisionError), log.doing(Action.REMOVED, WHO, "2026-11-25/281"):
        raise ZeroDivisionError
    assert as_text(entries(folder, TODAY)) == (
        "2026-11-25T12:00:00+00:00\tMR\tfront\t2026-11-24/273\tprinted\n"
        "2026-11-25T12:00:00+00:00\tMR\tfront\t2026-11-25/281\tremoved\n"
        "2026-11-25T12:00:00+00:00\tMR\tfront\t2026-11-25/281\tnot removed\n"
    )


def test_the_line_is_there_before_the_thing_is_done(folder: Folder) -> None:
    """So that none is missing if the program is killed."""
    with Log(folder, "front").doing(Action.IN_CHART, WHO):
        assert [each.action for each in entries(folder, TODAY)] == ["marked in chart"]


def test_desks_have_files_of_their_own_and_are_put_together_by_time(tmp_path: Path) -> None:
    """Also two on one computer, and with clocks in different zones."""
    for minute, computer in ((3, "front"), (1, "back"), (2, "front")):
        folder = folder_in(tmp_path / "records", NOON + timedelta(minutes=minute))
        Log(folder, computer).write(Action.STARTED, Who("MR", computer), str(minute))
    found = entries(folder, TODAY)
    assert [each.number for each in found] == ["1", "2", "3"]
    assert len([name for name in DayFiles(folder, TODAY).names() if name.endswith(".log")]) == 3


def test_each_day_has_its_own(tmp_path: Path) -> None:
    """The day on which something was done, not that of the list."""
    before, after = (folder_in(tmp_path / "records", NOON + timedelta(hours=hour)) for hour in (11, 13))
    for folder in (before, after):
        Log(folder, "front").write(Action.OPENED, WHO, "2026-11-25/273")
    assert len(entries(before, TODAY)) == len(entries(before, TODAY + timedelta(days=1))) == 1
    assert entries(before, TODAY - timedelta(days=1)) == []


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.ESTALE])
@pytest.mark.parametrize("step", ["open", "write", "fsync"])
def test_what_cannot_be_logged_is_refused_before_it_is_done(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    """Nothing happens that is not in the log; no half line is left."""
    log, did = Log(folder, "front"), []
    log.write(Action.STARTED, WHO)
    with monkeypatch.context() as broken:
        broken.setattr(os, step, failing(OSError(number, "")))
        with pytest.raises(FolderError), log.doing(Action.REMOVED, WHO):
            did.append("removed")
    assert did == []
    log.write(Action.ENDED, WHO)
    assert [each.action for each in entries(folder, TODAY)][:: 2 if step == "fsync" else 1] == [
        "started",
        "ended",
    ]


def test_damaged_lines_are_left_out_and_nothing_breaks_a_page(folder: Folder) -> None:
    """Whoever wrote them."""
    Log(folder, "front").write(Action.OPENED, Who("\x1b[2J", "\u202e"), "\n" * 300)
    day = DayFiles(folder, TODAY)
    day.put(
        "x-abcdef.log", b'["2026-11-25T12:00:00+00:00", "MR"\n\xff\n{}\n["1","2","3","4",5]\n["","","",""'
    )
    day.put("notes.log", b'["2026","MR","front","273","opened"]\n')
    (found,) = entries(folder, TODAY)
    assert all(each.isprintable() for each in found[:5])
    assert as_text([found]).count("\n") == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_the_log_is_as_private_as_the_lists(folder: Folder) -> None:
    """Whatever the umask."""
    before = os.umask(0)
    try:
        Log(folder, "front").write(Action.STARTED, WHO)
    finally:
        os.umask(before)
    (name,) = DayFiles(folder, TODAY).names()
    assert (DayFiles(folder, TODAY).place / name).stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_several_desks_write_at_once_and_are_killed(folder: Folder) -> None:
    """Every line that a desk had written is there, whole, in the order of each desk."""
    program = [sys.executable, "-m", "tests.desk.logging_desk", str(folder.path)]
    desks = [
        subprocess.Popen([*program, name], stdout=subprocess.PIPE, text=True) for name in ("a", "b", "c")
    ]
    reported = []
    for desk in desks:
        out = desk.communicate()[0].split()
        assert desk.returncode == -9
        reported.append(out)
    found = entries(folder, TODAY)
    for name, out in zip(("a", "b", "c"), reported, strict=True):
        assert len(out) == LINES
        assert [each.number for each in found if each.computer == name][:LINES] == out
