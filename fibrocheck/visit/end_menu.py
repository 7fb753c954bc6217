"""The menu at the end of a visit: finish, read again, or make a copy."""

from enum import Enum
from typing import TYPE_CHECKING

from fibrocheck.asking.contract import Asker, Chosen, GoBack, Option, Page
from fibrocheck.content.model import Text
from fibrocheck.copies.visit_copies import VisitCopies
from fibrocheck.errors import StaffError
from fibrocheck.pages.sections import question_and_answer
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers
from fibrocheck.summary import summarise
from fibrocheck.text_safety import MAX_PATH, printable
from fibrocheck.visit.pages import text_page

if TYPE_CHECKING:
    from pathlib import Path  # not before a copy is saved

_FINISH, _READ_AGAIN, _COMMON_QUESTION = "finish", "read-again", "question"
_SAVE, _PRINT = "save", "print"


class Exit(Enum):
    """How the person left the menu."""

    FINISHED = "finished"
    READ_AGAIN = "read again"
    WENT_BACK = "went back"


class EndMenu:
    """The menu for one person, and the copies that they or `--save` asked for."""

    def __init__(self, asker: Asker, copies: VisitCopies) -> None:
        self._asker = asker
        self._copies = copies
        self._has_warned = False

    def answers_confirmed(self, voice: Voice, answers: Answers) -> None:
        """Write the files of `--save`, so that they are kept however the visit ends; say what failed."""
        self._voice = voice
        self._copies.confirm(answers, voice.language)
        for error in self._copies.write_requested():
            self._tell_failure(voice.content.words.not_saved, error)

    def run(self, voice: Voice, answers: Answers) -> Exit:
        """Show the menu until the person leaves it; the copies hold these answers."""
        self._voice, self._answers = voice, answers
        self._copies.confirm(answers, voice.language)
        does = {_COMMON_QUESTION: self._read_common_question, _SAVE: self._save_copy, _PRINT: self._print}
        while True:
            reply = self._asker.choose(*self._page())
            if isinstance(reply, GoBack):
                return Exit.WENT_BACK
            (chosen,) = reply.ids
            if chosen == _READ_AGAIN:
                return Exit.READ_AGAIN
            if chosen in does:
                does[chosen]()
            elif self._may_finish():
                return Exit.FINISHED

    def _page(self) -> tuple[Page, list[Option]]:
        words, copies = self._voice.content.words, self._copies
        offers = (
            (_FINISH, words.finish, True),
            (_READ_AGAIN, words.read_again, True),
            (_COMMON_QUESTION, words.common_question, bool(self._voice.content.faq)),
            (_SAVE, words.save_copy, copies.may_save),
            (_PRINT, words.print_page, copies.may_print),
        )
        options = [Option(code, self._say(label)) for code, label, is_offered in offers if is_offered]
        return Page(self._say(words.summary), ask=self._say(words.what_now), id="what-now"), options

    def _may_finish(self) -> bool:
        """Write what `--save` asked for and is missing; return whether the person can finish now.

        After a failure they can choose another place first, or finish without that copy.
        """
        failed = self._copies.write_requested()
        if not failed or self._has_warned:
            return True
        for error in failed:
            self._tell_failure(self._voice.content.words.not_saved, error)
        self._has_warned = True
        return False

    def _save_copy(self) -> None:
        """Let the person choose a format and a place. If saving fails, they can choose again."""
        from fibrocheck.copies.formats import named, page_choices

        words = self._voice.content.words
        page = Page(self._say(words.save_copy), ask=self._say(words.save_form), id="save-form")
        options = [Option(form.name, self._say(label)) for form, label in page_choices(words)]
        reply = self._asker.choose(page, options)
        if isinstance(reply, GoBack):
            return
        try:
            places = self._copies.places(named(reply.ids[0]))
        except StaffError as error:
            self._tell_failure(words.not_saved, error)
            return
        page = Page(self._say(words.save_copy), ask=self._say(words.save_place), id="save-place")
        options = [Option(str(at), printable(str(path), MAX_PATH)) for at, path in enumerate(places)]
        while True:
            chosen = self._asker.choose(page, options)
            if isinstance(chosen, GoBack) or self._save(places[int(chosen.ids[0])]):
                return

    def _save(self, path: "Path") -> bool:
        """Save a copy and say what came of it; return whether it was saved."""
        words = self._voice.content.words
        self._asker.busy(self._say(words.one_moment))
        try:
            path = self._copies.save(path)
        except StaffError as error:
            self._tell_failure(words.not_saved, error)
            return False
        self._asker.tell(self._say(words.saved, file=path))
        return True

    def _print(self) -> None:
        """Print the page and say what came of it; the person can try again from the menu."""
        words = self._voice.content.words
        if not self._copies.may_print_again:
            self._asker.tell(self._say(words.printed_enough))
            return
        self._asker.busy(self._say(words.one_moment))
        try:
            self._copies.print()
        except StaffError as error:
            self._tell_failure(words.not_printed, error)
        else:
            self._asker.tell(self._say(words.printed))

    def _tell_failure(self, failure: Text, reason: StaffError) -> None:
        """Say what it means for the person, then what staff need to know to fix it."""
        for_staff = self._say(self._voice.content.words.for_staff, reason=reason)
        self._asker.tell(f"{self._say(failure)} {for_staff}")

    def _read_common_question(self) -> None:
        words = self._voice.content.words
        faq = summarise(self._voice.content, self._answers).faq
        title = self._say(words.common_question)
        page = Page(title, ask=self._say(words.choose_question), id="common-questions")
        reply = self._asker.choose(page, [Option(each.id, self._say(each.question)) for each in faq])
        if isinstance(reply, Chosen):
            asked = next(each for each in faq if each.id == reply.ids[0])
            text = (question_and_answer(asked, self._voice),)
            self._asker.read(text_page("common-question", self._voice, title, text))

    def _say(self, text: Text, **values: object) -> str:
        return self._voice.say(text, **values)


def saved_as(voice: Voice, copies: VisitCopies) -> str:
    """Return where this visit's files are; empty if there are none."""
    names = ", ".join(str(path) for path in copies.saved)
    return voice.say(voice.content.words.saved, file=names) if names else ""


def farewell(voice: Voice, copies: VisitCopies) -> str:
    """Return the last words to a person who finished: thanks, and where their copies are."""
    return f"{voice.say(voice.content.words.goodbye)} {saved_as(voice, copies)}".strip()
