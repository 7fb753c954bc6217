"""Giving a list to the front desk, again after a change, and taking it back; and whatever can go wrong."""

import errno
import os
import subprocess
import sys
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fibrocheck.copies.folder.access import FolderError
from fibrocheck.copies.folder.desk_folder import ClockError, Folder, Given, IdentifierTaken
from fibrocheck.copies.folder.numbers import is_number, numbers_at_random
from tests.copies.folder.killed import NEW, NOON, OLD
from tests.copies.test_files import failing, mounted

POSIX = os.name != "nt"


def folder_in(path: Path, now: datetime = NOON) -> Folder:
    """Return a private folder there, and its clock stands still."""
    path.mkdir(mode=0o700, exist_ok=True)
    return Folder(path, lambda: now)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A private folder at noon, with nothing in it."""
    return folder_in(tmp_path / "records")


def give(folder: Folder, record: bytes = OLD) -> Given:
    """Give a list with a new identifier."""
    return folder.give(record, uuid.uuid4())


def lists(folder: Folder) -> dict[str, bytes]:
    """Return every list: its path under the folder, and what is in it."""
    return {
        str(each.relative_to(folder.path)): each.read_bytes()
        for each in folder.path.rglob("*")
        if each.name.endswith(".json")
    }


def leftovers(folder: Folder) -> list[str]:
    """Return the names of temporary files and folders."""
    return [each.name for each in folder.path.rglob(".*")]


def test_a_list_has_a_number_under_its_day(folder: Folder) -> None:
    """`2026-11-25/273.json`, as it was given; nothing else ends so."""
    given = give(folder)
    assert is_number(given.number)
    assert len(given.number) == 3
    assert lists(folder) == {f"2026-11-25/{given.number}.json": OLD}
    assert leftovers(folder) == []


def test_giving_again_keeps_the_number_and_the_day(tmp_path: Path) -> None:
    """Also after midnight, and as often as wanted."""
    folder = folder_in(tmp_path / "records")
    given = give(folder)
    after_midnight = folder_in(tmp_path / "records", NOON + timedelta(hours=13))
    for record in (NEW, OLD, NEW):
        given = after_midnight.give_again(given, record)
        assert lists(folder) == {f"2026-11-25/{given.number}.json": record}
    assert leftovers(folder) == []


def test_a_list_that_was_taken_back_leaves_only_its_number_taken(folder: Folder) -> None:
    """Taking it back again changes nothing, and it can be given anew."""
    identifier = uuid.uuid4()
    given = folder.give(OLD, identifier)
    for _ in range(2):
        folder.take_back(given)
        assert lists(folder) == {}
        names = [each.name for each in folder.path.rglob("*")]
        assert names == ["2026-11-25", f"{given.number}.number"]
    assert folder.give(NEW, identifier).number != given.number


def test_a_list_that_the_desk_has_changed_is_left_to_the_desk(folder: Folder) -> None:
    """It is neither replaced nor removed."""
    given = give(folder)
    path = folder.path / "2026-11-25" / f"{given.number}.json"
    path.write_bytes(b'{"corrected": "by staff"}')
    for change in (lambda: folder.give_again(given, NEW), lambda: folder.take_back(given)):
        assert "the front desk has changed or linked the list" in refused(change)
    assert lists(folder) == {f"2026-11-25/{given.number}.json": b'{"corrected": "by staff"}'}
    assert leftovers(folder) == []


def test_a_list_is_found_by_its_day_and_number(folder: Folder) -> None:
    """Such as by the desk, which changes it; whoever gave it then leaves it alone."""
    given = give(folder)
    found = folder.find(given.day, given.number)
    folder.give_again(found, NEW)
    assert "the front desk has changed or linked the list" in refused(lambda: folder.give_again(given, OLD))
    assert list(lists(folder).values()) == [NEW]
    other = next(number for number in numbers_at_random(3) if number != given.number)
    assert "there is no such list" in refused(lambda: folder.find(given.day, other))


def test_a_list_that_the_desk_removed_can_be_given_again(folder: Folder) -> None:
    """Under its number: the person still knows it."""
    given = give(folder)
    (folder.path / "2026-11-25" / f"{given.number}.json").unlink()
    assert folder.give_again(given, NEW).number == given.number
    assert list(lists(folder).values()) == [NEW]


def test_two_lists_never_have_one_identifier_unless_it_is_fixed(folder: Folder) -> None:
    """A fixed one stays the first list's when the second is taken back."""
    identifier = uuid.uuid4()
    assert folder.is_new(identifier)
    folder.give(OLD, identifier)
    assert not folder.is_new(identifier)
    with pytest.raises(IdentifierTaken):
        folder.give(OLD, identifier)
    assert len(lists(folder)) == 1
    folder.take_back(folder.give(OLD, identifier, is_fixed=True))
    assert not folder.is_new(identifier)


@pytest.mark.skipif(not POSIX, reason="Windows has no modes")
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
@pytest.mark.parametrize("mode", [0o700, 0o755])
def test_a_private_folder_is_private_whatever_the_umask(folder: Folder, umask: int, mode: int) -> None:
    """Folders 0700, files 0600; the umask is as before."""
    folder.path.chmod(mode)
    before = os.umask(umask)
    try:
        folder.check_ready()
        given = give(folder)
        folder.give_again(given, NEW)
        assert os.umask(umask) == umask
    finally:
        os.umask(before)
    for each in folder.path.rglob("*"):
        assert each.stat().st_mode & 0o7777 == (0o700 if each.is_dir() else 0o600), each


def test_a_days_folder_made_by_hand_is_closed_to_others(folder: Folder) -> None:
    """Such as one that staff restored from a backup."""
    (folder.path / "2026-11-25").mkdir(mode=0o755)
    give(folder)
    assert (folder.path / "2026-11-25").stat().st_mode & 0o777 == 0o700


def test_no_links_and_no_locks_are_needed(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some shares have neither."""
    monkeypatch.setattr(os, "link", failing(PermissionError(1, "Operation not permitted")))
    monkeypatch.setattr(os, "symlink", failing(PermissionError(1, "Operation not permitted")))
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setattr("fibrocheck.copies.files.rename_if_free", failing(OSError(38, "not implemented")))
    folder.check_ready()
    given = folder.give_again(give(folder), NEW)
    folder.take_back(given)
    assert len({give(folder).number for _ in range(10)}) == 10


def test_checking_leaves_nothing(folder: Folder) -> None:
    """Not even the folder of the day."""
    folder.check_ready()
    assert list(folder.path.iterdir()) == []


# What can be wrong with the folder


def test_a_folder_that_does_not_exist_is_not_made(tmp_path: Path) -> None:
    """A share whose mount point is gone, or a name with a slip."""
    missing = Folder(tmp_path / "no" / "records", lambda: NOON)
    for attempt in (missing.check_ready, lambda: give(missing)):
        assert refused(attempt).endswith(
            "records: the folder does not exist. Create it, or choose another one."
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("file", "this is not a folder. Name the folder of the lists."),
        ("file/records", "part of the path is a file, not a folder."),
        ("circle", "the symbolic links in the path form a loop."),
        ("a\0b", "this file name is not valid."),
        ("x" * 300, "the name is too long."),
        ("a\x1b[2J", "<U+001B>[2J: the folder does not exist."),
    ],
)
def test_what_is_not_a_folder_is_refused(tmp_path: Path, name: str, words: str) -> None:
    """In one sentence, before the first page and when a list is given."""
    (tmp_path / "file").write_text("")
    (tmp_path / "circle").symlink_to("circle")
    wrong = Folder(Path(f"{tmp_path}/{name}"), lambda: NOON)
    for attempt in (wrong.check_ready, lambda: give(wrong)):
        assert words in refused(attempt)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EROFS, "the disk is read-only"),
        (errno.EACCES, "permission denied"),
        (errno.EIO, "the disk reported an error"),
        (errno.ESTALE, "the network folder does not answer"),
        (errno.ENOTCONN, "the network folder does not answer"),
        (121, "remote i/o error"),
    ],
)
@pytest.mark.parametrize("step", ["mkdir", "open", "fsync", "replace"])
def test_whatever_the_system_reports_is_one_sentence_and_leaves_nothing(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, step: str, number: int, words: str
) -> None:
    """At every step; the list can be given with the same identifier as soon as that is over."""
    identifier = uuid.uuid4()
    give(folder)
    before = sorted(folder.path.rglob("*"))
    with monkeypatch.context() as broken:
        broken.setattr(os, step, failing(OSError(number, os.strerror(number))))
        assert words in refused(lambda: folder.give(NEW, identifier))
    assert sorted(folder.path.rglob("*")) == before
    folder.give(NEW, identifier)


@pytest.mark.parametrize("step", ["open", "fsync", "replace"])
def test_a_change_that_cannot_be_written_leaves_the_list_as_it_was(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Whole, and it can be changed later."""
    given = give(folder)
    with monkeypatch.context() as broken:
        broken.setattr(os, step, failing(OSError(errno.ENOSPC, "")))
        assert "the disk is full" in refused(lambda: folder.give_again(given, NEW))
    assert list(lists(folder).values()) == [OLD]
    assert leftovers(folder) == []
    folder.give_again(given, NEW)


@pytest.mark.parametrize(
    ("options", "words"), [("size=40k", "the disk is full"), ("size=1m,ro", "the disk is read-only")]
)
def test_a_real_disk_that_is_full_or_read_only_is_refused(tmp_path: Path, options: str, words: str) -> None:
    """At the start, by a real write, and when a list is given."""
    with mounted(tmp_path / "disk", f"{options},mode=700") as disk:
        folder = folder_in(disk)
        assert words in refused(folder.check_ready)
        assert words in refused(lambda: give(folder, bytes(200_000)))
        assert lists(folder) == {}
        assert leftovers(folder) == []


def test_a_folder_that_vanishes_during_the_visit_is_reported(folder: Folder) -> None:
    """Every action; nothing is made in its place."""
    folder.check_ready()
    given = give(folder)
    folder.path.rename(folder.path.with_name("elsewhere"))
    for attempt in every_action(folder, given):
        assert "the folder does not exist" in refused(attempt)
    assert not folder.path.exists()


def test_a_share_that_is_unmounted_during_the_visit_is_reported(tmp_path: Path) -> None:
    """The empty folder under it is on another disk: nothing is written there."""
    with mounted(tmp_path / "share", "size=1m,mode=700"):
        folder = folder_in(tmp_path / "share")
        folder.check_ready()
        given = give(folder)
        subprocess.run(["umount", folder.path], check=True)
        try:
            for attempt in every_action(folder, given):
                assert "on another disk than when the program started" in refused(attempt)
            assert list(folder.path.iterdir()) == []
        finally:  # for the context, which unmounts it
            subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder.path], check=True)


@pytest.mark.parametrize("what", ["file", "link"])
def test_something_else_under_the_name_of_the_day_is_refused(folder: Folder, what: str) -> None:
    """A link could lead anywhere."""
    day = folder.path / "2026-11-25"
    if what == "file":
        day.write_text("")
    else:
        (folder.path / "other").mkdir()
        day.symlink_to("other")
    for attempt in (folder.check_ready, lambda: give(folder)):
        assert "2026-11-25: this is not a folder. Move it elsewhere." in refused(attempt)
    assert lists(folder) == {}


def test_a_folder_that_everyone_can_change_is_refused(folder: Folder) -> None:
    """Unless it is shared by a group."""
    folder.path.chmod(0o777)
    for attempt in every_action(folder, Given(NOON.date(), "273", (), None)):
        assert "every user of this computer can change this folder" in refused(attempt)


@pytest.mark.parametrize("mode", [0o2777, 0o2775, 0o2730, 0o2733])
def test_a_shared_folder_is_refused_if_everyone_or_no_one_could_read_it(folder: Folder, mode: int) -> None:
    """The technician is sent to the README."""
    folder.path.chmod(mode)
    assert "README" in refused(folder.check_ready)


# The clock


@pytest.mark.parametrize("now", [datetime(1970, 1, 1, tzinfo=UTC), datetime(2026, 10, 31, tzinfo=UTC)])
def test_a_date_before_this_version_is_wrong(tmp_path: Path, now: datetime) -> None:
    """A computer whose battery is empty."""
    folder = folder_in(tmp_path / "records", now)
    for attempt in (folder.check_ready, lambda: give(folder)):
        with pytest.raises(ClockError, match="before this program was made"):
            attempt()
    assert list(folder.path.iterdir()) == []


@pytest.mark.parametrize(
    ("newest", "now", "is_wrong"),
    [
        ("2026-11-25", "2026-11-25T00:00", False),
        ("2026-11-26", "2026-11-25T23:59", False),  # two clocks around midnight
        ("2026-11-26", "2026-11-25T22:30", True),
        ("2026-12-31", "2026-11-25T12:00", True),
        ("2026-11-25", "2026-12-24T12:00", False),  # a clinic that was closed
        ("2026-11-25", "2027-11-27T12:00", True),
        ("2026-11-25", "2062-01-01T12:00", True),
    ],
)
def test_the_newest_list_shows_a_wrong_clock(tmp_path: Path, newest: str, now: str, is_wrong: bool) -> None:
    """A clock that went back, or on by more than a year. Folders without a list show nothing."""
    folder = folder_in(tmp_path / "records", datetime.fromisoformat(now).replace(tzinfo=UTC))
    for day in (newest, "2026-11-03", "9999-99-99", "9999-12-31"):
        (folder.path / day).mkdir()
    (folder.path / newest / "273.json").write_text("{}")
    (folder.path / "9998-01-01").write_text("a file")
    if is_wrong:
        with pytest.raises(ClockError, match=f"the newest list .{newest}"):
            give(folder)
        assert len(lists(folder)) == 1
    else:
        give(folder)


def test_a_list_that_was_given_can_be_changed_whatever_the_clock(tmp_path: Path) -> None:
    """Its day is known."""
    given = give(folder_in(tmp_path / "records"))
    wrong = folder_in(tmp_path / "records", datetime(1970, 1, 1, tzinfo=UTC))
    wrong.take_back(wrong.give_again(given, NEW))


# Kills


@pytest.mark.skipif(not POSIX, reason="Windows has no SIGKILL")
def test_killed_at_any_step_the_list_is_whole_or_not_there(tmp_path: Path) -> None:
    """SIGKILL at each thing that the program asks of the disk, while giving, giving again, taking back."""
    outcomes = []
    for action, whole in (("give", (None, OLD)), ("give_again", (OLD, NEW)), ("take_back", (OLD, None))):
        for step in range(1, 100):
            folder = folder_in(tmp_path / f"{action}-{step}")
            was_killed = killed_at(step, action, folder)
            found = dict(enumerate(lists(folder).values())).get(0)
            assert len(lists(folder)) == (found is not None)
            assert found in whole
            outcomes.append((action, found))
            give(folder)  # and the next list is given as ever
            if not was_killed:
                break
        assert {found for each, found in outcomes if each == action} == set(whole)
    assert len(outcomes) > 20


def killed_at(step: int, action: str, folder: Folder) -> bool:
    """Do something with a list in another process; kill it at that step. Return whether it got so far."""
    program = [sys.executable, "-m", "tests.copies.folder.killed", str(step), action, str(folder.path)]
    if action != "give":
        given = folder.give(OLD, uuid.UUID(int=1))
        program += [given.number, *map(str, given.found)]
    done = subprocess.run(program, check=False, capture_output=True, text=True)
    assert done.returncode in {0, -9}, done.stderr
    return done.returncode == -9


def every_action(folder: Folder, given: Given) -> list[Callable[[], object]]:
    """Return all that a visit does with the folder."""
    return [
        lambda: give(folder),
        lambda: folder.give_again(given, NEW),
        lambda: folder.take_back(given),
    ]


def refused(action: Callable[[], object]) -> str:
    """Return the one sentence, or two, in which an action is refused."""
    with pytest.raises(FolderError) as refusal:
        action()
    message = str(refusal.value)
    assert message.isprintable()
    assert message.endswith(".")
    assert refusal.value.exit_code == 1
    return message
