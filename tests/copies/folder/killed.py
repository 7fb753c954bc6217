"""Gives lists, and is killed at one of the steps that the disk sees.

python -m tests.copies.folder.killed STEP ACTION FOLDER [NUMBER SIZE TIME]: one thing with one list.
python -m tests.copies.folder.killed many FOLDER: a list for each line "TOKEN STEP" of standard input.
python -m tests.copies.folder.killed visits FOLDER: the same, each from a whole visit with the same answers.
"""

import json
import os
import random
import signal
import sys
import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from fibrocheck.copies.folder import desk_folder
from fibrocheck.copies.folder.desk_folder import Folder, Given, IdentifierTaken

RELEASED = date(2026, 11, 1)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
OLD, NEW = b'{"answer": "no"}', b'{"answer": "yes"}'
IDENTIFIERS = 1024
"""As many as there are for the same answers on one day."""

_STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.listdir", "fsync"}
"""Events of Python's audit hooks, and one of ours."""


class Steps:
    """Counts what the disk sees, and kills this process at one of the steps."""

    def __init__(self) -> None:
        self._left = 0
        self._flush = os.fsync
        os.fsync = self._fsync  # type: ignore[assignment]
        sys.addaudithook(self._count)

    def kill_at(self, step: int) -> None:
        """Kill at this step from now on; never if it is 0."""
        self._left = step

    def _fsync(self, descriptor: int) -> None:
        sys.audit("fsync")
        self._flush(descriptor)

    def _count(self, event: str, _arguments: object) -> None:
        if event in _STEPS:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def one(step: int, action: str, path: str, number: str = "", *found: str) -> None:
    """Give a list, give it again, or take it back, unless the step comes first."""
    folder = Folder(Path(path), lambda: NOON)
    identifier = uuid.UUID(int=1)
    given = Given(NOON.date(), number, tuple(map(int, found)), identifier)
    Steps().kill_at(step)
    if action == "give":
        folder.give(OLD, identifier)
    elif action == "give_again":
        folder.give_again(given, NEW)
    else:
        folder.take_back(given)


def many(path: str, give: Callable[[Folder, str], str]) -> None:
    """Give a list for each line of standard input, and write its number."""
    folder, steps = Folder(Path(path), lambda: NOON), Steps()
    for line in sys.stdin:
        token, step = line.split()
        steps.kill_at(int(step))
        number = give(folder, token)
        steps.kill_at(0)
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


def one_after_another(work: Callable[[], None]) -> None:
    """Do work in a process of its own, and whenever that is killed, in another; write "killed" then.

    Each has loaded the program and begun nothing, as one that starts; to load it would be most of the work.
    """
    while True:
        worker = os.fork()
        if worker == 0:
            work()
            os._exit(0)
        ended = os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
        if ended == 0:
            return
        sys.stdout.write("killed\n" if ended == -signal.SIGKILL else f"ended with {ended}\n")
        sys.stdout.flush()


def _given(folder: Folder, token: str) -> str:
    chance = random.SystemRandom()
    while True:
        identifier = uuid.UUID(int=chance.randrange(IDENTIFIERS))
        record = json.dumps({"token": token, "identifier": str(identifier)}).encode()
        try:
            return folder.give(record, identifier).number
        except IdentifierTaken:
            continue


def _visit(folder: Folder, token: str) -> str:
    from fibrocheck.copies.copier import Copier  # these are most of a start, and few starts need them
    from fibrocheck.copies.visit_copies import VisitCopies
    from tests.fixture import questionnaire

    visit = VisitCopies(Copier(questionnaire(), reference=token, folder=folder, is_kiosk=True))
    visit.confirm({"sleep": "sometimes"}, "en")
    visit.give()
    return visit.delivered.number


if __name__ == "__main__":
    desk_folder._RELEASED = RELEASED
    if sys.argv[1] == "many":
        one_after_another(lambda: many(sys.argv[2], _given))
    elif sys.argv[1] == "visits":
        one_after_another(lambda: many(sys.argv[2], _visit))
    else:
        one(int(sys.argv[1]), *sys.argv[2:])
