"""The change of language in the middle of a visit, the same in both askers."""

from collections.abc import Callable, Sequence

from fibrocheck.asking.contract import Chosen, LanguageChosen, Option, Page
from fibrocheck.pages.voice import Voice


def change_language(voice: Voice, choose: Callable[[Page, Sequence[Option], str], object]) -> None:
    """Raise `LanguageChosen`: for the other language if there are two, otherwise for a chosen one.

    `choose` has one option of a page chosen, as an asker does. Any other reply changes nothing.
    """
    others = voice.other_languages
    if len(others) == 1:
        raise LanguageChosen(others[0])
    reply = choose(*_other_language_page(voice), voice.language)
    if isinstance(reply, Chosen) and reply.ids[0] in others:
        raise LanguageChosen(reply.ids[0])


def _other_language_page(voice: Voice) -> tuple[Page, Sequence[Option]]:
    """Return the choice among more than two languages, each by its own name."""
    words = voice.content.words
    title, ask = voice.say(words.language), voice.say(words.choose_language)
    page = Page(title, ask=ask, can_hide=False, can_change_language=False, id="other-language")
    return page, [Option(code, name) for code, name in voice.content.languages.items()]
