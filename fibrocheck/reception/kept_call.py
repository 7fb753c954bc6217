"""Keeping a call at the desk: if another desk changed or removed it meanwhile, staff say what becomes of it.

No answer is lost without a yes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.asking.contract import Chosen
from fibrocheck.desk.keeping import keep_call
from fibrocheck.desk.lists import CannotOpen
from fibrocheck.desk.versions import Gone, Newer
from fibrocheck.errors import StaffError
from fibrocheck.reception import call_pages, pages
from fibrocheck.reception.rows import time_of_day
from fibrocheck.records.record import COMPLETED, IN_PROGRESS

if TYPE_CHECKING:
    from fibrocheck.desk.keeping import Call
    from fibrocheck.desk.lists import Lists, OpenList
    from fibrocheck.questions import Answers
    from fibrocheck.reception.place import Place
    from fibrocheck.records.record import Record


class Said(NamedTuple):
    """What a caller said so far."""

    answers: Answers
    call: Call
    is_finished: bool

    def as_record(self, before: Record) -> Record:
        """Return the record of the call with what was said by now."""
        status = COMPLETED if self.is_finished else IN_PROGRESS
        return before._replace(answers=self.answers, skipped=self.call.skipped, status=status)

    def adds_nothing(self, before: Record, other: Record) -> bool:
        """Return whether it is what was there before, or just what the other desk has."""
        mine = self.as_record(before)
        return any(_what(mine) == _what(each) for each in (before, other))

    def keep(self, lists: Lists, before: OpenList | None) -> OpenList:
        """Keep it, in the place of what was kept before (see `keep_call`)."""
        return keep_call(lists, self.answers, self.call, is_finished=self.is_finished, before=before).shown


class Settled(NamedTuple):
    """What becomes of a call: the list to go on with; `None` if there is none, and nothing to keep."""

    shown: OpenList | None


def newest(place: Place, lists: Lists, shown: OpenList) -> OpenList | None:
    """Return a call as it is now, for this desk to go on with; `None` if staff do not want to after all.

    They are told who has it open at another desk. `CannotOpen` or `FolderError` if it is not there.
    """
    now = lists.look(shown.day, shown.number)
    other, words = lists.elsewhere(now), place.content.words
    if other is None:
        return now
    ask = place.say(words.desk.call_open, name=other.by, time=time_of_day(other.at))
    asked = pages.yes_or_no(
        place.voice, "desk-call-open", words.desk.new_caller, ask, words.desk.call_open_yes
    )
    return now if place.agrees(asked) else None


def kept(place: Place, lists: Lists, said: Said, before: OpenList | None) -> Settled | None:
    """Keep a call; `None` if it has to stay on the screen. Staff settle it if another desk was faster."""
    try:
        shown = said.keep(lists, before)
    except StaffError as error:
        if before is not None and isinstance(error, Newer | Gone):
            other = before
            return place.tried(lambda: _settle(place, lists, other, said))
        place.fail(error)
        return None
    _tell_kept(place, said, shown)
    return Settled(shown)


def _kept_beside(place: Place, lists: Lists, said: Said, other: OpenList | None) -> OpenList | None:
    """Keep a call under a number of its own, beside what another desk made of it, if that is there."""
    shown = place.tried(lambda: said.keep(lists, None))
    if shown is not None and other is not None:
        place.tell(place.content.words.desk.kept_beside, number=shown.number, other=other.number)
    elif shown is not None:
        _tell_kept(place, said, shown)
    return shown


def _tell_kept(place: Place, said: Said, shown: OpenList) -> None:
    words = place.content.words.desk
    place.tell(words.kept if said.is_finished else words.kept_aside, number=shown.number)


def _settle(place: Place, lists: Lists, before: OpenList, said: Said) -> Settled | None:
    """Ask what becomes of what was said, which cannot take the place of what was kept `before`.

    `None` to go back to the call.
    """
    other = _now(lists, before)
    if other is not None and said.adds_nothing(before.record, other.record):
        place.tell(place.content.words.desk.newer_shown)
        return Settled(other)
    while True:
        reply = place.asker.ask(*call_pages.newer_page(place.voice, is_gone=other is None))
        match reply.ids[0] if isinstance(reply, Chosen) else "":
            case call_pages.KEEP_OWN:
                shown = _kept_beside(place, lists, said, other)
                return Settled(shown) if shown is not None else None
            case call_pages.SEE if other is not None:
                _compare(place, said.as_record(before.record), other.record)
            case call_pages.TAKE:
                if _may_drop(place, is_gone=other is None):
                    return Settled(other)
            case _:
                return None


def _now(lists: Lists, before: OpenList) -> OpenList | None:
    """Return a call as it is by now; `None` if it was removed or cannot be read."""
    try:
        return lists.look(before.day, before.number)
    except (CannotOpen, Gone):
        return None


def _what(record: Record) -> tuple[Answers, set[str], str]:
    return record.answers, set(record.skipped), record.status


def _compare(place: Place, mine: Record, other: Record) -> None:
    words = place.content.words
    page = pages.compared_page(place.voice, mine, other, words.desk.newer_call)
    if page is None:
        place.tell(words.desk.same_answers)
    else:
        place.asker.read(page)


def _may_drop(place: Place, *, is_gone: bool) -> bool:
    """Return whether the answers typed here may go; no key pressed twice says so."""
    return place.agrees(call_pages.drop_own_page(place.voice, is_gone=is_gone))
