"""Does one thing with a list, and is killed at one of the steps that the disk sees (`test_desk_folder`).

python -m tests.copies.folder.killed STEP ACTION FOLDER [NUMBER SIZE TIME]
"""

import os
import signal
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path

from fibrocheck.copies.folder.desk_folder import Folder, Given

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
OLD, NEW = b'{"answer": "no"}', b'{"answer": "yes"}'
STEPS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.listdir", "fsync"}
"""Events of Python's audit hooks, and one of ours."""


def main(step: int, action: str, path: str, number: str = "", *found: str) -> None:
    """Give a list, give it again, or take it back, unless the step comes first."""
    folder = Folder(Path(path), lambda: NOON)
    identifier = uuid.UUID(int=1)
    given = Given(NOON.date(), number, tuple(map(int, found)), identifier)
    _kill_at(step)
    if action == "give":
        folder.give(OLD, identifier)
    elif action == "give_again":
        folder.give_again(given, NEW)
    else:
        folder.take_back(given)


def _kill_at(step: int) -> None:
    so_far = 0

    def count(event: str, _arguments: object) -> None:
        nonlocal so_far
        so_far += event in STEPS
        if event in STEPS and so_far == step:
            os.kill(os.getpid(), signal.SIGKILL)

    real = os.fsync

    def fsync(descriptor: int) -> None:
        sys.audit("fsync")
        real(descriptor)

    os.fsync = fsync  # type: ignore[assignment]
    sys.addaudithook(count)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
