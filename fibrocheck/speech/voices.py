"""The contract of a voice: what it is asked to say, and how.

There are two: `ssip` asks Speech Dispatcher, `espeak` runs espeak-ng. Text reaches them by a socket or a
pipe, never on a command line, where every user of the computer could read it.
"""

from typing import NamedTuple, Protocol

RATES, USUAL_RATE = 6, 2
"""How many rates there are, from slow to fast, and the one that a person finds."""

VOLUMES, USUAL_VOLUME = 6, 3
"""The same for how loud it is."""


class Utterance(NamedTuple):
    """Some words to be spoken without a stop, at most a sentence or two, and their language."""

    text: str
    language: str


class Manner(NamedTuple):
    """How it is spoken: the rate and the volume, each an index from 0 on."""

    rate: int = USUAL_RATE
    volume: int = USUAL_VOLUME


class VoiceError(Exception):
    """A voice has died, does not answer, or never was there. The message is for staff, in English."""


class SynthVoice(Protocol):
    """Speaks one utterance at a time. It is used by one thread only, and that may wait for it."""

    def speaks(self, language: str) -> bool:
        """Return whether there are sounds for a language."""
        ...

    def speak(self, utterance: Utterance, manner: Manner, wake: int) -> None:
        """Speak, and return when it has been heard, or at once when the file `wake` can be read.

        Raise `VoiceError` if it cannot be done, or takes much longer than it may.
        """
        ...

    def close(self) -> None:
        """Fall silent and end."""
        ...


def longest(utterance: Utterance) -> float:
    """Return after how many seconds a voice is taken for dead: slow speech has 7 characters a second."""
    return 10 + len(utterance.text) / 4


def base_language(language: str) -> str:
    """Return the language without its region: `es` of `es-419`."""
    return language.lower().replace("_", "-").partition("-")[0]
