"""What a desk's account can do in a shared folder: python -m tests.desk.account USER GROUPS FOLDER NUMBER.

Started by root, it becomes that user, with these groups besides its own.
"""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.in_tray import InTray
from fibrocheck.desk.keeping import Call, keep_call
from fibrocheck.desk.lists import Lists
from fibrocheck.desk.log import Action, Log, entries
from fibrocheck.desk.states import Who
from fibrocheck.records.record import TYPED_WRONG
from tests.desk.lists import CONTENT, record, written


def main(user: str, groups: str, path: str, number: str) -> None:
    """Become the user, do what a desk does, and write what came of it."""
    with TemporaryDirectory() as elsewhere:  # so that everything is imported: Python may be root's
        lists = desk_at(Path(elsewhere), user)
        given = lists.folder.give(written(record()), record().identifier)
        work(lists, given.number)
    os.setgroups([int(each) for each in groups.split(",")])
    os.setgid(int(user))
    os.setuid(int(user))
    os.umask(0o077)
    sys.stdout.write(json.dumps(work(desk_at(Path(path), user), number)))


def desk_at(path: Path, user: str) -> Lists:
    """Return a desk at a folder that is ready."""
    folder = Folder(path)
    folder.check_ready()
    return Lists(folder, CONTENT, Log(folder, f"desk{user}"), lambda: Who("MR", user))


def work(lists: Lists, number: str) -> object:
    """Work with a list; return the numbers of the day, its versions, and how many lines the log has."""
    today = lists.folder.now().date()
    shown = lists.link(lists.open(today, number), f"A-{lists.who.computer}", None)
    shown = lists.mark(lists.correct(shown, {"sleep": "no"}, TYPED_WRONG), Action.PRINTED)
    half = keep_call(lists, {}, Call("en"), is_finished=False).shown
    done = keep_call(lists, {"sleep": "no"}, Call("en"), is_finished=True, before=half).shown
    lists.remove(done)
    rows = InTray(lists.folder, CONTENT).rows(today)
    return {
        "numbers": [each.number for each in rows],
        "problems": [each.why for each in (row.seen for row in rows) if each.problem],
        "versions": len(lists.earlier(shown)),
        "by": [each.computer for each in shown.state.history],
        "lines": len(entries(lists.folder, today)),
    }


if __name__ == "__main__":
    main(*sys.argv[1:])
