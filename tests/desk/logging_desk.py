"""Writes lines into the log, says each that is written, and is killed: python -m tests.desk.logging_desk."""

import os
import signal
import sys
from pathlib import Path

from fibrocheck.copies.folder import desk_folder
from fibrocheck.copies.folder.desk_folder import Folder
from fibrocheck.desk.log import Action, Log
from fibrocheck.desk.states import Who
from tests.copies.folder.killed import NOON, RELEASED

LINES = 20

if __name__ == "__main__":
    desk_folder._RELEASED = RELEASED
    log = Log(Folder(Path(sys.argv[1]), lambda: NOON), sys.argv[2])
    for number in range(LINES):
        log.write(Action.OPENED, Who("MR", sys.argv[2]), str(number))
        sys.stdout.write(f"{number}\n")
    sys.stdout.flush()
    os.kill(os.getpid(), signal.SIGKILL)
