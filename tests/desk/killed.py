"""Changes a list at the desk, and is killed at one of the steps that the disk sees.

python -m tests.desk.killed STEP ACTION FOLDER: one thing with the list 273.
python -m tests.desk.killed keep|drop FOLDER NAME: many changes, each of the newest version, with the earlier
ones kept or not.
"""

import json
import sys
from collections.abc import Callable
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


if __name__ == "__main__":
    desk_folder._RELEASED = RELEASED
    if sys.argv[1] in {"keep", "drop"}:
        written = compete(day_in(Path(sys.argv[2])), sys.argv[3], keep=sys.argv[1] == "keep")
        sys.stdout.write(json.dumps(written))
    else:
        step, action, path = sys.argv[1:]
        chosen = actions(day_in(Path(path)))[action]
        Steps().kill_at(int(step))
        chosen()
