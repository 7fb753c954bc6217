"""A look at a list's file that is quick enough for a day of a thousand: all it says but its answers."""

from __future__ import annotations

import json
import re
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.records.addresses import is_address
from fibrocheck.records.reading import read_head, read_saved
from fibrocheck.records.record import ENTERED_IN_ERROR, SHOWN, RecordError

if TYPE_CHECKING:
    from fibrocheck.content.model import Content
    from fibrocheck.records.reading import SavedRecord
    from fibrocheck.records.record import Record

STATUSES = (*SHOWN, ENTERED_IN_ERROR)
"""The records that the desk reads: it must find what was entered in error."""

_LONGEST_PIECE = 6
"""Characters of the longest thing in JSON but a text, an escape: so many stand before the end at most."""

_NUMBERS = re.compile(r"[0-9]+(?:\.[0-9]+)*")


class Problem(Enum):
    """Why a file in the folder cannot be opened as a list, for pages that say it in their own words."""

    HALF_WRITTEN = "the file ends in the middle"
    DAMAGED = "the file contradicts itself, or what it says is not allowed"
    FOREIGN = "the file is something else, or of another questionnaire"
    NEWER = "the file is of a later version of the questionnaire, and this one cannot read it"
    UNREADABLE = "the system does not let the program read the file"


class Wording(Enum):
    """With which words a list was answered, beside today's."""

    TODAYS = "today's"
    OTHER = "of an earlier or unknown version"
    NEWER = "of a later version: this computer has an old questionnaire"


class Glance(NamedTuple):
    """What a file says, or why it cannot be opened."""

    record: Record | None = None
    """Without its answers; `None` if it cannot be opened."""
    problem: Problem | None = None
    why: str = ""
    """The problem in a sentence for staff, in English like all messages about files."""
    wording: Wording = Wording.TODAYS


def glance(data: bytes, content: Content) -> Glance:
    """Return what a file says but its answers, which may be damaged all the same: see `opened`."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        if _is_cut(error):
            return Glance(problem=Problem.HALF_WRITTEN, why="the record is not whole")
        return Glance(problem=Problem.DAMAGED, why="the record is not JSON")
    try:
        head = read_head(value, content, STATUSES)
    except RecordError as error:
        return Glance(problem=_problem(value, content), why=str(error), wording=_named(value, content))
    return Glance(head.record, wording=_wording(head.version, content))


def opened(data: bytes, content: Content) -> SavedRecord | Glance:
    """Return the whole list, or why it cannot be opened."""
    found = glance(data, content)
    if found.problem is None:
        try:
            return read_saved(data, content, STATUSES)
        except RecordError as error:
            is_newer = found.wording is Wording.NEWER
            problem = Problem.NEWER if is_newer else Problem.DAMAGED
            return Glance(problem=problem, why=str(error), wording=found.wording)
    return found


def _is_cut(error: Exception) -> bool:
    """Return whether a file ends in the middle, by what is wrong with it."""
    if isinstance(error, UnicodeDecodeError):
        return error.reason == "unexpected end of data"
    if not isinstance(error, json.JSONDecodeError):
        return False
    rest = error.doc[error.pos :].strip()
    return len(rest) <= _LONGEST_PIECE or error.msg.startswith("Unterminated")


def _problem(value: object, content: Content) -> Problem:
    """Return what is wrong with a record whose head cannot be read."""
    named = value.get("questionnaire") if isinstance(value, dict) else None
    is_ours = isinstance(value, dict) and value.get("resourceType") == "QuestionnaireResponse"
    if not is_ours or (isinstance(named, str) and not _is_of(named, content)):
        return Problem.FOREIGN
    return Problem.NEWER if _named(value, content) is Wording.NEWER else Problem.DAMAGED


def _is_of(named: str, content: Content) -> bool:
    return is_address(named, content) or is_address(named.rpartition("|")[0], content)


def _named(value: object, content: Content) -> Wording:
    named = value.get("questionnaire") if isinstance(value, dict) else None
    version = named.rpartition("|")[2] if isinstance(named, str) and "|" in named else ""
    return _wording(version, content)


def _wording(version: str, content: Content) -> Wording:
    if version == content.version:
        return Wording.TODAYS
    both = [_NUMBERS.match(each) for each in (version, content.version)]
    theirs, todays = (tuple(map(int, each[0].split("."))) if each else () for each in both)
    return Wording.NEWER if theirs and todays and theirs > todays else Wording.OTHER
