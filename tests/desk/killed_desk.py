"""Desks that are killed at every step that the disk sees, each in a copy of a folder.

python -m tests.desk.killed_desk ACTION FOLDER COPIES: the copies are COPIES/1, COPIES/2 …

What it works with are the list 273 of a kiosk, linked, and the call 281, put aside.
"""

import os
import shutil
import sys
import traceback
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

from fibrocheck.copies.folder import desk_folder
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.in_tray import Limits
from fibrocheck.desk.keeping import Call, call_of, keep_call
from fibrocheck.desk.lists import Lists
from fibrocheck.desk.log import Action, Log
from fibrocheck.desk.removing import due, remove_due
from fibrocheck.desk.states import Who
from fibrocheck.records.record import TYPED_WRONG
from tests.copies.folder.killed import NOON, RELEASED, Steps
from tests.desk.lists import CONTENT, TODAY
from tests.records.samples import ANSWERS

FEWER = {"sleep": "no"}
CALL = Call("en", "C-3", date(2026, 12, 4))


def desk_in(path: Path) -> Lists:
    """Return a desk at a folder."""
    folder = Folder(path, lambda: NOON)
    return Lists(folder, CONTENT, Log(folder, "front"), lambda: Who("MR", "front"))


def actions(lists: Lists) -> dict[str, Callable[[], object]]:
    """Return what is done with the lists, by name, after reading what it is done with."""
    linked, call = lists.look(TODAY, "273"), lists.look(TODAY, "281")
    at_once = Limits(unclaimed=0, in_chart=0)
    return {
        "link": lambda: lists.link(linked, "B-2", None),
        "unlink": lambda: lists.unlink(linked),
        "mark": lambda: lists.mark(linked, Action.PRINTED),
        "correct": lambda: lists.correct(linked, FEWER, TYPED_WRONG),
        "keep": lambda: keep_call(lists, ANSWERS, CALL, is_finished=True),
        "finish": lambda: keep_call(lists, ANSWERS, call_of(call), is_finished=True, before=call),
        "remove": lambda: lists.remove(linked),
        "remove by age": lambda: _remove_by_age(lists, at_once),
    }


def _remove_by_age(lists: Lists, limits: Limits) -> None:
    found = [each for each in due(lists.folder, CONTENT, limits, [TODAY]) if each.row.number == "273"]
    list(remove_due(found, lists.folder, CONTENT, limits, lists.log, lists.who))


def main(action: str, folder: str, copies: str) -> None:
    """Do the same in one copy after another, killed a step later each time until it is done; say how many."""
    shutil.copytree(folder, f"{copies}/0")
    actions(desk_in(Path(copies, "0")))[action]()  # so that everything is imported
    for step in count(1):
        path = f"{copies}/{step}"
        shutil.copytree(folder, path)
        process = os.fork()
        if not process:
            _killed(step, action, path)
        if not os.WIFSIGNALED(os.waitpid(process, 0)[1]):
            sys.stdout.write(str(step))
            return


def _killed(step: int, action: str, path: str) -> None:
    chosen = actions(desk_in(Path(path)))[action]
    Steps().kill_at(step)
    try:
        chosen()
    except BaseException:  # noqa: BLE001 - this process must not go on as its parent
        traceback.print_exc()
    os._exit(0)


if __name__ == "__main__":
    desk_folder._RELEASED = RELEASED
    main(*sys.argv[1:])
