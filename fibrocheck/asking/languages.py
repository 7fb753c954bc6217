"""The offer of another language, on every page of both askers."""

from collections.abc import Sequence

from fibrocheck.asking.contract import Option, Page
from fibrocheck.pages.voice import Voice


def changes_language(page: Page, voice: Voice) -> bool:
    """Return whether a page offers another language."""
    return page.can_change_language and len(voice.content.languages) > 1


def other_languages(voice: Voice) -> list[str]:
    """Return the codes of the languages that the person does not read now."""
    return [code for code in voice.content.languages if code != voice.language]


def language_offer(voice: Voice) -> str:
    """Return how the change of language is offered: by the other one's name if there are just two."""
    others = other_languages(voice)
    content = voice.content
    return content.languages[others[0]] if len(others) == 1 else voice.say(content.words.language)


def other_language_page(voice: Voice) -> tuple[Page, Sequence[Option]]:
    """Return the choice among more than two languages, each by its own name."""
    words = voice.content.words
    title, ask = voice.say(words.language), voice.say(words.choose_language)
    page = Page(title, ask=ask, can_hide=False, can_change_language=False, id="other-language")
    return page, [Option(code, name) for code, name in voice.content.languages.items()]
