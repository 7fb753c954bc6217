"""Asks one person page after page, each in the language that the person reads at that moment."""

from collections.abc import Callable
from typing import TypeVar

from fibrocheck.asking.contract import Asker, LanguageChosen, Page, Reply
from fibrocheck.content.model import Content
from fibrocheck.content.text import Text
from fibrocheck.pages.voice import Voice
from fibrocheck.visit.pages import ChoicePage

NO_PROGRESS = (0, 0)
_Shown = TypeVar("_Shown")


class Conversation:
    """An asker, and the voice in which its pages are written.

    Pages are given as functions of a voice: when the person changes the language on a page, the same
    page is asked again in it, with the marks and the place in a text kept.
    """

    def __init__(
        self, content: Content, asker: Asker, language: str, *, kept: Callable[[], Text | None]
    ) -> None:
        """Ask in a language. `kept` says what is not erased if the person stops: they read it before."""
        self._content = content
        self._asker = asker
        self._kept = kept
        self.progress = NO_PROGRESS
        """How much of the visit is done on pages that do not say it themselves."""
        self.speak(language)

    def speak(self, language: str) -> None:
        """Use one of the content's languages from now on."""
        self.voice = Voice(self._content, language)
        self._asker.language = language

    def choose(self, write: Callable[[Voice], ChoicePage], current: str | None = None) -> Reply:
        """Have one option of a page chosen (see `Asker.choose`)."""

        def ask(shown: ChoicePage, _: LanguageChosen | None) -> Reply:
            page, options = shown
            return self._asker.choose(self._with_kept(page), options, current)

        return self._asked(write, ask)

    def choose_many(self, write: Callable[[Voice], ChoicePage], current: frozenset[str]) -> Reply:
        """Have any number of options of a page chosen (see `Asker.choose_many`)."""

        def ask(shown: ChoicePage, changed: LanguageChosen | None) -> Reply:
            page, options = shown
            marked = changed.ids if changed else None
            before = current if marked is None else frozenset(marked)
            return self._asker.choose_many(self._with_kept(page), options, before)

        return self._asked(write, ask)

    def read(self, write: Callable[[Voice], Page], at: float = 0.0) -> Reply:
        """Show a text, from a place in it on (see `Asker.read`)."""

        def ask(page: Page, changed: LanguageChosen | None) -> Reply:
            return self._asker.read(self._with_kept(page), at=changed.at if changed else at)

        return self._asked(write, ask)

    def tell(self, message: str) -> None:
        """Show a message with the next page."""
        self._asker.tell(message)

    def busy(self, message: str) -> None:
        """Show a message at once, before something that may take seconds."""
        self._asker.busy(message)

    def say(self, text: Text, **values: object) -> str:
        """Return a text in the person's language, with these values filled in."""
        return self.voice.say(text, **values)

    def _with_kept(self, page: Page) -> Page:
        kept = self._kept()
        if page.progress == NO_PROGRESS:
            page = page._replace(progress=self.progress)
        return page._replace(kept=self.say(kept)) if kept else page

    def _asked(
        self, write: Callable[[Voice], _Shown], ask: Callable[[_Shown, LanguageChosen | None], Reply]
    ) -> Reply:
        changed: LanguageChosen | None = None
        while True:
            try:
                return ask(write(self.voice), changed)
            except LanguageChosen as chosen:
                changed = chosen
                self.speak(chosen.language)
