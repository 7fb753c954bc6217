"""Keeping what a caller said: under a number, unfinished or confirmed; and a code, under an appointment."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.code.codes import new_code
from fibrocheck.copies.code.identity import identifier_of
from fibrocheck.copies.folder.access import FolderError
from fibrocheck.copies.folder.claims import Claims
from fibrocheck.copies.folder.desk_folder import IdentifierTaken
from fibrocheck.desk import states, versions
from fibrocheck.desk.day_files import DayFiles
from fibrocheck.desk.lists import Lists, OpenList
from fibrocheck.desk.log import Action
from fibrocheck.records.desk_notes import encounter
from fibrocheck.records.elements import to_json
from fibrocheck.records.reading import read_saved
from fibrocheck.records.record import COMPLETED, DESK, IN_PROGRESS, Record, checked_reference
from fibrocheck.records.response import write_response

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from fibrocheck.content.model import Content
    from fibrocheck.desk.finding import ByCode
    from fibrocheck.questions import Answers
    from fibrocheck.records.times import Moment


class Call(NamedTuple):
    """What is known about a call besides the answers."""

    language: str
    appointment: str = ""
    appointment_date: date | None = None
    source: str = ""
    """Who answered, if that was asked: one of `records.record.SOURCES`."""
    skipped: tuple[str, ...] = ()
    """The questions that the caller left out so far, while the call is not finished."""


class Kept(NamedTuple):
    """A list that was kept, and its code; empty while the call is not finished."""

    shown: OpenList
    code: str = ""


def call_record(answers: Answers, call: Call, content: Content, now: datetime) -> tuple[Record, str]:
    """Return the record of a finished call, and its code; all there is to do without a folder.

    `RecordError` for an appointment that cannot be kept.
    """
    code = new_code(content, answers, call.language, now.date())
    return _record(answers, call, now, identifier_of(code)), code


def keep_call(
    lists: Lists, answers: Answers, call: Call, *, is_finished: bool, before: OpenList | None = None
) -> Kept:
    """Keep a call, finished or not: under a new number, or in the place of what was kept `before`.

    `FolderError` if it cannot be written: nothing is kept then, and the answers should stay on the screen.
    `Newer` if another desk went on with the call; `RecordError` for an appointment that cannot be kept.
    The answers of an unfinished call are not kept as an earlier version.
    """
    action = Action.CALL_KEPT if is_finished else Action.CALL_PUT_ASIDE
    with lists.log.doing(action, lists.who, before.name if before else ""):
        if before is None:
            kept, code = _keep_new(lists, answers, call, is_finished=is_finished)
        else:
            kept, code = _keep_again(lists, before, answers, call, is_finished=is_finished)
    return Kept(kept, code if is_finished else "")


def keep_code(lists: Lists, found: ByCode, appointment: str, day: date | None) -> OpenList:
    """Keep the list that a code holds in the folder, linked to an appointment.

    `ValueError` if the folder has a list of this code: open that one instead.
    """
    if found.rows:
        raise ValueError("the folder has a list of this code")
    if appointment:
        checked_reference(appointment)
    resource = found.in_code.resource | encounter(appointment, day, lists.content)
    identifier = found.in_code.record.identifier
    with lists.log.doing(Action.CODE_KEPT, lists.who):
        given = lists.folder.give(to_json(resource).encode(), identifier, is_fixed=True)
        return lists.link(lists.look(given.day, given.number), appointment, day)


def call_of(shown: OpenList) -> Call:
    """Return what is known about a call that is taken up again."""
    record = shown.record
    return Call(record.language, record.reference, record.appointment_date, record.source)


def _keep_new(lists: Lists, answers: Answers, call: Call, *, is_finished: bool) -> tuple[OpenList, str]:
    while True:
        record, code = call_record(answers, call, lists.content, lists.folder.now())
        data = _written(record, lists.content, is_finished=is_finished)
        with suppress(IdentifierTaken):  # then draw another code
            given = lists.folder.give(data, record.identifier)
            break
    # Nothing from here on may look like a failure: the list is in the folder.
    event = _linked(lists, call)
    with suppress(FolderError):
        lists.log.write(Action.NUMBER_GIVEN, lists.who, f"{given.day.isoformat()}/{given.number}")
        states.note(DayFiles(lists.folder, given.day), given.number, event)
    return _shown(lists, given.day, given.number, data, states.folded([event])), code


def _keep_again(
    lists: Lists, before: OpenList, answers: Answers, call: Call, *, is_finished: bool
) -> tuple[OpenList, str]:
    if not is_finished:  # quickly: it may be kept after every answer
        record = _record(answers, call, before.record.authored, before.record.identifier)
        return _replaced(lists, before, record, call, is_finished=False), ""
    claims = Claims(lists.folder.path, before.day, lists.folder.access().folder_mode)
    while True:
        record, code = call_record(answers, call, lists.content, lists.folder.now())
        with lists.folder.reported():
            if claims.identifier(record.identifier):
                break
    try:
        kept = _replaced(lists, before, record, call, is_finished=True)
    except BaseException:
        claims.release_identifier(record.identifier)
        raise
    claims.release_identifier(before.record.identifier)
    return kept, code


def _replaced(lists: Lists, before: OpenList, record: Record, call: Call, *, is_finished: bool) -> OpenList:
    """Put a record in the place of what was kept of the call before."""
    data = _written(record, lists.content, is_finished=is_finished)
    versions.check_newest(before.files, before.number, before.data, data)
    state = _linked_again(lists, before, call)
    versions.replace(before.files, before.number, before.data, data, keep=False)
    return _shown(lists, before.day, before.number, data, state)


def _record(answers: Answers, call: Call, time: Moment, identifier: UUID) -> Record:
    """Return the record of a call; `RecordError` for an appointment that cannot be kept.

    While it is not finished, its time is that of its beginning: staff know it by that.
    """
    if call.appointment:
        checked_reference(call.appointment)
    return Record(
        answers,
        call.language,
        time,
        identifier,
        reference=call.appointment,
        device=DESK,
        source=call.source,
        appointment_date=call.appointment_date if call.appointment else None,
        skipped=call.skipped,
    )


def _linked(lists: Lists, call: Call) -> states.Event:
    day = call.appointment_date if call.appointment else None
    more = {"appointment": call.appointment, "appointment_date": day.isoformat() if day else ""}
    return states.event(states.LINKED, lists.who, lists.folder.now(), **more)


def _linked_again(lists: Lists, before: OpenList, call: Call) -> states.State:
    """Note the appointment of a call if it is another one by now; return the state of the list then."""
    if call_of(before)[1:3] == (call.appointment, call.appointment_date):
        return before.state
    event = _linked(lists, call)
    states.note(before.files, before.number, event)
    return states.folded([*before.state.history, event])


def _shown(lists: Lists, day: date, number: str, data: bytes, state: states.State) -> OpenList:
    """Return a list that was just written, without reading it again: that could fail."""
    saved = read_saved(data, lists.content)
    return OpenList(DayFiles(lists.folder, day), number, data, saved, state)


def _written(record: Record, content: Content, *, is_finished: bool) -> bytes:
    status = COMPLETED if is_finished else IN_PROGRESS
    return to_json(write_response(record._replace(status=status), content)).encode()
