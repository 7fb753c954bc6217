"""How the askers tell a reader which page the person has, and what they do there.

Nothing here speaks, and nothing that does is loaded before a person wants to listen: `fibrocheck.speech`.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from fibrocheck.asking.contract import GO_ON, Chosen, Option, Page, Setting
from fibrocheck.content.text import Text
from fibrocheck.pages.voice import Voice

SILENCE = "silence"
"""The id of the option that ends reading aloud."""

MENU, SOUND = "menu", "aloud"
OVER_PAGES = {MENU, SOUND}
"""The ids of the menu, and of the page on which the person changes how it sounds: both stand over another
page, to which the person then returns."""


class Shown(NamedTuple):
    """A page as the person has it before them.

    `keys` are those of the options, in order, empty where an option has none. `marked` are the ids of the
    answer so far. `part` is where the screenful begins and ends in the page's text, in characters without
    spaces; `None` for all of it. `place` says which screenful it is, if there are several. `by_line` if the
    person types lines: there is no pointer, and Enter alone repeats a page.
    """

    page: Page
    options: tuple[Option, ...]
    keys: tuple[str, ...]
    marked: frozenset[str | None] = frozenset()
    several: bool = False
    part: tuple[int, int] | None = None
    place: str = ""
    by_line: bool = False


class Reader(Protocol):
    """Reads aloud. Nothing here waits for the voice, whatever it does."""

    refusal: Text | None
    """Why nothing is read aloud here, in words for the person; `None` if everything is."""

    @property
    def is_reading(self) -> bool:
        """Whether a page is being spoken now; a warning does not count."""
        ...

    @property
    def is_blank(self) -> bool:
        """Whether the person wants nothing to be shown."""
        ...

    @property
    def has_no_voice(self) -> bool:
        """Whether nothing can be spoken in this visit any more."""
        ...

    @property
    def trouble(self) -> Text | None:
        """What keeps the voice from speaking, in words for the person; `None` if it speaks."""
        ...

    @property
    def for_staff(self) -> str:
        """What staff should fix before anybody listens here again, in English; empty if there is nothing."""
        ...

    def page(self, shown: Shown, language: str) -> None:
        """Read a page that the person sees for the first time, after what was to be told with it."""
        ...

    def focus(self, label: str, language: str) -> None:
        """Read what the pointer points at now."""
        ...

    def tell(self, message: str, language: str) -> None:
        """Read a message before the next page."""
        ...

    def warn(self, message: str, language: str) -> None:
        """Read a message at once; the time that it takes does not count as time with a page."""
        ...

    def interrupt(self) -> None:
        """Stop speaking: a key was pressed."""
        ...

    def again(self) -> None:
        """Stop if something is spoken; go on if it was stopped so; otherwise read the page again."""
        ...

    def controls(self, language: str) -> tuple[Page, Sequence[Option]]:
        """Return the page on which the person changes how it sounds."""
        ...

    def control(self, chosen: str, language: str) -> bool:
        """Do what an option of that page does; return whether the page stays."""
        ...

    def settings(self, language: str) -> Sequence[Setting]:
        """Return the same as rows of a page of settings."""
        ...

    def close(self) -> None:
        """Fall silent, and forget everything."""
        ...


Choose = Callable[[Page, Sequence[Option], str | None], object]


class ReadAloud:
    """Whether pages are read aloud in a visit, and by what. It is off until the person wants it."""

    def __init__(
        self,
        start: Callable[[], Reader] | None = None,
        *,
        invites: bool = False,
        was_plugged_in: Callable[[], bool] | None = None,
        tell_staff: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Start a reader with this when it is wanted; without, reading aloud is not offered.

        `invites` if keys without a meaning on the first page offer to read aloud, as at a kiosk.
        `was_plugged_in` returns whether headphones have been put in since it was called last. `tell_staff` is
        called for what kept pages from being read aloud, in English.
        """
        self._was_plugged_in = was_plugged_in
        self._start = start
        self._tell_staff = tell_staff
        self._silent: Reader | None = None
        self.invites = invites and start is not None
        self.pointed_at = ""
        """What the pointer was moved to last on this page, as it was heard; empty if it was not moved."""
        self.reader: Reader | None = None

    @property
    def is_offered(self) -> bool:
        """Whether the person can have pages read aloud, as far as is known.

        That there is no voice here is known when a person first wants to listen: then it is no longer.
        """
        return self._start is not None

    @property
    def is_reading(self) -> bool:
        """Whether a page is being spoken now."""
        return self.reader is not None and self.reader.is_reading

    def page(self, shown: Shown, language: str) -> None:
        """Have a page read."""
        if self.reader is not None:
            self.reader.page(shown, language)

    def tell(self, message: str, language: str) -> None:
        """Have a message read before the next page."""
        if self.reader is not None and message:
            self.reader.tell(message, language)

    def warn(self, message: str, language: str) -> None:
        """Have a message read at once."""
        if self.reader is not None:
            self.reader.warn(message, language)

    def interrupt(self) -> None:
        """Have the reader stop: a key was pressed."""
        if self.reader is not None:
            self.reader.interrupt()

    def is_wanted(self) -> bool:
        """Return whether headphones have just been put in while nothing is read aloud."""
        is_new = self._was_plugged_in is not None and self._was_plugged_in()
        return is_new and self.reader is None

    def turn_on_if_wanted(self) -> None:
        """Read aloud if headphones have just been put in."""
        if self.is_wanted():
            self.turn_on()

    def turn_on(self) -> Text | None:
        """Read aloud from the next page on; return why not if that is refused here."""
        if self._start is None or self.reader is not None:
            return None
        self.close()
        reader = self._start()
        if reader.refusal is None:
            self.reader = reader
        else:
            self._silent = reader
        return self.given_up() or reader.refusal

    def given_up(self) -> Text | None:
        """Offer no more to read aloud if there is no voice after all; return that for the person, once."""
        reader = self.reader or self._silent
        if reader is None or not reader.has_no_voice:
            return None
        trouble = reader.trouble
        self.close()
        self._start, self.invites = None, False
        return trouble

    def turn_off(self) -> None:
        """Fall silent. The next time it is turned on, everything is as at first."""
        self._close(self.reader)
        self.reader = None

    def listen(self, voice: Voice, choose: Choose) -> str:
        """Read aloud from now on; if it does so already, have the person change how it sounds.

        `choose` has one option chosen, as an asker does. If reading is refused here, say and return why.
        """
        refusal = self.given_up()
        if refusal is None and self.reader is not None:
            self._change_sound(self.reader, voice.language, choose)
            return ""
        refusal = refusal or self.turn_on()
        if refusal is None:
            return ""
        said = voice.say(refusal)
        self.say([(said, voice.language)])
        return said

    def _change_sound(self, reader: Reader, language: str, choose: Choose) -> None:
        chosen, stays = None, True
        while stays:
            page, options = reader.controls(language)
            reply = choose(page, options, chosen)
            chosen = reply.ids[0] if isinstance(reply, Chosen) else GO_ON
            stays = reader.control(chosen, language)
        if chosen == SILENCE:
            self.turn_off()

    def say(self, texts: Sequence[tuple[str, str]]) -> None:
        """Say a few words that are not private, each with its language, although nothing is read aloud."""
        if self._start is not None and self.reader is None:
            self._silent = self._silent or self._start()
            for text, language in texts:
                self._silent.warn(text, language)
            self.given_up()

    def close(self) -> None:
        """Fall silent at the end of a visit."""
        self.turn_off()
        self._close(self._silent)
        self._silent = None

    def _close(self, reader: Reader | None) -> None:
        if reader is None:
            return
        if reader.for_staff:
            self._tell_staff(f"Reading aloud does not work. {reader.for_staff}")
        reader.close()
