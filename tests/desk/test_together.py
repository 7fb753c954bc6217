"""Kiosks and desks on one folder at once, killed now and then: none lost, no number twice, nothing half."""

import os
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import NamedTuple

import pytest

from fibrocheck.copies.folder.numbers import is_number
from fibrocheck.desk.in_tray import InTray, Row
from fibrocheck.desk.lists import Lists
from fibrocheck.desk.log import entries
from tests.desk.lists import CONTENT, TODAY, folder_in
from tests.desk.test_lists import desk

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

KIOSKS, DESKS = 4, 2
STEPS = {"kiosk": 16, "desk": 60}
"""What one of them does takes about so many steps that the disk sees."""


def test_kiosks_and_desks_at_once_with_kills(tmp_path: Path) -> None:
    """24 lists."""
    a_day(tmp_path / "records", 24)


@pytest.mark.soak
def test_five_hundred_lists_of_four_kiosks_and_two_desks_with_kills(tmp_path: Path) -> None:
    """As on one long day."""
    a_day(tmp_path / "records", 500)


class Did(NamedTuple):
    """What a program reported that it did, and in which name."""

    name: str
    what: str
    number: str


class Programs:
    """Runs one program after another in a role, until so much was done."""

    def __init__(self, role: str, name: str, folder: Path, times: int) -> None:
        self.did: list[Did] = []
        self.kills = 0
        self._role, self._name, self._folder, self._times = role, name, folder, times
        self._chance = random.Random(name)
        self._tried = 0

    def run(self) -> None:
        """Let one program after another work, each until it is killed."""
        program = [sys.executable, "-m", "tests.desk.day", self._role, str(self._folder)]
        with subprocess.Popen(
            program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as all_of_them:
            assert all_of_them.stdin
            assert all_of_them.stdout
            while len(self.did) < self._times:
                self._tried += 1
                name = f"{self._name}{self._tried}"
                last = STEPS[self._role]
                step = self._chance.choice([0, 0, 0, 0, self._chance.randint(1, last)])
                all_of_them.stdin.write(f"{name} {step}\n")
                all_of_them.stdin.flush()
                line = all_of_them.stdout.readline().split()
                if line == ["killed"]:
                    self.kills += 1
                else:
                    self.did.append(Did(name, *line))


def a_day(folder: Path, lists: int) -> None:
    """Have a day with about so many lists, look at the in-tray meanwhile, and check it afterwards."""
    tray = InTray(folder_in(folder), CONTENT)
    programs = [Programs("kiosk", f"K{at}x", folder, lists // KIOSKS) for at in range(KIOSKS)]
    programs += [Programs("desk", f"D{at}x", folder, lists // DESKS) for at in range(DESKS)]
    threads = [threading.Thread(target=each.run) for each in programs]
    for thread in threads:
        thread.start()
    looks = 0
    while any(thread.is_alive() for thread in threads):
        assert not [row.why for row in (each.seen for each in tray.rows(TODAY)) if row.problem]
        looks += 1
        threads[looks % len(threads)].join(0.1)  # looks a few times a second
    assert sum(each.kills for each in programs) > 0
    check(desk(folder, "MR"), [did for each in programs for did in each.did])


def check(lists: Lists, did: list[Did]) -> None:
    """Check that whatever was reported is there, and that whatever is there is in the log."""
    tray = InTray(lists.folder, CONTENT)
    rows = {row.number: row for row in map(tray.checked, tray.rows(TODAY))}
    assert all(row.problem is None for row in rows.values())
    assert all(map(is_number, rows))
    identifiers = [row.seen.record.identifier for row in rows.values() if row.seen.record]
    assert len({*identifiers}) == len(rows)
    new = [each for each in did if each.what in {"given", "call"}]
    assert len({each.number for each in new}) == len(new)
    traces = {number: names_in(lists, row) for number, row in rows.items()}
    for each in did:
        if each.what in {"linked", "marked", "corrected", "call"}:
            assert each.name in traces[each.number], each
        assert each.number in rows or each.what == "nothing"
    logged = {(each.initials, each.number) for each in entries(lists.folder, TODAY)}
    for number, names in traces.items():
        for name in names:
            assert {(name, f"{TODAY}/{number}"), (name, "")} & logged, (name, number)
    words = ("sleep", "headaches", "sometimes", "not-sure")
    for path in lists.folder.path.rglob("*.log"):
        assert not any(word in path.read_text() for word in words)


def names_in(lists: Lists, row: Row) -> set[str]:
    """Return the names of all who did something with a list, by its history and its versions."""
    shown = lists.open(row.day, row.number)
    corrections = (each.record.correction for each in (*lists.earlier(shown), shown.saved))
    return {each.by for each in shown.state.history} | {each.by for each in corrections if each}
