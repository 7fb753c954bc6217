"""The menu at the end of a visit: finish, read again, or make a copy."""

from enum import Enum
from typing import TYPE_CHECKING

from fibrocheck.asking.contract import Asker, Chosen, GoBack, Option, Page
from fibrocheck.content.model import Text
from fibrocheck.copies.copier import Copier
from fibrocheck.errors import StaffError
from fibrocheck.pages.sections import question_and_answer
from fibrocheck.pages.voice import Voice
from fibrocheck.questions import Answers
from fibrocheck.summary import summarise
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
    """The menu for one person. It remembers a file of `--save` that could not be written."""

    def __init__(self, asker: Asker, copier: Copier) -> None:
        self._asker = asker
        self._copier = copier

    def run(self, voice: Voice, answers: Answers) -> Exit:
        """Show the menu until the person leaves it; the copies hold these answers."""
        self._voice, self._answers = voice, answers
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
            elif self._save_as_requested():
                return Exit.FINISHED

    def _page(self) -> tuple[Page, list[Option]]:
        words, copier = self._voice.content.words, self._copier
        offers = (
            (_FINISH, words.finish, True),
            (_READ_AGAIN, words.read_again, True),
            (_COMMON_QUESTION, words.common_question, bool(self._voice.content.faq)),
            (_SAVE, words.save_copy, copier.may_save),
            (_PRINT, words.print_page, bool(copier.printer)),
        )
        options = [Option(code, self._say(label)) for code, label, is_offered in offers if is_offered]
        return Page(self._say(words.summary), ask=self._say(words.what_now), id="what-now"), options

    def _save_as_requested(self) -> bool:
        """Save the copy that `--save` asked for; return whether the person can finish now."""
        copier = self._copier
        if copier.save_to is None or self._save(copier.save_to, force=copier.force):
            return True
        # The person can choose another place now, or finish without a copy.
        self._copier = copier._replace(save_to=None)
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
        page = Page(self._say(words.save_copy), ask=self._say(words.save_place), id="save-place")
        places = {str(path): path for path in self._copier.places(named(reply.ids[0]))}
        while True:
            chosen = self._asker.choose(page, [Option(name, name) for name in places])
            if isinstance(chosen, GoBack) or self._save(places[chosen.ids[0]]):
                return

    def _save(self, path: "Path", *, force: bool = False) -> bool:
        """Save a copy and say what came of it; return whether it was saved."""
        words = self._voice.content.words
        self._asker.busy(self._say(words.one_moment))
        try:
            self._copier.save(path, self._answers, self._voice.language, force=force)
        except StaffError as error:
            self._tell_failure(words.not_saved, error)
            return False
        self._asker.tell(self._say(words.saved, file=path))
        return True

    def _print(self) -> None:
        """Print the page and say what came of it; the person can try again from the menu."""
        words = self._voice.content.words
        self._asker.busy(self._say(words.one_moment))
        try:
            self._copier.print(self._answers, self._voice.language)
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
