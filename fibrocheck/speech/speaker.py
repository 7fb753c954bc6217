"""What is to be said, in order, and the thread that has a voice say it.

Everything here returns at once, whatever the voice does: a key never waits for it. The list is as long as
one page, because each page replaces the one before.
"""

import os
import select
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress

from fibrocheck.speech.voices import Manner, SynthVoice, Utterance, VoiceError

MAX_WAITING = 400
"""The utterances that may wait; the longest page has about 100."""

_ENDS_WITHIN = 1.0  # seconds

StartVoice = Callable[[], SynthVoice]


class Speaker:
    """Says one list of utterances at a time. The first of the voices that works is kept."""

    def __init__(self, voices: Sequence[StartVoice], missing: Sequence[str] = ()) -> None:
        """Start the thread, which then starts a voice. `missing`: why other voices are not tried."""
        self._voices = deque(voices)
        self._voice: SynthVoice | None = None
        self._lock = threading.Lock()
        self._waiting: deque[Utterance] = deque()
        self._said_now: Utterance | None = None
        self._generation = 0
        self._is_paused = False
        self._is_closed = False
        self.is_muted = False
        self.manner = Manner()
        self.failures = list(missing)
        """Why each voice that there could be does not speak, in English for staff."""
        self.unspoken: set[str] = set()
        """The languages that were asked for and that no sounds are there for."""
        self._woken, self._wake = os.pipe()
        os.set_blocking(self._wake, False)
        self._thread = threading.Thread(target=self._run, name="speech", daemon=True)
        self._thread.start()

    @property
    def is_speaking(self) -> bool:
        """Whether something is being said or waits for it."""
        with self._lock:
            return not self._is_paused and (self._said_now is not None or bool(self._waiting))

    @property
    def is_paused(self) -> bool:
        """Whether something was stopped that could be gone on with."""
        with self._lock:
            return self._is_paused and bool(self._waiting)

    @property
    def unsaid(self) -> list[Utterance]:
        """What was stopped, from the interrupted sentence on."""
        with self._lock:
            return list(self._waiting)

    @property
    def has_failed(self) -> bool:
        """Whether no voice is left."""
        return self._voice is None and not self._voices and bool(self.failures)

    def say(self, utterances: Sequence[Utterance]) -> None:
        """Say these instead of what is being said."""
        with self._lock:
            self._waiting = deque(list(utterances)[:MAX_WAITING])
            self._is_paused = False
            self._interrupt()

    def add(self, utterances: Sequence[Utterance]) -> None:
        """Say these after what is being said."""
        with self._lock:
            self._is_paused = False
            room = MAX_WAITING - len(self._waiting)
            self._waiting.extend(list(utterances)[:room])
            if self._said_now is None:  # a signal would end what is being said
                self._signal()

    def pause(self) -> None:
        """Stop, and keep the sentence that was interrupted and what follows."""
        with self._lock:
            if self._said_now is not None:
                self._waiting.appendleft(self._said_now)
            self._is_paused = True
            self._interrupt()

    def go_on(self) -> None:
        """Go on with the sentence that was interrupted."""
        with self._lock:
            self._is_paused = False
            self._signal()

    def mute(self, *, is_muted: bool) -> None:
        """Say nothing from now on, and at once; or speak again."""
        with self._lock:
            self.is_muted = is_muted
            self._waiting.clear()
            self._interrupt()

    def change(self, manner: Manner) -> None:
        """Speak in another manner from the next utterance on."""
        self.manner = manner

    def close(self) -> None:
        """Fall silent, forget everything, and end the thread if it answers within a moment."""
        with self._lock:
            self._is_closed = True
            self._waiting.clear()
            self._interrupt()
        self._thread.join(_ENDS_WITHIN)

    def _interrupt(self) -> None:
        self._generation += 1
        self._said_now = None
        self._signal()

    def _signal(self) -> None:
        with suppress(OSError):  # full: the thread will wake up anyway
            os.write(self._wake, b"\0")

    # In the thread

    def _run(self) -> None:
        while not self._is_closed:
            utterance, generation = self._next()
            if utterance is None:
                select.select([self._woken], [], [])
                continue
            self._speak(utterance)
            with self._lock:
                if generation == self._generation:
                    self._said_now = None
        if self._voice is not None:
            self._voice.close()

    def _next(self) -> tuple[Utterance | None, int]:
        """Return the next utterance, if one is to be said now, and take all signals off the pipe."""
        with self._lock:
            while select.select([self._woken], [], [], 0)[0]:
                os.read(self._woken, 4096)
            if self.is_muted:
                self._waiting.clear()
            if self._waiting and not self._is_paused:
                self._said_now = self._waiting.popleft()
                return self._said_now, self._generation
            return None, self._generation

    def _speak(self, utterance: Utterance) -> None:
        """Say an utterance with the first voice that can; none, if there is none."""
        while not self._is_closed and (self._voice is not None or self._voices):
            try:
                if self._voice is None:
                    self._voice = self._voices[0]()
                if not self._voice.speaks(utterance.language):
                    self.unspoken.add(utterance.language)
                    return
                self._voice.speak(utterance, self.manner, self._woken)
            except VoiceError as failed:
                self._give_up(str(failed))
            else:
                return

    def _give_up(self, why: str) -> None:
        voice, self._voice = self._voice, None
        if voice is not None:
            voice.close()
        self._voices.popleft()
        self.failures.append(why)
