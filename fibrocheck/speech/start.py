"""Starts reading aloud: which voice, and whether anybody but the person could hear it."""

from typing import NamedTuple

from fibrocheck.content.model import Content
from fibrocheck.speech import espeak, ssip
from fibrocheck.speech.headphones import Jack
from fibrocheck.speech.reader import VisitReader
from fibrocheck.speech.speaker import Speaker, StartVoice


class Place(NamedTuple):
    """Who can hear: staff say that there are headphones, or that the room is private.

    Neither is asked for at an ordinary terminal, where the person or staff chose to listen.
    """

    is_kiosk: bool = False
    headphones: bool = False
    loudspeaker: bool = False
    jack: Jack | None = None
    """Reports whether headphones are plugged in."""

    @property
    def is_private(self) -> bool:
        """Whether nobody but the person can hear."""
        reported = self.jack is not None and bool(self.jack.is_in)
        return not self.is_kiosk or self.headphones or self.loudspeaker or reported

    @property
    def depends_on_jack(self) -> bool:
        """Whether it is private only as long as the jack says so."""
        return self.is_private and not self._replace(jack=None).is_private


def start_reading(content: Content, place: Place = Place()) -> VisitReader:  # noqa: B008 - it is frozen
    """Return a reader for one visit; its voice starts in a thread meanwhile.

    A voice that is not on this computer is not tried, so that a reader without any says so at once.

    Speech Dispatcher is the voice that a person has set up. But it outlives a visit, and its memory still
    holds sentences that it spoke (seen with 0.11.4), so at a kiosk espeak-ng comes first, whose process ends
    with each sentence.
    """
    kinds: list[tuple[str, StartVoice]] = [
        (ssip.missing(), ssip.SpeechDispatcher),
        (espeak.missing(), espeak.EspeakVoice),
    ]
    ordered = reversed(kinds) if place.is_kiosk else kinds
    voices = [start for missing, start in ordered if not missing]
    return VisitReader(
        content,
        Speaker(voices, [missing for missing, _ in kinds if missing]),
        refusal=None if place.is_private else content.words.aloud_no_headphones,
        jack=place.jack if place.depends_on_jack else None,
    )
