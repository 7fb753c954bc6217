"""A real Speech Dispatcher with espeak-ng, and espeak-ng alone, their sound in a sink that nobody hears.

What the daemon was asked to say is read from its own log, which has it at level 5 and not at 3, or from a
socket before it.
"""

import array
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Self

import pytest

if sys.platform == "win32":
    pytest.skip("the voices are those of Linux", allow_module_level=True)

from fibrocheck.content.model import Content
from tests.kiosk.start import CODE
from tests.program.terminal import Terminal
from tests.speech.fakes import wait_until

pytestmark = pytest.mark.speech

F4 = "\x1bOS"
PATIENCE = 60.0  # seconds; never reached but by a fault
HEARD = 1000
"""Of 32,767: silence is 0, and quiet speech is far above."""


@pytest.fixture(scope="module")
def sink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Start PulseAudio with a null sink; return the environment in which programs find it."""
    home = tmp_path_factory.mktemp("sound")
    address = f"unix:{home / 'pulse.sock'}"
    surroundings = {**os.environ, "HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
    command = ["pulseaudio", "--daemonize=no", "--exit-idle-time=-1", "-n", "-L", "module-null-sink"]
    command += ["-L", f"module-native-protocol-unix auth-anonymous=1 socket={home / 'pulse.sock'}"]
    daemon = subprocess.Popen(command, env=surroundings, stderr=subprocess.DEVNULL)
    wait_until((home / "pulse.sock").exists)
    yield {"PULSE_SERVER": address}
    end(daemon)


def dispatcher(folder: Path, sink: dict[str, str], level: int) -> "tuple[subprocess.Popen[bytes], Path]":
    """Start a Speech Dispatcher with a log level; return it and its log."""
    logs = folder / "logs"
    logs.mkdir()
    command = ["speech-dispatcher", "-s", "-t", "0", "-l", str(level), "-L", str(logs)]
    command += ["-S", str(folder / "speechd.sock"), "-c", "unix_socket"]
    surroundings = {**os.environ, **sink, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder)}
    daemon = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_until((folder / "speechd.sock").exists)
    return daemon, logs


def end(daemon: "subprocess.Popen[bytes]") -> None:
    """End a daemon; one that speaks was seen to hang when it was asked to."""
    daemon.terminate()
    try:
        daemon.wait(10)
    except subprocess.TimeoutExpired:
        daemon.kill()
        daemon.wait()


def logged(logs: Path) -> str:
    """Return all that the daemon and its modules have logged."""
    return "\n".join(each.read_text(errors="replace") for each in logs.rglob("*.log"))


def is_heard(sink: dict[str, str]) -> bool:
    """Return whether something is heard in the sink before patience ends; a daemon takes seconds to begin."""
    rate = 8000
    recorder = subprocess.Popen(
        ["parec", "--format=s16le", f"--rate={rate}", "--channels=1"],
        env={**os.environ, **sink},
        stdout=subprocess.PIPE,
    )
    assert recorder.stdout is not None
    seconds = (array.array("h", recorder.stdout.read(2 * rate)) for _ in range(int(PATIENCE)))
    heard = any(max(map(abs, samples)) > HEARD for samples in seconds)
    recorder.send_signal(signal.SIGTERM)
    recorder.wait()
    return heard


@pytest.mark.parametrize(("level", "is_logged"), [(5, True), (3, False)])
def test_speech_dispatcher_says_the_pages_and_logs_them_only_at_level_5(
    content: Content, tmp_path: Path, sink: dict[str, str], level: int, is_logged: bool
) -> None:
    daemon, logs = dispatcher(tmp_path, sink, level)
    environment = {**sink, "SPEECHD_ADDRESS": f"unix_socket:{tmp_path / 'speechd.sock'}"}
    try:
        with Terminal("--language", "es", "--speak", folder=tmp_path, environment=environment) as terminal:
            terminal.wait_for(content.words.start["es"])
            assert is_heard(sink)
            terminal.press("1")
            terminal.wait_for("1 de 8")
            terminal.press("2")
            terminal.wait_for("2 de 8")
            assert is_heard(sink)
            terminal.leave()
            assert terminal.exit_code == 130
    finally:
        end(daemon)
    assert (content.symptoms[1].ask["es"] in logged(logs)) == is_logged
    assert ("Pregunta 2 de 8" in logged(logs)) == is_logged


def test_espeak_ng_alone_says_the_pages(content: Content, tmp_path: Path, sink: dict[str, str]) -> None:
    """A program before it notes what it is given, and passes it on."""
    real = shutil.which("espeak-ng")
    tools = tmp_path / "tools"
    tools.mkdir()
    before = tools / "espeak-ng"
    before.write_text(f'#!/bin/sh\ntee -a {tmp_path / "given"} | exec {real} "$@"\n')
    before.chmod(0o700)
    environment = {
        **sink,
        "SPEECHD_ADDRESS": "unix_socket:/nowhere",
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
    }
    with Terminal("--language", "es", "--speak", folder=tmp_path, environment=environment) as terminal:
        terminal.wait_for(content.words.start["es"])
        assert is_heard(sink)
        terminal.press("1")
        terminal.wait_for("1 de 8")
        wait_until(lambda: content.symptoms[0].ask["es"] in (tmp_path / "given").read_text())
        terminal.leave()
        assert terminal.exit_code == 130


class Between:
    """A socket between the program and a daemon, which notes the lines that go through. A context manager."""

    def __init__(self, path: Path, daemon: Path) -> None:
        """Listen at a path, and pass on to the daemon's."""
        self.path = path
        self.lines: list[str] = []
        """`> ` and what goes to the daemon, `< ` and what comes back."""
        self._daemon = daemon
        self._changed = threading.Condition()
        self._server = socket.socket(socket.AF_UNIX)
        self._server.bind(str(path))
        self._server.listen()

    def __enter__(self) -> Self:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.close()

    def next(self, wanted: str, after: int = -1, *, within: float = PATIENCE) -> int:
        """Wait for a line that begins so, after another, and return its number."""

        def found() -> int | None:
            numbers = range(after + 1, len(self.lines))
            return next((each for each in numbers if self.lines[each].startswith(wanted)), None)

        with self._changed:
            assert self._changed.wait_for(lambda: found() is not None, within), (wanted, self.lines[-20:])
            return found() or 0

    def said(self, after: int, *, within: float = PATIENCE) -> tuple[int, str]:
        """Wait for the next text that the daemon is to speak; return its line's number, and the text."""
        number = self.next("> ", self.next("> SPEAK", after, within=within))
        return number, self.lines[number][2:]

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, daemon = self._server.accept()[0], socket.socket(socket.AF_UNIX)
                daemon.connect(str(self._daemon))
                for source, target, sign in [(client, daemon, ">"), (daemon, client, "<")]:
                    threading.Thread(target=self._pass_on, args=(source, target, sign), daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, sign: str) -> None:
        with suppress(OSError):
            for line in source.makefile("rb"):
                with self._changed:
                    self.lines.append(f"{sign} {line.decode().rstrip()}")
                    self._changed.notify_all()
                target.sendall(line)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture
def between(tmp_path: Path, sink: dict[str, str]) -> Iterator[Between]:
    """Start a daemon, and what notes what it is asked to do."""
    daemon, _ = dispatcher(tmp_path, sink, 3)
    with Between(tmp_path / "between.sock", tmp_path / "speechd.sock") as between:
        yield between
    end(daemon)


def kiosk(folder: Path, between: Between, *options: str) -> Terminal:
    """Return a Spanish kiosk that speaks by the daemon, because it finds no espeak-ng."""
    environment = {"FIBROCHECK_STAFF_CODE": CODE, "PATH": "/nowhere"}
    environment["SPEECHD_ADDRESS"] = f"unix_socket:{between.path}"
    return Terminal(
        *("kiosk", "--language", "es", "--speak", "--headphones"),
        *options,
        folder=folder,
        environment=environment,
    )


def heard_again(terminal: Terminal, between: Between, at: int) -> str:
    """Press the key that reads a page again after its end, and return what is said.

    Pressed before the program has noticed that it has ended, the key is a pause; then once more goes on.
    """
    for _ in range(3):
        between.next("< 702 END", at)
        terminal.press("/")
        with suppress(AssertionError):
            return between.said(at, within=3)[1]
        terminal.press("/")
        at, _said = between.said(at)
    return ""


def test_what_a_person_does_reaches_the_daemon_and_the_next_patient_finds_it_undone(
    content: Content, tmp_path: Path, between: Between
) -> None:
    words = content.words
    with kiosk(tmp_path, between) as terminal:
        terminal.wait_for(words.start["es"])
        at = between.next("> SPEAK")
        usual = {"> SET SELF RATE 10", "> SET SELF VOLUME 30"}
        assert usual <= set(between.lines[:at])
        terminal.press(F4)
        terminal.wait_for(words.aloud_how["es"])
        steps = ["4 RATE -20", "5 RATE 10", "5 RATE 35", "6 VOLUME 0", "7 VOLUME 30", "7 VOLUME 65"]
        for key, _, command in (each.partition(" ") for each in steps):
            at = len(between.lines) - 1
            terminal.press(key)
            at, said = between.said(between.next(f"> SET SELF {command}", at))
            assert said.startswith(words.aloud_speed["es"] if "RATE" in command else words.aloud_volume["es"])
        terminal.press("1")  # go on reading
        at, interrupted = between.said(at)
        terminal.press("/")
        at = between.next("> CANCEL SELF", at)
        terminal.press("/")
        at, again = between.said(at)
        assert again == interrupted
        terminal.press("1")
        at, asked = between.said(between.next("> CANCEL SELF", at))
        assert content.symptoms[0].ask["es"] in asked
        while not asked.endswith(f"{words.skip['es']}: 5."):
            at, asked = between.said(at)
        assert content.symptoms[0].ask["es"] in heard_again(terminal, between, at)
        terminal.press(".")
        terminal.wait_for(words.stop_and_erase["es"])
        stop = re.search(rf"(\d)  {words.stop_and_erase['es']}", terminal.text)
        terminal.press(stop[1] if stop else "")
        terminal.wait_for(words.stop_ask["es"])
        terminal.press("2")
        at = between.next("> QUIT", at)
        assert usual <= set(between.lines[at : between.next("> SPEAK", at)])


def test_the_time_that_a_page_is_spoken_does_not_count_as_idle(
    content: Content, tmp_path: Path, between: Between
) -> None:
    """With a warning that is spoken, and a visit that is erased after it."""
    words = content.words
    with kiosk(tmp_path, between, "--idle", "2", "--warning", "12") as terminal:
        terminal.wait_for(words.start["es"])
        at = between.next("> SPEAK")
        terminal.press("1")
        at, said = between.said(between.next("> CANCEL SELF", at))
        while not said.endswith(f"{words.skip['es']}: 5."):
            at, said = between.said(at)
            assert words.still_there["es"] not in said
        at, warning = between.said(between.next("< 702 END", at))
        assert warning.startswith(words.still_there["es"])
        assert re.search(r"\d+ segundos", warning)
        terminal.wait_for(words.erased_while_away["es"])
        between.next("> QUIT", at)
