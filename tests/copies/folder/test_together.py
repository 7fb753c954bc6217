"""Several kiosks give lists into one folder at once, and are killed now and then."""

import json
import os
import queue
import random
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from fibrocheck.copies.folder.numbers import is_number

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")

KIOSKS = 4
STEPS = 16
"""Giving a list takes about so many steps that the disk sees."""


def test_kiosks_at_once_with_kills(tmp_path: Path) -> None:
    """60 lists: 60 files, and as many numbers and identifiers."""
    give_together(tmp_path, 60)


@pytest.mark.soak
def test_five_hundred_lists_at_once_with_kills(tmp_path: Path) -> None:
    """500 of the same answers, as on one long day: longer numbers and many identifiers drawn again."""
    give_together(tmp_path, 500)


@pytest.mark.soak
def test_five_hundred_identical_visits_at_once_with_kills(tmp_path: Path) -> None:
    """With the records and codes of whole visits: 500 lists and identifiers, and no number twice."""
    give_together(tmp_path, 500, "visits")


class Kiosks:
    """Hands out lists to be given, each to one kiosk at a time, until all have been given."""

    def __init__(self, folder: Path, lists: int, way: str) -> None:
        self._way = way
        self.numbers: dict[str, str] = {}
        self.kills = 0
        self._folder = folder
        self._chance = random.Random(lists)
        self._waiting: queue.Queue[str] = queue.Queue()
        for each in range(lists):
            self._waiting.put(f"list{each}")

    def run(self) -> None:
        """Have one kiosk after another give lists, until none is left."""
        program = [sys.executable, "-m", "tests.copies.folder.killed", self._way, str(self._folder)]
        with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as kiosks:
            assert kiosks.stdin
            assert kiosks.stdout
            while token := self._next():
                step = self._chance.choice([0, 0, 0, 0, self._chance.randint(1, STEPS)])
                kiosks.stdin.write(f"{token} {step}\n")
                kiosks.stdin.flush()
                number = kiosks.stdout.readline().strip()
                if number == "killed":
                    self.kills += 1
                    self._killed_with(token)
                else:
                    assert is_number(number), number
                    self.numbers[token] = number

    def _next(self) -> str:
        try:
            return self._waiting.get_nowait()
        except queue.Empty:
            return ""

    def _killed_with(self, token: str) -> None:
        """Hand out a list again that was not given when its kiosk was killed."""
        if token not in {each["token"] for each in records(self._folder).values()}:
            self._waiting.put(token)


def give_together(folder: Path, lists: int, way: str = "many") -> None:
    """Give so many lists by several kiosks at once, and look meanwhile as the desk does.

    `way` is how each is given (see `killed`).
    """
    folder.chmod(0o700)
    kiosks = Kiosks(folder, lists, way)
    threads = [threading.Thread(target=kiosks.run) for _ in range(KIOSKS)]
    for thread in threads:
        thread.start()
    looks = 0
    while any(thread.is_alive() for thread in threads):
        records(folder)
        looks += 1
        threads[looks % KIOSKS].join(0.05)  # reads a few times a second
    found = records(folder)
    assert len(found) == lists
    assert {each["token"] for each in found.values()} == {f"list{each}" for each in range(lists)}
    assert len({each["identifier"] for each in found.values()}) == lists
    assert all(map(is_number, found))
    assert all(found[number]["token"] == token for token, number in kiosks.numbers.items())
    assert len(kiosks.numbers) >= lists - kiosks.kills
    assert kiosks.kills > 0
    assert looks > 1


def records(folder: Path) -> dict[str, dict[str, str]]:
    """Return the token and identifier of every list by its number; an error if one is not whole."""
    return {each.stem: _record(json.loads(each.read_bytes())) for each in folder.glob("*/*.json")}


def _record(found: dict[str, Any]) -> dict[str, str]:
    """Return a record's token and identifier; that of a whole visit has the token as its reference."""
    if "resourceType" not in found:
        return found
    return {
        "token": found["encounter"]["identifier"]["value"],
        "identifier": found["identifier"]["value"],
    }
