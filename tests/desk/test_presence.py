"""Which desk has a call open: a desk that was killed has not said that it left."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk import presence, states
from fibrocheck.desk.lists import Lists
from fibrocheck.desk.log import Log
from fibrocheck.desk.presence import OPEN_FOR, is_open, this_process
from fibrocheck.desk.states import CALL_OPEN, Event, Who
from fibrocheck.records.record import DESK, IN_PROGRESS
from tests.copies.folder.killed import NOON
from tests.desk.lists import CONTENT, TODAY, folder_in, put, record

WHO = Who("AB", "other")


def mark(process: str, *, hours: float = 0.0) -> Event:
    """Return how a desk opened a call so many hours before noon."""
    return states.event(CALL_OPEN, WHO, NOON - timedelta(hours=hours), process=process)


def killed() -> str:
    """Return what named a process that is gone."""
    shows = "from fibrocheck.desk.presence import this_process; print(this_process())"
    ended = subprocess.run([sys.executable, "-c", shows], check=True, capture_output=True, text=True)
    return ended.stdout.strip()


def test_a_desk_on_this_computer_is_there_as_long_as_its_process() -> None:
    """However long it is there; one that was killed is gone at once."""
    assert is_open(mark(this_process(), hours=99), NOON)
    assert not is_open(mark(killed()), NOON)


def test_another_process_with_its_number_is_another_desk() -> None:
    """Numbers are used again."""
    boot, number, start = this_process().split("/")
    assert int(number) == os.getpid()
    assert not is_open(mark(f"{boot}/{number}/{int(start) + 1}"), NOON)


@pytest.mark.parametrize("process", ["", "another-start/1/1", "damaged"])
def test_a_desk_elsewhere_is_there_for_some_hours(process: str) -> None:
    """Before and after by this clock: two computers never agree, and one may be wrong."""
    hours = OPEN_FOR / timedelta(hours=1)
    assert is_open(mark(process, hours=hours - 1), NOON)
    assert is_open(mark(process, hours=1 - hours), NOON)
    assert not is_open(mark(process, hours=hours), NOON)
    assert not is_open(mark(process, hours=-hours), NOON)


@pytest.mark.parametrize("at", ["", "yesterday", "2026-11-25T11:00"])
def test_nobody_is_there_since_no_time(at: str) -> None:
    """A mark that cannot be read must not stay for ever."""
    assert not is_open(Event(CALL_OPEN, at), NOON)


def test_where_processes_have_no_names_the_time_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on computers that are not Linux."""
    ours = this_process()
    monkeypatch.setattr(presence, "_PROC", Path("/nowhere"))
    assert not this_process()
    assert is_open(mark(ours), NOON)
    assert not is_open(mark(ours, hours=9), NOON)


def desk(folder: Folder, who: Who) -> Lists:
    """Return the lists as somebody sees them at a desk."""
    return Lists(folder, CONTENT, Log(folder, who.computer), lambda: who)


def test_a_call_is_open_elsewhere_and_not_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also if the same person has it open in another window; whoever left it has it open no more."""
    folder = folder_in(tmp_path / "lists")
    put(folder, "278", record({}, device=DESK, status=IN_PROGRESS))
    here, there = desk(folder, Who("MR", "front")), desk(folder, WHO)
    with here.in_call(here.look(TODAY, "278")):
        shown = here.look(TODAY, "278")
        assert here.elsewhere(shown) is None
        assert getattr(there.elsewhere(shown), "by", "") == "MR"
        monkeypatch.setattr("fibrocheck.desk.lists.this_process", lambda: "another-start/1/1")
        assert getattr(here.elsewhere(shown), "by", "") == "MR"
        with here.in_call(shown):
            pass
        assert len(here.look(TODAY, "278").state.in_call) == 1
        monkeypatch.undo()
    assert there.elsewhere(there.look(TODAY, "278")) is None
