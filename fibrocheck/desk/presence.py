"""Whether a desk that opened a call still has it open: one that was killed has not said that it left."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fibrocheck.desk.states import Event

OPEN_FOR = timedelta(hours=4)
"""After this long, a desk on another computer counts as gone.

A call takes minutes, a shift's half hardly longer than this. If that desk is there after all, no answer is
lost: of two desks with one call, the one that keeps it later is asked what becomes of its answers.
"""

_PROC = Path("/proc")
_START_FIELD = 19
"""Where `/proc/PID/stat` has the time at which the process began, counted after its name."""


def this_process() -> str:
    """Return what names this process, on any computer and after a restart; empty if that is not known."""
    return _name_of(os.getpid())


def is_open(mark: Event, now: datetime) -> bool:
    """Return whether the desk that left this mark may still have the call open.

    On the same computer it is known whether its process is still there; elsewhere it is, for `OPEN_FOR`.
    """
    boot, _, process = mark.process.partition("/")
    number = process.partition("/")[0]
    if boot and boot == _boot() and number.isdigit():
        return _name_of(int(number)) == mark.process
    try:
        return abs(now - datetime.fromisoformat(mark.at)) < OPEN_FOR
    except (TypeError, ValueError):  # nobody knows since when
        return False


def _name_of(number: int) -> str:
    """Return the start of the computer, the process's number and its start; empty for one that is gone."""
    try:
        fields = (_PROC / str(number) / "stat").read_text().rpartition(")")[2].split()
        return f"{_boot()}/{number}/{fields[_START_FIELD]}"
    except (OSError, ValueError, IndexError):
        return ""


def _boot() -> str:
    """Return a name for this computer since it was started, which no other has; empty if there is none."""
    try:
        return (_PROC / "sys/kernel/random/boot_id").read_text().strip()
    except (OSError, ValueError):
        return ""
