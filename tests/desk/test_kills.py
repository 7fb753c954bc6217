"""A desk killed at any step of anything it does: the lists are the old or the new ones, and all goes on."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fibrocheck.desk.in_tray import InTray, Row
from fibrocheck.desk.keeping import Call, keep_call
from fibrocheck.desk.lists import Lists
from fibrocheck.desk.log import Action, entries
from fibrocheck.desk.removing import tidy
from fibrocheck.records.record import TYPED_WRONG
from tests.desk.killed_desk import FEWER, desk_in
from tests.desk.lists import CONTENT, TODAY, put, record
from tests.records.samples import ANSWERS

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

ALWAYS, IN_SOAK = (
    ("correct", "remove"),
    ("finish", "link", "unlink", "mark", "name", "sent", "keep", "remove by age"),
)
CHANGING = (*ALWAYS, *(pytest.param(each, marks=pytest.mark.soak) for each in IN_SOAK))
"""Every action takes some fifty steps, and so many copies of the folder."""
CALLED = {"headaches": "no"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a kiosk's list that is linked and in the chart, and a call that was put aside."""
    path = tmp_path_factory.mktemp("desk") / "records"
    path.mkdir(mode=0o700)
    lists = desk_in(path)
    put(lists.folder, "273", record())
    lists.mark(lists.link(lists.open(TODAY, "273"), "A-17", None), Action.IN_CHART)
    half = keep_call(lists, CALLED, Call("en", "B-1"), is_finished=False).shown
    for each in list(half.files.place.iterdir()):  # to have a number that is known
        each.rename(each.with_name(each.name.replace(half.number, "281")))
    return path


@pytest.mark.parametrize("action", CHANGING)
def test_killed_at_any_step_nothing_is_lost_or_half(folder: Path, tmp_path: Path, action: str) -> None:
    """SIGKILL at each thing that the program asks of the disk, until it is done."""
    before, unchanged = rows(desk_in(folder)), states_of(desk_in(folder))
    program = [sys.executable, "-m", "tests.desk.killed_desk", action, str(folder), str(tmp_path)]
    done = subprocess.run(program, check=True, capture_output=True, text=True)
    assert done.stderr == ""
    outcomes = []
    for step in range(1, int(done.stdout) + 1):
        lists = desk_in(tmp_path / str(step))
        after = rows(lists)
        assert all(InTray(lists.folder, CONTENT).checked(row).problem is None for row in after.values())
        check_untouched(action, before, after, lists)
        is_done = states_of(lists) != unchanged
        logged = len(entries(lists.folder, TODAY)) - len(entries(desk_in(folder).folder, TODAY))
        assert logged or not is_done
        outcomes.append(is_done)
        tidy(lists.folder, lambda: time.time() + 7200)
        assert no_answers_beside(lists.folder.path, after)
        if "273" in after:
            shown = lists.link(lists.open(TODAY, "273"), "A-18", None)
            assert lists.correct(shown, CALLED, TYPED_WRONG).record.answers == CALLED
    assert outcomes[-1]
    assert not outcomes[0]


def rows(lists: Lists) -> dict[str, Row]:
    """Return the lists of the day by number."""
    return {each.number: each for each in InTray(lists.folder, CONTENT).rows(TODAY)}


def states_of(lists: Lists) -> object:
    """Return all that can be seen of the lists after opening them."""
    opened = {number: lists.look(TODAY, number) for number in rows(lists)}
    return {number: (each.record, each.state.history) for number, each in opened.items()}


def check_untouched(action: str, before: dict[str, Row], after: dict[str, Row], lists: Lists) -> None:
    """Check what each action leaves alone, and that a list has its old or its new answers."""
    new = after.keys() - before.keys()
    assert len(new) == 0 or (action == "keep" and len(new) == 1)
    assert all(lists.look(TODAY, number).record.answers == ANSWERS for number in new)
    gone = before.keys() - after.keys()
    assert not gone or (action.startswith("remove") and gone == {"273"})
    if "273" in after:
        answers = lists.look(TODAY, "273").record.answers
        assert answers == ANSWERS or (action == "correct" and answers == FEWER)
    call = lists.look(TODAY, "281").record.answers
    assert call == CALLED or (action == "finish" and call == ANSWERS)


def no_answers_beside(path: Path, after: dict[str, Row]) -> bool:
    """Return whether all that is left with answers in it belongs to a list that is there."""
    left = (each for each in path.rglob("*") if each.is_file() and each.suffix not in {".log", ".state"})
    names = {each.relative_to(path / TODAY.isoformat()).parts[0].partition(".")[0] for each in left}
    return names <= after.keys()
