"""Starts reading aloud: which voice, and whether anybody but the person could hear it."""

from typing import NamedTuple

from fibrocheck.content.model import Content
from fibrocheck.speech.reader import VisitReader
from fibrocheck.speech.speaker import Speaker
from fibrocheck.speech.voices import SynthVoice


class Place(NamedTuple):
    """Who can hear: staff say that there are headphones, or that the room is private.

    Neither is asked for at an ordinary terminal, where the person or staff chose to listen.
    """

    is_kiosk: bool = False
    headphones: bool = False
    loudspeaker: bool = False


def start_reading(content: Content, place: Place = Place()) -> VisitReader:  # noqa: B008 - it is frozen
    """Return a reader for one visit; its voice starts in a thread meanwhile."""
    from fibrocheck.speech.headphones import are_plugged_in

    reported = are_plugged_in() if place.is_kiosk else None
    is_private = not place.is_kiosk or place.headphones or place.loudspeaker or bool(reported)
    return VisitReader(
        content,
        Speaker([_speech_dispatcher, _espeak]),
        refusal=None if is_private else content.words.aloud_no_headphones,
        unplugging_stops=bool(reported),
    )


def _speech_dispatcher() -> SynthVoice:
    from fibrocheck.speech.ssip import SpeechDispatcher

    return SpeechDispatcher()


def _espeak() -> SynthVoice:
    from fibrocheck.speech.espeak import EspeakVoice

    return EspeakVoice()
