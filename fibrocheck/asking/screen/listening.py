"""The full screen for ears: what the reader is told of a page, of the pointer and of keys."""

from collections.abc import Callable, Sequence

from fibrocheck.asking.aloud import ReadAloud, Reader, Shown
from fibrocheck.asking.contract import Option, Page
from fibrocheck.asking.screen.actions import (
    BACK,
    HIDE,
    INVITE,
    LANGUAGE,
    LISTEN,
    MENU,
    MENU_KEYS,
    WHY,
    Action,
    choose,
    keys_of,
)
from fibrocheck.asking.screen.page_layout import NOTHING_YET, SoFar
from fibrocheck.pages.voice import Voice

AGAIN_KEY = "/"
"""Stops what is read aloud, goes on, and reads again: a key that every keypad has, and no option."""


class Listening:
    """What stands between the screen and the reader of a visit; it does nothing while there is none."""

    def __init__(self, aloud: ReadAloud, voice: Callable[[], Voice]) -> None:
        """Tell the reader of `aloud`; `voice` returns the words of the language that is shown."""
        self.aloud = aloud
        self.asked = 0
        """How often the reader was asked for something by its own key."""
        self._voice = voice
        self._shown: Shown | None = None
        self._is_new = False
        self._has_invited = False
        self._marks_told = 0

    @property
    def reader(self) -> Reader | None:
        """What reads aloud now."""
        return self.aloud.reader

    @property
    def is_blank(self) -> bool:
        """Whether nothing is to be shown."""
        return self.reader is not None and self.reader.is_blank

    @property
    def _language(self) -> str:
        return self._voice().language

    def takes(self, key: str, *, typing: bool) -> bool:
        """Have the reader stop at a key; return whether the key was for the reader alone."""
        if self.reader is None:
            return False
        if key != AGAIN_KEY or typing:
            self.reader.interrupt()
            return False
        self.asked += 1
        self.reader.again()
        return True

    def shows(
        self,
        page: Page,
        options: Sequence[Option],
        so_far: SoFar = NOTHING_YET,
        *,
        part: tuple[int, int] | None = None,
        place: str = "",
        fresh: bool = True,
    ) -> None:
        """Note the page that is shown next; it is read then, if the person sees it for the first time."""
        self.aloud.pointed_at = "" if fresh else self.aloud.pointed_at
        several = so_far.marked is not None
        marked: frozenset[str | None] = frozenset({so_far.current}) | (so_far.marked or frozenset())
        keys = tuple(key.strip() for key, _ in zip(keys_of(options), options, strict=False))
        self._shown = Shown(page, tuple(options), keys, marked, several, part, place)
        self._is_new = fresh

    def read(self) -> None:
        """Read the page that is shown now, unless it was. Keys typed before it have been dropped."""
        if self._is_new and self._shown is not None:
            self._is_new = False
            self.aloud.page(self._shown, self._language)

    def moved(self, focus: Action | None) -> None:
        """Read what the pointer points at after a key has moved it."""
        if self.reader is not None and focus is not None and (label := self._label(focus)):
            self.aloud.pointed_at = label
            self.reader.focus(label, self._language)

    def marked(self, option_id: str, *, is_marked: bool) -> None:
        """Read that an option is marked now, or no longer."""
        if self._shown is not None:
            others = self._shown.marked - {option_id}
            self._shown = self._shown._replace(marked=others | {option_id} if is_marked else others)
        voice = self._voice()
        if self.reader is not None and (label := self._option_label(option_id, voice, is_new=True)):
            self._marks_told += 1
            then = f". {voice.say(voice.content.words.aloud_forward)}" if self._marks_told == 1 else ""
            self.reader.focus(f"{label}{then}", self._language)

    def tell(self, message: str) -> None:
        """Have a message read before the next page."""
        self.aloud.tell(message, self._language)

    def warn(self, message: str) -> None:
        """Have a message read at once."""
        self.aloud.warn(message, self._language)

    def warns(self, page: Page, options: Sequence[Option], *, with_options: bool) -> None:
        """Have a warning read at once, and what can be chosen there if it is more than any key."""
        self.shows(page, options, fresh=False)
        voice = self._voice()
        key_of = voice.content.words.aloud_key
        keys = zip(options, keys_of(options), strict=False) if with_options else ()
        said = [voice.say(key_of, label=option.label, key=key.strip()) for option, key in keys]
        self.warn(" ".join([page.ask, page.term, *said]))

    def first_focus(self, options: Sequence[Option], current: str | None) -> Action:
        """Return the option that the pointer is at first.

        Of a list to change, a person who listens hears only how it ends, so that is where they are.
        """
        if self.reader is not None and options[-1].is_way_on:
            return choose(options[-1].id)
        return choose(current or options[0].id)

    def meaning(self, action: Action, page: Page, *, invites: bool) -> Action:
        """Return what a key requests: where there is nothing to go back to, Back has no meaning."""
        is_unmeant = action == BACK and not page.can_go_back
        return INVITE if is_unmeant and invites and self.reader is None else action

    def is_invited(self) -> bool:
        """Return whether it was said before that the same key once more reads aloud; otherwise say it."""
        was_said, self._has_invited = self._has_invited, True
        if not was_said:
            text = self._voice().content.words.aloud_invite
            self.aloud.say([(text[code], code) for code in self._voice().content.languages])
        return was_said

    def _label(self, focus: Action) -> str:
        """Return the words of an option with its key and its answer, or of an action at the foot."""
        voice = self._voice()
        words = voice.content.words
        if focus.is_choice:
            return self._option_label(focus.id, voice)
        labels = {BACK: words.back, WHY: words.why, HIDE: words.hide, LISTEN: words.aloud}
        if focus == MENU:
            return voice.say(words.aloud_key, label=voice.say(words.more), key=MENU_KEYS[0])
        return voice.language_offer if focus == LANGUAGE else voice.say(labels.get(focus, words.go_on))

    def _option_label(self, option_id: str, voice: Voice, *, is_new: bool = False) -> str:
        """Return an option's words and its answer; that it is not marked only if that `is_new`."""
        if self._shown is None:
            return ""
        words = voice.content.words
        for option in self._shown.options:
            if option.id == option_id:
                text = f"{option.label}, {option.value}" if option.value else option.label
                if option_id in self._shown.marked:
                    return f"{text}, {voice.say(words.aloud_marked)}"
                return f"{text}, {voice.say(words.aloud_not_marked)}" if is_new else text
        return ""
