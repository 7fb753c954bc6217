"""Asks the pages of a call: each has the call's title, and the emergency words are one key away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.asking.contract import SKIP, Chosen, GoBack, Option, Page
from fibrocheck.reception.contract import Answer, DeskAsker, Pressed, Typed
from fibrocheck.reception.pages import EMERGENCY, emergency_key, emergency_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fibrocheck.pages.voice import Voice


class CallAsker:
    """The desk's asker during a call, so that no page of it can be without the emergency words.

    They are read in the caller's language, and lead back to the page as it was. `title` is at the head of
    every page; `kept` says what becomes of the answers if the desk is left there.
    """

    def __init__(self, asker: DeskAsker, staff: Voice, title: str, caller: Callable[[], Voice]) -> None:
        """Ask through another asker; `caller` returns the voice in which the caller hears the questions."""
        self._asker, self._staff, self._caller = asker, staff, caller
        self.title, self.kept = title, ""
        self.language = asker.language

    def ask(self, page: Page, options: Sequence[Option], current: str | None = None) -> Answer:
        """Have an option chosen, or one of the page's own keys pressed."""
        shown = self._of_call(page)
        while True:
            reply = self._asker.ask(shown, options, current)
            if not (isinstance(reply, Pressed) and reply.key == EMERGENCY):
                return reply
            self._read_emergency_words()
            current, shown = reply.at or current, shown._replace(continues=False)

    def choose_many(
        self, page: Page, options: Sequence[Option], current: frozenset[str] = frozenset()
    ) -> Chosen | GoBack:
        """Have any number of options chosen."""
        while True:
            reply = self._asker.choose_many(self._of_call(page), options, current)
            if not (isinstance(reply, Chosen) and reply.ids[:1] == (EMERGENCY,)):
                return reply
            self._read_emergency_words()
            current = frozenset(reply.ids[1:]) or current & {SKIP}

    def write(self, page: Page, *, is_hidden: bool = False, text: str = "") -> Typed | GoBack | Pressed:
        """Have a line typed."""
        while True:
            reply = self._asker.write(self._of_call(page), is_hidden=is_hidden, text=text)
            if not (isinstance(reply, Pressed) and reply.key == EMERGENCY):
                return reply
            self._read_emergency_words()
            text = reply.text

    def read(self, page: Page, *, at: float = 0.0) -> Chosen | GoBack:
        """Show a text."""
        while True:
            reply = self._asker.read(self._of_call(page), at=at)
            if reply != Chosen((EMERGENCY,)):
                return reply
            self._read_emergency_words()

    def tell(self, message: str) -> None:
        """Show a message with the next page."""
        self._asker.tell(message)

    def busy(self, message: str) -> None:
        """Show a message at once."""
        self._asker.busy(message)

    def was_stopped(self, message: str) -> bool:
        """Show a message at once; return whether a key was pressed since the last one like it."""
        return self._asker.was_stopped(message)

    def _of_call(self, page: Page) -> Page:
        own = page._replace(section=self.title, keys=(*page.keys, emergency_key(self._staff)), kept=self.kept)
        return own._replace(largest=self._of_call(page.largest)) if page.largest else own

    def _read_emergency_words(self) -> None:
        self._asker.read(emergency_page(self._caller())._replace(kept=self.kept))
