"""A Speech Dispatcher and an espeak-ng that are not there: quick, and as bad as a test wants them."""

import os
import socket
import stat
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Self

from fibrocheck.asking.aloud import ReadAloud
from fibrocheck.content.model import Content
from fibrocheck.speech.reader import VisitReader
from fibrocheck.speech.speaker import Speaker
from fibrocheck.speech.voices import Manner, Utterance, VoiceError

PATIENCE = 20.0  # seconds; never reached but by a fault


class FakeDispatcher:
    """Speaks SSIP on a socket, and notes what it is asked to say. Use as a context manager."""

    def __init__(self, folder: Path, languages: tuple[str, ...] = ("en-us", "es-419")) -> None:
        self.path = str(folder / "speechd.sock")
        self.said: list[tuple[str, str]] = []
        self.commands: list[str] = []
        self.hangs_at = ""
        """The beginning of a command that is not answered."""
        self.ends_at = ""
        """… at which the daemon dies."""
        self.finishes = True
        """Whether a message is ever over."""
        self._languages = languages
        self._changed = threading.Condition()
        self._number = 0
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(self.path)
        self._server.listen()
        self._clients: list[socket.socket] = []

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close()
        for client in self._clients:
            with suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
            client.close()

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so after one of the commands."""
        with self._changed:
            assert self._changed.wait_for(is_so, PATIENCE), self.said[-4:]

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._server.accept()
                self._clients.append(client)
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        lines, language = client.makefile("rb"), ""
        with suppress(OSError, ValueError):
            for line in lines:
                command = line.decode().rstrip()
                language = command.split()[-1] if command.startswith("SET SELF LANGUAGE") else language
                with self._changed:
                    self.commands.append(command)
                    self._changed.notify_all()
                if self.ends_at and command.startswith(self.ends_at):
                    client.shutdown(socket.SHUT_RDWR)
                    return
                if not (self.hangs_at and command.startswith(self.hangs_at)):
                    self._answer(client, command, lines, language)

    def _answer(self, client: socket.socket, command: str, lines: BinaryIO, language: str) -> None:
        send = client.sendall
        if command == "LIST SYNTHESIS_VOICES":
            rows = "".join(f"249-Voice\t{each}\tnone\r\n" for each in self._languages)
            send(f"{rows}249 OK VOICE LIST SENT\r\n".encode())
        elif command == "SPEAK":
            send(b"230 OK RECEIVING DATA\r\n")
            text = lines.readline().decode().rstrip("\r\n")
            lines.readline()  # the dot
            self._number += 1
            event = f"-{self._number}\r\n70{{0}}-1\r\n70{{0}} EVENT\r\n"
            # The daemon reports that it begins before it replies that the message is queued.
            send(f"701{event.format(1)}225-{self._number}\r\n225 OK MESSAGE QUEUED\r\n".encode())
            with self._changed:
                self.said.append((language, text.removeprefix(".") if text.startswith("..") else text))
                self._changed.notify_all()
            if self.finishes:
                send(f"702{event.format(2)}".encode())
        elif command != "QUIT":
            send(b"200 OK\r\n")


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so; a test that never ends is ended by its runner."""
    while not is_so():
        os.sched_yield()


def fake_espeak(folder: Path, does: str) -> Path:
    """Make a program that stands in for espeak-ng, says which languages it has, and otherwise `does` this.

    `does` is Python, with what it is to say in `text`.
    """
    path = folder / "espeak-ng"
    path.write_text(
        f"#!{sys.executable}\n"
        "import os, sys, time\n"
        "if '--voices' in sys.argv:\n"
        "    print('Pty Language Age/Gender VoiceName')\n"
        "    print(' 5  en-us --/M English')\n"
        "    print(' 5  es-419 --/M Spanish')\n"
        "    sys.exit()\n"
        "text = sys.stdin.read().strip()\n"
        f"{does}\n"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


class NotedVoice:
    """A voice that speaks in no time, and notes what; or only when it is let go on."""

    def __init__(self, languages: tuple[str, ...] = ("en", "es"), *, holds: bool = False) -> None:
        self.said: list[Utterance] = []
        self.manners: list[Manner] = []
        self.fails = False
        self._languages = languages
        self._holds = holds
        self._changed = threading.Condition()

    def speaks(self, language: str) -> bool:
        return language in self._languages

    def speak(self, utterance: Utterance, manner: Manner, wake: int) -> None:
        if self.fails:
            raise VoiceError("It has died")
        with self._changed:
            self.said.append(utterance)
            self.manners.append(manner)
            self._changed.notify_all()
        if self._holds:
            os.read(wake, 1)

    def close(self) -> None:
        """Nothing to do."""

    def wait_for(self, is_so: Callable[[], bool]) -> None:
        """Wait until something is so after an utterance."""
        with self._changed:
            assert self._changed.wait_for(is_so, PATIENCE), self.said

    @property
    def text(self) -> str:
        """All that was said."""
        return " ".join(each.text for each in self.said)


class NotedSpeaker(Speaker):
    """A speaker that says nothing, and notes at once what it would say: without a thread."""

    def __init__(self) -> None:
        self.noted: list[Utterance] = []
        self.interrupted = 0
        self.manner = Manner()
        self.failures, self.unspoken = [], set()
        self.is_muted = False
        self.speaks_now = False
        self._left: list[Utterance] = []

    @property
    def is_speaking(self) -> bool:
        return self.speaks_now

    @property
    def is_paused(self) -> bool:
        return bool(self._left)

    @property
    def has_failed(self) -> bool:
        return bool(self.failures)

    @property
    def unsaid(self) -> list[Utterance]:
        return self._left

    def say(self, utterances: object) -> None:
        self._left = []
        self.noted += list(utterances)  # type: ignore[call-overload]

    add = say

    def left(self, utterances: Sequence[Utterance]) -> None:
        """Have had no time to say these before the next key."""
        self._left = list(utterances)

    def pause(self) -> None:
        self.interrupted += 1
        self.speaks_now = False

    def go_on(self) -> None:
        self.noted += self._left
        self._left = []

    def close(self) -> None:
        """Nothing to do."""

    @property
    def text(self) -> str:
        """All that would be said."""
        return " ".join(each.text for each in self.noted)


def noted_aloud(content: Content) -> tuple[ReadAloud, NotedSpeaker]:
    """Return reading aloud that is on, and what notes all that is said."""
    speaker = NotedSpeaker()
    aloud = ReadAloud(lambda: VisitReader(content, speaker))
    aloud.turn_on()
    return aloud, speaker
