"""Desks that are killed at every step that the disk sees, each in a copy of a folder.

python -m tests.desk.killed_desk ACTION FOLDER COPIES: the copies are COPIES/1, COPIES/2 …

What it works with are the list 273 of a kiosk, linked, and the call 281, put aside.
"""

import sys
from collections.abc import Callable
from datetime import date
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
from tests.copies.folder.killed import NOON, RELEASED
from tests.desk.killed import killed_in_copies
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


if __name__ == "__main__":
    desk_folder._RELEASED = RELEASED
    killed_in_copies(lambda path: actions(desk_in(path)), *sys.argv[1:])
