"""What can be typed on a page besides its choices, line by line: a letter for each command, or its name."""

from typing import NamedTuple

from fibrocheck.asking.contract import Page
from fibrocheck.asking.typed_choices import Choices, folded
from fibrocheck.content.text import Text
from fibrocheck.pages.voice import Voice
from fibrocheck.text_safety import printable

BACK, WHY, LEAVE_OUT, STOP, LANGUAGE, MORE_TIME, ALOUD, SETTINGS = list("b?sqlmrt")
"""The letters; the same in every language. `MORE_TIME` is typed only after a warning."""

_MAX_REPEATED = 20
"""The characters of a line that are written again if it chooses nothing."""


class LineCommands(NamedTuple):
    """The commands of one page, in the language that the person reads.

    `skippable` if the page's question may be skipped, `listens` if pages can be read aloud, `has_settings` if
    there are settings.
    """

    voice: Voice
    page: Page
    skippable: bool
    listens: bool
    has_settings: bool

    def named(self, line: str) -> str:
        """Return the letter of the command that a line names, by it or by its name; empty if none."""
        for letter, text in self._offered():
            *_, name = self._say(text).split(": ")  # such as "b: back"
            if line == letter or folded(line) == folded(name):
                return letter
        return ""

    def texts(self) -> list[str]:
        """Return each letter with what it does."""
        return [self._say(text) for _, text in self._offered()]

    def short_texts(self) -> list[str]:
        """Return the same for a person who has read it before: a sign is no longer spelled out."""
        short = {WHY: self.voice.content.words.plain_why_short}
        return [self._say(short.get(letter, text)) for letter, text in self._offered()]

    def _offered(self) -> list[tuple[str, Text]]:
        words, page = self.voice.content.words, self.page
        commands = (
            (BACK, words.plain_back, page.can_go_back),
            (WHY, words.plain_why, bool(page.why)),
            (LEAVE_OUT, words.plain_skip, self.skippable),
            (STOP, words.plain_stop, True),
            (LANGUAGE, words.plain_language, page.offers(self.voice.other_languages)),
            (ALOUD, words.plain_aloud, self.listens and page.can_hide),
            (SETTINGS, words.plain_settings, self.has_settings and page.can_hide),
        )
        return [(letter, text) for letter, text, is_offered in commands if is_offered]

    def _say(self, text: Text) -> str:
        return self.voice.say(text, language=self.voice.language_offer)


def not_understood(choices: Choices, line: str, several: bool, voice: Voice) -> str:  # noqa: FBT001
    """Return that a line is no choice and no command; if `several` may be chosen, because of which part."""
    words = voice.content.words
    unknown = choices.unknown(line) if several else ""
    if unknown:
        return voice.say(words.plain_not_a_choice, typed=printable(unknown, _MAX_REPEATED))
    return voice.say(words.plain_not_understood, last=len(choices.labels))
