"""A kiosk or a desk on a busy day, killed now and then: python -m tests.desk.day kiosk|desk FOLDER.

For each line "NAME STEP" of standard input it does one thing in that name, killed at that step that the
disk sees unless it is 0, and writes what it did; "killed" if it was.
"""

import random
import sys
import uuid
from pathlib import Path

from fibrocheck.copies.folder import desk_folder
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.in_tray import InTray, Row, Step
from fibrocheck.desk.keeping import Call, call_of, keep_call
from fibrocheck.desk.lists import Lists, OpenList
from fibrocheck.desk.log import Action, Log
from fibrocheck.desk.states import Who
from fibrocheck.desk.versions import Newer
from fibrocheck.questions import Answers
from fibrocheck.records.record import PATIENT_CHANGED
from tests.copies.folder.killed import NOON, RELEASED, Steps, one_after_another
from tests.desk.lists import CONTENT, TODAY, record, written

ANSWERS: list[Answers] = [
    {"sleep": "no"},
    {"sleep": "sometimes"},
    {"headaches": "not-sure", "sleep": "no"},
    {},
]


class Desk:
    """A desk that does one thing after another with whatever there is to do."""

    def __init__(self, folder: Folder) -> None:
        self._name = ""
        self._lists = Lists(folder, CONTENT, Log(folder, "front"), lambda: Who(self._name, "front"))
        self._tray = InTray(folder, CONTENT)
        self._chance = random.SystemRandom()

    def do(self, name: str) -> str:
        """Do one thing in this name; return what it was and with which list."""
        self._name = name
        if self._chance.random() < 0.2:
            return self._call()
        rows = [each for each in self._tray.rows(TODAY) if not each.problem]
        return self._work(self._chance.choice(rows)) if rows else "nothing -"

    def _call(self) -> str:
        is_finished = self._chance.random() < 0.5
        answers = self._chance.choice(ANSWERS)
        kept = keep_call(self._lists, answers, Call("en", self._name), is_finished=is_finished)
        return f"call {kept.shown.number}"

    def _work(self, row: Row) -> str:
        shown = self._lists.open(row.day, row.number)
        try:
            return f"{self._next(row, shown)} {row.number}"
        except Newer:
            return f"refused {row.number}"

    def _next(self, row: Row, shown: OpenList) -> str:
        answers = self._chance.choice(ANSWERS)
        if Step.FINISH in row.steps:
            keep_call(self._lists, answers, call_of(shown), is_finished=True, before=shown)
            return "finished"
        if Step.LINK in row.steps or self._chance.random() < 0.2:
            self._lists.link(shown, self._name, None)
            return "linked"
        if self._chance.random() < 0.4:
            self._lists.correct(shown, answers, PATIENT_CHANGED)
            return "corrected"
        self._lists.mark(shown, Action.IN_CHART if Step.PRINT not in row.steps else Action.PRINTED)
        return "marked"


def kiosk(folder: Folder, name: str) -> str:
    """Give a list in this name."""
    identifier = uuid.uuid4()
    return f"given {folder.give(written(record(identifier=identifier, reference=name)), identifier).number}"


def main(role: str, path: str) -> None:
    """Do what the lines say."""
    folder, steps = Folder(Path(path), lambda: NOON), Steps()
    desk = Desk(folder)
    for line in sys.stdin:
        name, step = line.split()
        steps.kill_at(int(step))
        done = kiosk(folder, name) if role == "kiosk" else desk.do(name)
        steps.kill_at(0)
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    desk_folder._RELEASED = RELEASED
    one_after_another(lambda: main(*sys.argv[1:]))
