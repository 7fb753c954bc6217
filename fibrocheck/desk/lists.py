"""What staff can do with a list in the folder. Everything is logged before it is done.

A list from a kiosk is closed until it is linked to an appointment: no copy of it can be made before staff
have said that it belongs to the person in front of them.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from fibrocheck.copies.folder.access import FolderError
from fibrocheck.desk import states, versions
from fibrocheck.desk.changes import as_linked, corrected, with_patient
from fibrocheck.desk.day_files import LIST, DayFiles
from fibrocheck.desk.glance import Glance, opened
from fibrocheck.desk.log import Action
from fibrocheck.desk.presence import is_open, this_process
from fibrocheck.desk.removing import remove_list
from fibrocheck.errors import StaffError
from fibrocheck.records.record import ENTERED_IN_ERROR, IN_PROGRESS, Correction, checked_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from fibrocheck.content.model import Content
    from fibrocheck.copies.folder.desk_folder import Folder
    from fibrocheck.copies.visit_copy import VisitCopy
    from fibrocheck.desk.log import Log
    from fibrocheck.desk.states import State, Who
    from fibrocheck.questions import Answers
    from fibrocheck.records.elements import Resource
    from fibrocheck.records.reading import SavedRecord
    from fibrocheck.records.record import Record

_MAX_TRIES = 3


class CannotOpen(StaffError):  # noqa: N818 - a reason to show, not a fault
    """The file cannot be opened as a list. `seen` says why."""

    def __init__(self, seen: Glance) -> None:
        """Keep what a look at the file said."""
        super().__init__(seen.why)
        self.seen = seen


class NotLinked(StaffError):  # noqa: N818 - as above
    """The list is closed: nobody has said yet whose it is."""

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__("this list is not linked to an appointment. Link it first.")


class NotFinished(StaffError):  # noqa: N818 - as above
    """The call is not finished: it may be printed, which says so, and is not for the chart."""

    def __init__(self) -> None:
        """Say what to do first."""
        super().__init__("this call is not finished. Finish it first.")


class EnteredInError(StaffError):
    """The list is another patient's. It may be looked at on the screen, and no copy is made of it."""

    def __init__(self) -> None:
        """Say what to do if that was a mistake."""
        super().__init__("this list was entered in error. Correct it if that is not so.")


class OpenList(NamedTuple):
    """A list in the folder, as it was when it was opened."""

    files: DayFiles
    number: str
    data: bytes
    """Its newest version then: a change is refused if there is a newer one."""
    saved: SavedRecord
    state: State

    @property
    def day(self) -> date:
        """The day on which it was given."""
        return self.files.day

    @property
    def record(self) -> Record:
        """What it says."""
        return self.saved.record

    @property
    def name(self) -> str:
        """The day and the number, for the log: 2026-11-25/273."""
        return f"{self.day.isoformat()}/{self.number}"

    @property
    def is_linked(self) -> bool:
        """Whether staff know whose it is, so that it may be shown."""
        return states.is_linked(self.state, self.record)


class Lists:
    """The lists of the folder, and who works with them. `who` is asked each time: staff may change.

    Everything raises `FolderError` if the folder cannot be used, and `versions.Newer`, a `FolderError`
    with both versions, if another desk has changed the list since it was opened. An action returns the
    list as it is afterwards.
    """

    def __init__(self, folder: Folder, content: Content, log: Log, who: Callable[[], Who]) -> None:
        self.folder, self.content, self._log, self._who = folder, content, log, who

    @property
    def log(self) -> Log:
        """The log of this desk."""
        return self._log

    @property
    def who(self) -> Who:
        """Who works here now."""
        return self._who()

    def open(self, day: date, number: str) -> OpenList:
        """Open a list, and put right what a program that was killed has left.

        `CannotOpen` with the reason.
        """
        with self._log.doing(Action.OPENED, self.who, f"{day.isoformat()}/{number}"):
            return self._agreeing(self.look(day, number))

    def look(self, day: date, number: str) -> OpenList:
        """Read a list without a line in the log, such as one that was open a moment ago."""
        return self._read(DayFiles(self.folder, day), number)

    def copy(self, shown: OpenList, language: str = "") -> VisitCopy:
        """Return what a page, a text or a record is made of; `NotLinked` for a list that is closed.

        `EnteredInError` for one that is another patient's.
        """
        from fibrocheck.copies.report import copy_of

        _check_may_leave(shown)
        return copy_of(shown.saved, language or None)._replace(number=shown.number)

    def link(self, shown: OpenList, appointment: str, day: date | None) -> OpenList:
        """Link a list to an appointment, whose number and day may be empty.

        `RecordError` for a number that cannot be kept. Linked anew, the last one counts.
        """
        if appointment:
            checked_reference(appointment)
        with self._log.doing(Action.LINKED, self.who, shown.name):
            more = {"appointment": appointment, "appointment_date": day.isoformat() if day else ""}
            self._note(shown, states.LINKED, **more)
            shown.files.touch(f"{shown.number}{LIST}")  # without a number, nothing else in it changes
            return self._agreeing(self._read(shown.files, shown.number))

    def unlink(self, shown: OpenList) -> OpenList:
        """Undo the link: the list is closed again, also one of a caller."""
        with self._log.doing(Action.UNLINKED, self.who, shown.name):
            self._note(shown, states.UNLINKED)
            return self._agreeing(self._read(shown.files, shown.number))

    def name_patient(self, shown: OpenList, subject: Resource) -> OpenList:
        """Keep whose list it is in the record, by `subject` as FHIR has it; linking it anew undoes that.

        `NotLinked`, `EnteredInError` or `NotFinished` if nothing of this list may leave the desk.
        """
        _check_may_be_charted(shown)
        new = with_patient(shown.saved, subject)
        versions.check_newest(shown.files, shown.number, shown.data, new)
        with self._log.doing(Action.PATIENT_NAMED, self.who, shown.name):
            self._note(shown, states.NAMED)
            versions.replace(shown.files, shown.number, shown.data, new)
            return self._read(shown.files, shown.number)

    def undo_patient(self, shown: OpenList) -> OpenList:
        """Take the patient out of the record again."""
        with self._log.doing(Action.PATIENT_UNDONE, self.who, shown.name):
            self._note(shown, states.UNNAMED)
            return self._agreeing(self._read(shown.files, shown.number))

    def sent(self, shown: OpenList, send: Callable[[], object]) -> OpenList:
        """Note that a list is in the chart once `send` has brought it there; it raises if it has not.

        `Newer`, `NotLinked`, `EnteredInError` or `NotFinished` before anything is sent. Killed in between,
        the list is sent again: whoever sends finds it there.
        """
        _check_may_be_charted(shown)
        versions.check_newest(shown.files, shown.number, shown.data, shown.data)
        return self._done_there(shown, send, Action.SENT, states.SENT)

    def withdrawn(self, shown: OpenList, withdraw: Callable[[], object]) -> OpenList:
        """Note that a list is no longer in the chart once `withdraw` has taken it back; it raises if not."""
        return self._done_there(shown, withdraw, Action.WITHDRAWN, states.WITHDRAWN)

    def mark(self, shown: OpenList, action: Action) -> OpenList:
        """Note that a list was printed, is in the chart or not, was put aside or taken up again.

        `KeyError` for any other action. What is printed or in the chart must be the newest version, or it
        is `Newer`: do it again with that one. `NotLinked`, `EnteredInError` or `NotFinished` if that cannot
        be done with this list.
        """
        state = _MARKS[action]
        if action in _OF_CONTENTS:
            check = _check_may_be_charted if action is Action.IN_CHART else _check_may_leave
            check(shown)
            versions.check_newest(shown.files, shown.number, shown.data, shown.data)
        with self._log.doing(action, self.who, shown.name):
            self._note(shown, state)
            return self._read(shown.files, shown.number)

    def correct(self, shown: OpenList, answers: Answers, why: str) -> OpenList:
        """Put other answers in a list's place, or mark it as entered in error if the patient was wrong.

        `why` is one of `records.record.CORRECTIONS`. Earlier versions are kept. `Newer` if the list was
        changed since it was opened; `CorrectionError` if its answers cannot be corrected.
        """
        if not shown.is_linked:
            raise NotLinked
        by = Correction(self.who.initials, self.folder.now(), why)
        new = corrected(shown.saved, answers, by, self.content)
        versions.check_newest(shown.files, shown.number, shown.data, new)
        with self._log.doing(Action.CORRECTED, self.who, shown.name):
            # First, so that paper and chart are never taken for new if the program ends in between.
            self._note(shown, states.CORRECTED, why=why)
            versions.replace(shown.files, shown.number, shown.data, new)
            return self._read(shown.files, shown.number)

    @contextmanager
    def in_call(self, shown: OpenList) -> Iterator[None]:
        """Let other desks see that a call is open here. It is no lock: where it cannot be said, it is not."""
        process = this_process()
        with suppress(FolderError):
            self._note(shown, states.CALL_OPEN, process=process)
        try:
            yield
        finally:
            with suppress(FolderError):
                if f"{shown.number}{LIST}" in shown.files.names():  # nothing stays beside one that is gone
                    self._note(shown, states.CALL_LEFT, process=process)

    def elsewhere(self, shown: OpenList) -> states.Event | None:
        """Return how another desk opened a call that it still has open, if one has; of several, the last."""
        own, now = (*self.who, this_process()), self.folder.now()
        others = [each for each in shown.state.in_call if each.desk != own and is_open(each, now)]
        return others[-1] if others else None

    def earlier(self, shown: OpenList) -> tuple[SavedRecord, ...]:
        """Return the versions before this one, from the first, as far as they can be read."""
        found = (opened(each, self.content) for each in versions.earlier(shown.files, shown.number))
        return tuple(each for each in found if not isinstance(each, Glance))

    def compare(self, newer: versions.Newer) -> tuple[SavedRecord, SavedRecord] | None:
        """Return both lists of a refused change, yours first; `None` if one of them cannot be read."""
        yours, newest = opened(newer.yours, self.content), opened(newer.newest, self.content)
        return None if isinstance(yours, Glance) or isinstance(newest, Glance) else (yours, newest)

    def remove(self, shown: OpenList) -> None:
        """Remove a list with everything beside it."""
        with self._log.doing(Action.REMOVED, self.who, shown.name):
            remove_list(shown.files, shown.number, shown.record.identifier)

    def _read(self, files: DayFiles, number: str) -> OpenList:
        data = versions.settle(files, number)
        saved = opened(data, self.content)
        if isinstance(saved, Glance):
            raise CannotOpen(saved)
        beside = states.of_list(number, files.names())
        return OpenList(files, number, data, saved, states.state_of(files, beside))

    def _done_there(self, shown: OpenList, do: Callable[[], object], action: Action, state: str) -> OpenList:
        with self._log.doing(action, self.who, shown.name):
            do()
            self._note(shown, state)
            return self._read(shown.files, shown.number)

    def _note(self, shown: OpenList, action: str, **more: str) -> None:
        event = states.event(action, self.who, self.folder.now(), **more)
        states.note(shown.files, shown.number, event)

    def _agreeing(self, found: OpenList) -> OpenList:
        """Have the record name whose list it is, by what was done last."""
        for _ in range(_MAX_TRIES):
            wanted = as_linked(found.saved, found.state, self.content)
            if wanted is None:
                return found
            with suppress(versions.Newer):  # another desk was faster: look again
                versions.replace(found.files, found.number, found.data, wanted)
            found = self._read(found.files, found.number)
        return found


_MARKS = {
    Action.PRINTED: states.PRINTED,
    Action.IN_CHART: states.IN_CHART,
    Action.OUT_OF_CHART: states.OUT_OF_CHART,
    Action.PUT_ASIDE: states.PUT_ASIDE,
    Action.TAKEN_UP: states.TAKEN_UP,
}
_OF_CONTENTS = (Action.PRINTED, Action.IN_CHART)
"""What can be done only with what a list says."""


def _check_may_leave(shown: OpenList) -> None:
    """Raise the reason why nothing of a list may be printed, saved or sent, if there is one."""
    if not shown.is_linked:
        raise NotLinked
    if shown.record.status == ENTERED_IN_ERROR:
        raise EnteredInError


def _check_may_be_charted(shown: OpenList) -> None:
    """Raise the reason why a list is not for the chart, if there is one."""
    _check_may_leave(shown)
    if shown.record.status == IN_PROGRESS:
        raise NotFinished
