"""Versions of a list, and what staff did with it: none is lost, whoever else writes and however it ends."""

import errno
import json
import os
import subprocess
import sys
from itertools import chain, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fibrocheck.copies.folder.access import FolderError
from fibrocheck.desk import states, versions
from fibrocheck.desk.day_files import DayFiles
from tests.copies.folder.killed import NEW, NOON, OLD
from tests.copies.test_files import failing
from tests.desk.killed import CHANGES, EVENT, WHO, actions, day_in

NEWEST = b'{"answer": "skip"}'


@pytest.fixture
def day(tmp_path: Path) -> DayFiles:
    """A day with the list 273."""
    return with_list(tmp_path / "records")


def with_list(path: Path, record: bytes = OLD) -> DayFiles:
    """Return a day in a new folder, with the list 273."""
    path.mkdir(mode=0o700)
    found = day_in(path)
    found.make()
    found.put("273.json", record)
    return found


def state(day: DayFiles) -> states.State:
    """Return the state of the list 273."""
    return states.state_of(day, states.by_list(day.names()).get("273", []))


def leftovers(day: DayFiles) -> list[str]:
    """Return the names of temporary files and folders."""
    return [name for name in day.names() if name.startswith(".")]


def test_every_version_is_kept(day: DayFiles) -> None:
    """The newest is the list's file; nothing else ends in ".json"."""
    versions.replace(day, "273", OLD, NEW)
    versions.replace(day, "273", NEW, NEWEST)
    assert day.read("273.json") == versions.newest(day, "273") == NEWEST
    assert versions.earlier(day, "273") == [OLD, NEW]
    assert [name for name in day.names() if name.endswith(".json")] == ["273.json"]
    assert leftovers(day) == []


def test_a_change_of_an_older_version_is_refused_with_both(day: DayFiles) -> None:
    """Nothing of it is written."""
    versions.replace(day, "273", OLD, NEW)
    with pytest.raises(versions.Newer) as refusal:
        versions.replace(day, "273", OLD, NEWEST)
    assert (refusal.value.yours, refusal.value.newest) == (NEWEST, NEW)
    assert versions.newest(day, "273") == NEW
    assert versions.earlier(day, "273") == [OLD]


def test_a_version_of_an_unfinished_call_is_not_kept(day: DayFiles) -> None:
    """What the caller took back is nobody's."""
    versions.replace(day, "273", OLD, NEW, keep=False)
    versions.replace(day, "273", NEW, NEWEST, keep=False)
    assert versions.earlier(day, "273") == []
    assert day.read("273.json") == NEWEST
    beside = [path for path in day.place.rglob("*") if path.is_file() and path.name != "273.json"]
    assert not any({OLD, NEW} & {path.read_bytes()} for path in beside)


def test_an_unfinished_call_that_a_slow_desk_put_last_is_not_the_newest(day: DayFiles) -> None:
    """It looked whether there is a newer one before there was."""
    versions.replace(day, "273", OLD, NEW, keep=False)
    versions.replace(day, "273", NEW, NEWEST, keep=False)
    day.put("273.json", NEW)
    assert versions.newest(day, "273") == NEWEST
    assert versions.settle(day, "273") == day.read("273.json") == NEWEST


def test_a_list_that_somebody_put_back_is_the_newest(day: DayFiles) -> None:
    """Such as from a backup, or a kiosk that was writing at that moment. It can be changed in its turn."""
    versions.replace(day, "273", OLD, NEW)
    day.put("273.json", b"{}")
    assert versions.newest(day, "273") == b"{}"
    versions.replace(day, "273", b"{}", NEWEST)
    assert versions.newest(day, "273") == NEWEST
    assert versions.earlier(day, "273") == [OLD, NEW, b"{}"]


def test_a_list_that_was_removed_is_gone(day: DayFiles) -> None:
    """And is not made again by a change."""
    versions.replace(day, "273", OLD, NEW)
    day.drop("273.json")
    with pytest.raises(versions.Gone, match="no such list any more"):
        versions.replace(day, "273", NEW, NEWEST)
    versions.remove_all(day, "273")
    assert day.names() == []


def test_an_older_file_in_the_lists_place_is_put_right(day: DayFiles) -> None:
    """A desk that was slow, or killed before the last step."""
    versions.replace(day, "273", OLD, NEW)
    for older in (OLD, NEW):
        day.put("273.json", older)
        assert versions.newest(day, "273") == NEW
        assert versions.settle(day, "273") == NEW
        assert day.read("273.json") == NEW


def test_going_back_to_the_words_of_an_earlier_version_is_a_new_one(day: DayFiles) -> None:
    """As when a link is undone."""
    versions.replace(day, "273", OLD, NEW)
    versions.replace(day, "273", NEW, OLD)
    assert versions.newest(day, "273") == OLD
    assert versions.earlier(day, "273") == [OLD, NEW]
    versions.replace(day, "273", OLD, NEWEST)
    assert versions.newest(day, "273") == NEWEST


@pytest.mark.parametrize("step", ["open", "mkdir", "fsync", "replace", "rename"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.ESTALE])
def test_what_cannot_be_written_leaves_the_list_as_it_was(
    day: DayFiles, monkeypatch: pytest.MonkeyPatch, step: str, number: int
) -> None:
    """In one sentence; and it can be done as soon as that is over. So with what staff did."""
    for action in ("replace", "note"):
        with monkeypatch.context() as broken:
            for owner in (os, Path) if step in {"mkdir", "rename", "replace"} else (os,):
                broken.setattr(owner, step, failing(OSError(number, "")))
            if action == "note" and step in {"mkdir", "rename"}:
                continue  # it needs neither
            with pytest.raises(FolderError):
                actions(day)[action]()
        assert versions.newest(day, "273") == OLD
        assert state(day).history == ()
        assert leftovers(day) == []
    versions.replace(day, "273", OLD, NEW)


def test_neither_links_nor_locks_are_needed(day: DayFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some shares have neither."""
    monkeypatch.setattr(os, "link", failing(PermissionError(1, "Operation not permitted")))
    monkeypatch.setattr(os, "symlink", failing(PermissionError(1, "Operation not permitted")))
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr("fibrocheck.copies.files.rename_if_free", failing(OSError(38, "not implemented")))
    versions.replace(day, "273", OLD, NEW)
    states.note(day, "273", EVENT)
    assert versions.earlier(day, "273") == [OLD]
    assert state(day).printed == EVENT


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("action", ["replace", "finish", "note"])
def test_killed_at_any_step_the_list_is_the_old_or_the_new_version(tmp_path: Path, action: str) -> None:
    """SIGKILL at each thing that the program asks of the disk; afterwards all goes on as ever."""
    with_list(tmp_path / "records")
    program = [sys.executable, "-m", "tests.desk.killed", "steps", action]
    paths = [str(tmp_path / "records"), str(tmp_path)]
    done = subprocess.run([*program, *paths], check=True, capture_output=True, text=True)
    assert done.stderr == ""
    outcomes = set()
    for step in range(1, int(done.stdout) + 1):
        day = day_in(tmp_path / str(step))
        found = versions.newest(day, "273")
        assert day.read("273.json") in {OLD, found}
        assert found in {OLD, NEW}
        assert len(state(day).history) <= 1
        assert state(day).unreadable == 0
        outcomes.add((found, state(day).history))
        assert versions.settle(day, "273") == day.read("273.json") == found
        versions.replace(day, "273", found, NEWEST)
        states.note(day, "273", EVENT)
        assert versions.newest(day, "273") == NEWEST
    assert len(outcomes) == 2


def compete(day: DayFiles, how: str) -> list[int]:
    """Have three desks change one list as often as they can; return the counts that each wrote."""
    program = [sys.executable, "-m", "tests.desk.killed", how, str(day.folder.path)]
    desks = [subprocess.Popen([*program, name], stdout=subprocess.PIPE) for name in ("one", "two", "three")]
    written = [json.loads(desk.communicate()[0]) for desk in desks]
    assert all(desk.returncode == 0 for desk in desks)
    assert len(state(day).history) == CHANGES * len(desks)
    assert leftovers(day) == []
    return sorted(chain(*written))


def test_desks_that_change_one_list_at_once_lose_nothing(tmp_path: Path) -> None:
    """Each change was made to the version before it, so the counts are 1, 2, 3 … and each is one desk's."""
    day = with_list(tmp_path / "records", b'{"count": 0}')
    written = compete(day, "keep")
    assert written == list(range(1, len(written) + 1))
    assert json.loads(versions.settle(day, "273"))["count"] == len(written)
    kept = [json.loads(each)["count"] for each in versions.earlier(day, "273")]
    assert kept == list(range(len(written)))


def test_of_an_unfinished_call_that_many_change_nothing_is_lost(tmp_path: Path) -> None:
    """No count is two desks'. One may be refused that others built on, if they were very fast."""
    day = with_list(tmp_path / "records", b'{"count": 0}')
    written = compete(day, "drop")
    assert len(set(written)) == len(written)
    assert json.loads(versions.settle(day, "273"))["count"] >= len(written)
    assert versions.earlier(day, "273") == []
    assert len(versions.versions_of("273", day.names())) == versions._DIGESTS + 1


def test_a_file_that_a_slow_desk_puts_last_is_not_taken_for_one_from_a_backup(day: DayFiles) -> None:
    """It had made its version, and was held up while others changed the call several times."""
    made = [OLD, *(b'{"count": %d}' % each for each in range(1, 6))]
    for seen, new in pairwise(made):
        versions.replace(day, "273", seen, new, keep=False)
    day.put("273.json", made[1])
    assert versions.newest(day, "273") == made[-1]
    assert versions.settle(day, "273") == day.read("273.json") == made[-1]
    assert versions.earlier(day, "273") == []


def test_a_desk_that_was_very_slow_is_refused(day: DayFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    """It looked, and made its version when others had changed the list and removed what it had seen."""
    versions.replace(day, "273", OLD, NEW, keep=False)
    looked = versions._newest(day, "273", [2])
    for seen, new in ((NEW, NEWEST), (NEWEST, NEW), (NEW, OLD)):
        versions.replace(day, "273", seen, new, keep=False)
    with monkeypatch.context() as slow:
        answers = iter([looked, versions._newest(day, "273", [5])])
        slow.setattr(versions, "_newest", lambda *_: next(answers))
        with pytest.raises(versions.Newer):
            versions.replace(day, "273", NEW, b"{}", keep=False)
    assert versions.newest(day, "273") == OLD
    assert versions.earlier(day, "273") == []


# What staff did


def test_what_was_done_adds_up_to_a_state(day: DayFiles) -> None:
    """In the order in which it was done, whatever the clocks say."""
    link = states.event(states.LINKED, WHO, NOON, appointment="A-17", appointment_date="2026-12-03")
    later = states.event(states.UNLINKED, WHO, NOON.replace(hour=1))
    for each in (link, EVENT, states.event(states.PUT_ASIDE, WHO, NOON)):
        states.note(day, "273", each)
    found = state(day)
    assert (found.linked, found.printed, found.in_chart) == (link, EVENT, None)
    assert found.put_aside == states.event(states.PUT_ASIDE, WHO, NOON)
    states.note(day, "273", later)
    assert state(day).linked is None
    assert [each.action for each in state(day).history] == ["linked", "printed", "put-aside", "unlinked"]


@given(st.lists(st.sampled_from([states.PRINTED, states.IN_CHART, states.OUT_OF_CHART, states.CORRECTED])))
def test_a_correction_means_that_paper_and_chart_are_old(actions: list[str]) -> None:
    """Until it is printed and put into the chart again."""
    found = states.folded(states.event(each, WHO, NOON) for each in actions)
    since = actions[::-1][: actions[::-1].index(states.CORRECTED)] if states.CORRECTED in actions else actions
    assert (found.printed is not None) == (states.PRINTED in since)
    last = next((each for each in since[:: 1 if since is not actions else -1] if "chart" in each), "")
    assert (found.in_chart is not None) == (last == states.IN_CHART)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"action": 7}', b"\xff", b"[" * 100_000])
def test_a_damaged_file_of_a_state_is_counted_and_changes_nothing(day: DayFiles, damage: bytes) -> None:
    """A list that was linked by it is closed again."""
    states.note(day, "273", EVENT)
    day.put("273.9-abcdef.state", damage)
    assert state(day).unreadable == 1
    assert state(day).history == (EVENT,)
    states.note(day, "273", EVENT)
    assert len(state(day).history) == 2


def test_states_of_other_lists_and_later_versions_are_told_apart(day: DayFiles) -> None:
    """A key that this version does not know is ignored; so is what it does not know that was done."""
    states.note(day, "2731", EVENT)
    day.put("273.1-aaaaaa.state", b'{"action": "faxed", "at": "2026-11-25", "to": "x"}')
    assert state(day).history == (states.Event("faxed", "2026-11-25"),)
    assert state(day).printed is None
    assert states.by_list(day.names()).keys() == {"273", "2731"}


def test_nothing_that_can_break_a_page_is_read(day: DayFiles) -> None:
    """Whoever wrote it."""
    day.put("273.1-aaaaaa.state", json.dumps({"action": "linked", "by": "\x1b[2J" * 90}).encode())
    assert state(day).history[0].by.isprintable()
    assert len(state(day).history[0].by) <= 200
    assert state(day).linked is not None
    assert NOON.isoformat() == EVENT.at
