"""Changes a list at the desk, and is killed at one of the steps that the disk sees.

python -m tests.desk.killed steps ACTION FOLDER COPIES: one thing with the list 273, in one copy after another
(COPIES/1, COPIES/2 …), killed a step later each time until it is done; the number of copies is written.
python -m tests.desk.killed keep|drop FOLDER NAME: many changes, each of the newest version, with the earlier
ones kept or not.
"""

import json
import os
import shutil
import sys
import traceback
from collections.abc import Callable
from itertools import count
from pathlib import Path

from fibrocheck.copies.folder import desk_folder
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk import states, versions
from fibrocheck.desk.day_files import DayFiles
from tests.copies.folder.killed import NEW, NOON, OLD, RELEASED, Steps

WHO = states.Who("MR", "front")
EVENT = states.event(states.PRINTED, WHO, NOON)
CHANGES = 25


def day_in(path: Path) -> DayFiles:
    """Return the files of the test's day in a folder."""
    return DayFiles(Folder(path, lambda: NOON), NOON.date())


def actions(day: DayFiles) -> dict[str, Callable[[], object]]:
    """Return what can be done with a list, by name."""
    return {
        "replace": lambda: versions.replace(day, "273", OLD, NEW),
        "finish": lambda: versions.replace(day, "273", OLD, NEW, keep=False),
        "settle": lambda: versions.settle(day, "273"),
        "note": lambda: states.note(day, "273", EVENT),
    }


def compete(day: DayFiles, name: str, *, keep: bool) -> list[int]:
    """Add one to a count in the list, many times; return what was written. A refusal is tried again."""
    written: list[int] = []
    while len(written) < CHANGES:
        seen = versions.newest(day, "273")
        count = json.loads(seen)["count"] + 1
        try:
            new = json.dumps({"count": count, "by": name}).encode()
            versions.replace(day, "273", seen, new, keep=keep)
        except versions.Newer:
            continue
        written.append(count)
        states.note(day, "273", EVENT)
    return written


def killed_in_copies(
    actions_in: Callable[[Path], dict[str, Callable[[], object]]], action: str, folder: str, copies: str
) -> None:
    """Do the same in one copy after another, each killed a step later, until it is done; write how many."""
    shutil.copytree(folder, f"{copies}/0")
    actions_in(Path(copies, "0"))[action]()  # so that everything is imported
    for step in count(1):
        path = Path(copies, str(step))
        shutil.copytree(folder, path)
        process = os.fork()
        if not process:
            _killed(step, actions_in(path)[action])
        if not os.WIFSIGNALED(os.waitpid(process, 0)[1]):
            sys.stdout.write(str(step))
            return


def _killed(step: int, act: Callable[[], object]) -> None:
    Steps().kill_at(step)
    try:
        act()
    except BaseException:  # noqa: BLE001 - this process must not go on as its parent
        traceback.print_exc()
    os._exit(0)


if __name__ == "__main__":
    desk_folder._RELEASED = RELEASED
    if sys.argv[1] in {"keep", "drop"}:
        written = compete(day_in(Path(sys.argv[2])), sys.argv[3], keep=sys.argv[1] == "keep")
        sys.stdout.write(json.dumps(written))
    else:
        killed_in_copies(lambda path: actions(day_in(path)), *sys.argv[2:])
