"""Asks the desk's pages: the emergency words are one key away on each that can be hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fibrocheck.asking.contract import SKIP, Chosen, GoBack, Option, Page
from fibrocheck.reception.contract import Answer, DeskAsker, Noted, Pressed, Typed, nothing_noted
from fibrocheck.reception.pages import EMERGENCY, emergency_key, emergency_page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fibrocheck.pages.voice import Voice


class StaffAsker:
    """The desk's asker, with the emergency words: at any moment staff may have somebody on the line.

    They lead back to the page as it was. Pages that cannot be hidden are without them: staff are not there.
    """

    def __init__(self, asker: DeskAsker, staff: Voice) -> None:
        """Ask through another asker, in the language of staff."""
        self._asker, self._staff = asker, staff
        self._listener: Callable[[], Voice] = lambda: staff
        self._title, self.kept = "", ""
        """The title at the head of every page, and what becomes of the answers if the desk is left there."""
        self.language = staff.language

    def in_call(self, title: str, listener: Callable[[], Voice]) -> StaffAsker:
        """Return an asker for a call: with its title, and the words in the voice that the caller hears."""
        made = StaffAsker(self._asker, self._staff)
        made._title, made._listener = title, listener
        return made

    def ask(self, page: Page, options: Sequence[Option], current: str | None = None) -> Answer:
        """Have an option chosen, or one of the page's own keys pressed."""
        shown, at = self._with_key(page), current
        while True:
            reply = self._asker.ask(shown, options, at)
            if not (isinstance(reply, Pressed) and reply.key == EMERGENCY):
                return reply
            self._read_emergency_words()
            shown = shown._replace(continues=False, acts=page.acts or current is None)
            at = reply.at or at if shown.acts else current  # where the pointer was is no answer

    def choose_many(
        self,
        page: Page,
        options: Sequence[Option],
        current: frozenset[str] = frozenset(),
        noted: Noted = nothing_noted,
    ) -> Chosen | GoBack:
        """Have any number of options chosen; `noted` gets what is marked on the way."""
        while True:
            reply = self._asker.choose_many(self._with_key(page), options, current, noted)
            if not (isinstance(reply, Chosen) and reply.ids[:1] == (EMERGENCY,)):
                return reply
            self._read_emergency_words()
            current = frozenset(reply.ids[1:]) or current & {SKIP}

    def write(
        self, page: Page, *, is_hidden: bool = False, text: str = "", is_selected: bool = False
    ) -> Typed | GoBack | Pressed:
        """Have a line typed."""
        while True:
            shown = self._with_key(page)
            reply = self._asker.write(shown, is_hidden=is_hidden, text=text, is_selected=is_selected)
            if not (isinstance(reply, Pressed) and reply.key == EMERGENCY):
                return reply
            self._read_emergency_words()
            text, is_selected = reply.text, False

    def read(self, page: Page, *, at: float = 0.0) -> Chosen | GoBack:
        """Show a text."""
        while True:
            reply = self._asker.read(self._with_key(page), at=at)
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

    def _with_key(self, page: Page) -> Page:
        own = page._replace(section=self._title or page.section, kept=self.kept or page.kept)
        if page.can_hide:
            own = own._replace(keys=(*page.keys, emergency_key(self._staff)))
        return own._replace(largest=self._with_key(page.largest)) if page.largest else own

    def _read_emergency_words(self) -> None:
        self._asker.read(emergency_page(self._listener())._replace(kept=self.kept))
