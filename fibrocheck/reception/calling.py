"""A call: script, who answers, appointment, one page with all questions, read back, kept or put aside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.asking.contract import GO_ON, SKIP, Chosen, GoBack
from fibrocheck.desk.caller import SKIP_DIGIT, Caller, Pressed, Stage
from fibrocheck.desk.keeping import Call, call_of, call_record
from fibrocheck.desk.log import Action
from fibrocheck.desk.versions import Gone, Newer
from fibrocheck.errors import VisitEnded
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import asked_questions, takes_several
from fibrocheck.reception import call_pages, pages
from fibrocheck.reception.appointments import ask_appointment
from fibrocheck.reception.contract import Pressed as Key
from fibrocheck.reception.contract import Scan
from fibrocheck.reception.kept_call import Said, kept, newest
from fibrocheck.records.record import IN_PROGRESS
from fibrocheck.visit.pages import ALL_RIGHT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fibrocheck.asking.contract import Page
    from fibrocheck.content.program_words import Words
    from fibrocheck.desk.caller import Line
    from fibrocheck.desk.lists import OpenList
    from fibrocheck.questions import Answers
    from fibrocheck.reception.place import Place


def new_call(place: Place) -> OpenList | None:
    """Lead through a call; return its list if it was kept in a folder, finished or not."""
    conversation = Conversation(place, place.voice, place.say(place.content.words.desk.new_caller))
    source = conversation.opening()
    while source is not None:
        appointment = ask_appointment(conversation.place)
        if appointment is not None:
            call = Call(conversation.language, appointment.number, appointment.day, source)
            return _led(conversation, Caller(place.content), call, None)
        source = conversation.who()
    return None


def resume(place: Place, shown: OpenList) -> OpenList | None:
    """Go on with a call that was put aside; return its list, or `None` if nothing became of it."""
    lists = place.lists
    now = newest(place, lists, shown) if lists is not None else None
    if lists is None or now is None:
        return None
    if now.record.status != IN_PROGRESS:
        place.tell(place.content.words.desk.newer_shown)
        return now
    with lists.in_call(now):
        return _resumed(place, now)


def _resumed(place: Place, shown: OpenList) -> OpenList | None:
    call = call_of(shown)
    title = place.say(place.content.words.desk.call, number=shown.number)
    conversation = Conversation(place, Voice(place.content, call.language), title)
    return _led(conversation, Caller(place.content, shown.record.answers, shown.record.skipped), call, shown)


def correct(place: Place, shown: OpenList, title: str, keep: Callable[[Answers], bool]) -> None:
    """Have a list's answers changed on the page of a call, until `keep` returns that they are safe.

    Until then they stay on the screen; staff may also go back.
    """
    place.logged(Action.ANSWERS_SHOWN, shown.name)
    conversation = Conversation(place, Voice(place.content, shown.record.language), title)
    answers, dropped = shown.record.answers, place.content.words.desk.changes_dropped
    caller = Caller(place.content, answers, {each.id for each in asked_questions(place.content, answers)})
    caller.focus_on(caller.questions[0].id)
    while True:
        if conversation.asked(caller, kept=place.say(dropped)):
            if keep(caller.answers):
                return
        elif caller.answers == shown.record.answers or _may_drop(conversation.place):
            return
        caller.focus_on(caller.focus)


def _may_drop(place: Place) -> bool:
    """Return whether what was changed in a correction may be dropped."""
    words = place.content.words
    asked = pages.yes_or_no(
        place.voice,
        "desk-drop",
        words.desk.correct,
        f"{place.say(words.desk.changes_dropped)} {place.say(words.desk.drop_ask)}",
        words.desk.drop_yes,
    )
    return place.agrees(asked)


def _led(conversation: Conversation, caller: Caller, call: Call, before: OpenList | None) -> OpenList | None:
    """Ask until the call is kept, put aside or given up. What cannot be kept stays on the screen."""
    place = conversation.place
    words = place.content.words
    kept_text = words.desk.call_is_erased if place.lists is None else words.desk.call_is_aside
    while True:
        try:
            visit = pages.visit_text(call.appointment, call.appointment_date, place.voice, place.today)
            is_finished = conversation.asked(caller, visit, kept=place.say(kept_text))
        except VisitEnded:
            _keep_at_the_end(place, caller, call._replace(language=conversation.language), before)
            raise
        skipped = () if is_finished else caller.skipped
        call = call._replace(language=conversation.language, skipped=skipped)
        if not (is_finished or caller.answers or skipped or before):
            return None
        if place.lists is None:
            if _without_folder(place, caller, call, is_finished=is_finished):
                return None
            continue
        settled = kept(place, place.lists, Said(caller.answers, call, is_finished), before)
        if settled is not None:
            return settled.shown
        caller.focus_on(caller.focus)  # on the screen until they are safe


def _keep_at_the_end(place: Place, caller: Caller, call: Call, before: OpenList | None) -> None:
    """Put a call aside because the desk ends, by whatever; `FolderError` if that cannot be done.

    If another desk changed it meanwhile, it is kept under a number of its own: nobody can be asked.
    """
    call = call._replace(skipped=caller.skipped)
    kept = (before.record.answers, before.record.skipped) if before is not None else ({}, ())
    if place.lists is not None and (caller.answers, caller.skipped) != kept:
        said = Said(caller.answers, call, is_finished=False)
        try:
            said.keep(place.lists, before)
        except (Newer, Gone):
            said.keep(place.lists, None)


def _without_folder(place: Place, caller: Caller, call: Call, *, is_finished: bool) -> bool:
    """Show what can be done with a finished call; return whether the next one may begin."""
    if not is_finished:
        return place.agrees(call_pages.aside_page(place.voice))
    from fibrocheck.copies.code.spelling import grouped
    from fibrocheck.copies.visit_copy import VisitCopy
    from fibrocheck.reception.copies_of_list import show_loose

    record, code = call_record(caller.answers, call, place.content, place.now())
    copy = VisitCopy(place.content, record, code=grouped(code))
    while True:
        try:
            show_loose(place, copy, grouped(code))
        except Scan:  # the answers are nowhere else
            place.problem(place.content.words.desk.scan_in_call)
        else:
            return True


class Conversation:
    """What is said to a caller, in the caller's language, on the pages of staff.

    `place` is the desk during the call: on every page there the call's title and the emergency words.
    """

    def __init__(self, place: Place, voice: Voice, title: str) -> None:
        self._voice = voice
        self._title = title
        self._asker = place.asker.in_call(title, lambda: self._voice)
        self.place = place.through(self._asker)
        self._largest: dict[tuple[str, ...], Page] = {}

    @property
    def language(self) -> str:
        """The language of the caller."""
        return self._voice.language

    def opening(self) -> str | None:
        """Read the script, and return who answers, empty if unknown; `None` if there is no call."""
        return self.who() if self._may_start() else None

    def asked(self, caller: Caller, position: str = "", *, kept: str) -> bool:
        """Ask until the answers are confirmed; return whether they are, or staff went back.

        `kept` says what becomes of the answers if the desk is left on the way, on any page of the call.
        """
        self._asker.kept = kept
        continues: bool | None = False
        while continues is not None and caller.stage is not Stage.CONFIRMED:
            try:
                continues = self._step(caller, position, continues=continues)
            except Scan as scan:
                if scan.has_acted:
                    caller.take_back()
                self.place.problem(self._words.desk.scan_in_call)
                continues = False
        return caller.stage is Stage.CONFIRMED

    def _step(self, caller: Caller, position: str, *, continues: bool) -> bool | None:
        """Show the page once; return whether the next one is the same, or `None` if staff went back."""
        if caller.stage is Stage.READING_BACK:
            self._read_back(caller)
            return False
        largest, staff = self._largest_page(caller), self.place.voice
        page, options = call_pages.call_page(
            caller, self._voice, staff, largest, title=self._title, position=position
        )
        current = caller.focus or call_pages.DONE_LINE
        reply = self._asker.ask(page._replace(continues=continues), options, current)
        return None if isinstance(reply, GoBack) else self._took(reply, caller)

    def _largest_page(self, caller: Caller) -> Page:
        shown = (self.language, *(question.id for question in caller.questions))
        if shown not in self._largest:
            self._largest = {shown: call_pages.largest_page(caller, self._voice, self.place.voice)}
        return self._largest[shown]

    def _took(self, reply: object, caller: Caller) -> bool:
        """Do what a reply says; return whether the page goes on as it was."""
        at = reply.at if isinstance(reply, Key) else reply.ids[0] if isinstance(reply, Chosen) else ""
        if at:
            caller.focus_on("" if at == call_pages.DONE_LINE else at)
        if isinstance(reply, Chosen):
            return self._entered(caller)
        if isinstance(reply, Key) and self._changed_language(reply.key):
            return False
        if isinstance(reply, Key) and reply.key.isdigit():
            return self._pressed(reply.key, caller)
        return True

    def _entered(self, caller: Caller) -> bool:
        if not caller.focus:
            if caller.done() is Stage.ASKING:
                self.place.problem(self._words.desk.still_open)
            return True
        self._choose(caller)
        return False

    def _pressed(self, digit: str, caller: Caller) -> bool:
        before, done = caller.focused, caller.press(digit)
        if done is Pressed.CHOICES:
            self._choose(caller)
            return False
        if done is Pressed.NOT_HERE:
            self.place.problem(self._words.desk.not_here)
        elif done is Pressed.NO_LINE:
            self._on_done(caller)
        self._tell_change(before, caller)
        return True

    def _tell_change(self, before: Line | None, caller: Caller) -> None:
        """Say what became of a line that had an answer before: the pointer may be elsewhere by now."""
        for after in caller.lines if before is not None and not before.is_open else ():
            if before is not None and after.question == before.question:
                changed = call_pages.changed_line(before, after, self._voice)
                if changed:
                    self.place.tell(self._words.changed_to, answer=changed)

    def _on_done(self, caller: Caller) -> None:
        """Lead a digit on Done to the first line that it may have been meant for, without answering it."""
        still_open = caller.open_lines
        if still_open:
            caller.focus_on(still_open[0].question.id)
        self.place.problem(self._words.desk.still_open if still_open else self._words.desk.digit_on_done)

    def _choose(self, caller: Caller) -> None:
        """Have the focused line answered on a page with its choices."""
        line = caller.focused
        if line is None:
            return
        if set(caller.digits(line.question)) - {SKIP_DIGIT}:
            self._choose_by_digit(line, caller)
        elif takes_several(line.question):
            self._choose_several(line, caller)
        else:
            reply = self._asker.ask(*call_pages.follow_up_page(line, caller, self._voice, self.place.voice))
            if isinstance(reply, Chosen):
                caller.choose(reply.ids[0])
        self._tell_change(line, caller)

    def _choose_by_digit(self, line: Line, caller: Caller) -> None:
        """Have an answer chosen that has a digit on every line; the digit does it there too."""
        page, options = call_pages.answers_page(line, caller, self._voice, self.place.voice)
        given = SKIP if line.is_skipped else line.answer
        reply = self._asker.ask(page, options, given if isinstance(given, str) else None)
        if isinstance(reply, Key):
            caller.press(reply.key)
        elif isinstance(reply, Chosen):
            digits = {code or SKIP: digit for digit, code in caller.digits(line.question).items()}
            caller.press(digits[reply.ids[0]])

    def _choose_several(self, line: Line, caller: Caller) -> None:
        """Have any number of choices marked; they stay however the page is left."""
        page, options = call_pages.follow_up_page(line, caller, self._voice, self.place.voice)
        marked = frozenset(line.answer if isinstance(line.answer, tuple) else ())

        def noted(now: frozenset[str]) -> None:
            nonlocal marked
            marked = now

        try:
            reply = self._asker.choose_many(page, options, marked, noted)
        except (Scan, VisitEnded):
            self._keep_marks([each.id for each in options if each.id in marked], caller)
            raise
        if isinstance(reply, GoBack):
            self._keep_marks(reply.marked or (), caller)
        elif reply.ids != (SKIP,):
            caller.choose(reply.ids)

    def _keep_marks(self, marked: Sequence[str], caller: Caller) -> None:
        if marked:
            caller.keep(tuple(marked))

    def _read_back(self, caller: Caller) -> None:
        page, options = call_pages.read_back_page(caller, self._voice, self.place.voice)
        reply = self._asker.ask(page, options, ALL_RIGHT)
        if reply == Chosen((ALL_RIGHT,)):
            caller.confirm()
        elif isinstance(reply, Chosen):
            caller.focus_on(reply.ids[0])
        elif isinstance(reply, GoBack):
            caller.focus_on("")

    def _may_start(self) -> bool:
        """Read the script; return whether the questions may begin."""
        while True:
            reply = self._asker.read(call_pages.script_page(self._voice, self.place.voice))
            if not (isinstance(reply, Chosen) and self._changed_language(reply.ids[0])):
                return reply == Chosen((GO_ON,))

    def who(self) -> str | None:
        """Ask who answers, and return it, empty if unknown; `None` to go back."""
        while True:
            reply = self._asker.ask(*call_pages.who_page(self._voice, self.place.voice))
            if isinstance(reply, Chosen):
                return "" if reply.ids[0] == call_pages.UNKNOWN else reply.ids[0]
            if isinstance(reply, GoBack):
                return None
            if isinstance(reply, Key):
                self._changed_language(reply.key)

    def _changed_language(self, key: str) -> bool:
        """Change the caller's language if a key is for that; return whether it is."""
        if key != call_pages.LANGUAGE:
            return False
        codes = list(self.place.content.languages)
        after = codes[(codes.index(self.language) + 1) % len(codes)]
        self._voice = Voice(self.place.content, after)
        return True

    @property
    def _words(self) -> Words:
        return self.place.content.words
