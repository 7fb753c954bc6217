"""A voice by Speech Dispatcher, through its socket: the protocol SSIP, lines of text over a Unix socket.

Source: the manual "SSIP" of Speech Dispatcher 0.11, tried with 0.11.4 of Debian 12. What was found there:
a client that is killed is spoken to the end of its queue, so only one utterance is ever given to the
daemon; lines that report an event may come before the reply to a command; a message that follows one
whose client was killed may end at once, unheard, so it is said again.
"""

import os
import select
import socket
import time
from contextlib import suppress
from pathlib import Path

from fibrocheck.speech.voices import Manner, Utterance, VoiceError, base_language, longest

_RATES = (-45, -20, 10, 35, 58, 80)
_VOLUMES = (-60, -30, 0, 30, 65, 100)
_REPLIES_WITHIN = 5.0
"""Seconds in which the daemon answers."""
_LISTS_WITHIN = 20.0
"""… with all of its voices: 13,000 of espeak-ng took it 0.4 seconds, on a busy machine 2 to more than 5."""
_UNHEARD = 0.3
"""Seconds: no utterance of several words is over sooner."""
_SEVERAL = 12  # characters
_END, _CANCELED = "702", "703"
_OVER = {_END, _CANCELED}
_EVENT = "7"
_PREFERRED = {"en": ("en-us", "en"), "es": ("es-419", "es")}
"""The regions of a language whose sounds are taken first: those of the United States and Latin America."""
_HINT = "Is speech-dispatcher running for this user?"


def socket_path() -> str:
    """Return where Speech Dispatcher listens for this user, as its own clients find it."""
    kind, _, path = os.environ.get("SPEECHD_ADDRESS", "").partition(":")
    if kind == "unix_socket" and path:
        return path
    runtime = os.environ.get("XDG_RUNTIME_DIR") or str(Path.home() / ".cache")
    return str(Path(runtime) / "speech-dispatcher" / "speechd.sock")


_NOT_REACHED = f"Speech Dispatcher cannot be reached. {_HINT}"


def missing() -> str:
    """Return why there is no Speech Dispatcher, in English for staff; empty if there seems to be one."""
    return "" if Path(socket_path()).exists() else _NOT_REACHED


class SpeechDispatcher:
    """Speaks by a running Speech Dispatcher."""

    def __init__(self, path: str | None = None) -> None:
        """Connect; `VoiceError` if there is no daemon, or it does not answer."""
        self._lines = b""
        self._over: dict[str, str] = {}  # by message
        self._about = ""
        self._is_first = True
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(_REPLIES_WITHIN)
        try:
            self._socket.connect(path or socket_path())
        except OSError:
            self._socket.close()
            raise VoiceError(_NOT_REACHED) from None
        try:
            for command in ("CLIENT_NAME visitor:fibrocheck:pages", "NOTIFICATION ALL on", "SSML_MODE off"):
                self._set(command)
            self._languages = self._listed_languages()
        except VoiceError:
            self._socket.close()
            raise

    def speaks(self, language: str) -> bool:
        """Return whether one of the daemon's voices has this language."""
        return self._name(language) in self._languages

    def speak(self, utterance: Utterance, manner: Manner, wake: int) -> None:
        """Speak one utterance; see `SynthVoice`."""
        began = time.monotonic()
        over = self._speak_once(utterance, manner, wake)
        unheard = len(utterance.text) > _SEVERAL and time.monotonic() - began < _UNHEARD
        is_first, self._is_first = self._is_first, False
        if is_first and over == _END and unheard:
            self._speak_once(utterance, manner, wake)

    def close(self) -> None:
        """Stop what is being spoken, and end the connection."""
        with suppress(OSError):
            self._socket.settimeout(0)
            self._socket.sendall(b"CANCEL SELF\r\nQUIT\r\n")
        self._socket.close()

    def _speak_once(self, utterance: Utterance, manner: Manner, wake: int) -> str:
        """Speak, and return the event that ended it; empty if it was interrupted."""
        self._set(f"LANGUAGE {self._name(utterance.language)}")
        self._set(f"RATE {_RATES[manner.rate]}")
        self._set(f"VOLUME {_VOLUMES[manner.volume]}")
        self._set("PUNCTUATION none")
        self._command("SPEAK")
        text = " ".join(utterance.text.split())
        queued = self._command(("." if text.startswith(".") else "") + text + "\r\n.")
        return self._until_over(queued[0][4:], wake, longest(utterance))

    def _until_over(self, message: str, wake: int, seconds: float) -> str:
        """Wait for the event that ends a message; empty if `wake` can be read before."""
        until = time.monotonic() + seconds
        while message not in self._over:
            left = until - time.monotonic()
            if left <= 0:
                raise VoiceError("Speech Dispatcher does not finish a sentence. Is there a sound device?")
            line = self._line(left, wake)
            if line == "":
                self._command("CANCEL SELF")
                return ""
            self._note_event(line)
        ended = self._over[message]
        self._over.clear()
        return ended

    def _note_event(self, line: str) -> None:
        """Note which message an event is about, and whether it ends that: `702-12`, `702-3`, `702 END`."""
        if line[3:4] == "-":
            self._about = self._about or line[4:]
            return
        if line[:3] in _OVER:
            self._over[self._about] = line[:3]
        self._about = ""

    def _set(self, what: str) -> None:
        self._command(f"SET SELF {what}")

    def _command(self, command: str, *, within: float | None = None) -> list[str]:
        """Send a command and return the lines of its reply; `VoiceError` if it is refused."""
        try:
            self._socket.sendall(f"{command}\r\n".encode())
        except OSError:
            raise VoiceError("Speech Dispatcher has ended") from None
        lines: list[str] = []
        until = time.monotonic() + (within or _REPLIES_WITHIN)
        while not (lines and lines[-1][3:4] == " "):
            line = self._line(max(until - time.monotonic(), 0))
            if line.startswith(_EVENT):
                self._note_event(line)
            else:
                lines.append(line)
        if lines[-1][:1] not in "12":
            raise VoiceError(f"Speech Dispatcher refuses a command: {lines[-1][:3]}")
        return lines

    def _line(self, seconds: float, wake: int | None = None) -> str:
        """Return the next line; empty if `wake` can be read first. `VoiceError` if there is none in time."""
        files = [self._socket.fileno(), *([wake] if wake is not None else [])]
        until = time.monotonic() + seconds
        while b"\n" not in self._lines:
            ready, _, _ = select.select(files, [], [], max(until - time.monotonic(), 0))
            if wake in ready:
                return ""
            if not ready:
                raise VoiceError("Speech Dispatcher does not answer")
            self._receive()
        line, _, self._lines = self._lines.partition(b"\n")
        return line.decode(errors="replace").rstrip("\r") or " "

    def _receive(self) -> None:
        try:
            data = self._socket.recv(65536)
        except OSError:
            data = b""
        if not data:
            raise VoiceError("Speech Dispatcher has ended")
        self._lines += data

    def _listed_languages(self) -> frozenset[str]:
        """Return the languages of all voices: `249-name<TAB>language<TAB>variant`."""
        rows = (line.split("\t") for line in self._command("LIST SYNTHESIS_VOICES", within=_LISTS_WITHIN))
        return frozenset(row[1].lower() for row in rows if len(row) > 1)

    def _name(self, language: str) -> str:
        """Return what the daemon calls a language; the language itself if it has no voice for it."""
        base = base_language(language)
        names = (*_PREFERRED.get(base, ()), language.lower(), base)
        near = (each for each in sorted(self._languages) if base_language(each) == base)
        return next((each for each in names if each in self._languages), next(near, language))
