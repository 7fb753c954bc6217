"""A folder that a technician prepared for several accounts, as the README says (needs root)."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.copies.test_files import AS_ROOT

pytestmark = pytest.mark.skipif(not AS_ROOT, reason="only root can become other accounts")

# Numbers of accounts and groups that no system gives.
KIOSK, OTHER_KIOSK, DESK, OTHER_DESK, STRANGER = 64101, 64102, 64103, 64104, 64105
REACHES, READS = "64201", "64202"
KIOSK_GROUPS, DESK_GROUPS = REACHES, f"{REACHES},{READS}"


@pytest.fixture
def shared() -> Iterator[Path]:
    """A shared folder: its outer folder lets one group in, and it belongs to the other."""
    outer = Path(tempfile.mkdtemp())
    try:
        os.chown(outer, 0, int(REACHES))
        outer.chmod(0o750)
        folder = outer / "records"
        folder.mkdir()
        os.chown(folder, 0, int(READS))
        folder.chmod(0o2773)
        yield folder
    finally:
        shutil.rmtree(outer)


def run_as(account: int, groups: str, role: str, folder: Path) -> Any:
    """Return what an account reports that does what this role does."""
    program = [sys.executable, "-m", "tests.copies.folder.account", str(account), groups, role, str(folder)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("first", ["kiosk", "desk"])
def test_kiosks_add_and_neither_list_nor_read_and_the_desk_reads_and_replaces(
    shared: Path, first: str
) -> None:
    """Whichever of them makes the folder of the day, and whatever the umask."""
    mine = set()
    if first == "desk":
        mine.add(run_as(DESK, DESK_GROUPS, "give", shared))
    given = [run_as(each, KIOSK_GROUPS, "kiosk", shared) for each in (KIOSK, OTHER_KIOSK)]
    assert [each["read"] for each in given] == [[], []]
    numbers = {each["number"] for each in given}
    assert len(numbers) == 2
    found = run_as(OTHER_DESK, DESK_GROUPS, "desk", shared)
    assert {number for number, record in found.items() if record == {"second": 2}} == numbers
    assert set(found) == numbers | mine
    corrected = run_as(DESK, DESK_GROUPS, "desk", shared)
    assert corrected == {number: {"corrected": 1} for number in numbers | mine}


def test_everything_in_it_has_the_desks_group_and_is_closed_to_others(shared: Path) -> None:
    """Folders are like the one above, with the set-group-ID bit; no list can be read by its kiosk."""
    run_as(KIOSK, KIOSK_GROUPS, "kiosk", shared)
    run_as(DESK, DESK_GROUPS, "give", shared)
    modes: dict[str, set[int]] = {}
    for each in shared.rglob("*"):
        assert each.stat().st_gid == int(READS), each
        modes.setdefault(each.suffix or "day", set()).add(each.stat().st_mode & 0o7777)
    assert modes["day"] == {0o2373}
    assert modes[".json"] == {0o040, 0o640}
    assert modes[".number"] == {0o2373, 0o2773}


def test_no_one_else_gets_in(shared: Path) -> None:
    """Nor does the program, which says so in a sentence."""
    assert run_as(STRANGER, "", "stranger", shared)
    program = [sys.executable, "-m", "tests.copies.folder.account", str(STRANGER), "", "give", str(shared)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert "permission denied. Choose a folder that you can write to." in done.stderr


def test_a_folder_of_another_account_is_refused(shared: Path) -> None:
    """Also if this one may write there: without the set-group-ID bit, its owner could not read the lists."""
    shared.chmod(0o770)
    program = [sys.executable, "-m", "tests.copies.folder.account"]
    program += [str(DESK), DESK_GROUPS, "give", str(shared)]
    done = subprocess.run(program, capture_output=True, text=True, check=False)
    assert "the folder belongs to another account and is not shared by a group" in done.stderr
    assert list(shared.iterdir()) == []
