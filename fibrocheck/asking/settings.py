"""The settings of a visit, as rows of a page: each has a title, choices, what is chosen, and how to apply it.

To add a row, write a function that returns a `Setting`, and add it to `ROWS`, and to `LINE_ROWS` if it means
something in lines. What is chosen lasts as long as the asker, which each person has anew.
"""

from collections.abc import Callable, Iterable, Sequence

from fibrocheck.asking.aloud import Reader
from fibrocheck.asking.contract import (
    OWN,
    Chosen,
    LanguageChosen,
    Looks,
    Option,
    OtherWay,
    Page,
    Reply,
    Setting,
)
from fibrocheck.pages.palette import DARK, HIGH_CONTRAST, LIGHT, sets_backgrounds
from fibrocheck.pages.voice import Voice

_NORMAL, _LARGE = "normal", "large"


Choose = Callable[[Page, Sequence[Option], str | None], Reply | OtherWay]
"""Has one option of a page chosen, as an asker does."""


def change_settings(choose: Choose, voice: Voice, rows: Callable[[], Iterable[Setting]]) -> OtherWay | None:
    """Have settings changed until the person goes back; `rows` returns them as they are then.

    Return `OtherWay` if the page must be asked in the other way. A change of the language raises
    `LanguageChosen`.
    """
    changed: str | None = None
    while True:
        settings = {each.id: each for each in rows()}
        reply = choose(*settings_page(settings.values(), voice), changed)
        if not isinstance(reply, Chosen):
            return reply if isinstance(reply, OtherWay) else None
        changed = reply.ids[0]
        chosen = settings[changed]
        reply = choose(*_choices_page(chosen, voice), chosen.current)
        if isinstance(reply, OtherWay):
            return reply
        if isinstance(reply, Chosen):
            chosen.apply(reply.ids[0])


def change_line_settings(choose: Choose, voice: Voice, looks: Looks, reader: Reader | None) -> None:
    """Have the settings of a visit line by line changed; `reader` reads aloud, if it does."""

    def rows() -> list[Setting]:
        return [*rows_of(LINE_ROWS, voice, looks), *(reader.settings(voice.language) if reader else ())]

    change_settings(choose, voice, rows)


def language(voice: Voice, _looks: Looks) -> Setting | None:
    """Return the language of the pages; nothing if there is only one."""
    choices = tuple(Option(code, name) for code, name in voice.content.languages.items())

    def apply(code: str) -> None:
        if code != voice.language:
            raise LanguageChosen(code)

    title = voice.say(voice.content.words.language)
    return Setting("language", title, choices, voice.language, apply) if voice.other_languages else None


def text_size(voice: Voice, looks: Looks) -> Setting | None:
    """Return the choice between normal and large text."""
    words, say = voice.content.words, voice.say

    def apply(size: str) -> None:
        looks.large = size == _LARGE

    choices = (Option(_NORMAL, say(words.text_normal)), Option(_LARGE, say(words.text_large)))
    return Setting("text", say(words.text_size), choices, _LARGE if looks.large else _NORMAL, apply)


def colours(voice: Voice, looks: Looks) -> Setting | None:
    """Return the choice of a set of colours; nothing if this terminal shows none."""
    words, say = voice.content.words, voice.say

    def apply(name: str) -> None:
        looks.colours = name

    names = {
        OWN: words.colours_own,
        LIGHT: words.colours_light,
        DARK: words.colours_dark,
        HIGH_CONTRAST: words.colours_high_contrast,
    }
    choices = tuple(Option(name, say(text)) for name, text in names.items())
    setting = Setting("colours", say(words.colours), choices, looks.colours, apply)
    return setting if sets_backgrounds() else None


MakeRow = Callable[[Voice, Looks], Setting | None]
ROWS: tuple[MakeRow, ...] = (language, text_size, colours)
"""The settings that every visit on the screen has."""

LINE_ROWS: tuple[MakeRow, ...] = (language, text_size)
"""The settings of a visit line by line, which uses no colours."""


def rows_of(makers: Iterable[MakeRow], voice: Voice, looks: Looks) -> list[Setting]:
    """Return the settings as they are now, without those that this terminal or content does not have."""
    return [setting for make in makers if (setting := make(voice, looks))]


def settings_page(settings: Iterable[Setting], voice: Voice) -> tuple[Page, Sequence[Option]]:
    """Return the page with a row for each setting."""
    words, say = voice.content.words, voice.say
    page = Page(say(words.settings), ask=say(words.settings_ask), can_hide=False, acts=True, id="settings")
    options = [Option(each.id, f"{each.title}: {_label_of(each)}") for each in settings]
    return page._replace(can_change_language=False), options


def _choices_page(setting: Setting, voice: Voice) -> tuple[Page, Sequence[Option]]:
    page = Page(voice.say(voice.content.words.settings), ask=setting.title, can_hide=False, id="setting")
    return page._replace(can_change_language=False), setting.choices


def _label_of(setting: Setting) -> str:
    return next(each.label for each in setting.choices if each.id == setting.current)
