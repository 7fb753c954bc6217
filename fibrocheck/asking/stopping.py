"""The question before the answers are erased, the same in both askers."""

from collections.abc import Sequence

from fibrocheck.asking.contract import GO_ON, Option, Page
from fibrocheck.pages.voice import Voice

ERASE = "leave"
"""The id of the option that erases the answers."""


def stop_page(voice: Voice, kept: str = "") -> tuple[Page, Sequence[Option]]:
    """Return the page that asks before the answers are erased, and says what is `kept`.

    Its first option erases nothing.
    """
    words = voice.content.words
    ask = voice.say(words.stop_ask)
    page = Page(
        "", ask=ask, term=kept, can_go_back=False, can_hide=False, can_change_language=False, id="stop"
    )
    return page, (Option(GO_ON, voice.say(words.stop_no)), Option(ERASE, voice.say(words.stop_yes)))
