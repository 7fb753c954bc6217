"""Where a list to show again comes from: a saved record, a code, or either on standard input."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.content.model import Content
from fibrocheck.copies.code.problems import CodeError, Problem
from fibrocheck.errors import StaffError, WrongUsage, system_words
from fibrocheck.file_reading import read_regular_file
from fibrocheck.records.reading import SavedRecord, read_saved
from fibrocheck.records.record import OtherPatientError, Record, RecordError
from fibrocheck.records.strict_json import MAX_BYTES, Repeated
from fibrocheck.text_safety import printable, quoted

if TYPE_CHECKING:
    from fibrocheck.copies.code.codes import ReadCode

STANDARD_INPUT = "-"
_ITS_NAME = "standard input"

CAN_BE_SEEN = (
    "Other users of this computer can see a code on a command line, and the shell keeps it."
    " Next time, type it after: fibrocheck report"
)
OTHER_WORDING = (
    "The questions had other wording when this list was answered; its code does not hold the words."
)


class Found(NamedTuple):
    """A list, and what staff need to know about how it was read, one sentence each."""

    saved: SavedRecord
    notes: tuple[str, ...] = ()
    code: str = ""
    """The code that it was read from, as it is shown; empty for a record."""


def read_list(source: str | None, content: Content, repeated: Repeated | None = None) -> Found:
    """Return the list that a command line names: an existing file first, otherwise a code.

    `-` is standard input. Without a source a code is asked for at a terminal. `StaffError` if there is
    none, it is damaged, or belongs to another questionnaire; `WrongUsage` if there is nobody to ask.
    """
    if source is None and not sys.stdin.isatty():
        what = "Missing argument: a saved record, a code, or - for standard input"
        raise WrongUsage(f"{what}. See: fibrocheck report --help")
    if source is None or source == STANDARD_INPUT:
        return _in_input(content)
    if os.path.lexists(source):
        return Found(_in_file(source, content, repeated))
    try:
        found = _in_code(source, content)
    except CodeError as error:
        if error.problem is Problem.NO_CODE:
            return Found(_in_file(source, content))  # says that there is no such file
        if error.problem is Problem.LENGTH:
            raise StaffError(f"no file has this name, and {error}") from None
        raise
    return found._replace(notes=(CAN_BE_SEEN, *found.notes))


def _in_file(name: str, content: Content, repeated: Repeated | None = None) -> SavedRecord:
    shown = printable(name)
    try:
        data = read_regular_file(name, MAX_BYTES)
    except (OSError, ValueError) as error:
        reason = system_words(error)
        raise RecordError(f"{shown}: {reason}", "Name a saved record that can be read") from None
    return _in_bytes(data, shown, content, repeated)


def _in_input(content: Content) -> Found:
    """Return a list from standard input. A record has braces, which no code has."""
    data = _asked() if sys.stdin.isatty() else sys.stdin.buffer.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise RecordError(f"{_ITS_NAME}: the record is too large", "Use a saved record")
    if b"{" in data:
        return Found(_in_bytes(data, _ITS_NAME, content))
    return _in_code(data.decode("utf-8", "replace"), content)


def _asked() -> bytes:
    """Return a line that is typed, or scanned, at the terminal. A page on standard output stays whole."""
    sys.stderr.write("Code: ")
    sys.stderr.flush()
    return sys.stdin.buffer.readline()


def _in_bytes(data: bytes, name: str, content: Content, repeated: Repeated | None = None) -> SavedRecord:
    try:
        return read_saved(data, content, repeated=repeated)
    except OtherPatientError:
        raise OtherPatientError(name) from None
    except RecordError as error:
        raise StaffError(f"{name}: {error}") from None


def _in_code(typed: str, content: Content) -> Found:
    from fibrocheck.copies.code.codes import read_code  # records need none of it
    from fibrocheck.records.times import local_now

    return list_in_code(read_code(typed, content, local_now().date()), content)


def list_in_code(code: ReadCode, content: Content) -> Found:
    """Return the list that a code holds, like a saved one."""
    from fibrocheck.copies.code.identity import identifier_of
    from fibrocheck.copies.code.spelling import grouped
    from fibrocheck.records.addresses import address
    from fibrocheck.records.response import write_response

    record = Record(code.answers, code.language, code.day, identifier_of(code.letters))
    resource = write_response(record, content)
    if code.is_other_wording:  # of a version that nobody knows
        resource["questionnaire"] = address(content)
    saved = SavedRecord(record, content, code.is_other_wording, resource)
    return Found(saved, _notes(code), grouped(code.letters))


def _notes(code: ReadCode) -> tuple[str, ...]:
    return (*_look_alikes(code), *([OTHER_WORDING] if code.is_other_wording else []))


def _look_alikes(code: ReadCode) -> tuple[str, ...]:
    if not code.look_alikes:
        return ()
    read = ", ".join(f"{quoted(each.typed)} as {each.read}" for each in code.look_alikes)
    return (f"No code has some of the characters typed. They were read as look-alikes: {read}.",)
