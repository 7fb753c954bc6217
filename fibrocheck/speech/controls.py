"""How it sounds, as a page for ears and as rows for a page of settings."""

from collections.abc import Sequence
from typing import Protocol

from fibrocheck.asking.aloud import SILENCE, SOUND
from fibrocheck.asking.contract import GO_ON, Option, Page, Setting
from fibrocheck.content.text import Text
from fibrocheck.pages.voice import Voice
from fibrocheck.speech.voices import RATES, VOLUMES, Manner

AGAIN, SLOWER, FASTER, SOFTER, LOUDER, BLANK = (
    "again", "slower", "faster", "softer", "louder", "blank"
)  # fmt: skip

_SHOWN = "shown"

STEPS = {SLOWER: (-1, 0), FASTER: (1, 0), SOFTER: (0, -1), LOUDER: (0, 1)}
"""What each option adds to the rate and the volume."""


class Sounding(Protocol):
    """A reader, as far as its settings need it."""

    is_blank: bool

    @property
    def can_hide(self) -> bool:
        """Whether the screen can be hidden."""
        ...

    @property
    def manner(self) -> Manner:
        """How it sounds."""
        ...

    @property
    def trouble(self) -> Text | None:
        """What keeps it from speaking."""
        ...

    def set_manner(self, manner: Manner) -> None:
        """Change how it sounds."""
        ...


def controls_page(reader: Sounding, voice: Voice) -> tuple[Page, Sequence[Option]]:
    """Return the page on which the person changes how it sounds, or ends it."""
    words, say = voice.content.words, voice.say
    hide = [(BLANK, words.aloud_show if reader.is_blank else words.aloud_hide)] if reader.can_hide else []
    offers = (
        (GO_ON, words.aloud_go_on),
        *hide,  # wanted once, and before anything is read: the rest can be found later
        (AGAIN, words.aloud_again),
        (SLOWER, words.aloud_slower),
        (FASTER, words.aloud_faster),
        (SOFTER, words.aloud_softer),
        (LOUDER, words.aloud_louder),
        (SILENCE, words.aloud_turn_off),
    )
    page = Page(
        say(words.aloud),
        ask=say(words.aloud_how),
        note=voice.say(reader.trouble) if reader.trouble else "",
        can_hide=False,
        can_change_language=False,
        acts=True,
        id=SOUND,
    )
    return page, [Option(name, say(text)) for name, text in offers]


def stepped(manner: Manner, step: str) -> Manner:
    """Return a manner one step further, or the same at the last one."""
    rate, volume = STEPS[step]
    return Manner(
        min(max(manner.rate + rate, 0), RATES - 1),
        min(max(manner.volume + volume, 0), VOLUMES - 1),
    )


def level(manner: Manner, step: str, voice: Voice) -> str:
    """Return where the rate or the volume is now, such as "Speed: 4 of 6"."""
    words = voice.content.words
    is_rate = step in {SLOWER, FASTER}
    number, total = (manner.rate, RATES) if is_rate else (manner.volume, VOLUMES)
    name = voice.say(words.aloud_speed if is_rate else words.aloud_volume)
    return f"{name}: {voice.say(words.position, number=number + 1, total=total)}"


def rows(reader: Sounding, voice: Voice) -> list[Setting]:
    """Return the same as rows of a page of settings, for a reader that is on."""
    words, say = voice.content.words, voice.say

    def stepped(name: str, title: Text, total: int, part: str) -> Setting:
        steps = (Option(str(n), say(words.position, number=n + 1, total=total)) for n in range(total))

        def apply(chosen: str) -> None:
            reader.set_manner(reader.manner._replace(**{part: int(chosen)}))

        return Setting(name, say(title), tuple(steps), str(getattr(reader.manner, part)), apply)

    def hide(chosen: str) -> None:
        reader.is_blank = chosen == BLANK

    shown_or_not = Setting(
        "screen",
        say(words.aloud_screen),
        (Option(_SHOWN, say(words.aloud_shown)), Option(BLANK, say(words.aloud_hidden))),
        BLANK if reader.is_blank else _SHOWN,
        hide,
    )
    return [
        stepped("speed", words.aloud_speed, RATES, "rate"),
        stepped("volume", words.aloud_volume, VOLUMES, "volume"),
        *([shown_or_not] if reader.can_hide else []),
    ]
