"""The log: who did what at the front desk, a line for each action, and never an answer.

Each running desk adds to a file of its own in the folder of the day, `front-3fa9c1.log`: several desks on
a share never write into each other's lines, which appending to one file does not promise there. A line
is written before the thing is done, so that none is missing, however the program ends; a second line says
if it could not be done. `desk --log DAY` puts the files of a day together.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.files import flush_folder
from fibrocheck.copies.folder.access import FolderError
from fibrocheck.desk.day_files import DayFiles
from fibrocheck.records.times import written
from fibrocheck.text_safety import LETTERS_AND_DIGITS, printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from fibrocheck.copies.folder.desk_folder import Folder
    from fibrocheck.desk.states import Who

_SUFFIX = ".log"
_NAME = re.compile(r"[A-Za-z0-9_-]+-[0-9a-f]{6}\.log", re.ASCII)
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


class Action(StrEnum):
    """What staff can do. The log has these words; pages have their own for them."""

    STARTED = "started"
    ENDED = "ended"
    UNLOCKED = "unlocked"
    OPENED = "opened"
    ANSWERS_SHOWN = "answers shown"
    LINKED = "linked"
    UNLINKED = "link undone"
    PRINTED = "printed"
    SAVED = "saved"
    CHART_TEXT_SHOWN = "chart text shown"
    IN_CHART = "marked in chart"
    OUT_OF_CHART = "in chart undone"
    PUT_ASIDE = "put aside"
    TAKEN_UP = "taken up again"
    CORRECTED = "corrected"
    CALL_KEPT = "call kept"
    CALL_PUT_ASIDE = "call put aside"
    NUMBER_GIVEN = "number given"
    CODE_READ = "code read"
    CODE_KEPT = "code kept"
    PATIENT_NAMED = "patient named"
    PATIENT_UNDONE = "patient undone"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


class Entry(NamedTuple):
    """A line of the log."""

    time: str
    initials: str
    computer: str
    number: str
    """Of the list, with its day: 2026-11-25/273; empty for an action without a list."""
    action: str
    failed: bool = False
    """Whether it says that the action before it could not be done."""


class Log:
    """The log of one running desk. `FolderError` if a line cannot be written: then do not act."""

    def __init__(self, folder: Folder, computer: str) -> None:
        """Write nothing yet."""
        self._folder = folder
        name = "".join(each for each in computer if each in f"{LETTERS_AND_DIGITS}_-") or "desk"
        self._file = f"{name[:40]}-{os.urandom(3).hex()}{_SUFFIX}"

    @contextmanager
    def doing(self, action: Action, who: Who, number: str = "") -> Iterator[None]:
        """Write that something is done, do it, and write if it could not be done."""
        self.write(action, who, number)
        try:
            yield
        except BaseException:
            with suppress(FolderError):  # the reason is on its way to the person already
                self.write(action, who, number, failed=True)
            raise

    def write(self, action: Action, who: Who, number: str = "", *, failed: bool = False) -> None:
        """Add a line, which is on the disk when this returns."""
        now = self._folder.now()
        entry = Entry(written(now), who.initials, who.computer, number, action, failed)
        self._append(DayFiles(self._folder, now.date()), _line(entry))

    def _append(self, day: DayFiles, line: bytes) -> None:
        access = day.make()
        with self._folder.reported():
            descriptor = os.open(day.place / self._file, _FLAGS, access.file_mode)
            try:
                if os.fstat(descriptor).st_size == 0:
                    if hasattr(os, "fchmod"):
                        os.fchmod(descriptor, access.file_mode)  # whatever the umask
                    flush_folder(day.place)
                _write_whole(descriptor, line)
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def entries(folder: Folder, day: date) -> list[Entry]:
    """Return what was done on a day at all desks, in the order of time; `FolderError` if it is unreadable.

    The beginning of a line whose desk was killed while it wrote it is left out: nothing was done yet.
    """
    files = DayFiles(folder, day)
    found: list[Entry] = []
    for name in filter(_NAME.fullmatch, files.names()):
        with folder.reported():
            found += filter(None, map(_entry, (files.place / name).read_bytes().split(b"\n")))
    return sorted(found, key=_order)


def as_text(entries: list[Entry]) -> str:
    """Return entries as lines for people: time, initials, computer, list and action, separated by tabs."""
    return "".join(
        "\t".join((*each[:4], f"not {each.action}" if each.failed else each.action)) + "\n"
        for each in entries
    )


def _write_whole(descriptor: int, line: bytes) -> None:
    """Write a line; if the disk is full after half of it, take the half back."""
    before = os.fstat(descriptor).st_size
    try:
        done = os.write(descriptor, line)
        while done < len(line):  # the rest says why it could not be written
            done += os.write(descriptor, line[done:])
    except OSError:
        with suppress(OSError):
            os.ftruncate(descriptor, before)
        raise


def _line(entry: Entry) -> bytes:
    fields = [printable(str(each)) for each in entry[:5]]
    return json.dumps([*fields, *([True] if entry.failed else [])], ensure_ascii=False).encode() + b"\n"


def _entry(line: bytes) -> Entry | None:
    with suppress(ValueError, RecursionError):
        value = json.loads(line)
        is_line = isinstance(value, list) and len(value) in {5, 6}
        if is_line and all(isinstance(each, str) for each in value[:5]):
            time, initials, computer, number, action = map(printable, value[:5])
            return Entry(time, initials, computer, number, action, failed=value[5:] == [True])
    return None


def _order(entry: Entry) -> tuple[float, str]:
    """Order by time; a time that cannot be read stands first."""
    try:
        return datetime.fromisoformat(entry.time).timestamp(), entry.time
    except (ValueError, OverflowError, OSError):
        return 0.0, entry.time
