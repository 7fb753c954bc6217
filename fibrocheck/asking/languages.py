"""The choice among more than two languages, in the middle of a visit."""

from collections.abc import Sequence

from fibrocheck.asking.contract import Option, Page
from fibrocheck.pages.voice import Voice


def other_language_page(voice: Voice) -> tuple[Page, Sequence[Option]]:
    """Return the choice among more than two languages, each by its own name."""
    words = voice.content.words
    title, ask = voice.say(words.language), voice.say(words.choose_language)
    page = Page(title, ask=ask, can_hide=False, can_change_language=False, id="other-language")
    return page, [Option(code, name) for code, name in voice.content.languages.items()]
