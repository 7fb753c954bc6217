"""A list that was opened: closed until it is linked, then everything that staff can do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.asking.contract import Chosen, GoBack, Option, Problem
from fibrocheck.copies.folder.access import FolderError
from fibrocheck.desk.changes import check_correctable
from fibrocheck.desk.lists import CannotOpen
from fibrocheck.desk.log import Action
from fibrocheck.desk.versions import Newer
from fibrocheck.errors import StaffError
from fibrocheck.reception import calling, pages, sending_page
from fibrocheck.reception.appointments import Appointment, ask_appointment
from fibrocheck.reception.contract import Closed, Pressed
from fibrocheck.reception.copies_of_list import print_list, save_page, show_chart_text
from fibrocheck.reception.rows import time_of_day
from fibrocheck.records.record import WRONG_PATIENT

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from fibrocheck.content.text import Text
    from fibrocheck.copies.visit_copy import VisitCopy
    from fibrocheck.desk.lists import Lists, OpenList
    from fibrocheck.desk.states import Event, State
    from fibrocheck.questions import Answers
    from fibrocheck.reception.place import Place


def open_list(place: Place, lists: Lists, day: date, number: str) -> None:
    """Open a list and do what staff want with it. A file that is none is said to be so."""
    try:
        shown = lists.open(day, number)
    except CannotOpen as error:
        place.asker.read(pages.problem_page(place.voice, number, error.seen))
    except StaffError as error:
        place.fail(error)
    else:
        show_list(place, lists, shown)


def show_list(place: Place, lists: Lists, shown: OpenList) -> None:
    """Do what staff want with a list that is open."""
    ListPages(place, lists, shown).run()


class ListPages:
    """One list, as it is after each action."""

    def __init__(self, place: Place, lists: Lists, shown: OpenList) -> None:
        self._place, self._lists, self._shown = place, lists, shown
        self._is_gone = False

    def run(self) -> None:
        """Show the list until staff go back."""
        while not self._is_gone:
            if not self._shown.is_linked:
                if not self._link_closed():
                    return
            elif not self._act():
                return

    def _link_closed(self) -> bool:
        """Ask whose list it is; return whether it was linked."""
        asked = pages.closed_page(self._shown, self._place.voice)
        if not self._place.agrees(asked):
            return False
        self._link()
        return self._shown.is_linked

    def _act(self) -> bool:
        """Have one thing done; return whether staff stay with the list."""
        voice, printer = self._place.voice, bool(self._place.printer)
        offers = pages.offers_of(self._shown, voice, printer=printer)
        offers = sending_page.offers(self._place, self._shown, offers)
        more = sending_page.facts(self._place, self._shown)
        page, options = pages.list_page(self._shown, voice, offers, more)
        reply = self._place.asker.ask(page, options)
        if isinstance(reply, GoBack):
            return False
        chosen = (
            pages.SHOW if isinstance(reply, Pressed) else reply.ids[0] if isinstance(reply, Chosen) else ""
        )
        if chosen != pages.FINISH and not self._is_newest():  # a call looks again itself
            return not self._is_gone
        try:
            self._does(chosen)()
        except Newer as newer:
            self._compare(newer)
        except StaffError as error:
            self._place.fail(error)
        return True

    def _does(self, chosen: str) -> Callable[[], None]:
        return {
            pages.FINISH: self._finish,
            pages.PRINT: self._print,
            pages.CHART: self._chart_text,
            pages.IN_CHART: self._in_chart,
            pages.OUT_OF_CHART: lambda: self._mark(Action.OUT_OF_CHART),
            pages.SHOW: self._show_answers,
            pages.CORRECT: self._correct,
            pages.LINK: self._link,
            pages.UNLINK: self._unlink,
            pages.ASIDE: lambda: self._mark(Action.PUT_ASIDE, self._place.content.words.desk.list_aside),
            pages.TAKE_UP: lambda: self._mark(Action.TAKEN_UP, self._place.content.words.desk.list_taken_up),
            pages.SAVE: lambda: save_page(self._place, self._copy, self._shown.name),
            pages.REMOVE: self._remove,
            sending_page.SEND: lambda: self._by(sending_page.send_list),
            sending_page.WITHDRAW: lambda: self._by(sending_page.withdraw_list),
            sending_page.NAME: lambda: self._by(sending_page.name_patient),
            sending_page.UNNAME: lambda: self._by(sending_page.undo_patient),
        }[chosen]

    # What is done

    def _copy(self) -> VisitCopy:
        return self._lists.copy(self._shown)

    def _link(self) -> None:
        title = pages.title_of(self._shown, self._place.voice)
        record = self._shown.record
        before = Appointment(record.reference, record.appointment_date)
        appointment = ask_appointment(self._place, title, but=self._shown.name, before=before)
        if appointment is not None:
            done = self._place.tried(lambda: self._lists.link(self._shown, *appointment))
            self._shown = done or self._shown
            if done is not None and not appointment.number:
                self._place.tell(self._place.content.words.desk.linked_without)

    def _unlink(self) -> None:
        words = self._place.content.words.desk
        had_visit = pages.visit_of(self._shown, self._place.voice)
        self._shown = self._lists.unlink(self._shown)
        self._place.tell(words.unlinked if had_visit else words.closed_again)

    def _mark(self, action: Action, said: Text | None = None) -> None:
        self._shown = self._lists.mark(self._shown, action)
        if said is not None:
            self._place.tell(said)

    def _in_chart(self) -> None:
        """Note that a list is in the chart; one without a visit only after a question."""
        asked = pages.chart_page_ask(self._shown, self._place.voice)
        if asked is None or self._place.agrees(asked):
            self._mark(Action.IN_CHART)

    def _by(self, action: Callable[[Place, Lists, OpenList], OpenList]) -> None:
        self._shown = action(self._place, self._lists, self._shown)

    def _print(self) -> None:
        if print_list(self._place, self._copy):
            self._mark(Action.PRINTED)

    def _chart_text(self) -> None:
        title = pages.title_of(self._shown, self._place.voice)
        show_chart_text(self._place, self._copy, title, self._shown.name)

    def _show_answers(self) -> None:
        """Show the answers until staff hide them, or their time is over."""
        place, shown = self._place, self._shown
        place.logged(Action.ANSWERS_SHOWN, shown.name)
        place.timer.show_answers()
        try:
            title = pages.title_of(shown, place.voice)
            place.asker.read(pages.answers_page(shown.record, place.voice, title))
        except Closed:
            place.tell(place.content.words.desk.answers_hidden)
        finally:
            place.timer.answers_hidden()

    def _finish(self) -> None:
        finished = calling.resume(self._place, self._shown)
        if finished is None:  # nothing came of it here; another desk may have changed or removed it
            self._look_again()
        else:
            self._shown = finished

    def _remove(self) -> None:
        """Remove the list after asking twice; no key pressed twice does it.

        Who has its call open is said first; whoever opened or changed it meanwhile keeps it from going.
        """
        place, words = self._place, self._place.content.words
        other = self._lists.elsewhere(self._shown)
        asks = (self._said_open(other), place.say(words.desk.remove_ask, number=self._shown.number))
        ask = " ".join(filter(None, asks))
        once = pages.yes_or_no(place.voice, "desk-remove", words.desk.remove, ask, words.desk.remove_one)
        if not place.agrees(once):
            return
        page, (no, yes) = pages.yes_or_no(
            place.voice, "desk-remove-again", words.desk.remove, place.say(words.desk.remove_again),
            words.desk.remove_one,
        )  # fmt: skip
        aside = Option(pages.ASIDE, place.say(words.desk.put_aside))
        reply = place.asker.ask(page, [no, aside, yes])
        if reply == Chosen((pages.ASIDE,)):
            self._mark(Action.PUT_ASIDE)
        elif reply == Chosen((pages.YES,)) and self._is_newest():
            self._remove_unless_opened(other)

    def _remove_unless_opened(self, known: Event | None) -> None:
        """Remove the list, unless another desk has opened its call since that was said."""
        now, place = self._lists.elsewhere(self._shown), self._place
        if now is not None and now != known:
            place.asker.tell(Problem(self._said_open(now)))
            return
        self._lists.remove(self._shown)
        self._is_gone = True
        place.tell(place.content.words.desk.removed, number=self._shown.number)

    def _said_open(self, other: Event | None) -> str:
        """Return who has the call open at another desk; empty if nobody has."""
        if other is None:
            return ""
        words = self._place.content.words
        return self._place.say(words.desk.open_elsewhere, name=other.by, time=time_of_day(other.at))

    # Corrections

    def _correct(self) -> None:
        """Correct the answers, or say that they are another patient's."""
        reply = self._place.asker.ask(*pages.why_page(self._place.voice))
        if not isinstance(reply, Chosen):
            return
        (why,) = reply.ids
        if why != WRONG_PATIENT:
            check_correctable(self._shown.saved)
            title = pages.title_of(self._shown, self._place.voice)
            calling.correct(self._place, self._shown, title, lambda answers: self._is_kept(answers, why))
        elif self._is_wrong_patient():
            self._keep(self._shown.record.answers, why)

    def _keep(self, answers: Answers, why: str) -> None:
        self._shown = self._lists.correct(self._shown, answers, why)
        words = self._place.content.words
        self._place.tell(words.desk.marked_wrong if why == WRONG_PATIENT else words.desk.corrected)

    def _is_kept(self, answers: Answers, why: str) -> bool:
        """Keep a correction; if that cannot be done, say why. `Newer` if another desk was faster.

        Without another answer it is none: the chart would be said to have an older version.
        """
        if answers == self._shown.record.answers:
            self._place.tell(self._place.content.words.desk.not_corrected)
            return True
        try:
            self._keep(answers, why)
        except Newer:
            raise
        except StaffError as error:
            self._place.fail(error)
            return False
        return True

    def _is_wrong_patient(self) -> bool:
        place, words = self._place, self._place.content.words
        asked = pages.yes_or_no(
            place.voice, "desk-wrong-patient", words.desk.correct, place.say(words.desk.wrong_ask),
            words.desk.wrong_yes,
        )  # fmt: skip
        return place.agrees(asked)

    def _compare(self, newer: Newer) -> None:
        """Show how the list differs from what another desk made of it, and go on with the newer one."""
        both, words = self._lists.compare(newer), self._place.content.words
        page = None
        if both is not None:
            yours, newest = (each.record for each in both)
            page = pages.compared_page(self._place.voice, yours, newest, words.desk.changed_meanwhile)
        if page is not None:
            self._place.asker.read(page)
        else:
            self._place.problem(words.desk.changed_only)
        self._look_again()

    def _is_newest(self) -> bool:
        """Look at the list again; return whether it is as it was shown. If somebody changed it, say so.

        What another desk closed, or gave back as someone else's, is not shown to anybody here.
        """
        before = self._shown
        self._look_again()
        is_same = not self._is_gone and _what(before) == _what(self._shown)
        if not self._is_gone and not is_same:
            self._place.problem(self._place.content.words.desk.changed_only)
        return is_same

    def _look_again(self) -> None:
        """Show the list as it is by now; if it is gone, say so."""
        try:
            self._shown = self._lists.look(self._shown.day, self._shown.number)
        except (CannotOpen, FolderError) as error:
            self._is_gone = True
            self._place.fail(error)


def _what(shown: OpenList) -> tuple[bytes, State]:
    """Return what staff see of a list; who has its call open they are told when they go on with it."""
    return shown.data, shown.state._replace(in_call=(), history=())
