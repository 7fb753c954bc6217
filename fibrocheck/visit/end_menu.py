"""The menu at the end of a visit: finish, read again, or make a copy."""

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

from fibrocheck.asking.contract import Chosen, GoBack, Option, Page
from fibrocheck.content.model import Faq, Text
from fibrocheck.copies.visit_copies import VisitCopies
from fibrocheck.errors import StaffError
from fibrocheck.pages.sections import question_and_answer
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers
from fibrocheck.summary import summarise
from fibrocheck.text_safety import MAX_PATH, printable
from fibrocheck.visit.conversation import Conversation
from fibrocheck.visit.pages import ChoicePage, text_page

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

    def __init__(self, conversation: Conversation, copies: VisitCopies) -> None:
        self._conversation = conversation
        self._words = conversation.voice.content.words
        self._copies = copies
        self._has_warned = False

    def answers_confirmed(self, answers: Answers) -> None:
        """Write the files of `--save`, so that they are kept however the visit ends; say what failed."""
        self._confirm(answers)
        for error in self._copies.write_requested():
            self._tell_failure(self._words.not_saved, error)

    def run(self, answers: Answers) -> Exit:
        """Show the menu until the person leaves it; the copies hold these answers."""
        does = {_COMMON_QUESTION: self._read_common_question, _SAVE: self._save_copy, _PRINT: self._print}
        while True:
            reply = self._conversation.choose(self._page)
            self._confirm(answers)  # in the language in which the person chose
            if isinstance(reply, GoBack):
                return Exit.WENT_BACK
            (chosen,) = reply.ids
            if chosen == _READ_AGAIN:
                return Exit.READ_AGAIN
            if chosen in does:
                does[chosen]()
            elif self._may_finish():
                return Exit.FINISHED

    def _confirm(self, answers: Answers) -> None:
        self._answers = answers
        self._copies.confirm(answers, self._conversation.voice.language)

    def _page(self, voice: Voice) -> ChoicePage:
        words, copies = self._words, self._copies
        offers = (
            (_FINISH, words.finish, True),
            (_READ_AGAIN, words.read_again, True),
            (_COMMON_QUESTION, words.common_question, bool(voice.content.faq)),
            (_SAVE, words.save_copy, copies.may_save),
            (_PRINT, words.print_page, copies.may_print),
        )
        options = [Option(code, voice.say(label)) for code, label, is_offered in offers if is_offered]
        return Page(voice.say(words.summary), ask=voice.say(words.what_now), id="what-now"), options

    def _may_finish(self) -> bool:
        """Write what `--save` asked for and is missing; return whether the person can finish now.

        After a failure they can choose another place first, or finish without that copy.
        """
        failed = self._copies.write_requested()
        if not failed or self._has_warned:
            return True
        for error in failed:
            self._tell_failure(self._words.not_saved, error)
        self._has_warned = True
        return False

    def _save_copy(self) -> None:
        """Let the person choose a format and a place. If saving fails, they can choose again."""
        from fibrocheck.copies.formats import named, page_choices

        words = self._words

        def choice_of_form(voice: Voice) -> ChoicePage:
            page = Page(voice.say(words.save_copy), ask=voice.say(words.save_form), id="save-form")
            return page, [Option(form.name, voice.say(label)) for form, label in page_choices(words)]

        reply = self._conversation.choose(choice_of_form)
        if isinstance(reply, GoBack):
            return
        try:
            places = self._copies.places(named(reply.ids[0]))
        except StaffError as error:
            self._tell_failure(words.not_saved, error)
            return

        def choice_of_place(voice: Voice) -> ChoicePage:
            page = Page(voice.say(words.save_copy), ask=voice.say(words.save_place), id="save-place")
            return page, [Option(str(at), printable(str(path), MAX_PATH)) for at, path in enumerate(places)]

        while True:
            chosen = self._conversation.choose(choice_of_place)
            if isinstance(chosen, GoBack) or self._save(places[int(chosen.ids[0])]):
                return

    def _save(self, path: "Path") -> bool:
        """Save a copy and say what came of it; return whether it was saved."""
        words = self._words
        self._confirm(self._answers)  # the language may have been changed on the way here
        self._conversation.busy(self._say(words.one_moment))
        try:
            path = self._copies.save(path)
        except StaffError as error:
            self._tell_failure(words.not_saved, error)
            return False
        self._conversation.tell(self._say(words.saved, file=path))
        return True

    def _print(self) -> None:
        """Print the page and say what came of it; the person can try again from the menu."""
        words = self._words
        if not self._copies.may_print_again:
            self._conversation.tell(self._say(words.printed_enough))
            return
        self._conversation.busy(self._say(words.one_moment))
        try:
            self._copies.print()
        except StaffError as error:
            self._tell_failure(words.not_printed, error)
        else:
            self._conversation.tell(self._say(words.printed))

    def _tell_failure(self, failure: Text, reason: StaffError) -> None:
        """Say what it means for the person, then what staff need to know to fix it."""
        for_staff = self._say(self._words.for_staff, reason=reason)
        self._conversation.tell(f"{self._say(failure)} {for_staff}")

    def _read_common_question(self) -> None:
        words = self._words
        faq = summarise(self._conversation.voice.content, self._answers).faq

        def choice_of_question(voice: Voice) -> ChoicePage:
            title = voice.say(words.common_question)
            page = Page(title, ask=voice.say(words.choose_question), id="common-questions")
            return page, [Option(each.id, voice.say(each.question)) for each in faq]

        reply = self._conversation.choose(choice_of_question)
        if isinstance(reply, Chosen):
            asked = next(each for each in faq if each.id == reply.ids[0])
            self._conversation.read(partial(_answer_page, asked))

    def _say(self, text: Text, **values: object) -> str:
        return self._conversation.say(text, **values)


def _answer_page(asked: Faq, voice: Voice) -> Page:
    title = voice.say(voice.content.words.common_question)
    return text_page("common-question", voice, title, (question_and_answer(asked, voice),))


def saved_as(voice: Voice, copies: VisitCopies) -> str:
    """Return where this visit's files are; empty if there are none."""
    names = ", ".join(str(path) for path in copies.saved)
    return voice.say(voice.content.words.saved, file=names) if names else ""


def farewell(voice: Voice, copies: VisitCopies) -> str:
    """Return the last words to a person who finished: thanks, and where their copies are."""
    return f"{voice.say(voice.content.words.goodbye)} {saved_as(voice, copies)}".strip()
