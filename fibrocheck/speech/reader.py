"""Reads one visit's pages aloud: what is said when, and what the person set for how it sounds.

All of it belongs to one visit and goes with it, so that the next patient finds everything as at first.
"""

from collections.abc import Sequence

from fibrocheck.asking.aloud import MENU, OVER_PAGES, SOUND, Shown
from fibrocheck.asking.contract import GO_ON, Option, Page, Setting
from fibrocheck.content.model import Content
from fibrocheck.content.text import Text
from fibrocheck.pages.voice import Voice
from fibrocheck.speech import controls
from fibrocheck.speech.headphones import Jack, nothing_to_do
from fibrocheck.speech.pages import PageForEars, focus_text, joined, said
from fibrocheck.speech.speaker import Speaker
from fibrocheck.speech.voices import Manner, Utterance

_BEFORE_LANGUAGE = {"language", *OVER_PAGES}
"""The pages that a person may come to before their language is known."""


class VisitReader:
    """Reads the pages of one visit; see `fibrocheck.asking.aloud.Reader`."""

    def __init__(
        self,
        content: Content,
        speaker: Speaker,
        *,
        refusal: Text | None = None,
        jack: Jack | None = None,
    ) -> None:
        """Read by this speaker.

        `refusal` if only words that are not private may be heard here. With a `jack`, nothing is spoken
        while no headphones are in it.
        """
        self._content = content
        self._speaker = speaker
        self._jack = jack
        if jack is not None:
            jack.changed = self._jack_changed
        self.refusal = refusal
        self.is_blank = False
        self._is_introduced = False
        self._is_page = False
        self._has_moved = False
        self._to_tell: list[Utterance] = []
        self._section = ""
        self._page_id = ""
        self._choices: tuple[str, ...] = ()
        self._shown: Shown | None = None
        self._whole: list[Utterance] = []
        self._rest: list[Utterance] | None = None
        self._unread: list[Utterance] = []
        self._kept: list[Utterance] = []

    @property
    def manner(self) -> Manner:
        """How it sounds now."""
        return self._speaker.manner

    @property
    def is_reading(self) -> bool:
        """Whether a page is being spoken now; a warning does not count."""
        return self._is_page and self._speaker.is_speaking

    @property
    def can_hide(self) -> bool:
        """Whether the screen can be hidden: lines that were written stay."""
        return self._shown is None or not self._shown.by_line

    @property
    def has_no_voice(self) -> bool:
        """Whether nothing can be spoken in this visit any more."""
        return self._speaker.has_failed

    @property
    def trouble(self) -> Text | None:
        """What keeps the voice from speaking, in words for the person."""
        words = self._content.words
        if self._speaker.is_muted:
            return words.aloud_no_headphones
        if self._speaker.has_failed:
            return words.aloud_trouble
        return words.aloud_no_language if self._speaker.unspoken else None

    @property
    def for_staff(self) -> str:
        """What staff should fix before anybody listens here again, in English; empty if there is nothing."""
        unspoken = [f"No voice for language {each}" for each in sorted(self._speaker.unspoken)]
        failures = self._speaker.failures if self._speaker.has_failed else []
        return ". ".join([*failures, *unspoken]).replace("?. ", "? ")

    def page(self, shown: Shown, language: str) -> None:
        """Read a page, after what was to be told with it."""
        voice = Voice(self._content, language)
        choices = (language, *(option.id for option in shown.options))
        is_known = choices == self._choices
        ears = PageForEars(shown, voice, self._section, is_known, self._has_moved, self.is_blank)
        self._has_moved = self._has_moved and shown.page.id in OVER_PAGES
        is_again = shown.by_line and shown == self._shown
        self._choices, self._shown = choices, shown
        self._whole = ears.utterances(with_rows=True)
        stays = shown.page.id == self._page_id == SOUND
        if shown.page.id == MENU:
            self._unread = self._unsaid
        self._rest = None
        page = self._whole if is_again else ears.utterances()
        now = [] if stays else self._kept or [*self._introduction(voice, shown), *page]
        self._page_id, self._kept = shown.page.id, []
        if shown.page.id not in OVER_PAGES:
            self._section = shown.page.section
        told, self._to_tell = self._to_tell, []
        self._speak([*joined([*told, *now[:1]]), *now[1:]] if now else told)

    def focus(self, label: str, language: str) -> None:
        """Read what the pointer points at."""
        self._has_moved, self._rest = True, self._unsaid
        self._speak([Utterance(focus_text(label), self._language_of(label, language))])

    def tell(self, message: str, language: str) -> None:
        """Read a message before the next page."""
        self._to_tell += said(message, language)

    def warn(self, message: str, language: str) -> None:
        """Read a message at once, after a warning that is being read."""
        add = self._speaker.say if self._is_page else self._speaker.add
        self._is_page = False
        add(joined(said(message, language)))

    def interrupt(self) -> None:
        """Stop speaking; `again` goes on from there if nothing else was said since."""
        self._speaker.pause()

    def again(self) -> None:
        """Stop, go on, or read the page again with all of it."""
        if self._speaker.is_speaking:
            self._speaker.pause()
        elif self._speaker.is_paused:
            self._speaker.go_on()
        else:
            self._speak(self._whole)

    def controls(self, language: str) -> tuple[Page, Sequence[Option]]:
        """Return the page on which the person changes how it sounds; what it interrupts is kept."""
        if self._page_id not in OVER_PAGES:
            self._unread = self._unsaid
        return controls.controls_page(self, Voice(self._content, language))

    def control(self, chosen: str, language: str) -> bool:
        """Do what an option of that page does; return whether the page stays."""
        voice = Voice(self._content, language)
        if chosen in controls.STEPS:
            self.set_manner(controls.stepped(self.manner, chosen))
            self.tell(controls.level(self.manner, chosen, voice), language)
        elif chosen == controls.BLANK:
            self.is_blank = not self.is_blank
            words = self._content.words
            self.tell(voice.say(words.aloud_now_hidden if self.is_blank else words.aloud_now_shown), language)
        self._kept = self._unread if chosen in {GO_ON, controls.BLANK} else []
        return chosen in controls.STEPS

    def settings(self, language: str) -> Sequence[Setting]:
        """Return the same as rows of a page of settings."""
        return controls.rows(self, Voice(self._content, language))

    def set_manner(self, manner: Manner) -> None:
        """Speak like this from the next sentence on."""
        self._speaker.change(manner)

    def close(self) -> None:
        """Fall silent, and forget everything."""
        if self._jack is not None:
            self._jack.changed = nothing_to_do
        self._speaker.close()
        self._whole, self._to_tell, self._unread, self._kept = [], [], [], []
        self._rest = self._shown = None

    @property
    def _unsaid(self) -> list[Utterance]:
        """What is left of the page, also when the pointer was moved meanwhile."""
        return self._speaker.unsaid if self._rest is None else self._rest

    def _jack_changed(self) -> None:
        """Fall silent when the headphones are pulled out, and read the page again when they are back."""
        is_out = self._jack is not None and not self._jack.is_in
        self._speaker.mute(is_muted=is_out)
        if not is_out:
            self._speak(self._whole)

    def _speak(self, utterances: list[Utterance]) -> None:
        self._is_page = True
        self._speaker.say(utterances)

    def _introduction(self, voice: Voice, shown: Shown) -> list[Utterance]:
        """Return how to listen, before the first page in a language that the person has chosen."""
        if self._is_introduced or shown.page.id in _BEFORE_LANGUAGE:
            return []
        self._is_introduced = True
        words, say = voice.content.words, voice.say
        stops = [say(words.aloud_unplug)] if self._jack is not None else []
        if shown.by_line:
            texts = [say(words.aloud_intro_lines), *stops]
        else:
            texts = [say(words.aloud_intro, key=say(words.aloud_again_key)), *stops, say(words.aloud_keys)]
        return joined([each for text in texts for each in said(text, voice.language)])

    def _language_of(self, label: str, language: str) -> str:
        """Return the language in which to say a label: a language's name is said in it."""
        names = {name: code for code, name in self._content.languages.items()}
        return names.get(label, language)
